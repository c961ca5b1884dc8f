"""What a text is silent about: open quantities that it may take for functions of others.

A letter that nothing defines is a constant where one differentiates, and mostly it is meant to
be.  It may not be where the text treats it as the quantities that do depend on the variable:
the ``R`` of ``J = L + R``, where L depends on w; a "prediction $p$"; and where a loss would
depend on its parameter through open letters or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from derive.logic.problem import Claim, Context
from derive.logic.terms import (
    Add,
    Application,
    Derivative,
    Index,
    Mul,
    Number,
    Pow,
    Term,
    Variable,
    names,
)
from derive.meaning.contexts import has_parameter
from derive.meaning.notation import readable
from derive.meaning.within import subterms

__all__ = ["Silence"]

_LOSSES = {"L", "J", "C", "E", "F", "\\ell", "Loss", "loss", "cost"}
# What is added to a loss, and may be a function of the weights, too; C is a constant.
_ADDED = (_LOSSES - {"C", "F"}) | {"R", "\\Omega", "\\Phi", "reg", "Reg", "penalty"}
_ENERGIES, _PARTS = {"E", "L", "H", "\\mathcal{L}", "\\mathcal{H}"}, {"T", "V", "U", "K"}
_PREDICTED = re.compile(r"\{?\\(?:hat|widehat)\s*\{?y\b")
# What functions are called that have no other name, as in the product rule.
_FUNCTIONS = frozenset("uvfgh")
_MARKED = re.compile(r"\\(?:tilde|hat|bar|widetilde|widehat|overline)\s*\{?([^{}]+)\}?$")


@dataclass(frozen=True)
class Silence:
    """What the text says of how its quantities vary.

    ``constant``: pairs (name, variable) such that the name does not depend on the variable, ""
    for any; ``varying``: names that the words call a prediction, a penalty and the like;
    ``arguments``: what a name is written as a function of; ``defined``: names with a definition.
    ``parameters``: those that stand below a name elsewhere.
    """

    constant: frozenset[tuple[str, str]] = frozenset()
    varying: frozenset[str] = frozenset()
    arguments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    defined: frozenset[str] = frozenset()
    parameters: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def broken(self, claim: Claim) -> str:
        """What a proof of the claim would take for granted; "" for nothing."""
        sides = [list(_derivatives(side)) for side in (claim.left, claim.right)]
        spoken = frozenset(
            d.body.name
            for d in chain.from_iterable(sides)
            if isinstance(d.body, Variable | Application)
        )
        for derivatives, others in (sides, sides[::-1]):
            elsewhere = {other.variable.name for other in others}
            for derivative in derivatives:
                named = self._assumed(derivative, claim.context, elsewhere)
                named = named or self._moves_too(derivative, claim.context, spoken)
                if named:
                    shown = sorted(map(readable, named))
                    on = readable(derivative.variable.name)
                    verb = "does" if len(shown) == 1 else "do"
                    listed = ", ".join(shown)
                    return (
                        f"it holds if {listed} {verb} not depend on {on}, "
                        "which the text does not say"
                    )
        return ""

    def untold(self, claim: Claim) -> str:
        """Of what the text does not say how it depends on what it is differentiated by.

        ``dC/dy`` of a C that is made of distances d, where no formula says that they are those
        between the y: what such a derivative would be, were it 0, refutes nothing.
        """
        for side, other in ((claim.left, claim.right), (claim.right, claim.left)):
            for derivative in _derivatives(side) if names(other) else ():
                by, body = derivative.variable.name, derivative.body
                reached = _reached((body,), claim.context)
                if by in reached or not isinstance(body, Variable):
                    continue
                made = claim.context.definition(body.name) is not None
                made = made or any(u.name == body.name for u in claim.context.unknowns)
                if made and self._assumed(derivative, claim.context, set()):
                    return (
                        f"nothing that was read says how {readable(body.name)} "
                        f"depends on {readable(by)}"
                    )
        return ""

    def _assumed(
        self, derivative: Derivative, context: Context, elsewhere: set[str]
    ) -> frozenset[str]:
        """Open names that a derivative takes for constants, which they may not be."""
        by = derivative.variable.name
        reached = _reached((derivative.body,), context)
        open_ = frozenset(
            name
            for name in reached
            if context.definition(name) is None and not self._is_constant(name, by)
        )
        if by not in reached:
            explicit = any(by in self.arguments.get(name, ()) for name in reached)
            explicit = explicit or any(_are_components(name, by) for name in open_)
            return frozenset() if explicit or by in elsewhere else open_
        predicted = {name for name in open_ if name in self.varying}
        if "y" not in self.defined:  # beside y = w x + b a hat above y names what it should be
            predicted |= {name for name in open_ if _PREDICTED.match(name)}
        below = _reached_from(by, context)  # x = h - y is made of h, and not h of x
        told = frozenset(n for n in predicted - below if by not in _reached_from(n, context))
        return told or self._added(derivative, context)

    def _moves_too(
        self, derivative: Derivative, context: Context, spoken: frozenset[str]
    ) -> frozenset[str]:
        """``p_\\theta`` where one derives by theta, and the u of ``y = u v`` beside a slope of v.

        So is the p of a text that writes p_theta, too.  ``spoken``: of whose slopes it speaks.
        """
        by = derivative.variable.name
        terms = (derivative.body, *(d.body for d in context.definitions))
        parts = [part for term in terms for part in subterms(term)]
        plain = {part.name for part in parts if isinstance(part, Variable)}
        open_ = {
            name
            for name in plain & _reached((derivative.body,), context) - spoken - {by}
            if context.definition(name) is None
            and not self._is_constant(name, by)
            and by not in _reached_from(name, context)
        }
        found = {n for n in open_ if has_parameter(n, by) or by in self.parameters.get(n, ())}
        if any(by in u.depends_on and u.name in _FUNCTIONS for u in context.unknowns):
            found |= open_ & _FUNCTIONS
        return frozenset(found)

    def _is_constant(self, name: str, by: str) -> bool:
        return not {(name, ""), (name, by)}.isdisjoint(self.constant)

    def _added(self, derivative: Derivative, context: Context) -> frozenset[str]:
        """The R of ``J = L + R`` where L depends on the variable."""
        by = derivative.variable.name
        reached = _reached((derivative.body,), context)
        for definition in context.definitions:
            if definition.name not in reached:
                continue
            whole = _base(definition.name)
            parts = _PARTS if whole in _ENERGIES else set()
            parts = parts | (_ADDED if whole in _LOSSES or whole.startswith("\\mathcal") else set())
            for term in subterms(definition.body) if parts else ():
                if not isinstance(term, Add):
                    continue
                moves = [by in _reached((t,), context) for t in term.terms]
                for addend, moved in zip(term.terms, moves, strict=True):
                    name = _quantity(addend)
                    if moved or not name or not any(moves):
                        continue
                    base = _base(name)
                    known = context.definition(name) is not None
                    if known and by in self.arguments.get(definition.name, ()):
                        continue  # L(x, y) = L_x + L_y
                    like = base in parts or (parts & _LOSSES and base.startswith("\\mathcal"))
                    if like and not self._is_constant(name, by):
                        return frozenset({name})
        return frozenset()


_COMPONENT = re.compile(r"(?P<array>.*)_\{?[0-9, ]+\}?$")


def _are_components(one: str, other: str) -> bool:
    """x_12 and x_21: what is made of some entries of an array is made of no other ones."""
    first, second = _COMPONENT.match(one), _COMPONENT.match(other)
    return first is not None and second is not None and first["array"] == second["array"]


def _derivatives(term: Term) -> Iterator[Derivative]:
    return (part for part in subterms(term) if isinstance(part, Derivative))


def _quantity(term: Term) -> str:
    """The name in ``R``, ``-R``, ``\\lambda R``: the only one that is no small Greek letter."""
    factors = term.factors if isinstance(term, Mul) else (term,)
    found = [f for f in factors if not (isinstance(f, Number) or _is_coefficient(f))]
    match found:
        case [Variable(name, indices)] if not any(isinstance(i, Index) for i in indices):
            return name
    return ""


def _is_coefficient(term: Term) -> bool:
    base = term.base if isinstance(term, Pow) else term
    return isinstance(base, Variable) and re.fullmatch(r"\\[a-z]+", _base(base.name)) is not None


def _base(name: str) -> str:
    """The letter of a name, without what stands below it, in its brackets and above it."""
    plain = name.strip("{}").partition("(")[0].partition("_")[0].strip("{} ")
    marked = _MARKED.fullmatch(plain)
    return marked.group(1).strip() if marked is not None else plain


def _reached(terms: Iterable[Term], context: Context) -> frozenset[str]:
    """The names that the terms depend on, by definitions and by what open names depend on."""
    pending = [name for term in terms for name in names(term)]
    for term in terms:
        pending.extend(part.name for part in subterms(term) if isinstance(part, Application))
    unknown = {u.name: u.depends_on for u in context.unknowns}
    found: set[str] = set()
    while pending:
        name = pending.pop()
        if name in found:
            continue
        found.add(name)
        definition = context.definition(name)
        pending.extend(unknown.get(name, ()))
        pending.extend(names(definition.body) if definition is not None else ())
    return frozenset(found)


def _reached_from(name: str, context: Context) -> frozenset[str]:
    return _reached((Variable(name, ()),), context)
