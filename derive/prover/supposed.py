"""Relations that are no theorems: of data that nothing relates, such as ``c = a b`` and ``x > 0``.

Whoever writes them supposes them, sets them, or looks for where they hold.  That they fail for
other data is no news, and refutes nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from derive.logic.problem import Claim, Equation, Fact, Hypothesis, Relation, Sign
from derive.logic.terms import (
    Add,
    Application,
    Binder,
    Derivative,
    Function,
    Mul,
    Number,
    Position,
    Pow,
    Size,
    Sum,
    Term,
    Variable,
    free_indices,
    mapped,
    names,
    subterms,
)
from derive.meaning import facts
from derive.meaning.facts import fact_names
from derive.prover.unsaid import reached, spoken_of
from derive.refuter.refute import Effort, sample

__all__ = ["is_condition", "is_solvable", "is_symmetry"]

ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))
GLANCE = Effort(operations=100_000, seconds=0.3, more_rounds=4)
UNWRITTEN = "#@°"  # how letters begin that stand for what no author wrote
_EXTREME = re.compile(r"_\{?\\?(?:\w+\{)?(?:max|min)\b")


def is_solvable(claim: Claim, given: frozenset[str] = frozenset()) -> bool:
    """Whether a claim says of data alone what one of them is, or where it lies.

    One side is a number, and on the other, beside others, an open quantity stands once that
    nothing else there is made of: ``y (w^T x + b) = 1`` can be solved for b, whatever w is made
    of, and ``2 A^T A x - 2 A^T b = 0``, too.  So no such equation is an identity: there are data
    for which it holds, and others.  ``given``: names that have values in an example.
    """
    for one, other in ((claim.left, claim.right), (claim.right, claim.left)):
        if _data(other) or len(names(one)) < 2:
            continue
        if any(isinstance(part, Derivative) for part in subterms(one)):
            return False
        free = [name for name in names(one) - given if _stands_for_itself(claim, one, name)]
        if any(_is_line_in(claim, one, name) for name in free):
            return True
        if free:
            return _holds_somewhere(claim) if claim.relation == "=" else _holds(claim)
    return False


def _is_of_symmetry(fact: Fact) -> bool:
    """A symmetric matrix has quadratic forms of every sign."""
    if not isinstance(fact, Equation) or not isinstance(fact.right, Variable):
        return False
    return facts.is_symmetry(replace(fact, every=()))


def _is_line_in(claim: Claim, side: Term, name: str) -> bool:
    """Whether a side takes every value as a name in it takes every value."""
    powers = (p for p in subterms(side) if isinstance(p, Pow) and name in names(p))
    others = (b for b in subterms(side) if isinstance(b, Sum) and b.excluded)
    if any(powers) or any(others):
        return False
    another = _renamed(side, name)
    return _fails(replace(claim, left=side, right=another, rounding=None), "=")


def _renamed(term: Term, name: str) -> Term:
    """The term with another quantity in the place of one."""
    if isinstance(term, Variable) and term.name == name:
        return Variable(f"another {name}", term.indices)
    return mapped(term, lambda part: _renamed(part, name) if isinstance(part, Term) else part)


def _stands_for_itself(claim: Claim, side: Term, name: str) -> bool:
    """Whether a side can be solved for an open name, of which the text says nothing else."""
    here = frozenset((name,))
    said = [f for h in claim.context.hypotheses for f in h.facts if name in fact_names(f)]
    if claim.context.definition(name) is not None or not all(map(_is_of_symmetry, said)):
        return False
    return name not in reached(claim, names(side) - here) and _is_once_in(side, name)


def _is_once_in(side: Term, name: str) -> bool:
    """Whether a name stands once in a side, and not within what takes few values."""
    match side:
        case Variable(other):
            return other == name
        case Add(parts) | Mul(parts):
            inside = [part for part in parts if name in names(part)]
            return len(inside) == 1 and _is_once_in(inside[0], name)
        case Pow(base, Number()):
            return _is_once_in(base, name)
        case Sum(_, _, body):
            return _is_once_in(body, name)
    return False


def is_condition(claim: Claim) -> bool:
    """Whether a claim relates data that the text relates nowhere.

    Nothing in it is defined, differentiated or spoken of by a hypothesis; and it equates what is
    made of other data (``a b = c d``), or says what one quantity, one size, or one expression is
    (``c = a b``, ``N = 1``, ``a + b = 1``), or which of two is larger (``x > 0``); and there are
    data for which it holds.
    """
    left, right = _data(claim.left), _data(claim.right)
    if facts.is_symmetry(Equation(claim.left, claim.right)) and claim.relation == "=":
        return _is_open(claim, left | right)
    if claim.relation != "=":
        return _is_comparison(claim, left, right) or _bounds_open_function(claim)
    plain = isinstance(claim.right, Size | Number) or not names(claim.right)
    said = isinstance(claim.left, Size | Variable) or _counts(claim)
    if said and plain:
        if any(map(claim.context.definition, left)):
            return False
        return not spoken_of(claim, left) or (_is_one_entry(claim) and _holds_somewhere(claim))
    in_full = not any(isinstance(part, Binder) for part in subterms(claim.left))
    if isinstance(claim.right, Variable) and not left and in_full:  # log 1 = y
        return not any(map(claim.context.definition, right)) and not spoken_of(claim, right)
    geometric = not (left and right) and _is_geometric(claim)
    if geometric and _is_open(claim, left | right, spoken=True):
        if ZERO in _sides(claim) and any(isinstance(s, Pow) for s in _sides(claim)):
            if not spoken_of(claim, left | right):
                return True  # a length, which is 0 where all of the data are
        if _is_constraint(claim) and not spoken_of(claim, left | right):
            return True
        return _holds_somewhere(claim)
    if not _is_open(claim, left | right):
        return False
    if left - right and right - left:
        return True
    if _is_constraint(claim):
        return True
    if _are_places(claim.left, claim.right) or _is_fixed_by(claim.left, claim.right):
        return True
    if left and right and _is_of_angle(claim, left ^ right):
        return True
    sides = ((claim.left, claim.right), (claim.right, claim.left))
    return any(
        isinstance(one := _of_square(side, other), Variable | Application)
        and one.name not in names(other)
        and (bool(names(other)) or isinstance(other, Number))
        for side, other in sides
    )


def _is_one_entry(claim: Claim) -> bool:
    """``Y_{12} = 0``: of one entry of data, whatever is known of all of them."""
    match claim.left:
        case Variable(_, indices):
            return bool(indices) and all(isinstance(i, Position) for i in indices)
    return False


def _counts(claim: Claim) -> bool:
    """``M C``, a number of parameters: a product of sizes, of which the text has given none."""
    if not isinstance(claim.left, Mul):
        return False
    given = {
        part
        for hypothesis in claim.context.hypotheses
        for fact in hypothesis.facts
        if isinstance(fact, Equation)
        for part in subterms(fact.left)
    }
    return all(isinstance(part, Size) and part not in given for part in claim.left.factors)


def _of_square(side: Term, other: Term) -> Term:
    """The s of ``s^2 = a + b``, which says what s is up to its sign."""
    match side:
        case Pow(base, Number(exponent)) if exponent == 2 and names(other):
            return base
    return side


def _bounds_open_function(claim: Claim) -> bool:
    """``|\\phi'(a)| = c \\leq 1`` of a function that the document leaves open: a property of it."""
    inside = reached(claim, names(claim.left) | names(claim.right))
    bodies = (d.body for d in claim.context.definitions if d.name in inside)
    return claim.relation != "!=" and any(
        isinstance(part, Application) and claim.context.definition(part.name) is None
        for term in (claim.left, claim.right, *bodies)
        for part in subterms(term)
    )


