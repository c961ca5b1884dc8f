"""Missing hypotheses: small natural assumptions under which a false step is true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from derive.algebra.arithmetic import Refused
from derive.logic.facts import instance
from derive.logic.problem import (
    AtLeast,
    Claim,
    Context,
    Different,
    Equation,
    Fact,
    Hypothesis,
    Same,
    Sign,
)  # fmt: skip
from derive.logic.terms import (
    Binder,
    Delta,
    Derivative,
    Index,
    IndexTerm,
    Label,
    Mul,
    Number,
    Position,
    Pow,
    Size,
    Sum,
    Term,
    Variable,
    free_indices,
    own_indices,
    subterms,
)  # fmt: skip
from derive.meaning.facts import fact_names, with_differences
from derive.prover.explain import spell

ONE, ZERO, TWO = Number(Fraction(1)), Number(Fraction(0)), Number(Fraction(2))


def with_hypothesis(claim: Claim, *new: Hypothesis) -> Claim:
    """The claim with more hypotheses in force."""
    context = replace(claim.context, hypotheses=(*claim.context.hypotheses, *new))
    return replace(claim, context=context)


def one_hot(name: str, indices: tuple[Index, ...], slot: int) -> tuple[Fact, ...]:
    """t is one-hot along one of its indices: sum t = 1, t_i^2 = t_i, t_i t_j = 0 for i != j."""
    index = indices[slot]
    other = Index(index.name + "'", index.range)
    t = Variable(name, indices)
    elsewhere = Variable(name, (*indices[:slot], other, *indices[slot + 1 :]))
    rest = tuple(i for i in indices if i is not index)
    return (
        Equation(Sum(index, (), t), ONE, rest),
        Equation(Pow(t, TWO), t, indices),
        Equation(Mul((t, elsewhere)), ZERO, (*indices, other), ((index, other),)),
    )


def candidates(claim: Claim, coinciding: bool = True) -> Iterator[Hypothesis]:
    """Hypotheses worth a try, the smallest first; ``coinciding``: also that two indices do."""
    if coinciding:
        yield from _about_indices(claim)
    yield from _of_all_positions(claim)
    everything = _data(claim)
    moved = _differentiated(claim)  # nobody fixes what he differentiates by
    variables = [(name, indices) for name, indices in everything if name not in moved]
    for name, indices in variables:
        for index in indices:
            rest = tuple(i for i in indices if i is not index)
            total = Equation(Sum(index, (), Variable(name, indices)), ONE, rest)
            yield Hypothesis((total,), f"\\sum_{{{index.name}}} {_spell(name, indices)} = 1")
    for name, indices in everything:
        sign = Sign(Variable(name, indices), ">=", indices)
        yield Hypothesis((sign,), f"{_spell(name, indices)} \\geq 0")
        sign = Sign(Variable(name, indices), ">", indices)
        yield Hypothesis((sign,), f"{_spell(name, indices)} > 0")
    for range_ in sorted(_ranges(claim) | {i.range for _, indices in everything for i in indices}):
        for least in (2, 3) if range_ in _with_places(claim) else (2,):
            larger = with_differences(AtLeast(range_, least))
            yield Hypothesis(larger, f"{range_} \\geq {least}")
    yield from _equal_sizes(claim)
    yield from _written_sizes(claim)
    for name, indices in variables:
        if len({i.range for i in indices}) == 1 and len(indices) == 2:
            equal = Equation(Variable(name, indices), Variable(name, indices[::-1]), indices)
            yield Hypothesis((equal,), f"{name} {SYMMETRIC}")
    told = frozenset().union(*(fact_names(f) for h in claim.context.hypotheses for f in h.facts))
    # Of all numbers, ((sum x)^2 = sum x^2), nobody means that all but one of them are 0.
    variables = [v for v in variables if len(everything) > 1 or v[0] in told]
    for name, indices in variables:
        for slot in range(len(indices)):
            along = f" along {indices[slot].name}" if len(indices) > 1 else ""
            yield Hypothesis(
                one_hot(name, indices, slot),
                f"{_spell(name, indices)} \\text{{ one-hot{along}}}",
            )
    yield from _unit_vectors(claim, variables)


def _of_all_positions(claim: Claim) -> Iterator[Hypothesis]:
    """``m_i = 1`` before ``\\sum_i m_i x_i``: of one i, and so it was meant of all.

    Where it is 0, that is hardly what was meant: "u_i = 0 for i != k".
    """
    bound = {
        part.index
        for t in (claim.left, claim.right)
        for part in subterms(t)
        if isinstance(part, Binder)
    }
    for given in claim.context.hypotheses:
        for fact in given.facts:
            match fact:
                case Equation(Variable(_, indices) as left, Number() as right, (), ()):
                    letters = tuple(i for i in indices if isinstance(i, Index) and i in bound)
                    if letters and len(letters) == len(indices) and right is not ZERO:
                        every = ", ".join(i.name for i in letters)
                        said = f"{given.source} \\text{{ for all }} {every}"
                        yield Hypothesis((Equation(left, right, letters),), said)


def is_often_unsaid(candidate: Hypothesis) -> bool:
    """Whether texts leave it to the reader: how many positions there are, a symmetric Sigma."""
    sizes = all(isinstance(fact, AtLeast) for fact in candidate.facts[:1])
    covariance = candidate.source.startswith("\\Sigma") and candidate.source.endswith(SYMMETRIC)
    return sizes or covariance or RUNS_OVER in candidate.source


def says_nothing(claim: Claim) -> Claim | None:
    """The claim that both sides are 0, which is no reason to suppose what makes it true.

    None where one of the sides is written as 0: that is what is claimed.
    """
    if ZERO in (claim.left, claim.right):
        return None
    return replace(claim, right=ZERO, rounding=None)


RUNS_OVER = " runs over "
SYMMETRIC = "\\text{ symmetric}"


def _written_sizes(claim: Claim) -> Iterator[Hypothesis]:
    """N = 3 for a range of which the sides show the positions 1, 2 and 3: ``x_1 + x_2 + x_3``."""
    shown: dict[str, set[int]] = {}
    for part in (part for side in (claim.left, claim.right) for part in subterms(side)):
        for at in own_indices(part):
            if isinstance(at, Position):
                shown.setdefault(at.range, set()).add(at.value)
    for range_ in sorted(shown):
        most = len(shown[range_])
        if most > 1 and shown[range_] == set(range(1, most + 1)):
            size = Equation(Size(range_), Number(Fraction(most)))
            yield Hypothesis((size,), f"{range_} = {most}")


def _equal_sizes(claim: Claim) -> Iterator[Hypothesis]:
    """``\\prod_{j \\neq k} c = c^{N-1}``: that j runs over N positions, which nothing says."""
    parts = (*subterms(claim.left), *subterms(claim.right))
    sizes = {part.range for part in parts if isinstance(part, Size)}
    bound = {p.index.range: p.index.name for p in parts if isinstance(p, Binder)}
    for range_, letter in sorted(bound.items()):
        open_ = range_ not in sizes and range_.isalpha()  # and not N + 1
        for size in sorted(sizes) if open_ else ():
            equal = Equation(Size(range_), Size(size))
            yield Hypothesis(
                (equal,), f"{letter} \\text{{ runs over }} {size} \\text{{ positions}}"
            )


def _with_places(claim: Claim) -> set[str]:
    """The ranges of which the claim names single positions."""
    parts = (*subterms(claim.left), *subterms(claim.right))
    found = (index for part in parts for index in own_indices(part))
    return {index.range for index in found if isinstance(index, Position)}


def _ranges(claim: Claim) -> set[str]:
    """The ranges of the sums of a claim, and those whose sizes it mentions."""
    parts = (*subterms(claim.left), *subterms(claim.right))
    sizes = {part.range for part in parts if isinstance(part, Size)}
    return sizes | {part.index.range for part in parts if isinstance(part, Binder)}


def _differentiated(claim: Claim) -> frozenset[str]:
    parts = (*subterms(claim.left), *subterms(claim.right))
    return frozenset(part.variable.name for part in parts if isinstance(part, Derivative))


def _unit_vectors(
    claim: Claim, variables: list[tuple[str, tuple[Index, ...]]]
) -> Iterator[Hypothesis]:
    """t_i = 1 at the position of a free letter and 0 elsewhere: the label of an example."""
    # A letter that is free on one side, and bound in a sum as well, has leaked from that sum:
    # that is not what is missing.
    sides = (claim.left, claim.right, *(d.body for d in claim.context.definitions))
    bound = {p.index.name for term in sides for p in subterms(term) if isinstance(p, Binder)}
    left, right = free_indices(claim.left), free_indices(claim.right)
    letters = sorted(
        (i for i in left | right if i in left & right or i.name not in bound), key=repr
    )
    whole = {  # vectors without a written index: their author speaks of no component
        part.name
        for part in _unfolded(claim)
        if isinstance(part, Variable)
        and any(isinstance(i, Index) and i.name.startswith("°") for i in part.indices)
    }
    for name, indices in variables:
        if name in whole:
            continue
        for letter in letters:
            if len(indices) == 1 and letter.range == indices[0].range:
                (index,) = indices if indices[0] is not letter else _letters((letter, letter))[1:]
                here = Equation(Variable(name, (index,)), Delta(index, letter), (index,))
                source = f"{_spell(name, (index,))} = \\delta_{{{index.name} {letter.name}}}"
                yield Hypothesis((here,), source)


def _spell(name: str, indices: tuple[Index, ...]) -> str:
    return f"{name}_{{{', '.join(i.name for i in indices)}}}" if indices else name


def _about_indices(claim: Claim) -> Iterator[Hypothesis]:
    free = free_indices(claim.left) | free_indices(claim.right)
    found: set[IndexTerm] = set(free)
    for part in _unfolded(claim):
        found |= {i for i in own_indices(part) if isinstance(i, Label) and _open(i, free)}
    settled = {
        frozenset((fact.left, fact.right))
        for hypothesis in claim.context.hypotheses
        for fact in hypothesis.facts
        if isinstance(fact, (Same, Different))
    }
    pairs = [
        (a, b) if isinstance(a, Index) else (b, a)
        for a, b in combinations(sorted(found, key=repr), 2)
        if a.range == b.range and frozenset((a, b)) not in settled
    ]
    for a, b in pairs:
        yield Hypothesis((Different(a, b),), f"{spell(a)} \\neq {spell(b)}")
    for a, b in pairs:
        yield Hypothesis((Same(a, b),), f"{spell(a)} = {spell(b)}")


def _unfolded(claim: Claim) -> Iterator[Term]:
    """All subterms of the claim, and of the definitions of what it speaks of."""
    queue: list[Term] = [claim.left, claim.right]
    opened: set[Term] = set()
    while queue:
        for part in subterms(queue.pop()):
            yield part
            if isinstance(part, Variable) and part not in opened and len(opened) < 50:
                opened.add(part)
                try:
                    queue.append(instance(claim.context.definition(part.name), part.indices))
                except Refused:
                    continue


def _open(label: Label, free: frozenset[Index]) -> bool:
    return all(i in free for i in label.indices if isinstance(i, Index))


def _data(claim: Claim) -> list[tuple[str, tuple[Index, ...]]]:
    """Data that the claim speaks of, directly or by definitions, with letters for its indices."""
    context: Context = claim.context
    unknown = {u.name for u in context.unknowns}
    found: dict[str, tuple[Index, ...]] = {}
    queue: list[Term] = [claim.left, claim.right]
    opened: set[str] = set()
    while queue:
        for part in subterms(queue.pop()):
            for variable in (part, part.variable) if isinstance(part, Derivative) else (part,):
                if not isinstance(variable, Variable) or variable.name in opened:
                    continue
                opened.add(variable.name)
                definition = context.definition(variable.name)
                if definition is not None:
                    queue.append(definition.body)
                elif variable.name not in unknown:
                    found[variable.name] = _letters(variable.indices)
    return sorted(found.items())


def _unwritten(index: IndexTerm) -> bool:
    """Whether an index is a letter that the program gave and no author."""
    return isinstance(index, Index) and index.name[0] in "#@°"


def _letters(indices: tuple[IndexTerm, ...]) -> tuple[Index, ...]:
    letters: list[Index] = []
    for index in indices:
        name = index.name if isinstance(index, Index) and not _unwritten(index) else "i"
        letter = Index(name, index.range)
        for other in "ijklmnpqr":
            if letter.name not in {i.name for i in letters}:
                break
            letter = Index(other, index.range)
        letters.append(letter)
    return tuple(letters)
