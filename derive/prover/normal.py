"""Normal forms by rules: the search for a proof.

Each function returns the new term together with the steps that lead to it, with paths relative
to the term; nothing here is trusted, for every step is replayed by ``derive.logic.checker``.

The normal form of a term has no derivative, no definition that is to be unfolded, no excluded
index and no delta of a bound index where rules can remove them; sums are split into monomials
with the constants outside; products are expanded, and composite denominators reduced.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from itertools import permutations
from typing import Any, TypeAlias

from derive.algebra.arithmetic import (
    ONE,
    Exhausted,
    Exponents,
    Monomial,
    Polynomial,
    Rational,
    Refused,
    order,
    plus,
    product,
    ratio,
)  # fmt: skip
from derive.clock import late
from derive.logic.checker import Step
from derive.logic.facts import match
from derive.logic.problem import Equation
from derive.logic.rules import RULES, Scope, derivative_rule, rewrite
from derive.logic.terms import (
    Add,
    Application,
    Delta,
    Derivative,
    Function,
    Index,
    IndexTerm,
    Maximum,
    Mul,
    Number,
    Position,
    Pow,
    Product,
    Sum,
    Term,
    Variable,
    canonical,
    children,
    free_indices,
    names,
    rebuild,
    substitute,
    subterms,
)  # fmt: skip
from derive.meaning.means import degree
from derive.meaning.slopes import POINT
from derive.memory import kept

Steps: TypeAlias = tuple[Step, ...]
Result: TypeAlias = tuple[Term, Steps]

MINUS = Number(Fraction(-1))
FEW = 8  # positions, of which a sum is written out
MOST_WAYS = 8  # in which the factors of a sum are turned round: of three symmetric ones, all
SIGNED = {"abs": "absolute value", "sign": "sign"}
MANY_STEPS = "the search for a proof was given up after many steps"
LOGARITHMS = (
    "logarithm of an exponential", "logarithm of a quotient", "logarithm of a product",
    "logarithm of a power", "logarithm of a product over an index",
)  # fmt: skip
PRODUCTS = (
    "whole product over the excluded factor", "product of products", "product of powers",
    "product of a constant",
)  # fmt: skip


def in_time() -> None:
    """Raises Exhausted where the time is up."""
    if late():
        raise Exhausted(MANY_STEPS)


def below(position: int, steps: Iterable[Step]) -> Steps:
    """Steps for a subterm, as steps for the term that holds it."""
    return tuple(Step((position, *s.path), s.rule, s.argument) for s in steps)


class Expand(Enum):
    """Which functions are replaced by their definitions: none, all but |x|, or all."""

    NONE = 0
    MOST = 1
    ALL = 2


@dataclass
class Search:
    """How far a search may go, and what it remembers.

    ``unfold``: definitions that are replaced by their right sides everywhere (those that a
    derivative must look into are unfolded in any case).  ``assume``: whether hypotheses are used.
    ``expand``: which functions are replaced by their definitions.  ``split``: whether a logarithm
    is split as its argument is written, before that is multiplied out: log (1 - p)^2.
    ``write_out``: whether sums over few positions are written out.
    """

    unfold: frozenset[str] = frozenset()
    assume: bool = False
    expand: Expand = Expand.ALL
    split: bool = False
    write_out: bool = False
    limit: int = 4000
    _known: dict[tuple[Term, Scope], Result] = field(default_factory=dict)
    _depth: int = 0

    # ---------------------------------------------------------------- single steps

    def _try(self, rule: str, term: Term, scope: Scope, argument: Any = None) -> Result | None:
        self.limit -= 1
        if self.limit < 0:
            raise Exhausted(MANY_STEPS)
        in_time()
        try:
            new = rewrite(rule, term, scope, argument)
        except Exhausted:
            raise
        except Refused:
            return None
        if canonical(new) is canonical(term):
            return None
        return new, (Step((), rule, argument),)

    def _first(self, rules: Iterable[str], term: Term, scope: Scope) -> Result | None:
        for rule in rules:
            result = self._try(rule, term, scope)
            if result is not None:
                return result
        return None

    def _then(self, result: Result, scope: Scope) -> Result:
        """Normalise what a step has produced."""
        term, steps = result
        new, more = self.normal(term, scope)
        return new, steps + more

    def _arithmetic(self, term: Term, target: Term, scope: Scope) -> Result:
        """To an equal term by arithmetic, or the term itself where that is refused."""
        target = canonical(target)
        if target is canonical(term):
            return term, ()
        return self._try("arithmetic", term, scope, target) or (term, ())

    # ---------------------------------------------------------------- normal forms

    def normal(self, term: Term, scope: Scope) -> Result:
        """The normal form, with the steps that lead to it."""
        key = (term, scope)
        if key not in self._known:
            if self._depth > 80:
                raise Exhausted("the search for a proof went too deep")
            self._depth += 1
            try:
                self._known[key] = self._normal(term, scope)
            finally:
                self._depth -= 1
        return self._known[key]

    def _normal(self, term: Term, scope: Scope) -> Result:
        match term:
            case Variable(name, _) | Application(name, _, _, _) if self._unfolds(name, scope):
                result = self._try("definition", term, scope, name)
                if result is not None:
                    return self._then(result, scope)
            case Derivative():
                return self._derivative(term, scope)
            case Function("relu" | "step", _) if self.expand is not Expand.NONE:
                # The sign of the argument may be known as it stands.
                return self._step_on(("definition of the function",), term, scope)
            case Function("log", _) if self.split:
                result = self._split(term, scope)
                if result is not None:
                    return self._then(result, scope)
            case Sum() if self.assume:  # before a hypothesis about what is in it changes it
                found, used = self._assumed(term, scope)
                if used:
                    return found, used
        term, steps = self._inside(term, scope)
        new, more = self._outside(term, scope)
        return new, steps + more

    def _split(self, term: Function, scope: Scope) -> Result | None:
        """A logarithm by the factors that its argument is written with."""
        argument = term.arguments[0]
        if isinstance(argument, (Variable, Application)) and self._unfolds(argument.name, scope):
            opened = self._try("definition", argument, scope, argument.name)
            return opened and (Function("log", (opened[0],)), below(0, opened[1]))
        return self._first(LOGARITHMS, term, scope)

    def _unfolds(self, name: str, scope: Scope) -> bool:
        return name in self.unfold and name not in scope.frozen

    def _inside(self, term: Term, scope: Scope) -> Result:
        parts = children(term)
        if not parts:
            return term, ()
        inner = scope.inside(term)
        new: list[Term] = []
        steps: Steps = ()
        for n, part in enumerate(parts):
            result, more = self.normal(part, inner)
            new.append(result)
            steps += below(n, more)
        return (rebuild(term, tuple(new)) if steps else term), steps

    def _outside(self, term: Term, scope: Scope) -> Result:
        """The normal form of a term whose direct subterms are normal."""
        match term:
            case Delta():
                result = self._first(
                    ("Kronecker delta of equal indices", "Kronecker delta of different indices"),
                    term,
                    scope,
                )
                return result or (term, ())
            case Sum() | Product() if self.write_out and _is_short(term, scope):
                result = self._try("sum written out", term, scope)
                if result is not None:
                    return self._then(result, scope)
        match term:
            case Sum():
                return self._sum(term, scope)
            case Function("log", _):
                return self._logarithm(term, scope)
            case Function("exp", _):
                return self._exponential(term, scope)
            case Function("abs" | "sign", _):
                return self._signed(term, scope)
            case Function() if self.expand is not Expand.NONE:
                return self._step_on(("definition of the function",), term, scope)
            case Product():
                return self._step_on(PRODUCTS, term, scope)
            case Maximum():
                return self._maximum(term, scope)
            case Pow(Function("abs" | "sign" as name, _), _):
                return self._step_on((SIGNED[name],), term, scope)
            case Pow(Function("sin", _), _):
                return self._step_on(("Pythagorean identity",), term, scope)
            case Pow(Pow(), _):
                result = self._arithmetic(term, self._polynomial_form(term, scope), scope)
                if result[1]:
                    return self._then(result, scope)
                return self._step_on(("root of a square",), term, scope)
            case Add() | Mul() | Pow():
                return self._combine(term, scope)
        if self.assume:
            return self._assumed(term, scope)
        return term, ()

    def _step_on(self, rules: Iterable[str], term: Term, scope: Scope) -> Result:
        result = self._first(rules, term, scope)
        return (term, ()) if result is None else self._then(result, scope)

    def _combine(self, term: Term, scope: Scope) -> Result:
        result = self._arithmetic(term, self._polynomial_form(term, scope), scope)
        if any(map(_is_even_power_of_abs, subterms(result[0]))):
            return self._then(result, scope)
        if result[1] and any(map(_is_square_of_sine, subterms(result[0]))):
            return self._then(result, scope)  # of (a sin x)^2
        if self.assume:
            new, more = self._assumed(result[0], scope)
            return new, result[1] + more
        return result

    def _polynomial_form(self, term: Term, scope: Scope) -> Term:
        arithmetic = scope.facts.arithmetic
        return arithmetic.term(reduced(arithmetic.expand(canonical(term)), scope))

    # ---------------------------------------------------------------- derivatives

    def _derivative(self, term: Derivative, scope: Scope) -> Result:
        body = term.body
        inner = scope.inside(term)
        if not inner.depends(body, term.variable.name):
            result = self._try("derivative of a constant", term, scope)
            if result is not None:
                return result
        match body:
            case Derivative() | Delta():
                new, steps = self.normal(body, inner)
                if steps:
                    done = Derivative(new, term.variable), below(0, steps)
                    return self._then(done, scope)
                return term, ()
            case Function(name, _) if derivative_rule(name) in RULES:
                rules: tuple[str, ...] = (derivative_rule(name),)
            case _:
                rules = (
                    "derivative of a variable", "derivative of a sum of terms", "quotient rule",
                    "constant factor", "product rule", "power rule", "derivative of a power",
                    "derivative inside the sum",
                    "derivative of a product over an index", "chain rule",
                )  # fmt: skip
        result = self._first(rules, term, scope)
        if result is not None:
            return self._then(result, scope)
        opened = self._try("definition", body, inner, getattr(body, "name", ""))
        opened = opened or self._try("definition of the function", body, inner)
        if opened is None and isinstance(body, (Variable, Application)):
            return term, ()
        if opened is None:
            opened = self.normal(body, inner)
            if not opened[1] or opened[0] is body:
                return term, ()
        return self._then((Derivative(opened[0], term.variable), below(0, opened[1])), scope)

    # ---------------------------------------------------------------- sums

    def _sum(self, term: Sum, scope: Scope) -> Result:
        body = term.body
        if isinstance(body, Add):
            result = self._try("linearity of the sum", term, scope)
            if result is not None:
                return self._then(result, scope)
        split = self._split_exponential(term, scope)
        if split is not None:
            return self._then(split, scope)
        if term.excluded:
            deltas = _deltas(body, term.index)
            result = self._first(
                ("only one term survives",) * bool(deltas) + ("whole sum minus the excluded term",),
                term,
                scope,
            )
            if result is not None:
                return self._then(result, scope)
        else:
            result = self._first(("only one term survives", "sum of a constant"), term, scope)
            if result is not None:
                return self._then(result, scope)
        if isinstance(body, Mul):
            result = self._try("constant factor out of the sum", term, scope)
            if result is not None and _shrinks(term, result[0]):
                return self._then(result, scope)
        nested = self._nested(term, scope)
        if nested is not None:
            return nested
        if self.assume:
            return self._assumed(term, scope)
        return term, ()

    def _split_exponential(self, term: Sum, scope: Scope) -> Result | None:
        """e^(a_j + b) as e^b e^(a_j), so that e^b can leave the sum over j."""
        factors = _factors(term.body)
        for n, factor in enumerate(factors):
            if isinstance(factor, Function) and factor.name == "exp":
                parts = _terms(factor.arguments[0])
                inside = tuple(p for p in parts if term.index in free_indices(p))
                outside = tuple(p for p in parts if term.index not in free_indices(p))
                if inside and outside:
                    powers = (_exp(outside), _exp(inside))
                    new = Mul((*factors[:n], *powers, *factors[n + 1 :]))
                    done = self._try("arithmetic", term.body, scope.inside(term), new)
                    if done is None:
                        return None
                    split = Sum(term.index, term.excluded, new)
                    out = self._try("constant factor out of the sum", split, scope)
                    return None if out is None else (out[0], below(0, done[1]) + out[1])
        return None

    def _nested(self, term: Sum, scope: Scope) -> Result | None:
        """Nested sums, in the order and with the factors outside that give the least form."""
        flat, steps = self._flat(term, scope)
        chain = 0
        part: Term = flat
        while isinstance(part, Sum):
            chain, part = chain + 1, part.body
        if chain == 1 or chain > 4:
            return None
        found: dict[Term, Steps] = {flat: steps}
        queue = [flat]
        while queue:
            current = queue.pop()
            for depth in range(chain - 1):
                moved = self._swap(current, depth, scope)
                if moved is not None and moved[0] not in found:
                    found[moved[0]] = found[current] + moved[1]
                    queue.append(moved[0])
        arithmetic = scope.facts.arithmetic
        ways = {t: self._ways_round(self._drawn(t, scope), scope) for t in found}
        outside = {t: min(ways[t], key=lambda way: repr(canonical(way[0]))) for t in found}
        ranked = sorted(found, key=lambda t: order(arithmetic.normal(canonical(outside[t][0]))))
        if self.assume:
            for ordered in ranked:  # sum_n x_n (sum_k y_nk), where sum_k y_nk = 1
                for form, before in ways[ordered]:
                    assumed, last = self._assumed_within(form, scope)
                    if last:
                        new, rest = self.normal(assumed, scope)
                        return new, found[ordered] + before + last + rest
        least = ranked[0]
        best, more = outside[least]
        done: Steps = found[least] + more
        if canonical(best) is canonical(term):
            best, done = term, ()
        self._known[best, scope] = best, ()
        return best, done

    def _flat(self, term: Sum, scope: Scope) -> Result:
        """sum_i a_i (sum_j b_ij) (sum_k c_ik) as sum_i sum_j sum_k of one product."""
        inner = scope.inside(term)
        body: Term = term.body
        steps: Steps = ()
        spread = _spread(body)
        if spread is not None:
            done = self._try("arithmetic", body, inner, spread)
            if done is not None:
                body, steps = done
        pulled = self._pulled(body, inner)
        if pulled is not None:
            body, steps = pulled[0], steps + pulled[1]
        if isinstance(body, Sum):
            body, more = self._flat(body, inner)
            steps += more
        else:
            body, more = self._arithmetic(body, self._polynomial_form(body, inner), inner)
            steps += more
        return Sum(term.index, term.excluded, body), below(0, steps)

    def _pulled(self, term: Term, scope: Scope) -> Result | None:
        """a (b sum_j c_j) as sum_j a b c_j: a sum among the factors, and all others within it."""
        factors = _factors(term)
        for n, factor in enumerate(factors if len(factors) > 1 else ()):
            steps: Steps = ()
            if isinstance(factor, Mul):
                within = self._pulled(factor, scope.inside(term))
                if within is None:
                    continue
                term = Mul((*factors[:n], within[0], *factors[n + 1 :]))
                steps = below(n, within[1])
            elif not isinstance(factor, Sum):
                continue
            done = self._try("factor into the sum", term, scope, n)
            if done is not None:
                return done[0], steps + done[1]
        return None

    def _drawn(self, term: Term, scope: Scope) -> Result:
        """Nested sums with all factors as far outside as they can stand."""
        if not isinstance(term, Sum):
            return term, ()
        body, steps = self._drawn(term.body, scope.inside(term))
        term, steps = Sum(term.index, term.excluded, body), below(0, steps)
        if isinstance(body, Mul):
            done = self._try("constant factor out of the sum", term, scope)
            if done is not None and _shrinks(term, done[0]):
                flat, more = self._arithmetic(
                    done[0], scope.facts.arithmetic.normal(canonical(done[0])), scope
                )
                return flat, steps + done[1] + more
        return term, steps

    def _ways_round(self, result: Result, scope: Scope) -> list[Result]:
        """Nested sums with what is symmetric, A_ij = A_ji, each way round."""
        found = [result]
        for number, hypothesis in enumerate(scope.facts.context.hypotheses if self.assume else ()):
            for n, fact in enumerate(hypothesis.facts):
                if isinstance(fact, Equation) and _permutes(fact.left, fact.right):
                    for path, part, inner in _standing(result[0], scope):
                        turned = self._other_way(part, inner, (number, n, fact))
                        if turned is not None and len(found) < MOST_WAYS:
                            found.extend([_with_part(one, path, turned) for one in found])
        return found

    def _other_way(
        self, part: Term, scope: Scope, given: tuple[int, int, Equation]
    ) -> Result | None:
        """A_ji for an A_ij of which A_ij = A_ji is given."""
        number, n, fact = given
        if not isinstance(part, Variable) or not _may_match(fact.left, part):
            return None
        letters: dict[Index, IndexTerm | None] = dict.fromkeys(fact.every)
        shown, back = _with_plain_letters(part)
        if not match(fact.left, shown, letters):
            return None
        filled = tuple((i, back.get(to, to)) for i, to in letters.items() if to is not None)
        return self._try("hypothesis", part, scope, (number, n, True, filled))

    def _assumed_within(self, term: Term, scope: Scope) -> Result:
        """Hypotheses used once, in the term or anywhere within it; not to turn factors round."""
        parts = children(term)
        for n, part in enumerate(parts):
            new, steps = self._assumed_within(part, scope.inside(term))
            if steps:
                return rebuild(term, (*parts[:n], new, *parts[n + 1 :])), below(n, steps)
        for number, hypothesis in enumerate(scope.facts.context.hypotheses):
            for n, fact in enumerate(hypothesis.facts):
                if isinstance(fact, Equation) and not _permutes(fact.left, fact.right):
                    result = self._equation(term, scope, number, n, fact)
                    if result is not None:
                        return result
        return term, ()

    def _swap(self, term: Term, depth: int, scope: Scope) -> Result | None:
        if depth == 0:
            return self._try("interchange of the sums", term, scope)
        assert isinstance(term, Sum)
        moved = self._swap(term.body, depth - 1, scope.inside(term))
        if moved is None:
            return None
        return Sum(term.index, term.excluded, moved[0]), below(0, moved[1])

    # ---------------------------------------------------------------- logarithms and powers

    def _logarithm(self, term: Function, scope: Scope) -> Result:
        argument = term.arguments[0]
        factored = self._factored(argument, scope)
        done = self._arithmetic(argument, factored, scope)
        term, steps = Function("log", (done[0],)), below(0, done[1])
        result = self._first(LOGARITHMS, term, scope) or self._turned(term, scope)
        if result is None:
            return self._combined(term, steps, scope)
        new, more = self._then(result, scope)
        return new, steps + more

    def _turned(self, term: Function, scope: Scope) -> Result | None:
        """``log(q / p)`` by log(p / q): of both only the one whose first factor is above."""
        factors = _factors(term.arguments[0])
        match sorted(factors, key=lambda f: order(f.base if isinstance(f, Pow) else f)):
            case [Pow(first, Number(power)), other] if power == -1:
                inverse = canonical(Mul((first, Pow(other, MINUS))))
                turned = Function("log", (Pow(inverse, MINUS),))
                above = self._try("arithmetic", term, scope, turned)
                # At once: else the argument would be multiplied out again.
                taken = above and self._try("logarithm of a power", above[0], scope)
                if above and taken:
                    return taken[0], above[1] + taken[1]
        return None

    def _combined(self, term: Term, steps: Steps, scope: Scope) -> Result:
        new, more = self._arithmetic(term, scope.facts.arithmetic.normal(canonical(term)), scope)
        return new, steps + more

    def _factored(self, term: Term, scope: Scope) -> Term:
        """c * m * q: common factors taken out of a sum of terms."""
        arithmetic = scope.facts.arithmetic
        polynomial = arithmetic.expand(canonical(term))
        size, powers = arithmetic.factors(polynomial)
        if not size:
            return term
        ordered = sorted(
            powers.items(), key=lambda item: (isinstance(item[0], Add), order(item[0]))
        )
        factors = [_power(base, exponent) for base, exponent in ordered]
        return product(*([Number(size)] if size != 1 else []), *factors)

    def _exponential(self, term: Function, scope: Scope) -> Result:
        argument = term.arguments[0]
        parts = argument.terms if isinstance(argument, Add) else (argument,)
        logs = [p for p in parts if any(_is_log(f) for f in _factors(p))]
        if not logs:
            return self._combined(term, (), scope)
        if len(parts) > 1:
            split = canonical(Mul(tuple(Function("exp", (p,)) for p in parts)))
            done = self._try("arithmetic", term, scope, split)
            return (term, ()) if done is None else self._then(done, scope)
        return self._step_on(("exponential of a logarithm",), term, scope)

    # ---------------------------------------------------------------- extremes and signs

    def _maximum(self, term: Maximum, scope: Scope) -> Result:
        """With all monotone functions outside; where there is none, that is no step."""
        result = self._try("monotone function out of the maximum", term, scope)
        arithmetic = scope.facts.arithmetic
        same = result is None or arithmetic.equal(canonical(result[0]), canonical(term))
        if result is None or same:
            return self._combined(term, (), scope)
        return self._then(result, scope)

    def _signed(self, term: Function, scope: Scope) -> Result:
        """|x| and sign x by the factors of x; sign(f(a) - f(b)) by a and b."""
        done = self._arithmetic(
            term.arguments[0], self._factored(term.arguments[0], scope), scope.inside(term)
        )
        term, steps = Function(term.name, (done[0],)), below(0, done[1])
        result = self._first((SIGNED[term.name],), term, scope)
        if result is None and self.expand is Expand.ALL:
            result = self._try("definition of the function", term, scope)
        if result is None:
            return self._combined(term, steps, scope)
        new, more = self._then(result, scope)
        return new, steps + more

    # ---------------------------------------------------------------- hypotheses

    def _assumed(self, term: Term, scope: Scope) -> Result:
        """Use an equation in force, from its longer side to its shorter one."""
        for number, hypothesis in enumerate(scope.facts.context.hypotheses):
            for n, fact in enumerate(hypothesis.facts):
                if isinstance(fact, Equation):
                    result = self._equation(term, scope, number, n, fact)
                    if result is not None:
                        return self._then(result, scope)
        return term, ()

    def _equation(
        self, term: Term, scope: Scope, number: int, n: int, fact: Equation
    ) -> Result | None:
        old, new, forward = _oriented(fact)
        permutes = _permutes(old, new)
        diagonal = _is_diagonal(old, new)
        in_time()
        pattern = scope.facts.arithmetic.normal(canonical(old))
        plain = canonical(old) is pattern
        commuted = isinstance(old, Mul) and isinstance(pattern, Mul)  # of b a it is a b
        if not plain and not commuted and not isinstance(old, Sum):
            return None
        letters: dict[Index, IndexTerm | None]
        targets: list[tuple[Term, Steps]] = [(term, ())]
        if isinstance(term, (Mul, Pow)) and isinstance(old, (Mul, Pow)):
            targets.extend(self._regrouped(term, pattern if commuted else old, fact, scope))
        for target, steps in targets:
            for path, part in _spots(target, bool(steps)):
                if not _may_match(pattern, part):
                    continue
                letters = dict.fromkeys(fact.every)
                shown, back = _with_plain_letters(part)
                if not match(pattern, canonical(shown), letters):
                    continue
                filled = tuple((i, back.get(to, to)) for i, to in letters.items() if to is not None)
                if permutes and (
                    repr(substitute(new, dict(filled))) >= repr(part) or _is_bound(part)
                ):
                    continue  # A_ij = A_ji: one of them is the normal form
                if diagonal and part in subterms(substitute(new, dict(filled))):
                    continue  # a_ii stays as it is
                as_stated: Result | None = (part, ())
                if not plain:  # sum_j (sum_k x_ki x_kj) w_j, of which w_j stands first in a term
                    stated = canonical(substitute(old, dict(filled)))
                    as_stated = self._try("arithmetic", part, scope, stated)
                if as_stated is None:
                    continue
                result = self._try("hypothesis", as_stated[0], scope, (number, n, forward, filled))
                if result is None:
                    continue
                result = result[0], as_stated[1] + result[1]
                if not path:
                    return result[0], (*steps, *result[1])
                whole = rebuild(
                    target,
                    tuple(result[0] if k == path[0] else c for k, c in enumerate(children(target))),
                )
                return whole, (*steps, *below(path[0], result[1]))
        return None

    def _regrouped(
        self, term: Term, old: Term, fact: Equation, scope: Scope
    ) -> Iterable[tuple[Term, Steps]]:
        """Ways to write a product with the product of a hypothesis as one of its factors."""
        powers = _powers(term)
        wanted = list(_powers(old).items())
        if len(wanted) > 3:
            return
        for chosen in permutations(powers.items(), len(wanted)):
            in_time()
            letters: dict[Index, IndexTerm | None] = dict.fromkeys(fact.every)
            if not all(
                have >= need and need > 0 and match(pattern, atom, letters)
                for (pattern, need), (atom, have) in zip(wanted, chosen, strict=True)
            ):
                continue
            left = dict(powers)
            for (_, need), (atom, _) in zip(wanted, chosen, strict=True):
                left[atom] -= need
            filled = {i: to for i, to in letters.items() if to is not None}
            group = canonical(substitute(old, dict(filled)))
            rest = tuple(_power(a, e) for a, e in left.items() if e)
            target = Mul((group, *rest)) if rest else group
            done = self._try("arithmetic", term, scope, canonical(target))
            if done is not None:
                yield done


def _with_plain_letters(term: Term) -> tuple[Term, dict[IndexTerm, IndexTerm]]:
    """The term with other letters for those that sums around it bind, and the way back.

    ``canonical`` would call its own bound letters otherwise where those are of the same kind.
    """
    new: dict[Index, IndexTerm] = {
        i: Index("@" + i.name, i.range) for i in free_indices(term) if i.name.startswith("#")
    }
    return (substitute(term, new) if new else term), {to: i for i, to in new.items()}


def _is_short(term: Sum | Product, scope: Scope) -> bool:
    """Whether there are few positions, for sure."""
    range_ = term.index.range
    return range_ in scope.facts.sizes and scope.facts.least[range_] <= FEW


def _may_match(pattern: Term, term: Term) -> bool:
    """Whether that is worth a closer look, which takes long: most terms are of another kind."""
    if isinstance(pattern, Variable) and isinstance(term, Variable):
        return pattern.name == term.name
    return type(pattern) is type(term)


def _permutes(old: Term, new: Term) -> bool:
    """``A_ij = A_ji``."""
    return isinstance(old, Variable) and isinstance(new, Variable) and old.name == new.name


def _is_bound(part: Term) -> bool:
    """Whether sums bind all its letters: which of them comes first, their order decides."""
    return all(index.name.startswith("#") for index in free_indices(part))


def _standing(
    term: Term, scope: Scope, path: tuple[int, ...] = ()
) -> list[tuple[tuple[int, ...], Term, Scope]]:
    """The parts of a term, with their paths and scopes."""
    found = [(path, term, scope)]
    for n, part in enumerate(children(term)):
        found.extend(_standing(part, scope.inside(term), (*path, n)))
    return found


def _with_part(result: Result, path: tuple[int, ...], new: Result) -> Result:
    """What a step has produced, with another part at a place."""
    term, steps = result
    more = tuple(Step((*path, *step.path), step.rule, step.argument) for step in new[1])
    return _put(term, path, new[0]), (*steps, *more)


def _put(term: Term, path: tuple[int, ...], new: Term) -> Term:
    """The term with another part at a place."""
    if not path:
        return new
    parts = list(children(term))
    parts[path[0]] = _put(parts[path[0]], path[1:], new)
    return rebuild(term, tuple(parts))


def _spots(term: Term, inside: bool) -> Iterable[tuple[tuple[int, ...], Term]]:
    yield (), term
    if inside or isinstance(term, Mul):
        for n, part in enumerate(children(term)):
            yield (n,), part


@kept
def _oriented(fact: Equation) -> tuple[Term, Term, bool]:
    """(old, new, forward): from the larger side to the smaller one; a point, to its value.

    And from one term to several, of which a formula seldom has exactly those.
    """
    if isinstance(fact.left, Variable) and fact.left.name.startswith(POINT):
        return fact.left, fact.right, True
    for old, new, forward in ((fact.left, fact.right, True), (fact.right, fact.left, False)):
        if (
            isinstance(new, Add | Sum)
            and _stands_alone(old, fact.every)
            and old not in subterms(new)
        ):
            return old, new, forward
        if (
            isinstance(new, Mul | Pow | Function)
            and isinstance(old, Variable)
            and (
                _is_diagonal(old, new)
                or (_stands_alone(old, fact.every) and old.name not in names(new))
            )
        ):
            return old, new, forward
        if isinstance(new, Add) and isinstance(old, Sum) and old not in subterms(new):
            return old, new, forward
        if degree(old) > max(map(degree, subterms(new)), default=0):  # E[X Y] = E[X] E[Y]
            return old, new, forward
    left, right = _size(fact.left), _size(fact.right)
    return (fact.left, fact.right, True) if left >= right else (fact.right, fact.left, False)


def _is_diagonal(old: Term, new: Term) -> bool:
    """``a_ij = \\delta_ij a_ii``, ``u_ni = \\delta_ik u_nk``: all other entries are 0."""
    match old, new:
        case Variable(name, indices), Mul((Delta() as delta, Variable(other, places))) if (
            name == other and len(indices) == len(places)
        ):
            compared = {delta.left, delta.right}
            moved = [{i, k} for i, k in zip(indices, places, strict=True) if i is not k]
            on_diagonal = {*indices} == compared and set(places) == {indices[0]}
            return moved == [compared] or (len(indices) == 2 and on_diagonal)
    return False


def _stands_alone(term: Term, every: tuple[Index, ...]) -> bool:
    """The w_k of an equation for every k, or the w_1 of one about it."""
    if not isinstance(term, Variable):
        return False
    return term.indices == every or all(isinstance(i, Position) for i in term.indices)


def _size(term: Term) -> tuple[int, int]:
    inner = [_size(child) for child in children(term)]
    number = isinstance(term, Number)
    return (0 if number else 1) + sum(a for a, _ in inner), 1 + sum(b for _, b in inner)


def _power(base: Term, exponent: Rational) -> Term:
    return base if exponent == 1 else Pow(base, Number(Fraction(exponent)))


def _powers(term: Term) -> dict[Term, Fraction]:
    found: dict[Term, Fraction] = {}
    for factor in _factors(term):
        base, exponent = factor, Fraction(1)
        if isinstance(factor, Pow) and isinstance(factor.exponent, Number):
            base, exponent = factor.base, Fraction(factor.exponent.value)
        found[base] = found.get(base, Fraction(0)) + exponent
    return found


def _factors(term: Term) -> tuple[Term, ...]:
    return term.factors if isinstance(term, Mul) else (term,)


def _terms(term: Term) -> tuple[Term, ...]:
    return term.terms if isinstance(term, Add) else (term,)


def _spread(term: Term) -> Term | None:
    """A product with the square of a sum over an index written as two factors."""
    factors = _factors(term)
    for n, factor in enumerate(factors):
        if isinstance(factor, Pow) and isinstance(factor.base, Sum):
            exponent = factor.exponent
            if isinstance(exponent, Number) and exponent.value in (2, 3):
                same = (factor.base,) * int(exponent.value)
                return Mul((*factors[:n], *same, *factors[n + 1 :]))
    return None


def _exp(parts: tuple[Term, ...]) -> Term:
    return Function("exp", (Add(parts) if len(parts) > 1 else parts[0],))


def _is_even_power_of_abs(term: Term) -> bool:
    match term:
        case Pow(Function("abs", _), Number(exponent)):
            return exponent % 2 == 0
    return False


def _is_square_of_sine(term: Term) -> bool:
    match term:
        case Pow(Function("sin", _), Number(two)):
            return two == 2
    return False


def _is_log(term: Term) -> bool:
    return isinstance(term, Function) and term.name == "log"


def _deltas(body: Term, index: Index) -> bool:
    return any(isinstance(f, Delta) and index in (f.left, f.right) for f in _factors(body))


def _shrinks(old: Sum, new: Term) -> bool:
    return any(isinstance(f, Sum) and f.body is not old.body for f in _factors(new))


def reduced(polynomial: Polynomial, scope: Scope) -> Polynomial:
    """Numerators divided by the composite denominators below them, as far as that goes.

    With w = a + b and lead term a: a / w becomes 1 - b / w.  This is what lets
    a / (a + b) + b / (a + b) be seen as 1 when its two parts stand in different sums.
    """
    arithmetic = scope.facts.arithmetic
    for _ in range(200):
        for monomial, coefficient in polynomial.items():
            step = _division(monomial, arithmetic)
            if step is not None:
                arithmetic.spend(len(polynomial))
                rest = {m: c for m, c in polynomial.items() if m != monomial}
                polynomial = plus(rest, step, coefficient)
                break
        else:
            return polynomial
    return polynomial


def _division(monomial: Monomial, arithmetic: Any) -> Polynomial | None:
    exponents = dict(monomial)
    for atom, exponent in monomial:
        if isinstance(atom, Add) and exponent <= -1:
            composite = arithmetic.expand(atom)
            if ONE in composite and _raises(exponents, composite):
                # 1 / (a (1 + a)) = 1 / a - 1 / (1 + a)
                slope = ratio(1, composite[ONE])
                rest = {m: ratio(-c, composite[ONE]) for m, c in composite.items() if m}
                higher = _clean({**exponents, atom: exponent + 1})
                return plus({higher: slope}, arithmetic.times({monomial: 1}, rest))
            lead = _lead(composite)
            if lead is None:
                continue
            if all(_divides(exponents, factor, power) for factor, power in lead):
                quotient = dict(exponents)
                for factor, power in lead:
                    quotient[factor] -= power
                scale = ratio(1, composite[lead])
                raised = {**quotient, atom: exponent + 1}
                base = {_clean(quotient): scale}
                tail = {m: -c for m, c in composite.items() if m != lead}
                return plus({_clean(raised): scale}, arithmetic.times(base, tail))
    return None


def _raises(exponents: Exponents, composite: Polynomial) -> bool:
    """Whether all monomials but the constant one raise a negative exponent."""
    return any(
        all(not m or any(a is atom and e > 0 for a, e in m) for m in composite)
        for atom, exponent in exponents.items()
        if exponent < 0
    )


def _divides(exponents: Exponents, factor: Term, power: Rational) -> bool:
    have = exponents.get(factor, 0)
    return have >= power if power > 0 else have <= power


def _clean(exponents: Exponents) -> Monomial:
    return frozenset((a, e) for a, e in exponents.items() if e)


def _lead(composite: Polynomial) -> Monomial | None:
    """The monomial of highest degree, by which a denominator divides."""
    if any(e != 1 and e.denominator != 1 for m in composite for _, e in m):
        return None
    ranked = sorted(
        (m for m in composite if m),
        key=lambda m: (sum(max(e, -e) for _, e in m), sorted(order(a) for a, _ in m)),
    )
    return ranked[-1] if ranked else None
