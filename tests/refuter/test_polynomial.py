"""Polynomials against their values at points."""

from __future__ import annotations

import pytest
from flint import arb, fmpq
from hypothesis import given
from hypothesis import strategies as st

from derive.refuter.point import Key
from derive.refuter.polynomial import (
    NotPolynomial,
    Polynomial,
    affine,
    component,
    components,
    keeps_sign,
    rational_roots,
    substituted,
)
from derive.refuter.values import Value, reciprocal, whole_power

X, Y, Z = (("x", (n,)) for n in (1, 2, 3))
KEYS: tuple[Key, ...] = (X, Y, Z)
POINTS = [
    dict(zip(KEYS, map(fmpq, numbers), strict=True))
    for numbers in ((1, 2, 3), (0, -1, 5), (-2, 3, 1), (7, 0, 0))
]


def value(polynomial: Value, point: dict[Key, fmpq]) -> fmpq:
    """The value, monomial by monomial."""
    if not isinstance(polynomial, Polynomial):
        return fmpq(polynomial)
    total = fmpq(0)
    for keys, coefficient in polynomial.terms.items():
        for key in keys:
            coefficient = coefficient * point[key]
        total += coefficient
    return total


numbers = st.integers(-3, 3).map(fmpq)
polynomials: st.SearchStrategy[Value] = st.recursive(
    st.one_of(numbers, st.sampled_from(KEYS).map(component)),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: two[0] + two[1]),
        st.tuples(inner, inner).map(lambda two: two[0] - two[1]),
        st.tuples(inner, inner).map(lambda two: two[0] * two[1]),
        inner.map(lambda one: -one),
    ),
    max_leaves=6,
)


@given(polynomials, polynomials)
def test_arithmetic(left: Value, right: Value) -> None:
    for point in POINTS:
        one, other = value(left, point), value(right, point)
        assert value(left + right, point) == one + other
        assert value(left - right, point) == one - other
        assert value(left * right, point) == one * other
        assert value(-left, point) == -one
        assert value(whole_power(left, 3), point) == one**3
        assert value(3 * left + 1, point) == 3 * one + 1


@given(polynomials)
def test_a_constant_is_a_number(polynomial: Value) -> None:
    assert polynomial - polynomial == 0
    assert not isinstance(polynomial - polynomial, Polynomial)
    if isinstance(polynomial, Polynomial):
        assert any(keys for keys in polynomial.terms)
        assert all(coefficient != 0 for coefficient in polynomial.terms.values())
        assert components(polynomial) == sorted({k for keys in polynomial.terms for k in keys})


@given(polynomials, polynomials)
def test_substitution(polynomial: Value, by: Value) -> None:
    if isinstance(polynomial, Polynomial):
        for point in POINTS:
            moved = {**point, Y: value(by, point)}
            assert value(substituted(polynomial, Y, by), point) == value(polynomial, moved)


@given(polynomials)
def test_a_polynomial_that_keeps_its_sign(polynomial: Value) -> None:
    if isinstance(polynomial, Polynomial) and keeps_sign(polynomial):
        for point in POINTS:
            assert value(polynomial, point) * keeps_sign(polynomial) > 0


@given(st.lists(numbers, min_size=1, max_size=3))
def test_roots(roots: list[fmpq]) -> None:
    product: Value = fmpq(2)
    for root in roots:
        product = product * (component(X) - root)
    assert rational_roots(product) == sorted(set(roots))
    assert rational_roots(product * (component(X) * component(X) + 1)) == sorted(set(roots))


def test_no_rational_root() -> None:
    assert rational_roots(component(X) * component(X) - 2) == []


def test_linear_or_not() -> None:
    assert affine(component(X) + 3 * component(Y) - 1)
    assert not affine(component(X) * component(Y) + 1)
    assert not affine(component(X) * component(X))


def test_signs_that_show() -> None:
    x, y = component(X), component(Y)
    assert keeps_sign(x * x + 1) == 1
    assert keeps_sign(-(x * x) - y * y * 2 - 3) == -1
    for neither in (x * x, x * x - 1, x * x + x + 1, x * y + 1, x * x - y * y + 1):
        assert keeps_sign(neither) == 0


def test_what_leads_out_of_the_polynomials() -> None:
    x = component(X)
    for operation in (
        lambda: reciprocal(x),
        lambda: x > 0,
        lambda: x >= 0,
        lambda: x < 0,
        lambda: x <= 0,
        lambda: abs(x),
        lambda: x * arb(2).sqrt(),
        lambda: x + arb.pi(),
        lambda: whole_power(x, 9),
        lambda: whole_power(sum((component(("x", (n,))) for n in range(20)), fmpq(0)), 3),
    ):
        with pytest.raises(NotPolynomial):
            operation()
