"""A rewriting that the generator's passes share."""

from __future__ import annotations

from collections.abc import Callable

from derive.logic.terms import Term, children, rebuild

__all__ = ["transform"]


def transform(term: Term, change: Callable[[Term], Term]) -> Term:
    """Apply ``change`` to every subterm, innermost first."""
    return change(rebuild(term, tuple(transform(child, change) for child in children(term))))
