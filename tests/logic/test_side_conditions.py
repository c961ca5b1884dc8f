"""Each rule: a step that it makes, and twins that it must not make."""

from __future__ import annotations

from typing import Any

import pytest

from derive.algebra.arithmetic import Refused
from derive.logic.facts import Facts
from derive.logic.problem import AtLeast, Context, Definition, Equation, Hypothesis, Sign, Unknown
from derive.logic.rules import CHAIN, RULES, Scope, rewrite
from derive.logic.terms import (
    Application,
    Delta,
    Index,
    IndexTerm,
    Label,
    Maximum,
    Position,
    Product,
    Shift,
    Size,
    Sum,
    Term,
    Variable,
    canonical,
)
from tests.refuter.formulas import (
    HALF,
    LOSS,
    MINUS,
    ONE,
    SOFTMAX,
    TWO,
    ZERO,
    L,
    apply,
    d,
    delta,
    exp,
    fn,
    given,
    i,
    j,
    k,
    log,
    m,
    minus,
    neg,
    num,
    over,
    p,
    plus,
    power,
    s,
    sqrt,
    summed,
    t,
    times,
    var,
    x,
    y,
    z,
)

u, v = var("u"), var("v")  # u > 0, v >= 0
SQUARE = Definition("f", (), ("w",), power(var("w"), 2))
OPEN = Unknown("M", (), ("s",))
BETWEEN, BEHIND = Unknown("E", (), ("m",)), Unknown("m", (Index("i", "N"),), ("n",))
CONTEXT = Context(
    (SOFTMAX, LOSS, SQUARE),
    (
        given(Sign(u, ">"), Sign(v, ">=")),
        given(Equation(summed(i, t(i)), ONE)),
        given(Equation(power(t(i), 2), t(i), (i,)),
              Equation(times(t(i), t(j)), ZERO, (i, j), ((i, j),))),
        given(Equation(Size("M"), num(2)), Equation(var("h"), ONE), AtLeast("K", 2)),
    ),
    (OPEN, BETWEEN, BEHIND),
)  # fmt: skip
SCOPE = Scope(Facts(CONTEXT), frozenset((frozenset((i, k)),)))  # i and k differ
LABEL = Label("c", (), "N")
FIRST, LAST, SECOND = Position(1, "N"), Position(0, "N"), Position(2, "N")


A, A_1, A_2 = Index("a", "M"), Position(1, "M"), Position(2, "M")
J_1 = Index("j'", "N")


def q(index: IndexTerm) -> Term:
    return var("q", index)


def largest(index: Index, body: Term, *excluded: IndexTerm) -> Term:
    return Maximum(index, excluded, body)


Made = tuple[str, Term, Any, Term]
Refusal = tuple[str, Term, Any]

