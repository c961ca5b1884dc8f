"""Normal distributions: ``\\mathcal{N}(m, S)`` has the mean m and the covariance S."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from derive.meaning.names import base_name
from derive.meaning.spelling import walk
from derive.reader.syntax import Chain, Group, List, Name, ParsedFormula, Product

__all__ = ["normal_covariances"]


def normal_covariances(formula: ParsedFormula) -> Iterator[str]:
    """The names that stand last in the brackets of a normal distribution."""
    for node in walk(formula):
        for one, after in pairwise(node.factors) if isinstance(node, Product) else ():
            match one, after:
                case Name(_, "N", "calligraphic"), Group(_, body, "()" | "[]"):
                    given = body.rest[-1][1] if isinstance(body, Chain) and body.rest else body
                    last = given.items[-1] if isinstance(given, List) else None
                    if isinstance(last, Name):
                        yield base_name(last)
