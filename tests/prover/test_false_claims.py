"""False claims that were proved once, each with a true twin that is proved.

Each test is named after what was wrong.  The claims are written as terms, because no document
needs to be able to write them for a proof of them to be wrong.
"""

from __future__ import annotations

import time

import pytest

import derive
from derive.algebra.arithmetic import Refused
from derive.logic.checker import Theorem, cases
from derive.logic.facts import Facts
from derive.logic.problem import (
    Claim,
    Context,
    Definition,
    Different,
    Equation,
    Same,
    Sign,
    Unknown,
)
from derive.logic.rules import Scope, rewrite
from derive.logic.terms import (
    Application,
    Delta,
    Derivative,
    Index,
    Label,
    Position,
    Pow,
    Shift,
    Term,
    Variable,
)
from derive.prover.lettered import letters_in
from derive.prover.prove import prove
from derive.refuter.refute import sample
from tests.refuter.formulas import (
    HALF,
    ONE,
    TWO,
    ZERO,
    apply,
    claim,
    d,
    fn,
    given,
    i,
    j,
    k,
    num,
    over,
    plus,
    power,
    summed,
    times,
    var,
    x,
    z,
)

w, y = var("w"), var("y")
r, s = Index("r", "R"), Index("s", "R")


def proved(question: Claim) -> bool:
    return prove(question).theorem is not None


def false(question: Claim) -> bool:
    """Not proved, and certainly false."""
    return not proved(question) and sample(question).contradiction is not None


def true(question: Claim) -> bool:
    return proved(question) and sample(question).contradiction is None


def test_a_denominator_that_is_a_numerator_as_well_kept_one_of_its_exponents_only() -> None:
    # 1 / (x / (1 + x) + 1 / (1 + x)) = 1: numerator and denominator are both 1 + x
    nested = over(ONE, plus(over(x, plus(ONE, x)), over(ONE, plus(ONE, x))))
    assert true(claim(nested, ONE))
    assert false(claim(nested, over(ONE, plus(ONE, x))))


def test_a_letter_of_a_hypothesis_was_taken_for_the_letter_of_the_claim() -> None:
    # a_ij = 0 for all j, about the i of the claim: for i = j it says a_jm = 0, not a_mm = 0
    row = given(Equation(var("a", i, j), ZERO, (j,)))
    assert false(claim(times(var("a", k, k), Delta(i, j)), ZERO, row))
    assert true(claim(times(var("a", j, k), Delta(i, j)), ZERO, row))
    signs = given(Sign(var("a", i, j), ">", (j,)))
    size = fn("abs", var("a", k, k))
    assert false(claim(times(size, Delta(i, j)), times(var("a", k, k), Delta(i, j)), signs))


def test_an_exclusion_by_label_was_not_moved_with_its_letters() -> None:
    # t_rk = 0 for k other than y_r; that k is not y_r says nothing about row s
    def label(row: Index) -> Label:
        return Label("y", (row,), "N")

    hot = given(Equation(var("t", r, k), ZERO, (r, k), ((k, label(r)),)))
    apart = given(Different(k, label(r)))
    assert not proved(claim(var("t", s, k), ZERO, hot, apart))
    assert proved(claim(var("t", r, k), ZERO, hot, apart))


@pytest.mark.parametrize("by", [x, w])
def test_an_argument_was_filled_in_under_a_derivative(by: Variable) -> None:
    # f(x) = d(x w)/dx = w, so f(w) = w; and d(x w)/dw = x, so f(w) = w again; never 2 w
    f = Definition("f", (), ("x",), d(times(x, w), by))
    question = claim(apply("f", w), times(TWO, w), definitions=(f,))
    assert false(question)


def test_a_hypothesis_about_a_defined_name_was_used_under_a_derivative() -> None:
    # y = 2 x, and y = 1 at the point: dy/dx is 2 all the same
    double = Definition("y", (), (), times(TWO, x))
    facts = Facts(Context((double,), (given(Equation(y, ONE)),)))
    with pytest.raises(Refused):
        rewrite("hypothesis", y, Scope(facts).inside(d(y, x)), (0, 0, True, ()))
    assert rewrite("hypothesis", y, Scope(facts).inside(d(y, w)), (0, 0, True, ())) is ONE


