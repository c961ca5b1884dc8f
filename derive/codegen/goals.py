"""What lowering is to achieve, and what it looks for in terms: costly parts, entries, spellings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from derive.codegen.loopform import Keep, Let, Reduce, Store
from derive.logic.terms import (
    Add,
    Binder,
    Function,
    Index,
    Label,
    Mul,
    Number,
    Pow,
    Term,
    canonical,
    children,
    own_indices,
    substitute,
    subterms,
)

__all__ = [
    "Goal", "is_costly", "is_entry", "is_negation", "is_number", "is_operation", "labels_in",
    "open_subterms", "pattern_of", "spelled",
]  # fmt: skip

ONE = Number(Fraction(1))
MINUS_ONE = Number(Fraction(-1))


@dataclass(frozen=True)
class Goal:
    """What is to be done with a value once the loops over ``pending`` run."""

    target: Store | Keep | Reduce | Let
    pending: tuple[Index, ...] = ()

    def with_value(self, value: Term) -> Goal:
        return replace(self, target=replace(self.target, value=value))


def spelled(term: Term) -> Term:
    """``log(1 + x)`` and ``exp(x) - 1`` by the functions that keep the digits of a small x.

    So the logistic function s(x) = 1 / (1 + e^-x), with 1 - s(x) = s(-x), and its logarithm
    -log(1 + e^-x), which is finite where s(x) is rounded to 0 or 1.
    """
    match term:
        case Function("log", (Add((first, *rest)),)) if first is ONE:
            return _log_of_one_and(rest[0] if len(rest) == 1 else Add(tuple(rest)))
        case Function("log", (Add((*rest, last)),)) if last is ONE:
            return _log_of_one_and(rest[0] if len(rest) == 1 else Add(tuple(rest)))
        case Function("log", (Function("sigmoid", (x,)),)):
            return _minus(Function("softplus", (_minus(x),)))
        case Pow(Add((Function("exp", (x,)), other) | (other, Function("exp", (x,)))), power) if (
            other is ONE and power is MINUS_ONE
        ):
            return Function("sigmoid", (_minus(x),))
        case Add(
            (one, Mul((sign, Function("sigmoid", (x,)))))
            | (Mul((sign, Function("sigmoid", (x,)))), one)
        ) if one is ONE and sign is MINUS_ONE:
            return Function("sigmoid", (_minus(x),))
        case Mul(factors):
            return _without_overflow(factors) or term
        case Add((Function("exp", (x,)), last)) if last is MINUS_ONE:
            return Function("expm1", (x,))
    return term


def _log_of_one_and(x: Term) -> Term:
    match x:
        case Function("exp", (u,)):
            return Function("softplus", (u,))
    return Function("log1p", (x,))


def _without_overflow(factors: tuple[Term, ...]) -> Term | None:
    """e^x s(-x) = s(x)."""
    for factor in factors:
        match factor:
            case Function("exp", (x,)) if (other := Function("sigmoid", (_minus(x),))) in factors:
                kept = [f for f in factors if f is not other and f is not factor]
                value = Function("sigmoid", (x,))
                return Mul((*kept, value)) if kept else value
    return None


def _minus(x: Term) -> Term:
    """-x, without two signs."""
    match x:
        case Mul((sign, other)) if sign is MINUS_ONE:
            return other
        case Mul((sign, *others)) if sign is MINUS_ONE:
            return Mul(tuple(others))
    return Mul((MINUS_ONE, x))


def is_costly(term: Term) -> bool:
    """Worth keeping rather than computing twice."""
    match term:
        case Function("reference", _):
            return False
        case Function() | Binder():
            return True
        case Pow(_, Number(exponent)):
            return exponent not in (1, 2)
        case Pow():
            return True
    return False


def open_subterms(term: Term) -> Iterator[Term]:
    """The term and its subterms outside the bodies of binders."""
    yield term
    if not isinstance(term, Binder):
        for child in children(term):
            yield from open_subterms(child)


def pattern_of(term: Term, letter: Index) -> Term:
    """The term with one letter marked, the same for every letter of that range."""
    return canonical(substitute(term, {letter: Index("@", letter.range)}))


def is_entry(goal: Goal) -> bool:
    """One entry of an array that loops store to as well: computed when it can be, stored last."""
    target = goal.target
    if not isinstance(target, Store) or goal.pending or not target.indices:
        return False
    return not any(isinstance(index, Index) for index in target.indices)


def is_number(goal: Goal) -> bool:
    """A number to be stored, which is done as soon as it is known."""
    return isinstance(goal.target, Store) and not goal.target.indices and not goal.pending


def is_negation(term: Term) -> bool:
    """-x."""
    return isinstance(term, Mul) and len(term.factors) == 2 and term.factors[0] is MINUS_ONE


def is_operation(term: Term) -> bool:
    """More than an entry or a sign, which cost nothing where they stand."""
    match term:
        case Mul((Number(), inner)):
            return is_operation(inner)
    return bool(children(term))


def labels_in(terms: Iterable[Term]) -> frozenset[Label]:
    """All labels that stand as indices in the terms."""
    return frozenset(
        index
        for term in terms
        for part in subterms(term)
        for index in own_indices(part)
        if isinstance(index, Label)
    )