MADE: list[Made] = [
    ("definition", s(k), "s", over(exp(z(k)), summed(m, exp(z(m))))),
    ("definition", apply("f", x), "f", power(x, 2)),
    ("definition of the function", fn("sigmoid", x), None, over(ONE, plus(ONE, exp(neg(x))))),
    ("hypothesis", summed(j, t(j)), (1, 0, True, ()), ONE),
    ("hypothesis", ONE, (1, 0, False, ()), summed(j, t(j))),
    ("hypothesis", power(t(k), 2), (2, 0, True, ((i, k),)), t(k)),
    ("hypothesis", times(t(i), t(k)), (2, 1, True, ((i, i), (j, k))), ZERO),
    ("arithmetic", plus(x, x), times(TWO, x), times(TWO, x)),
    ("arithmetic", over(u, u), ONE, ONE),
    ("arithmetic", power(power(x, "-1/2"), 2), over(ONE, x), over(ONE, x)),
    ("arithmetic", over(ONE, over(sqrt(x), TWO)), times(TWO, power(x, "-1/2")),
     times(TWO, power(x, "-1/2"))),
    ("Kronecker delta of equal indices", delta(i, i), None, ONE),
    ("Kronecker delta of different indices", delta(i, k), None, ZERO),
    ("Kronecker delta of different indices", delta(k, i), None, ZERO),
    ("Kronecker delta of different indices", delta(FIRST, SECOND), None, ZERO),
    ("factor into the sum", times(x, summed(j, z(j)), y), 1, summed(j, times(x, y, z(j)))),
    ("factor into the sum", times(summed(j, z(j)), z(j)), 0, summed(m, times(z(j), z(m)))),
    ("factor into the sum", times(x, summed(j, z(j), k)), 1, summed(j, times(x, z(j)), k)),
    ("logarithm of a product", log(times(u, exp(x))), None, plus(log(u), log(exp(x)))),
    ("logarithm of a quotient", log(over(u, exp(x))), None,
     plus(log(u), neg(log(exp(x))))),
    ("logarithm of a power", log(power(u, x)), None, times(x, log(u))),
    ("logarithm of a power", log(power(x, 2)), None, times(TWO, log(fn("abs", x)))),
    ("logarithm of an exponential", log(exp(x)), None, x),
    ("logarithm of a product over an index", log(Product(j, (k,), exp(z(j)))), None,
     summed(j, log(exp(z(j))), k)),
    ("derivative of a product over an index", d(Product(j, (), z(j)), z(k)), None,
     summed(j, times(d(z(j), z(k)), Product(Index("j'", "N"), (j,), z(Index("j'", "N")))))),
    ("derivative of a product over an index", d(Product(j, (k, j), x), x), None,  # not that j
     Sum(J_1, (k, j), times(d(x, x), Product(J_1, (k, j, J_1), x)))),
    ("whole product over the excluded factor", Product(j, (k,), exp(z(j))), None,
     times(Product(j, (), exp(z(j))), power(exp(z(k)), -1))),
    ("product of products", Product(j, (k,), times(x, z(j))), None,
     times(Product(j, (k,), x), Product(j, (k,), z(j)))),
    ("product of a constant", Product(j, (), x), None, power(x, Size("N"))),
    ("product of powers", Product(j, (k,), exp(z(j))), None, exp(summed(j, z(j), k))),
    ("product of powers", Product(j, (k,), power(z(j), 3)), None,
     power(Product(j, (k,), z(j)), 3)),
    ("product of powers", Product(j, (), power(u, z(j))), None, power(u, summed(j, z(j)))),
    ("product of powers", Product(j, (), power(exp(z(j)), x)), None,
     power(Product(j, (), exp(z(j))), x)),
    ("exponential of a logarithm", exp(log(x)), None, x),
    ("exponential of a logarithm", exp(times(y, log(x))), None, power(x, y)),
    ("root of a square", sqrt(power(x, 2)), None, fn("abs", x)),
    ("root of a square", sqrt(power(x, 4)), None, power(fn("abs", x), 2)),
    ("root of a square", sqrt(power(x, -2)), None, power(fn("abs", x), -1)),
    ("root of a square", power(power(x, 2), "1/3"), None, power(fn("abs", x), "2/3")),
    ("absolute value", fn("abs", v), None, v),
    ("absolute value", power(fn("abs", x), 2), None, power(x, 2)),
    ("absolute value", power(fn("abs", x), -4), None, power(x, -4)),
    ("absolute value", fn("abs", neg(u)), None, neg(neg(u))),
    ("Pythagorean identity", power(fn("sin", x), 2), None,
     plus(ONE, neg(power(fn("cos", x), 2)))),
    ("derivative of a constant", d(times(y, exp(v)), x), None, ZERO),
    ("derivative of a variable", d(x, x), None, ONE),
    ("derivative of a variable", d(z(j), z(k)), None, delta(j, k)),
    ("derivative of a variable", d(var("w", i, p), var("w", k, p)), None,
     times(delta(i, k), delta(p, p))),
    ("derivative of a sum of terms", d(plus(x, y), x), None, plus(d(x, x), d(y, x))),
    ("product rule", d(times(x, y, z(i)), x), None,
     plus(times(d(x, x), y, z(i)), times(x, d(y, x), z(i)), times(x, y, d(z(i), x)))),
    ("constant factor", d(times(y, x, TWO), x), None, times(y, TWO, d(x, x))),
    ("quotient rule", d(over(x, y), x), None,
     times(plus(times(d(x, x), y), times(MINUS, x, d(y, x))), power(y, -2))),
    ("power rule", d(power(x, 3), x), None, times(num(3), power(x, 2), d(x, x))),
    ("power rule", d(sqrt(x), x), None, times(HALF, power(x, "-1/2"), d(x, x))),
    ("power rule", d(power(x, y), x), None, times(y, power(x, plus(y, MINUS)), d(x, x))),
    ("derivative of a power", d(power(u, x), x), None,
     times(power(u, x), plus(times(d(x, x), log(u)), times(x, d(u, x), power(u, -1))))),
    ("derivative of the exponential", d(exp(z(j)), z(k)), None,
     times(exp(z(j)), d(z(j), z(k)))),
    ("derivative of the logarithm", d(log(x), x), None, times(over(ONE, x), d(x, x))),
    ("derivative inside the sum", d(summed(j, z(j), i), z(k)), None, summed(j, d(z(j), z(k)), i)),
    ("derivative inside the sum", d(summed(j, z(j)), z(j)), None, summed(m, d(z(m), z(j)))),
    ("chain rule", d(apply("g", x, y), x), None,
     plus(times(apply("g", x, y, orders=(1, 0)), d(x, x)),
          times(apply("g", x, y, orders=(0, 1)), d(y, x)))),
    ("chain rule", d(apply("g", x, orders=(1,)), x), None,
     times(apply("g", x, orders=(2,)), d(x, x))),
    ("chain rule", d(var("M"), z(k)), None,
     summed(j, times(d(var("M"), s(j)), d(s(j), z(k))))),
    ("chain rule", d(var("E"), var("n")), None,
     summed(j, times(d(var("E"), var("m", j)), d(var("m", j), var("n"))))),
    ("linearity of the sum", summed(j, plus(z(j), x), k), None,
     plus(summed(j, z(j), k), summed(j, x, k))),
    ("sum of a constant", summed(j, z(k)), None, times(Size("N"), z(k))),
    ("sum written out", summed(A, q(A)), None, plus(q(A_1), q(A_2))),
    ("sum written out", summed(A, q(A), A_1), None, q(A_2)),
    ("sum written out", summed(A, q(A), A_2, A_1), None, ZERO),
    ("sum written out", Product(A, (), times(u, q(A))), None, times(u, q(A_1), u, q(A_2))),
    ("sum written out", Product(A, (A_2, A_1), q(A)), None, ONE),
    ("constant factor out of the sum", summed(j, times(x, z(j), y)), None,
     times(x, y, summed(j, z(j)))),
    ("constant factor out of the sum", summed(j, times(over(ONE, x), z(j))), None,
     times(over(ONE, x), summed(j, z(j)))),
    ("constant factor out of the sum", summed(j, times(x, z(j)), k), None,
     times(x, summed(j, z(j), k))),
    ("only one term survives", summed(j, times(z(j), delta(j, k))), None, z(k)),
    ("only one term survives", summed(j, delta(k, j)), None, ONE),
    ("only one term survives", summed(j, times(z(j), delta(j, FIRST))), None, z(FIRST)),
    ("only one term survives", summed(j, times(z(j), delta(j, LABEL))), None, z(LABEL)),
    ("only one term survives", summed(j, times(z(j), delta(j, k)), i), None, z(k)),
    ("only one term survives", summed(j, times(z(j), delta(j, k)), k), None, ZERO),
    ("whole sum minus the excluded term", summed(j, z(j), k), None,
     plus(summed(j, z(j)), neg(z(k)))),
    ("whole sum minus the excluded term", summed(j, z(j), i, k), None,
     plus(summed(j, z(j), i), neg(z(k)))),
    ("interchange of the sums", summed(j, summed(m, times(z(j), z(m)))), None,
     summed(m, summed(j, times(z(j), z(m))))),
    ("interchange of the sums", summed(j, summed(m, times(z(j), z(m)), i), k), None,
     summed(m, summed(j, times(z(j), z(m)), k), i)),
]  # fmt: skip
OUT = "monotone function out of the maximum"
MADE += [
    ("absolute value", fn("abs", times(x, y)), None, times(fn("abs", x), fn("abs", y))),
    ("absolute value", fn("abs", power(x, 3)), None, power(fn("abs", x), 3)),
    ("absolute value", fn("abs", power(x, -1)), None, power(fn("abs", x), -1)),
    ("sign", fn("sign", u), None, ONE),
    ("sign", fn("sign", neg(u)), None, neg(ONE)),
    ("sign", fn("sign", times(x, y)), None, times(fn("sign", x), fn("sign", y))),
    ("sign", fn("sign", power(x, 3)), None, power(fn("sign", x), 3)),
    ("sign", fn("sign", ZERO), None, ZERO),
    ("sign", fn("sign", minus(exp(x), exp(y))), None, fn("sign", minus(x, y))),
    ("sign", fn("sign", minus(log(x), log(y))), None, fn("sign", minus(x, y))),
    (OUT, largest(j, exp(z(j))), None, exp(largest(j, z(j)))),
    (OUT, largest(j, exp(z(j)), k), None, exp(largest(j, z(j), k))),
    (OUT, largest(j, plus(z(j), x, t(j))), None, plus(x, largest(j, plus(z(j), t(j))))),
    (OUT, largest(j, times(exp(x), z(j))), None, times(exp(x), largest(j, z(j)))),
    (OUT, largest(j, times(neg(exp(x)), z(j))), None,
     times(neg(exp(x)), neg(largest(j, neg(z(j)))))),
    (OUT, largest(j, times(x, z(j))), None, largest(j, times(x, z(j)))),  # x of any sign
    (OUT, largest(j, power(z(j), 2)), None, largest(j, power(z(j), 2))),
    (OUT, largest(j, power(z(j), 3)), None, largest(j, power(z(j), 3))),
    (OUT, largest(j, fn("cos", z(j))), None, largest(j, fn("cos", z(j)))),
    (OUT, largest(j, power(exp(z(j)), 2)), None, power(exp(largest(j, z(j))), 2)),
    (OUT, largest(j, power(exp(z(j)), -1)), None, power(exp(neg(largest(j, neg(z(j))))), -1)),
    (OUT, largest(j, sqrt(fn("abs", z(j)))), None, sqrt(largest(j, fn("abs", z(j))))),
    (OUT, largest(j, x, k), None, x),
]  # fmt: skip