def test_a_hypothesis_about_an_open_loss_was_used_under_a_derivative() -> None:
    facts = Facts(Context((), (given(Equation(var("L"), ONE)),), (Unknown("L", (), ("x",)),)))
    with pytest.raises(Refused):
        rewrite("hypothesis", var("L"), Scope(facts).inside(d(y, x)), (0, 0, True, ()))


def test_a_name_with_an_unreadable_definition_was_held_constant() -> None:
    context = Context(unclear=("u",))
    assert not proved(Claim(d(var("u"), x), "=", ZERO, context))
    assert not proved(Claim(d(times(x, var("u")), x), "=", var("u"), context))
    assert proved(Claim(times(TWO, var("u")), "=", plus(var("u"), var("u")), context))


def test_the_power_rule_left_0_to_the_power_minus_1() -> None:
    facts = Facts(Context())
    constant = Derivative(Pow(x, ZERO), x)  # = 0, also at x = 0
    with pytest.raises(Refused):
        rewrite("power rule", constant, Scope(facts))
    assert true(claim(constant, ZERO))


def test_a_label_of_a_neighbour_was_said_to_exist_at_the_first_position() -> None:
    assert Facts(Context()).has(Label("y", (r,), "N"))
    assert not Facts(Context()).has(Label("y", (Shift(r, -1),), "N"))
    assert not Facts(Context()).has(Label("y", (Position(2, "R"),), "N"))


def test_the_derivative_of_a_defined_function_was_said_to_exist_everywhere() -> None:
    size = Definition("f", (), ("x",), fn("abs", x))
    facts = Facts(Context((size,)))
    assert facts.total(Application("f", (), (x,), (0,)))
    assert not facts.total(Application("f", (), (x,), (1,)))


def test_an_open_loss_was_said_to_exist_where_what_it_depends_on_does_not() -> None:
    inverse, linear = Definition("y", (), (), over(ONE, x)), Definition("y", (), (), plus(x, ONE))
    loss = (Unknown("L", (), ("y",)),)
    assert not Facts(Context((inverse,), (), loss)).total(var("L"))
    assert Facts(Context((linear,), (), loss)).total(var("L"))
    through = d(var("L"), x)  # dL/dy dy/dx, and y may have a kink
    assert not Facts(Context((linear,), (), loss)).total(through)


@pytest.mark.parametrize(
    "left",
    [
        summed(r, times(Delta(r, Position(1, "R")), var("h", Shift(r, -1)))),
        times(var("h", Shift(r, -1)), var("p", Label("c", (), "R"))),
        times(var("h", Shift(r, -1)), var("p", Position(1, "R"))),
    ],
)
def test_an_index_without_a_neighbour_ended_the_proof(left: Term) -> None:
    assert proved(claim(left, times(TWO, HALF, left)))
    assert not proved(claim(left, times(TWO, left)))


def test_towers_of_powers_were_written_out() -> None:
    tower = power(power(power(num(9), 4000), 4000), 4000)
    assert not proved(claim(tower, ONE))
    assert prove(claim(tower, ONE)).reason
    assert true(claim(tower, tower))


@pytest.mark.parametrize(
    "body",
    [times(TWO, var("h", Shift(r, -1))), fn("log", var("h", Shift(r, -1)))],
)
def test_a_recurrence_is_not_followed_for_ever(body: Term) -> None:
    h = Definition("h", (r,), (), body)
    assert not proved(claim(var("h", r), ZERO, definitions=(h,)))
    assert not proved(claim(fn("log", var("h", r)), ZERO, definitions=(h,)))


def test_a_definition_in_a_circle_proves_nothing() -> None:
    one = Definition("a", (), (), times(TWO, var("a")))
    assert not proved(claim(var("a"), times(num(3), var("a")), definitions=(one,)))
    two = Definition("a", (), (), var("b")), Definition("b", (), (), times(num(-1), var("a")))
    assert not proved(claim(var("a"), ZERO, definitions=two))


