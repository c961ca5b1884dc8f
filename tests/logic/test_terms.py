"""Terms: interning, substitution without capture, and names of bound letters that do not matter."""

from __future__ import annotations

import copy
import pickle
from random import Random

import pytest

from derive.logic.terms import (
    Add,
    Application,
    Delta,
    Derivative,
    Function,
    Index,
    Label,
    Maximum,
    Mul,
    Number,
    Position,
    Pow,
    Product,
    Shift,
    Size,
    Sum,
    Term,
    Variable,
    alpha_equal,
    canonical,
    children,
    free_indices,
    fresh_index,
    names,
    own_indices,
    rebuild,
    substitute,
    substitute_values,
    subterms,
)
from tests.random_terms import FREE, random_term
from tests.refuter.formulas import (
    ONE,
    TWO,
    ZERO,
    apply,
    d,
    delta,
    exp,
    i,
    j,
    k,
    log,
    m,
    num,
    p,
    plus,
    power,
    q,
    summed,
    t,
    times,
    var,
    x,
    y,
    z,
)

FIRST, LAST = Position(1, "N"), Position(0, "N")
LABEL = Label("c", (i,), "N")


# ------------------------------------------------------------------ interning


def test_the_same_term_is_the_same_object() -> None:
    assert plus(x, times(TWO, z(i))) is plus(x, times(TWO, z(i)))
    assert Index("i", "N") is i
    assert Index("i", "M") is not i
    assert num("1/2") is num("2/4")
    assert Delta(i, j) is not Delta(j, i)


def test_nothing_is_simplified() -> None:
    assert plus(x, ZERO) is not x
    assert times(x, power(x, -1)) is not ONE
    assert power(x, 1) is not x
    assert plus(x, y) is not plus(y, x)


def test_operators_build_what_is_written() -> None:
    assert x + y is plus(x, y)
    assert x * y is times(x, y)
    assert x**-2 is power(x, -2)
    assert -x is times(num(-1), x)
    assert x - y is plus(x, times(num(-1), y))
    assert x / y is times(x, power(y, -1))
    assert x - y * x**2 is plus(x, times(num(-1), times(y, power(x, 2))))


def test_terms_are_immutable() -> None:
    with pytest.raises(AttributeError):
        x.name = "y"  # type: ignore[misc]


def test_copies_and_pickles_are_the_same_object() -> None:
    rng = Random(1)
    for term in (random_term(rng, 5) for _ in range(50)):
        assert pickle.loads(pickle.dumps(term)) is term
        assert copy.deepcopy(term) is term
        assert copy.copy(term) is term


def test_a_pickle_of_another_process_is_interned(tmp_path: object) -> None:
    term = Variable("made_elsewhere", (Index("i", "K"),))
    data = pickle.dumps(term).replace(b"made_elsewhere", b"read_from_data")
    found = pickle.loads(data)
    assert found is Variable("read_from_data", (Index("i", "K"),))


# ------------------------------------------------------------------ structure


def test_children_and_rebuild_are_inverse() -> None:
    rng = Random(2)
    for term in (random_term(rng, 5) for _ in range(100)):
        assert rebuild(term, children(term)) is term
    assert children(d(exp(x), x)) == (exp(x),)  # the variable is no subterm
    assert children(Sum(i, (j,), z(i))) == (z(i),)
    assert children(power(x, y)) == (x, y)
    assert rebuild(power(x, y), (y, x)) is power(y, x)
    assert rebuild(d(x, y), (exp(x),)) is d(exp(x), y)


def test_subterms_come_outermost_first() -> None:
    assert list(subterms(log(plus(x, y)))) == [log(plus(x, y)), plus(x, y), x, y]


def test_names() -> None:
    assert names(d(times(x, apply("f", z(i))), var("w", k))) == {"x", "f", "z", "w"}
    assert names(plus(num(3), Size("N"), delta(i, j))) == frozenset()


def test_free_indices() -> None:
    assert free_indices(summed(j, times(z(j), t(k)), i)) == {i, k}
    assert free_indices(summed(j, z(j), j)) == {j}  # the excluded j is one outside
    assert free_indices(times(z(i), summed(i, z(i)))) == {i}
    assert free_indices(d(z(i), z(k))) == {i, k}
    assert free_indices(z(LABEL)) == {i}
    assert free_indices(z(Shift(i, -1))) == {i}
    assert free_indices(z(FIRST)) == frozenset()
    assert free_indices(Application("u", (j,), (z(i),), (0,))) == {i, j}


def test_free_indices_and_own_indices() -> None:
    assert free_indices(Label("c", (i, Shift(j, 1)), "N")) == {i, j}
    assert own_indices(d(z(i), z(k))) == (k,)
    assert own_indices(Sum(i, (j, FIRST), z(i))) == (j, FIRST)
    assert own_indices(delta(i, j)) == (i, j)
    assert own_indices(plus(z(i), z(j))) == ()


def test_a_fresh_index_is_none_of_those_taken() -> None:
    assert fresh_index(i, frozenset()) is i
    one = fresh_index(i, frozenset((i,)))
    assert one is Index("i'", "N")
    assert fresh_index(i, frozenset((i, one))) is Index("i''", "N")


