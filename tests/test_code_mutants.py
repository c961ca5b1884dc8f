"""The mutants of the program's code, and the reviewed list of those that no test can notice."""

from __future__ import annotations

import ast

import pytest

from tests.code_mutants import ROOT, _places, equivalent, mutants

MODULES = [
    p for room in ("algebra", "logic", "refuter") for p in (ROOT / "derive" / room).glob("*.py")
]


def test_every_mutant_has_a_name_of_its_own() -> None:
    for path in MODULES:
        made = mutants(path)
        assert len({mutant.name for mutant in made}) == len(made)


def test_what_is_listed_as_equivalent_is_a_mutant_and_has_a_reason() -> None:
    names = {mutant.name for path in MODULES for mutant in mutants(path)}
    assert set(equivalent()) <= names
    assert all(len(reason) > 10 for reason in equivalent().values())


def test_each_is_another_program() -> None:
    path = ROOT / "derive" / "refuter" / "values.py"
    before = ast.unparse(ast.parse(path.read_text()))
    made = mutants(path)
    assert len(made) > 50
    assert all(ast.unparse(mutant.tree()) != before for mutant in made[::7])


CODE = """
def outer(a, b=1):
    def inner():
        return a

    return inner


class C:
    size = 2

    def method(self):
        if self.size:
            return 3
"""


@pytest.mark.parametrize(
    ("value", "function", "lines"),
    [(1, "", (2,)), (2, "", (10,)), (3, "C.method", (14,))],
)
def test_the_place_of_a_mutant(value: int, function: str, lines: tuple[int, ...]) -> None:
    tree = ast.parse(CODE)
    places = dict(_places(tree))
    (node,) = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and n.value == value)
    assert places[id(node)] == (function, lines)


def test_a_function_within_a_function_belongs_to_it() -> None:
    tree = ast.parse(CODE)
    (name,) = (n for n in ast.walk(tree) if isinstance(n, ast.Return) and n.lineno == 4)
    assert dict(_places(tree))[id(name)] == ("outer", (4,))
