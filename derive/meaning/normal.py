"""Normal distributions: ``\\mathcal{N}(m, S)`` has the mean m and the covariance S."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from derive.meaning.names import base_name
from derive.meaning.spelling import walk
from derive.reader.syntax import (
    Chain,
    Group,
    List,
    Name,
    Numeral,
    ParsedFormula,
    Product,
    Scripts,
    Syntax,
)

__all__ = ["normal_covariances", "normal_deviations"]


def normal_covariances(formula: ParsedFormula) -> Iterator[str]:
    """The names that stand last in the brackets of a normal distribution."""
    for last in _last(formula):
        if isinstance(last, Name):
            yield base_name(last)


def normal_deviations(formula: ParsedFormula) -> Iterator[str]:
    """The s of ``\\mathcal{N}(m, s^2)``, which is no negative number."""
    for last in _last(formula):
        match last:
            case Scripts(_, Name() as deviation, None, Numeral(_, "2"), 0):
                yield base_name(deviation)


def _last(formula: ParsedFormula) -> Iterator[Syntax]:
    for node in walk(formula):
        for one, after in pairwise(node.factors) if isinstance(node, Product) else ():
            match one, after:
                case Name(_, "N", "calligraphic"), Group(_, body, "()" | "[]"):
                    given = body.rest[-1][1] if isinstance(body, Chain) and body.rest else body
                    if isinstance(given, List):
                        yield given.items[-1]
