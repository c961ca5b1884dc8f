"""Terminals of every kind: encodings without our signs, no colour where none is wanted."""

from __future__ import annotations

import io

import pytest

from derive.report.output import progress, style_of, tolerant


def written(text: str, encoding: str) -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    tolerant(stream)
    stream.write(text)
    stream.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "cp1252"])
def test_no_encoding_is_too_small(encoding: str) -> None:
    assert "proved" in written("✓ proved  ∂L/∂zᵢ = ŷᵢ − tᵢ ≥ 0 损失 \udcff", encoding)


def test_ascii_spells_out() -> None:
    assert written("✓ ∂L/∂zᵢ = ∑ⱼ xᵢⱼ ≠ e⁻² · α", "ascii") == (
        "+ dL/dz_i = sum_j x_ij != e^-2 * alpha"
    )


def test_utf8_changes_nothing() -> None:
    assert written("✓ ∂L/∂zᵢ", "utf-8") == "✓ ∂L/∂zᵢ"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")


def test_colour_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert style_of(Terminal()).colour
    assert not style_of(io.StringIO()).colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not style_of(Terminal()).colour


def test_width_is_the_terminal_s() -> None:
    assert style_of(io.StringIO()).width == 120


def test_progress_is_silent_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(progress(iter("abc"), ["1", "2", "3"])) == ["a", "b", "c"]
    assert capsys.readouterr().err == ""


def test_progress_on_a_terminal_counts_and_cleans_up(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    assert list(progress(iter("ab"), ["one.md", "two.md"])) == ["a", "b"]
    assert "1 of 2 documents, now two.md" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")