REFUSED: list[Refusal] = [
    ("definition", s(k), "L"),
    ("definition", z(k), "z"),
    ("definition", s(k), None),
    ("definition", apply("f", x, orders=(1,)), "f"),
    ("definition", apply("g", x), "g"),
    ("definition", s(Shift(k, 1)), "t"),
    ("definition of the function", exp(x), None),
    ("definition of the function", x, None),
    ("hypothesis", summed(j, t(j), k), (1, 0, True, ())),
    ("hypothesis", summed(j, z(j)), (1, 0, True, ())),
    ("hypothesis", power(t(k), 2), (2, 0, True, ())),
    ("hypothesis", power(t(k), 2), (2, 0, True, ((i, j),))),
    ("hypothesis", power(t(k), 2), (2, 0, False, ((i, k),))),
    ("hypothesis", times(t(j), t(k)), (2, 1, True, ((i, j), (j, k)))),  # j and k may coincide
    ("hypothesis", times(t(k), t(k)), (2, 1, True, ((i, k), (j, k)))),
    ("hypothesis", power(t(Shift(k, 1)), 2), (2, 0, True, ((i, Shift(k, 1)),))),
    ("hypothesis", u, (0, 0, True, ())),  # a sign is no equation
    ("arithmetic", plus(x, x), times(num(3), x)),
    ("arithmetic", plus(x, x), None),
    ("arithmetic", x, over(power(x, 2), x)),  # undefined at 0
    ("arithmetic", x, power(sqrt(x), 2)),  # undefined below 0
    ("arithmetic", over(ONE, x), power(power(x, "-1/2"), 2)),  # undefined below 0
    ("arithmetic", sqrt(x), times(x, power(x, "-1/2"))),  # undefined at 0
    ("arithmetic", ZERO, minus(z(j), z(j))),  # a letter that was not there
    ("arithmetic", summed(j, z(j)), summed(j, z(j))),  # not canonical
    ("Kronecker delta of equal indices", delta(i, j), None),
    ("Kronecker delta of equal indices", delta(i, k), None),
    ("Kronecker delta of different indices", delta(i, j), None),
    ("Kronecker delta of different indices", delta(i, i), None),
    ("Kronecker delta of different indices", delta(FIRST, LAST), None),  # the same for N = 1
    ("Kronecker delta of different indices", delta(FIRST, FIRST), None),
    ("factor into the sum", times(x, summed(j, z(j))), 0),
    ("factor into the sum", times(x, summed(j, z(j))), 2),
    ("factor into the sum", times(x, summed(j, z(j))), None),
    ("logarithm of a product", log(times(u, x)), None),
    ("logarithm of a product", log(times(v, u)), None),
    ("logarithm of a product", log(plus(u, u)), None),
    ("logarithm of a quotient", log(over(x, u)), None),
    ("logarithm of a quotient", log(over(u, x)), None),
    ("logarithm of a quotient", log(times(u, u)), None),
    ("logarithm of a power", log(power(x, 3)), None),
    ("logarithm of an exponential", exp(log(x)), None),
    ("logarithm of a product over an index", log(Product(j, (), z(j))), None),
    ("derivative of a product over an index", d(summed(j, z(j)), z(k)), None),
    ("whole product over the excluded factor", Product(j, (k,), z(j)), None),  # z_k may be 0
    ("whole product over the excluded factor", Product(j, (k, m), exp(z(j))), None),  # k may be m
    ("whole product over the excluded factor", Product(j, (), exp(z(j))), None),
    ("product of products", Product(j, (), plus(x, z(j))), None),
    ("product of products", summed(j, times(x, z(j))), None),
    ("product of a constant", Product(j, (k,), x), None),  # one factor less
    ("product of a constant", Product(j, (), z(j)), None),
    ("product of powers", Product(j, (), power(x, z(j))), None),  # x may be negative
    ("product of powers", Product(j, (), power(z(j), x)), None),  # z_j may be negative
    ("product of powers", Product(j, (), power(exp(z(j)), z(j))), None),
    ("product of powers", Product(j, (), fn("sin", z(j))), None),
    ("exponential of a logarithm", log(exp(x)), None),
    ("exponential of a logarithm", exp(times(log(x), log(y))), None),
    ("exponential of a logarithm", exp(times(x, y)), None),
    ("exponential of a logarithm", exp(x), None),
    ("absolute value", power(fn("abs", x), 3), None),
    ("absolute value", power(fn("abs", x), "1/2"), None),
    ("root of a square", sqrt(power(x, 3)), None),
    ("root of a square", power(power(x, 3), "1/3"), None),
    ("root of a square", power(power(x, "2/3"), "1/2"), None),
    ("root of a square", power(sqrt(x), 2), None),
    ("absolute value", fn("abs", x), None),
    ("absolute value", fn("relu", u), None),
    ("absolute value", fn("abs", plus(x, y)), None),
    ("absolute value", fn("abs", power(x, "1/3")), None),
    ("absolute value", fn("abs", minus(exp(x), exp(y))), None),  # that is a rule for its sign
    ("sign", fn("sign", x), None),
    ("sign", fn("sign", plus(x, y)), None),
    ("sign", fn("sign", plus(exp(x), exp(y), x)), None),
    ("sign", fn("sign", minus(fn("relu", x), fn("relu", y))), None),  # it rises weakly only
    ("sign", fn("sign", minus(fn("cosh", x), fn("cosh", y))), None),
    ("sign", fn("sign", minus(exp(x), fn("tanh", y))), None),
    ("sign", fn("sign", minus(exp(x), times(TWO, exp(y)))), None),
    ("sign", power(fn("sign", x), 2), None),  # 0 at 0
    ("sign", power(fn("sign", u), 3), None),
    ("monotone function out of the maximum", summed(j, exp(z(j))), None),
    ("monotone function out of the maximum", exp(z(j)), None),
    ("Pythagorean identity", power(fn("sin", x), 3), None),
    ("Pythagorean identity", power(fn("cos", x), 2), None),
    ("derivative of a constant", d(x, x), None),
    ("derivative of a constant", d(times(y, x), x), None),
    ("derivative of a constant", d(s(i), z(k)), None),  # s depends on z by definition
    ("derivative of a constant", d(L, t(k)), None),
    ("derivative of a constant", d(var("M"), z(k)), None),  # by what M depends on
    ("derivative of a constant", x, None),
    ("derivative of a variable", d(x, y), None),
    ("derivative of a variable", d(z(i), t(i)), None),
    ("derivative of a variable", d(z(i), var("z")), None),
    ("derivative of a sum of terms", d(times(x, y), x), None),
    ("product rule", d(plus(x, y), x), None),
    ("constant factor", d(times(x, x), x), None),
    ("constant factor", d(times(y, y), x), None),
    ("quotient rule", d(times(x, y), x), None),
    ("quotient rule", d(times(over(ONE, x), over(ONE, y)), x), None),
    ("power rule", d(power(y, 2), x), None),
    ("power rule", d(power(u, x), x), None),
    ("power rule", d(power(x, x), x), None),
    ("power rule", d(sqrt(summed(j, z(j), k)), z(i)), None),  # 0 at N = 1
    ("power rule", d(sqrt(times(delta(k, i), x)), x), None),  # 0 at k != i
    ("power rule", d(sqrt(times(t(k), x)), x), None),  # 0 where t^2 = t is 0
    ("derivative of arcsin", d(fn("arcsin", times(t(k), x)), x), None),
    ("derivative of a power", d(power(times(delta(k, i), x), x), x), None),
    ("derivative of a power", d(power(x, 2), x), None),
    ("derivative of arcsin", d(fn("arcsin", summed(j, z(j), k)), z(i)), None),  # 0 at N = 1
    ("derivative of the exponential", d(exp(y), x), None),
    ("derivative of the exponential", d(log(x), x), None),
    ("derivative of the logarithm", d(exp(x), x), None),
    ("derivative inside the sum", d(Product(j, (), z(j)), z(k)), None),
    ("chain rule", d(apply("f", x), x), None),  # f is defined
    ("chain rule", d(x, x), None),
    ("chain rule", d(var("M"), s(k)), None),  # an open derivative stays
    ("chain rule", d(var("E"), var("m", k)), None),
    ("chain rule", d(var("E"), x), None),  # E does not depend on x
    ("chain rule", d(var("n"), var("m", k)), None),
    ("chain rule", d(var("M"), y), None),
    ("chain rule", d(apply("M", s(k)), s(k)), None),  # M changes with s, not its argument alone
    ("linearity of the sum", summed(j, times(z(j), x)), None),
    ("sum of a constant", summed(j, z(j)), None),
    ("sum written out", summed(j, z(j)), None),  # nothing says how large N is
    ("sum written out", summed(Index("b", "K"), q(Index("b", "K"))), None),  # K >= 2
    ("sum written out", summed(A, q(A), Index("b", "M")), None),
    ("sum written out", summed(A, q(A), Position(0, "M")), None),  # it may be the second
    ("sum written out", summed(A, q(A), Position(3, "M")), None),
    ("sum written out", largest(A, q(A)), None),
    ("sum of a constant", summed(j, z(k), k), None),
    ("constant factor out of the sum", summed(j, times(z(j), t(j))), None),
    ("constant factor out of the sum", summed(j, times(log(x), z(j)), k), None),
    ("only one term survives", summed(j, times(z(j), delta(i, k))), None),
    ("only one term survives", summed(j, times(z(j), delta(j, k)), m), None),  # k may be m
    ("only one term survives", summed(j, times(z(j), delta(j, Shift(k, 1)))), None),
    ("only one term survives", summed(j, times(z(j), delta(j, SECOND))), None),
    ("only one term survives", summed(j, times(z(j), delta(j, Index("k", "M")))), None),
    ("only one term survives", summed(j, delta(j, Label("c", (j,), "N"))), None),
    ("only one term survives", summed(j, plus(z(j), delta(j, k))), None),
    # The excluded j is one outside of the sum, that of the delta the summed one.
    ("only one term survives", Sum(j, (j,), times(z(j), delta(j, j))), None),
    ("whole sum minus the excluded term", summed(j, z(j)), None),
    ("whole sum minus the excluded term", summed(j, z(j), m, k), None),  # m and k may coincide
    ("whole sum minus the excluded term", summed(j, z(j), SECOND), None),
    ("whole sum minus the excluded term", summed(j, z(j), Shift(k, 1)), None),
    ("whole sum minus the excluded term", summed(j, log(z(j)), k), None),
    ("whole sum minus the excluded term", summed(j, z(j), Index("p", "M")), None),  # p may be > N
    ("interchange of the sums", summed(j, z(j)), None),
    ("interchange of the sums", summed(j, summed(m, var("w", j, m), j)), None),
    ("interchange of the sums", summed(j, summed(m, var("w", j, m)), m), None),
    ("interchange of the sums", summed(j, summed(j, z(j))), None),
    ("linearity of the sum", plus(x, y), None),
    ("arithmetic", d(x, x), d(times(TWO, x), x)),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "term", "argument", "new"), MADE)
