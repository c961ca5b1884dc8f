"""The rules: a name from the textbooks, a formula, and one case that applies it.

A rule rewrites one subterm.  It is sound when, at every point that the hypotheses allow and at
which the old term is defined, the new one is defined as well and has the same value.  Sides of
a claim that are rewritten to a common term are therefore equal wherever both are defined.
A derivative is defined where every part of its body that depends on the variable is
differentiable, so that sum, product and chain rule lose no point.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from derive.logic import functions
from derive.logic.arithmetic import Refused
from derive.logic.facts import Facts, in_range
from derive.logic.problem import Equation
from derive.logic.terms import (
    Add,
    Application,
    Binder,
    Delta,
    Derivative,
    Function,
    Index,
    IndexTerm,
    Mul,
    Number,
    Position,
    Pow,
    Product,
    Size,
    Sum,
    Term,
    Variable,
    canonical,
    free_indices,
    fresh_index,
    names,
    substitute,
)  # fmt: skip

ZERO, UNIT, MINUS = Number(Fraction(0)), Number(Fraction(1)), Number(Fraction(-1))
TWO, HALF = Number(Fraction(2)), Number(Fraction(1, 2))

RULES: dict[str, str] = {
    "definition": "y_i = its right side",
    "definition of the function": "tanh x, sigmoid x, ... by exponentials",
    "hypothesis": "an equation in force, from left to right or from right to left",
    "arithmetic": "a (b + c) = a b + a c, and all else that holds for fractions of polynomials",
    "derivative of a constant": "dc/dx = 0",
    "derivative of a variable": "dz_i/dz_k = 1 if i = k, else 0",
    "derivative of a sum of terms": "d(a + b) = da + db",
    "product rule": "d(a b) = da b + a db",
    "constant factor": "d(c a) = c da",
    "quotient rule": "d(u / v) = (du v - u dv) / v^2",
    "power rule": "d u^c = c u^(c - 1) du",
    "derivative of a power": "d u^v = u^v (dv log u + v du / u)",
    "derivative of a product over an index": "d prod_j f_j = sum_j df_j prod_{i != j} f_i",
    "derivative inside the sum": "d sum_j f_j = sum_j d f_j",
    "chain rule": "d f(u, v) = f_u du + f_v dv; dL/dz = sum_j dL/dy_j dy_j/dz",
    "Kronecker delta of equal indices": "delta_kk = 1",
    "Kronecker delta of different indices": "delta_jk = 0 for j != k",
    "only one term survives": "sum_j delta_jk f_j = f_k",
    "linearity of the sum": "sum_j (a_j + b_j) = sum_j a_j + sum_j b_j",
    "constant factor out of the sum": "sum_j c f_j = c sum_j f_j",
    "factor into the sum": "c sum_j f_j = sum_j c f_j",
    "sum of a constant": "sum_j c = N c",
    "sum of zeros": "sum_j 0 = 0",
    "whole sum minus the excluded term": "sum_{j != k} f_j = sum_j f_j - f_k",
    "whole product over the excluded factor": "prod_{j != k} f_j = prod_j f_j / f_k",
    "interchange of the sums": "sum_i sum_j f_ij = sum_j sum_i f_ij",
    "logarithm of a product": "log(a b) = log a + log b for a, b > 0",
    "logarithm of a quotient": "log(a / b) = log a - log b for a, b > 0",
    "logarithm of a power": "log(b^c) = c log b for b > 0, c log |b| for even c",
    "logarithm of an exponential": "log e^x = x",
    "logarithm of a product over an index": "log prod_j f_j = sum_j log f_j for f_j > 0",
    "exponential of a logarithm": "e^(c log x) = x^c",
    "root of a square": "(x^2)^(1/2) = |x|",
    "absolute value": "|x| = x for x >= 0, -x for x <= 0",
    "Pythagorean identity": "sin^2 x = 1 - cos^2 x",
}


def derivative_rule(name: str) -> str:
    """The name of the rule for the derivative of a function of the table."""
    spoken = {"exp": "the exponential", "log": "the logarithm"}
    return f"derivative of {spoken.get(name, name)}"


CHAIN = {derivative_rule(name): name for name, row in functions.TABLE.items() if row.derivative}
RULES.update({rule: f"d {name}(u) = {name}'(u) du" for rule, name in CHAIN.items()})


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
            hides = term.index
            shadowed = {p for p in self.different if any(hides in free_indices(i) for i in p)}
            new = {frozenset((term.index, x)) for x in term.excluded if x is not term.index}
            return replace(self, different=self.different - shadowed | new)
        if isinstance(term, Derivative):
            name = term.variable.name
            frozen = self.frozen | ({name} & self.facts.definitions.keys())
            return replace(self, frozen=frozen, varied=self.varied | {name})
        return self

    def differ(self, left: IndexTerm, right: IndexTerm) -> bool:
        """Whether two indices certainly have different positions."""
        if isinstance(left, Position) and isinstance(right, Position):
            return (left.value > 0) == (right.value > 0) and left.value != right.value
        return frozenset((left, right)) in self.different

    def depends(self, term: Term, name: str) -> bool:
        """Whether the value of the term may change with the variable ``name``."""
        found = self.facts.ancestors(names(term), self.frozen - {name})
        return name in found or not found.isdisjoint(self.facts.context.unclear)

    def defined(self, *terms: Term) -> bool:
        """Whether the terms are defined at every point that the hypotheses allow."""
        return all(self.facts.total(canonical(term)) for term in terms)

    def positive(self, *terms: Term) -> bool:
        """Whether the terms are certainly positive."""
        return all(self.facts.positive(canonical(term)) for term in terms)


def need(holds: object, reason: str = "the rule does not apply") -> None:
    """A side condition.  Raises Refused."""
    if not holds:
        raise Refused(reason)


def rewrite(rule: str, term: Term, scope: Scope, argument: Any = None) -> Term:
    """``term`` with the rule applied at its root.  Raises Refused where it does not apply."""
    family = (
        _differentiate if isinstance(term, Derivative)
        else _sum if isinstance(term, Sum) and rule not in ("hypothesis", "arithmetic")
        else _other
    )  # fmt: skip
    try:
        return family(rule, term, scope, argument)
    except ValueError as impossible:  # an index that cannot be shifted, a number too long
        raise Refused(str(impossible)) from None


def product(*factors: Term) -> Term:
    """The product of any number of factors."""
    return Mul(factors) if len(factors) > 1 else factors[0] if factors else UNIT


def total(*terms: Term) -> Term:
    """The sum of one or more terms."""
    return Add(terms) if len(terms) > 1 else terms[0]


def _log(term: Term) -> Term:
    return Function("log", (term,))


def _other(rule: str, term: Term, scope: Scope, argument: Any) -> Term:
    facts = scope.facts
    match rule, term:
        case "definition", Variable(name, i) if name == argument and name not in scope.frozen:
            return facts.unfolded(name, i)
        case "definition", Application(name, i, values, orders) if name == argument:
            need(name not in scope.frozen and not any(orders))
            return facts.unfolded(name, i, *values)
        case "definition of the function", Function(name, (x,)):
            return canonical(functions.definition(name, x) or _refuse())
        case "hypothesis", _:
            return _hypothesis(term, scope, argument)
        case "arithmetic", _:
            need(isinstance(argument, Term) and canonical(argument) is argument)
            need(free_indices(argument) <= free_indices(term), "a new letter")
            need(facts.arithmetic.equal(term, argument), "not equal by arithmetic")
            new = facts.requires(argument) - facts.requires(canonical(term))
            need(all(map(facts.holds, new)), "the new term divides by what may be 0")
            return argument  # type: ignore[no-any-return]
        case "Kronecker delta of equal indices", Delta(i, k) if i is k:
            return UNIT
        case "Kronecker delta of different indices", Delta(i, k) if scope.differ(i, k):
            return ZERO
        case "factor into the sum", Mul(f) if argument in range(len(f)):
            inner, outer = f[argument], (*f[:argument], *f[argument + 1 :])
            need(isinstance(inner, Sum))
            j, x, body = _apart(inner, outer)
            return Sum(j, x, Mul((*outer, body)))
        case "logarithm of a product", Function("log", (Mul(f),)) if scope.positive(*f):
            return Add(tuple(map(_log, f)))
        case "logarithm of a quotient", Function("log", (Mul(f),)) if scope.positive(*f):
            below = tuple(b.base for b in f if isinstance(b, Pow) and b.exponent is MINUS)
            above = tuple(a for a in f if not (isinstance(a, Pow) and a.exponent is MINUS))
            need(below and scope.positive(*below))
            minus = Mul((MINUS, _log(product(*below))))
            return Add((_log(product(*above)), minus)) if above else minus
        case "logarithm of a power", Function("log", (Pow(b, c),)) if scope.positive(b):
            return Mul((c, _log(b)))
        case "logarithm of a power", Function("log", (Pow(b, Number(c)),)) if c and c % 2 == 0:
            return Mul((Number(c), _log(Function("abs", (b,)))))
        case "logarithm of an exponential", Function("log", (Function("exp", (x,)),)):
            return x
        case "whole product over the excluded factor", Product(j, (*others, k), f):
            left_out = _left_out(j, others, k, f, scope)
            need(facts.nonzero(canonical(left_out)), "the excluded factor may be 0")
            return Mul((Product(j, tuple(others), f), Pow(left_out, MINUS)))
        case "logarithm of a product over an index", Function("log", (Product(j, x, f),)):
            need(scope.positive(f))
            return Sum(j, x, _log(f))
        case "exponential of a logarithm", Function("exp", (Function("log", (x,)),)):
            return x
        case "exponential of a logarithm", Function("exp", (Mul(f),)):
            logs = [g for g in f if isinstance(g, Function) and g.name == "log"]
            need(len(logs) == 1)
            return Pow(logs[0].arguments[0], product(*(g for g in f if g is not logs[0])))
        case "root of a square", Pow(Pow(x, two), half) if two is TWO and half is HALF:
            return Function("abs", (x,))
        case "absolute value", Function("abs", (x,)):
            if facts.nonnegative(canonical(x)):
                return x
            need(facts.nonnegative(canonical(Mul((MINUS, x)))), "the sign is unknown")
            return Mul((MINUS, x))
        case "Pythagorean identity", Pow(Function("sin", x), two) if two is TWO:
            return Add((UNIT, Mul((MINUS, Pow(Function("cos", x), TWO)))))
    raise Refused("the rule does not apply")


def _refuse() -> Term:
    raise Refused("the rule does not apply")


def _hypothesis(term: Term, scope: Scope, argument: Any) -> Term:
    number, fact_number, forward, letters = argument
    fact, new = scope.facts.context.hypotheses[number].facts[fact_number], dict(letters)
    if not isinstance(fact, Equation) or set(new) != set(fact.every):
        raise Refused("no such equation")
    both = Add((fact.left, fact.right))
    moved = any(scope.depends(both, name) for name in scope.varied)
    need(not moved, "a hypothesis about what is differentiated by does not hold around the point")
    need(all(k.range == i.range and in_range(k) for i, k in new.items()))
    for pair in fact.different:
        left, right = (substitute(i, new) for i in pair)
        need(scope.differ(left, right), "the hypothesis needs different indices")
    sides = canonical(substitute(fact.left, new)), canonical(substitute(fact.right, new))
    old, result = sides if forward else sides[::-1]
    need(old is canonical(term), "the hypothesis does not match")
    return result


def _apart(binder: Any, others: tuple[Term, ...]) -> tuple[Index, tuple[IndexTerm, ...], Term]:
    """Index, exclusions and body of a sum, with an index that is free in none of the others."""
    taken = frozenset().union(*map(free_indices, others))
    index, body = binder.index, binder.body
    if index in taken:
        index = fresh_index(index, taken | free_indices(body))
        body = substitute(body, {binder.index: index})
    return index, binder.excluded, body


def _differentiate(rule: str, term: Any, scope: Scope, argument: Any) -> Term:
    if rule in ("hypothesis", "arithmetic"):
        return _other(rule, term, scope, argument)
    body, v = term.body, term.variable
    facts, inner = scope.facts, scope.inside(term)
    for held in scope.frozen - {v.name}:
        need(v.name not in facts.ancestors({held}), f"by {v.name}, inside a derivative by {held}")
    if v.name in facts.definitions:
        above = facts.ancestors({v.name}) - {v.name}
        both = above & facts.ancestors(names(body), inner.frozen)
        need(not both, f"{', '.join(both)} would have to be constant and vary with {v.name}")

    def d(part: Term) -> Term:
        return Derivative(part, v)

    match rule, body:
        case "derivative of a constant", _ if not inner.depends(body, v.name):
            return ZERO
        case "derivative of a variable", Variable(name, i) if name == v.name:
            need(len(i) == len(v.indices))
            return product(*(Delta(a, b) for a, b in zip(i, v.indices, strict=True)))
        case "derivative of a sum of terms", Add(parts):
            return Add(tuple(map(d, parts)))
        case "product rule", Mul(f):
            return Add(tuple(Mul((*f[:n], d(f[n]), *f[n + 1 :])) for n in range(len(f))))
        case "constant factor", Mul(f):
            constant = tuple(c for c in f if not inner.depends(c, v.name))
            rest = tuple(c for c in f if inner.depends(c, v.name))
            need(constant and rest)
            return Mul((*constant, d(product(*rest))))
        case "quotient rule", Mul(f):
            below = [b for b in f if isinstance(b, Pow) and b.exponent is MINUS]
            need(len(below) == 1)
            u, w = product(*(a for a in f if a is not below[0])), below[0].base
            top = Add((Mul((d(u), w)), Mul((MINUS, u, d(w)))))
            return Mul((top, Pow(w, Number(Fraction(-2)))))
        case "power rule", Pow(u, c) if not inner.depends(c, v.name) and inner.depends(u, v.name):
            need(c is not ZERO and (_whole(c) or scope.positive(u) or facts.varies(u)))  # u = 0
            less = Number(c.value - 1) if isinstance(c, Number) else Add((c, MINUS))
            return Mul((c, Pow(u, less), d(u)))
        case "derivative of a power", Pow(u, c) if inner.depends(c, v.name):  # needs u > 0 to exist
            return Mul((body, Add((Mul((d(c), _log(u))), Mul((c, d(u), Pow(u, MINUS)))))))
        case _, Function(name, (u,)) if CHAIN.get(rule) == name and inner.depends(u, v.name):
            need(functions.TABLE[name].domain != "between -1 and 1" or facts.varies(u))
            return Mul((canonical(functions.derivative(name, u) or _refuse()), d(u)))
        case "derivative inside the sum", Sum():
            j, x, inside = _apart(body, (v,))
            return Sum(j, x, d(inside))
        case "derivative of a product over an index", Product():
            j, x, inside = _apart(body, (v,))
            other = fresh_index(j, free_indices(inside) | free_indices(body))
            without = Product(other, (*x, j), substitute(inside, {j: other}))
            return Sum(j, x, Mul((d(inside), without)))
        case "chain rule", Application(name, i, u, orders) if u and name not in facts.definitions:
            raised = (tuple(o + (k == n) for k, o in enumerate(orders)) for n in range(len(u)))
            outer = (Application(name, i, u, new) for new in raised)
            return total(*(Mul((f, d(a))) for f, a in zip(outer, u, strict=True)))
        case "chain rule", Variable(name, i) if name in facts.unknowns:
            return _through(body, v, inner)
    raise Refused("the rule does not apply")


def _whole(exponent: Term) -> bool:
    return isinstance(exponent, Number) and exponent.value.denominator == 1


def _through(body: Variable, v: Variable, scope: Scope) -> Term:
    """dL/dz = sum_j dL/dy_j dy_j/dz over all quantities y on which the open L depends."""
    facts, on = scope.facts, scope.facts.unknowns[body.name].depends_on
    need(v.name not in on, "an open derivative stays as it is")
    need(not scope.frozen & set(on))
    parts = []
    for name in on:
        others = facts.ancestors({name}) - {name}
        need(others.isdisjoint(on), "the quantities depend on each other")
        if v.name not in others:
            continue
        known = facts.definitions.get(name)
        if known is None or known.arguments:
            raise Refused("not a defined quantity")
        taken = frozenset().union(*map(free_indices, (*body.indices, *v.indices)))
        letters = tuple(
            fresh_index(Index(f"#{n}", i.range), taken) for n, i in enumerate(known.indices)
        )
        middle = Variable(name, letters)
        part: Term = Mul((Derivative(body, middle), Derivative(middle, v)))
        for letter in reversed(letters):
            part = Sum(letter, (), part)
        parts.append(part)
    need(parts)
    return total(*parts)


def _left_out(j: Index, others: Any, k: IndexTerm, body: Term, scope: Scope) -> Term:
    need(all(scope.differ(k, x) for x in others), "the excluded indices may coincide")
    need(in_range(k) and j not in free_indices(k))
    need(scope.defined(left_out := substitute(body, {j: k})), "what is left out may be undefined")
    return left_out


def _sum(rule: str, term: Any, scope: Scope, _: Any) -> Term:
    j, excluded, body = term.index, term.excluded, term.body
    factors = body.factors if isinstance(body, Mul) else (body,)
    match rule, body:
        case "linearity of the sum", Add(parts):
            return Add(tuple(Sum(j, excluded, part) for part in parts))
        case "sum of zeros", Number(0):
            return ZERO
        case "sum of a constant", _ if not excluded and j not in free_indices(body):
            return Mul((Size(j.range), body))
        case "constant factor out of the sum", Mul():
            outer = tuple(f for f in factors if j not in free_indices(f))
            inner = tuple(f for f in factors if j in free_indices(f))
            need(outer and (not excluded or scope.defined(*outer)))  # the sum may be empty
            return Mul((*outer, Sum(j, excluded, product(*inner))))
        case "only one term survives", _:
            for n, factor in enumerate(factors):
                if not isinstance(factor, Delta) or j not in (factor.left, factor.right):
                    continue
                k = factor.right if factor.left is j else factor.left
                if k in excluded:
                    return ZERO
                if j not in free_indices(k) and k.range == j.range and in_range(k):
                    need(all(scope.differ(k, x) for x in excluded), "the index may be excluded")
                    return substitute(product(*factors[:n], *factors[n + 1 :]), {j: k})
        case "whole sum minus the excluded term", _ if excluded:
            *others, k = excluded
            left_out = _left_out(j, others, k, body, scope)
            return Add((Sum(j, tuple(others), body), Mul((MINUS, left_out))))
        case "interchange of the sums", Sum(i, x, f) if i is not j:
            need(not any(j in free_indices(k) for k in x))
            need(not any(i in free_indices(k) for k in excluded))
            return Sum(i, x, Sum(j, excluded, f))
    raise Refused("the rule does not apply")
