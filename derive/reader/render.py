"""A formula in one line of Unicode, as a terminal shows it: ``∂L/∂zᵢ = yᵢ - tᵢ``.

The syntax tree is printed with as few brackets as keep its meaning.  What the parser cannot read
is shown symbol by symbol.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import ClassVar

from derive.reader.document import Formula
from derive.reader.formulas import unicode
from derive.reader.formulas.symbols import FONTS, TEXTS
from derive.reader.latex import parse
from derive.reader.source import Span
from derive.reader.syntax import (
    Cases,
    CasesRow,
    Chain,
    Differentiation,
    Ellipsis,
    Evaluated,
    Fraction,
    FunctionCall,
    Group,
    Indicator,
    List,
    Matrix,
    Name,
    Numeral,
    Operator,
    Product,
    RelationSign,
    Root,
    Row,
    Scripts,
    Sequence,
    Signed,
    Syntax,
    Text,
    Underbrace,
    Unreadable,
)

__all__ = ["unicode_text"]

# How tightly a piece holds together; a piece in a tighter place is put in brackets.
LIST, CHAIN, SUM, PRODUCT, PREFIX, ATOM = range(6)

_SYMBOLS: dict[str, str] = {}
for _character, _source in unicode.SYMBOLS.items():
    if len(_source) > 1:  # a plain bracket stays one
        _SYMBOLS.setdefault(_source, _character)
_SYMBOLS |= {
    "\\mathbb{R}": "ℝ", "\\infty": "∞", "\\epsilon": "ϵ", "\\to": "→", "\\rightarrow": "→",
    "\\le": "≤", "\\ge": "≥", "\\ne": "≠", "\\implies": "⇒", "\\iff": "⇔", "\\top": "ᵀ",
    "\\star": "*", "\\ast": "*", "\\dots": "…", "\\ldots": "…", "\\cdots": "…", "\\quad": "  ",
    "\\{": "{", "\\}": "}", "\\|": "‖", "\\qquad": "  ", "\\dagger": "†", "\\circ": "∘",
    "\\cdot": "·", "\\sim": "∼", "\\mid": "|", "\\intercal": "ᵀ", "\\langle": "⟨",
    "\\rangle": "⟩", "\\sum": "∑", "\\prod": "∏", "\\int": "∫", "\\log": "log", "\\exp": "exp",
}  # fmt: skip
_ACCENTS = {"\\" + name: mark for mark, name in reversed(unicode.ACCENTS.items())}
_SUPERSCRIPTS = {plain: raised for raised, plain in unicode.SUPERSCRIPTS.items()}
_SUBSCRIPTS = {plain: lowered for lowered, plain in unicode.SUBSCRIPTS.items()}
_BLACKBOARD = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "C": "ℂ", "Q": "ℚ", "E": "𝔼", "1": "𝟙"}
_RELATIONS = {
    "=": "=", "!=": "≠", "<": "<", ">": ">", "<=": "≤", ">=": "≥", "approx": "≈", "equiv": "≡",
    "propto": "∝", "in": "∈", "to": "→", "implies": "⇒", "iff": "⇔", "assign": ":=",
    "flow": "←", "sim": "∼", "given": "|",
}  # fmt: skip
_OPERATORS = {
    "cdot": " · ", "times": " × ", "*": " * ", "odot": " ⊙ ", "otimes": " ⊗ ", "oplus": " ⊕ ",
    "setminus": " ∖ ", "cup": " ∪ ", "cap": " ∩ ",
}  # fmt: skip
_BIG = {"sum": "∑", "prod": "∏", "int": "∫", "expectation": "𝔼"}
_SIGNS = {1: "+", -1: "-", 0: "±"}
_ROOTS = {"2": "√", "3": "∛", "4": "∜"}
_DIFFERENTIALS = {"partial": "∂", "d": "d", "delta": "δ"}
_MARKS = {"*": "*", "\\top": "ᵀ", "T": "ᵀ", "\\dagger": "†", "+": "⁺", "-": "⁻", "\\prime": "′"}


def unicode_text(latex: str) -> str:
    """The formula in one line of Unicode; never raises."""
    formula = Formula(Span(0, len(latex)), latex, tuple(range(len(latex) + 1)), display=False)
    parsed = parse(formula)
    printer = _Printer(latex)
    shown = [printer.row(row) for row in parsed.rows]
    if not shown or any(_unread(row) for row in parsed.rows):
        return _symbol_by_symbol(latex)
    return ";  ".join(shown)


def _unread(row: Row) -> bool:
    return isinstance(row.body, Unreadable) or isinstance(row.condition, Unreadable)


class _Printer:
    """Prints syntax; each method returns the text and how tightly it holds together."""

    def __init__(self, latex: str) -> None:
        self.latex = latex

    def row(self, row: Row) -> str:
        text = self.text(row.body)
        if row.condition is not None:
            text += f",  {self.text(row.condition)}"
        for note in row.notes:
            shown = _symbol_by_symbol(note.text).replace(" )", ")")
            text += f"  {shown}" if shown.startswith("(") else f"  ({shown})"
        return text

    def text(self, node: Syntax, place: int = LIST) -> str:
        """The node, in brackets where its place asks for something tighter."""
        printers: dict[type, Callable[..., tuple[str, int]]] = self._PRINTERS
        shown, strength = printers[type(node)](self, node)
        return shown if strength >= place else f"({shown})"

    # ---------------------------------------------------------------- small pieces

    def numeral(self, node: Numeral) -> tuple[str, int]:
        return node.text, ATOM

    def name(self, node: Name) -> tuple[str, int]:
        if node.font == "blackboard":
            return _BLACKBOARD.get(node.text, node.text), ATOM
        if node.font == "bold" and node.text == "1":
            return "𝟏", ATOM
        return _letter(node.text), ATOM

    def ellipsis(self, node: Ellipsis) -> tuple[str, int]:
        return "…", ATOM

    def words(self, node: Text) -> tuple[str, int]:
        return node.text, ATOM

    def unreadable(self, node: Unreadable) -> tuple[str, int]:
        return _symbol_by_symbol(self.latex[node.span.start : node.span.end]), ATOM

    def scripts(self, node: Scripts) -> tuple[str, int]:
        base = self.text(node.base, ATOM)
        mark = "′" * node.primes
        raised = ""
        if node.superscript is not None:
            if isinstance(node.superscript, Name) and node.superscript.text in _MARKS:
                mark += _MARKS[node.superscript.text]
            else:
                euler = isinstance(node.base, Name) and node.base.text == "e"
                raised = self._raised(node.superscript, euler)
        lowered = "" if node.subscript is None else self._lowered(node.subscript)
        return base + mark + lowered + raised, ATOM

    def _lowered(self, node: Syntax) -> str:
        text = self._tight(node)
        if isinstance(node, Name) and node.word:
            return f"_{text}"
        if all(character in _SUBSCRIPTS for character in text):
            return "".join(_SUBSCRIPTS[character] for character in text)
        return f"_{text}" if len(text) == 1 or _is_one_word(node) else f"_{{{text}}}"

    def _raised(self, node: Syntax, plain: bool) -> str:
        text = self._tight(node)
        small = all(character in _SUPERSCRIPTS for character in text)
        if small and (not plain or text.lstrip("-").isdigit()):
            return "".join(_SUPERSCRIPTS[character] for character in text)
        if isinstance(node, Name | Numeral | Scripts):
            return f"^{text}"
        return f"^{text}" if isinstance(node, Group) else f"^({self.text(node)})"

    def _tight(self, node: Syntax) -> str:
        """A script's content: indices stand close together."""
        if isinstance(node, Product) and not any(node.operators):
            return "".join(self._tight(factor) for factor in node.factors)
        if isinstance(node, List):
            return ",".join(self._tight(item) for item in node.items)
        if isinstance(node, Signed | Chain):
            return self.text(node).replace(" ", "")
        return self.text(node)

    # ---------------------------------------------------------------- arithmetic

    def fraction(self, node: Fraction) -> tuple[str, int]:
        numerator = node.numerator
        reaches = isinstance(numerator, Operator | Differentiation) and self._reaches(numerator)
        above = self.text(numerator, ATOM if reaches else PREFIX)
        below = self.text(node.denominator, ATOM)
        wide = " " in above or " " in below
        return f"{above} / {below}" if wide else f"{above}/{below}", PRODUCT

    def root(self, node: Root) -> tuple[str, int]:
        sign = "√"
        if node.degree is not None:
            degree = self.text(node.degree)
            sign = _ROOTS.get(degree) or self._raised(node.degree, False) + "√"
        return sign + self.text(node.radicand, ATOM), PREFIX

    def signed(self, node: Signed) -> tuple[str, int]:
        pieces: list[str] = []
        for number, (sign, term) in enumerate(node.terms):
            text = self.text(term, PRODUCT)
            if number == 0:
                pieces.append(text if sign == 1 and len(node.terms) > 1 else _SIGNS[sign] + text)
            else:
                pieces.append(f" {_SIGNS[sign]} {text}")
        return "".join(pieces), SUM

    def product(self, node: Product) -> tuple[str, int]:
        text = self._factor(node.factors[0], last=False)
        for number, (operator, factor) in enumerate(
            zip(node.operators, node.factors[1:], strict=True), start=2
        ):
            following = self._factor(factor, last=number == len(node.factors))
            text += _OPERATORS.get(operator) or self._between(node.factors[number - 2], factor)
            text += following
        return text, ATOM if _is_application(node) else PRODUCT

    def _factor(self, node: Syntax, last: bool) -> str:
        """A factor; what reaches to the right needs brackets unless it is the last."""
        reaches = isinstance(node, Operator | Differentiation) and self._reaches(node)
        return self.text(node, ATOM if reaches and not last else PRODUCT)

    def _reaches(self, node: Operator | Differentiation) -> bool:
        if isinstance(node, Operator):
            return node.kind != "expectation"
        return node.body is not None and not _is_simple(node.body)

    def _between(self, left: Syntax, right: Syntax) -> str:
        inner = right.base if isinstance(right, Scripts) else right
        if isinstance(inner, Group) and isinstance(left, Name | Scripts | Numeral | Group):
            return ""
        if isinstance(left, Numeral) and isinstance(right, Name | Scripts):
            return ""
        if isinstance(left, Fraction) or isinstance(right, Fraction):
            return " · "
        return " "

    def group(self, node: Group) -> tuple[str, int]:
        left, right = node.delimiters[0], node.delimiters[-1]
        return left + self.text(node.body) + right, ATOM

    def listed(self, node: List) -> tuple[str, int]:
        return ", ".join(self.text(item, CHAIN) for item in node.items), LIST

    def sequence(self, node: Sequence) -> tuple[str, int]:
        return " ".join(self.text(item) for item in node.items), LIST

    def chain(self, node: Chain) -> tuple[str, int]:
        pieces = [] if node.first is None else [self._member(node.first)]
        for sign, member in node.rest:
            pieces.append(self._relation(sign))
            if member is not None:
                pieces.append(self._member(member))
        return " ".join(pieces), CHAIN

    def _member(self, node: Syntax) -> str:
        return self.text(node, LIST if isinstance(node, List) else SUM)

    def _relation(self, sign: RelationSign) -> str:
        known = _RELATIONS.get(sign.text)
        return known or _symbol_by_symbol(self.latex[sign.span.start : sign.span.end])

    # ---------------------------------------------------------------- functions and operators

    def operator(self, node: Operator) -> tuple[str, int]:
        sign = _BIG.get(node.kind, node.kind)
        lower = "" if node.lower is None else self._lowered(node.lower)
        upper = "" if node.upper is None else self._raised(node.upper, False)
        body = self.text(node.body, PRODUCT)
        space = "" if node.kind == "expectation" and isinstance(node.body, Group) else " "
        return f"{sign}{lower}{upper}{space}{body}", PREFIX

    def call(self, node: FunctionCall) -> tuple[str, int]:
        if node.function == "factorial":
            return self.text(node.argument, ATOM) + "!", ATOM
        name = node.function
        if node.subscript is not None:
            name += self._lowered(node.subscript)
        if node.superscript is not None:
            name += self._raised(node.superscript, False)
        if isinstance(node.argument, Group):
            return name + self.text(node.argument), ATOM
        if isinstance(node.argument, Name | Numeral | Scripts | FunctionCall | Operator):
            return f"{name} {self.text(node.argument)}", PREFIX
        return f"{name}({self.text(node.argument)})", ATOM

    def differentiation(self, node: Differentiation) -> tuple[str, int]:
        if node.sign == "nabla":
            lower = "" if not node.variables else self._lowered(node.variables[0])
            order = "²" if len(node.variables) == 2 else ""
            body = "" if node.body is None else " " + self.text(node.body, PREFIX)
            return f"∇{order}{lower}{body}", PREFIX
        if node.sign == "D":
            return "D " + ("" if node.body is None else self.text(node.body, PREFIX)), PREFIX
        mark = _DIFFERENTIALS[node.sign]
        order = self._order(len(node.variables))
        below = self._below(mark, node.variables)
        if node.body is None:
            return f"{mark}{order}/{below}", PREFIX
        if _is_simple(node.body):
            return f"{mark}{order}{self.text(node.body, ATOM)}/{below}", PREFIX
        body = self.text(node.body, PREFIX)
        return f"{mark}{order}/{below} {body}", PREFIX

    def _order(self, order: int) -> str:
        return "" if order == 1 else "".join(_SUPERSCRIPTS[digit] for digit in str(order))

    def _below(self, mark: str, variables: tuple[Syntax, ...]) -> str:
        shown = [self.text(variable, ATOM) for variable in variables]
        if len(set(shown)) == 1:
            return f"{mark}{shown[0]}{self._order(len(shown))}"
        return " ".join(mark + variable for variable in shown)

    def indicator(self, node: Indicator) -> tuple[str, int]:
        return f"𝟙[{self.text(node.condition)}]", ATOM

    def underbrace(self, node: Underbrace) -> tuple[str, int]:
        if node.label is None:
            return self.text(node.body, ATOM), ATOM
        return f"{self.text(node.body, ATOM)}{{{self.text(node.label)}}}", ATOM

    def evaluated(self, node: Evaluated) -> tuple[str, int]:
        return f"{self.text(node.body, PRODUCT)} |{self._lowered(node.at)}", PRODUCT

    def cases(self, node: Cases) -> tuple[str, int]:
        return "{ " + ";  ".join(self._case(row) for row in node.rows) + " }", ATOM

    def _case(self, row: CasesRow) -> str:
        value = self.text(row.value)
        if row.condition is None:
            return value
        joint = " " if isinstance(row.condition, Text) else " if "
        return value + joint + self.text(row.condition)

    def matrix(self, node: Matrix) -> tuple[str, int]:
        rows = ("  ".join(self.text(entry, CHAIN) for entry in row) for row in node.rows)
        return "[" + "; ".join(rows) + "]", ATOM

    _PRINTERS: ClassVar[dict[type, Callable[..., tuple[str, int]]]] = {
        Numeral: numeral, Name: name, Ellipsis: ellipsis, Text: words, Unreadable: unreadable,
        Scripts: scripts, Fraction: fraction, Root: root, Signed: signed, Product: product,
        Group: group, List: listed, Sequence: sequence, Chain: chain, Operator: operator,
        FunctionCall: call, Differentiation: differentiation, Indicator: indicator,
        Underbrace: underbrace, Evaluated: evaluated, Cases: cases, Matrix: matrix,
    }  # fmt: skip


