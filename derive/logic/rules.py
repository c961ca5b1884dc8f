"""The rules: one function a rule, named as textbooks name it.

A rule rewrites one subterm.  It is sound when, at every point that the hypotheses allow and at
which the old term is defined, the new one is defined as well and has the same value.  Sides of
a claim that are rewritten to a common term are therefore equal wherever both are defined.
A derivative is defined where every part of its body that depends on the variable is
differentiable, so that sum, product and chain rule lose no point.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias

from derive.logic import functions
from derive.logic.arithmetic import Refused
from derive.logic.facts import Facts, in_range, instance
from derive.logic.functions import TABLE
from derive.logic.problem import Equation
from derive.logic.terms import (
    Add, Application, Binder, Delta, Derivative, Function, Index, IndexTerm, Mul, Number, Position,
    Pow, Product, Size, Sum, Term, Variable, canonical, free_indices, fresh_index, index_variables,
    names, substitute,
)  # fmt: skip

ZERO, UNIT, MINUS = Number(Fraction(0)), Number(Fraction(1)), Number(Fraction(-1))


@dataclass(frozen=True)
class Scope:
    """What is known at a subterm: facts, pairs of indices that differ, and the derivatives above.

    ``frozen``: defined names that a derivative above holds as independent quantities.
    ``varied``: names of all variables that a derivative above moves.
    """

    facts: Facts
    different: frozenset[frozenset[IndexTerm]] = frozenset()
    frozen: frozenset[str] = frozenset()
    varied: frozenset[str] = frozenset()

    def inside(self, term: Term) -> Scope:
        """The scope of the direct subterms of ``term``."""
        if isinstance(term, Binder):
            kept = {
                pair
                for pair in self.different
                if not any(term.index in index_variables(index) for index in pair)
            }
            new = {frozenset((term.index, x)) for x in term.excluded if x is not term.index}
            return replace(self, different=frozenset(kept | new))
        if isinstance(term, Derivative):
            name = term.variable.name
            frozen = self.frozen | ({name} if name in self.facts.definitions else set())
            return replace(self, frozen=frozen, varied=self.varied | {name})
        return self

    def differ(self, left: IndexTerm, right: IndexTerm) -> bool:
        """Whether two indices certainly have different positions."""
        if isinstance(left, Position) and isinstance(right, Position):
            return (left.value > 0) == (right.value > 0) and left.value != right.value
        return frozenset((left, right)) in self.different

    def depends(self, term: Term, name: str, seen: frozenset[str] = frozenset()) -> bool:
        """Whether the value of the term may change with the variable ``name``."""
        for part in names(term):
            if part == name:
                return True
            if part in seen or part in self.frozen:
                continue
            known = self.facts.definitions.get(part)
            if known is not None and self.depends(known.body, name, seen | {part}):
                return True
            unknown = self.facts.unknowns.get(part)
            if unknown is not None and any(
                self.depends(Variable(on, ()), name, seen | {part}) for on in unknown.depends_on
            ):
                return True
        return False


Apply: TypeAlias = Callable[[Term, Scope, Any], Term]
RULES: dict[str, Apply] = {}


def rule(name: str) -> Callable[[Apply], Apply]:
    """Enter a rule into the table under its name."""

    def enter(apply: Apply) -> Apply:
        RULES[name] = apply
        return apply

    return enter


def need(holds: bool, reason: str = "the rule does not apply") -> None:
    """A side condition.  Raises Refused."""
    if not holds:
        raise Refused(reason)


def product(*factors: Term) -> Term:
    """The product of any number of factors."""
    return Mul(factors) if len(factors) > 1 else factors[0] if factors else UNIT


# ------------------------------------------------------------------ definitions and hypotheses


@rule("definition")
def _definition(term: Term, scope: Scope, argument: Any) -> Term:
    """y_i = its right side; not where a derivative above holds y (argument) as independent."""
    match term:
        case Variable(name, indices) if name in scope.facts.definitions:
            values: tuple[Term, ...] = ()
        case Application(name, indices, values, orders) if not any(orders):
            need(name in scope.facts.definitions)
        case _:
            raise Refused("not a defined name")
    need(name == argument and name not in scope.frozen, f"{name} is held constant here")
    return instance(scope.facts.definitions[name], indices, *values)


@rule("definition of the function")
def _function(term: Term, scope: Scope, _: Any) -> Term:
    """tanh x, sigmoid x, ... by exponentials and logarithms"""
    need(isinstance(term, Function) and len(term.arguments) == 1)
    assert isinstance(term, Function)
    known = functions.definition(term.name, term.arguments[0])
    need(known is not None)
    assert known is not None
    return canonical(known)


@rule("hypothesis")
def _hypothesis(term: Term, scope: Scope, argument: Any) -> Term:
    """left = right of an equation in force (argument: its numbers, direction and letters)"""
    number, fact_number, forward, letters = argument
    fact = scope.facts.context.hypotheses[number].facts[fact_number]
    need(isinstance(fact, Equation))
    assert isinstance(fact, Equation)
    moved = scope.varied & (names(fact.left) | names(fact.right))
    need(not moved, "a hypothesis about what is differentiated by does not hold around the point")
    new = dict(letters)
    need(set(new) == set(fact.every) and all(new[i].range == i.range for i in new))
    need(all(map(in_range, new.values())), "an index may be out of range")
    for pair in fact.different:
        left, right = (new.get(i, i) if isinstance(i, Index) else i for i in pair)
        need(scope.differ(left, right), "the hypothesis needs different indices")
    sides = (substitute(fact.left, new), substitute(fact.right, new))
    old, result = sides if forward else sides[::-1]
    need(canonical(old) is canonical(term), "the hypothesis does not match")
    return canonical(result)


@rule("arithmetic")
def _arithmetic(term: Term, scope: Scope, argument: Any) -> Term:
    """Equal as fractions of polynomials; the new term must not be undefined where the old is not."""
    need(isinstance(argument, Term))
    target: Term = argument
    facts = scope.facts
    need(free_indices(target) <= free_indices(term) and canonical(target) is target)
    need(facts.arithmetic.equal(term, target), "not equal by arithmetic")
    new = facts.requires(target) - facts.requires(canonical(term))
    need(all(map(facts.holds, new)), "the new term divides by what may be 0")
    return target


# ------------------------------------------------------------------ derivatives


def _open(term: Term, scope: Scope) -> tuple[Term, Variable]:
    """Body and variable of a derivative whose meaning is beyond doubt."""
    need(isinstance(term, Derivative))
    assert isinstance(term, Derivative)
    name = term.variable.name
    inner = scope.inside(term)
    for held in scope.frozen:
        need(
            held == name or not inner.depends(scope.facts.definitions[held].body, name),
            f"a derivative by {name} inside one by {held}, which depends on it, is ambiguous",
        )
    if name in scope.facts.definitions:
        for ancestor in _ancestors(name, scope.facts):
            need(
                not inner.depends(term.body, ancestor),
                f"{ancestor} would have to be constant and vary with {name} at the same time",
            )
    return term.body, term.variable


def _ancestors(name: str, facts: Facts) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    queue = [name]
    while queue:
        known = facts.definitions.get(queue.pop())
        new = names(known.body) - found if known is not None else frozenset()
        found |= new
        queue.extend(new)
    return found - {name}


@rule("derivative of a constant")
def _constant(term: Term, scope: Scope, _: Any) -> Term:
    """d c / dx = 0"""
    body, variable = _open(term, scope)
    need(not scope.inside(term).depends(body, variable.name))
    return ZERO


@rule("derivative of a variable")
def _variable(term: Term, scope: Scope, _: Any) -> Term:
    """d z_i / d z_k = 1 if i = k, else 0"""
    body, variable = _open(term, scope)
    need(isinstance(body, Variable) and body.name == variable.name)
    assert isinstance(body, Variable)
    need(len(body.indices) == len(variable.indices))
    pairs = zip(body.indices, variable.indices, strict=True)
    return product(*(Delta(i, k) for i, k in pairs))


@rule("derivative of a sum of terms")
def _terms(term: Term, scope: Scope, _: Any) -> Term:
    """d(a + b) = da + db"""
    body, variable = _open(term, scope)
    need(isinstance(body, Add))
    assert isinstance(body, Add)
    return Add(tuple(Derivative(part, variable) for part in body.terms))


@rule("product rule")
def _product_rule(term: Term, scope: Scope, _: Any) -> Term:
    """d(a b) = da b + a db"""
    body, variable = _open(term, scope)
    need(isinstance(body, Mul))
    assert isinstance(body, Mul)
    f = body.factors
    return Add(
        tuple(
            Mul((*f[:n], Derivative(f[n], variable), *f[n + 1 :]))
            for n in range(len(f))
        )
    )  # fmt: skip


@rule("constant factor")
def _constant_factor(term: Term, scope: Scope, _: Any) -> Term:
    """d(c a) = c da"""
    body, variable = _open(term, scope)
    need(isinstance(body, Mul))
    assert isinstance(body, Mul)
    inner = scope.inside(term)
    constant = tuple(f for f in body.factors if not inner.depends(f, variable.name))
    rest = tuple(f for f in body.factors if f not in constant)
    need(bool(constant and rest))
    return Mul((*constant, Derivative(product(*rest), variable)))


@rule("quotient rule")
def _quotient_rule(term: Term, scope: Scope, _: Any) -> Term:
    """d(u / v) = (du v - u dv) / v^2"""
    body, variable = _open(term, scope)
    need(isinstance(body, Mul))
    assert isinstance(body, Mul)
    below = [n for n, f in enumerate(body.factors) if isinstance(f, Pow) and f.exponent is MINUS]
    need(len(below) == 1)
    v = body.factors[below[0]]
    assert isinstance(v, Pow)
    u = product(*body.factors[: below[0]], *body.factors[below[0] + 1 :])
    top = Add(
        (
            Mul((Derivative(u, variable), v.base)),
            Mul((MINUS, u, Derivative(v.base, variable))),
        )
    )
    return Mul((top, Pow(v.base, Number(Fraction(-2)))))


@rule("power rule")
def _power_rule(term: Term, scope: Scope, _: Any) -> Term:
    """d u^c = c u^(c - 1) du, the exponent c being constant"""
    body, variable = _open(term, scope)
    need(isinstance(body, Pow))
    assert isinstance(body, Pow)
    base, c = body.base, body.exponent
    need(not scope.inside(term).depends(c, variable.name))
    less = Number(c.value - 1) if isinstance(c, Number) else Add((c, MINUS))
    return Mul((c, Pow(base, less), Derivative(base, variable)))


@rule("derivative of a power")
def _general_power(term: Term, scope: Scope, _: Any) -> Term:
    """d u^v = u^v (dv log u + v du / u), where u > 0: elsewhere u^v has no derivative"""
    body, variable = _open(term, scope)
    need(isinstance(body, Pow) and scope.inside(term).depends(body.exponent, variable.name))
    assert isinstance(body, Pow)
    u, v = body.base, body.exponent
    first = Mul((Derivative(v, variable), Function("log", (u,))))
    return Mul((body, Add((first, Mul((v, Derivative(u, variable), Pow(u, MINUS)))))))


def _chain(name: str) -> Apply:
    def apply(term: Term, scope: Scope, _: Any) -> Term:
        body, variable = _open(term, scope)
        need(isinstance(body, Function) and body.name == name and len(body.arguments) == 1)
        assert isinstance(body, Function)
        outer = functions.derivative(name, body.arguments[0])
        assert outer is not None
        return Mul((canonical(outer), Derivative(body.arguments[0], variable)))

    apply.__doc__ = f"d {name}(u) = {name}'(u) du"
    return apply


def derivative_rule(name: str) -> str:
    """The name of the rule for the derivative of a function of the table."""
    words = {"exp": "the exponential", "log": "the logarithm"}
    return f"derivative of {words.get(name, name)}"


for _name, _row in TABLE.items():
    if _row.derivative is not None:
        RULES[derivative_rule(_name)] = _chain(_name)


@rule("chain rule")
def _chain_rule(term: Term, scope: Scope, _: Any) -> Term:
    """d f(u, v) = f_u du + f_v dv; also dL/dz = sum_j dL/dy_j dy_j/dz for an open L of y"""
    body, variable = _open(term, scope)
    facts = scope.facts
    if isinstance(body, Application):
        need(body.name not in facts.definitions, "a defined function is unfolded first")
        parts: list[Term] = []
        for n, argument in enumerate(body.arguments):
            orders = tuple(o + (k == n) for k, o in enumerate(body.orders))
            outer = Application(body.name, body.indices, body.arguments, orders)
            parts.append(Mul((outer, Derivative(argument, variable))))
        return Add(tuple(parts)) if len(parts) > 1 else parts[0]
    need(isinstance(body, Variable) and body.name in facts.unknowns)
    assert isinstance(body, Variable)
    unknown = facts.unknowns[body.name]
    need(variable.name not in unknown.depends_on, "an open derivative stays as it is")
    need(not scope.frozen & set(unknown.depends_on) and variable.name not in scope.frozen)
    parts = []
    for on in unknown.depends_on:
        if not scope.inside(term).depends(Variable(on, ()), variable.name):
            continue
        known = facts.definitions.get(on)
        need(known is not None and not known.arguments)
        assert known is not None
        others = set(unknown.depends_on) - {on}
        need(not any(scope.depends(known.body, other) for other in others))
        taken = frozenset().union(*map(index_variables, (*body.indices, *variable.indices)))
        letters: list[Index] = []
        for n, i in enumerate(known.indices):
            letters.append(fresh_index(Index(f"#{n}", i.range), taken))
        inner = Variable(on, tuple(letters))
        part: Term = Mul((Derivative(body, inner), Derivative(inner, variable)))
        for letter in reversed(letters):
            part = Sum(letter, (), part)
        parts.append(part)
    need(bool(parts))
    return Add(tuple(parts)) if len(parts) > 1 else parts[0]


@rule("derivative inside the sum")
def _inside(term: Term, scope: Scope, _: Any) -> Term:
    """d sum_j f_j = sum_j d f_j, with a fresh j"""
    body, variable = _open(term, scope)
    need(isinstance(body, Sum))
    assert isinstance(body, Sum)
    index, inner = body.index, body.body
    if index in free_indices(variable):
        taken = free_indices(variable) | free_indices(inner)
        index = fresh_index(index, taken)
        inner = substitute(inner, {body.index: index})
    return Sum(index, body.excluded, Derivative(inner, variable))


# ------------------------------------------------------------------ Kronecker delta and sums


@rule("Kronecker delta of equal indices")
def _delta_one(term: Term, scope: Scope, _: Any) -> Term:
    """delta_kk = 1"""
    need(isinstance(term, Delta) and term.left is term.right)
    return UNIT


@rule("Kronecker delta of different indices")
def _delta_zero(term: Term, scope: Scope, _: Any) -> Term:
    """delta_jk = 0 where j != k"""
    need(isinstance(term, Delta) and scope.differ(term.left, term.right))
    return ZERO


def _sum(term: Term) -> Sum:
    need(isinstance(term, Sum))
    assert isinstance(term, Sum)
    return term


@rule("only one term survives")
def _survives(term: Term, scope: Scope, _: Any) -> Term:
    """sum_j delta_jk f_j = f_k, where k is not excluded"""
    total = _sum(term)
    factors = total.body.factors if isinstance(total.body, Mul) else (total.body,)
    for n, factor in enumerate(factors):
        if isinstance(factor, Delta) and total.index in (factor.left, factor.right):
            k = factor.right if factor.left is total.index else factor.left
            if total.index in index_variables(k) or k.range != total.index.range:
                continue
            rest = product(*factors[:n], *factors[n + 1 :])
            if k in total.excluded:
                return ZERO
            need(all(scope.differ(k, x) for x in total.excluded), "k may be excluded")
            need(in_range(k), "the position may not exist")
            return substitute(rest, {total.index: k})
    raise Refused("no delta of the bound index")


@rule("linearity of the sum")
def _linear(term: Term, scope: Scope, _: Any) -> Term:
    """sum_j (a_j + b_j) = sum_j a_j + sum_j b_j"""
    total = _sum(term)
    need(isinstance(total.body, Add))
    assert isinstance(total.body, Add)
    return Add(tuple(Sum(total.index, total.excluded, part) for part in total.body.terms))


@rule("constant factor out of the sum")
def _factor_out(term: Term, scope: Scope, _: Any) -> Term:
    """sum_j c f_j = c sum_j f_j; where the sum may be empty, c must be defined all the same"""
    total = _sum(term)
    need(isinstance(total.body, Mul))
    assert isinstance(total.body, Mul)
    factors = total.body.factors
    constant = tuple(f for f in factors if total.index not in free_indices(f))
    rest = tuple(f for f in factors if total.index in free_indices(f))
    need(bool(constant))
    need(not total.excluded or all(map(scope.facts.total, map(canonical, constant))))
    return Mul((*constant, Sum(total.index, total.excluded, product(*rest))))


@rule("factor into the sum")
def _factor_in(term: Term, scope: Scope, argument: Any) -> Term:
    """c sum_j f_j = sum_j c f_j (argument: the sum's place among the factors)"""
    need(isinstance(term, Mul) and isinstance(argument, int) and 0 <= argument < len(term.factors))
    assert isinstance(term, Mul)
    total = _sum(term.factors[argument])
    outer = (*term.factors[:argument], *term.factors[argument + 1 :])
    taken = frozenset().union(*map(free_indices, outer), free_indices(total.body))
    index, body = total.index, total.body
    if any(index in free_indices(f) for f in outer):
        index = fresh_index(index, taken)
        body = substitute(body, {total.index: index})
    return Sum(index, total.excluded, Mul((*outer, body)))


@rule("sum of a constant")
def _sum_constant(term: Term, scope: Scope, _: Any) -> Term:
    """sum_j c = N c"""
    total = _sum(term)
    need(not total.excluded and total.index not in free_indices(total.body))
    return Mul((Size(total.index.range), total.body))


@rule("sum of zeros")
def _sum_zero(term: Term, scope: Scope, _: Any) -> Term:
    """sum_j 0 = 0, also where there is nothing to add"""
    need(_sum(term).body is ZERO)
    return ZERO


@rule("whole sum minus the excluded term")
def _excluded(term: Term, scope: Scope, _: Any) -> Term:
    """sum_{j != k} f_j = sum_j f_j - f_k, where f_k is defined"""
    total = _sum(term)
    need(bool(total.excluded))
    *others, k = total.excluded
    if k in others:
        return Sum(total.index, tuple(others), total.body)
    need(all(scope.differ(k, x) for x in others), "the excluded indices may coincide")
    need(in_range(k), "the position may not exist")
    need(total.index not in index_variables(k))
    missing = substitute(total.body, {total.index: k})
    need(scope.facts.total(canonical(missing)), "the excluded term may be undefined")
    return Add((Sum(total.index, tuple(others), total.body), Mul((MINUS, missing))))


@rule("interchange of the sums")
def _interchange(term: Term, scope: Scope, _: Any) -> Term:
    """sum_i sum_j f_ij = sum_j sum_i f_ij"""
    outer = _sum(term)
    inner = _sum(outer.body)
    need(outer.index is not inner.index)
    need(not any(outer.index in index_variables(x) for x in inner.excluded))
    need(not any(inner.index in index_variables(x) for x in outer.excluded))
    return Sum(inner.index, inner.excluded, Sum(outer.index, outer.excluded, inner.body))


# ------------------------------------------------------------------ logarithms, powers, functions


def _log(term: Term) -> Term:
    need(isinstance(term, Function) and term.name == "log")
    assert isinstance(term, Function)
    return term.arguments[0]


def _logarithm(term: Term) -> Term:
    return Function("log", (term,))


@rule("logarithm of a product")
def _log_product(term: Term, scope: Scope, _: Any) -> Term:
    """log(a b) = log a + log b for a, b > 0"""
    body = _log(term)
    need(isinstance(body, Mul) and all(map(scope.facts.positive, map(canonical, body.factors))))
    assert isinstance(body, Mul)
    return Add(tuple(map(_logarithm, body.factors)))


@rule("logarithm of a quotient")
def _log_quotient(term: Term, scope: Scope, _: Any) -> Term:
    """log(a / b) = log a - log b for a, b > 0"""
    body = _log(term)
    need(isinstance(body, Mul) and all(map(scope.facts.positive, map(canonical, body.factors))))
    assert isinstance(body, Mul)
    below = tuple(f for f in body.factors if isinstance(f, Pow) and f.exponent is MINUS)
    above = tuple(f for f in body.factors if f not in below)
    need(bool(below))
    bases = tuple(f.base for f in below if isinstance(f, Pow))
    need(all(map(scope.facts.positive, map(canonical, bases))))
    minus = Mul((MINUS, _logarithm(product(*bases))))
    return Add((_logarithm(product(*above)), minus)) if above else minus


@rule("logarithm of a power")
def _log_power(term: Term, scope: Scope, _: Any) -> Term:
    """log(b^c) = c log b for b > 0"""
    body = _log(term)
    need(isinstance(body, Pow) and scope.facts.positive(canonical(body.base)))
    assert isinstance(body, Pow)
    return Mul((body.exponent, _logarithm(body.base)))


@rule("logarithm of an exponential")
def _log_exp(term: Term, scope: Scope, _: Any) -> Term:
    """log e^x = x"""
    body = _log(term)
    need(isinstance(body, Function) and body.name == "exp")
    assert isinstance(body, Function)
    return body.arguments[0]


@rule("exponential of a logarithm")
def _exp_log(term: Term, scope: Scope, _: Any) -> Term:
    """e^(c log x) = x^c"""
    need(isinstance(term, Function) and term.name == "exp")
    assert isinstance(term, Function)
    exponent = term.arguments[0]
    if not isinstance(exponent, Mul):
        return _log(exponent)
    logs = [n for n, f in enumerate(exponent.factors) if isinstance(f, Function)]
    logs = [n for n in logs if getattr(exponent.factors[n], "name", "") == "log"]
    need(len(logs) == 1)
    n = logs[0]
    c = product(*exponent.factors[:n], *exponent.factors[n + 1 :])
    return Pow(_log(exponent.factors[n]), c)


@rule("logarithm of a product over an index")
def _log_big_product(term: Term, scope: Scope, _: Any) -> Term:
    """log prod_j f_j = sum_j log f_j for f_j > 0"""
    body = _log(term)
    need(isinstance(body, Product) and scope.facts.positive(canonical(body.body)))
    assert isinstance(body, Product)
    return Sum(body.index, body.excluded, _logarithm(body.body))


@rule("root of a square")
def _root_square(term: Term, scope: Scope, _: Any) -> Term:
    """(x^2)^(1/2) = |x|"""
    need(isinstance(term, Pow) and isinstance(term.base, Pow))
    assert isinstance(term, Pow) and isinstance(term.base, Pow)
    two, half = Number(Fraction(2)), Number(Fraction(1, 2))
    need(term.base.exponent is two and term.exponent is half)
    return Function("abs", (term.base.base,))


@rule("absolute value")
def _absolute(term: Term, scope: Scope, _: Any) -> Term:
    """|x| = x for x >= 0, |x| = -x for x <= 0"""
    need(isinstance(term, Function) and term.name == "abs")
    assert isinstance(term, Function)
    x = term.arguments[0]
    if scope.facts.nonnegative(canonical(x)):
        return x
    minus = Mul((MINUS, x))
    need(scope.facts.nonnegative(canonical(minus)), "the sign is unknown")
    return minus


@rule("Pythagorean identity")
def _pythagoras(term: Term, scope: Scope, _: Any) -> Term:
    """sin^2 x = 1 - cos^2 x"""
    two = Number(Fraction(2))
    need(isinstance(term, Pow) and isinstance(term.base, Function) and term.exponent is two)
    assert isinstance(term, Pow) and isinstance(term.base, Function)
    need(term.base.name == "sin")
    return Add((UNIT, Mul((MINUS, Pow(Function("cos", term.base.arguments), two)))))