def test_a_step_is_made(rule: str, term: Term, argument: Any, new: Term) -> None:
    if isinstance(argument, Term):
        argument = canonical(argument)
    assert canonical(rewrite(rule, term, SCOPE, argument)) is canonical(new)


@pytest.mark.parametrize(("rule", "term", "argument"), REFUSED)
def test_a_step_is_refused(rule: str, term: Term, argument: Any) -> None:
    with pytest.raises(Refused):
        rewrite(rule, term, SCOPE, argument)


def test_every_rule_is_made_and_every_rule_is_refused() -> None:
    common = set(RULES) - set(CHAIN)
    assert common <= {rule for rule, *_ in MADE}
    assert common <= {rule for rule, *_ in REFUSED}


# ------------------------------------------------------------------ scopes


def test_below_a_derivative_what_it_holds_is_not_unfolded() -> None:
    inner = SCOPE.inside(d(L, s(k)))
    with pytest.raises(Refused):
        rewrite("definition", s(i), inner, "s")
    assert rewrite("definition", L, inner, "L")
    assert rewrite("definition", s(i), SCOPE.inside(d(L, z(k))), "s")


def test_below_a_derivative_dependence_stops_at_what_it_holds() -> None:
    inner = SCOPE.inside(d(L, s(k)))
    assert SCOPE.depends(s(i), "z")
    assert not inner.depends(s(i), "z")
    assert inner.depends(L, "s")


