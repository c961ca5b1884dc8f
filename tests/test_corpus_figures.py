"""The figures of a folder: signs are counted by the scan, whatever the reader makes of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.corpus_figures import equality_signs, figures

ROOT = Path(__file__).parent.parent

SIGNS = [
    ("$$a = b$$", 1),
    ("$$a = b = c$$ and $d = e$", 2),
    (r"\[ a \equiv b \] \[ c := d \]", 2),
    ("\\begin{align}\na &= b \\\\\n &= c\n\\end{align}", 2),
    (r"$$\sum_{i=1}^n x_i = n$$", 1),
    (r"$$p(y = 1) = \left( a \right) = q$$", 2),
    (r"$$f = \begin{cases} 0 & i = j \\ 1 & i \neq j \end{cases} = g$$", 2),
    (r"$$a \neq b \quad a \le b \quad a != b$$", 0),
    (r"$$a = b \text{ as } c = d \text{, since e = f}$$", 2),
    (r"$$a = b, \quad i = j$$", 1),
    (r"$$\boxed{a = b}$$", 1),
    (r"$$a \stackrel{\text{def}}{=} b$$", 1),
    ("```math\na = b\n```\n```python\n$$a = b$$\n```\n", 1),
    ("`$$a = b$$` and <!-- $$a = b$$ -->", 0),
    (".. math::\n\n   a = b\n\nWords = words.\n", 1),
]


@pytest.mark.parametrize(("text", "count"), SIGNS)
def test_equality_signs_between_two_expressions(text: str, count: int) -> None:
    assert len(list(equality_signs(text))) == count


def test_a_latex_comment_holds_no_sign() -> None:
    text = "\\[ a = b % = c\n \\]"
    assert [text[at] for at in equality_signs(text, latex=True)] == ["="]


def test_figures_of_a_document() -> None:
    found = figures("$$f = x^2$$\n\n$$f = x x = x^3$$\n\n$$f = \\lim_{u \\to x} u^2$$\n", "a.md")
    assert (found.signs, found.read) == (4, 4)
    assert (found.proved, found.refuted, found.conditional, found.unproved) == (1, 1, 0, 1)
    assert (found.claims, found.decided) == (3, 2)


def test_what_is_not_read_is_counted_as_a_sign_all_the_same() -> None:
    found = figures("$$f = x^2$$\n\n$$f = x \\strange{} x = x^2$$\n", "a.md")
    assert found.signs == 3
    assert found.read < found.signs


def test_the_table_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "right.md").write_text("$$f = x^2$$\n\n$$f = x x$$\n")
    (tmp_path / "wrong.md").write_text("$$f = x^2$$\n\n$$f = x + x$$\n\nSo $f > x$.\n")
    (tmp_path / "words.md").write_text("No mathematics.\n")
    command = [sys.executable, "-m", "tests.corpus_figures", str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    rows = {line.split()[0]: line.split()[1:] for line in run.stdout.splitlines()[:-1]}
    assert list(rows) == ["document", "right", "wrong", "all"]
    assert rows["right"] == ["2", "2", "1", "1", "1", "0", "0", "0", "0", "1", "1"]
    assert rows["wrong"] == ["2", "2", "2", "2", "0", "2", "0", "0", "0", "1", "1"]
    assert rows["all"] == ["4", "4", "3", "3", "1", "2", "0", "0", "0", "2", "2"]
    assert run.stdout.splitlines()[-1].split() == ["100.0", "%", "100.0", "%", "100.0", "%"]
