"""Plain text without delimiters: lines that are clearly formulas (``∂L/∂z_i = y_i - t_i``).

Read with restraint: a line counts only if it has a relation, no words that are not names of
functions, no sign of a programming language, and something that only mathematics writes (a
subscript, a power, a mathematical letter, a quotient of differentials).  Once one line has that,
its plainer neighbours (``E = a + b``) count as well.

What such a line means differs from LaTeX: ``e^z_i`` is a power with the exponent ``z_i``.  So the
formula's content is written as LaTeX: scripts get their braces, ``!=`` and ``sqrt`` their commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from derive.reader.document import Break, Formula, Heading, Item, Prose
from derive.reader.files.collector import Collector
from derive.reader.source import Span

_FUNCTIONS = frozenset(
    ("log", "ln", "exp", "sin", "cos", "tan", "tanh", "sinh", "cosh", "sigmoid", "softmax",
     "softplus", "relu", "ReLU", "max", "min", "argmax", "argmin", "sqrt", "sum", "prod", "diag",
     "tr", "det", "var", "mean", "abs", "sign", "arctan", "arcsin", "arccos")
)  # fmt: skip
_GREEK = frozenset(
    ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
     "lambda", "mu", "nu", "xi", "rho", "sigma", "tau", "phi", "chi", "psi", "omega", "partial",
     "Sigma", "Delta", "Gamma", "Lambda", "Omega", "Phi", "Psi", "Theta")
)  # fmt: skip
_CONDITIONS = frozenset(("if", "for", "when", "where", "and", "or", "with", "otherwise", "all"))
_RELATION = re.compile(r"[=≠≈≤≥<>∝≡≔]")
_CODE = re.compile(
    r";\s*$|==|[-+*/|&]=|//|\+\+|--|&&|\|\||->|[\"#@$?`\\%~]|\w\.[A-Za-z_]\w*\s*\(|=\s*[\[{]|"
    r"\b(?:def|return|import|print|while|class|int|float|double|void|var|let|const|lambda \w+:)\b|"
    # A name of several words, but for delta_ik and the dw_ij of a quotient of differentials.
    rf"(?<![A-Za-z])(?!(?:{'|'.join(sorted(_GREEK))}|d[A-Za-z])_[a-z]{{2,3}}(?![A-Za-z_]))"
    r"[A-Za-z]{2,}_[A-Za-z]{2,}|\w\[|<[/A-Za-z]+>|https?:"
)
_SIGNATURE = re.compile(
    r"[∂∇∑∏∫√∞∈·×⊙−²³⁻¹ᵢⱼₖₙ]|[α-ωΑ-Ω]|[A-Za-zŷ\u0302]_\{?\w{1,3}\b|\w\)?\^|"
    r"\bd\w*/d\w+|\b(?:exp|log|ln|sigmoid|tanh|softmax|sqrt)\s*\("
)
_WORD = re.compile(r"[A-Za-z]{2,}")
_DIFFERENTIAL = re.compile(r"d[A-Za-z]\d?$")
_LEAD = re.compile(
    r"[ \t>]*(?:(?:[-*+•]|\(?\d{1,3}[.)])[ \t]+)?(?:(?:=>|⇒|∴|→)[ \t]*)?"
    r"(?:[A-Z][A-Za-z][A-Za-z \-]{1,40}:[ \t]+)?"
)
_CUE = re.compile(
    r"(?:(?:since|because|as|given|that|let|suppose|assume|where|with|if|when|for|in|the|case|so|thus"
    r"|hence|therefore|then|and|but|now|here|note|we|have|get|obtain|find|gives|which|finally|again"
    r")[,:]?[ \t]+)+",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"[,.;:][ \t]+(?!(?:if|for|when|where|and|or|with|otherwise)\b)(?=[A-Za-z]{2})"
)
_NUMBER = re.compile(r"[ \t]+[(\[]\d[\d.]*[)\]][ \t]*$")
_REMARK = re.compile(
    r"[ \t]+[(\[](?=[^()=≠<>]*[a-z]{3})[A-Za-z][A-Za-z \-',.]*[)\]][ \t]*[.,]?[ \t]*$"
)
_REASON = re.compile(
    r"[ \t]+\((?P<reason>(?:because|since|as|where|if|for|when|with)\b"
    r"[^()]*(?:\([^()]*\)[^()]*)*)\)[ \t.,;]*$"
)
_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Where a formula may stand in the text; ``sure``: only mathematics is written so;
    ``display``: no words stand before it.
    """

    start: int
    end: int
    sure: bool
    display: bool


def _candidate(text: str, start: int, end: int) -> _Candidate | None:
    """The formula on the line ``start`` to ``end``, if it can be one."""
    line = text[start:end]
    if len(line) > 400 or not _RELATION.search(line):
        return None
    lead = _LEAD.match(line)
    begin = lead.end() if lead else 0
    cue = _CUE.match(line, begin)
    if cue:
        begin = cue.end()
        rest = _GOES_ON.search(line, begin)
        line = line[: rest.start()] if rest else line
    for tail in (_NUMBER, _REMARK):
        found = tail.search(line, begin)
        if found:
            line = line[: found.start()]
    body = line[begin:].rstrip(" \t.,:\u200b")
    if not body or _CODE.search(body) or not _balanced(body):
        return None
    relation = _RELATION.search(body)
    if relation is None or not body[relation.end() :].strip() or not _no_prose(body):
        return None
    sure = _SIGNATURE.search(body) is not None
    begin += start
    return _Candidate(begin, begin + len(body), sure, display=cue is None)


