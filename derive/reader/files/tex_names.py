"""Names that LaTeX gives a meaning to: sections, theorems, what is set as typed or not set."""

from __future__ import annotations

SECTIONS = {
    "title": 1, "part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4,
    "paragraph": 5, "subparagraph": 6, "frametitle": 4,
}  # fmt: skip
VERBATIM = frozenset((
    "verbatim", "Verbatim", "lstlisting", "minted", "comment", "filecontents", "tikzpicture",
    "pgfpicture", "alltt", "code", "pycode", "thebibliography",
))  # fmt: skip
THEOREMS = {
    **{name: name.capitalize() for name in (
        "theorem", "lemma", "proposition", "corollary", "definition", "proof", "remark",
        "example", "claim", "case", "exercise", "solution", "assumption", "fact", "note",
        "problem", "answer", "property", "conjecture", "derivation",
    )},
    "thm": "Theorem", "lem": "Lemma", "prop": "Proposition", "cor": "Corollary",
    "defn": "Definition", "rem": "Remark",
}  # fmt: skip
TABLES = frozenset((
    "tabular", "tabularx", "tabulary", "longtable", "supertabular", "tabu",
))  # fmt: skip
LISTS = frozenset((
    "itemize", "enumerate", "description", "list", "tabbing", "quote", "quotation", "center",
))  # fmt: skip
UNSPOKEN = frozenset((
    "label", "ref", "eqref", "cref", "Cref", "autoref", "pageref", "cite", "citep", "citet",
    "citealp", "citeauthor", "nocite", "includegraphics", "bibliography", "bibliographystyle",
    "hspace", "vspace", "setcounter", "setlength", "usepackage", "pagestyle", "thispagestyle",
    "author", "date", "thanks", "affil", "email", "hypersetup", "geometry", "graphicspath",
    "addtocounter", "tikzset", "lstset", "captionsetup", "newcounter",
))  # fmt: skip
OTHER_FILES = frozenset(("input", "include", "subfile", "import"))