def test_a_hypothesis_about_what_varies_is_not_used() -> None:
    total = summed(j, t(j))
    for by, allowed in ((z(k), True), (t(k), False), (x, True)):
        inner = SCOPE.inside(d(total, by))
        if allowed:
            assert rewrite("hypothesis", total, inner, (1, 0, True, ())) is ONE
        else:
            with pytest.raises(Refused):
                rewrite("hypothesis", total, inner, (1, 0, True, ()))


def test_a_hypothesis_about_what_depends_on_what_varies_is_not_used() -> None:
    about_output = Hypothesis((Equation(s(i), HALF, (i,)),), "s_i = 1/2")
    scope = Scope(Facts(Context((SOFTMAX,), (about_output,))))
    argument = (0, 0, True, ((i, k),))
    assert rewrite("hypothesis", s(k), scope, argument) is HALF
    with pytest.raises(Refused):
        rewrite("hypothesis", s(k), scope.inside(d(s(k), z(i))), argument)


def test_what_is_defined_at_a_point_alone_is_not_brought_in_below_a_derivative() -> None:
    root, at_zero, around = power(sqrt(v), 2), SCOPE, SCOPE.inside(d(v, v))  # v >= 0
    assert rewrite("arithmetic", v, at_zero, root) is root
    assert rewrite("arithmetic", u, around, power(sqrt(u), 2)) is power(sqrt(u), 2)
    with pytest.raises(Refused):  # v has a slope at 0
        rewrite("arithmetic", v, around, root)
    empty_at_one = summed(j, times(sqrt(v), z(j)), k)
    assert rewrite("constant factor out of the sum", empty_at_one, at_zero)
    with pytest.raises(Refused):
        rewrite("constant factor out of the sum", empty_at_one, around)
    assert rewrite("constant factor out of the sum", summed(j, times(u, z(j)), k), around)
    no_kink, kink = (summed(j, fn("abs", minus(of, z(j))), k) for of in (u, v))
    assert rewrite("whole sum minus the excluded term", no_kink, around)
    with pytest.raises(Refused):  # at v = z_k only the new terms have no slope
        rewrite("whole sum minus the excluded term", kink, around)
    roots = Product(j, (), sqrt(z(j)))
    assert rewrite("product of powers", roots, at_zero) is sqrt(Product(j, (), z(j)))
    with pytest.raises(Refused):  # sqrt(0) sqrt(v) has a slope, sqrt(0 v) by its rule has none
        rewrite("product of powers", roots, around)
    assert rewrite("product of powers", Product(j, (), power(z(j), 3)), around)
    assert rewrite("product of powers", Product(j, (), sqrt(exp(z(j)))), around)
    assert rewrite("product of a constant", Product(j, (), v), at_zero)
    assert rewrite("product of a constant", Product(j, (), u), around)
    with pytest.raises(Refused):  # at N = 1 its slope is 1, and N 0^(N - 1) is undefined
        rewrite("product of a constant", Product(j, (), v), around)