def _is_constraint(claim: Claim) -> bool:
    """``\\sqrt{\\sum_i w_i^2} = 1/2``, ``y \\theta x > 0``: a side of data alone and a number."""
    for one, other in ((claim.left, claim.right), (claim.right, claim.left)):
        if not isinstance(other, Number):
            continue
        if claim.relation != "=":
            plain = (
                isinstance(p, Variable | Number | Mul | Add | Sum | Pow) for p in subterms(one)
            )
            return other.value == 0 and all(plain)
        if other.value > 0 and isinstance(one, Pow) and isinstance(one.base, Sum):
            return one.exponent == Number(Fraction(1, 2))
    return False


_TRANSPOSE = re.compile(
    r"\^\s*\{?\s*(?:\\(?:mathrm|mathsf|text)\{T\}|T|\\top|\\intercal)\s*\}?\s*$"
)


def is_symmetry(left: str, right: str, claim: Claim) -> bool:
    """``H = H^T``: a property of a matrix that is open, or made of others that are.

    They may be of a kind, diagonal or orthogonal, of which only the words tell.
    """
    for one, other in ((left, right), (right, left)):
        bare, count = _TRANSPOSE.subn("", other)
        if count and bare.strip() == one.strip():
            inside = reached(claim, names(claim.left))
            return any(
                isinstance(part, Variable)
                and len(part.indices) > 1
                and part.name in inside
                and claim.context.definition(part.name) is None
                for term in (claim.left, *(d.body for d in claim.context.definitions))
                for part in subterms(term)
            )
    return False