def _balanced(body: str) -> bool:
    return all(body.count(a) == body.count(b) for a, b in ("()", "[]", "{}"))


def _no_prose(body: str) -> bool:
    """No word that is neither a function, a Greek letter, a differential nor of a condition."""
    words = list(_WORD.finditer(body))
    unknown = 0
    for word in words:
        name = word.group()
        known = name in _FUNCTIONS or name in _GREEK or _DIFFERENTIAL.match(name) is not None
        if known or name in _CONDITIONS:
            continue
        before, after = body[: word.start()][-1:], body[word.end() :][:1]
        if before in ("_", "{"):
            continue
        spaced = re.match(r"[ \t]+[A-Za-z]{2,}", body[word.end() :])
        if spaced or (after and after.isspace() and before.isspace() and name.islower()):
            return False
        unknown += 1
    return unknown <= 2


_SCRIPT = re.compile(
    r"(?P<power>\^)(?P<exponent>\(|-?(?:\d+(?:\.\d+)?|[^\W\d_]+(?:_[^\W_]+|_\{[^{}]*\})?'*))|"
    r"_(?P<index>\(|[^\W_]{2,})|(?P<root>\bsqrt[ \t]*\()|"
    r"(?P<name>(?<![^\W_])[A-Za-z]{2,}(?![^\W_]))|(?P<sign>!=|=/=|<=|>=)"
)
_SIGNS = {"!=": "\\neq ", "=/=": "\\neq ", "<=": "\\leq ", ">=": "\\geq "}
_LARGE = frozenset(("sum", "prod", "argmax", "argmin"))


def _latex(text: str, start: int, end: int) -> tuple[str, tuple[int, ...]]:
    """The typed formula as LaTeX, each character with the offset of what it stands for."""
    closing = _brackets(text, start, end)
    edits: list[tuple[int, int, str]] = []
    position = start
    while found := _SCRIPT.search(text, position, end):
        position = found.end()
        kind = found.lastgroup
        if kind in ("exponent", "index"):
            begin = found.start(kind)
            position = begin
            if text[begin] == "(":
                close = closing.get(begin)
                position += 1
                if close is not None:
                    edits += [(begin, begin + 1, "{"), (close, close + 1, "}")]
            else:
                position += kind == "index" or text[begin] == "-"
                edits += [(begin, begin, "{"), (found.end(), found.end(), "}")]
                position = found.end() if kind == "index" else position
        elif kind == "root":
            close = closing.get(found.end() - 1)
            if close is not None:
                edits += [(found.start(), found.end(), "\\sqrt{"), (close, close + 1, "}")]
        elif kind == "sign":
            edits.append((*found.span(), _SIGNS[found.group()]))
        else:
            name, (first, last) = found.group(), found.span()
            if name in _CONDITIONS:
                edits += [(first, first, "\\text{ "), (last, last, " }")]
            elif name in _GREEK or name in _LARGE:
                edits += [(first, first, "\\"), (last, last, " ")]
                if name.startswith("arg"):
                    edits.append((first + 3, first + 3, "\\"))
    pieces: list[str] = []
    offsets: list[int] = []
    position = start
    for first, last, new in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [text[position:first], new]
        offsets += [*range(position, first), *([min(first, end - 1)] * len(new))]
        position = last
    pieces.append(text[position:end])
    return "".join(pieces), (*offsets, *range(position, end + 1))


def _brackets(text: str, start: int, end: int) -> dict[int, int]:
    """Offset of each round bracket that is closed, and of its end."""
    pairs: dict[int, int] = {}
    still_open: list[int] = []
    for offset in range(start, end):
        if text[offset] == "(":
            still_open.append(offset)
        elif text[offset] == ")" and still_open:
            pairs[still_open.pop()] = offset
    return pairs


def typed_formulas(text: str, items: list[Item]) -> list[Item]:
    """``items`` with the lines of prose that are formulas made formulas."""
    found: dict[int, list[_Candidate]] = {}
    for number, item in enumerate(items):
        if isinstance(item, Prose):
            span = item.span
            lines = _LINE.finditer(text, span.start, span.end)
            found[number] = [
                candidate
                for line in lines
                for piece in _pieces(text, *line.span())
                if (candidate := _candidate(text, *piece))
            ]
    if not any(candidate.sure for line in found.values() for candidate in line):
        return items
    collector = Collector(text)
    for number, item in enumerate(items):
        _hand_on(collector, text, item, found.get(number, []))
    return collector.items


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The line, and apart from it a reason at its end: ``p - y (because sum_i y_i = 1)``."""
    reason = _REASON.search(text, start, end)
    if reason is None:
        yield start, end
    else:
        yield start, reason.start()
        yield reason.span("reason")


def _hand_on(collector: Collector, text: str, item: Item, candidates: list[_Candidate]) -> None:
    """``item``, with its formulas taken out where it is prose."""
    span = item.span
    if isinstance(item, Break):
        collector.paragraph_end(span.start, span.end)
    elif isinstance(item, Heading):
        collector.heading(span.start, span.end, item.level, item.title, item.formulas)
    elif isinstance(item, Prose):
        position = span.start
        for candidate in candidates:
            collector.prose(position, candidate.start)
            content, offsets = _latex(text, candidate.start, candidate.end)
            where = Span(candidate.start, candidate.end)
            collector.formula(Formula(where, content, offsets, candidate.display))
            position = candidate.end
        collector.prose(position, span.end)
