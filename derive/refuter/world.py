"""The definitions and open functions of a context: what depends on what.

``∂/∂y`` by a defined name y holds y as an independent variable, and everything that y is made
of is then constant.  Where the body depends on something that y is made of, and not only
through y, the author may have meant either; such a derivative is *ambiguous* and is not
evaluated.  So is a derivative by a name whose definition refers to itself, and that of an
open E(y, v) by y where v depends on y: v may be held or not.
"""

from __future__ import annotations

from derive.logic.problem import Context, Definition, Unknown
from derive.logic.terms import Derivative, Shift, Term, Variable, subterms
from derive.refuter.occurrences import Node, Occurrences, occurrences

__all__ = ["Ambiguous", "World"]


class Ambiguous(Exception):
    """A derivative that has more than one meaning."""


class World:
    """What the names mean where a claim stands."""

    def __init__(self, context: Context) -> None:
        self.definitions: dict[str, Definition] = {}
        for definition in context.definitions:
            self.definitions.setdefault(definition.name, definition)
        self.unknowns: dict[str, Unknown] = {
            unknown.name: unknown for unknown in context.unknowns if unknown.depends_on
        }
        self._reach: dict[Node, frozenset[Node]] = {}
        self._reaches: dict[str, tuple[tuple[int, int], ...]] = {}
        self._unambiguous: set[tuple[Derivative, frozenset[str]]] = set()

    def _steps(self, node: Node) -> set[Node]:
        """The names that a name is made of directly."""
        name, applied = node
        definition = self.definitions.get(name)
        if definition is not None:
            nodes = set(occurrences(definition.body).nodes)
            if applied:
                nodes -= {(argument, False) for argument in definition.arguments}
            return nodes
        if name in self.unknowns and not applied:
            return {(other, False) for other in self.unknowns[name].depends_on}
        return set()

    def reach(self, node: Node) -> frozenset[Node]:
        """All names that a name is made of, through every definition; itself only if recursive."""
        known = self._reach.get(node)
        if known is None:
            known = self._reach[node] = self._closure({node})
        return known

    def _closure(self, start: set[Node], stop: str | None = None) -> frozenset[Node]:
        """What the names of ``start`` are made of, without looking into ``stop``."""
        found: set[Node] = set()
        stack = [node for node in start if node[0] != stop]
        while stack:
            for step in self._steps(stack.pop()) - found:
                found.add(step)
                if step[0] != stop:
                    stack.append(step)
        return frozenset(found)

    def depends(self, name: str, other: str) -> bool:
        """Whether the variable ``name`` depends on the variable ``other``."""
        return (other, False) in self.reach((name, False))

    def reaches(self, definition: Definition) -> tuple[tuple[int, int], ...]:
        """How far before the first position and after the last each index of a recurrence goes.

        What lies there is what it begins with, and data: h_0 of h_n = a h_{n-1}, but neither
        h_{-1} nor what would follow the last.  (0, 0) for an index that does not recur: a
        definition says nothing outside of its ranges.
        """
        known = self._reaches.get(definition.name)
        if known is None:
            shifts = [
                (place, index.offset)
                for needed in (definition, *self.needed([definition.body]))
                for part in subterms(needed.body)
                if isinstance(part, Variable) and part.name == definition.name
                for place, index in enumerate(part.indices)
                if isinstance(index, Shift)
            ]
            offsets = [
                [0, *(offset for own, offset in shifts if own == place)]
                for place in range(len(definition.indices))
            ]
            known = self._reaches[definition.name] = tuple((min(o), max(o)) for o in offsets)
        return known

    def _by_an_argument(self, derivative: Derivative) -> bool:
        """dL/du of an open L(u, v): v is held, whatever both are made of."""
        name, body = derivative.variable.name, derivative.body
        unknown = self.unknowns.get(body.name) if isinstance(body, Variable) else None
        on = unknown.depends_on if unknown is not None else ()
        return name in on and not any(self.depends(name, other) for other in on)

    def check(self, derivative: Derivative, local: frozenset[str] = frozenset()) -> None:
        """Raises Ambiguous where the derivative has more than one meaning.

        ``local``: formal arguments in force, which hide the names outside.
        """
        if (derivative, local) in self._unambiguous:
            return
        name = derivative.variable.name
        upstream = self.reach((name, False))
        if (name, False) in upstream:
            raise Ambiguous(f"{name} is differentiated by and its definition refers to itself")
        nodes = {n for n in occurrences(derivative.body).nodes if n[1] or n[0] not in local}
        otherwise = nodes | self._closure(nodes, stop=name)
        for unknown in (self.unknowns[n] for n, _ in otherwise if n in self.unknowns):
            between = [other for other in unknown.depends_on if self.depends(other, name)]
            if name in unknown.depends_on and between:
                raise Ambiguous(
                    f"{unknown.name} depends on {name} otherwise than through {min(between)}"
                )
        if upstream and not self._by_an_argument(derivative):
            shared = {n for n, applied in upstream & otherwise if not applied}
            if shared:
                raise Ambiguous(
                    f"the derivative by {name} is of something that depends on "
                    f"{min(shared)} otherwise than through {name}"
                )
        self._unambiguous.add((derivative, local))

    def needed(self, terms: list[Term]) -> list[Definition]:
        """All definitions that the terms need, by name."""
        names = sorted({name for name, _ in self.nodes(terms)})
        return [self.definitions[name] for name in names if name in self.definitions]

    def nodes(self, terms: list[Term]) -> set[Node]:
        """The names in the terms and all that these are made of; formal arguments are none."""
        start = {node for term in terms for node in occurrences(term).nodes}
        return start | self._closure(start)

    def survey(self, terms: list[Term]) -> list[Occurrences]:
        """What occurs in the terms and in all definitions that they need."""
        return [occurrences(t) for t in (*terms, *(d.body for d in self.needed(terms)))]

    def shapes(self, terms: list[Term]) -> dict[tuple[str, int], tuple[str, ...]]:
        """The ranges of the indices of every variable, by name and number of indices."""
        found: dict[tuple[str, int], tuple[str, ...]] = {}
        for seen in self.survey(terms):
            found.update(seen.shapes)
        everything: list[Unknown | Definition]
        everything = [*self.unknowns.values(), *self.definitions.values()]
        for named in everything:
            found[named.name, len(named.indices)] = tuple(i.range for i in named.indices)
        return found
