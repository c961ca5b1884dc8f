"""Where the letters stand: all positions of few letters, telling ones of many, ties kept."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from derive.logic.problem import AtLeast, Context, Different, Equation, Hypothesis, Same, Sign
from derive.logic.terms import Index, IndexTerm, Label, Position, Shift
from derive.refuter.positions import assignments, contradictory, least_sizes
from derive.refuter.refute import hypotheses_have_model, refute, sample
from derive.refuter.sampling import Draw
from tests.refuter.formulas import (
    ONE,
    TWO,
    ZERO,
    N,
    claim,
    delta,
    different,
    given,
    i,
    j,
    k,
    m,
    minus,
    num,
    p,
    power,
    q,
    same,
    sqrt,
    summed,
    t,
    times,
    x,
    z,
)

CLASS, OTHER = Label("c", (), "N"), Label("d", (), "N")
OF_ROW = Label("e", (p,), "N")
OF_CLASS = Label("c", (OTHER,), "N")


def placed(
    letters: tuple[Index, ...], sizes: dict[str, int], *hypotheses: Hypothesis
) -> list[tuple[dict[Index, int], dict[tuple[str, tuple[int, ...]], int]]]:
    found = []
    for seed in range(1, 30):
        found += list(assignments(letters, sizes, hypotheses, Draw("simple", seed)))
    return found


def positions(found: Iterable[tuple[dict[Index, int], object]]) -> list[tuple[int, ...]]:
    return [tuple(indices.values()) for indices, _ in found]


def test_all_positions_where_there_are_at_most_sixteen() -> None:
    once = list(assignments((i, j), {"N": 4}, (), Draw("simple")))
    assert sorted(positions(once)) == [(a, b) for a in range(1, 5) for b in range(1, 5)]
    assert positions(assignments((), {"N": 4}, (), Draw("simple"))) == [()]


@pytest.mark.parametrize("sizes", [{"N": 9, "M": 2}, {"N": 3, "M": 7}, {"N": 1, "M": 30}])
def test_many_positions_are_in_range_and_each_is_tried_once(sizes: dict[str, int]) -> None:
    letters = (i, p, j, q, k)
    for seed in range(1, 7):
        found = positions(assignments(letters, sizes, (), Draw("simple", seed)))
        assert len(set(found)) == len(found) > 3
        for places in found:
            for letter, place in zip(letters, places, strict=True):
                assert 1 <= place <= sizes[letter.range]
        last = tuple(sizes[letter.range] for letter in letters)
        assert (1, 1, 1, 1, 1) in found
        assert last in found


def test_among_many_positions_some_coincide_and_some_are_all_different() -> None:
    found = positions(placed((i, j, k, m), {"N": 8}))
    assert any(len(set(places)) == 4 for places in found)
    for a in range(4):
        for b in range(a):
            assert any(places[a] == places[b] and len(set(places)) == 3 for places in found)


def place(
    index: IndexTerm,
    indices: dict[Index, int],
    labels: dict[tuple[str, tuple[int, ...]], int],
    sizes: dict[str, int],
) -> int:
    match index:
        case Label(name, inner, _):
            return labels[name, tuple(place(n, indices, labels, sizes) for n in inner)]
        case Position(value, range_):
            return value if value > 0 else sizes[range_] + value
        case Shift(base, offset):
            return indices[base] + offset
        case Index():
            return indices[index]


TIES: dict[str, tuple[Same | Different, ...]] = {
    "letters": (Same(i, j), Different(j, k)),
    "a label": (Same(i, CLASS),),
    "a label, turned": (Same(CLASS, i), Different(CLASS, j)),
    "two labels": (Same(CLASS, OTHER),),
    "two labels that differ": (Different(CLASS, OTHER), Different(i, CLASS)),
    "a label that is no letter": (Different(i, CLASS), Different(j, CLASS)),
    "a label of a row": (Same(OF_ROW, i), Different(OF_ROW, j)),
    "a label of a label": (Same(OTHER, i), Same(OF_CLASS, j)),
    "a position": (Same(CLASS, Position(2, "N")), Different(i, Position(0, "N"))),
    "a neighbour": (Same(CLASS, Shift(i, 1)),),
    "a neighbour before": (Same(CLASS, Shift(i, -1)), Different(j, Shift(i, 1))),
}


@pytest.mark.parametrize("name", TIES)
@pytest.mark.parametrize("size", [3, 5])
def test_ties_hold_at_every_point_and_points_are_found(name: str, size: int) -> None:
    sizes = {"N": size, "M": 2}
    found = placed((i, j, k, p), sizes, given(*TIES[name]))
    assert len(found) > 10
    assert len({tuple(indices.items()) for indices, _ in found}) > 5
    for indices, labels in found:
        for tie in TIES[name]:
            left, right = (place(s, indices, labels, sizes) for s in (tie.left, tie.right))
            assert (left == right) == isinstance(tie, Same)
        for value in labels.values():
            assert 1 <= value <= size


def test_labels_take_every_position_that_a_tie_leaves() -> None:
    found = placed((i,), {"N": 4}, given(Different(CLASS, i)))
    assert {(a[i], labels["c", ()]) for a, labels in found} == {
        (a, b) for a in range(1, 5) for b in range(1, 5) if a != b
    }
    free = placed((i,), {"N": 3}, given(Same(CLASS, OTHER)))
    assert {labels["c", ()] for _, labels in free} == {1, 2, 3}


def test_no_point_where_ties_cannot_hold() -> None:
    assert not placed((i,), {"N": 1}, given(Different(i, CLASS)))
    assert not placed((i, j), {"N": 1}, different(i, j))
    assert not placed((i,), {"N": 3}, same(i, CLASS), different(i, CLASS))
    assert not placed((i,), {"N": 3}, given(AtLeast("N", 4)))
    assert placed((i,), {"N": 4}, given(AtLeast("N", 4)))


def test_sizes_that_contradict_each_other() -> None:
    three = given(Equation(N, num(3)))
    assert sample(claim(x, x, three, given(AtLeast("N", 4)))).points == 0
    assert sample(claim(x, x, three, given(AtLeast("N", 3)))).points > 0
    assert least_sizes((given(AtLeast("N", 2), AtLeast("N", 5)), given(AtLeast("N", 3)))) == {
        "N": 5
    }


def test_at_least_one_excludes_no_size() -> None:
    found = refute(claim(summed(j, ONE, i), ZERO, given(AtLeast("N", 1)), relation=">"))
    assert found is not None
    assert found.sizes == {"N": 1}


def test_contradictions_among_ties() -> None:
    assert contradictory((same(i, j), different(j, i)))
    assert contradictory((given(Different(CLASS, CLASS)),))
    assert not contradictory((same(i, j), different(j, k)))
    assert not contradictory((same(i, j), same(j, k)))
    assert not contradictory((different(i, j), different(j, k)))
    unsolved = given(Equation(power(x, 2), TWO))
    for ties in ((same(i, j),), (different(i, j),), (same(i, j), different(j, k))):
        assert hypotheses_have_model(Context(hypotheses=(unsolved, *ties))) is None


def test_a_hypothesis_about_all_but_a_letter_of_the_claim() -> None:
    """t_j = 0 for j other than i."""
    zero = given(Equation(t(j), ZERO, (j,), ((j, i),)))
    assert sample(claim(times(t(k), minus(ONE, delta(i, k))), ZERO, zero)).points > 4
    assert refute(claim(times(t(k), minus(ONE, delta(i, k))), ZERO, zero)) is None
    assert refute(claim(t(k), ZERO, zero)) is not None


def test_a_position_that_only_a_tie_speaks_of() -> None:
    assert sample(claim(z(i), z(i), same(i, Position(40, "N")))).points > 0
    assert sample(claim(z(i), z(i), given(Different(i, Position(40, "N"))))).points > 0


def test_a_sign_for_a_letter_that_does_not_stand_in_it() -> None:
    positive = given(Sign(x, ">", (p,)))
    assert sample(claim(sqrt(power(x, 2)), x, positive)).points > 0
    assert refute(claim(sqrt(power(x, 2)), x, positive)) is None


def test_an_equation_for_a_letter_that_does_not_stand_in_it() -> None:
    one = given(Equation(x, ONE, (p,)))
    assert sample(claim(x, ONE, one)).points > 0
    assert refute(claim(x, TWO, one)) is not None


def test_a_label_that_only_an_exclusion_speaks_of() -> None:
    """t_j = 0 for j other than c, which may be any position."""
    zero = given(Equation(t(j), ZERO, (j,), ((j, CLASS),)))
    right = claim(times(t(k), minus(ONE, delta(k, CLASS))), ZERO, zero)
    assert sample(right).points > 4
    assert refute(right) is None
    for value in (1, 2, 3):
        assert refute(claim(t(Position(value, "N")), ZERO, zero)) is not None


def test_labels_that_are_tied_to_letters_among_many_positions() -> None:
    """Not by chance: two labels are the i-th of 60 positions once in 3600 times."""
    ties = (same(CLASS, i), same(OTHER, i), given(AtLeast("N", 60)))
    survey = sample(claim(z(CLASS), z(OTHER), *ties))
    assert survey.points > 20
    assert survey.contradiction is None
