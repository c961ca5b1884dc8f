"""SymPy expressions as terms and back."""

from __future__ import annotations

import pytest
import sympy
from sympy import Derivative as SymPyDerivative
from sympy import Eq, Float, IndexedBase, KroneckerDelta, Ne, Piecewise, exp, log, symbols, tanh

from derive.logic.problem import AtLeast, Different, Equation, Sign
from derive.logic.terms import Delta, Derivative, Function, Position, Sum, alpha_equal
from derive.meaning.expressions import claim_of, from_sympy, to_sympy
from tests.meaning.reading import index, number, total, var

i, j, k, N = symbols("i j k N", integer=True)
x, y = symbols("x y", real=True)
z = IndexedBase("z", real=True)
I, J, K = index("i"), index("j"), index("k")


@pytest.mark.parametrize(
    "expression",
    [
        x**2 + 3 * x * y,
        log(sympy.Sum(exp(z[j]), (j, 1, N))),
        exp(z[i]) / sympy.Sum(exp(z[j]), (j, 1, N)),
        tanh(x) * KroneckerDelta(i, j),
        sympy.Sum(Piecewise((z[j], Ne(j, k)), (0, True)), (j, 1, N)),
        SymPyDerivative(log(sympy.Sum(exp(z[j]), (j, 1, N))), z[k], evaluate=False),
    ],
)
def test_there_and_back(expression: sympy.Expr) -> None:
    term = from_sympy(expression)
    assert alpha_equal(from_sympy(to_sympy(term)), term)


def test_a_sum_over_all_positions() -> None:
    assert from_sympy(sympy.Sum(z[j], (j, 1, N))) is total(J, var("z", J))
    assert from_sympy(sympy.Sum(z[j], (j, 0, N - 1))) is total(J, var("z", J))


def test_a_sum_over_some_positions() -> None:
    assert from_sympy(sympy.Sum(z[j], (j, 2, N))) is total(J, var("z", J), Position(1, "N"))
    excluded = sympy.Sum(Piecewise((z[j], Ne(j, k)), (0, True)), (j, 1, N))
    assert from_sympy(excluded) is total(J, var("z", J), K)


def test_a_derivative_keeps_its_body() -> None:
    term = from_sympy(SymPyDerivative(exp(z[i]), z[k], evaluate=False))
    assert term is Derivative(Function("exp", (var("z", I),)), var("z", K))


def test_a_derivative_of_a_name_is_not_zero() -> None:
    written = to_sympy(Derivative(var("L"), var("z", K)))
    assert written != 0
    assert from_sympy(written) is Derivative(var("L"), var("z", K))


def test_hypotheses() -> None:
    total_of_z = sympy.Sum(z[i], (i, 1, N))
    claim = claim_of(z[k], z[j], (Ne(j, k), Eq(total_of_z, 1), z[i] > 0, N >= 2))
    different, equation, sign, size = (h.facts[0] for h in claim.context.hypotheses)
    assert different == Different(J, K)
    assert equation == Equation(total(I, var("z", I)), number(1))
    assert sign == Sign(var("z", I), ">", (I,))
    assert size == AtLeast("N", 2)


def test_decimals_are_exact() -> None:
    assert from_sympy(Float("0.25")) is number("1/4")


def test_deltas() -> None:
    assert from_sympy(KroneckerDelta(i, j)) in (Delta(I, J), Delta(J, I))


@pytest.mark.parametrize(
    "outside",
    [sympy.Integral(x, x), sympy.oo, sympy.Sum(z[j], (j, i, N)), sympy.I, sympy.zeta(x)],
)
def test_what_terms_cannot_express_is_refused(outside: sympy.Expr) -> None:
    with pytest.raises(ValueError, match=r"outside|no index range"):
        from_sympy(outside)


def test_text_is_never_evaluated() -> None:
    with pytest.raises(ValueError, match="not text"):
        from_sympy("x + 1")  # type: ignore[arg-type]


def test_the_other_binder() -> None:
    assert isinstance(from_sympy(sympy.Sum(x, (j, 1, N))), Sum)
