"""What a text leaves unsaid of a claim's quantities, so that a counterexample shows nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.logic.problem import Claim, Equation, Fact
from derive.logic.terms import (
    Application,
    Derivative,
    Shift,
    Term,
    Variable,
    children,
    names,
    subterms,
)
from derive.meaning.facts import fact_names
from derive.meaning.notation import readable
from derive.meaning.state import LOSSES

_FACE = re.compile(
    r"\\(?:mathbf|boldsymbol|bm|vec|mathrm|mathcal|mathbb|mathsf|text)\b|[{]|\^\{?o\}?$"
)
_SLOPE = re.compile(r"(?:\\partial|d) (?P<loss>.*)/(?:\\partial|d) ")

__all__ = [
    "holds_other_arguments",
    "is_difference_quotient",
    "is_unrelated",
    "law_of_an_open_function",
    "made_of_itself",
    "made_of_others",
    "of_one_moment",
    "of_two_layers",
    "reached",
    "slope_of_an_open_name",
    "slope_on_one_side",
    "sloped_only",
    "slopes_in_a_circle",
    "slopes_of_an_unknown",
    "spoken_of",
    "written_otherwise",
]  # fmt: skip


def reached(claim: Claim, found: frozenset[str]) -> frozenset[str]:
    """The names, and those that they are defined by."""
    reached: set[str] = set()
    pending = list(found)
    while pending:
        name = pending.pop()
        if name not in reached:
            reached.add(name)
            definition = claim.context.definition(name)
            pending.extend(names(definition.body) if definition is not None else ())
    return frozenset(reached)


def spoken_of(claim: Claim, found: frozenset[str]) -> bool:
    """Whether a hypothesis speaks of one of the names.

    ``U_{ij} = u_{ji}`` says what U is, and of u nothing, where the claim is not about U.
    """
    said = [fact for h in claim.context.hypotheses for fact in h.facts]
    used = names(claim.left) | names(claim.right)
    renamed = {
        name
        for name in frozenset[str]().union(*map(fact_names, said)) - used
        if claim.context.definition(name) is None
        and all(_is_renaming(fact) for fact in said if name in fact_names(fact))
    }
    return any(fact_names(f) & found and not fact_names(f) & renamed for f in said)


def _is_renaming(fact: Fact) -> bool:
    """Whether a fact gives all components of an array another name."""
    match fact:
        case Equation(Variable(one, here), Variable(other, there)):
            return one != other and len(set(here)) == len(here) > 1 and set(here) == set(there)
    return False


def made_of_others(claim: Claim) -> str:
    """A function of m, differentiated by m, that was read as made of other things and no m.

    ``l(m) = prod_i f_X(x_i)`` says nothing of m as long as f is not known to depend on it.
    """
    for side, against in ((claim.left, claim.right), (claim.right, claim.left)):
        for part in subterms(side):
            match part:
                case Derivative(Application(name, _, arguments, _), by) if by in arguments:
                    definition = claim.context.definition(name)
                    if definition is None or isinstance(definition.body, Variable):
                        continue
                    made_of = reached(claim, names(definition.body))
                    strange = made_of - reached(claim, names(against)) - {by.name}
                    formal = definition.arguments[arguments.index(by)]
                    if formal in made_of - names(definition.body):
                        return name  # by way of others, where it is another than the argument
                    if formal not in made_of and len(strange) > 1:
                        return name
                case Derivative(Variable(name), by) if by.name != name:
                    definition = claim.context.definition(name)
                    if definition is None or by.name in reached(claim, names(part.body)):
                        continue
                    # dL/df = p - t, where p is made of f: the author means L as made of f, too.
                    others = names(against) - {by.name}
                    if by.name in reached(claim, others):
                        return name
    return ""


def made_of_itself(claim: Claim) -> str:
    """The open a of ``a_n = sum_i w_i z_i`` where z_n was defined by a_n: another layer's is meant.

    Where only what has the same index is made of it, both equations speak of one quantity.
    """
    match claim.left:
        case Variable(name, here) if claim.context.definition(name) is None:
            made = [
                part
                for part in subterms(claim.right)
                if isinstance(part, Variable)
                and part.name != name
                and name in reached(claim, frozenset((part.name,)))
            ]
            if made and all(part.indices != here for part in made):
                return name if name not in names(claim.right) else ""
    return ""


def slopes_in_a_circle(claim: Claim) -> str:
    """The p of ``dp/dV dV/dT dT/dp``: each is a function of the others, as nothing says how."""
    moves: dict[str, set[str]] = {}
    for part in (p for side in (claim.left, claim.right) for p in subterms(side)):
        match part:
            case Derivative(Variable(name), by) if claim.context.definition(name) is None:
                if by.name != name:
                    moves.setdefault(name, set()).add(by.name)
    for name in sorted(moves):
        pending, seen = [name], set[str]()
        while pending:
            for other in moves.get(pending.pop(), ()):
                if other == name:
                    return name
                if other not in seen:
                    seen.add(other)
                    pending.append(other)
    return ""


def slopes_of_an_unknown(claim: Claim) -> str:
    """The x of ``dx/da = s dx/db + t dx/dc``, of which nothing says how it depends on a, b, c.

    Where b is made of a, the chain rule says how one slope follows from the other.
    """
    match claim.left:
        case Derivative(Variable(name) as of, by) if claim.context.definition(name) is None:
            slopes = [p for p in subterms(claim.right) if isinstance(p, Derivative)]
            against = [p.variable for p in slopes if getattr(p.body, "name", "") == name]
            # dy/dx = dy/du dx/du says how they hang together, and f'(x) in it does not.
            between = {other.name for other in against}
            for p in (p for p in slopes if p.body != of):
                joined = names(p.body) | {p.variable.name}
                if by.name in joined and joined & between:
                    return ""
            below = reached(claim, frozenset((by.name,)))
            if against and not any(
                other is by
                or other.name in below
                or by.name in reached(claim, frozenset((other.name,)))
                for other in against
            ):
                return name
    return ""


def slope_of_an_open_name(claim: Claim) -> str:
    """The open y of ``dL/dy dy/dx = dL/dy f'(x)``, where nothing on the right is made of y by x.

    The equation says what y is, as far as its slope does.
    """
    through = {u.name: u.depends_on for u in claim.context.unknowns}
    for side, other in ((claim.left, claim.right), (claim.right, claim.left)):
        moved = [p for p in subterms(other) if isinstance(p, Derivative)]
        mine = {p for p in subterms(side) if isinstance(p, Derivative)}
        for part in subterms(side):
            match part:
                case Derivative(Variable(name), by) if by.name in through.get(name, ()):
                    slopes = (
                        _made_of(claim, p.body) for p in moved if _meet(claim, p.variable, by)
                    )
                    # Or in another slope, as y in dy/dx = dy/du du/dx.
                    others = (p for p in moved if p not in mine)
                    own = any(name in names(p.body) | {p.variable.name} for p in others)
                    if not own and name not in frozenset().union(*slopes):
                        return name
    return ""


def _meet(claim: Claim, one: Variable, other: Variable) -> bool:
    """Whether one is the other, or made of it, as the normalised inputs are of the inputs."""
    above, below = (reached(claim, frozenset((v.name,))) for v in (one, other))
    return one.name in below or other.name in above


def _made_of(claim: Claim, term: Term) -> frozenset[str]:
    """The names in a term, and those that they depend on, also where that is not said how."""
    through = {u.name: u.depends_on for u in claim.context.unknowns}
    found: frozenset[str] = frozenset()
    new = names(term)
    while new - found:
        found |= new
        new = reached(claim, found).union(*(through.get(name, ()) for name in found))
    return found


def sloped_only(claim: Claim, name: str) -> bool:
    """Whether an open f that stands on one side is a slope f' there, and below the other side.

    ``dL/dx = dL/dy f'(x)``, where L is a function of y and ``y = x + f(x)``: no law of f.
    """
    for side, other in ((claim.left, claim.right), (claim.right, claim.left)):
        if any(isinstance(p, Application) and p.name == name for p in subterms(side)):
            values = (p for p in _beside_slopes(side) if isinstance(p, Application))
            if not any(p.name == name and not any(p.orders) for p in values):
                return name in _made_of(claim, other) - names(other)
    return False


def _beside_slopes(term: Term) -> Iterator[Term]:
    """The subterms, but for what a derivative is of, and is taken by."""
    if not isinstance(term, Derivative):
        yield term
        for part in children(term):
            yield from _beside_slopes(part)


def law_of_an_open_function(claim: Claim) -> str:
    """The f of ``f'(x) = f(x)``, of which nothing else is known: the equation says which it is."""
    for side, other in ((claim.left, claim.right), (claim.right, claim.left)):
        made = map(claim.context.definition, reached(claim, names(other)))
        bodies = (other, *(d.body for d in made if d is not None))
        if any(
            isinstance(p, Derivative) or any(getattr(p, "orders", ()))
            for term in bodies
            for p in subterms(term)
        ):
            continue  # h' = f' g, where h = f g, and delta = f'(z) e, a slope by z
        for part in subterms(side):
            match part:
                case Application(name, _, _, orders) if any(orders):
                    if claim.context.definition(name) is None:
                        return name
    return ""


