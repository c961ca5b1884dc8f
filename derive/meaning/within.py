"""The parts of terms, which many ask about the same ones."""

from __future__ import annotations

from derive.logic import terms
from derive.logic.terms import Term
from derive.memory import kept

__all__ = ["subterms"]


@kept
def subterms(term: Term) -> tuple[Term, ...]:
    """The term and all terms within it, outermost first."""
    return tuple(terms.subterms(term))
