"""Names: which letters are indices, which names carry them, which names are functions.

A document says so by its use of them, all over: a letter that a sum binds or that stands below
another name is an index; a name with brackets after it is a function where it has primes, or
stands alone left of an equals sign.  The survey is made once, before anything has a meaning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from derive.meaning.spelling import is_letter, parts, single, spelling, walk
from derive.reader.syntax import (
    Chain,
    Differentiation,
    Ellipsis,
    Evaluated,
    FunctionCall,
    Group,
    Indicator,
    List,
    Name,
    Node,
    Numeral,
    Operator,
    ParsedFormula,
    Product,
    RelationSign,
    Scripts,
    Sequence,
    Signed,
    Syntax,
    Text,
)

__all__ = ["Names", "Reference", "reference", "survey"]

MARKS = {"*", "\\ast", "\\star", "\\dagger", "+", "-", "\\prime", "'", "\\circ"}
TRANSPOSES = {"T", "\\top", "\\intercal", "\\mathsf{T}", "t", "\\mathrm{T}"}
LABEL_WORDS = ("class", "label", "true", "target", "correct", "gold", "truth")


@dataclass(frozen=True)
class Names:
    """What the whole document shows of its names.

    ``letters``: index letters.  ``values``: names that stand for numbers somewhere.  ``marks``:
    pairs of a name and a subscript that only tells two names apart.  ``lettered``: names that
    carry an index letter somewhere.  ``subscripts``: the single subscripts seen below each name.
    ``raised``: letters that are an index where they stand as a superscript.  ``functions``: names
    that brackets apply.  ``sizes``: upper bounds of sums.  ``bold``: names seen in bold;
    ``bold_apart``: names of which the bold form is another quantity.  ``slots``: how many indices
    a name has; ``dimensions``: the sizes of its last ones, where the text declares them.
    ``bare``: names that stand without brackets behind them.
    """

    letters: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    marks: frozenset[tuple[str, str]] = frozenset()
    lettered: frozenset[str] = frozenset()
    subscripts: frozenset[tuple[str, str]] = frozenset()
    raised: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    sizes: frozenset[str] = frozenset()
    bold: frozenset[str] = frozenset()
    bold_apart: frozenset[str] = frozenset()
    slots: dict[str, int] = field(default_factory=dict)
    dimensions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    bare: frozenset[str] = frozenset()
    zero_based: bool = False


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


def flatten(node: Syntax) -> tuple[Name, tuple[Syntax, ...], tuple[Syntax, ...], int] | None:
    """A name with all scripts around it, or None where the base is no name."""
    below: list[Syntax] = []
    above: list[Syntax] = []
    primes = 0
    while isinstance(node, Scripts):
        if node.subscript is not None:
            below.insert(0, node.subscript)
        if node.superscript is not None:
            above.insert(0, node.superscript)
        primes += node.primes
        node = node.base
        while isinstance(node, Group) and node.delimiters == "{}" and isinstance(node.body, Name):
            node = node.body
    if not isinstance(node, Name):
        return None
    return node, tuple(below), tuple(above), primes


def split(node: Syntax) -> tuple[Syntax, ...]:
    """``i,j`` and ``ij`` as separate subscripts."""
    match node:
        case List(_, items):
            return tuple(part for item in items for part in split(item))
        case Product(_, factors, operators) if not any(operators) and all(
            is_letter(f) or isinstance(f, Numeral | Scripts) for f in factors
        ):
            return factors
        case Group(_, body, "()" | "[]" | "{}"):
            return split(body)
        case Numeral():
            return (node,)
    return (node,)


def _index_like(name: str, part: Syntax, names: Names) -> bool:
    match part:
        case Name(_, text, _, word):
            if (name, text) in names.marks:
                return False
            if word or not single(text):
                return name in names.lettered and any(w in text.lower() for w in LABEL_WORDS)
            return text in names.letters or name in names.lettered
        case Numeral(_, text):
            return name in names.lettered and text.isdigit()
        case Signed(_, terms):
            inner = [t for _, t in terms if not isinstance(t, Numeral)]
            return len(inner) == 1 and is_letter(inner[0]) and _index_like(name, inner[0], names)
        case Scripts(_, base, subscript, None, 0):
            return subscript is not None and (isinstance(base, Signed | Group | Name))
        case Text(_, text):
            return name in names.lettered and any(w in text.lower() for w in LABEL_WORDS)
    return False


def _nested(name: str, part: Syntax, names: Names) -> tuple[Syntax, ...]:
    """``y_{t_k}`` is y with the indices t and k where ``y_t`` is a quantity of its own."""
    if isinstance(part, Scripts) and part.subscript is not None:
        base = part.base.body if isinstance(part.base, Group) else part.base
        if isinstance(base, Signed) or (name, spelling(base)) in names.subscripts:
            return (base, *split(part.subscript))
    return (part,)


def reference(node: Syntax, names: Names) -> Reference | None:
    """The name, indices and power of a scripted name, or None where the base is no name."""
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
            case Name(_, text) if text in TRANSPOSES and text not in names.values | names.letters:
                transposed = True
            case Group(_, body, "()" | "[]" | "⟨⟩"):
                if is_letter(body) or (
                    isinstance(body, Numeral) and name + "^{()}" in names.lettered
                ):
                    mark += "^{()}"
                    raised.append(body)
                else:
                    mark += f"^{{({spelling(body)})}}"
            case Name(_, text) if text in names.raised:
                mark += "^{\\cdot}"
                raised.append(script)
            case _ if power is None:
                power = script
            case _:
                return None
    for script in below:
        pieces = split(script)
        if all(_index_like(name, piece, names) for piece in pieces):
            for piece in pieces:
                indices.extend(_nested(name, piece, names))
        else:
            mark = f"_{{{spelling(script)}}}" + mark
    if bold and name in names.bold_apart:
        name = f"\\mathbf{{{name}}}"
    return Reference(name + mark, (*indices, *raised), power, transposed, primes, bold, base.word)


# ------------------------------------------------------------------ the survey


@dataclass
class _Seen:
    """What the survey has met so far."""

    bound: set[str] = field(default_factory=set)
    compared: set[str] = field(default_factory=set)
    below: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    whole_below: set[tuple[str, str]] = field(default_factory=set)
    raised: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    bare: set[str] = field(default_factory=set)
    sizes: set[str] = field(default_factory=set)
    bold: set[str] = field(default_factory=set)
    bold_below: set[str] = field(default_factory=set)
    applied: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    plainly_applied: set[str] = field(default_factory=set)
    primed: set[str] = field(default_factory=set)
    introduced: set[str] = field(default_factory=set)
    zero_based: bool = False


def _bounds(operator: Operator, seen: _Seen) -> None:
    lower, upper = operator.lower, operator.upper
    for piece in [lower] if lower is not None else []:
        for item in piece.items if isinstance(piece, List) else (piece,):
            if isinstance(item, Chain):
                first = item.first
                for letter in split(first) if first is not None else ():
                    if is_letter(letter) and isinstance(letter, Name):
                        seen.bound.add(letter.text)
                for sign, member in item.rest:
                    if sign.text == "!=" and is_letter(member) and isinstance(member, Name):
                        seen.compared.add(member.text)
                    if sign.text == "=" and isinstance(member, Numeral) and member.text == "0":
                        seen.zero_based = True
            else:
                for letter in split(item):
                    if is_letter(letter) and isinstance(letter, Name):
                        seen.bound.add(letter.text)
    if upper is not None:
        for node in walk(upper):
            if isinstance(node, Name):
                seen.sizes.add(node.text)


def _applications(product: Product, seen: _Seen) -> set[int]:
    """Notes names with brackets after them; returns the positions that are no bare values."""
    called: set[int] = set()
    for n, operator in enumerate(product.operators):
        head, group = product.factors[n], product.factors[n + 1]
        group = group.base if isinstance(group, Scripts) else group
        if operator or not isinstance(group, Group) or group.delimiters not in ("()", "[]"):
            continue
        flat = flatten(head)
        if flat is None or flat[2]:
            continue
        name = base_name(flat[0])
        if flat[1]:
            name += "_"
        seen.applied[name].add(spelling(group.body))
        items = group.body.items if isinstance(group.body, List) else (group.body,)
        if all(isinstance(i, Name) or flatten(i) is not None for i in items):
            seen.plainly_applied.add(name)
        if flat[3] or (flat[0].word and len(flat[0].text) > 1):
            seen.primed.add(name)
        if isinstance(group.body, Chain | Sequence):
            seen.primed.add(name)
        called.add(n)
    return called


def _look(node: Node, seen: _Seen, bare: bool = True) -> None:
    """One pass over a formula; a stack instead of recursion, since formulas may be deep."""
    pending: list[tuple[Node, bool]] = [(node, bare)]
    while pending:
        current, bare = pending.pop()
        match current:
            case Name():
                seen.values.add(base_name(current))
                if current.font == "bold":
                    seen.bold.add(base_name(current))
                if bare:
                    seen.bare.add(base_name(current))
                continue
            case Scripts():
                flat = flatten(current)
                if flat is None:
                    pending.append((current.base, True))
                    if current.superscript is not None:
                        pending.append((current.superscript, True))
                    if current.subscript is not None:
                        _below("", (current.subscript,), seen, False)
                    continue
                base, below, above, _ = flat
                name = base_name(base)
                _below(name, below, seen, base.font == "bold")
                seen.values.add(name)
                if bare:
                    seen.bare.add(name)
                if base.font == "bold":
                    seen.bold.add(name)
                for script in above:
                    inner = script.body if isinstance(script, Group) else script
                    if isinstance(inner, Name) and inner.text in MARKS | TRANSPOSES:
                        continue
                    if is_letter(inner) and isinstance(inner, Name) and name != "e":
                        (seen.bound if inner is not script else seen.raised).add(inner.text)
                    else:
                        pending.append((script, True))
                continue
            case Operator(_, _, _, _, body):
                _bounds(current, seen)
                pending.append((body, True))
                continue
            case Product():
                called = _applications(current, seen)
                for n, factor in enumerate(current.factors):
                    pending.append((factor, n not in called))
                continue
            case Chain():
                _chain(current, seen)
                if _letters_only(current):
                    continue
            case Indicator(_, condition):
                for part in walk(condition):
                    if is_letter(part) and isinstance(part, Name):
                        seen.compared.add(part.text)
                continue
            case FunctionCall(_, function, argument):
                seen.applied[function].add(spelling(argument))
                pending.append((argument, True))
                continue
            case Evaluated(_, body, _):
                pending.append((body, True))
                continue
        pending.extend((part, True) for part in parts(current))


def _letters_only(chain: Chain) -> bool:
    members = [chain.first, *(m for _, m in chain.rest)]
    return all(is_letter(m) for m in members) and all(
        sign.text in ("=", "!=") for sign, _ in chain.rest
    )


def _chain(chain: Chain, seen: _Seen) -> None:
    first = chain.first
    for sign, member in chain.rest:
        if sign.text == "in" and member is not None:
            seen.sizes.update(size for size in _space(member) or () if not size.isdigit())
    if isinstance(first, Product) and len(first.factors) == 2 and not first.operators[0]:
        flat, group = flatten(first.factors[0]), first.factors[1]
        if (
            flat is not None
            and isinstance(group, Group)
            and chain.rest[0][0].text in ("=", "assign")
        ):
            seen.introduced.add(base_name(flat[0]) + ("_" if flat[1] else ""))


def _below(name: str, below: Iterable[Syntax], seen: _Seen, bold: bool) -> None:
    for script in below:
        seen.whole_below.add((name, spelling(script)))
        if bold:
            seen.bold_below.add(name)
        for piece in split(script):
            inner: Node = piece
            if isinstance(piece, Signed):
                inner = next((t for _, t in piece.terms if is_letter(t)), piece)
            elif isinstance(piece, Scripts):
                base = piece.base.body if isinstance(piece.base, Group) else piece.base
                if isinstance(base, Signed):
                    base = next((t for _, t in base.terms if is_letter(t)), base)
                if piece.subscript is not None:
                    _below(spelling(base), (piece.subscript,), seen, False)
                inner = base
            if is_letter(inner) and isinstance(inner, Name):
                seen.below[name].add(inner.text)


def survey(formulas: Iterable[ParsedFormula], prose: str = "") -> Names:
    """What the formulas of a document, taken together, show of its names."""
    seen = _Seen()
    known = tuple(formulas)
    for formula in known:
        for row in formula.rows:
            if isinstance(row.body, Name) or (
                isinstance(row.body, Chain) and _letters_only(row.body) and not row.body.rest
            ):
                continue
            _look(row.body, seen)
            if row.condition is not None:
                for node in walk(row.condition):
                    if is_letter(node) and isinstance(node, Name):
                        seen.compared.add(node.text)
    deltas = seen.below.pop("\\delta", set()) if _kronecker(seen) else set()
    letters = set(seen.bound) | deltas
    marks: set[tuple[str, str]] = set()
    for _ in range(2):
        for name, below in seen.below.items():
            lettered = below & letters
            for text in below - letters - seen.sizes:
                if text in seen.values:
                    if not lettered:
                        marks.add((name, text))
                elif (len(text) == 1 and text.islower()) or lettered or text == "\\ell":
                    letters.add(text)
                else:
                    marks.add((name, text))
    marks = {(n, t) for n, t in marks if t not in letters and not seen.below[n] & letters}
    raised = {x for x in seen.raised if x not in seen.values | seen.sizes}
    names = Names(
        letters=frozenset(letters),
        values=frozenset(seen.values),
        marks=frozenset(marks),
        lettered=frozenset(
            n for n, below in seen.below.items() if any((n, t) not in marks for t in below)
        ),
        subscripts=frozenset(seen.whole_below),
        raised=frozenset(raised),
        functions=frozenset(_functions(seen)),
        sizes=frozenset(seen.sizes - set(letters)),
        bold=frozenset(seen.bold),
        bold_apart=frozenset(_apart(seen)),
        bare=frozenset(seen.bare),
        zero_based=seen.zero_based,
    )
    return _with_slots(names, known)


def _kronecker(seen: _Seen) -> bool:
    """Whether every delta with subscripts has two of them."""
    return all(
        len(text.replace(",", " ").split()) == 2 or len(text) == 2
        for name, text in seen.whole_below
        if name == "\\delta"
    )


def _apart(seen: _Seen) -> set[str]:
    """Names whose bold form with an index is a vector beside the plain form's components."""
    return {n for n in seen.bold_below if n in seen.below and n in seen.bare and n not in seen.bold}


