"""LaTeX files: formulas, sections, theorems and cases, and what TeX itself would not set."""

from __future__ import annotations

from itertools import pairwise

import pytest

from derive.reader.document import Break, Document, Formula, Heading
from derive.reader.formats import document_from_text


def read(text: str) -> Document:
    return document_from_text(text, "a.tex")


def formulas(text: str) -> list[Formula]:
    return [item for item in read(text).items if isinstance(item, Formula)]


def contents(text: str) -> list[str]:
    return [formula.content for formula in formulas(text)]


def headings(text: str) -> list[tuple[int, str]]:
    return [(h.level, h.title) for h in read(text).items if isinstance(h, Heading)]


@pytest.mark.parametrize(
    "formula",
    [
        "\\[a = b\\]", "$$a = b$$", "\\begin{equation}a = b\\end{equation}",
        "\\begin{equation*}\na = b\n\\end{equation*}", "\\begin{align}a = b\\end{align}",
        "\\begin{gather}a = b\\end{gather}", "\\begin{multline*}a = b\\end{multline*}",
        "\\begin{eqnarray}a = b\\end{eqnarray}", "\\begin{displaymath}a = b\\end{displaymath}",
        "\\begin{alignat}{2}a = b\\end{alignat}", "\\begin{flalign}a = b\\end{flalign}",
        "\\begin{subequations}\\begin{align}a = b\\end{align}\\end{subequations}",
        "\\begin{equation}\\begin{aligned}a = b\\end{aligned}\\end{equation}",
        "\\begin{IEEEeqnarray}{rCl}a = b\\end{IEEEeqnarray}", "\\begin{dmath}a = b\\end{dmath}",
        "\\begin{equation}% here\na = b\\end{equation}", "\\begin{ align }".replace(" ",
        "") + "a = b\\end{align}",
    ],
)  # fmt: skip
def test_a_display(formula: str) -> None:
    (found,) = formulas(f"Text\n{formula}\nand more.")
    assert (found.content, found.display, found.problem) == ("a = b", True, "")


@pytest.mark.parametrize(
    "formula", ["$a = b$", "\\(a = b\\)", "\\ensuremath{a = b}", "\\begin{math}a = b\\end{math}"]
)
def test_a_formula_within_a_sentence(formula: str) -> None:
    (found,) = formulas(f"We have {formula} here.")
    assert (found.content, found.display, found.problem) == ("a = b", False, "")


@pytest.mark.parametrize(
    "text",
    [
        "% $a = b$", "word % $a = b$\nword", "\\verb|$a = b$|", "\\verb*+$a = b$+",
        "\\lstinline{$a = b$}", "\\begin{verbatim}\n$a = b$\n\\end{verbatim}",
        "\\begin{lstlisting}[language=C]\n$a = b$\n\\end{lstlisting}",
        "\\begin{minted}{c}\n$a = b$\n\\end{minted}", "\\begin{comment}\n$a = b$\n\\end{comment}",
        "\\iffalse $a = b$ \\ifx x\\fi $c$ \\fi", "\\$a = b\\$", "\\url{http://a.b/$x=y$}",
        "\\href{http://a.b/c%20$d$}{here}", "50\\% of \\$5 and \\$6", "\\end{document}\n$a = b$",
        "\\begin{tikzpicture}\\draw ($(a)!.5!(b)$);\\end{tikzpicture}", "\\label{eq:$a$}",
    ],
)  # fmt: skip
def test_what_is_no_formula(text: str) -> None:
    assert contents(text) == []
    if "end{document}" not in text:
        assert contents(f"Let $e = f$.\n\n{text}\n\nand $c = d$.") == ["e = f", "c = d"]


def test_only_the_body_is_read_and_the_preamble_defines() -> None:
    document = read(
        "\\documentclass{article}\n% \\newcommand{\\no}{}\n\\newcommand{\\R}{\\mathbb{R}}\n"
        "\\newcommand*{\\pd}[2]{\\frac{\\partial #1}{\\partial #2}}\n\\def\\v#1{\\mathbf{#1}}\n"
        "\\DeclareMathOperator{\\softmax}{softmax}\n\\let\\eps=\\varepsilon\n"
        "\\renewcommand\\vec[1]{\\mathbf{#1}}\n"
        "\\title{On $f$\\thanks{me}}\\author{$A$}\n\\begin{document}\n"
        "\\maketitle $x$\n\\end{document}"
    )
    assert document.macros == (
        "\\newcommand{\\R}{\\mathbb{R}}",
        "\\newcommand*{\\pd}[2]{\\frac{\\partial #1}{\\partial #2}}",
        "\\def\\v#1{\\mathbf{#1}}",
        "\\DeclareMathOperator{\\softmax}{softmax}",
        "\\let\\eps=\\varepsilon",
        "\\renewcommand\\vec[1]{\\mathbf{#1}}",
    )
    title, *rest = document.items
    assert isinstance(title, Heading)
    assert (title.level, title.title) == (1, "On $f$")
    assert [item.content for item in rest if isinstance(item, Formula)] == ["x"]