def test_below_a_sum_its_letter_hides_an_outer_one() -> None:
    inner = SCOPE.inside(summed(i, z(i)))
    assert SCOPE.differ(i, k)
    assert not inner.differ(i, k)
    assert SCOPE.inside(summed(j, z(j), m)).differ(j, m)
    assert SCOPE.inside(summed(j, z(j), m)).differ(i, k)
    assert not SCOPE.inside(summed(j, z(j), j)).differ(j, j)


def test_positions_differ_on_the_same_side_only() -> None:
    assert SCOPE.differ(FIRST, SECOND)
    assert SCOPE.differ(LAST, Position(-1, "N"))
    assert not SCOPE.differ(FIRST, LAST)
    assert not SCOPE.differ(SECOND, Position(-1, "N"))
    assert not SCOPE.differ(FIRST, FIRST)


def test_a_size_of_at_least_two_lets_a_sum_be_positive() -> None:
    rest = summed(j, exp(z(j)), k)
    assert not SCOPE.positive(rest)
    assert Scope(Facts(Context((), (given(AtLeast("N", 2)),)))).positive(rest)


def test_an_open_quantity_of_several_defined_ones() -> None:
    first = Definition("a", (), (), exp(x))
    second = Definition("b", (i,), (), times(x, z(i)))
    open_ = Unknown("M", (), ("a", "b"))
    a, b, whole = var("a"), var("b", j), var("M")
    scope = Scope(Facts(Context((first, second), (), (open_,))))
    expected = plus(times(d(whole, a), d(a, x)), summed(j, times(d(whole, b), d(b, x))))
    assert canonical(rewrite("chain rule", d(whole, x), scope)) is canonical(expected)
    only = rewrite("chain rule", d(whole, z(k)), scope)  # a does not depend on z
    assert canonical(only) is canonical(summed(j, times(d(whole, b), d(b, z(k)))))
    nested = Definition("b", (), (), times(var("a"), x))  # b depends on a: through which?
    scope = Scope(Facts(Context((first, nested), (), (Unknown("M", (), ("a", "b")),))))
    with pytest.raises(Refused):
        rewrite("chain rule", d(whole, x), scope)
    data = Scope(Facts(Context((), (), (Unknown("M", (), ("a",)),))))
    with pytest.raises(Refused):
        rewrite("chain rule", d(whole, x), data)


