"""Terms written out at an explicit N, as SymPy expressions without a single symbolic sum.

Independent of ``derive.logic`` but for the classes of its terms: substitution, unfolding and
derivatives are SymPy's own, on plain symbols such as z_1 and z_2.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sympy

from derive.logic import problem, terms

Positions = Mapping[str, int]

FUNCTIONS = {
    "exp": sympy.exp,
    "log": sympy.log,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "tanh": sympy.tanh,
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "abs": sympy.Abs,
    "sigmoid": lambda x: 1 / (1 + sympy.exp(-x)),
    "softplus": lambda x: sympy.log(1 + sympy.exp(x)),
    "pi": lambda: sympy.pi,
}


@dataclass(frozen=True)
class World:
    """The definitions in force, and N for every range."""

    context: problem.Context
    size: int

    def position(self, index: terms.IndexTerm, at: Positions) -> int:
        match index:
            case terms.Index(name, _):
                return at[name]
            case terms.Position(value, _):
                return value if value > 0 else self.size + value
            case terms.Shift(base, offset):
                return at[base.name] + offset
        raise NotImplementedError(f"label {index}")

    def symbol(self, name: str, positions: tuple[int, ...]) -> sympy.Symbol:
        return sympy.Symbol("_".join([name, *map(str, positions)]), real=True)

    def write(
        self,
        term: terms.Term,
        at: Positions,
        values: Mapping[str, sympy.Expr] | None = None,
        held: frozenset[str] = frozenset(),
    ) -> sympy.Expr:
        """``values``: of the arguments of a function; ``held``: names that are not unfolded."""
        values = values or {}

        def inner(term: terms.Term) -> sympy.Expr:
            return self.write(term, at, values, held)

        match term:
            case terms.Number(value):
                return sympy.Rational(value.numerator, value.denominator)
            case terms.Size(_):
                return sympy.Integer(self.size)
            case terms.Variable(name, ()) if name in values:
                return values[name]
            case terms.Variable(name, indices):
                positions = tuple(self.position(index, at) for index in indices)
                return self.quantity(name, positions, held)
            case terms.Application(name, indices, arguments, orders):
                return self.application(name, list(map(inner, arguments)), orders, held)
            case terms.Function(name, arguments):
                return FUNCTIONS[name](*map(inner, arguments))
            case terms.Delta(left, right):
                return sympy.Integer(self.position(left, at) == self.position(right, at))
            case terms.Add(summands):
                return sympy.Add(*map(inner, summands))
            case terms.Mul(factors):
                return sympy.Mul(*map(inner, factors))
            case terms.Pow(base, exponent):
                return sympy.Pow(inner(base), inner(exponent))
            case terms.Binder(index, excluded, body):
                left_out = {self.position(other, at) for other in excluded}
                written = [
                    self.write(body, {**at, index.name: here}, values, held)
                    for here in range(1, self.size + 1)
                    if here not in left_out
                ]
                if isinstance(term, terms.Sum):
                    return sympy.Add(*written)
                return (sympy.Mul if isinstance(term, terms.Product) else sympy.Max)(*written)
            case terms.Derivative(body, terms.Variable(name, indices)):
                positions = tuple(self.position(index, at) for index in indices)
                inside = self.write(body, at, values, held | {name})
                slope = sympy.diff(inside, self.symbol(name, positions))
                return slope if name in held else self.release(slope, name, len(indices), held)
        raise NotImplementedError(type(term).__name__)

    def quantity(self, name: str, positions: tuple[int, ...], held: frozenset[str]) -> sympy.Expr:
        definition = self.context.definition(name)
        if name in held or definition is None or definition.arguments:
            for unknown in self.context.unknowns:
                if unknown.name == name and unknown.depends_on:
                    return self.unknown(unknown, positions, held)
            return self.symbol(name, positions)
        at = {i.name: p for i, p in zip(definition.indices, positions, strict=True)}
        return self.write(definition.body, at, {}, held)

    def unknown(
        self, unknown: problem.Unknown, positions: tuple[int, ...], held: frozenset[str]
    ) -> sympy.Expr:
        """L(y_1, ..., y_N): a function about which nothing is known but what it depends on."""
        label = "_".join([unknown.name, *map(str, positions)])
        arguments = [
            self.quantity(name, (place,), held)
            for name in unknown.depends_on
            for place in range(1, self.size + 1)
        ]
        return sympy.Function(label, real=True)(*arguments)

    def application(
        self,
        name: str,
        arguments: list[sympy.Expr],
        orders: tuple[int, ...],
        held: frozenset[str],
    ) -> sympy.Expr:
        formal = [sympy.Dummy(f"x{place}", real=True) for place in range(len(arguments))]
        definition = self.context.definition(name)
        if definition is None:
            value = sympy.Function(name, real=True)(*formal)
        else:
            values = dict(zip(definition.arguments, formal, strict=True))
            value = self.write(definition.body, {}, values, held)
        for variable, order in zip(formal, orders, strict=True):
            value = sympy.diff(value, variable, order) if order else value
        return value.subs(dict(zip(formal, arguments, strict=True)), simultaneous=True)

    def release(self, slope: sympy.Expr, name: str, rank: int, held: frozenset[str]) -> sympy.Expr:
        """A quantity that was held for a derivative is what the document defines again."""
        if self.context.definition(name) is None:
            return slope
        every = itertools.product(range(1, self.size + 1), repeat=rank)
        new = {self.symbol(name, where): self.quantity(name, where, held) for where in every}
        return slope.subs(new, simultaneous=True).doit()


def free(claim: problem.Claim) -> list[str]:
    """The names of the free indices of a claim."""
    indices = terms.free_indices(claim.left) | terms.free_indices(claim.right)
    return sorted(index.name for index in indices)


def assignments(
    world: World, claim: problem.Claim, facts: list[problem.Fact]
) -> Iterator[dict[str, int]]:
    """Positions of the free indices, as ``Same`` and ``Different`` allow."""
    names = set(free(claim))
    for fact in facts:
        if isinstance(fact, problem.Same | problem.Different):
            for side in (fact.left, fact.right):
                names |= {index.name for index in terms.free_indices(side)}
    ordered = sorted(names)
    for positions in itertools.product(range(1, world.size + 1), repeat=len(ordered)):
        at = dict(zip(ordered, positions, strict=True))
        if all(_allows(world, fact, at) for fact in facts):
            yield at


def _allows(world: World, fact: problem.Fact, at: Positions) -> bool:
    match fact:
        case problem.Same(left, right):
            return world.position(left, at) == world.position(right, at)
        case problem.Different(left, right):
            return world.position(left, at) != world.position(right, at)
        case problem.AtLeast(_, minimum):
            return world.size >= minimum
    return True


def equations(world: World, facts: list[problem.Fact], at: Positions) -> list[sympy.Expr]:
    """What the hypotheses say is 0, written out."""
    found: list[sympy.Expr] = []
    for fact in facts:
        if not isinstance(fact, problem.Equation):
            continue
        letters = [index.name for index in fact.every]
        for positions in itertools.product(range(1, world.size + 1), repeat=len(letters)):
            here = {**at, **dict(zip(letters, positions, strict=True))}
            if all(
                world.position(left, here) != world.position(right, here)
                for left, right in fact.different
            ):
                found.append(world.write(fact.left, here) - world.write(fact.right, here))
    return [equation for equation in found if equation != 0]