def _functions(seen: _Seen) -> set[str]:
    found = set(seen.primed)
    for name, arguments in seen.applied.items():
        if name in found or name.rstrip("_") in seen.sizes:
            continue
        if name in seen.introduced or (
            name in seen.plainly_applied and name not in seen.bare and len(arguments) >= 1
        ):
            found.add(name)
    return found


def _with_slots(names: Names, formulas: Iterable[ParsedFormula]) -> Names:
    slots: dict[str, int] = {}
    for formula in formulas:
        for row in formula.rows:
            for node in walk(row):
                if not isinstance(node, Name | Scripts) or isinstance(node, RelationSign):
                    continue
                found = reference(node, names)
                if found is None:
                    continue
                if any(isinstance(n, Ellipsis) for index in found.indices for n in walk(index)):
                    continue
                slots[found.name] = max(slots.get(found.name, 0), len(found.indices))
    dimensions: dict[str, tuple[str, ...]] = {}
    for formula in formulas:
        for row in formula.rows:
            for node in walk(row.body):
                if isinstance(node, Chain):
                    for found, sizes in declared(node, names):
                        whole = len(found.indices) + len(sizes)
                        slots[found.name] = max(slots.get(found.name, 0), whole)
                        dimensions.setdefault(found.name, sizes)
    for name in names.bold:
        if slots.get(name, 0) == 0 and name not in dimensions:
            slots[name] = 2 if name.isupper() and len(name) == 1 else 1
    return replace(names, slots=slots, dimensions=dimensions)