def test_derivatives_of_every_function_of_the_table() -> None:
    inner = times(TWO, x)
    for name, slope in (
        ("sin", fn("cos", inner)),
        ("cos", neg(fn("sin", inner))),
        ("arctan", over(ONE, plus(ONE, power(inner, 2)))),
        ("arcsin", power(minus(ONE, power(inner, 2)), "-1/2")),
    ):
        (made,) = _made_by_any(d(fn(name, inner), x))
        assert canonical(made) is canonical(times(slope, d(inner, x)))
    for name in ("abs", "relu", "step"):
        assert _made_by_any(d(fn(name, inner), x)) == []
    (made,) = _made_by_any(d(fn("sign", inner), x))  # where it exists
    assert canonical(made) is canonical(times(ZERO, d(inner, x)))


def _made_by_any(term: Term) -> list[Term]:
    made = []
    for rule in RULES:
        if rule not in ("arithmetic", "hypothesis", "definition"):
            try:
                made.append(rewrite(rule, term, SCOPE))
            except Refused:
                continue
    return made


def test_a_function_that_is_used_with_too_many_arguments() -> None:
    with pytest.raises(Refused):
        rewrite("definition", Application("f", (), (x, y), (0, 0)), SCOPE, "f")
    with pytest.raises(Refused):
        rewrite("definition", Application("f", (k,), (x,), (0,)), SCOPE, "f")
    with pytest.raises(Refused):
        rewrite("definition", Variable("s", ()), SCOPE, "s")
    with pytest.raises(Refused):
        rewrite("Kronecker delta of equal indices", Delta(i, Index("i", "M")), SCOPE)


