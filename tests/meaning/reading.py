"""Small documents, understood; terms built as one would write them down."""

from __future__ import annotations

from fractions import Fraction

from derive.logic.terms import (
    Add,
    Function,
    Index,
    IndexTerm,
    Mul,
    Number,
    Pow,
    Sum,
    Term,
    Variable,
)
from derive.meaning.statement import Statement
from derive.meaning.understand import understand
from derive.reader.formats import document_from_text

SOFTMAX = r"$$p_i = \frac{e^{x_i}}{\sum_j e^{x_j}}$$" + "\n\n"
LOSS = r"$$H = -\sum_i q_i \log p_i$$" + "\n\n"


def statements(text: str) -> tuple[Statement, ...]:
    """All statements of a Markdown text."""
    return understand(document_from_text(text, format="markdown")).statements


def kinds(text: str) -> list[str]:
    """The kinds of its statements, in order."""
    return [s.kind for s in statements(text)]


def claims(text: str) -> list[Statement]:
    """Its claims."""
    return [s for s in statements(text) if s.kind == "claim"]


def sides(text: str) -> tuple[Term, Term]:
    """Both sides of its last claim."""
    (claim,) = claims(text)[-1].readings[0].claims
    return claim.left, claim.right


def number(value: int | str) -> Number:
    return Number(Fraction(value))


def index(name: str, range_: str = "N") -> Index:
    return Index(name, range_)


def var(name: str, *indices: IndexTerm) -> Variable:
    return Variable(name, indices)


def exp(term: Term) -> Term:
    return Function("exp", (term,))


def log(term: Term) -> Term:
    return Function("log", (term,))


def over(above: Term, below: Term) -> Term:
    return Mul((above, Pow(below, number(-1))))


def minus(left: Term, right: Term) -> Term:
    return Add((left, Mul((number(-1), right))))


def total(letter: Index, body: Term, *excluded: IndexTerm) -> Term:
    return Sum(letter, excluded, body)
