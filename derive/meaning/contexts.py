"""The context of a claim: of all that the document says, what concerns the claim's names."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypeAlias

from derive.logic.problem import (
    AtLeast,
    Claim,
    Context,
    Definition,
    Equation,
    Hypothesis,
    Unknown,
)
from derive.logic.terms import (
    Application,
    Binder,
    Derivative,
    Index,
    IndexTerm,
    Mul,
    Number,
    Position,
    Size,
    Term,
    Variable,
    children,
    names,
    own_indices,
)
from derive.meaning.facts import exclusive, fact_names, with_differences
from derive.meaning.names import PARAMETERS
from derive.meaning.notation import readable
from derive.meaning.outcomes import finitely_many
from derive.meaning.rounding import given_sizes
from derive.meaning.within import subterms
from derive.memory import kept

__all__ = ["Vocabulary", "differentiated", "has_parameter", "parameters_of"]


# The names in the brackets of a name, each a letter with its marks or a command.
_NAMES = re.compile(r"\\[A-Za-z]+(?:\{[^{}]*\})*|[A-Za-z](?:_\{[^{}]*\})?")


def has_parameter(name: str, parameter: str) -> bool:
    """Whether a name such as ``\\pi_{\\theta}`` has the parameter below it.

    The x of W_x is a label, but the time of x_t is none, nor is the w of ``\\mathcal{L}_w``.
    """
    known = parameter in PARAMETERS or parameter == "t" or name.startswith("\\mathcal")
    return known and parameter in _NAMES.findall(name.partition("_")[2])


def parameters_of(written: Iterable[str]) -> dict[str, frozenset[str]]:
    """What stands below a name as a parameter somewhere: the theta of p, where p_theta stands."""
    found: dict[str, frozenset[str]] = {}
    for name in written:
        base, _, below = name.partition("_")
        beside = frozenset(_NAMES.findall(below)) & PARAMETERS
        if beside:
            found[base] = found.get(base, frozenset()) | beside
    return found


def differentiated(term: Term) -> Iterable[tuple[str, str]]:
    """Pairs (name, variable) such that the bare name is differentiated by the variable.

    A quantity that is called ``p(y | x)`` depends on what stands in its brackets, and
    ``\\pi_\\theta`` on its parameter.
    """
    for node in derivatives(term):
        body: Term = node.body
        while isinstance(body, Derivative):
            body = body.body
        if isinstance(body, Variable) and body.name != node.variable.name:
            yield body.name, node.variable.name
        for part in subterms(node.body):
            if isinstance(part, Variable) and "(" in part.name:
                for name in _NAMES.findall(part.name.partition("(")[2]):
                    yield part.name, name
            if isinstance(part, Variable) and has_parameter(part.name, node.variable.name):
                yield part.name, node.variable.name


@kept
def derivatives(term: Term) -> tuple[Derivative, ...]:
    """All derivatives within the term, the outermost first."""
    return tuple(node for node in subterms(term) if isinstance(node, Derivative))


Shape: TypeAlias = tuple[bool, tuple[IndexTerm, ...]]


@dataclass(frozen=True)
class Vocabulary:
    """``dependents``: for each name, the variables that the document differentiates it by.

    ``fixed``: ranges that have the same number of positions throughout.  ``directly``: the text
    says that something depends on a quantity directly, and not only through others.
    """

    dependents: Mapping[str, frozenset[str]]
    fixed: Mapping[str, int] = field(default_factory=dict)
    directly: bool = False

    def context(
        self,
        terms: Iterable[Term],
        definitions: Mapping[str, Definition],
        hypotheses: Iterable[Hypothesis],
        unclear: Mapping[str, frozenset[str]] | None = None,
    ) -> Context:
        """Definitions that the terms need, in the order of need, hypotheses and unknowns.

        ``unclear``: names whose definition is not known, with the names of its summands: where
        one of them is free data that nothing else speaks of, the name may have any value, but
        not any slope.
        """
        terms = tuple(terms)
        found: dict[str, Definition] = {}
        seen: set[str] = set()
        shapes = _shapes(terms)
        pending = sorted(set().union(*map(names, terms)))
        held = tuple(hypotheses)
        for hypothesis in held:
            for fact in hypothesis.facts:
                pending.extend(sorted(fact_names(fact)))
        while pending:
            name = pending.pop(0)
            if name in seen:
                continue
            seen.add(name)
            definition = definitions.get(name)
            if definition is None or not _fits(definition, shapes.get(name)):
                continue
            found[name] = definition
            for inner, shape in _shapes((definition.body,)).items():
                shapes.setdefault(inner, shape)
            pending.extend(sorted(names(definition.body)))
        unknowns = self._unknowns(seen - set(found), definitions, seen, shapes)
        sloped = frozenset[str]().union(
            *(
                names(part.body)
                for term in terms
                for part in subterms(term)
                if isinstance(part, Derivative)
            )
        )
        doubtful = tuple(
            sorted(
                name
                for name, summands in (unclear or {}).items()
                if name in seen - set(found)
                and (
                    name in sloped
                    or not any(x not in seen and x not in definitions for x in summands)
                )
            )
        )
        bodies = [*terms, *(definition.body for definition in found.values())]
        counted = (*self._sizes(bodies), *self._shown(terms, held), *finitely_many(bodies))
        known = (*held, *exclusive(held), *counted)
        return Context(tuple(found.values()), known, unknowns, doubtful)

    def _shown(self, terms: Iterable[Term], held: Iterable[Hypothesis]) -> Iterable[Hypothesis]:
        """A claim about x_2 speaks of two positions or more."""
        most: dict[str, int] = {}
        for part in (part for term in terms for part in subterms(term)):
            for at in own_indices(part):  # but for those that a sum leaves out
                if isinstance(at, Position) and not isinstance(part, Binder):
                    most[at.range] = max(at.value, most.get(at.range, 1))
        known = {f.range for h in held for f in h.facts if isinstance(f, AtLeast)}
        known |= self.fixed.keys() | given_sizes(held).keys()
        for range_, least in sorted(most.items()):
            if least > 1 and range_ not in known:
                facts = with_differences(AtLeast(range_, least))
                yield Hypothesis(facts, f"{range_} \\geq {least}")

    def _sizes(self, terms: Iterable[Term]) -> Iterable[Hypothesis]:
        """A sum from 1 to 10 runs over ten positions, and one from 0 to n over n + 1."""
        parts = [part for term in terms for part in subterms(term)]
        used = {part.index.range for part in parts if isinstance(part, Binder)}
        spoken = used | {part.range for part in parts if isinstance(part, Size)}
        for name in sorted(spoken):
            less, _, more = name.partition("+")
            if more.isdigit() and less in spoken:
                size = Equation(Size(name), Size(less) + Number(Fraction(more)))
                yield Hypothesis((size,), f"{name} = {less} + {more}")
        used |= {at.range for p in parts for at in own_indices(p) if isinstance(at, Position)}
        for name in sorted(used & self.fixed.keys()):
            number = self.fixed[name]
            size = Equation(Size(name), Number(Fraction(number)))
            yield Hypothesis((size,), f"{name} = {number}")

    def _unknowns(
        self,
        data: set[str],
        definitions: Mapping[str, Definition],
        seen: set[str],
        shapes: Mapping[str, Shape],
    ) -> tuple[Unknown, ...]:
        found: list[Unknown] = []
        for name in sorted(data):
            by = self.dependents.get(name, frozenset()) & seen
            upstream = {
                other
                for other in by
                if any(v != other and self._depends(v, other, definitions) for v in by)
                and not self.directly
            }
            near = tuple(
                sorted(v for v in by - upstream if not self._depends(v, name, definitions))
            )
            applied, indices = shapes.get(name, (False, ()))
            if near and not applied:
                letters = tuple(
                    Index(letter, index.range)
                    for letter, index in zip("ijklmnpq", indices, strict=False)
                )
                found.append(Unknown(name, letters, near))
        return tuple(found)

    def left_out(
        self,
        claim: Claim,
        definitions: Mapping[str, Definition],
        unused: Collection[str],
    ) -> str:
        """A quantity between two others that the document speaks of and the claim leaves out.

        ``dL/dx = dL/du du/dx``, where L depends on v, too, and v on x, lacks a term.  A v that was
        defined before and that the document leaves ``unused`` is there for an open L, if anything.
        """
        through = {u.name: u.depends_on for u in claim.context.unknowns}
        pairs = {
            (part.body.name, part.variable.name)
            for side in (claim.left, claim.right)
            for part in subterms(side)
            if isinstance(part, Derivative) and isinstance(part.body, Variable)
        }
        for name, by in sorted(pairs):
            near = through.get(name, ())
            if not near or by in near:
                continue
            said = self.dependents.get(name, frozenset())
            alike = {by.lower(), *(one.lower() for one in near)}  # Z of all the z
            ends = {
                other
                for other in unused
                if other.lower() not in alike and not self._depends(other, name, definitions)
            }
            for other in sorted((said | ends) - {by, *near}):
                if self._passes_by(other, by, near, definitions) and not any(
                    self._depends(one, other, definitions) for one in near
                ):
                    may = "depends" if other in said else "may depend"
                    return (
                        f"{readable(name)} {may} on {readable(other)}, too, "
                        f"which depends on {readable(by)}"
                    )
        return ""

    def _passes_by(
        self, name: str, on: str, others: Iterable[str], definitions: Mapping[str, Definition]
    ) -> bool:
        """Whether ``name`` depends on ``on`` otherwise than through the others."""
        without = {k: d for k, d in definitions.items() if k not in others}
        dependents = {k: by for k, by in self.dependents.items() if k not in others}
        return name not in others and replace(self, dependents=dependents)._depends(
            name, on, without, _made_of
        )

    def _depends(
        self,
        name: str,
        on: str,
        definitions: Mapping[str, Definition],
        made_of: Callable[[Term], frozenset[str]] = names,
    ) -> bool:
        """Whether ``name`` depends on ``on`` by definitions, or by being differentiated by it."""
        seen: set[str] = set()
        pending = [name]
        while pending:
            current = pending.pop()
            if current in seen:
                continue
            seen.add(current)
            if current == on and current != name:
                return True
            definition = definitions.get(current)
            if definition is not None:
                pending.extend(made_of(definition.body))
            else:
                pending.extend(self.dependents.get(current, ()))
        return on in seen and on != name


def _made_of(term: Term) -> frozenset[str]:
    """The names in a term, but for those of ``0 w``, as padding by zeros leaves it."""
    zeros = [t for t in subterms(term) if isinstance(t, Mul) and any(map(_is_zero, t.factors))]
    if not zeros:
        return names(term)
    if isinstance(term, Mul) and term in zeros:
        return frozenset()
    inner = children(term)
    return frozenset().union(*map(_made_of, inner)) if inner else names(term)


def _is_zero(term: Term) -> bool:
    return isinstance(term, Number) and term.value == 0


def _shapes(terms: Iterable[Term]) -> dict[str, Shape]:
    """For each name: whether it is applied to arguments, and indices that it stands with."""
    found: dict[str, Shape] = {}
    for term in terms:
        for node in subterms(term):
            match node:
                case Variable(name, indices):
                    found[name] = (False, indices)
                case Application(name, indices, _, _):
                    found[name] = (True, indices)
                case Derivative(_, variable):
                    found.setdefault(variable.name, (False, variable.indices))
    return found


def _fits(definition: Definition, shape: Shape | None) -> bool:
    """Whether the definition is of the kind that the name is used as."""
    return shape is None or (
        shape[0] == bool(definition.arguments) and len(shape[1]) == len(definition.indices)
    )