def test_an_excluded_index_is_one_outside_of_the_sum() -> None:
    outside = Label("c", (j,), "N")
    assert SCOPE.inside(summed(j, z(j), k)).differ(j, k)
    assert not SCOPE.inside(Sum(j, (j,), z(j))).differ(j, j)
    assert not SCOPE.inside(Sum(j, (outside,), z(j))).differ(j, outside)


def test_no_kink_is_brought_in_below_a_derivative() -> None:
    """Else d/dx (x + |x| - |x|) = 2 - sign x, where |x| = x for x >= 0: 2 and not 1 at x = 0."""
    around = SCOPE.inside(d(v, v))
    for name in ("abs", "sign", "relu"):
        kinked = canonical(plus(v, fn(name, v), neg(fn(name, v))))
        assert rewrite("arithmetic", v, SCOPE, kinked) is kinked
        assert rewrite("arithmetic", kinked, around, v) is v
        with pytest.raises(Refused):
            rewrite("arithmetic", v, around, kinked)
    for there in (fn("relu", v), largest(m, times(v, z(m)))):
        twice = canonical(times(TWO, there))
        assert rewrite("arithmetic", plus(there, there), around, twice) is twice
    least = canonical(plus(v, largest(m, times(v, z(m))), neg(largest(m, times(v, z(m))))))
    with pytest.raises(Refused):
        rewrite("arithmetic", v, around, least)


@pytest.mark.parametrize(
    ("under", "exponent", "allowed"),
    [
        (plus(times(Size("N"), power(x, 2)), times(num(-2), t(k), x), t(j)), "1/2", True),
        (plus(times(u, power(x, 2)), t(k)), "1/2", True),
        (plus(times(u, x), t(k)), "1/2", True),  # not defined on both sides of 0
        (plus(times(u, power(x, 2)), t(k)), "1/3", False),
        (plus(times(u, power(x, 2)), t(k)), "3/4", False),  # |x|^(3/2) has a slope
        (times(t(k), x), "1/2", False),
        (times(t(k), power(x, 2)), "1/2", False),
        (plus(times(t(k), power(x, 2)), times(u, x)), "1/2", False),
        (plus(times(t(k), power(x, 2)), times(neg(t(k)), power(x, 2))), "1/2", False),
        (plus(times(u, power(x, 4)), t(k)), "1/2", False),  # x^2 for t_k = 0
        (plus(times(u, power(x, 2)), times(t(k), exp(x))), "1/2", False),
    ],
)
def test_a_root_of_what_an_equation_speaks_of_has_kinks_where_its_slope_divides_by_0(
    under: Term, exponent: str, allowed: bool
) -> None:
    """t_k is 0 or 1 by hypothesis: what is cancelled behind the rule may be 0 everywhere."""
    slope = d(power(under, exponent), x)
    if allowed:
        assert rewrite("power rule", slope, SCOPE)
    else:
        with pytest.raises(Refused):
            rewrite("power rule", slope, SCOPE)
