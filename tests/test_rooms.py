"""The folders are the pipeline: what is imported lies further down the list, never further up."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "derive"

# From the top down.  A module of the package itself is a room of its own.
ROOMS = [
    "__main__", "cli", "__init__", "kernels", "pipeline", "report", "codegen", "prover", "refuter",
    "meaning", "logic", "algebra", "reader", "clock", "memory", "regex",
]  # fmt: skip

MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(parts: tuple[str, ...]) -> str:
    """The room of ``derive.x.y``: x; of ``derive`` itself: ``__init__``."""
    return parts[1] if len(parts) > 1 else "__init__"


def imported(module: Path) -> Iterator[tuple[int, str]]:
    """The rooms that a module imports from, with the lines; also those within functions."""
    for node in ast.walk(ast.parse(module.read_text())):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: relative import"
            names = [node.module or ""]
            if node.module == "derive":
                names = [f"derive.{alias.name}" for alias in node.names]
        for name in names:
            parts = tuple(name.split("."))
            if parts[0] == "derive":
                room = room_of(parts)
                yield node.lineno, room if room in ROOMS else "__init__"


def room(module: Path) -> str:
    relative = module.relative_to(PACKAGE)
    return relative.parts[0].removesuffix(".py")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(module: Path) -> None:
    own = room(module)
    assert own in ROOMS, f"{own} is not in the list of rooms"
    for line, other in imported(module):
        lower = ROOMS.index(other) > ROOMS.index(own)
        assert lower or other == own, f"{module.name}:{line}: {own} imports from {other}"


def test_the_reader_knows_only_itself() -> None:
    for module in (PACKAGE / "reader").rglob("*.py"):
        assert {other for _, other in imported(module)} <= {"reader"}, module


def test_logic_knows_no_document() -> None:
    for module in (PACKAGE / "logic").rglob("*.py"):
        assert {other for _, other in imported(module)} <= {
            "logic",
            "algebra",
            "clock",
            "memory",
        }, module


def test_algebra_knows_no_index() -> None:
    for module in (PACKAGE / "algebra").rglob("*.py"):
        assert {other for _, other in imported(module)} <= {"algebra", "clock", "memory"}, module


def test_every_package_is_listed_for_the_wheel() -> None:
    import tomllib

    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text())
    listed = set(project["tool"]["setuptools"]["packages"])
    folders = {path.parent for path in MODULES if path.name == "__init__.py"}
    packages = {".".join(folder.relative_to(PACKAGE.parent).parts) for folder in folders}
    assert packages <= listed
