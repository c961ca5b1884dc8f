"""What a counterexample tells: enough to compute both sides again, and nothing that is not so."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.logic.problem import AtLeast, Definition, Equation, Same, Unknown
from derive.logic.terms import Label, Position, Shift
from derive.refuter.counterexample import Counterexample
from derive.refuter.refute import refute
from tests.refuter.formulas import (
    ONE,
    SOFTMAX,
    ZERO,
    a,
    apply,
    b,
    c,
    claim,
    d,
    different,
    exp,
    given,
    i,
    j,
    k,
    largest,
    num,
    p,
    plus,
    power,
    q,
    s,
    summed,
    t,
    times,
    var,
    x,
    y,
    z,
)


def told(found: Counterexample | None) -> Counterexample:
    assert found is not None
    assert set(found.values) == set(found.shapes)
    for name, numbers in found.values.items():
        count = 1
        for size in found.shapes[name]:
            count *= size
        assert len(numbers) == count
    return found


def test_data_in_rows_and_columns() -> None:
    w = var("w", i, p)
    found = told(refute(claim(w, summed(j, var("w", j, p)))))
    assert found.shapes == {"w": (found.sizes["N"], found.sizes["M"])}
    rows = [found.values["w"][n :: found.sizes["M"]] for n in range(found.sizes["M"])]
    column = rows[found.indices["p"] - 1]
    assert Fraction(found.left) == Fraction(column[found.indices["i"] - 1])
    assert Fraction(found.right) == sum(map(Fraction, column))


def test_what_is_defined_is_not_told_and_what_it_is_made_of_is() -> None:
    found = told(refute(claim(s(i), z(i), definitions=(SOFTMAX,))))
    assert set(found.values) == {"z"}


def test_a_component_beside_the_range_has_a_line_of_its_own() -> None:
    found = told(refute(claim(z(Shift(i, -1)), z(i))))
    assert (found.sizes, found.indices) == ({"N": 2}, {"i": 1})
    assert set(found.values) == {"z", "z_0"}
    assert (found.left, found.right) == (found.values["z_0"][0], found.values["z"][0])
    above = told(refute(claim(z(Shift(i, 1)), z(i), given(Same(i, Position(0, "N"))))))
    assert set(above.values) == {"z", f"z_{above.sizes['N'] + 1}"}
    pair = told(refute(claim(var("w", Shift(i, -1), p), var("w", i, p))))
    assert set(pair.values) == {"w", "w_0,1"}


def test_a_number_and_a_vector_of_the_same_name() -> None:
    """z beside z_i is a number, and no component beside its range."""
    found = refute(claim(times(var("z"), z(i)), plus(var("z"), z(i))))
    assert found is not None
    assert set(found.values) == {"z"}


def test_labels_of_all_rows() -> None:
    own = Label("c", (p,), "N")
    found = told(refute(claim(z(own), z(Position(1, "N")))))
    labels = found.values["c"]
    assert found.shapes["c"] == (found.sizes["M"],)
    assert all(1 <= int(label) <= found.sizes["N"] for label in labels)
    assert found.left == found.values["z"][int(labels[found.indices["p"] - 1]) - 1]
    first = Label("c", (Position(2, "M"),), "N")
    unasked = told(refute(claim(z(first), plus(z(first), ONE))))
    assert unasked.values["c"][0] == "1"


def test_a_large_table_is_left_out() -> None:
    """10^4 components and as many labels, of which a few were asked for."""
    many = given(AtLeast("N", 100), AtLeast("M", 100))
    pair = Label("e", (i, p), "N")
    found = refute(claim(times(var("w", i, p), z(pair)), z(k), many))
    assert found is not None
    assert set(found.values) == {"z"}
    assert len(found.values["z"]) == 100
    outside = refute(claim(var("w", Shift(i, -1), p), ZERO, many, given(Same(i, Position(1, "N")))))
    assert outside is not None
    assert set(outside.values) == {f"w_0,{outside.indices['p']}"}


def test_a_function_of_written_arguments() -> None:
    found = told(refute(claim(apply("u", x), apply("v", x))))
    number = Fraction(found.values["x"][0])
    for name, side in (("u", found.left), ("v", found.right)):
        (text,) = found.values[name]
        assert found.shapes[name] == ()
        assert Fraction(side) == computed(text, {"x": number})
    several = told(refute(claim(apply("u", a, b), apply("u", b, a))))
    numbers = [Fraction(several.values[name][0]) for name in "ab"]
    (text,) = several.values["u"]
    assert Fraction(several.left) == computed(text, dict(zip(("x1", "x2"), numbers, strict=True)))


def computed(text: str, values: dict[str, Fraction]) -> Fraction:
    """The value of a polynomial as it is written: 2*x1^2 - x1*x2 + 3."""
    total = Fraction(0)
    for part in text.replace(" - ", " + -").split(" + "):
        product = Fraction(1)
        for factor in part.removeprefix("-").split("*"):
            base, _, exponent = factor.partition("^")
            product *= (values[base] if base in values else Fraction(base)) ** int(exponent or 1)
        total += -product if part.startswith("-") else product
    return total


def test_a_function_of_names() -> None:
    loss = Unknown("E", (), ("x", "z"))
    found = told(refute(claim(var("E"), times(x, z(i)), unknowns=(loss,))))
    (text,) = found.values["E"]
    data = {"x": Fraction(found.values["x"][0])}
    data |= {f"z_{n}": Fraction(v) for n, v in enumerate(found.values["z"], 1)}
    assert Fraction(found.left) == computed(text, data)


def test_a_function_for_each_position() -> None:
    each = Unknown("E", (i,), ("x",))
    found = told(refute(claim(var("E", i), var("E", j), unknowns=(each,))))
    assert found.shapes["E"] == (2,)
    number = {"x": Fraction(found.values["x"][0])}
    at = [computed(text, number) for text in found.values["E"]]
    assert [Fraction(found.left), Fraction(found.right)] == [
        at[found.indices["i"] - 1],
        at[found.indices["j"] - 1],
    ]


def test_a_function_with_more_arguments_in_one_place() -> None:
    """u(a, b) beside u of the names a, b, c: each is told with its own arguments."""
    both = Unknown("u", (), ("a", "b", "c"))
    found = refute(claim(apply("u", a, b), plus(var("u"), ONE), unknowns=(both,)))
    assert found is not None
    assert set(found.values["u"]) <= {text for text in found.values["u"] if "x3" not in text}


def test_what_depends_on_nothing_is_a_number() -> None:
    found = told(refute(claim(var("E"), ZERO, unknowns=(Unknown("E", (), ()),))))
    assert Fraction(found.left) == Fraction(found.values["E"][0])


@pytest.mark.parametrize("size", [2, 3])
def test_sizes_and_positions_are_those_of_the_claim(size: int) -> None:
    """A hypothesis about other ranges and letters adds nothing."""
    aside = given(Equation(var("v", q), ONE, (q,)), AtLeast("N", size))
    found = told(refute(claim(z(i), z(j), aside, different(i, k))))
    assert set(found.sizes) == {"N"}
    assert set(found.indices) == {"i", "j"}
    assert set(found.values) == {"z"}


def test_what_a_definition_speaks_of_is_told() -> None:
    """D = Σ_p v_p t_k speaks of M, k, v and t."""
    hidden = Definition("D", (), (), summed(p, times(var("v", p), t(k))))
    found = told(refute(claim(var("D"), c, definitions=(hidden,))))
    assert set(found.sizes) == {"M", "N"}
    assert set(found.indices) == {"k"}
    assert set(found.values) == {"v", "t", "c"}


def test_odd_numbers_give_way_to_whole_ones() -> None:
    found = told(refute(claim(power(x, 2), x, relation="<=")))
    assert Fraction(found.values["x"][0]).denominator == 1
    wrong = claim(times(plus(a, b), exp(x), d(power(y, 3), y)), ONE, relation="<=")
    numbers = told(refute(wrong)).values
    below = told(refute(claim(largest(i, z(i)), ZERO, given(AtLeast("N", 5)), relation=">")))
    assert all(Fraction(number).denominator == 1 for number in below.values["z"])
    assert all(Fraction(numbers[name][0]).denominator == 1 for name in "abxy")


def test_fractions_are_exact_and_what_is_computed_is_a_decimal() -> None:
    third = given(Equation(times(num(3), x), ONE), Equation(y, exp(a)))
    found = told(refute(claim(times(x, y), x, third)))
    assert found.values["x"] == ("1/3",)
    (number,) = found.values["y"]
    assert float(number) > 0
    assert not {"/", "["} & set(number)