# ------------------------------------------------------------------ substitution


def test_letters_are_replaced_at_the_same_time() -> None:
    assert substitute(times(z(i), t(j)), {i: j, j: i}) is times(z(j), t(i))


def test_only_free_letters_are_replaced() -> None:
    both = times(z(i), summed(i, t(i)))
    assert substitute(both, {i: k}) is times(z(k), summed(i, t(i)))
    assert substitute(summed(i, t(i)), {i: k}) is summed(i, t(i))


def test_a_bound_letter_makes_way() -> None:
    """Σ_j z_j t_k at k := j is not Σ_j z_j t_j."""
    term = summed(j, times(z(j), t(k)))
    moved = substitute(term, {k: j})
    assert isinstance(moved, Sum)
    assert moved.index is not j
    assert free_indices(moved) == {j}
    assert alpha_equal(moved, summed(m, times(z(m), t(j))))
    assert not alpha_equal(moved, summed(j, times(z(j), t(j))))


def test_a_bound_letter_makes_way_for_labels_and_neighbours() -> None:
    term = summed(j, times(z(j), t(k)))
    for incoming in (Label("c", (j,), "N"), Shift(j, 1)):
        moved = substitute(term, {k: incoming})
        assert free_indices(moved) == {j}
        assert alpha_equal(moved, summed(m, times(z(m), t(incoming))))


def test_the_new_letter_of_a_binder_is_none_that_is_in_use() -> None:
    prime = Index("j'", "N")
    term = summed(j, times(z(j), t(k), z(prime)))
    moved = substitute(term, {k: j})
    assert free_indices(moved) == {j, prime}
    assert alpha_equal(moved, summed(m, times(z(m), t(j), z(prime))))


def test_excluded_indices_are_outside_of_the_sum() -> None:
    assert substitute(summed(j, z(j), k), {k: i}) is summed(j, z(j), i)
    moved = substitute(summed(j, z(j), k), {k: j})  # sum over a letter other than the outer j
    assert alpha_equal(moved, summed(m, z(m), j))
    own = substitute(Sum(j, (j,), z(j)), {j: k})  # the excluded j is free, the summed one is not
    assert own is Sum(j, (k,), z(j))


def test_derivatives_deltas_and_labels() -> None:
    assert substitute(d(z(i), z(k)), {k: j}) is d(z(i), z(j))
    assert substitute(delta(i, k), {k: i}) is delta(i, i)
    assert substitute(z(LABEL), {i: k}) is z(Label("c", (k,), "N"))
    assert substitute(apply("f", z(i)), {i: FIRST}) is apply("f", z(FIRST))
    nested = Product(m, (k,), Maximum(j, (), var("w", j, k)))
    assert substitute(nested, {k: i}) is Product(m, (i,), Maximum(j, (), var("w", j, i)))


def test_neighbours() -> None:
    before = Shift(i, -1)
    assert substitute(before, {i: j}) is Shift(j, -1)
    assert substitute(before, {i: Shift(j, 1)}) is j
    assert substitute(before, {i: Shift(j, -1)}) is Shift(j, -2)
    assert substitute(before, {i: Position(3, "N")}) is Position(2, "N")
    assert substitute(Shift(i, -2), {i: LAST}) is Position(-2, "N")
    assert substitute(before, {k: j}) is before
    for there in (FIRST, LABEL):  # nothing stands before the first position
        with pytest.raises(ValueError, match="no index -1 steps"):
            substitute(before, {i: there})
    with pytest.raises(ValueError, match="no index"):  # nothing stands behind the last
        substitute(Shift(i, 1), {i: LAST})


def test_arguments_are_filled_in() -> None:
    body = times(x, exp(y))
    assert substitute_values(body, {"x": y, "y": x}) is times(y, exp(x))
    assert substitute_values(z(i), {"z": x}) is z(i)  # a component is no formal argument
    assert substitute_values(d(times(x, y), x), {"y": TWO}) is d(times(x, TWO), x)
    assert substitute_values(d(x, x), {"x": y}) is d(y, y)
    with pytest.raises(ValueError, match="differentiated by and replaced"):
        substitute_values(d(times(x, y), x), {"x": exp(y)})


def test_a_bound_letter_makes_way_for_arguments() -> None:
    moved = substitute_values(summed(j, times(x, z(j))), {"x": t(j)})
    assert free_indices(moved) == {j}
    assert alpha_equal(moved, summed(m, times(t(j), z(m))))
    prime = Index("j'", "N")
    moved = substitute_values(summed(j, times(x, z(j), t(prime))), {"x": t(j)})
    assert alpha_equal(moved, summed(m, times(t(j), z(m), t(prime))))


# ------------------------------------------------------------------ names of bound letters


def test_bound_letters_do_not_matter() -> None:
    assert alpha_equal(summed(i, z(i)), summed(j, z(j)))
    assert not alpha_equal(summed(i, z(i)), summed(p, z(p)))  # another range
    assert not alpha_equal(summed(i, z(k)), summed(i, z(j)))
    assert not alpha_equal(summed(i, z(i)), summed(i, t(i)))


