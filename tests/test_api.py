"""The public functions, as a notebook uses them: SymPy in, verdicts and SymPy out."""

from __future__ import annotations

import pytest
import sympy
from sympy import (
    Derivative,
    Eq,
    Expr,
    IndexedBase,
    KroneckerDelta,
    Ne,
    Sum,
    Symbol,
    exp,
    log,
    sqrt,
    symbols,
)

import derive

i, j, k, N = symbols("i j k N", integer=True)
x = Symbol("x", real=True)
t, z = IndexedBase("t", real=True), IndexedBase("z", real=True)
TOTAL = Sum(exp(z[j]), (j, 1, N))
SUM_OF_TARGETS = Sum(t[i], (i, 1, N))
LOSS = -Sum(t[i] * log(exp(z[i]) / TOTAL), (i, 1, N))


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        (log(exp(z[i]) / TOTAL), z[i] - log(TOTAL)),
        (Derivative(log(TOTAL), z[k]), exp(z[k]) / TOTAL),
        (Derivative(z[i], z[k]), KroneckerDelta(i, k)),
        (Sum(t[i], (i, 1, N)), Sum(t[k], (k, 1, N))),
        (Sum(KroneckerDelta(i, k) * z[i], (i, 1, N)), z[k]),
    ],
)
def test_proved_without_hypotheses(lhs: Expr, rhs: Expr) -> None:
    verdict = derive.prove(lhs, rhs)
    assert verdict.outcome == "proved", verdict
    assert verdict.rules


def test_the_gradient_needs_the_sum_of_the_targets() -> None:
    gradient = exp(z[k]) / TOTAL - t[k]
    given = derive.prove(Derivative(LOSS, z[k]), gradient, given=[Eq(SUM_OF_TARGETS, 1)])
    assert given.outcome == "proved"
    assert len(given.hypotheses) == 1
    without = derive.prove(Derivative(LOSS, z[k]), gradient)
    assert without.outcome == "conditional"
    assert without.missing
    assert without.counterexample is not None


def test_a_wrong_sign_is_refuted_with_a_point() -> None:
    verdict = derive.prove(
        Derivative(LOSS, z[k]), exp(z[k]) / TOTAL + t[k], given=[Eq(SUM_OF_TARGETS, 1)]
    )
    assert verdict.outcome == "refuted"
    assert verdict.counterexample is not None
    assert set(verdict.counterexample.values) == {"t", "z"}
    assert verdict.counterexample.left != verdict.counterexample.right


def test_hypotheses_about_indices_and_signs() -> None:
    assert derive.prove(KroneckerDelta(i, k), sympy.S(0), given=[Ne(i, k)]).outcome == "proved"
    assert derive.prove(KroneckerDelta(i, k), sympy.S(0)).outcome == "conditional"
    assert derive.prove(sqrt(x**2), x, given=[x > 0]).outcome == "proved"
    assert derive.prove(sqrt(x**2), -x, given=[x > 0]).outcome == "refuted"


def test_what_sympy_itself_gets_wrong() -> None:
    """SymPy's ``diff`` captures a bound letter that is also free; the claim is judged right."""
    bound = Sum(exp(z[i]), (i, 1, N))
    assert derive.prove(Derivative(log(bound), z[i]), sympy.S(1)).outcome == "refuted"
    assert derive.prove(Derivative(log(bound), z[i]), exp(z[i]) / bound).outcome == "proved"


@pytest.mark.parametrize("outside", [sympy.Integral(x, x), sympy.I, sympy.zeta(x)])
def test_what_is_outside_the_language_is_a_value_error(outside: Expr) -> None:
    with pytest.raises(ValueError, match=r"."):
        derive.prove(outside, outside)


def test_text_is_never_evaluated() -> None:
    with pytest.raises(ValueError, match="text"):
        derive.prove("__import__('os').getcwd()", sympy.S(0))  # type: ignore[arg-type]


# ------------------------------------------------------------------ documents


TEXT = r"""
The total is $S = \sum_j e^{z_j}$ and the share of class $i$ is $p_i = \frac{e^{z_i}}{S}$.

$$ \frac{\partial p_i}{\partial z_i} = p_i (1 - p_i) $$

$$ \sum_i p_i = 2 $$
"""


def test_a_report_has_its_statements_in_order() -> None:
    report = derive.check(TEXT)
    outcomes = [judgement.verdict and judgement.verdict.outcome for judgement in report.judgements]
    assert outcomes == [None, None, "proved", "refuted"]
    assert [judgement.statement.place.line for judgement in report.claims] == [4, 6]
    assert report.claims[1].statement.right == "2"


def test_statements_carry_sympy_expressions() -> None:
    definition, share, slope, total = derive.check(TEXT).judgements
    assert isinstance(definition.rhs, Sum)
    assert share.lhs == IndexedBase("p", real=True)[Symbol("i", integer=True)]
    assert isinstance(slope.lhs, Derivative)
    assert total.rhs == 2
    assert isinstance(total.lhs, Sum)


def test_what_is_no_equation_has_no_expression() -> None:
    (judgement,) = derive.check(r"$$ \frac{a = b $$").judgements
    assert judgement.statement.kind == "unread"
    assert judgement.lhs is None
    assert judgement.rhs is None


def test_the_package_is_typed() -> None:
    from importlib.resources import files

    assert files("derive").joinpath("py.typed").is_file()


def test_macros_that_stand_elsewhere() -> None:
    (claim,) = derive.check("$\\sq{x} = x x$", macros=r"\newcommand{\sq}[1]{#1^2}").claims
    assert claim.verdict is not None
    assert claim.verdict.outcome == "proved"
