"""What holds where a derivative is 0, written so that it can be used: ``w = sum_i a_i x_i``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

from derive.algebra.arithmetic import Refused
from derive.logic.facts import Facts
from derive.logic.problem import Context, Equation
from derive.logic.terms import (
    Add,
    Function,
    Index,
    Mul,
    Number,
    Pow,
    Size,
    Sum,
    Term,
    Variable,
    canonical,
    free_indices,
    names,
)
from derive.meaning.names import base_name
from derive.meaning.spelling import spelling, walk
from derive.meaning.splitting import split
from derive.meaning.within import subterms
from derive.reader import syntax as s

__all__ = ["differentiated", "holds_derivative", "solved", "solved_for_number", "unmarked"]

MINUS = Number(Fraction(-1))
_HAT = re.compile(r"\\(?:hat|widehat)\s*\{([^{}]+)\}")
_MARKS = ("*", "\\star", "\\ast", "new", "MLE", "ML", "MAP", "opt", "\\text{new}")
_LETTERS = re.compile(r"(?<!\\)\b[A-Za-z]+")
_PLAIN = Facts(Context()).arithmetic


def holds_derivative(node: s.Node) -> bool:
    """Whether something is differentiated within."""
    return any(
        isinstance(part, s.Differentiation) or (isinstance(part, s.Scripts) and part.primes > 0)
        for part in walk(node)
    )


def differentiated(node: s.Node) -> str:
    """The name of the function that is differentiated within: the E of ``dE/dw``, or of E'(w)."""
    for part in walk(node):
        body: s.Node | None = None
        match part:
            case s.Differentiation(_, body, _):
                pass
            case s.Scripts(primes=primes) if primes > 0:
                body = part
        inner = walk(body) if body is not None else ()
        name = next((base_name(n) for n in inner if isinstance(n, s.Name) and not n.word), "")
        if name:
            return name
    return ""


def unmarked(node: s.Syntax) -> s.Syntax | None:
    """``p_k`` for ``\\hat p_k``, ``p_k^*``, ``p_k^{new}``, p_{MLE}; None where there is no mark."""
    match node:
        case s.Name(_, text) if (found := _HAT.fullmatch(text)) is not None:
            return replace(node, text=found[1])
        case s.Scripts(_, base, below, s.Name(_, mark)) if mark in _MARKS:
            return replace(node, superscript=None) if below is not None else base
        case s.Scripts(_, s.Name() as base, below, None) if (
            below is not None and "".join(_LETTERS.findall(spelling(below))) in _MARKS
        ):
            return base
        case s.Scripts(_, base, _, None):
            bare = unmarked(base)
            return replace(node, base=bare) if bare is not None else None
    return None


def solved(zero: Term, moved: Collection[str] = ()) -> Equation | None:
    """``zero = 0`` with one summand alone on its left side; None where none can stand there.

    It is a quantity that nothing else in the equation speaks of, with an index of its own for
    each of its places, or else a sum.  The equation says the same as before, or the same where
    what it divides by is not 0.  ``moved``: what derivatives were taken by, which is preferred.
    """
    zero = _without_divisors(zero)
    found = list(_summands(zero, Fraction(1)))
    letters = free_indices(zero)
    whole = [n for n, (_, term) in enumerate(found) if free_indices(term) == letters]
    alone = [n for n in whole if _is_plain(found[n][1])]
    if not any(names(found[n][1]) <= set(moved) for n in alone):
        within = _within(found, letters, moved)
        apart = list(_summands(split(zero), Fraction(1))) if within is None else []
        within = within or _within(apart, letters, moved)
        if within is not None:
            return within
    for n in (*alone, *(n for n in whole if isinstance(found[n][1], Sum))):
        coefficient, term = found[n]
        rest = [(c, t) for m, (c, t) in enumerate(found) if m != n]
        if any(term is part or _same_name(term, part) for _, t in rest for part in subterms(t)):
            continue
        value: Term = Add(tuple(Mul((Number(-c / coefficient), t)) for c, t in rest))
        return Equation(term, value if rest else Number(Fraction(0)), _sorted(letters))
    return None


def solved_for_number(zero: Term) -> Equation | None:
    """``zero = 0`` with a number without indices alone on its left side."""
    found = list(_summands(zero, Fraction(1)))
    plain = {
        f.name
        for _, term in found
        for f in (term, *(term.factors if isinstance(term, Mul) else ()))
        for f in (f.base if isinstance(f, Pow) else f,)
        if isinstance(f, Variable) and not f.indices
    }
    tried = (_within(found, frozenset(), (name,)) for name in sorted(plain, key=_as_multiplier))
    return next((equation for equation in tried if equation is not None), None)


def _as_multiplier(name: str) -> tuple[bool, str]:
    """What multiplies a constraint is called lambda, mostly."""
    return not name.startswith("\\lambda"), name


