"""Prover and refuter share no calculus, and what is said does not depend on chance."""

import ast
import dataclasses
import importlib
import os
import subprocess
import sys
from pathlib import Path

import derive

ROOT = Path(derive.__file__).parent
MODULES = [
    importlib.import_module(f"derive.refuter.{path.stem}")
    for path in sorted((ROOT / "refuter").glob("[!_]*.py"))
]
SHARED = {"derive.clock", "derive.memory", "derive.logic.terms", "derive.logic.problem"}


def imported(path: Path) -> set[str]:
    """The modules that a file imports, wherever the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def test_the_refuter_knows_terms_and_problems_only() -> None:
    for path in (ROOT / "refuter").glob("*.py"):
        ours = {name for name in imported(path) if name.startswith("derive.")}
        assert {n for n in ours if not n.startswith("derive.refuter.")} <= SHARED, path.name
        assert "sympy" not in imported(path)


def test_the_logic_knows_nothing_of_the_refuter() -> None:
    for path in (ROOT / "logic").glob("*.py"):
        assert not any(n.startswith(("derive.refuter", "flint")) for n in imported(path)), path.name


SURVEY = """
from tests.refuter.test_refute import FALSE, TRUE
from derive.refuter.refute import sample
for claim in (*FALSE.values(), *TRUE.values()):
    print(sample(claim))
"""


def test_the_same_points_whatever_the_order_of_hashing() -> None:
    surveys = {
        subprocess.run(
            [sys.executable, "-c", SURVEY],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(surveys) == 1


def test_what_is_said_of_a_point_does_not_change() -> None:
    """All dataclasses are frozen, but those that are filled in while a claim is evaluated."""
    for module in MODULES:
        for thing in vars(module).values():
            if isinstance(thing, type) and dataclasses.is_dataclass(thing):
                frozen = thing.__dataclass_params__.frozen  # type: ignore[attr-defined]
                assert frozen == (thing.__name__ not in ("Point", "Draw")), thing