def test_sections_and_theorems() -> None:
    text = (
        "\\section{One $x$\\label{a}}\n\\subsection*{Two}\n\\newtheorem{thm}{Satz}\n"
        "\\begin{thm}[Main, $n > 1$]Let $a$.\\end{thm}\n"
        "\\begin{proof}\nText.\n\n\\textbf{Case 1: $i = j$.} Then $b$.\n\n"
        "\\emph{Case 2:} $i \\neq j$. Then $c$.\n\\end{proof}\n\\paragraph{Rest} $d$"
    )
    assert headings(text) == [
        (2, "One $x$"), (3, "Two"), (8, "Satz (Main, $n > 1$)"), (8, "Proof"),
        (9, "Case 1: $i = j$."), (9, "Case 2: $i \\neq j$."), (5, "Rest"),
    ]  # fmt: skip
    ends = [item.closes for item in read(text).items if isinstance(item, Break) and item.closes]
    assert ends == [8, 8]
    assert contents(text) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    "text",
    [
        "\\textbf{Case 1:} $i = j$. Then $a = b$.",
        "\\noindent\\textbf{Case 1: $i = j$.} Then $a = b$.",
        "Case 1: $i = j$. Then $a = b$.", "{\\bf Case 1:} $i = j$. Then $a = b$.",
        "\\item[Case 1:] $i = j$. Then $a = b$.", "\\underline{Case 1 ($i = j$):} Then $a = b$.",
        "\\item \\textbf{Case 1}: $i = j$. Then $a = b$.",
        "\\paragraph{Case 1: $i = j$} Then $a = b$.",
    ],
)  # fmt: skip
def test_the_condition_of_a_case_is_in_its_heading(text: str) -> None:
    document = read(f"Text.\n\n{text}")
    (heading,) = [item for item in document.items if isinstance(item, Heading)]
    assert [f.content for f in heading.formulas] == ["i = j"]
    assert [f.content for f in document.items if isinstance(f, Formula)] == ["a = b"]


def test_footnotes_captions_tables_and_items_are_read() -> None:
    text = (
        "Text\\footnote{Note $a$.} goes.\n\\begin{itemize}\\item $b$\\item $c$\\end{itemize}\n"
        "\\begin{table}\\begin{tabular}{l|c}$d$ & $e$ \\\\ \\hline $f$ & g\\end{tabular}"
        "\\caption{On $h$}\\end{table}"
    )
    assert contents(text) == ["a", "b", "c", "d", "e", "f", "h"]
    items = read(text).items
    for first, second in pairwise(items):
        assert not (isinstance(first, Formula) and isinstance(second, Formula))


def test_comments_within_a_formula_are_left_out() -> None:
    assert contents("\\begin{align}\na &= b % why \\end{align} $\n\\\\ &= c\n\\end{align}") == [
        "a &= b \n\\\\ &= c"
    ]
    assert contents("$a = % no\nb$ and 5\\% of $c \\% d$") == ["a = \nb", "c \\% d"]


@pytest.mark.parametrize(
    "text",
    [
        "We see $a = b and\n\nthen $c = d$.", "We see \\(a = b and\n\nthen $c = d$.",
        "\\[ a = b\n\nText. $c = d$", "\\begin{align} a = b\n\nText. $c = d$",
        "$$ a = b\n\nThen we go on with it and\n\n$$ c = d $$",
    ],
)  # fmt: skip
def test_what_is_never_closed_is_reported_and_the_rest_is_read(text: str) -> None:
    first, second = formulas(text)
    assert first.content.startswith("a = b")
    assert first.problem == "this formula is never closed"
    assert (second.content, second.problem) == ("c = d", "")


def test_a_file_that_is_read_in_is_reported() -> None:
    (found,) = formulas("Text.\n\\input{chapter/two}\nMore.")
    assert found.problem == "the file named here is not read"
    assert found.content == "\\input{chapter/two}"


def test_row_spacing_is_no_delimiter() -> None:
    assert contents("\\[ a = b \\\\[2pt] c \\]") == ["a = b \\\\[2pt] c"]
    assert contents("Text \\\\[1cm] more \\\\ $x$") == ["x"]


def test_words_within_a_formula_may_hold_formulas() -> None:
    assert contents("\\[ a \\text{ if $i = j$ and \\(k\\)} \\] $b \\mbox{ for $c$}$") == [
        "a \\text{ if $i = j$ and \\(k\\)}", "b \\mbox{ for $c$}"
    ]  # fmt: skip


def test_displays_by_names_of_the_author() -> None:
    text = (
        "\\newcommand{\\be}{\\begin{equation}}\\newcommand{\\ee}{\\end{equation}}\n"
        "\\def\\bea{\\begin{eqnarray}}\\def\\eea{\\end{eqnarray}}\n"
        "\\newenvironment{rows}[1][x]{\\small\\begin{align}}{\\end{align}}\n"
        "\\begin{document}\nSee \\be a = b \\ee and \\bea c &=& d \\eea\n"
        "\\begin{rows} e &= f \\end{rows} so $\\beta$.\n\n\\be g = h\n\n$i$\n\\end{document}"
    )
    found = [(f.environment, f.content, bool(f.problem)) for f in formulas(text)]
    assert found == [
        ("equation", "a = b", False), ("eqnarray", "c &=& d", False), ("align", "e &= f", False),
        ("", "\\beta", False), ("", "g = h", True), ("", "i", False),
    ]  # fmt: skip
