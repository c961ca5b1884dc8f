"""Hypotheses that prose states in words, as equations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from derive.logic.problem import (
    AtLeast,
    Different,
    Equation,
    Fact,
    Hypothesis,
    Relation,
    Same,
    Sign,
)
from derive.logic.terms import (
    Add,
    Delta,
    Index,
    Mul,
    Number,
    Position,
    Pow,
    Size,
    Sum,
    Term,
    Variable,
    free_indices,
    names,
    subterms,
)
from derive.meaning.ranges import Ranges
from derive.meaning.trouble import OutOfReach

__all__ = [
    "every",
    "every_compared",
    "every_letter",
    "exclusive",
    "fact_names",
    "hot",
    "indices_of",
    "is_symmetry",
    "lines",
    "membership",
    "of_size",
    "one_hot",
    "one_hot_source",
    "signed",
    "sum_one",
    "symmetric",
    "symmetric_source",
    "where_different",
    "with_differences",
    "without_root",
]

ZERO, ONE, TWO = (Number(Fraction(n)) for n in (0, 1, 2))


def fact_names(fact: Fact) -> frozenset[str]:
    """The names that a fact is about."""
    match fact:
        case Equation(left, right, _, _):
            return names(left) | names(right)
        case Sign(term, _, _):
            return names(term)
    return frozenset()


def _letters(ranges: tuple[str, ...]) -> tuple[Index, ...]:
    return tuple(Index(name, range_) for name, range_ in zip("ijklmn", ranges, strict=False))


def lines(kind: str, matrix: str, vector: str, ranges: Ranges) -> Hypothesis:
    """The rows or columns of a matrix are the vectors of a family, wherever both have a range."""
    turned = "ij" if kind == "rows" else "ji"
    found: dict[Equation, None] = {}
    for at in ranges.sections(f"slot:{matrix}:0", f"slot:{matrix}:1"):
        i, j = (Index(name, ranges.name(f"slot:{matrix}:{n}{at}")) for n, name in enumerate("ij"))
        here = (i, j) if kind == "rows" else (j, i)
        found[Equation(Variable(matrix, (i, j)), Variable(vector, here), (i, j))] = None
    return Hypothesis(tuple(found), f"{matrix}_{{ij}} = {vector}_{{{turned}}}")


def one_hot(name: str, ranges: tuple[str, ...], line: int) -> Hypothesis:
    """``name`` is one-hot in its last index: one component is 1, all others are 0."""
    letters = _letters(ranges)
    rows, i = letters[:-1], letters[-1]
    j = Index("j'", i.range)
    t = Variable(name, (*rows, i))
    other = Variable(name, (*rows, j))
    return Hypothesis(
        (
            Equation(Sum(i, (), t), ONE, rows),
            Equation(Pow(t, TWO), t, letters),
            Equation(Mul((t, other)), ZERO, (*letters, j), ((i, j),)),
        ),
        one_hot_source(name),
        line,
    )


def one_hot_source(name: str) -> str:
    """The words for a one-hot name."""
    return f"{name} \\text{{ one-hot}}"


def exclusive(held: Iterable[Hypothesis]) -> Iterator[Hypothesis]:
    """Of numbers that are 0 or 1 and whose sum is 1, two are never 1: they are one-hot.

    Each comes from two hypotheses, y_i^2 = y_i at all places and a sum over one index of y.
    """
    held = tuple(held)
    binary = {t: h.line for h in held for fact in h.facts if (t := _zero_or_one(fact))}
    stated = {h.source for h in held}
    for hypothesis in held if binary else ():
        for fact in hypothesis.facts:
            match fact:
                case Equation(Sum(i, (), Variable(name, at)), Number(one), every, ()) if one == 1:
                    line = binary.get((name, tuple(getattr(k, "range", "") for k in at)))
                    source = one_hot_source(name)
                    if line is not None and at.count(i) == 1 and source not in stated:
                        j = Index(f"{i.name}'", i.range)
                        other = Variable(name, tuple(j if k is i else k for k in at))
                        both = Mul((Variable(name, at), other))
                        apart = Equation(both, ZERO, (*every, i, j), ((i, j),))
                        yield Hypothesis((apart,), source, max(line, hypothesis.line))


def _zero_or_one(fact: Fact) -> tuple[str, tuple[str, ...]] | None:
    """The name that is 0 or 1 at all of its places by the fact, with the ranges of these."""
    match fact:
        case Equation(Pow(Variable(name, at) as one, Number(two)), right, every, ()):
            letters = [i for i in at if isinstance(i, Index) and i in every]
            if two == 2 and right == one and len(set(letters)) == len(at):
                return name, tuple(i.range for i in letters)
    return None


def hot(component: Variable) -> Equation | None:
    """A one-hot vector whose component at k is 1: every other is 0."""
    *rows, at = component.indices
    i = Index("i'", at.range)
    return Equation(Variable(component.name, (*rows, i)), Delta(i, at), (i,))


def sum_one(name: str, ranges: tuple[str, ...], line: int, place: int = -1) -> Hypothesis:
    """The components of ``name`` sum to 1 over its index at ``place``."""
    letters = _letters(ranges)
    i = letters[place]
    below = ",".join(x.name for x in letters)
    others = tuple(x for x in letters if x is not i)
    return Hypothesis(
        (Equation(Sum(i, (), Variable(name, letters)), ONE, others),),
        f"\\sum_{{{i.name}}} {name}_{{{below}}} = 1",
        line,
    )


def membership(name: str, ranges: tuple[str, ...]) -> Hypothesis:
    """Numbers that are 1 for members of a set and 0 for others."""
    letters = _letters(ranges)
    one = Variable(name, letters)
    return Hypothesis((Equation(Pow(one, TWO), one, letters),), f"{name} \\text{{ is 0 or 1}}")


def is_symmetry(fact: Fact) -> bool:
    """``A_ij = A_ji`` or ``A_ij = -A_ji``: it is said of all i and j."""
    if not isinstance(fact, Equation) or fact.every:
        return False
    right = fact.right
    if isinstance(right, Mul) and right.factors[0] == Number(Fraction(-1)):
        right = right.factors[-1] if len(right.factors) == 2 else right
    match fact.left, right:
        case Variable(one, here), Variable(other, there):
            return one == other and here != there and set(here) == set(there)
    return False


def without_root(fact: Fact) -> Fact:
    """``‖w‖ = 2`` as ``w^T w = 4``, which says the same: a root is defined, and not negative."""
    match fact:
        case Equation(Pow(base, Number(half)), Number(value)) if half == TWO.value**-1:
            return fact if value < 0 else replace(fact, left=base, right=Number(value**2))
        case Equation(Number() as value, Pow() as root):
            turned = replace(fact, left=root, right=value)
            return without_root(turned)
    return fact


def symmetric(name: str, ranges: tuple[str, ...], line: int) -> Hypothesis:
    """A matrix that is its own transpose."""
    i, j = _letters(ranges)
    equal = Equation(Variable(name, (i, j)), Variable(name, (j, i)), (i, j))
    return Hypothesis((equal,), symmetric_source(name), line)


def symmetric_source(name: str) -> str:
    """The words for a symmetric matrix."""
    return f"{name} \\text{{ symmetric}}"


def signed(
    name: str, ranges: tuple[str, ...], relation: Literal[">", ">=", "<", "<="], line: int
) -> Hypothesis:
    """All components of ``name`` are positive, or of another sign."""
    letters = _letters(ranges)
    below = f"_{{{','.join(x.name for x in letters)}}}" if letters else ""
    shown = {">=": "\\geq", "<=": "\\leq"}.get(relation, relation)
    source = f"{name}{below} {shown} 0"
    return Hypothesis((Sign(Variable(name, letters), relation, letters),), source, line)


_MOST_DIFFERENCES = 5


def of_size(left: Term, relation: Relation, right: Term) -> Fact | None:
    """``N >= 2``, ``3 = N``: what is said of the number of positions of a range."""
    if isinstance(right, Size) and isinstance(left, Number):
        mirrored: dict[Relation, Relation] = {"<": ">", "<=": ">=", "=": "="}
        return of_size(right, mirrored[relation], left) if relation in mirrored else None
    if not (isinstance(left, Size) and isinstance(right, Number)):
        return None
    if right.value.denominator != 1 or right.value < 1:
        return None
    least = int(right.value)
    match relation:
        case "=":
            return Equation(left, right)
        case ">=":
            return AtLeast(left.range, least)
        case ">":
            return AtLeast(left.range, least + 1)
    return None


def with_differences(fact: Fact) -> tuple[Fact, ...]:
    """``N >= 3``, and what it says as well.

    N - 1 and N - 2 are positive, and the positions 1 and 2 are neither N nor, of 1, N - 1.
    """
    if not isinstance(fact, AtLeast):
        return (fact,)
    least = min(fact.minimum, _MOST_DIFFERENCES)
    less = (Number(Fraction(-k)) for k in range(1, least))
    positive = (Sign(Add((Size(fact.range), number)), ">") for number in less)
    apart = (
        Different(Position(front, fact.range), Position(-back, fact.range))
        for front in range(1, least)
        for back in range(least - front)
    )
    return (fact, *positive, *apart)


def indices_of(fact: Fact) -> frozenset[Index]:
    """The free letters of a fact."""
    match fact:
        case Equation(left, right, quantified, _):
            return (free_indices(left) | free_indices(right)) - frozenset(quantified)
        case Sign(term, _, quantified):
            return free_indices(term) - frozenset(quantified)
        case Same(left, right) | Different(left, right):
            return frozenset(i for i in (left, right) if isinstance(i, Index))
    return frozenset()


def every(fact: Fact) -> Fact:
    """The fact for all positions of its free letters."""
    match fact:
        case Equation(left, right, (), different):
            return Equation(left, right, _sorted(left, right), different)
        case Sign(term, relation, ()):
            return Sign(term, relation, _sorted(term))
    return fact


def _sorted(*terms: Term) -> tuple[Index, ...]:
    found: frozenset[Index] = frozenset().union(*map(free_indices, terms))
    return tuple(sorted(found, key=lambda i: (i.name, i.range)))


def every_compared(fact: Fact) -> Fact:
    """``t_i = \\delta_{ik}`` says of all components of t what they are, for one k."""
    match fact:
        case Equation(Variable(_, indices), right, (), different):
            compared = {i for part in subterms(right) if isinstance(part, Delta)
                        for i in free_indices(part)}  # fmt: skip
            own = tuple(i for i in indices if isinstance(i, Index) and i in compared)
            if own and compared - set(own):
                return Equation(fact.left, right, own, different)
    return fact


def where_different(fact: Fact, apart: Sequence[Different]) -> Fact:
    """``a_ij = 0`` for i != j says of all entries off the diagonal what they are.

    Raises OutOfReach for a sign, of which no fact says that it holds there only.  That all of these
    are 0 is ``a_ij = \\delta_ij a_ii``, of which sums have one term left.
    """
    match fact:
        case Equation(Variable(name, indices), right, _, ()):
            own = {i for i in indices if isinstance(i, Index)}
            whole = len(own) == len(indices)
            of_one = [d for d in apart if whole and len(own & {d.left, d.right}) == 1]
            if len(of_one) == 1 and right == ZERO:  # u_i = 0 for i != k, u_{ni} = 0 of one n
                (letter,), pair = own & {of_one[0].left, of_one[0].right}, of_one[0]
                k = pair.right if pair.left is letter else pair.left
                at = tuple(k if i is letter else i for i in indices)
                return Equation(fact.left, Mul((Delta(letter, k), Variable(name, at))), (letter,))
            pairs = tuple((d.left, d.right) for d in apart if {d.left, d.right} <= own)
            if pairs and free_indices(right) <= own:
                if right == ZERO and len(pairs) == 1 and len(own) == len(indices) == 2:
                    i, j = pairs[0]
                    d = Variable(name, (indices[0], indices[0]))
                    return Equation(fact.left, Mul((Delta(i, j), d)), _sorted(fact.left))
                return Equation(fact.left, right, _sorted(fact.left), pairs)
        case Equation(left, right, letters, ()):
            pairs = tuple((d.left, d.right) for d in apart if {d.left, d.right} & {*letters})
            return Equation(left, right, letters, pairs)
        case Sign(_, _, letters) if any({d.left, d.right} & {*letters} for d in apart):
            raise OutOfReach("a sign of what two different indices have")
    return fact


def every_letter(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """All facts for all positions of their letters."""
    return tuple(map(every, facts))
