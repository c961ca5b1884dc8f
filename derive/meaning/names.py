"""Names: which letters are indices, which names carry them, which names are functions.

A document says so by its use of them, all over: a letter that a sum binds or that stands below
another name is an index; a name with brackets after it is a function where it has primes, or
stands alone left of an equals sign.  The survey is made once, before anything has a meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from derive.meaning.spelling import is_letter, per_node, single, spelling, walk
from derive.reader.syntax import (
    Chain,
    Ellipsis,
    Group,
    List,
    Name,
    Node,
    Numeral,
    Operator,
    Product,
    Scripts,
    Sequence,
    Signed,
    Syntax,
    Text,
)

__all__ = [
    "LAYERS", "MARKS", "TRANSPOSES", "USUAL_SIZES", "Names", "Reference", "arguments",
    "as_function", "base_name", "counted_of", "flatten", "letter_of", "numbers", "reference",
    "signature", "split", "unbraced", "used_as_indices", "used_below",
]  # fmt: skip

# The o of ``z^o`` and ``w^{o}`` is that of the output layer, which nobody counts by.
MARKS = {"*", "\\ast", "\\star", "\\dagger", "+", "-", "\\prime", "'", "\\circ", "o"}
# Words above a name that tell it from the name without them, as no exponent is called.
MARK_WORDS = frozenset(
    ("new", "old", "next", "prev", "previous", "current", "init", "initial", "start", "final",
     "true", "pred", "target", "train", "test", "val", "best", "opt", "obs", "est", "before",
     "after", "updated", "original")
)  # fmt: skip
TRANSPOSES = {"T", "\\top", "\\intercal", "\\mathsf{T}", "t", "\\mathrm{T}"}
# Letters that authors use for the number of things.
USUAL_SIZES = {"N", "n", "M", "m", "B", "K", "C", "D", "d", "T"}
LABEL_WORDS = ("class", "label", "true", "target", "correct", "gold", "truth")


@dataclass(frozen=True)
class Names:
    """What the whole document shows of its names.

    ``letters``: index letters.  ``values``: names that stand for numbers somewhere.  ``marks``:
    pairs of a name and a subscript that only tells two names apart.  ``lettered``: names that
    carry an index letter somewhere, ``paired`` two.  ``given``: data, listed as ``(x_i, y_i)``.
    ``subscripts``: the single subscripts seen below each name, ``below`` those below any.
    ``raised``: letters that are an index where they stand as a
    superscript.  ``powered``: names for which they are powers.
    ``functions``: names that brackets apply.  ``sizes``: upper bounds of sums.
    ``bold``: names seen in bold; ``bold_apart``: names of which the bold form is another
    quantity.  ``slots``: how many indices a name has; ``dimensions``: the sizes of its last
    ones, where the text declares them; ``disputed``: names that it declares in several ways.
    ``turns``: the places of the text where sums over the same begin to run over another size.
    ``parted``: the ranges of places that a single formula here and there joins with others.
    ``bare``: names that stand without brackets behind them.
    ``generic``: names of functions that are also names of something else with indices;
    ``of_vectors``: names of functions whose value has components; ``varied``: names of functions
    that are applied to several arguments.  ``transposed``: names of which a transpose stands
    somewhere.  ``scalars``: names that stand for a number where they have no index, and for
    something else where they have one.  ``numeric``: names that are computed with as numbers
    somewhere, and never bold.  ``families``: names that are a vector without an index,
    and one for each index where they have one.  ``quantities``: letters of usual constants that
    the document gives a meaning of its own (e is an error).  ``labelled``: digits above a name
    number it (layers), and are no powers, but for ``unlabelled`` names.  ``signed``: names with
    a plus and a minus above, between which a 0 above is no power.  ``fractional``: braces stand
    for a function, such as the fractional part.
    ``ones_matrix``: the text calls the bold 1 a matrix.  ``primed``: names that primes
    differentiate, or slopes by what stands in their brackets; ``moving``: those that a derivative
    is of, or by.  ``bits``: the text speaks
    of bits; ``expects``: of expected values.  ``counting``: letters that stand alone in brackets
    above names, as the t of ``h^{(t)}``.  ``taken``: keys of the choices that are taken the
    other way.  ``zero_based``: sums start at 0.
    ``laws``: names that a sum applies to its letter, as in ``sum_a p(a)``.
    ``overloaded``: names of several functions, with one argument and with two; ``conditioned``:
    names and signatures of functions with a bar between their arguments, as in ``p(x | m)``.
    ``nested``: names whose indices stand below one another, as in ``y_{t_k}``.
    ``means``: the sizes that sums without an upper bound are divided by, by their place.
    ``tags``: letters that stand for a word below names, as the o of ``b_o``, the output's.
    ``arrays``: names that the prose calls matrices or vectors.
    ``drops_superscripts``: the text says that it leaves out superscripts.
    ``determinants``: it speaks of determinants, for which the bars around a matrix may stand.
    ``no_products``: signs between two quantities that multiply no numbers: × of vectors in space.
    ``noise``: what is added to what a model says; ``observed``: to make what is observed.
    ``said_vectors``: for each section, the names that it calls vectors.
    ``rows``: vectors that the text calls rows; ``row_vectors``: all vectors are rows, such as the
    x of ``x W + b``; ``columns``: families of vectors whose own index is the last of two;
    ``numbered``: those of which this holds for a number only, as ``x_2`` beside ``x_{i2}``.
    ``layout``: "numerator" where the text shows that a derivative of a vector by another has its
    rows for the components of the first, "denominator" for those of the second, "" where it
    leaves that open; ``denominator``: it is read so.
    """

    letters: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    marks: frozenset[tuple[str, str]] = frozenset()
    lettered: frozenset[str] = frozenset()
    paired: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    subscripts: frozenset[tuple[str, str]] = frozenset()
    below: frozenset[str] = frozenset()
    raised: frozenset[str] = frozenset()
    powered: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    sizes: frozenset[str] = frozenset()
    bold: frozenset[str] = frozenset()
    bold_apart: frozenset[str] = frozenset()
    slots: dict[str, int] = field(default_factory=dict)
    dimensions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    disputed: frozenset[str] = frozenset()
    turns: tuple[int, ...] = ()
    parted: Mapping[str, str] = field(default_factory=dict)
    bare: frozenset[str] = frozenset()
    generic: frozenset[str] = frozenset()
    of_vectors: frozenset[str] = frozenset()
    nested: frozenset[str] = frozenset()
    means: dict[tuple[int, int], str] = field(default_factory=dict)
    varied: frozenset[str] = frozenset()
    transposed: frozenset[str] = frozenset()
    arrays: frozenset[str] = frozenset()
    overloaded: frozenset[str] = frozenset()
    conditioned: frozenset[tuple[str, str]] = frozenset()
    scalars: frozenset[str] = frozenset()
    numeric: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    quantities: frozenset[str] = frozenset()
    labelled: bool = False
    signed: frozenset[str] = frozenset()
    fractional: bool = False
    unlabelled: frozenset[str] = frozenset()
    ones_matrix: bool = False
    primed: frozenset[str] = frozenset()
    moving: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()  # what functions are applied to
    bits: bool = False
    expects: bool = False
    counting: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()
    laws: frozenset[str] = frozenset()
    zero_based: bool = False
    drops_superscripts: bool = False
    determinants: bool = False
    no_products: frozenset[str] = frozenset()
    noise: frozenset[str] = frozenset()
    observed: frozenset[str] = frozenset()
    said_vectors: Mapping[int, frozenset[str]] = field(default_factory=dict)
    rows: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    row_vectors: bool = False
    layout: str = ""
    denominator: bool = False
    # What has been found out with them; other names, made by ``replace``, begin anew.
    references: dict[int, tuple[Syntax, Reference | None]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    variants: dict[frozenset[str], Names] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def with_scalars(self, scalars: frozenset[str]) -> Names:
        """These names where others of them are numbers, always the same for the same ones."""
        if scalars == self.scalars:
            return self
        if scalars not in self.variants:
            self.variants[scalars] = replace(self, scalars=scalars)
        return self.variants[scalars]

    def taking(self, choices: frozenset[str]) -> Names:
        """The same names where these choices, and no others, are taken the other way."""
        supposed = {key.split(":")[1] for key in choices if key.startswith("size:")}
        labelled = self.labelled != ("labels" in choices)
        return replace(self, sizes=self.sizes | supposed, labelled=labelled, taken=choices)


@dataclass(frozen=True)
class Reference:
    """A name with its indices, and what else its scripts say."""

    name: str
    indices: tuple[Syntax, ...]
    power: Syntax | None = None
    transposed: bool = False
    primes: int = 0
    bold: bool = False
    word: bool = False


def base_name(node: Name) -> str:
    """The name of a quantity without its scripts; bold and roman do not count."""
    return spelling(node) if node.font in ("blackboard", "calligraphic") else node.text


# Letters below a name that are its parameters, and neither indices nor labels.
PARAMETERS = frozenset(
    ("\\theta", "\\phi", "\\varphi", "\\psi", "\\vartheta", "\\omega", "\\Theta", "\\Phi")
)


def as_function(found: Reference, names: Names, body: Syntax | None = None) -> Reference:
    """The function f of ``f(x)``, which is not the quantity f of ``f_i``.

    ``body``: what stands in the brackets; ``H(p)`` and ``H(p, q)`` are two functions where the
    document introduces both.
    """
    if found.name in names.laws and isinstance(body, Name) and body.text in names.letters:
        return found  # p(a) is the component of p at a
    listed = arguments(body) if body is not None and found.name in names.overloaded else None
    if body is not None and listed is not None and not found.indices:
        return replace(found, name=f"{found.name}({signature(body)})")
    if found.indices or found.name not in names.generic:
        return found
    return replace(found, name=f"{{{found.name}}}")


def arguments(body: Syntax) -> tuple[Syntax, ...] | None:
    """The arguments of ``(a, b)``, ``(a; b)`` and ``(a | b, c)``; None where relations stand."""
    if isinstance(body, Chain):
        if any(sign.text != "given" for sign, _ in body.rest):
            return None
        members = (body.first, *(member for _, member in body.rest))
        parts = [arguments(m) if m is not None else None for m in members]
        if any(part is None for part in parts):
            return None
        return tuple(item for part in parts for item in part or ())
    if isinstance(body, List):
        if any(isinstance(item, Chain | Ellipsis | Text) for item in body.items):
            return None
        return body.items
    return None if isinstance(body, Sequence | Text) else (body,)


def signature(body: Syntax) -> str:
    """How many arguments stand in brackets, before and behind a bar: ``\\cdot \\mid \\cdot``."""
    if isinstance(body, Chain):
        members = (body.first, *(member for _, member in body.rest))
        return " \\mid ".join(signature(m) for m in members if m is not None)
    return ", ".join("\\cdot" for _ in (body.items if isinstance(body, List) else (body,)))


def flatten(node: Syntax) -> tuple[Name, tuple[Syntax, ...], tuple[Syntax, ...], int] | None:
    """A name with all scripts around it, or None where the base is no name."""
    below: list[Syntax] = []
    above: list[Syntax] = []
    primes = 0
    while isinstance(node, Scripts):
        if node.subscript is not None:
            below[:0] = _apart(node.subscript)
        if node.superscript is not None:
            above.insert(0, node.superscript)
        primes += node.primes
        node = node.base
    if not isinstance(node, Name):
        return None
    return node, tuple(below), tuple(above), primes


def _apart(below: Syntax) -> tuple[Syntax, ...]:
    """``W_{h[i,j]}``: the components i, j of ``W_h``."""
    match below:
        case Product(_, (Name() as mark, Group(_, inner, "[]")), ("",)):
            return mark, inner
    return (below,)


def split(node: Syntax) -> tuple[Syntax, ...]:
    """``i,j`` and ``ij`` as separate subscripts."""
    match node:
        case List(_, items):
            return tuple(part for item in items for part in split(item))
        case Product(_, factors, operators) if not any(operators) and all(
            is_letter(f) or isinstance(f, Numeral | Scripts) or _computed(f) for f in factors
        ):
            return tuple(f.body if isinstance(f, Group) else f for f in factors)
        case Group(_, body, "()" | "[]" | "{}"):
            return split(body)
        case Numeral():
            return (node,)
    return (node,)


def digits(pieces: tuple[Syntax, ...]) -> tuple[Syntax, ...]:
    """``11`` below a matrix as its row and its column, all else as it is."""
    match pieces:
        case (Numeral(span, text),) if len(text) == 2 and text.isdigit() and "0" not in text:
            return tuple(Numeral(span, digit) for digit in text)
        case others:
            return others


def _computed(node: Syntax) -> bool:
    """The ``(i + a)`` of ``x_{(i+a)(j+b)}``."""
    return isinstance(node, Group) and node.delimiters == "()" and isinstance(node.body, Signed)


def _index_like(name: str, part: Syntax, names: Names) -> bool:
    match part:
        case Name(_, text, _, word):
            if (name, text) in names.marks:
                return False
            if name == "I" and any(text in sizes for sizes in names.dimensions.values()):
                return False  # the identity of this size
            if word or not single(text):
                return name in names.lettered and any(w in text.lower() for w in LABEL_WORDS)
            return text in names.letters or name in names.lettered
        case Numeral(_, text):
            return name in names.lettered and text.isdigit()
        case Signed(_, terms):
            inner = [t for _, t in terms if not isinstance(t, Numeral)]
            shifted = len(inner) == 1 and is_letter(inner[0])
            computed = len(inner) > 1 and all(is_letter(letter) for letter in inner)
            if computed and not any(_index_like(name, letter, names) for letter in inner[1:]):
                return False  # the mark of ``x_{a-b}``
            return (shifted or computed) and _index_like(name, inner[0], names)
        case Scripts(_, base, subscript, None, 0):
            return subscript is not None and (isinstance(base, Signed | Group | Name))
        case Text(_, text):
            return name in names.lettered and any(w in text.lower() for w in LABEL_WORDS)
    return False


def _of_kronecker(name: str, pieces: tuple[Syntax, ...]) -> bool:
    r"""The 1k of ``\delta_{1k}``."""
    letters = [is_letter(piece) for piece in pieces]
    both = len(pieces) == 2 and all(isinstance(p, Name | Numeral) for p in pieces)
    return name == r"\delta" and both and any(letters)


def _nested(name: str, part: Syntax, names: Names) -> tuple[Syntax, ...]:
    """``y_{t_k}`` is y with the indices t and k where ``y_t`` is a quantity of its own."""
    if isinstance(part, Scripts) and part.subscript is not None:
        base = part.base.body if isinstance(part.base, Group) else part.base
        known = (name, spelling(base)) in names.subscripts or name in names.nested
        known = known and spelling(base) != "y"  # p_{y_i} beside p_y: the label of example i
        if isinstance(base, Signed) or (known and is_letter(base)):
            return (base, *split(part.subscript))
    return (part,)


def _transposes(mark: str, names: Names) -> bool:
    """Whether the mark above a name stands for a transpose: T may be a number, if no matrix.

    The t of ``y^t (1 - y)^{1 - t}`` is a target, whether there are several or one.
    """
    if mark == "t" and mark in names.values:
        return False
    if mark in names.functions:  # T(y) beside x^T y
        return True
    return mark not in names.letters and (mark not in names.values or names.slots.get(mark, 0) > 0)


def reference(node: Syntax, names: Names) -> Reference | None:
    """The name, indices and power of a scripted name, or None where the base is no name."""
    if not isinstance(node, Name | Scripts):
        return None
    known = names.references.get(id(node))
    if known is not None and known[0] is node:
        return known[1]
    found = _reference(node, names)
    names.references[id(node)] = node, found
    return found


def _reference(node: Name | Scripts, names: Names) -> Reference | None:
    flat = flatten(node)
    if flat is None:
        return None
    base, below, above, primes = flat
    name = base_name(base)
    bold = base.font == "bold"
    indices: list[Syntax] = []
    raised: list[Syntax] = []
    power: Syntax | None = None
    transposed = False
    mark = ""
    for script in above:
        match script:
            case Name(_, text) if text in MARKS:
                mark += "^{*}" if text in ("*", "\\ast", "\\star") else f"^{{{text}}}"
            case Name(_, text, font, True) if text in MARK_WORDS or " " in text or font == "label":
                mark += f"^{{\\text{{{text}}}}}"
            case Name(_, "\\pi") if name.isupper():  # a policy: V^\pi
                mark += "^{\\pi}"
            case Scripts(_, Name(_, "\\pi"), None, None, primes_) if primes_ and name.isupper():
                mark += "^{\\pi" + "'" * primes_ + "}"
            case Name(_, text, font) if text in TRANSPOSES and (
                (text == "T" and font == "roman") or _transposes(text, names)
            ):
                transposed = True
            case Group(_, Signed(_, terms) as computed, "()") if len(terms) > 1 and all(
                isinstance(term, Numeral) for _, term in terms
            ):
                power = computed  # w^{(2-1)}
            case Group(_, body, "()" | "[]" | "⟨⟩"):
                if (
                    is_letter(body)
                    or (isinstance(body, Numeral) and name + "^{()}" in names.lettered)
                    or _neighbours(body, names)
                ):
                    mark += "^{()}"
                    raised.append(body)
                else:
                    mark += f"^{{({spelling(body)})}}"
            case Name(_, text) if text in names.raised and name not in names.powered:
                if not names.drops_superscripts:
                    mark += "^{()}"
                    raised.append(script)
            case Signed(_, ((1, Name(_, text)), (_, Numeral()))) if (
                text in names.raised and name not in names.powered
            ):
                if not names.drops_superscripts:
                    mark += "^{()}"
                    raised.append(script)
            case Numeral(_, "0") if name in names.signed or _is_layered(name, names):
                mark += "^{(0)}"
            case Numeral(_, text) if numbers(name, names) and len(text) == 1:
                mark += f"^{{({text})}}"
            case _ if power is None:
                power = script
            case _:
                return None
    for script in below:
        pieces = split(script)
        if name in names.paired and len(below) == 1:
            pieces = digits(pieces)
        tagged = [p for p in pieces if isinstance(p, Name) and p.text in names.tags]
        others = tuple(p for p in pieces if p not in tagged)
        if tagged and others and all(_index_like(name, piece, names) for piece in others):
            mark = f"_{{{''.join(map(spelling, tagged))}}}" + mark
            pieces = others
        if _of_kronecker(name, pieces) or all(_index_like(name, p, names) for p in pieces):
            for piece in pieces:
                indices.extend(_nested(name, piece, names))
        else:
            mark = f"_{{{spelling(script)}}}" + mark
    if bold and name in names.bold_apart:
        name = f"\\mathbf{{{name}}}"
    if not indices and not raised and not mark:
        if (not bold and name in names.scalars) or name in names.families:
            name = f"{{{name}}}"
    return Reference(name + mark, (*raised, *indices), power, transposed, primes, bold, base.word)


def letter_of(name: str) -> str:
    """The letter of a name, without what stands above and below it."""
    return name.partition("^")[0].partition("_")[0].strip("{}")


def unbraced(name: str) -> str:
    """``{y}``, the y without an index beside y_i, as the letter; ``y_{0}`` as it is."""
    return name[1:-1] if name[:1] == "{" and name[-1:] == "}" else name


def _is_layered(name: str, names: Names) -> bool:
    """Whether letters above the name count layers: the a of ``a^l = f(a^{l-1})``."""
    return names.slots.get(name + "^{()}", 0) > 0 and name not in names.powered


def numbers(name: str, names: Names) -> bool:
    """Whether a digit above the name numbers it, and is no power."""
    plain = name == "e" or (name in names.unlabelled and "labels" not in names.taken)
    return names.labelled and not plain


LAYERS = ("l", "\\ell", "ℓ")
"""Letters that count layers."""
LAST_LAYER = "L"
"""The letter of the last layer, where one of those counts them."""


def _neighbours(body: Syntax, names: Names) -> bool:
    """The l - 1 of ``a^{(l-1)}``, where l counts layers, or stands alone in such brackets."""
    match body:
        case Signed(_, ((1, Name(_, text)), (_, Numeral(_, distance)))):
            counts = text in LAYERS or text in names.counting
            return counts and text in names.letters and distance.isdigit()
    return False


@per_node
def used_below(node: Node) -> frozenset[str]:
    """The letters that stand in subscripts somewhere in the syntax, but for those of its sums."""
    found: set[str] = set()
    bound: set[str] = set()
    for current in walk(node):
        match current:
            case Scripts(_, _, subscript, superscript):
                for script in (subscript, superscript):
                    if script is not None and not isinstance(script, Numeral):
                        found.update(n.text for n in walk(script) if isinstance(n, Name))
            case Operator(_, _, lower, _, _) if lower is not None:
                bound.update(n.text for n in walk(lower) if isinstance(n, Name))
    return frozenset(found - bound)


def used_as_indices(node: Node, names: Names) -> frozenset[str]:
    """The letters that stand as indices somewhere in the syntax, bound or free."""
    return _in_scripts(node) & names.letters


OVER_INDICES = ("sum", "prod", "max", "min", "argmax", "argmin")


@per_node
def _in_scripts(node: Node) -> frozenset[str]:
    """The names in subscripts, and below sums."""
    found: set[str] = set()
    for current in walk(node):
        match current:
            case Scripts(_, _, subscript, _) if subscript is not None:
                found.update(n.text for n in walk(subscript) if isinstance(n, Name))
            case Operator(_, kind, lower, _, _) if kind in OVER_INDICES and lower is not None:
                found.update(n.text for n in walk(lower) if isinstance(n, Name))
    return frozenset(found)


def counted_of(name: str) -> list[str]:
    """The k of ``k!``, and the n and k of ``\\binom{n}{k}``."""
    if name.startswith("\\binom{"):
        return name.removeprefix("\\binom{").removesuffix("}").split("}{")
    return [name.removesuffix("!")] if name.endswith("!") else []
