"""Syntax of a formula: what is written, with places, before names and indices have a meaning.

The parser decides what LaTeX alone decides: grouping, scripts, fractions, operators, rows and
relations.  What depends on the document (is ``f(x)`` an application or a product, is ``i`` an
index, is ``e`` Euler's number) is left open and decided by ``derive.meaning``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from derive.reader.source import Span


@dataclass(frozen=True, slots=True)
class Node:
    """Base of all syntax; ``span`` is its place in the document's text."""

    span: Span


@dataclass(frozen=True, slots=True)
class Numeral(Node):
    """A number as written: 2, 0.245, 1e-3 (thousands separators removed)."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A letter or word: ``z``, ``\\alpha``, ``\\hat{y}``, ``softmax``, ``dZ2``, ``\\infty``.

    ``text`` is canonical LaTeX without font commands: accents kept (``\\hat{y}``), Unicode
    folded (``ŷ`` is ``\\hat{y}``, ``α`` is ``\\alpha``), a word of several letters plain.
    ``font``: "", "bold", "roman", "blackboard", "calligraphic" (``\\vec`` counts as bold),
    "operator" for a word of \\operatorname, or "label" for a word that tells names apart.
    ``word``: written as a word (\\operatorname, \\text, \\mbox, \\mathrm with several letters), or
    a run of letters that reads like one (``derive.reader.formulas.words``: ``errors``, ``dZ2``,
    ``dW``); other letters side by side are separate names.
    """

    text: str
    font: str = ""
    word: bool = False


@dataclass(frozen=True, slots=True)
class Ellipsis(Node):
    """Dots of any kind: ``...``, ``\\dots``, ``\\cdots``, ``\\vdots``, ``\\ddots``."""


@dataclass(frozen=True, slots=True)
class Scripts(Node):
    """``base`` with subscript, superscript and primes; ``z^*`` has the superscript Name("*").

    The superscript may be a power, an index, a transpose (Name("T") or Name("\\top")) or a mark:
    the meaning decides.  ``_{i,j}`` is a List, ``_{ij}`` a Product of two names, ``_{i=1}``
    a Chain.
    """

    base: Syntax
    subscript: Syntax | None
    superscript: Syntax | None
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Fraction(Node):
    """``\\frac{a}{b}`` and the like, or ``a / b`` (``inline``)."""

    numerator: Syntax
    denominator: Syntax
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Root(Node):
    """``\\sqrt[degree]{radicand}``."""

    radicand: Syntax
    degree: Syntax | None


@dataclass(frozen=True, slots=True)
class Signed(Node):
    """Terms with their signs: ``a - b + c`` is ((+1, a), (-1, b), (+1, c)); sign 0 is ``\\pm``."""

    terms: tuple[tuple[int, Syntax], ...]


@dataclass(frozen=True, slots=True)
class Product(Node):
    """Factors side by side.  ``operators[n]`` stands between factors n and n + 1.

    An operator is "" (nothing written), "cdot", "times", "*", "odot" (elementwise: also \\circ,
    \\otimes as "otimes", \\oplus as "oplus"; of sets: "setminus", "cup", "cap").
    """

    factors: tuple[Syntax, ...]
    operators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group(Node):
    """Delimiters as written: "()", "[]", "{}" (``\\{ \\}``), "||" (also \\lvert), "‖‖", "⟨⟩",
    "⌊⌋", "⌈⌉", and of half-open intervals "(]" and "[)".

    TeX's own braces leave no trace.
    """

    body: Syntax
    delimiters: str


@dataclass(frozen=True, slots=True)
class List(Node):
    """``a, b, c``."""

    items: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Operator(Node):
    """``\\sum``, ``\\prod``, ``\\max``, ``\\arg\\max``, ``\\mathbb{E}``, ... with its body.

    ``kind``: "sum", "prod", "max", "min", "argmax", "argmin", "int", "lim", "expectation".
    ``lower`` holds what stands below: a Name, a Chain (``i = 1``, ``j \\neq i``), a List, ...
    """

    kind: str
    lower: Syntax | None
    upper: Syntax | None
    body: Syntax


@dataclass(frozen=True, slots=True)
class FunctionCall(Node):
    """A function that needs no brackets: ``\\log x``, ``\\tanh^2 x``, ``\\log_2 x``, ``log(x)``.

    ``argument`` keeps its brackets as a Group; a bare Product is as far as the parser thinks that
    the function reaches (``\\log x y``), which an author may have meant otherwise.  In
    ``\\log(x)^2`` the power belongs to the call: Scripts around it.  ``function`` is the name:
    "log", "ln", "exp", "tanh", ...; also "factorial", "binomial" (of a List), "det".
    """

    function: str
    argument: Syntax
    subscript: Syntax | None = None
    superscript: Syntax | None = None