def _within(
    found: list[tuple[Fraction, Term]], letters: frozenset[Index], moved: Collection[str]
) -> Equation | None:
    """``n_k / x_k - c = 0`` as x_k = n_k / c, and ``a log x_k + c = 0`` as x_k = e^(-c / a)."""
    linear = _linear(found, letters, moved)
    if linear is not None:
        return linear
    for n, (coefficient, term) in enumerate(found):
        factors = term.factors if isinstance(term, Mul) else (term,)
        for at, factor in enumerate(factors):
            match factor:
                case Pow(Variable() as x, Number(power)) if power == -1:
                    inverse = True
                case Function("log", (Variable() as x,)):
                    inverse = False
                case Variable() as x:
                    inverse = False
                case _:
                    continue
            beside = (*factors[:at], *factors[at + 1 :])
            rest = [(c, t) for m, (c, t) in enumerate(found) if m != n]
            others = (*beside, *(t for _, t in rest))
            if not _is_plain(x) or free_indices(x) != letters or not rest or x.name not in moved:
                continue
            if any(_same_name(x, part) for t in others for part in subterms(t)):
                continue
            size = Mul((Number(coefficient), *beside))
            against: Term = Add(tuple(Mul((Number(-c), t)) for c, t in rest))
            if inverse:
                value: Term = Mul((size, Pow(against, MINUS)))
            else:
                value = Mul((against, Pow(size, MINUS)))
            if isinstance(factor, Function):
                value = Function("exp", (value,))
            with suppress(Refused):
                value = _PLAIN.normal(canonical(value))
            return Equation(x, value, _sorted(letters))
    return None


def _without_divisors(zero: Term) -> Term:
    """``2 / n X^T (X w - y)`` without 2 / n, which is never 0."""
    if not isinstance(zero, Mul):
        return zero
    kept = [f for f in _flat(zero) if not _is_never_zero(f)]
    return zero if not kept else kept[0] if len(kept) == 1 else Mul(tuple(kept))


def _flat(term: Term) -> tuple[Term, ...]:
    return tuple(g for f in term.factors for g in _flat(f)) if isinstance(term, Mul) else (term,)


def _is_never_zero(factor: Term) -> bool:
    """A size, a number that is not 0, and what something is divided by."""
    match factor:
        case Number(value):
            return value != 0
        case Size():
            return True
        case Pow(base, Number(power)):
            return (power < 0 and not free_indices(base)) or _is_never_zero(base)
    return False


def _linear(
    found: list[tuple[Fraction, Term]], letters: frozenset[Index], moved: Collection[str]
) -> Equation | None:
    """``x + b x - a = 0``, where x stands in several summands, as x = a / (1 + b)."""
    for x in {t: None for _, term in found for t in _factors(term) if isinstance(t, Variable)}:
        if x.name not in moved or not _is_plain(x) or free_indices(x) != letters:
            continue
        own = [(c, _factors(term)) for c, term in found if x in _factors(term)]
        rest = [(c, term) for c, term in found if x not in _factors(term)]
        beside = [(c, tuple(f for f in factors if f is not x)) for c, factors in own]
        once = all(len(b) == len(f) - 1 for (_, b), (_, f) in zip(beside, own, strict=True))
        others = [*(f for _, b in beside for f in b), *(t for _, t in rest)]
        if len(own) < 2 or not once or not rest:
            continue
        if any(_same_name(x, part) for t in others for part in subterms(t)):
            continue
        below: Term = Add(tuple(Mul((Number(c), *b)) for c, b in beside))
        value: Term = Mul((Add(tuple(Mul((Number(-c), t)) for c, t in rest)), Pow(below, MINUS)))
        with suppress(Refused):
            value = _PLAIN.normal(canonical(value))
        return Equation(x, value, _sorted(letters))
    return None


def _factors(term: Term) -> tuple[Term, ...]:
    return term.factors if isinstance(term, Mul) else (term,)


def _summands(term: Term, factor: Fraction) -> Iterator[tuple[Fraction, Term]]:
    """The terms that add up to ``factor`` times the term, as far as sums and numbers go."""
    match term:
        case Number(value):
            if value != 0:
                yield Fraction(value) * factor, Number(Fraction(1))
        case Add(terms):
            for part in terms:
                yield from _summands(part, factor)
        case Mul(factors):
            flat = [g for f in factors for g in (f.factors if isinstance(f, Mul) else (f,))]
            others = tuple(f for f in flat if not isinstance(f, Number))
            for number in (f for f in flat if isinstance(f, Number)):
                factor *= Fraction(number.value)
            if factor == 0:
                return
            sums = [f for f in others if isinstance(f, Add)]
            if len(others) == 1:
                yield from _summands(others[0], factor)
            elif len(sums) == 1:  # X^T (X w - y); of more sums there would be too many products
                rest = tuple(f for f in others if f is not sums[0])
                for part in sums[0].terms:
                    yield from _summands(Mul((*rest, part)), factor)
            else:
                yield factor, Mul(others) if others else Number(Fraction(1))
        case Sum(index, excluded, body):
            for inner, part in _summands(body, factor):
                yield inner, Sum(index, excluded, part)
        case _:
            yield factor, term


def _is_plain(term: Term) -> bool:
    """x, or the w_k of an equation that holds for every k."""
    if not isinstance(term, Variable):
        return False
    return len(term.indices) == len({i for i in term.indices if isinstance(i, Index)})


def _same_name(term: Term, part: Term) -> bool:
    return isinstance(term, Variable) and isinstance(part, Variable) and term.name == part.name


def _sorted(letters: frozenset[Index]) -> tuple[Index, ...]:
    return tuple(sorted(letters, key=lambda i: (i.name, i.range)))