def _data(term: Term) -> frozenset[str]:
    """The names in a term, and the sizes that it mentions."""
    parts = tuple(subterms(term))
    sizes = {part.range for part in parts if isinstance(part, Size)}
    ranges = {part.index.range for part in parts if isinstance(part, Binder)}
    return names(term).union(sizes, ranges if sizes else ())


def _are_places(left: Term, right: Term) -> bool:
    """Two components of one name at numbered places: ``x_1 = x_2``."""
    return all(
        isinstance(side, Variable)
        and bool(side.indices)
        and all(isinstance(index, Position) for index in side.indices)
        for side in (left, right)
    )


def _is_fixed_by(left: Term, right: Term) -> bool:
    """``\\mathcal{F} h = h``: what an operator does not change, whatever it does."""
    return any(
        isinstance(one, Variable)
        and isinstance(other, Mul)
        and one in other.factors
        and len(other.factors) > 1
        and all(isinstance(factor, Variable) for factor in other.factors)
        and any("\\mathcal" in name or "\\mathscr" in name for name in names(other) - {one.name})
        for one, other in ((left, right), (right, left))
    )


def _is_of_angle(claim: Claim, lonely: frozenset[str]) -> bool:
    """``x^T y = |x| |y| cos a``: it says what the angle is, which stands nowhere else."""
    waves = [
        part
        for side in (claim.left, claim.right)
        for part in subterms(side)
        if isinstance(part, Function) and part.name in ("sin", "cos")
    ]
    return (
        len(waves) == 1
        and isinstance(waves[0].arguments[0], Variable)
        and (names(waves[0]) == lonely)
    )


def _is_open(claim: Claim, found: frozenset[str], spoken: bool = False) -> bool:
    """Whether names are there, all of them of data that nothing defines, varies or speaks of.

    ``spoken``: hypotheses may speak of them.
    """
    sides = (claim.left, claim.right)
    return (
        bool(found)
        and not any(map(claim.context.definition, found))
        and not any(isinstance(p, Derivative) for side in sides for p in subterms(side))
        and (spoken or not spoken_of(claim, found))
    )