def slope_on_one_side(claim: Claim) -> str:
    """The open C of ``\\partial C/\\partial z = z - y``: it may be the loss with this slope."""
    found = [reached(claim, names(side)) for side in (claim.left, claim.right)]
    if spoken_of(claim, frozenset(n for side in found for n in side if _SLOPE.match(n))):
        return ""
    losses = [{m["loss"] for n in side if (m := _SLOPE.match(n)) is not None} for side in found]
    return min(losses[0] ^ losses[1], default="")


def of_two_layers(claim: Claim) -> str:
    """``dL/dz`` where the claim is made of those of z^l and of z^{l+1}, as if both were free.

    The one is made of the other by the layer between them.
    """
    at: dict[str, set[int]] = {}
    pending = [(claim.left, 0), (claim.right, 0)]
    seen: set[tuple[str, int]] = set()
    while pending:
        term, moved = pending.pop()
        for part in (p for p in subterms(term) if isinstance(p, Variable)):
            here = moved + sum(i.offset for i in part.indices if isinstance(i, Shift))
            if abs(here) > 2 or (part.name, here) in seen:
                continue
            seen.add((part.name, here))
            if _SLOPE.match(part.name):
                at.setdefault(part.name, set()).add(here)
            definition = claim.context.definition(part.name)
            pending.extend([(definition.body, here)] if definition is not None else ())
    return min((name for name, offsets in at.items() if len(offsets) > 1), default="")


