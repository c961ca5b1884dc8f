"""Mathematics typed as Unicode, written back as the LaTeX that means the same.

Every table maps characters to LaTeX source.  A run of raised or lowered characters is one
script: ``x⁻¹`` is ``x^{-1}``.  Accents that combine with a letter become accent commands:
``ŷ`` is ``\\hat{y}``.
"""

from __future__ import annotations

import unicodedata


def _listed(source: str) -> list[str]:
    return source.split()


_GREEK_NAMES = _listed(
    "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi omicron pi "
    "rho varsigma sigma tau upsilon varphi chi psi omega"
)
_GREEK_CAPITALS = {
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi",
    "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip

SYMBOLS: dict[str, str] = {
    **{chr(0x3B1 + n): "\\" + name for n, name in enumerate(_GREEK_NAMES)},
    **{letter: "\\" + name for letter, name in _GREEK_CAPITALS.items()},
    "ϵ": "\\epsilon", "ϑ": "\\vartheta", "ϕ": "\\phi", "ϱ": "\\varrho", "ϖ": "\\varpi",
    "µ": "\\mu", "∆": "\\Delta", "Ω": "\\Omega", "ℓ": "\\ell", "ℏ": "\\hbar", "∅": "\\emptyset",
    "∂": "\\partial", "∇": "\\nabla", "∞": "\\infty", "∑": "\\sum", "∏": "\\prod", "∫": "\\int",
    "√": "\\sqrt", "⊤": "\\top", "†": "\\dagger", "∀": "\\forall", "∃": "\\exists",
    "ℝ": "\\mathbb{R}", "ℕ": "\\mathbb{N}", "ℤ": "\\mathbb{Z}", "ℂ": "\\mathbb{C}",
    "ℚ": "\\mathbb{Q}", "𝔼": "\\mathbb{E}", "𝟙": "\\mathbb{1}", "𝟏": "\\mathbf{1}",
    "ℒ": "\\mathcal{L}", "ı": "\\imath", "ȷ": "\\jmath",
    "−": "-", "–": "-", "‐": "-", "‑": "-", "＋": "+", "＝": "=", "±": "\\pm", "∓": "\\mp",
    "·": "\\cdot", "⋅": "\\cdot", "∙": "\\cdot", "•": "\\cdot", "×": "\\times", "∗": "*",
    "÷": "\\div", "⊙": "\\odot", "∘": "\\circ", "○": "\\circ", "⊗": "\\otimes", "⊕": "\\oplus",
    "∕": "/", "⁄": "/", "∖": "\\setminus", "∪": "\\cup", "∩": "\\cap",
    "≠": "\\neq", "≤": "\\leq", "≥": "\\geq", "⩽": "\\leq", "⩾": "\\geq", "≪": "\\ll",
    "≫": "\\gg", "≈": "\\approx", "≃": "\\simeq", "≅": "\\cong", "≡": "\\equiv",
    "≜": "\\triangleq", "≔": ":=", "≕": "=:", "∝": "\\propto", "∼": "\\sim", "∈": "\\in",
    "∉": "\\notin", "⊂": "\\subset", "⊆": "\\subseteq", "→": "\\to", "⟶": "\\to",
    "←": "\\leftarrow", "↦": "\\mapsto", "⇒": "\\Rightarrow", "⟹": "\\implies",
    "⇔": "\\iff", "⟺": "\\iff", "∴": "\\therefore", "∵": "\\because", "∧": "\\wedge",
    "∨": "\\vee", "∣": "\\mid", "∥": "\\|", "‖": "\\|", "⟨": "\\langle", "⟩": "\\rangle",
    "〈": "\\langle", "〉": "\\rangle", "⌊": "\\lfloor", "⌋": "\\rfloor", "⌈": "\\lceil",
    "⌉": "\\rceil", "…": "\\ldots", "⋯": "\\cdots", "⋮": "\\vdots", "⋱": "\\ddots",
    "′": "'", "″": "''", "‴": "'''", "’": "'", "½": "\\frac{1}{2}", "¼": "\\frac{1}{4}",
    "¾": "\\frac{3}{4}", "⅓": "\\frac{1}{3}", "⅔": "\\frac{2}{3}", "（": "(", "）": ")",
    "，": ",", "：": ":", "；": ";", "。": ".", "｜": "|", "∶": ":",
}  # fmt: skip
"""One character and the LaTeX that means the same."""

SUPERSCRIPTS: dict[str, str] = {
    **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾", "0123456789+-=()", strict=True)),
    **dict(zip("ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", "abcdefghijklmnoprstuvwxyz", strict=True)),
    **dict(zip("ᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ", "ABDEGHIJKLMNOPRTUVW", strict=True)),
}
SUBSCRIPTS: dict[str, str] = {
    **dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+-=()", strict=True)),
    **dict(zip("ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "aehijklmnoprstuvx", strict=True)),
}

ACCENTS: dict[str, str] = {
    "\u0302": "hat", "\u0304": "bar", "\u0305": "bar", "\u0303": "tilde", "\u0307": "dot",
    "\u0308": "ddot", "\u20d7": "vec", "\u20d1": "vec", "\u030c": "check", "\u0300": "grave",
    "\u0301": "acute", "\u0306": "breve",
}  # fmt: skip
"""Combining characters, and the accent command for each."""

INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad\u200e\u200f\ufe0e\ufe0f"
)
"""Characters that leave no mark on paper."""

NOT_EQUAL = "\u0338"
"""The stroke that combines with a relation: ``=`` and it are ``≠``."""


def letter_and_accent(character: str) -> tuple[str, str] | None:
    """``ŷ`` is ("y", "hat"); None where the character is no letter with a known accent."""
    parts = unicodedata.normalize("NFD", character)
    if len(parts) == 2 and parts[1] in ACCENTS and parts[0].isalpha():
        return parts[0], ACCENTS[parts[1]]
    return None


def styled_letter(character: str) -> tuple[str, str] | None:
    """A letter of the block of mathematical alphabets: ``𝐱`` is ("x", "mathbf")."""
    if not 0x1D400 <= ord(character) <= 0x1D7FF:
        return None
    plain = unicodedata.normalize("NFKC", character)
    name = unicodedata.name(character, "")
    if len(plain) != 1 or not name:
        return None
    plain = SYMBOLS.get(plain, plain)
    if "DOUBLE-STRUCK" in name:
        return plain, "mathbb"
    if "BOLD" in name:
        return plain, "mathbf"
    if "SCRIPT" in name or "FRAKTUR" in name:
        return plain, "mathcal"
    return plain, ""