def _is_simple(node: Syntax) -> bool:
    """Whether a derivative of it reads well above a stroke: ``∂L/∂z``."""
    if isinstance(node, Scripts):
        return isinstance(node.base, Name) and not (
            node.base.text == "e" and node.superscript is not None
        )
    return isinstance(node, Name)


def _is_application(node: Product) -> bool:
    """``f(x)``: a letter and a bracket."""
    inner = node.factors[1]
    return (
        len(node.factors) == 2
        and node.operators == ("",)
        and isinstance(node.factors[0], Name | Scripts)
        and isinstance(inner, Group)
    )


def _is_one_word(node: Syntax) -> bool:
    return isinstance(node, Name | Numeral)


def _letter(text: str) -> str:
    """A name's letters: ``\\hat{y}`` is ŷ, ``\\alpha`` is α."""
    match = re.fullmatch(r"(\\[a-z]+)\{(.*)\}", text)
    if match is not None and match[1] in _ACCENTS:
        inner = _letter(match[2])
        mark = _ACCENTS[match[1]]
        if len(inner) > 1:
            return inner[0] + mark + inner[1:] if len(inner) > 2 else inner + mark
        return unicodedata.normalize("NFC", inner + mark)
    return _SYMBOLS.get(text, text.lstrip("\\"))


