"""Wrong versions of a claim: all that one small edit makes of it, as a slip of the pen would.

The edits are those that are found in published derivations: a sign, a dropped factor or term, an
index that is another one, an exponent or a constant that is off, an exclusion that is missing,
too many or at the wrong index, a sum with a wrong bound or without its sign, a derivative by
another variable, a logarithm for an exponential, a delta dropped, a hypothesis not stated.
Some of them are true all the same: a factor that is 1, an index in a symmetric term.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

from derive.logic.problem import Claim, Hypothesis
from derive.logic.terms import (
    Add,
    Application,
    Binder,
    Delta,
    Derivative,
    Function,
    Index,
    IndexTerm,
    Label,
    Mul,
    Number,
    Position,
    Pow,
    Shift,
    Size,
    Term,
    Variable,
    canonical,
    children,
    free_indices,
    rebuild,
    substitute,
    subterms,
)  # fmt: skip

__all__ = ["KINDS", "Mutant", "mutants"]

Edit: TypeAlias = tuple[str, Term]
"""What kind of edit it is, and the term after it."""

KINDS = (
    "sign", "factor dropped", "term dropped", "index", "exponent", "constant", "exclusion",
    "bound", "sum dropped", "delta dropped", "derivative's variable", "function",
    "hypothesis deleted",
)  # fmt: skip

MINUS, ONE = Number(Fraction(-1)), Number(Fraction(1))

# What a function is easily mistaken for.
MISTAKEN = {
    "exp": "log", "log": "exp", "sin": "cos", "cos": "sin", "tan": "tanh", "tanh": "sigmoid",
    "sigmoid": "tanh", "softplus": "sigmoid", "sinh": "cosh", "cosh": "sinh", "arctan": "tan",
    "arcsin": "sin", "abs": "sign", "sign": "abs", "relu": "step", "step": "relu",
    "erf": "exp",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A claim after one edit of one of the ``KINDS``; ``deleted``: the hypothesis, in LaTeX."""

    kind: str
    claim: Claim
    deleted: str = ""


def mutants(claim: Claim, used: Iterable[Hypothesis] = ()) -> Iterator[Mutant]:
    """All versions of the claim after a single edit, each once.

    ``used``: the hypotheses that its proof needed, each of which is deleted in turn.
    """
    seen = {(canonical(claim.left), canonical(claim.right))}
    letters = free_indices(claim.left) | free_indices(claim.right)
    variables = _variables(claim)
    for place in ("left", "right"):
        for kind, new in _edits_of_side(getattr(claim, place), letters, variables):
            mutant = replace(claim, left=new) if place == "left" else replace(claim, right=new)
            key = canonical(mutant.left), canonical(mutant.right)
            if key not in seen:
                seen.add(key)
                yield Mutant(kind, mutant)
    for hypothesis in used:
        kept = tuple(h for h in claim.context.hypotheses if h is not hypothesis)
        without = replace(claim, context=replace(claim.context, hypotheses=kept))
        yield Mutant("hypothesis deleted", without, hypothesis.source)


def _variables(claim: Claim) -> frozenset[tuple[str, tuple[str, ...]]]:
    """Names and index ranges of all variables that the claim speaks of, also by definitions."""
    found: set[tuple[str, tuple[str, ...]]] = set()
    opened: set[str] = set()
    queue = [claim.left, claim.right]
    while queue:
        for part in subterms(queue.pop()):
            for variable in (part, part.variable) if isinstance(part, Derivative) else (part,):
                if isinstance(variable, Variable) and variable.name not in opened:
                    opened.add(variable.name)
                    found.add((variable.name, tuple(i.range for i in variable.indices)))
                    definition = claim.context.definition(variable.name)
                    if definition is not None:
                        queue.append(definition.body)
    return frozenset(found)


def _edits_of_side(
    side: Term, letters: frozenset[Index], variables: frozenset[tuple[str, tuple[str, ...]]]
) -> Iterator[Edit]:
    yield "sign", _negative(side)
    for first, second in _pairs(free_indices(side)):
        yield "index", substitute(side, {first: second, second: first})
    yield from _everywhere(side, letters, variables)


def _pairs(letters: frozenset[Index]) -> Iterator[tuple[Index, Index]]:
    ordered = sorted(letters, key=repr)
    for n, first in enumerate(ordered):
        yield from ((first, other) for other in ordered[n + 1 :] if other.range == first.range)


def _everywhere(
    term: Term, letters: frozenset[Index], variables: frozenset[tuple[str, tuple[str, ...]]]
) -> Iterator[Edit]:
    """Edits at the root of the term and at all of its subterms; ``letters`` are in scope."""
    yield from _edits(term, letters)
    if isinstance(term, Derivative):
        yield from _other_variables(term, variables)
    parts = children(term)
    inner = letters | {term.index} if isinstance(term, Binder) else letters
    for n, part in enumerate(parts):
        if isinstance(term, Pow) and n == 1 and isinstance(part, Number):
            continue  # an exponent is edited as such
        for kind, new in _everywhere(part, inner, variables):
            yield kind, rebuild(term, (*parts[:n], new, *parts[n + 1 :]))