def of_one_moment(claim: Claim) -> tuple[str, str] | None:
    """A loss ``L_t`` that is differentiated by ``y_t``, and what of y it may depend on alone.

    The loss of a moment or an example is one of what belongs to it, which few pages say.
    """
    open_ = {u.name: u for u in claim.context.unknowns if u.indices and u.name in LOSSES}
    for part in (p for side in (claim.left, claim.right) for p in subterms(side)):
        match part:
            case Derivative(Variable(name, own), Variable(by, others)) if name in open_:
                shared = [i for i in own if i in others]
                if shared and by in open_[name].depends_on:
                    letter = getattr(shared[0], "name", "")
                    return f"{name}_{letter}", readable(f"{by}_{letter}")
    return None


def is_difference_quotient(claim: Claim) -> bool:
    """``f'(x) = (f(x + h) - f(x)) / h``, of a function that is open: true in the limit."""
    for one, other in ((claim.left, claim.right), (claim.right, claim.left)):
        parts = tuple(subterms(one)) + tuple(subterms(other))
        slopes = {p.name for p in parts if isinstance(p, Application) and any(p.orders)}
        slopes |= {p.body.name for p in parts
                   if isinstance(p, Derivative) and isinstance(p.body, Application)}  # fmt: skip
        for name in slopes:
            places = {
                p.arguments
                for p in parts
                if isinstance(p, Application) and p.name == name and not any(p.orders)
            }
            inside = [frozenset().union(*map(names, at)) for at in places]
            steps = any(one != another for one in inside for another in inside)
            if claim.context.definition(name) is None and steps:
                return True
    return False


