"""Names that a document uses and never introduces.

``sigma(z_i) x_i`` beside a loss of ``w^T x_i``: the author knows what z is, and has not said so
where it could be read.  A claim that fails for other values of z is not refuted by that.  Nor is
one about ``dL/dz`` where nothing but such derivatives speaks of z: the author knows how L depends
on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from derive.logic.problem import Claim, Definition, Equation, Sign
from derive.logic.terms import (
    Add,
    Application,
    Derivative,
    Index,
    Mul,
    Number,
    Sum,
    Term,
    Variable,
    free_indices,
    names,
    parts,
    subterms,
)
from derive.meaning.facts import fact_names
from derive.meaning.state import LOSSES
from derive.meaning.statement import Meaning
from derive.prover.unsaid import reached

LETTERS = re.compile(r"\\[A-Za-z]+|[A-Za-z]")

_CONSTANTS = ("C", "c", "K")  # what a constant that is left open is called
_WORD = re.compile(r"[A-Za-z]{3,}")
_DIFFERENTIAL = re.compile(r"\\(?:partial|mathrm\{d\})\s*\{?\s*\\?[A-Za-z]+")
# Commands, and letters that are not part of a run of three or more.
_OF_NO_WORD = re.compile(
    r"\\[A-Za-z]+|(?<![A-Za-z])[A-Za-z](?![A-Za-z]{2})|(?<=(?<![A-Za-z])[A-Za-z])[A-Za-z](?![A-Za-z])"
)

__all__ = ["of_nothing", "stranger", "unmet_variable", "with_slope_told"]


def _introduced(meaning: Meaning) -> frozenset[str]:
    """The names that definitions and hypotheses hold, and those that are differentiated by.

    Of an equation of which only the text is known, the letters.
    """
    found: set[str] = set()
    for statement in meaning.statements:
        for definition in statement.definitions:
            found |= {definition.name} | names(definition.body) - set(definition.arguments)
        if statement.hypothesis is not None:
            for fact in statement.hypothesis.facts:
                if isinstance(fact, Equation | Sign):
                    found |= fact_names(fact)
        if not (statement.definitions or statement.readings):
            found.update(LETTERS.findall(f"{statement.left} {statement.right}"))
        for claim in (c for reading in statement.readings for c in reading.claims):
            for part in (p for side in (claim.left, claim.right) for p in subterms(side)):
                if isinstance(part, Derivative):
                    found.add(part.variable.name)
    return frozenset(found)


def addend(claims: Iterable[Claim], meaning: Meaning) -> str:
    """The C of ``L = -x + C``, which nothing introduces: what of L does not matter there."""
    introduced = _introduced(meaning)
    found = (_strange(c, introduced) & (_added(c.left) | _added(c.right)) for c in claims)
    return min(chain.from_iterable(found), default="")


def _strange(claim: Claim, introduced: frozenset[str]) -> frozenset[str]:
    """The names on one side of the claim that nothing introduces, such as J_x beside a known x."""
    known = introduced | _supposed(claim)
    letters = {letter for name in known for letter in _pieces(name)}
    alone = (names(claim.left) ^ names(claim.right)) - known
    return frozenset(n for n in alone if letters.isdisjoint(_pieces(n.partition("_")[0])))


def _supposed(claim: Claim) -> frozenset[str]:
    """The names that the hypotheses of a claim speak of."""
    facts = (fact for hypothesis in claim.context.hypotheses for fact in hypothesis.facts)
    return frozenset(name for fact in facts for name in fact_names(fact))


def stranger(claims: Iterable[Claim], meaning: Meaning) -> str:
    """A name that nothing introduces, on one side of a claim about something that is defined."""
    introduced = _introduced(meaning)
    for claim in claims:
        left, right = names(claim.left), names(claim.right)
        defined = [n for n in left | right if claim.context.definition(n) is not None]
        strange = _strange(claim, introduced)
        sides = (s.name for s in (claim.left, claim.right) if isinstance(s, Variable))
        alone = {name for name in sides if len(_pieces(name)) > 1}  # e_h, and no N
        new = (alone & (left ^ right)) - introduced - _supposed(claim)
        if new and defined and claim.context.definition(min(new)) is None:
            return min(new)  # what comes out is given a name, whatever its letters are
        inner = [part for side in (claim.left, claim.right) for part in subterms(side)]
        matrices = {p.name for p in inner if isinstance(p, Variable) and len(p.indices) > 1}
        if not any(isinstance(part, Derivative) for part in inner):
            # "the Hessian is ...", and then v^T H v; or what comes out is called e_h; or "+ C"
            strange &= matrices | _factors(claim.right) | _added(claim.left) | _added(claim.right)
        if strange and defined and not isinstance(claim.right, Number):
            return min(strange)
        # d/dA sum_i l_i = d/dA Tr A: the author knows how the eigenvalues depend on A
        bodies = [names(part.body) for part in inner if isinstance(part, Derivative)]
        lost = [body for body in bodies if body and body <= strange]
        if lost and not isinstance(claim.right, Number):
            return min(min(lost, key=min))
    return ""


def _factors(term: Term) -> frozenset[str]:
    """The quantities with indices that a product is made of: the e of ``-e_h x``."""
    factors = term.factors if isinstance(term, Mul) else (term,)
    return frozenset(f.name for f in factors if isinstance(f, Variable) and f.indices)


def _added(term: Term) -> frozenset[str]:
    """The constants that are added by themselves, as they are called: the C of ``-x + C``."""
    terms = term.terms if isinstance(term, Add) else ()
    added = (t.name for t in terms if isinstance(t, Variable) and not t.indices)
    return frozenset(name for name in added if name.strip("\\{}")[:1] in _CONSTANTS)


def _pieces(name: str) -> list[str]:
    """The letters of a name; one that is a word is a piece as it stands."""
    return [name] if _WORD.fullmatch(name) else LETTERS.findall(name)


def unmet_variable(claims: Iterable[Claim], meaning: Meaning) -> str:
    """A name by which a claim differentiates, and which stands nowhere else in the document."""
    found = {
        part.variable.name
        for claim in claims
        for side in (claim.left, claim.right)
        for part in subterms(side)
        if isinstance(part, Derivative)
        and any(map(claim.context.definition, names(part.body)))
        and part.variable.name not in reached(claim, _values(part.body))
    }
    return min(found - _spoken(meaning), default="") if found else ""


def of_nothing(claim: Claim) -> str:
    """What an open loss or quantity is differentiated by, where no definition holds it.

    ``dC/db = delta``: nothing says how b comes into anything that C is made of.  Of what is no
    loss a number may be claimed: a constant has the slope 0, and no other.
    """
    inner = [p for side in (claim.left, claim.right) for p in subterms(side)]
    held = {name for d in claim.context.definitions for name in (d.name, *names(d.body))}
    held |= {n for p in inner if isinstance(p, Derivative) for n in names(p.body)}
    for side, other in ((claim.left, claim.right), (claim.right, claim.left)):
        match side:
            case Derivative(Variable(loss), Variable(by)) if (loss in LOSSES or names(other)) and (
                by not in held and claim.context.definition(loss) is None and loss != by
            ):
                return by
    return ""


def with_slope_told(claim: Claim, meaning: Meaning) -> tuple[str, Claim | None] | None:
    """An open quantity of which the document says what its slope is, and the claim with it.

    ``dm/dx_i = 1/n`` says that m is a mean where nothing else does: what is false of another m
    is not refuted by that.  The claim is None where the slope depends on data itself.  Of a loss
    a slope is what is claimed, and says nothing that is known.
    """
    made = reached(claim, names(claim.left) | names(claim.right))
    open_ = {u.name for u in claim.context.unknowns} & made - LOSSES
    for statement in meaning.statements if open_ else ():
        for one in (claim for reading in statement.readings for claim in reading.claims):
            match one.left, one.right:
                case Derivative(Variable(name) as of, Variable(by) as variable), slope if (
                    one.relation == "="
                    and name in open_ - {by}
                    and not any(isinstance(part, Derivative) for part in subterms(slope))
                ):
                    linear = _of_slope(of, variable, slope)
                    if linear is None:
                        return name, None
                    unknowns = tuple(u for u in claim.context.unknowns if u.name != name)
                    kept = (*claim.context.definitions, linear)
                    context = replace(claim.context, definitions=kept, unknowns=unknowns)
                    return name, replace(claim, context=context)
    return None


def _of_slope(of: Variable, by: Variable, slope: Term) -> Definition | None:
    """``m = sum_i slope x_i``, where the slope is one for all x."""
    letters = [i for i in by.indices if isinstance(i, Index) and i not in of.indices]
    own = tuple(i for i in of.indices if isinstance(i, Index))
    whole = len(own) == len(set(own)) == len(of.indices)
    if names(slope) or not whole or len(set(letters)) != len(letters):
        return None
    if not free_indices(slope) | free_indices(by) <= {*letters, *own}:
        return None
    body: Term = Mul((slope, by))
    for letter in letters:
        body = Sum(letter, (), body)
    return Definition(of.name, own, (), body)


def _spoken(meaning: Meaning) -> frozenset[str]:
    """The names that stand anywhere but below a derivative."""
    found: set[str] = set()
    for statement in meaning.statements:
        for definition in statement.definitions:
            found |= {definition.name, *definition.arguments} | _values(definition.body)
        if statement.hypothesis is not None:
            for fact in statement.hypothesis.facts:
                if isinstance(fact, Equation | Sign):
                    found |= fact_names(fact)
        if not (statement.definitions or statement.readings):
            written = _DIFFERENTIAL.sub(" ", f"{statement.left} {statement.right}")
            found.update(_OF_NO_WORD.findall(written))
        for claim in (c for reading in statement.readings for c in reading.claims):
            found |= _values(claim.left) | _values(claim.right)
    return frozenset(found)


def _values(term: Term) -> frozenset[str]:
    """The names in a term, but for those that it only differentiates by."""
    if isinstance(term, Derivative):
        return _values(term.body)
    own = {term.name} if isinstance(term, Variable | Application) else set()
    return frozenset(own).union(*(_values(part) for part in parts(term) if isinstance(part, Term)))
