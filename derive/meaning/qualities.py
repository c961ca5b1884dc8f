"""What prose calls data, where no formula says it: an orthogonal matrix, a unit vector, even n.

A step about such data may hold for them alone; where it fails for others it is not refuted.
The words are those of a paragraph in which ``⟦n⟧`` stands for its formula number n.  So it is of
what a formula says to lie in a set of single numbers: ``n \\in \\mathbb{N}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from derive.meaning.asserting import THINGS, WHICH, asserted, numbers_in
from derive.meaning.imaginary import named
from derive.meaning.names import flatten
from derive.meaning.paragraphs import paragraphs
from derive.meaning.spelling import written_number
from derive.reader.document import Document, Heading
from derive.reader.syntax import (
    Chain,
    Group,
    List,
    Name,
    ParsedFormula,
    Scripts,
    Syntax,
)
from derive.regex import regex

__all__ = ["ONE_OF", "Quality", "is_told_by_others", "qualities"]

# Of vectors and matrices, for the most part.
_SHAPED = (
    r"ortho(?:gonal|normal)|unitary|perpendicular|idempotent|nilpotent|involutory|"
    r"(?:skew|anti)-?\s?symmetric|(?:upper|lower)?[- ]?triangular|diagonal|tridiagonal|circulant|"
    r"(?:doubly\s+)?stochastic\s+(?=matri)|projection(?=\s+(?:matri|operator|on|⟦))|"
    r"(?:projections?|projectors?|projection\s+(?:matri\w+|operators?))|"
    r"permutation(?=\s+matri)|unit(?=[- ](?:vectors?|norms?|lengths?))|"
    r"of\s+unit\s+(?:norm|length)|normali[sz]ed|standardi[sz]ed|whitened|cent(?:er|r)ed|"
    r"zero[- ]mean|mean[- ]zero|(?:zero\s+mean|mean\s+(?:zero|0))|uniform|balanced"
)
_OF_NUMBERS = r"integers?|natural\s+numbers?|whole\s+numbers?|primes?(?=\s+numbers?)|binary"
_OF_FUNCTIONS = (
    r"linear|affine|additive|multiplicative|homogeneous|periodic|harmonic|convex|concave|"
    r"monotone|monotonic|increasing|decreasing|antisymmetric"
)
_PARITY = r"even|odd"
# Not "a distribution over functions": of what it is, no formula tells.
_LAWS = (
    r"(?:joint\s+)?(?:probability\s+)?(?:distributions?(?!\s+over\s+(?!the\b|a\b|⟦))|"
    r"mass\s+functions?)|pmfs?"
)
# What they are is told by an equation that is hardly ever written.
_TOLD_BY_OTHERS = r"eigenvalues?|eigenvectors?|singular\s+values?|medians?|quantiles?|percentiles?"
_ANY = rf"{_SHAPED}|{_OF_NUMBERS}|{_OF_FUNCTIONS}|{_PARITY}|{_LAWS}|{_TOLD_BY_OTHERS}"
_FILLED = (
    r"(?:(?:an?|the|both|all|also|assumed|taken|chosen|to|be|real|square|constant|fixed|given|any|"
    r"arbitrary|invertible|symmetric|positive|negative|non-?negative|nonzero|smooth|pairwise|"
    r"mutually|two|random|have|has|with|and|discrete|categorical|valid|proper)[\s,]+)*"
)
_NOUN = (
    r"(?:(?:square|real|weight|data|feature|embedding|input|column|row|random|label|target|smooth|"
    r"matri(?:x|ces)|vectors?|norms?|lengths?|functions?|maps?|operators?|numbers?|integers?|labels?|"
    r"targets?|variables?|masks?|indicators?|embeddings?|features?|inputs?|data|samples?|points?|"
    r"directions?|distributions?|weights?|eigenvectors?|columns?|basis|rows?|and|the|an?)[\s,-]+)*"
)
# Not "even larger", "the integer part", "a linear combination", "binary cross-entropy".
_ENDS = (
    r"(?![\w-])(?!\s+(?:(?!over\b|under\b|per\b)\w+er\b|more|less|if|when|part|combination|case|search|in\b|"
    r"(?:cross-?\s?)?entropy|classification|regression|model|layer|tree|time))"
)
_LISTED = r"⟦\d+⟧(?:(?:\s*,\s*⟦\d+⟧)*\s*,?\s*and\s+⟦\d+⟧)?"
_SAID = tuple(
    regex(pattern, re.I)
    for pattern in (
        rf"(?P<of>{THINGS})(?:{WHICH}|,)?\s*(?:is|are|be|being|denotes?|as|has|have|having|with|of)?"
        rf"\s+{_FILLED}(?P<said>(?<![\w-])(?:{_ANY})){_ENDS}",
        rf"(?P<one>\ban?\s+)?(?<![\w-])(?P<said>{_ANY})[\s,-]+{_NOUN}(?P<of>{_LISTED})",
    )
)
_OF_QUALITIES = regex(_ANY, re.I)
_FUNCTION = regex(_OF_FUNCTIONS, re.I)


# "For unit vectors $u$, ...": of these, and nothing is said of others.
_PASSING = regex(r"\b(?:if|for|when|whenever|unless|whether|case|suppose\s+for)\b[^.;]*$", re.I)
_SENTENCE = regex(r"(?<!\be\.g)(?<!\bi\.e)[.!?](?=\s)")
ONE_OF = "one of "
"""Begins what is said of a number that lies in a set of numbers."""
_NEAR = 3  # lines, from a condition to the step that it is said of


@dataclass(frozen=True)
class Quality:
    """That the text calls what has a name so.

    ``of_functions``: it does so of functions alone; ``whole``: of a name without indices;
    ``until``: the last line of which it may be said.
    """

    name: str
    word: str
    line: int
    of_functions: bool = False
    whole: bool = False
    until: int = 0


def qualities(document: Document, formulas: Mapping[int, ParsedFormula]) -> tuple[Quality, ...]:
    """What the prose calls the names of the document."""
    return tuple(dict.fromkeys(_qualities(document, formulas)))


def is_told_by_others(word: str) -> bool:
    """Whether the word names what belongs to other data: the eigenvalues of a matrix."""
    return re.fullmatch(_TOLD_BY_OTHERS, word) is not None


def _qualities(document: Document, formulas: Mapping[int, ParsedFormula]) -> Iterator[Quality]:
    titles = [document.place(x.span).line for x in document.items if isinstance(x, Heading)]
    last = document.text.count("\n") + 1
    for words, inside in paragraphs(document.items):
        for word, number, passing in _said(words):
            formula = inside[number]
            line = document.place(formula.span).line
            until = min((title for title in titles if title > line), default=last + 1) - 1
            until = min(until, line + _NEAR) if passing else until
            of_functions = _FUNCTION.fullmatch(word) is not None
            whole = all(_is_whole(row.body) for row in formulas[id(formula)].rows)
            for name in named(formulas[id(formula)]):
                yield Quality(name, word, line, of_functions, whole, until)
    for parsed in formulas.values():
        for row in parsed.rows:
            for name, word in _members(row.body):
                yield Quality(name, word, document.place(row.body.span).line, False, True, last)


def _members(body: Syntax) -> Iterator[tuple[str, str]]:
    """The n of ``n, m \\in \\mathbb{N}`` and ``n \\in \\{1, 2, 3\\}``, and what they are."""
    if not isinstance(body, Chain) or body.rest[0][0].text != "in":
        return
    space = body.rest[0][1]
    while isinstance(space, Scripts):
        space = space.base
    match space:
        case Name(_, "N" | "Z", "blackboard"):
            word = "integer"
        case Group(_, List(_, items), "{}"):
            numbers = list(map(written_number, items))
            written = ", ".join(str(x) for x in numbers if x is not None)
            word = f"{ONE_OF}{written}" if None not in numbers else "one of several"
        case _:
            return
    for item in body.first.items if isinstance(body.first, List) else (body.first,):
        flat = flatten(item) if item is not None else None
        if flat is not None:
            yield flat[0].text, word


def _is_whole(body: Syntax) -> bool:
    """``p``, and ``p \\in \\mathbb{R}^n``, but not p_i."""
    if isinstance(body, Chain) and body.rest[0][0].text == "in":
        return isinstance(body.first, Name)
    return isinstance(body, Name)


def _said(words: str) -> Iterator[tuple[str, int, bool]]:
    """The qualities that the words tell, each with the number of a formula, and whether for it."""
    if not _OF_QUALITIES.search(words):
        return
    for pattern in _SAID:
        for match in pattern.finditer(words):
            before = _SENTENCE.split(words[: match.start()])[-1]
            within = before + words[match.start() : match.start("said")]
            if not asserted(before) or not asserted(within, of=False):
                continue
            passing = _PASSING.search(before) is not None
            numbers = list(numbers_in(match["of"]))
            for number in numbers[:1] if match.groupdict().get("one") else numbers:
                yield " ".join(match["said"].lower().split()), number, passing