def _edits(term: Term, letters: frozenset[Index]) -> Iterator[Edit]:
    """Edits at the root of the term."""
    match term:
        case Add(terms):
            for n, part in enumerate(terms):
                yield "sign", Add((*terms[:n], _negative(part), *terms[n + 1 :]))
                rest = (*terms[:n], *terms[n + 1 :])
                yield "term dropped", rest[0] if len(rest) == 1 else Add(rest)
        case Mul(factors):
            for n, part in enumerate(factors):
                rest = (*factors[:n], *factors[n + 1 :])
                if not isinstance(part, Delta):
                    kind = "sign" if part is MINUS else "factor dropped"
                    yield kind, rest[0] if len(rest) == 1 else Mul(rest)
        case Pow(base, Number(exponent)):
            yield "exponent", base
            for other in (exponent + 1, exponent - 1, -exponent):
                if other not in (0, 1):
                    yield "exponent", Pow(base, Number(other))
        case Number(value):
            for other in (value + 1, value - 1):
                if other or value != -1:  # 0 for -1 drops a term
                    yield "constant", Number(other)
        case Size():
            yield "constant", Add((term, MINUS))
        case Function(name, (argument,)):
            if name != "log":  # where log x has a value log(-x) has none: nothing to compare
                yield "sign", Function(name, (_negative(argument),))
            yield "function", argument
            if name in MISTAKEN:
                yield "function", Function(MISTAKEN[name], (argument,))
        case Delta():
            yield "delta dropped", ONE
            yield from _other_indices(term, letters)
        case Variable() | Application() | Derivative():
            yield from _other_indices(term, letters)
            if isinstance(term, Application):
                yield from _other_orders(term)
        case Binder():
            yield from _other_sums(term, letters)


def _other_orders(term: Application) -> Iterator[Edit]:
    """A prime too many or too few: f'(x) for f(x)."""
    for n, order in enumerate(term.orders):
        for other in (order + 1, order - 1):
            if other >= 0:
                orders = (*term.orders[:n], other, *term.orders[n + 1 :])
                yield "function", Application(term.name, term.indices, term.arguments, orders)


def _negative(term: Term) -> Term:
    """-term, without a second minus sign."""
    match term:
        case Number(value):
            return Number(-value)
        case Mul(factors) if MINUS in factors:
            n = factors.index(MINUS)
            rest = (*factors[:n], *factors[n + 1 :])
            return rest[0] if len(rest) == 1 else Mul(rest)
    return Mul((MINUS, term))


def _other_indices(term: Term, letters: frozenset[Index]) -> Iterator[Edit]:
    """One index replaced by another of its range, or two of them swapped."""
    indices = term.variable.indices if isinstance(term, Derivative) else _indices(term)
    for n, index in enumerate(indices):
        for other in _others(index, letters):
            yield "index", _with_indices(term, (*indices[:n], other, *indices[n + 1 :]))
        for m in range(n) if not isinstance(term, Delta) else ():
            if indices[m].range == index.range:
                swapped = list(indices)
                swapped[n], swapped[m] = swapped[m], swapped[n]
                yield "index", _with_indices(term, tuple(swapped))


def _indices(term: Term) -> tuple[IndexTerm, ...]:
    if isinstance(term, Delta):
        return term.left, term.right
    return term.indices if isinstance(term, (Variable, Application)) else ()


def _with_indices(term: Term, indices: tuple[IndexTerm, ...]) -> Term:
    match term:
        case Delta():
            return Delta(*indices)
        case Variable(name, _):
            return Variable(name, indices)
        case Application(name, _, arguments, orders):
            return Application(name, indices, arguments, orders)
        case Derivative(body, variable):
            return Derivative(body, Variable(variable.name, indices))
    raise AssertionError(term)


def _others(index: IndexTerm, letters: frozenset[Index]) -> Iterator[IndexTerm]:
    """What may stand for an index by mistake: another letter, else the first position."""
    options: list[IndexTerm] = sorted(
        (i for i in letters if i.range == index.range and i is not index), key=repr
    )
    match index:
        case Shift(base, offset):
            options = [base, Shift(base, -offset)]
        case Label(name, inner, range_):
            for n, part in enumerate(inner):
                for other in _others(part, letters):
                    options.append(Label(name, (*inner[:n], other, *inner[n + 1 :]), range_))
        case Position(value, range_):
            options.append(Position(2 if value == 1 else 1, range_))
    yield from options or [Position(1, index.range)]


def _other_sums(term: Binder, letters: frozenset[Index]) -> Iterator[Edit]:
    """Other exclusions, other bounds, and no sum at all."""
    index, excluded, body = term.index, term.excluded, term.body
    kind = type(term)
    outer = sorted((i for i in letters if i.range == index.range and i is not index), key=repr)
    for n, old in enumerate(excluded):
        rest = (*excluded[:n], *excluded[n + 1 :])
        bound = isinstance(old, Position)
        yield "bound" if bound else "exclusion", kind(index, rest, body)
        for other in outer:
            if other not in excluded:
                yield "exclusion", kind(index, (*rest, other), body)
    for other in outer:
        if other not in excluded:
            yield "exclusion", kind(index, (*excluded, other), body)
    for first, next_ in ((1, 2), (0, -1)):
        value = next_ if Position(first, index.range) in excluded else first
        yield "bound", kind(index, (*excluded, Position(value, index.range)), body)
    yield "sum dropped", body
    if index in free_indices(body):
        for other in outer:
            yield "sum dropped", substitute(body, {index: other})


def _other_variables(
    term: Derivative, variables: frozenset[tuple[str, tuple[str, ...]]]
) -> Iterator[Edit]:
    """The derivative by another variable with indices of the same ranges."""
    variable = term.variable
    ranges = tuple(index.range for index in variable.indices)
    for name, shape in sorted(variables):
        if shape == ranges and name != variable.name:
            yield "derivative's variable", Derivative(term.body, Variable(name, variable.indices))
