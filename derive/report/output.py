"""The terminal or file that a report goes to: its width, its colours, its encoding, progress."""

from __future__ import annotations

import codecs
import io
import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO, TypeVar

from derive.report.layout import Style

__all__ = ["progress", "style_of", "tolerant"]

T = TypeVar("T")

# What to print where the encoding of the terminal has no such character.
SPELLED_OUT = {
    "✓": "+", "✗": "x", "△": "~", "∑": "sum", "∏": "prod", "∂": "d", "∇": "grad", "√": "sqrt",
    "·": "*", "×": "*", "⋅": "*", "⊙": "*", "−": "-", "–": "-", "—": "-", "≠": "!=", "≤": "<=",
    "≥": ">=", "≈": "~=", "≡": "==", "∝": "~", "→": "->", "⇒": "=>", "⇔": "<=>", "∈": "in",
    "∞": "inf", "…": "...", "’": "'", "‘": "'", "“": '"', "”": '"', "′": "'", "‖": "||",
    "⟨": "<", "⟩": ">", "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon",
    "η": "eta", "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi",
    "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "χ": "chi", "ψ": "psi",
    "ω": "omega", "ℓ": "l", "›": ">", "⊤": "T",
}  # fmt: skip


def _spell(error: UnicodeError) -> tuple[str, int]:
    """Spell out what an encoding cannot hold: subscripts after an underscore, signs as words."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    pieces: list[str] = []
    script = ""
    for character in error.object[error.start : error.end]:
        if character in SPELLED_OUT:
            script, piece = "", SPELLED_OUT[character]
        else:
            kind = unicodedata.decomposition(character).partition(" ")[0]
            plain = unicodedata.normalize("NFKD", character)
            mark = {"<sub>": "_", "<super>": "^"}.get(kind, "")
            if unicodedata.combining(character):
                piece = ""
            else:
                letter = plain if plain.isascii() else SPELLED_OUT.get(plain[:1], "?")
                piece = ("" if mark == script else mark) + letter
            script = mark
        pieces.append(piece)
    return "".join(pieces), error.end


codecs.register_error("derive.spell", _spell)


def tolerant(stream: TextIO) -> None:
    """Let the stream spell out the characters that its encoding lacks, instead of failing."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="derive.spell")


def style_of(stream: TextIO) -> Style:
    """The terminal's width, or 80; colour on a terminal only, and not where NO_COLOR is set."""
    terminal = stream.isatty()
    width = shutil.get_terminal_size((80, 24)).columns
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Style(max(width, 50), colour)


def progress(outcomes: Iterable[T], names: Sequence[str], noun: str = "documents") -> Iterator[T]:
    """The outcomes as they come; standard error, if it is a terminal, says how far it has got."""
    if not sys.stderr.isatty() or len(names) < 2:
        yield from outcomes
        return
    room = shutil.get_terminal_size((80, 24)).columns - 1
    waiting = iter(outcomes)
    for done, name in enumerate(names):
        line = f"{done} of {len(names)} {noun}, now {name}"[:room]
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
        outcome = next(waiting)
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        yield outcome