def declared(chain: Chain, names: Names) -> Iterable[tuple[Reference, tuple[str, ...]]]:
    """``x, y \\in \\mathbb{R}^{N \\times M}``: the names and the sizes of their indices."""
    members: list[Syntax | None] = [chain.first, *(member for _, member in chain.rest)]
    for n, (sign, space) in enumerate(chain.rest):
        left = members[n]
        if sign.text != "in" or left is None or space is None:
            continue
        sizes = _space(space)
        if sizes is None:
            continue
        for item in left.items if isinstance(left, List) else (left,):
            found = reference(item, names)
            if found is not None and found.power is None:
                yield found, sizes


def _space(node: Syntax) -> tuple[str, ...] | None:
    """The sizes of R^N and R^{N x M}; () for R itself; None where it is no such space."""
    match node:
        case Scripts(_, Name(_, "R" | "\\R" | "\\Re" | "\\reals"), None, power) if (
            power is not None
        ):
            factors = power.factors if isinstance(power, Product) else (power,)
            if all(isinstance(f, Name | Numeral) for f in factors):
                return tuple(f.text for f in factors if isinstance(f, Name | Numeral))
        case Name(_, "R" | "\\R" | "\\Re" | "\\reals"):
            return ()
    return None


def differentials(node: Node) -> Iterable[Differentiation]:
    """The differentiations within a piece of syntax."""
    return (n for n in walk(node) if isinstance(n, Differentiation))
