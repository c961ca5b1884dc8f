"""The README is true: its commands print what it shows, and its Python does what it says.

In a ``console`` block a line ``$ cat NAME`` shows a file, which is then there for the commands
after it; a line ``...`` alone stands for any lines.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import derive

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a block with the output that is shown beneath it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def matches(shown: str, printed: str) -> bool:
    """Whether the output is what is shown, trailing spaces and blank lines at the end apart."""
    pieces = re.split(r"^\.\.\.$\n?", shown.rstrip() + "\n", flags=re.MULTILINE)
    lines = "\n".join(line.rstrip() for line in printed.rstrip().splitlines()) + "\n"
    pattern = r"(?:.*\n)*".join(re.escape(piece) for piece in pieces)
    return re.fullmatch(pattern, lines) is not None


def run(command: str, folder: Path) -> str:
    python = f'"{sys.executable}" -m derive'
    done = subprocess.run(
        re.sub(r"\bderive(?= [a-z])", python.replace("\\", r"\\"), command),
        shell=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )
    return done.stdout


def test_it_shows_the_program_at_work() -> None:
    first_screen = "\n".join(README.splitlines()[:60])
    assert "$ derive check" in first_screen
    assert "refuted" in first_screen


def test_commands_print_what_is_shown(tmp_path: Path) -> None:
    assert blocks("console")
    for block in blocks("console"):
        for command, shown in commands(block):
            if command.startswith("cat "):
                (tmp_path / command.removeprefix("cat ")).write_text(shown)
                continue
            printed = run(command, tmp_path)
            assert matches(shown, printed), f"$ {command}\n{printed[-2000:]}"


@pytest.mark.parametrize("block", blocks("python"))
def test_python_does_what_is_shown(
    block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DERIVE_CACHE", str(tmp_path))
    test = doctest.DocTestParser().get_doctest(block, {}, "README.md", "README.md", 0)
    assert test.examples
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    report: list[str] = []
    runner.run(test, out=report.append)
    assert runner.failures == 0, "".join(report)


def test_the_package_s_own_example() -> None:
    assert doctest.testmod(derive).failed == 0


def test_the_test_command_is_the_one_that_ci_runs() -> None:
    ci = (ROOT / ".ci" / "run").read_text()
    (command,) = re.findall(r"^\.venv/bin/pytest.*$", ci, re.MULTILINE)
    assert command in README


def test_its_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