@dataclass(frozen=True, slots=True)
class Differentiation(Node):
    """``\\frac{\\partial^n f}{\\partial x ...}``, ``\\partial_k f``, ``\\nabla_z L``.

    ``variables``: what it is differentiated by, in order (one entry for each; repeated for x^2);
    empty for a bare nabla.  ``body``: None where nothing follows.  ``sign``: "partial", "d",
    "delta", "nabla", "D".  ``abuse``: the lower sign is missing (``\\frac{\\partial L}{o_k}``).
    ``short``: written without a fraction (``\\partial_k f``).
    """

    body: Syntax | None
    variables: tuple[Syntax, ...]
    sign: str
    abuse: bool = False
    short: bool = False


@dataclass(frozen=True, slots=True)
class Indicator(Node):
    """``\\mathbb{1}\\{i = j\\}``, ``1_{i = j}``, ``[i = j]``, ``I(i = j)``: a Chain."""

    condition: Syntax


@dataclass(frozen=True, slots=True)
class Underbrace(Node):
    """``\\underbrace{body}_{label}`` or overbrace; ``=1`` is a Chain with ``first`` None."""

    body: Syntax
    label: Syntax | None


@dataclass(frozen=True, slots=True)
class Evaluated(Node):
    """``\\left. body \\right|_{x = a}``."""

    body: Syntax
    at: Syntax


@dataclass(frozen=True, slots=True)
class Text(Node):
    """Words within a formula: ``\\text{if } i = j`` is Text followed by mathematics."""

    text: str


@dataclass(frozen=True, slots=True)
class CasesRow(Node):
    """``value`` under ``condition``: a Chain, a Text, a Sequence of both, or None."""

    value: Syntax
    condition: Syntax | None


@dataclass(frozen=True, slots=True)
class Cases(Node):
    """A ``cases`` block (also a one-sided brace around an array)."""

    rows: tuple[CasesRow, ...]


@dataclass(frozen=True, slots=True)
class Matrix(Node):
    """Rows of entries between brackets."""

    rows: tuple[tuple[Syntax, ...], ...]


@dataclass(frozen=True, slots=True)
class Sequence(Node):
    """Pieces without an operator between them, one of them a Text: ``i = j \\text{ or } k = l``."""

    items: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class RelationSign(Node):
    """A relation as written, in canonical form.

    ``text``: "=", "!=", "<", ">", "<=", ">=", "approx", "equiv", "propto", "in", "to", "implies",
    "iff", "assign" (``:=`` and the ``\\leftarrow`` of an update), "flow" (any other), "sim",
    "notin", "given" (the bar of ``P(a | b)``), "other".
    ``over``: what is set above it by \\stackrel or \\overset, as LaTeX, else "";
    ``above``: its place.
    """

    text: str
    over: str = ""
    above: Span | None = None


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """``first r1 m1 r2 m2 ...``.  ``first`` is None where the row begins with a relation.

    A member is None where nothing follows the relation (a display that ends with ``=``).
    """

    first: Syntax | None
    rest: tuple[tuple[RelationSign, Syntax | None], ...]


@dataclass(frozen=True, slots=True)
class Unreadable(Node):
    """A stretch that the parser could not take: the sentence names the symbol and the reason."""

    reason: str


PLACEHOLDER = "\\cdot"
"""The name that stands in place of an argument: the dot of ``f(\\cdot)``."""

Syntax: TypeAlias = (
    Numeral | Name | Ellipsis | Scripts | Fraction | Root | Signed | Product | Group | List
    | Operator | FunctionCall | Differentiation | Indicator | Underbrace | Evaluated | Text
    | Cases | Matrix | Sequence | Chain | Unreadable
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row(Node):
    """One line of a formula: a chain or an expression, and what is written beside it.

    ``notes``: words after it that say why ("quotient rule"), as written, with places.
    ``condition``: "for i != j", "if i = y", "\\forall k": what restricts it, or None.
    ``tag``, ``label``: of \\tag and \\label.
    A formula of several statements ("u = a, \\quad v = b" or "a = b \\text{ and } c = d") has one
    Row for each.
    """

    body: Syntax
    notes: tuple[Text, ...] = ()
    condition: Syntax | None = None
    tag: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFormula(Node):
    """All rows of one formula, in order; one that starts with a relation goes on from the last."""

    rows: tuple[Row, ...]

    @property
    def opening(self) -> Syntax | None:
        """What its first row says; None of a formula that holds nothing, as ``$~$`` does."""
        return self.rows[0].body if self.rows else None