def test_cases_rename_letters_and_keep_facts_where_they_are() -> None:
    row = given(Equation(var("a", i, j), z(j), (j,), ((i, j),)))
    moved = cases(claim(ZERO, ZERO, row), (i, j))[0].context.hypotheses[0].facts[0]
    assert isinstance(moved, Equation)
    (fresh,) = moved.every
    assert fresh is not j
    assert moved == Equation(var("a", j, fresh), z(fresh), (fresh,), ((j, fresh),))


def test_a_theorem_is_only_made_by_its_proof() -> None:
    found = prove(claim(plus(x, x), times(TWO, x))).theorem
    assert found is not None
    with pytest.raises(Exception, match="do not meet"):
        Theorem(claim(plus(x, x), times(num(3), x)), found.proof)


def test_a_recurrence_was_unfolded_before_its_first_term() -> None:
    # h_r = 2 h_{r-1} for r = 1, ..., R; h_0 is data, so h_{r-1} = 2 h_{r-2} speaks of h_{-1}
    before = Shift(r, -1)
    h = Definition("h", (r,), (), times(TWO, var("h", before)))
    assert not proved(claim(var("h", before), times(TWO, var("h", Shift(r, -2))), definitions=(h,)))
    assert true(claim(var("h", r), times(TWO, var("h", before)), definitions=(h,)))
    # y_r = 2 x_r is no recurrence: there is no y_0
    double = Definition("y", (r,), (), times(TWO, var("x", r)))
    assert true(claim(var("y", before), times(TWO, var("x", before)), definitions=(double,)))


def test_a_term_that_is_defined_nowhere_did_not_end_the_check() -> None:
    nowhere = over(ONE, plus(x, times(num(-1), x)))
    assert Facts(Context()).requires(nowhere)
    assert not proved(claim(nowhere, ONE))


@pytest.mark.hurried
def test_a_proof_search_did_not_stop() -> None:
    k_ = d(fn("tanh", fn("exp", z(i))), z(i))
    left = power(power(times(num(3), k_, plus(z(k), summed(j, z(j)))), 2), 3)
    started = time.process_time()
    prove(claim(left, times(TWO, left)))
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "claim",
    [
        r"$$\nabla_X \mathrm{tr}(A X) = A$$",
        r"$$\nabla_X \mathrm{tr}(A X B) = B^T A^T$$",
        r"$$A B + I = A B + 2 I$$",
    ],
)
def test_of_matrices_no_index_is_supposed_that_nobody_wrote(claim: str) -> None:
    said = r"Let $A, B, X \in \mathbb{R}^{n \times n}$." + "\n\n"
    (judged,) = derive.check(said + claim, format="markdown").claims
    assert judged.verdict is not None
    assert judged.verdict.outcome in ("refuted", "conditional")
    assert judged.verdict.counterexample is not None
    supposed = [fact for h in judged.verdict.missing for fact in h.facts]
    assert not any(isinstance(fact, Same | Different) for fact in supposed)


def test_letters_that_a_formula_shows() -> None:
    assert letters_in(r"\frac{\partial \mathrm{tr}(A X)}{\partial X}") == {"A", "X"}
    assert letters_in(r"\delta_{ij} p_i^{(m)} + 1[k = l]") == set("ijpmkl")
    assert {"p", "i"} <= letters_in("pᵢ")


def test_indices_that_are_written_may_be_supposed_equal() -> None:
    said = r"Let $p_i = e^{z_i} / \sum_k e^{z_k}$."
    plain, small = (
        r"$$\frac{\partial p_i}{\partial z_j} = p_i (1 - p_j)$$",
        "$∂pᵢ/∂zⱼ = pᵢ (1 - pⱼ)$",
    )
    for text in (plain, small):
        *_, judged = derive.check(f"{said}\n\n{text}", format="markdown").claims
        assert judged.verdict is not None
        assert judged.verdict.outcome == "conditional"
