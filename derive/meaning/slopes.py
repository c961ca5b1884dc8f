"""Derivatives of a defined function at a value: f'(2) and f'(w x + b), where f(x) = x^2."""

from __future__ import annotations

from collections.abc import Mapping

from derive.logic.problem import Definition, Equation, Hypothesis
from derive.logic.terms import (
    Application,
    Binder,
    Derivative,
    Index,
    Term,
    Variable,
    free_indices,
    mapped,
)
from derive.meaning.graphs import MARK
from derive.meaning.notation import latex
from derive.meaning.within import subterms

__all__ = ["POINT", "at_values"]

# Begins the names of points at which a derivative is taken.
POINT = "u" + MARK


def at_values(
    sides: tuple[Term, Term], definitions: Mapping[str, Definition]
) -> tuple[tuple[Term, Term], tuple[Hypothesis, ...]]:
    """f'(a) as df/du where u = a, and what says so: other parts of f may be made of a, too.

    Below another derivative it stays as it is: there u would move with what that is taken by.
    """
    found: dict[Application, Hypothesis] = {}
    if not any(isinstance(p, Application) and any(p.orders) for t in sides for p in subterms(t)):
        return sides, ()

    def told(term: Term, bound: frozenset[Index]) -> Term:
        match term:
            case Derivative():
                return term
            case Application(name, indices, (Term() as value,), (order,)) if (
                order and name in definitions
            ):
                letters = tuple(sorted(free_indices(value), key=lambda i: i.name))
                u = Variable(f"{POINT}{len(found)}", letters)
                if term not in found:
                    every = tuple(letter for letter in letters if letter in bound)
                    said = rf"{latex(term)} \text{{ at }} {latex(value)}"
                    found[term] = Hypothesis((Equation(u, value, every),), said)
                equation = found[term].facts[0]
                assert isinstance(equation, Equation)
                assert isinstance(equation.left, Variable)
                slope: Term = Application(name, indices, (equation.left,), (0,))
                for _ in range(order):
                    slope = Derivative(slope, equation.left)
                return slope
        inner = bound | {term.index} if isinstance(term, Binder) else bound
        return mapped(term, lambda part: told(part, inner) if isinstance(part, Term) else part)

    left, right = (told(side, frozenset()) for side in sides)
    return (left, right), tuple(found.values())