def _is_comparison(claim: Claim, left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether an inequality holds for some data, and tells them from others.

    One that holds for no data is false.  So is one between two expressions in the same data,
    ``\\log x > x``, and one that fails only at its bound, ``e^x + e^{-x} > 2``: they are meant
    of all data.
    """
    if not left | right:
        return False
    if claim.relation == "!=":  # of two expressions that agree for some data
        return _fails(claim, "=")
    bounds = [name for name in left | right if _EXTREME.search(name)]
    free = [
        name
        for name in left ^ right
        if claim.context.definition(name) is None
        and name not in reached(claim, left) & reached(claim, right)
    ]
    if not bounds and not (left and right and free) and not _is_open(claim, left | right):
        return False
    if not (left - right and right - left) and left and right and not bounds:
        if not _is_alone(claim):
            return False
    upward = claim.relation in (">", ">=")
    holds = _fails(claim, "<=" if upward else ">=")
    return holds and (ZERO in (claim.left, claim.right) or _fails(claim, ">=" if upward else "<="))


def _is_alone(claim: Claim) -> bool:
    """Whether one side is a name that the other does not mention."""
    sides = ((claim.left, claim.right), (claim.right, claim.left))
    return any(isinstance(a, Variable | Application) and a.name not in names(b) for a, b in sides)


def _is_geometric(claim: Claim) -> bool:
    """Whether a side is what only a condition sets to a number.

    A length, a scalar product, a matrix product (``x^T y = 0``, ``V^T V = I``), the cosine of an
    angle, or a line (``a x + b y + c = 0``).
    """
    angle = any(isinstance(s, Function) and s.name in ("sin", "cos") for s in _sides(claim))
    if angle:
        return any(isinstance(s, Number) and s.value in (-1, 0, 1) for s in _sides(claim))
    return any(map(_is_measure, _sides(claim)))


def _sides(claim: Claim) -> tuple[Term, Term]:
    return claim.left, claim.right


def _is_measure(side: Term) -> bool:
    match side:
        case Sum(index, _, body):
            whole = index.name[0] in UNWRITTEN  # of vectors whose components nobody names
            return whole and _is_bilinear(body) and index in free_indices(body)
        case Pow(base, Number()):
            return _is_measure(base)
        case Add(terms):
            lines = [t for t in terms if isinstance(t, Mul) and len(names(t)) > 1]
            sums = [t for t in terms if isinstance(t, Sum) and _is_measure(t)]
            rest = [t for t in terms if isinstance(t, Variable | Number)]
            squares = [t for t in terms if isinstance(t, Pow) and _is_bilinear(t)]
            if len(squares) > 1 and len(squares) == len(terms):  # a circle
                return all(t.base.indices for t in squares if isinstance(t.base, Variable))
            whole = len(lines) + len(sums) + len(rest) == len(terms)
            return whole and (bool(sums) or len(terms) > 2)
    return False


def _is_bilinear(body: Term) -> bool:
    """``w_i^2``, ``(x_i - y_i)^2`` and ``x_i y_i``."""
    match body:
        case Pow(Variable(), Number(value)):
            return value == 2
        case Pow(Add(terms), Number(value)):  # the distance of two vectors
            return value == 2 and all(_is_component(t) for t in terms)
        case Mul(factors):
            return sum(isinstance(f, Variable) and bool(f.indices) for f in factors) == 2
        case Sum(_, _, inner):
            return _is_bilinear(inner)
    return False


def _is_component(term: Term) -> bool:
    """``x_i`` and ``-x_i``."""
    factors = term.factors if isinstance(term, Mul) else (term,)
    found = [f for f in factors if not isinstance(f, Number)]
    return len(found) == 1 and isinstance(found[0], Variable) and bool(found[0].indices)


def _holds_somewhere(claim: Claim) -> bool:
    """Whether an equation holds for some data: exactly, or between others that lie apart."""
    free = replace(claim, rounding=None)
    if _fails(free, "!=") or (_fails(free, "<=") and _fails(free, ">=")):
        return True
    waves = {
        part
        for side in (claim.left, claim.right)
        for part in subterms(side)
        if isinstance(part, Function) and part.name in ("sin", "cos")
    }
    if len(waves) != 1:
        return False
    (wave,) = waves
    height = Variable("height", ())
    inside = (Sign(height + ONE, ">="), Sign(ONE - height, ">="))
    given = (*claim.context.hypotheses, Hypothesis(inside, "height"))
    sides = [_put(side, wave, height) for side in (claim.left, claim.right)]
    if any(names(wave) & names(side) for side in sides):
        return False
    context = replace(claim.context, hypotheses=given)
    return _fails(replace(free, left=sides[0], right=sides[1], context=context), "!=")


def _put(term: Term, old: Term, new: Term) -> Term:
    if term is old:
        return new
    return mapped(term, lambda part: _put(part, old, new) if isinstance(part, Term) else part)


def _holds(claim: Claim) -> bool:
    """Whether an inequality holds for some data."""
    opposite: dict[Relation, Relation] = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "!=": "="}
    return _fails(claim, opposite[claim.relation])


def _fails(claim: Claim, relation: Relation) -> bool:
    """Whether some data are known for which the two sides are not so related."""
    return sample(replace(claim, relation=relation), GLANCE).contradiction is not None