def test_nested_sums_are_told_apart_by_their_letters() -> None:
    w = summed(i, summed(j, var("w", i, j)))
    assert alpha_equal(w, summed(j, summed(i, var("w", j, i))))
    assert not alpha_equal(w, summed(i, summed(j, var("w", j, i))))
    shadowed = summed(i, times(z(i), summed(i, t(i))))
    assert alpha_equal(shadowed, summed(j, times(z(j), summed(k, t(k)))))
    assert not alpha_equal(shadowed, summed(j, times(z(j), summed(k, t(j)))))


def test_the_order_of_excluded_indices_does_not_matter() -> None:
    assert alpha_equal(summed(j, z(j), i, k), summed(j, z(j), k, i))
    assert alpha_equal(summed(j, z(j), i, i), summed(j, z(j), i))
    assert not alpha_equal(summed(j, z(j), i), summed(j, z(j)))
    assert not alpha_equal(summed(j, z(j), i), summed(j, z(j), k))


def test_a_free_letter_is_never_taken_for_a_bound_one() -> None:
    numbered = Index("#1", "N")
    term = summed(j, times(z(j), t(numbered)))
    assert free_indices(canonical(term)) == {numbered}
    assert not alpha_equal(term, summed(j, times(z(j), t(j))))
    among_others = summed(j, times(z(j), t(numbered), z(i)))
    assert free_indices(canonical(among_others)) == {numbered, i}


def test_the_canonical_form_is_its_own() -> None:
    rng = Random(3)
    for term in (random_term(rng, 5) for _ in range(200)):
        once = canonical(term)
        assert canonical(once) is once
        assert free_indices(once) == free_indices(term)


def test_canonical_forms_agree_after_any_renaming() -> None:
    rng = Random(4)
    renamed = 0
    for term in (random_term(rng, 5) for _ in range(300)):
        other = _renamed(term, rng)
        renamed += other is not term
        assert canonical(other) is canonical(term), f"{term}\n{other}"
    assert renamed > 100


def _renamed(term: Term, rng: Random) -> Term:
    """Each binder with a letter of its own, made here without the functions under test."""
    if isinstance(term, (Sum, Product, Maximum)):
        body = _renamed(term.body, rng)
        letter = Index(f"letter{rng.randrange(10**9)}", term.index.range)
        made: Term = type(term)(letter, term.excluded, _replaced(body, term.index, letter))
        return made
    return rebuild(term, tuple(_renamed(child, rng) for child in children(term)))


def _replaced(term: Term, old: Index, new: Index) -> Term:
    """old by new where it is free; ``new`` occurs nowhere."""
    match term:
        case Sum() | Product() | Maximum():
            excluded = tuple(new if e is old else e for e in term.excluded)
            body = term.body if term.index is old else _replaced(term.body, old, new)
            made: Term = type(term)(term.index, excluded, body)
            return made
        case Variable(name, indices):
            return Variable(name, tuple(new if e is old else e for e in indices))
        case Delta(left, right):
            return Delta(new if left is old else left, new if right is old else right)
        case Derivative(body, Variable(name, indices)):
            by = Variable(name, tuple(new if e is old else e for e in indices))
            return Derivative(_replaced(body, old, new), by)
        case Add(terms):
            return Add(tuple(_replaced(e, old, new) for e in terms))
        case Mul(factors):
            return Mul(tuple(_replaced(e, old, new) for e in factors))
        case Pow(base, exponent):
            return Pow(_replaced(base, old, new), _replaced(exponent, old, new))
        case Function(name, arguments):
            return Function(name, tuple(_replaced(e, old, new) for e in arguments))
        case Application(name, (), arguments, orders):
            return Application(name, (), tuple(_replaced(e, old, new) for e in arguments), orders)
    assert isinstance(term, (Number, Size))
    return term


def test_substitution_and_renaming_agree() -> None:
    """A letter that occurs nowhere, put in and taken out again, changes nothing."""
    rng = Random(5)
    stranger = Index("stranger", "N")
    for term in (random_term(rng, 5) for _ in range(200)):
        there = substitute(term, {FREE[0]: stranger})
        assert FREE[0] not in free_indices(there)
        assert canonical(substitute(there, {stranger: FREE[0]})) is canonical(term)


def test_two_ranges() -> None:
    w = summed(p, summed(i, var("w", i, p)))
    assert alpha_equal(w, summed(q, summed(j, var("w", j, q))))
    assert not alpha_equal(w, summed(i, summed(p, var("w", p, i))))


def test_a_letter_of_a_canonical_form_is_free_in_none_of_those_it_stands_in() -> None:
    """Opened sums leave such letters free; the next one must not catch any of them."""
    free: list[Index] = []
    for _ in range(4):
        body = times(z(i), *map(z, free))
        made = canonical(Sum(i, (), body))
        assert isinstance(made, Sum)
        assert made.index not in free
        assert free_indices(made) == frozenset(free)
        free.append(made.index)
