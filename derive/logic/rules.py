"""The rules: a name from the textbooks, a formula, and one case that applies it.

A rule rewrites one subterm.  It is sound when, at every point that the hypotheses allow and at
which the old term is defined, the new one is defined as well and has the same value.  Sides of
a claim that are rewritten to a common term are therefore equal wherever both are defined.
A derivative is defined where every part of its body that depends on the variable is
differentiable, so that sum, product and chain rule lose no point.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial, reduce
from typing import Any

from derive.algebra.arithmetic import Refused, product, total
from derive.logic import functions
from derive.logic.facts import Condition, Facts
from derive.logic.problem import Equation

from derive.logic.terms import (  # isort: skip
    Add, Application, Binder, Delta, Derivative, Function, Index, IndexTerm, Mul, Number, Pow,
    Maximum, Position, Product, Size, Sum, Term, Variable, apart, canonical, children, free_indices,
    fresh_index, letters, names, substitute, subterms,
)  # fmt: skip

ZERO, UNIT, MINUS, TWO, HALF = (Number(Fraction(value)) for value in (0, 1, -1, 2, 0.5))

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
    "sum written out": "sum_j f_j = f_1 + f_2 where N = 2, and prod_j f_j = f_1 f_2",
    "whole sum minus the excluded term": "sum_{j != k} f_j = sum_j f_j - f_k",
    "whole product over the excluded factor": "prod_{j != k} f_j = prod_j f_j / f_k",
    "product of products": "prod_j (a_j b_j) = prod_j a_j prod_j b_j",
    "product of powers": "prod_j f_j^c = (prod_j f_j)^c; prod_j b^(c_j) = b^(sum_j c_j) for b > 0",
    "product of a constant": "prod_j c = c^N",
    "interchange of the sums": "sum_i sum_j f_ij = sum_j sum_i f_ij",
    "logarithm of a product": "log(a b) = log a + log b for a, b > 0",
    "logarithm of a quotient": "log(a / b) = log a - log b for a, b > 0",
    "logarithm of a power": "log(b^c) = c log b for b > 0, c log |b| for even c",
    "logarithm of an exponential": "log e^x = x",
    "logarithm of a product over an index": "log prod_j f_j = sum_j log f_j for f_j > 0",
    "exponential of a logarithm": "e^(c log x) = x^c",
    "root of a square": "(x^c)^h = |x|^(c h), c even",
    "absolute value": "|x| = x for x >= 0, -x for x <= 0; |x|^2 = x^2; |a b| = |a| |b|",
    "sign": "sign x = 1 for x > 0, -1 for x < 0; sign(f(a) - f(b)) = sign(a - b) where f rises",
    "monotone function out of the maximum": "max_j f(u_j) = f(max_j u_j) where f rises",
    "Pythagorean identity": "sin^2 x = 1 - cos^2 x",
}


def derivative_rule(name: str) -> str:
    """The name of the rule for the derivative of a function of the table."""
    return "derivative of " + {"exp": "the exponential", "log": "the logarithm"}.get(name, name)


KINKED = ("abs", "sign", "relu", "step", Maximum)
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
        match term:
            case Binder(j, excluded, _):
                outside = {pair for pair in self.different if j not in letters(pair)}
                new = {frozenset((j, x)) for x in excluded if j not in free_indices(x)}
                return Scope(self.facts, frozenset(outside | new), self.frozen, self.varied)
            case Derivative(_, Variable(name, _)):
                frozen = self.frozen | ({name} & self.facts.definitions.keys())
                return Scope(self.facts, self.different, frozen, self.varied | {name})
        return self

    def differ(self, left: IndexTerm, right: IndexTerm) -> bool:
        """Whether two indices certainly have different positions."""
        if type(left) is type(right) is Position and (left.value > 0) == (right.value > 0):
            return left.value != right.value
        return frozenset((left, right)) in self.different

    def depends(self, term: Term, name: str) -> bool:
        """Whether the value of the term may change with the variable ``name``."""
        found = self.facts.ancestors(names(term), self.frozen - {name})
        return name in found or not found.isdisjoint(self.facts.context.unclear)

    def moved(self, term: Term) -> bool:
        """Whether the value of the term may change with what a derivative above moves."""
        return any(self.depends(term, name) for name in self.varied)

    def sure(self, c: Condition) -> bool:
        """Whether a condition holds, below a derivative also around the point: x > 0 for x >= 0."""
        return self.positive(c.term) if self.varied and c.relation == ">=" else self.facts.holds(c)

    def defined(self, *terms: Term) -> bool:
        """Whether the terms are defined at every point that the hypotheses allow, and smooth."""
        return all(self.facts.total(canonical(t)) and not self.moved(t) for t in terms)

    def positive(self, *terms: Term) -> bool:
        """Whether the terms are certainly positive."""
        return all(map(self.facts.positive, terms))


def need(holds: object, reason: str = "the rule does not apply") -> None:
    """A side condition.  Raises Refused."""
    if not holds:
        raise Refused(reason)


def rewrite(rule: str, term: Term, scope: Scope, argument: Any = None) -> Term:
    """``term`` with the rule applied at its root.  Raises Refused where it does not apply."""
    anywhere = rule in ("hypothesis", "arithmetic", "sum written out")
    try:
        if isinstance(term, Derivative) and not anywhere:
            return _differentiate(rule, term.body, term.variable, scope)
        if isinstance(term, Sum) and not anywhere:
            return _sum(rule, term.index, term.excluded, term.body, scope)
        return _other(rule, term, scope, argument)
    except ValueError as impossible:  # an index that cannot be shifted, a number too long
        raise Refused(str(impossible)) from None


def _log(term: Term) -> Term:
    return Function("log", (term,))


def _fraction(factors: tuple[Term, ...]) -> tuple[Term, tuple[Term, ...]]:
    """(a, (b, c)) of the factors of a / b / c."""
    below = tuple(f.base for f in factors if isinstance(f, Pow) and f.exponent is MINUS)
    above = (f for f in factors if not (isinstance(f, Pow) and f.exponent is MINUS))
    return product(*above), below


def _kinks(term: Term) -> frozenset[Term]:
    """The parts that may have no slope where they are defined: |x| - |x| is not 0 below d/dx."""
    return frozenset(part for part in subterms(term) if getattr(part, "name", type(part)) in KINKED)


def _other(rule: str, term: Term, scope: Scope, argument: Any) -> Term:
    facts = scope.facts
    match rule, term:
        case "definition", Variable(name, i) | Application(name, i, _, _) if name == argument:
            need(name not in scope.frozen and not any(getattr(term, "orders", ())))
            return facts.unfolded(name, i, *getattr(term, "arguments", ()))
        case "definition of the function", Function(name, (x,)):
            return canonical(functions.formula("definition", name, x))
        case "hypothesis", _:
            return _hypothesis(term, scope, *argument)
        case "arithmetic", _ if isinstance(argument, Term):
            need(canonical(argument) is argument and free_indices(argument) <= free_indices(term))
            need(facts.arithmetic.equal(term, argument), "not equal by arithmetic")
            needed = facts.requires(argument) - (known := facts.requires(canonical(term)))
            need(all(scope.sure(c) or _follows(c, known) for c in needed), "it may divide by 0")
            need(not scope.varied or _kinks(argument) <= _kinks(canonical(term)))
            return argument
        case "Kronecker delta of equal indices", Delta(i, k) if i is k:
            return UNIT
        case "Kronecker delta of different indices", Delta(i, k) if scope.differ(i, k):
            return ZERO
        case "factor into the sum", Mul(f) if argument in range(len(f)):
            outer, inner = (*f[:argument], *f[argument + 1 :]), f[argument]
            if isinstance(inner, Sum):
                moved = apart(inner, letters(outer))
                return Sum(moved.index, moved.excluded, Mul((*outer, moved.body)))
        case "sum written out", Sum(j, x, f) | Product(j, x, f) if j.range in facts.sizes:
            here = [Position(n, j.range) for n in range(1, facts.least[j.range] + 1)]
            need(set(x) <= set(here), "it is open which positions are excluded")
            parts = (substitute(f, {j: k}) for k in here if k not in x)
            return (total if isinstance(term, Sum) else product)(*parts)
        case "logarithm of a product", Function("log", (Mul(f),)) if scope.positive(*f):
            return Add(tuple(map(_log, f)))
        case "logarithm of a quotient", Function("log", (Mul(f),)) if scope.positive(*f):
            above, below = _fraction(f)
            need(below and scope.positive(*below))
            minus = -_log(product(*below))
            return minus if above is UNIT else Add((_log(above), minus))
        case "logarithm of a power", Function("log", (Pow(b, c),)) if scope.positive(b):
            return c * _log(b)
        case "logarithm of a power", Function("log", (Pow(b, Number(c)),)) if c and c % 2 == 0:
            return Number(c) * _log(Function("abs", (b,)))
        case "logarithm of an exponential", Function("log", (Function("exp", (x,)),)):
            return x
        case "whole product over the excluded factor", Product(j, (*others, k), f):
            need(facts.nonzero(left_out := _at(j, others, k, f, scope)), "the factor may be 0")
            return Product(j, tuple(others), f) / left_out
        case "product of products", Product(j, x, Mul(f)):
            return product(*(Product(j, x, g) for g in f))
        case "product of a constant", Product(j, (), c) if j not in free_indices(c):
            need(not scope.varied or facts.nonzero(c))  # 0^(N - 1) is undefined at N = 1
            return Pow(c, Size(j.range))
        case "product of powers", Product(j, x, Function("exp", (u,))):
            return Function("exp", (Sum(j, x, u),))
        case "product of powers", Product(j, x, Pow(b, c)):
            whole = isinstance(c, Number) and not (scope.varied and c.value % 1)
            need(j not in free_indices(b) & free_indices(c) and (whole or scope.positive(b)))
            return Pow(b, Sum(j, x, c)) if j in free_indices(c) else Pow(Product(j, x, b), c)
        case "logarithm of a product over an index", Function("log", (Product(j, x, f),)):
            need(scope.positive(f))
            return Sum(j, x, _log(f))
        case "exponential of a logarithm", Function("exp", (Function("log", (x,)),)):
            return x
        case "exponential of a logarithm", Function("exp", (Mul(f),)):
            logs = [g for g in f if isinstance(g, Function) and g.name == "log"]
            need(len(logs) == 1)
            return Pow(logs[0].arguments[0], product(*(g for g in f if g is not logs[0])))
        case "root of a square", Pow(Pow(x, Number(c)), Number(root)) if c % 2 == 0 and root % 1:
            return Function("abs", (x,)) if c * root == 1 else Function("abs", (x,)) ** (c * root)
        case (("absolute value" | "sign"), Function("abs" | "sign" as name, (x,))):
            plain = name == "abs" or x is ZERO
            size, sure = (x, facts.nonnegative) if plain else (UNIT, facts.positive)
            if sure(x) or sure(-x):
                return size if sure(x) else -size
            match x:
                case Mul(f):
                    return product(*(Function(name, (g,)) for g in f))
                case Pow(b, Number(c)) if c.denominator == 1:
                    return Pow(Function(name, (b,)), Number(c))
                case Add((Function(g, (a,)), Mul((Number(-1), Function(h, (b,)))))) if g == h:
                    need(name == "sign" and functions.RISING.get(g) == "strictly")
                    return Function(name, (a - b,))
        case "absolute value", Pow(Function("abs", (x,)), Number(c)) if c % 2 == 0:
            return Pow(x, Number(c))
        case "monotone function out of the maximum", Maximum(j, excluded, body):
            return _extreme(j, excluded, body, True, scope)
        case "Pythagorean identity", Pow(Function("sin", x), two) if two is TWO:
            return UNIT - Function("cos", x) ** 2
    raise Refused("the rule does not apply")


def _extreme(j: Index, excluded: Any, body: Term, largest: bool, scope: Scope) -> Term:
    """The largest or the smallest value of ``body``, with all monotone functions outside."""

    def of(part: Term, upward: bool = True) -> Term:
        return _extreme(j, excluded, part, largest is upward, scope)

    outer = [part for part in children(body) if j not in free_indices(part)]
    inner = [part for part in children(body) if j in free_indices(part)]
    match body:
        case _ if j not in free_indices(body):
            return body
        case Add() if outer:
            return total(*outer, of(total(*inner)))
        case Mul() if outer:
            factor = product(*outer)
            if scope.facts.nonnegative(factor) or scope.facts.nonnegative(-factor):
                return factor * of(product(*inner), scope.facts.nonnegative(factor))
        case Function(name, (u,)) if name in functions.RISING:
            return Function(name, (of(u),))
        case Pow(u, Number(c)) if scope.positive(u) or (c > 0 and scope.facts.nonnegative(u)):
            return Pow(of(u, c > 0), Number(c))
    return Maximum(j, excluded, body) if largest else -Maximum(j, excluded, -body)


def _follows(wanted: Condition, known: frozenset[Condition]) -> bool:
    """x >= 0 and x != 0 follow from x > 0, and together it from them."""
    more, weakly, nonzero = (wanted._replace(relation=r) for r in (">", ">=", "!="))
    return (wanted == more and {weakly, nonzero} <= known) or (wanted != more and more in known)


def _hypothesis(term: Term, scope: Scope, h: int, n: int, forward: bool, chosen: Any) -> Term:
    fact, new = scope.facts.context.hypotheses[h].facts[n], dict(chosen)
    if not isinstance(fact, Equation) or set(new) != set(fact.every):
        raise Refused("no such equation")
    need(not scope.moved(fact.left + fact.right), "the hypothesis may not hold around the point")
    need(all(k.range == i.range and scope.facts.has(k) for i, k in new.items()))
    need(all(scope.differ(*(substitute(i, new) for i in pair)) for pair in fact.different))
    sides = canonical(substitute(fact.left, new)), canonical(substitute(fact.right, new))
    need(sides[not forward] is canonical(term), "the hypothesis does not match")
    return sides[forward]


def _at(j: Index, others: Any, k: IndexTerm, body: Term, scope: Scope) -> Term:
    """What a sum or a product leaves out with the position k, beside the others."""
    need(all(scope.differ(k, x) for x in others), "the excluded indices may coincide")
    need(scope.facts.has(k) and k.range == j.range and j not in free_indices(k))
    need(scope.defined(left_out := substitute(body, {j: k})), "what is left out may be undefined")
    return left_out


def _sum(rule: str, j: Index, excluded: tuple[IndexTerm, ...], body: Term, scope: Scope) -> Term:
    factors = body.factors if isinstance(body, Mul) else (body,)
    match rule, body:
        case "linearity of the sum", Add(parts):
            return Add(tuple(Sum(j, excluded, part) for part in parts))
        case "sum of a constant", _ if not excluded and j not in free_indices(body):
            return Size(j.range) * body
        case "constant factor out of the sum", Mul():
            outer = [f for f in factors if j not in free_indices(f)]
            inner = [f for f in factors if j in free_indices(f)]
            need(outer and (not excluded or scope.defined(*outer)))  # the sum may be empty
            return Mul((*outer, Sum(j, excluded, product(*inner))))
        case "only one term survives", _:
            for n, factor in enumerate(factors):
                if isinstance(factor, Delta) and j in (factor.left, factor.right):
                    k = factor.right if factor.left is j else factor.left
                    if j not in free_indices(k) and k.range == j.range and scope.facts.has(k):
                        out, rest = k in excluded, product(*factors[:n], *factors[n + 1 :])
                        need(out or all(scope.differ(k, x) for x in excluded), "it may be excluded")
                        return ZERO if out else substitute(rest, {j: k})
        case "whole sum minus the excluded term", _ if excluded:
            return Sum(j, excluded[:-1], body) - _at(j, excluded[:-1], excluded[-1], body, scope)
        case "interchange of the sums", Sum(i, x, f) if i is not j:
            need(j not in letters(x) and i not in letters(excluded))
            return Sum(i, x, Sum(j, excluded, f))
    raise Refused("the rule does not apply")


def _differentiate(rule: str, body: Term, v: Variable, scope: Scope) -> Term:
    facts, inner = scope.facts, scope.inside(Derivative(body, v))
    for held in scope.frozen - {v.name}:
        need(v.name not in facts.ancestors({held}), f"by {v.name}, inside a derivative by {held}")
    if v.name in facts.definitions:
        above = facts.ancestors({v.name}) - {v.name}
        both = above & facts.ancestors(names(body), inner.frozen)
        need(not both, f"{', '.join(both)} would have to be constant and vary with {v.name}")

    def d(part: Term) -> Term:
        return Derivative(part, v)

    moves = partial(inner.depends, name=v.name)
    match rule, body:
        case "derivative of a constant", _ if not moves(body):
            return ZERO
        case "derivative of a variable", Variable(name, i) if name == v.name:
            return product(*(Delta(a, b) for a, b in zip(i, v.indices, strict=True)))
        case "derivative of a sum of terms", Add(parts):
            return Add(tuple(map(d, parts)))
        case "product rule", Mul(f):
            return Add(tuple(Mul((*f[:n], d(f[n]), *f[n + 1 :])) for n in range(len(f))))
        case "constant factor", Mul(f):
            constant, rest = [c for c in f if not moves(c)], [c for c in f if moves(c)]
            need(constant and rest)
            return Mul((*constant, d(product(*rest))))
        case "quotient rule", Mul(f) if len(_fraction(f)[1]) == 1:
            u, (w,) = _fraction(f)
            return Add((d(u) * w, Mul((MINUS, u, d(w))))) * w**-2
        case "power rule", Pow(u, c) if moves(u) and not moves(c):
            whole = isinstance(c, Number) and c.value.denominator == 1
            sure = whole or scope.positive(u) or facts.varies(u)
            need(c is not ZERO and (sure or (c == HALF and _has_kinks(u, v, inner))))
            less = Number(c.value - 1) if isinstance(c, Number) else c + MINUS
            return Mul((c, Pow(u, less), d(u)))
        case "derivative of a power", Pow(u, c) if moves(c) and scope.positive(u):
            return body * (d(c) * _log(u) + Mul((c, d(u), u**-1)))
        case _, Function(name, (u,)) if CHAIN.get(rule) == name and moves(u):
            need(functions.TABLE[name].domain != "|x| <= 1" or facts.varies(u))
            return canonical(functions.formula("derivative", name, u)) * d(u)
        case "derivative inside the sum", Sum():
            within = apart(body, letters((v,)))
            return Sum(within.index, within.excluded, d(within.body))
        case "derivative of a product over an index", Product():
            parted = apart(body, letters((v, *body.excluded)))  # the excluded are outside
            j, x, factor = parted.index, parted.excluded, parted.body
            other = fresh_index(j, letters((factor, body)))
            return Sum(j, x, d(factor) * Product(other, (*x, j), substitute(factor, {j: other})))
        case "chain rule", Application(name, i, u, orders) if u and name not in facts.definitions:
            need(v.name not in facts.ancestors({name}), "the function itself changes")
            raised = (tuple(o + (k == n) for k, o in enumerate(orders)) for n in range(len(u)))
            outer = (Application(name, i, u, new) for new in raised)
            return total(*(f * d(a) for f, a in zip(outer, u, strict=True)))
        case "chain rule", Variable(name, _) if name in facts.unknowns:
            return _through(body, v, inner)
    raise Refused("the rule does not apply")


def _has_kinks(u: Term, v: Variable, scope: Scope) -> bool:
    """Whether u = a v^2 + b v + c with a != 0 (or b != 0): no root of u has a slope at u = 0."""
    terms, normal = u.terms if isinstance(u, Add) else (u,), scope.facts.arithmetic.normal
    orders = [[normal(canonical(t * v**-n)) for t in terms] for n in range(3)]
    c, b, a = ([q for q in found if not scope.depends(q, v.name)] for found in orders)
    return len(a + b + c) == len(terms) and scope.facts.nonzero(total(*(a or b)))


def _through(body: Variable, v: Variable, scope: Scope) -> Term:
    """dL/dz = sum_j dL/dy_j dy_j/dz over all quantities y on which the open L depends."""
    facts, on = scope.facts, scope.facts.unknowns[body.name].depends_on
    need(not {v.name, *scope.frozen} & set(on), "an open derivative stays as it is")
    parts: list[Term] = []
    for name in on:
        others = facts.ancestors({name}) - {name}
        need(others.isdisjoint(on), "the quantities depend on each other")
        if v.name in others:
            known = facts.definitions.get(name) or facts.unknowns.get(name)
            if known is None or getattr(known, "arguments", None):
                raise Refused("not a quantity that depends on others")
            numbered = (Index(f"#{n}", i.range) for n, i in enumerate(known.indices))
            free = [fresh_index(letter, letters((body, v))) for letter in numbered]
            middle = Variable(name, tuple(free))
            part: Term = Derivative(body, middle) * Derivative(middle, v)
            parts.append(reduce(lambda inner, j: Sum(j, (), inner), reversed(free), part))
    need(parts)
    return total(*parts)