def written_otherwise(claim: Claim, primed: bool) -> tuple[str, str] | None:
    """An open x on one side alone, beside a bold x or an X: perhaps one quantity.

    ``\\hat y = b + w \\mathbf{x}`` says nothing of the x_i, and few texts say that they are the
    components of the bold x; none that it is another.  An X of other components than x_ij is one.
    ``primed``: a prime is the author's, and does not only tell two uses of a letter apart.
    """
    open_ = [_data_below(claim, side) for side in (claim.left, claim.right)]
    terms = (claim.left, claim.right, *(d.body for d in claim.context.definitions))
    counts = {
        part.name: len(part.indices)
        for term in terms
        for part in subterms(term)
        if isinstance(part, Variable)
    }
    marks = "" if primed else "'"

    bare = {x: _FACE.sub("", x).replace("}", "").rstrip(marks) for x in open_[0] | open_[1]}
    faces: dict[str, list[str]] = {}
    for name in sorted(bare):
        faces.setdefault(bare[name].lower(), []).append(name)
    for name in sorted(open_[0] ^ open_[1]):
        for twin in faces[bare[name].lower()]:
            both = frozenset((name, twin))
            alike = bare[name] == bare[twin] or counts.get(name) == counts.get(twin)
            if name != twin and alike and not (spoken_of(claim, both) or _equated(claim, both)):
                return name, twin
    return None


def _equated(claim: Claim, both: frozenset[str]) -> bool:
    """Whether a hypothesis says something of two names together: the u_i are the rows of U."""
    return any(both <= fact_names(fact) for h in claim.context.hypotheses for fact in h.facts)


def _data_below(claim: Claim, side: Term) -> set[str]:
    """The names without a definition that a side is made of; arguments of functions are none."""
    found: set[str] = set()
    seen: set[str] = set()
    pending = list(names(side))
    while pending:
        name = pending.pop()
        definition = claim.context.definition(name)
        if definition is None:
            found.add(name)
        elif name not in seen:
            seen.add(name)
            pending.extend(names(definition.body) - set(definition.arguments))
    return found


def is_unrelated(claim: Claim) -> bool:
    """A derivative on one side, and several open quantities on the other that it never meets."""
    for one, other in ((claim.left, claim.right), (claim.right, claim.left)):
        here, there = reached(claim, names(one)), names(other)
        if isinstance(one, Derivative) and len(there) > 1 and here.isdisjoint(there):
            spoken = spoken_of(claim, here | there)
            open_ = not any(map(claim.context.definition, there))
            if claim.relation == "=" and open_ and not spoken:
                return True
    return False


def holds_other_arguments(claim: Claim) -> bool:
    """``df(h_t, w)/dw``, where h depends on w: it may be the slope by the last argument alone."""
    for side in (claim.left, claim.right):
        for part in subterms(side):
            if not isinstance(part, Derivative) or not isinstance(part.body, Application):
                continue
            inside = part.body.arguments
            others = [a for a in inside if a is not part.variable]
            if part.variable in inside and any(
                part.variable.name in reached(claim, names(a)) for a in others
            ):
                return True
    return False
