"""Largest and smallest values, by the one maximum that terms have, and where they are attained."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from derive.logic.terms import (
    Add,
    Function,
    Index,
    IndexTerm,
    Maximum,
    Mul,
    Number,
    Pow,
    Term,
    substitute,
)
from derive.meaning.vectors import Tensors, Value

__all__ = ["attained", "either", "extreme", "indicator", "of_components", "of_several"]

ONE, MINUS = Number(Fraction(1)), Number(Fraction(-1))


def _negative(term: Term) -> Term:
    return Mul((MINUS, term))


def extreme(kind: str, index: Index, excluded: tuple[IndexTerm, ...], body: Term) -> Term:
    """The "max" or the "min" over an index: min_i f_i = -max_i (-f_i)."""
    if kind == "max":
        return Maximum(index, excluded, body)
    return _negative(Maximum(index, excluded, _negative(body)))


def of_components(kind: str, value: Value) -> Value:
    """The largest or the smallest of all components."""
    term = value.term
    for axis in reversed(value.axes):
        term = extreme(kind, axis, (), term)
    return Value(term)


def of_several(kind: str, values: Sequence[Value], tensors: Tensors) -> Value:
    """max(a, b, ...), component by component: max(a, b) = a + max(0, b - a)."""
    found, *others = sorted(values, key=lambda value: not _is_zero(value))
    for other in others:
        upward = kind == "max"
        step = other if _is_zero(found) else tensors.add([other, tensors.negative(found)])
        step = step if upward else tensors.negative(step)
        step = tensors.apply(lambda t: Function("relu", (t,)), step)
        step = step if upward else tensors.negative(step)
        found = step if _is_zero(found) else tensors.add([found, step])
    return found


def indicator(term: Term, relation: str) -> Term:
    """1 where ``term relation 0`` holds, else 0: with s = sign x, x > 0 is (s^2 + s) / 2."""
    sign = Function("sign", (term,))
    up = Mul((Add((Pow(sign, Number(Fraction(2))), sign)), Number(Fraction(1, 2))))
    down = Mul((Add((Pow(sign, Number(Fraction(2))), _negative(sign))), Number(Fraction(1, 2))))
    match relation:
        case ">":
            return up
        case "<":
            return down
        case ">=":
            return Add((ONE, _negative(down)))
    return Add((ONE, _negative(up)))


def either(term: Term, relation: str, first: Term, second: Term) -> Term:
    """``first`` where ``term relation 0`` holds, else ``second``."""
    holds = indicator(term, relation)
    return Add((Mul((first, holds)), Mul((second, Add((ONE, _negative(holds)))))))


def _is_zero(value: Value) -> bool:
    return isinstance(value.term, Number) and value.term.value == 0


def attained(largest: Value, axis: Index) -> Value | None:
    """1 at the positions at which an extreme over one index is attained, 0 elsewhere."""
    match largest:
        case Value(Maximum(index, (), body) as peak, ()):
            pass
        case Value(Mul((_, Maximum(index, (), body) as peak)), ()):
            pass
        case _:
            return None
    apart = Add((peak, _negative(substitute(body, {index: axis}))))
    return Value(Add((ONE, _negative(Function("sign", (apart,))))), (axis,))