_SYMBOL = re.compile(r"\\[A-Za-z]+|\\.|[{}]|[^\\{}]+")
_SILENT = frozenset(
    ("\\left", "\\right", "\\displaystyle", "\\limits", "\\nonumber", "\\notag", "\\,", "\\!",
     "\\;", "\\:", "\\ ", "\\operatorname", "\\big", "\\Big", "\\bigg", "\\Bigg", "&",
     "\\bigl", "\\bigr", "\\Bigl", "\\Bigr")
) | TEXTS | frozenset(FONTS)  # fmt: skip


def _symbol_by_symbol(latex: str) -> str:
    """LaTeX with its symbols as Unicode, for what the parser cannot read."""
    pieces: list[str] = []
    hidden: list[bool] = []
    silent = False
    for match in _SYMBOL.finditer(latex):
        symbol = match.group()
        if symbol == "{":
            hidden.append(silent)
            pieces.append("" if silent else "{")
        elif symbol == "}":
            pieces.append("" if hidden and hidden.pop() else "}")
        elif symbol in _SILENT:
            silent = True
            continue
        else:
            pieces.append(_SYMBOLS.get(symbol, symbol))
        silent = False
    shown = re.sub(r"\\hat\{(\w)\}", lambda m: _letter(m[0]), "".join(pieces))
    shown = re.sub(r"_\{(\w)\}", r"_\1", shown)
    shown = re.sub(r"_(\w)", lambda m: _SUBSCRIPTS.get(m[1], m[0]), shown)
    return " ".join(shown.split())
