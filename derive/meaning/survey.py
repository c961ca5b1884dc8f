"""A first look at all formulas of a document: how its names are used."""

from __future__ import annotations

import re
from collections import Counter, abc, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from derive.meaning.arithmetics import no_products
from derive.meaning.columns import families_in_columns, numbered_in_columns
from derive.meaning.components import components, paired
from derive.meaning.homonyms import is_policy
from derive.meaning.kinds import Said
from derive.meaning.layout import reads_denominator, said_layout
from derive.meaning.names import (
    LAST_LAYER,
    LAYERS,
    MARKS,
    PARAMETERS,
    TRANSPOSES,
    USUAL_SIZES,
    Names,
    Reference,
    arguments,
    base_name,
    flatten,
    reference,
    signature,
    split,
    unbraced,
    used_below,
)
from derive.meaning.noise import noises
from derive.meaning.patterns import counted, numbered
from derive.meaning.shapes import LAYER, between, inferred
from derive.meaning.spaces import is_marked, listed, sizes_of
from derive.meaning.spelling import LETTERS, is_letter, parts, single, spelling, walk, walk_values
from derive.meaning.tags import tags
from derive.reader.syntax import (
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
    Node,
    Numeral,
    Operator,
    ParsedFormula,
    Product,
    RelationSign,
    Root,
    Scripts,
    Sequence,
    Signed,
    Syntax,
    Text,
)

__all__ = ["counted_through", "declared", "survey", "with_letter"]


_DROPS = re.compile(
    r"\b(drop|omit|suppress|leave out|leaving out|dropping|omitting)\w*\b[^.]{0,30}"
    r"\b(superscript|layer index)",
    re.I,
)


OF_MORE_THAN_NUMBERS = {"softmax", "logsumexp", "norm", "diag", "tr", "trace", "det"}
EXTREMES = {"max", "min", "argmax", "argmin"}
OF_COMPONENTS = {"max", "min"}  # of a list of numbers, or of all components of what stands alone
NOTHING_SAID = Said()
SANDWICHED = 10  # more than all that speaks for a number

_LAST = frozenset("NMKT")
_ONES = re.compile(
    r"\bmatrix\s+(?:of|with)\s+(?:all\s+|only\s+)?(?:ones|1s)\b|\ball-ones\s+matrix\b|全\s*1\s*(?:的)?\s*矩阵",
    re.I,
)
_BITS = re.compile(r"\bbits?\b|\bbase[- ](?:2|two)\b|\bShannon\b", re.I)
_COUNTS_BY_E = re.compile(
    r"(?<![\w^\\])e\s*(?:=|from)\s*[01]\s*(?:,|\\\w+|to\b|through\b|until\b|\.\.|…|:|\$)"
)
_EXPECTS = re.compile(
    r"\bexpectations?\b|\bexpected values?\b|\brandom variables?\b|期望|期待値|기댓값|матожидани|"
    r"математическ\w* ожидани|\bErwartungswert|\bespérance\b|\besperanza\b|\besperança\b|"
    r"\bkỳ vọng\b",
    re.I,
)

_LAYER = re.compile(
    r"layer|couche|schicht|\bcapas?\b|camada|strat[oi]\b|слой|слоя|слое|层|層|층", re.I
)

# Letters that authors use for functions, where nothing else says what they are.
USUAL_FUNCTIONS = {"f", "g", "h", "F", "G", "\\phi", "\\varphi", "\\psi", "\\sigma"}
# What logarithms are taken of: densities and likelihoods.
_LIKELIHOODS = {"p", "q", "P", "Q", "L", "\\pi", "\\mathcal{L}", "\\ell"}


@dataclass
class _Seen:
    """What the survey has met so far."""

    bound: set[str] = field(default_factory=set)
    varied: set[str] = field(default_factory=set)  # below maxima and minima
    compared: set[str] = field(default_factory=set)
    below: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    whole_below: set[tuple[str, str]] = field(default_factory=set)
    pieces_below: set[str] = field(default_factory=set)
    deep_below: set[tuple[str, str]] = field(default_factory=set)
    raised: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    bare: set[str] = field(default_factory=set)
    sizes: set[str] = field(default_factory=set)
    taken_off: set[str] = field(default_factory=set)  # the t of ``\sum_{k=1}^{T - t}``
    bold: set[str] = field(default_factory=set)
    bold_below: set[str] = field(default_factory=set)
    plain_below: set[str] = field(default_factory=set)
    written: dict[tuple[str, bool], set[tuple[str, ...]]] = field(
        default_factory=lambda: defaultdict(set)
    )
    bold_bare: set[str] = field(default_factory=set)
    plain_bare: set[str] = field(default_factory=set)
    evidence: Counter[str] = field(default_factory=Counter)
    applied: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    plainly_applied: set[str] = field(default_factory=set)
    primed: set[str] = field(default_factory=set)
    moving: set[str] = field(default_factory=set)
    slopes: set[tuple[str, str]] = field(default_factory=set)  # the r_ and x of dr_i / dx_j
    words: set[str] = field(default_factory=set)
    means: dict[tuple[int, int], str] = field(default_factory=dict)
    measured: set[str] = field(default_factory=set)
    transposed: set[str] = field(default_factory=set)
    of_vectors: set[str] = field(default_factory=set)
    quantities: set[str] = field(default_factory=set)
    digits_above: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    inverted: set[str] = field(default_factory=set)  # in bold, the X of (X^T X)^{-1}
    squared: set[str] = field(default_factory=set)  # not in bold, the x of x_i^2
    signs: set[tuple[str, str]] = field(default_factory=set)
    mapped: set[str] = field(default_factory=set)
    neighbours: set[str] = field(default_factory=set)
    introduced: set[str] = field(default_factory=set)
    several: set[str] = field(default_factory=set)
    single: set[str] = field(default_factory=set)
    signatures: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    formals: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    calls: list[tuple[str, str, tuple[Syntax, ...]]] = field(default_factory=list)
    laws: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    dimensions: set[tuple[str, str]] = field(default_factory=set)
    variates: set[tuple[str, str]] = field(default_factory=set)
    parted: set[tuple[str, str]] = field(default_factory=set)
    counting: set[str] = field(default_factory=set)
    stepped: set[str] = field(default_factory=set)  # the k of ``a_{k-1}``
    partial: set[tuple[str, str]] = field(default_factory=set)  # of ``s_k = \\sum_{i=1}^k x_i``
    at_least: set[str] = field(default_factory=set)  # the N of "N >= 2"
    ahead: list[tuple[str, Node]] = field(default_factory=list)
    zero_based: bool = False
    layered: bool = False


def _counted_by(lower: Syntax | None) -> set[str]:
    """The letter of ``n = 1`` or ``n`` below a sum."""
    first = lower.first if isinstance(lower, Chain) else lower
    return {first.text} if isinstance(first, Name) else set()


def _bounds(operator: Operator, seen: _Seen) -> None:
    lower, upper = operator.lower, operator.upper
    if operator.kind in ("lim", "int"):  # the y of y -> 0 and the ends of an integral are numbers
        return
    if isinstance(upper, Name) and upper.text in _counted_by(lower):
        return  # "\sum_{n=1}^n", a slip that makes n no letter everywhere
    for piece in [lower] if lower is not None else []:
        for item in piece.items if isinstance(piece, List) else (piece,):
            if isinstance(item, Chain):
                first = item.first
                for letter in split(first) if first is not None else ():
                    if is_letter(letter) and isinstance(letter, Name):
                        seen.bound.add(letter.text)
                for sign, member in item.rest:
                    others = member.items if isinstance(member, List) else (member,)
                    for other in others if sign.text == "!=" else ():
                        if is_letter(other) and isinstance(other, Name):
                            seen.compared.add(other.text)
                            seen.bound.add(other.text)  # a position, as the letter it is not
                    zero = isinstance(member, Numeral) and member.text == "0"
                    if sign.text == "=" and zero and isinstance(upper, Signed):
                        seen.zero_based = True
            else:
                over = seen.varied if operator.kind in EXTREMES else seen.bound
                for letter in split(item):
                    if is_letter(letter) and isinstance(letter, Name):
                        over.add(letter.text)
    if isinstance(upper, Scripts) and is_marked(upper):  # \sum_{i=1}^{D_h}
        below = upper.subscript
        if isinstance(below, Name) and single(below.text) and isinstance(upper.base, Name):
            seen.dimensions.add((base_name(upper.base), below.text))
            seen.sizes.add(spelling(upper))
            return
    match upper:
        case Scripts(_, Name(), Numeral(), None, 0):  # \sum_{i=1}^{n_1}
            seen.sizes.add(spelling(upper))
            return
    if upper is not None:
        less = upper.terms if isinstance(upper, Signed) else ()
        taken_off = {term.text for sign, term in less if sign < 0 and isinstance(term, Name)}
        seen.taken_off.update(taken_off)
        rounded = any(isinstance(n, Group) and n.delimiters in ("⌊⌋", "⌈⌉") for n in walk(upper))
        for node in walk(upper) if not rounded else ():  # \lfloor x \rfloor: x is any number
            # nobody counts up to a size that is called i
            if isinstance(node, Name) and node.text not in taken_off | {"i", "j"}:
                seen.sizes.add(node.text)


def _laws(operator: Operator, seen: _Seen) -> None:
    """``\\sum_a p(a)``: p is a family of numbers, one for each a."""
    match operator.lower:
        case Name() as letter if operator.kind in ("sum", "prod"):
            pass
        case Chain(_, Name() as letter, ((RelationSign(_, "sim"), Name() as law),)):
            seen.laws.add(base_name(law))
        case Chain(_, Name() as letter, _) if operator.kind in ("sum", "prod"):
            pass
        case _:
            return
    for node in walk(operator.body):
        if isinstance(node, Product):
            for one, other in pairwise(node.factors):
                if (
                    isinstance(one, Name)
                    and isinstance(other, Group)
                    and other.body == replace(letter, span=other.body.span)
                ):
                    seen.laws.add(base_name(one))


def _laws_of_laws(formulas: Iterable[ParsedFormula], seen: _Seen, letters: set[str]) -> set[str]:
    """Letters that only stand in the brackets of laws, and laws that only stand with letters.

    ``q(a) = e^{h(a)} / \\sum_b e^{h(b)}``: h is a family of numbers, thus a is an index, thus
    q is a family, too.
    """
    applied: dict[str, set[str]] = defaultdict(set)
    values: set[str] = set()
    for formula in formulas:
        for row in formula.rows:
            _values_beside_laws(row.body, applied, values)
    found: set[str] = set()
    while True:
        more = {
            letter
            for name in seen.laws
            for letter in applied.get(name, ())
            if letter not in values | letters | found | seen.sizes
        }
        laws = {
            name
            for name, inside in applied.items()
            if inside <= letters | found | more
            and inside.isdisjoint(values)
            and name not in seen.laws | seen.primed
            and "" not in inside
        }
        if not (more or laws):
            return found
        found |= more
        seen.laws |= laws


def _values_beside_laws(node: Node, applied: dict[str, set[str]], values: set[str]) -> None:
    """Notes names with a letter in brackets ("" for anything else), and names that stand free."""
    pending = [node]
    while pending:
        current = pending.pop()
        match current:
            case Product(_, factors, operators):
                inside: set[int] = set()
                for n, (one, other) in enumerate(pairwise(factors)):
                    group = other.base if isinstance(other, Scripts) else other
                    flat = flatten(one)
                    if operators[n] or flat is None or not isinstance(group, Group):
                        continue
                    if is_letter(group.body) and isinstance(group.body, Name):
                        applied[base_name(flat[0])].add(group.body.text)
                        inside.add(n + 1)
                    elif group.delimiters in ("()", "[]"):
                        applied[base_name(flat[0])].add("")
                pending.extend(f for n, f in enumerate(factors) if n not in inside)
                continue
            case Chain() if _letters_only(current):
                continue
            case Scripts(_, base, _, above):
                pending.extend((base,) if above is None else (base, above))
                continue
            case Operator(_, _, _, _, body):
                pending.append(body)
                continue
            case Name(_, text):
                values.add(text)
        pending.extend(parts(current))


def _applications(product: Product, seen: _Seen) -> set[int]:
    """Notes names with brackets after them; returns the positions that are no bare values."""
    called: set[int] = set()
    for n, operator in enumerate(product.operators):
        head, group = product.factors[n], product.factors[n + 1]
        group = group.base if isinstance(group, Scripts) else group
        if operator or not isinstance(group, Group) or group.delimiters not in ("()", "[]"):
            continue
        flat = flatten(head)
        if flat is None or (flat[2] and not _is_inverse(head, group.body)):
            continue
        name = base_name(flat[0])
        if flat[1]:
            seen.variates.update((name, text) for text in _variates(flat[1], group.body))
            name += "_"
        seen.applied[name].add(spelling(group.body))
        seen.calls.append((name, signature(group.body), arguments(group.body) or ()))
        items = group.body.items if isinstance(group.body, List) else (group.body,)
        plain = all(isinstance(i, Name) or flatten(i) is not None for i in items)
        if plain:
            seen.plainly_applied.add(name)
        several = plain and len(items) > 1 and group.delimiters == "()"
        (seen.several if several else seen.single).add(name)
        if isinstance(product.factors[n + 1], Scripts):
            seen.of_vectors.add(name)
        if flat[3]:
            seen.primed.add(name)
        if flat[0].word and len(flat[0].text) > 1 and not flat[1]:
            seen.words.add(name)
        if isinstance(group.body, Chain | Sequence):
            seen.primed.add(name)
        called.add(n)
    return called


def _variates(below: abc.Sequence[Syntax], body: Syntax) -> abc.Sequence[str]:
    """The X and the Y of ``p_{XY}(x, y)``: the random variables of which x and y are values.

    They tell p_{XY} from p_X, and are no positions.
    """
    written = [piece for script in below for piece in split(script)]
    capital = [x.text for x in written if isinstance(x, Name) and is_letter(x) and x.text.isupper()]
    listed = [x.text.upper() for x in arguments(body) or () if isinstance(x, Name)]
    return capital if len(capital) == len(written) and capital == listed else ()


def _look(node: Node, seen: _Seen, bare: bool = True) -> None:
    """One pass over a formula; a stack instead of recursion, since formulas may be deep."""
    pending: list[tuple[Node, bool]] = [(node, bare)]
    while pending:
        current, bare = pending.pop()
        match current:
            case Name():
                name = base_name(current)
                seen.values.add(name)
                if current.font == "bold":
                    seen.bold.add(name)
                (seen.bold_bare if current.font == "bold" else seen.plain_bare).add(name)
                if bare:
                    seen.bare.add(name)
                continue
            case Scripts():
                flat = flatten(current)
                if flat is None:
                    _component(current, seen)
                    pending.append((current.base, True))
                    raised = current.superscript
                    if raised is not None and spelling(raised) == "-1":
                        seen.inverted.update(
                            base_name(n)
                            for n in walk_values(current.base)
                            if isinstance(n, Name) and n.font == "bold"
                        )
                    if raised is not None and not (
                        isinstance(raised, Name) and raised.text in MARKS | TRANSPOSES
                    ):
                        pending.append((raised, True))
                    if current.subscript is not None:
                        _below("", (current.subscript,), seen, False)
                    continue
                base, below, above, _ = flat
                name = base_name(base)
                _parted(name, current, seen)
                for script in above:
                    if isinstance(script, Name) and script.text in ("+", "-"):
                        seen.signs.add((name, script.text))
                    if isinstance(script, Numeral) and script.text in "345" and not below:
                        _weigh(seen, base, 2)  # nobody raises a vector to the third power
                    if isinstance(script, Numeral) and below and base.font != "bold":
                        seen.squared.add(name)
                    if isinstance(script, Numeral) and len(script.text) == 1 and name != "e":
                        seen.digits_above[name].add(script.text)
                    if name == "e":
                        _weigh(seen, script, 1)
                    elif isinstance(script, Name) and script.text in TRANSPOSES:
                        if not below:
                            seen.evidence[name] -= 3
                            seen.transposed.add(name)
                    else:
                        _weigh(seen, script, 1)
                _below(name, below, seen, base.font == "bold")
                parted = [p for script in (*below, *above) for p in split(script)]
                if below and not all(isinstance(p, Name) and p.word for p in parted):
                    seen.written[name, base.font == "bold"].add(tuple(map(spelling, parted)))
                seen.values.add(name)
                if bare and not below:
                    seen.bare.add(name)
                if base.font == "bold":
                    seen.bold.add(name)
                for script in above:
                    inner = script.body if isinstance(script, Group) else script
                    counts = inner is not script and isinstance(inner, Name) and inner.text == "t"
                    marks = isinstance(inner, Name) and inner.text in MARKS | TRANSPOSES
                    if marks and not counts:  # x^{(t)} is that of the moment t
                        continue
                    if _inverts(inner):
                        continue
                    letter = _neighbour(inner) if name != "e" else None
                    if letter is not None and inner is not script and not below:
                        seen.ahead.append((letter, script))
                        continue
                    if not below and not (seen.layered and letter in LAYERS):
                        if seen.layered and letter == LAST_LAYER and inner is script:
                            seen.ahead.append((letter, script))
                            continue
                        letter = None  # but w^{l+1} is that of the next layer
                    if is_letter(inner) and isinstance(inner, Name) and name != "e":
                        (seen.counting if inner is not script else seen.raised).add(inner.text)
                    elif letter is not None:
                        seen.neighbours.add(letter)
                    else:
                        pending.append((script, True))
                continue
            case Operator(_, _, _, _, body):
                _bounds(current, seen)
                _laws(current, seen)
                pending.append((body, True))
                continue
            case Fraction(_, Operator(_, "sum") as total, below):
                _mean(below, total, seen)
            case Product():
                for one, other in pairwise(current.factors):
                    if isinstance(one, Fraction) and isinstance(other, Operator):
                        _mean(one.denominator, other, seen)
                for middle in between(current.factors):
                    _weigh(seen, middle, -SANDWICHED)
                called = _applications(current, seen)
                for n, factor in enumerate(current.factors):
                    pending.append((factor, n not in called))
                continue
            case Signed(_, terms) if any(isinstance(term, Ellipsis) for _, term in terms):
                seen.sizes.update(_ends_of_dots([term for _, term in terms]))
            case Root(_, Scripts(_, Name(_, "d"), below, None, 0)) if below is not None:
                seen.dimensions.add(("d", spelling(below)))  # \\sqrt{d_k}
            case Matrix():
                seen.listed.update(map(spelling, counted(current)))
                for listed, size in numbered(current):
                    seen.listed.add(spelling(listed))
                    seen.sizes.add(size.text)
                if len(current.rows) > 1 and all(len(row) == 1 for row in current.rows):
                    for row in current.rows:
                        _weigh(seen, row[0], 3)
            case Chain():
                _chain(current, seen)
                _compared(current, seen)
                if _letters_only(current):
                    _compare_letters(current, seen)
                    continue
            case Indicator(_, condition):
                for part in walk(condition):
                    if isinstance(part, Chain):
                        _compare_letters(part, seen)
                continue
            case FunctionCall(_, function, argument):
                seen.applied[function].add(spelling(argument))
                whole = function in OF_COMPONENTS and not isinstance(argument, List)
                _weigh(seen, argument, -1 if whole or function in OF_MORE_THAN_NUMBERS else 1)
                pending.append((argument, True))
                continue
            case Differentiation(_, body, variables, sign):
                if isinstance(body, Name):
                    seen.quantities.add(base_name(body))
                seen.moving.update(n.text for n in (body, *variables) if isinstance(n, Name))
                if body is not None and variables:
                    _weigh(seen, body, 1)
                    seen.slopes.update(_slopes(body, variables))
                for variable in variables:
                    _weigh(seen, variable, 1 if sign == "d" else -1)
            case Evaluated(_, body, _):
                pending.append((body, True))
                continue
        pending.extend((part, True) for part in parts(current))


def _of_layers(body: Node) -> bool:
    """``l - 1``, ``l < L``, ``l \\geq 2`` by themselves: they number layers, and are no values."""
    found = {node.text for node in walk(body) if isinstance(node, Name) and not node.word}
    return bool(found) and found.intersection(LAYERS) != set() and found <= {*LAYERS, "L", "N"}


_ORDINAL = {"th", "st", "nd", "rd"}


def _is_ordinal(body: Node) -> bool:
    """``l^{th}``, ``(l-1)^{\\text{th}}`` by themselves: places in an order, and no values."""
    if not isinstance(body, Scripts) or body.superscript is None or body.subscript is not None:
        return False
    above = [node.text for node in walk(body.superscript) if isinstance(node, Name | Text)]
    return "".join(above).strip() in _ORDINAL


def _layers(seen: _Seen) -> set[str]:
    """The letters that number layers above names, whatever else they may stand for elsewhere.

    The l of ``a^l`` and ``a^{l-1}``, and with it the L of the last one.
    """
    if not seen.layered or seen.raised.isdisjoint(seen.neighbours.intersection(LAYERS)):
        return set()
    return (seen.raised & seen.neighbours).intersection({*LAYERS, LAST_LAYER}) - seen.sizes


def _parted(name: str, node: Scripts, seen: _Seen) -> None:
    """``W_{h[i,j]}``: the h tells W_h from others, and i, j are its components."""
    match node.subscript:
        case Product(_, (Name(_, mark), Group(_, _, "[]")), ("",)):
            seen.parted.add((name, mark))


def _inverts(above: Node) -> bool:
    """The -T of ``A^{-T}``, the transpose of the inverse."""
    match above:
        case Signed(_, ((-1, Name(_, text)),)):
            return text in TRANSPOSES
    return False


def _neighbour(node: Node) -> str | None:
    """The letter l of ``l - 1`` and ``l + 1``; None for anything else."""
    if isinstance(node, Signed) and len(node.terms) == 2:
        (_, letter), (_, number) = node.terms
        if is_letter(letter) and isinstance(letter, Name) and isinstance(number, Numeral):
            return letter.text
    return None


def _weigh(seen: _Seen, node: Node, weight: int) -> None:
    """Notes that a bare name stands where a number does (or a vector: negative weight)."""
    terms = [node]
    while terms:
        current = terms.pop()
        match current:
            case Name(_, _, font) if font != "bold":
                seen.evidence[base_name(current)] += weight
            case Group(_, body, "()" | "[]" | "{}"):
                terms.append(body)
            case Signed(_, inner):
                terms.extend(term for _, term in inner)
            case Product(_, factors, _) if all(isinstance(f, Name | Numeral) for f in factors):
                terms.extend(factors)


def _compared(chain: Chain, seen: _Seen) -> None:
    """``y = 1``: a name that equals a numeral is a number; x is none in ``p(y = 1 | x)``."""
    members = [chain.first, *(member for _, member in chain.rest)]
    for left, right, (sign, _) in zip(members, members[1:], chain.rest, strict=False):
        if sign.text == "given":
            continue
        for one, other in ((left, right), (right, left)):
            if isinstance(other, Signed) and len(other.terms) == 1:
                other = other.terms[0][1]  # "y = -2"
            if isinstance(one, Name) and isinstance(other, Numeral):
                seen.evidence[base_name(one)] += 1
    match chain:
        case Chain(_, Name(_, size), ((RelationSign(text=">" | ">="), Numeral()),)) | Chain(
            _, Numeral(), ((RelationSign(text="<" | "<="), Name(_, size)),)
        ) if size in _LAST:
            seen.at_least.add(size)


def _compare_letters(chain: Chain, seen: _Seen) -> None:
    if _letters_only(chain):
        for member in (chain.first, *(member for _, member in chain.rest)):
            if isinstance(member, Name):
                seen.compared.add(member.text)


def _last_positions(seen: _Seen) -> set[str]:
    r"""The N of ``x_N`` where ``N \geq 2`` stands somewhere, or x_1: the last position."""
    ends = {"N", "T"}
    shown = {
        x
        for below in seen.written.values()
        if ("1",) in below
        for (x, *_) in below & {(n,) for n in ends}
    }
    return seen.at_least | shown


def _letters_only(chain: Chain) -> bool:
    members = [chain.first, *(m for _, m in chain.rest)]
    return all(is_letter(m) for m in members) and all(
        sign.text in ("=", "!=") for sign, _ in chain.rest
    )


def _mean(below: Syntax, total: Operator, seen: _Seen) -> None:
    """``\\frac{1}{N} \\sum_i``: N is the number of terms where the sum names no other."""
    if total.kind != "sum" or total.upper is not None or total.lower is None:
        return
    factors = below.factors if isinstance(below, Product) else (below,)
    found = [f.text for f in factors if isinstance(f, Name) and f.text in USUAL_SIZES]
    if len(found) > 1 and is_letter(total.lower) and not isinstance(total.body, Operator):
        return  # one sum has one number of terms
    for text in found:
        if text not in seen.measured:
            seen.means[(total.span.start, total.span.end)] = text
            seen.sizes.add(text)


def _measured(chain: Chain) -> str | None:
    """``n = \\sqrt{...}``: a letter that is a value of a function, and no number of terms."""
    if not isinstance(chain.first, Name) or not chain.rest or chain.rest[0][1] is None:
        return None
    inner = (node for node in walk(chain.rest[0][1]) if isinstance(node, Root | FunctionCall))
    return chain.first.text if any(inner) else None


def _has_own_e(seen: _Seen, prose: str) -> bool:
    """Whether e is a quantity or a counter of the document, such as an epoch, beside e^x.

    ``e = y - t`` says so, a sum over e, and the words "for e = 1 to E" without a formula.
    """
    return "e" in seen.quantities | seen.bound or _COUNTS_BY_E.search(prose) is not None


def _slopes(body: Syntax, variables: abc.Sequence[Syntax]) -> Iterator[tuple[str, str]]:
    """What is differentiated by what: the r_ and x of ``\\partial r_i(x) / \\partial x_j``."""
    match body:
        case Product(_, (head, Group()), ("",)):
            body = head
    flat = flatten(body)
    by = [found[0] for variable in variables if (found := flatten(variable)) is not None]
    if flat is not None and not flat[2]:
        head_name = base_name(flat[0]) + ("_" if flat[1] else "")
        yield from ((head_name, base_name(variable)) for variable in by)


def _component(node: Scripts, seen: _Seen) -> None:
    """``[f(a)]_i``: f gives a vector."""
    if node.subscript is not None and isinstance(node.base, Group):
        match node.base.body:
            case Product(_, (head, Group()), ("",)):
                flat = flatten(head)
                if flat is not None:
                    seen.of_vectors.add(base_name(flat[0]))


def _partial_sum(chain: Chain) -> Iterator[tuple[str, str]]:
    """The s and the k of ``s_k = \\sum_{i=1}^k x_i``."""
    match chain.first:
        case Scripts(_, Name() as base, Name(_, end), None):
            sums = (node for _, member in chain.rest if member is not None for node in walk(member))
            for node in sums:
                match node:
                    case Operator(_, "sum" | "prod", _, Name(_, upper)) if upper == end:
                        if all(n.text != base.text for n in walk(node) if isinstance(n, Name)):
                            yield base_name(base), end


def _ends_of_partial_sums(seen: _Seen) -> set[str]:
    """The k of ``s_k = \\sum_{i=1}^k x_i``: each s_k has its own number.

    So has each s_n, beside s_1 or s_{n-1}.
    """
    found = {end for _, end in seen.partial if end not in USUAL_SIZES}
    for name, end in seen.partial:
        others = {text for one, text in seen.whole_below if one == name and text != end}
        shifted = any(re.fullmatch(rf"\+?{re.escape(end)} ?[+-] ?\d+", text) for text in others)
        if shifted or (end.islower() and any(text.isdigit() for text in others)):
            found.add(end)
    seen.stepped |= found
    return found


def _chain(chain: Chain, seen: _Seen) -> None:
    first = chain.first
    seen.partial.update(_partial_sum(chain))
    match first:
        case Product(_, (Name() as applied, Group()), ("",)):  # e(x) = ...
            seen.quantities.add(base_name(applied))
    value = chain.rest[0][1]
    counts = isinstance(value, Numeral) and value.text in ("0", "1")  # e = 1, ..., E
    if isinstance(first, Name) and (counts or not isinstance(value, Numeral)):
        if chain.rest[0][0].text in ("=", "assign", "equiv"):
            seen.quantities.add(base_name(first))
    if len(chain.rest) == 2 and [sign.text for sign, _ in chain.rest] == ["other", "to"]:
        if isinstance(first, Name):  # "f : A \\to B"
            seen.mapped.add(base_name(first))
    for sign, member in chain.rest:
        if sign.text == "in" and member is not None:
            seen.dimensions.update(_marked_sizes(member))
            seen.sizes.update(size for size in sizes_of(member) or () if not size.isdigit())
    if isinstance(first, Scripts) and isinstance(first.base, Group):
        first = first.base.body
    first = _below_logarithm(chain) or first
    if isinstance(first, FunctionCall) and chain.rest[0][0].text in ("=", "assign", "equiv"):
        seen.introduced.add(first.function)
    if isinstance(first, Product) and len(first.factors) == 2 and not first.operators[0]:
        flat, group = flatten(first.factors[0]), first.factors[1]
        inverted = isinstance(group, Scripts) and isinstance(group.superscript, Signed)
        group = group.base if isinstance(group, Scripts) else group
        if (
            flat is not None
            and not (inverted and isinstance(group, Group) and isinstance(group.body, Product))
            and isinstance(group, Group)
            and chain.rest[0][0].text in ("=", "assign")
            and not _may_be_a_factor(flat[0], group.body, chain)
        ):
            seen.introduced.add(base_name(flat[0]) + ("_" if flat[1] else ""))
            _introduces(flat[0], bool(flat[1]), group.body, chain, seen)


def _below_logarithm(chain: Chain) -> Syntax | None:
    """The ``p(x)`` of ``\\log p(x) = ...``, unless the right side takes it to pieces."""
    match chain.first:
        case FunctionCall(
            _, "log" | "ln", Product(_, (Name(_, name), Group(_, Name())), ("",)) as argument
        ) if name in USUAL_FUNCTIONS | _LIKELIHOODS:
            members = [member for _, member in chain.rest if member is not None]
            inside = {n.text for member in members for n in walk(member) if isinstance(n, Name)}
            return argument if name not in inside else None
    return None


def _may_be_a_factor(name: Name, body: Syntax, chain: Chain) -> bool:
    """``a_i (y_i - 1) = 0``, ``a (1 - x) = b x``: a product, unless a is a function elsewhere."""
    if name.word or not isinstance(body, Signed) or len(body.terms) < 2:
        return False
    others = [node for _, member in chain.rest if member is not None for node in walk(member)]
    names_ = (n.base if isinstance(n, Scripts) else n for n in others)
    return not any(isinstance(n, Name) and n.text == name.text for n in names_)


def _introduces(name: Name, marked: bool, body: Syntax, chain: Chain, seen: _Seen) -> None:
    """``p(x | m) = ...``: a function with this signature, unless it is made of its own values."""
    listed = arguments(body)
    if listed is None or not all(isinstance(a, Name) or flatten(a) for a in listed):
        return
    for node in walk(chain.rest[0][1]) if chain.rest[0][1] is not None else ():
        if isinstance(node, Product):
            for head, group in pairwise(node.factors):
                flat = flatten(head)
                if isinstance(group, Group) and flat is not None and flat[0].text == name.text:
                    if signature(group.body) == signature(body):
                        return
    key = base_name(name) + ("_" if marked else "")
    seen.signatures[key].add(signature(body))
    seen.formals[key, signature(body)] = tuple(
        a.text if isinstance(a, Name) else "" for a in listed
    )


def _given(body: Node) -> Iterator[str]:
    """The names of data: of ``(x_i, y_i)`` and ``\\{(x_i, y_i)\\}_{i=1}^n``, standing by itself."""
    while isinstance(body, Scripts):
        body = body.base
    if isinstance(body, Group) and body.delimiters == "{}":
        items = body.body.items if isinstance(body.body, List) else (body.body,)
        for item in items:
            yield from _given(item)
    elif isinstance(body, Group) and body.delimiters == "()" and isinstance(body.body, List):
        if all(isinstance(i, Scripts) and i.subscript is not None for i in body.body.items):
            for item in body.body.items:
                if (found := flatten(item)) is not None:
                    yield base_name(found[0])


def _below(name: str, below: Iterable[Syntax], seen: _Seen, bold: bool) -> None:
    for script in below:
        seen.whole_below.add((name, spelling(script)))
        (seen.bold_below if bold else seen.plain_below).add(name)
        for piece in split(script):
            seen.pieces_below.add(spelling(piece))
            inner: Node = piece
            if isinstance(piece, Signed):
                inner = next((t for _, t in piece.terms if is_letter(t)), piece)
                if (letter := _neighbour(piece)) is not None:
                    seen.stepped.add(letter)
            elif isinstance(piece, Scripts):
                base = piece.base.body if isinstance(piece.base, Group) else piece.base
                if isinstance(base, Signed):
                    base = next((t for _, t in base.terms if is_letter(t)), base)
                seen.deep_below.add((name, spelling(base)))
                if piece.subscript is not None:
                    _below(spelling(base), (piece.subscript,), seen, False)
                inner = base
            if is_letter(inner) and isinstance(inner, Name):
                seen.below[name].add(inner.text)


def survey(
    formulas: Iterable[ParsedFormula],
    prose: str = "",
    said: Said = NOTHING_SAID,
) -> Names:
    """What the formulas of a document, taken together, show of its names.

    ``said``: what the prose says of their shapes.
    """
    seen = _Seen(layered=_LAYER.search(prose) is not None)
    known = tuple(formulas)
    for formula in known:
        chains = (row.body for row in formula.rows if isinstance(row.body, Chain))
        seen.measured.update(x for x in map(_measured, chains) if x is not None)
    for formula in known:
        for row in formula.rows:
            if isinstance(row.body, Name) or (
                isinstance(row.body, Chain) and _letters_only(row.body) and not row.body.rest
            ):
                continue
            if (seen.layered and _of_layers(row.body)) or _is_ordinal(row.body):
                continue
            listed = declared_range(row.body)
            if listed is not None and listed[0].text not in USUAL_SIZES:
                seen.bound.add(listed[0].text)
                seen.sizes.update(n.text for n in walk(listed[1]) if isinstance(n, Name))
                continue
            _look(row.body, seen)
            seen.given.update(_given(row.body))
            if row.condition is not None:
                for node in walk(row.condition):
                    if isinstance(node, Chain):
                        _compare_letters(node, seen)
    # The m of (x^{(1)}, y^{(1)}), ..., (x^{(m)}, y^{(m)}) is their number, and no index.
    seen.bound |= seen.counting - (seen.sizes & USUAL_SIZES)
    seen.counting -= seen.sizes & USUAL_SIZES
    for letter, script in seen.ahead:  # h^{(t-1)} is the h before where h^{(t)} is one of them
        last = letter == LAST_LAYER and not seen.raised.isdisjoint(LAYERS)
        if letter in seen.counting or (seen.layered and (letter in LAYERS or last)):
            seen.neighbours.add(letter)
        else:
            _look(script, seen)
    _formal_numbers(seen)
    tagged = {(n, t) for n, t in seen.parted if t not in seen.bound | seen.compared}
    for name in {name for name, _ in tagged}:
        tagged |= {(name, text) for text in seen.below[name] & seen.values - seen.bound}
    for name, text in seen.dimensions | seen.variates | tagged:
        seen.below[name].discard(text)
    deltas = seen.below.pop("\\delta", set()) if _kronecker(seen) else set()
    below_any = {text for below in seen.below.values() for text in below}
    # By the number of terms nothing is differentiated: the T of 1/T is a temperature then.
    moved = set(seen.means.values()) & seen.moving
    seen.sizes -= moved | _ends_of_partial_sums(seen)
    seen.means = {at: size for at, size in seen.means.items() if size not in moved}
    # The w of min_w J(w) is a quantity, the i of max_i z_i an index.
    seen.bound |= seen.varied - (seen.values - below_any - {*LETTERS, "c", "y"})
    seen.sizes |= seen.taken_off - below_any
    seen.sizes |= _last_positions(seen) & below_any - seen.bound - seen.compared
    deltas -= seen.sizes
    letters = set(seen.bound) | deltas | (seen.compared & below_any - seen.sizes)
    letters |= _laws_of_laws(known, seen, letters)
    # In ``W_{pk}`` beside an index p, k is one, also where "k = 2" stands, and below b_k.
    letters |= {
        piece
        for _, text in seen.whole_below
        if len(pieces := text.replace(",", " ").split()) > 1 and letters.intersection(pieces)
        for piece in pieces
        if piece in seen.values - seen.stepped - seen.sizes and piece in LETTERS
    }
    marks: set[tuple[str, str]] = set()
    for _ in range(2):
        for name, below in seen.below.items():
            lettered = below & letters
            for text in below - letters - seen.sizes:
                # The k of ``a_k = 2 a_{k-1}`` tells places apart, also where 2^k stands.
                if text in seen.values - seen.stepped:
                    if not lettered:
                        marks.add((name, text))
                elif (single(text) and text.islower() and text[0] != "\\") or (
                    (lettered and not _is_name_of_kind(text)) or text == "\\ell"
                ):
                    letters.add(text)
                else:
                    marks.add((name, text))
    marks = {
        (n, t)
        for n, t in marks
        if t not in letters and (_is_name_of_kind(t) or not seen.below[n] & letters)
    }
    short = tags(known, seen.bound | seen.compared | deltas | seen.listed | seen.sizes)
    letters -= short | {text for _, text in seen.variates}
    marks |= {(name, text) for name, below in seen.below.items() for text in below & short}
    marks |= seen.dimensions.union(seen.variates, tagged, _named_by_sizes(seen, letters))
    seen.values.update(seen.neighbours - seen.raised)  # a power after all
    numbered = _numbered(seen) - {
        n for f in known for row in f.rows for n in _beside_numbers(row.body)
    }
    layers = _layers(seen)
    raised = {x for x in seen.raised if x not in seen.values | seen.sizes} | layers
    noise, observed = noises(known, prose)
    functions = frozenset(_functions(seen))
    told = {t for n, t in marks if f"{n}_" in functions} & seen.values - letters  # w in f_w(x)
    told -= {t for n, below in seen.below.items() for t in below if f"{n}_" not in functions}
    numeric = frozenset(
        name for name, weight in seen.evidence.items() if weight > 0 and name not in seen.bold_bare
    )
    names = Names(
        letters=frozenset(letters),
        values=frozenset(seen.values),
        marks=frozenset(marks),
        lettered=frozenset(
            n for n, below in seen.below.items() if any((n, t) not in marks for t in below)
        )
        | seen.listed
        | components(known),
        paired=paired(known),
        given=frozenset(seen.given),
        subscripts=frozenset(seen.whole_below),
        below=frozenset({text for _, text in seen.whole_below} | seen.pieces_below) - told,
        raised=frozenset(raised),
        powered=frozenset(
            n for f in known for row in f.rows for n in _powered(row.body, raised, seen.layered)
        )
        - {n for f in known for row in f.rows for n in _made_in_layers(row.body, layers)},
        functions=functions,
        sizes=frozenset(seen.sizes - set(letters)),
        primed=frozenset(seen.primed | _moving(seen)),
        moving=frozenset(seen.moving),
        bits=_BITS.search(prose) is not None,
        counting=frozenset(seen.counting),
        expects=_EXPECTS.search(prose) is not None,
        quantities=frozenset(
            name
            for name, own in (("e", _has_own_e(seen, prose)), ("\\pi", any(map(is_policy, known))))
            if own
        ),
        tags=short,
        passed=frozenset(
            base_name(x) for _, _, listed in seen.calls for x in listed if isinstance(x, Name)
        ),
        labelled=bool(numbered),
        fractional=any(_rounds(row.body) for f in known for row in f.rows),
        signed=frozenset(n for n, sign in seen.signs if sign == "+" and (n, "-") in seen.signs),
        ones_matrix=_ONES.search(prose) is not None,
        unlabelled=frozenset(seen.plain_bare - numbered),
        bold=frozenset(seen.bold),
        bold_apart=frozenset(_apart(seen)),
        bare=frozenset(seen.bare),
        of_vectors=frozenset(seen.of_vectors),
        nested=frozenset(n for n, t in seen.deep_below if (n, t) in seen.whole_below),
        means=seen.means,
        varied=frozenset(
            name
            for name, arguments in seen.applied.items()
            if len(arguments) > 1 or name in seen.primed
        ),
        transposed=frozenset(seen.transposed),
        overloaded=frozenset(n for n, kinds in seen.signatures.items() if len(kinds) > 1),
        conditioned=frozenset(
            (n, kind) for n, kinds in seen.signatures.items() for kind in kinds if "mid" in kind
        ),
        scalars=numeric,
        numeric=numeric,
        zero_based=seen.zero_based,
        laws=frozenset(seen.laws),
        drops_superscripts=_DROPS.search(prose) is not None,
        determinants="determinant" in prose.lower(),
        no_products=no_products(prose, (row.body for f in formulas for row in f.rows)),
        noise=noise,
        observed=observed,
        arrays=said.arrays | frozenset(_of_other_spaces(known)),
        rows=said.rows,
        columns=families_in_columns(known) if "row" not in prose.lower() else frozenset(),
        numbered=numbered_in_columns(known),
        said_vectors=said.vectors,
    )
    names = _with_slots(names, known, said.kinds)
    layout = said_layout(known, names, prose)
    return replace(names, layout=layout, denominator=reads_denominator(known, names, layout))


def declared_range(body: Syntax) -> tuple[Name, Syntax] | None:
    """The letter and the end of ``i = 1, ..., N``; None for any other syntax."""
    items = body.items if isinstance(body, List) else (body,)
    chain = items[0]
    if not (isinstance(chain, Chain) and is_letter(chain.first) and len(chain.rest) == 1):
        return None
    listed = counted_through(chain.rest[0][1], items[1:])
    assert isinstance(chain.first, Name)
    plain = chain.rest[0][0].text == "=" and any(isinstance(i, Ellipsis) for i in listed)
    return (chain.first, listed[-1]) if plain else None


def with_letter(first: Syntax) -> tuple[tuple[Syntax, ...], Name | None]:
    """The names of ``x_i, y_i, i`` with the letter behind them, which all of them carry."""
    *indexed, last = first.items if isinstance(first, List) else (first,)
    if not isinstance(last, Name) or not is_letter(last):
        return (), None
    carried = all(last.text in used_below(name) for name in indexed)
    return tuple(indexed), last if carried else None


def counted_through(start: Syntax | None, others: abc.Sequence[Syntax]) -> tuple[Syntax, ...]:
    """The members of ``1, ..., N``, the first of which may hold them all: ``1 \\cdots N``."""
    match start:
        case List(_, items):
            return items
        case Product(_, (Numeral(), Ellipsis(), Name()) as items) if not others:
            return items
    return (*((start,) if start is not None else ()), *others)


def _ends_of_dots(terms: abc.Sequence[Syntax]) -> Iterator[str]:
    """The n of ``a_1 x_1 + a_2 x_2 + \\dots + a_n x_n + b``."""
    dots = next(n for n, term in enumerate(terms) if isinstance(term, Ellipsis))
    behind = max(n for n, term in enumerate(terms) if isinstance(term, Ellipsis)) + 1
    counted = {
        base_name(node.base)
        for term in terms[:dots]
        for node in walk(term)
        if isinstance(node, Scripts) and isinstance(node.base, Name)
        if isinstance(node.subscript, Numeral)
    }
    for node in walk(terms[min(behind, len(terms) - 1)]):
        if isinstance(node, Scripts) and isinstance(node.base, Name) and is_letter(node.subscript):
            if base_name(node.base) in counted and isinstance(node.subscript, Name):
                yield node.subscript.text


def _named_by_sizes(seen: _Seen, letters: set[str]) -> Iterator[tuple[str, str]]:
    """``S_N = \\sum_{i=1}^N x_i``, where S has no other subscript: N only tells S from others."""
    below: dict[str, set[str]] = defaultdict(set)
    for name, text in seen.whole_below:
        below[name].add(text)
    for name, texts in below.items():
        (text, *others) = texts
        if not others and text in seen.sizes - letters and name not in seen.listed:
            yield name, text


def _is_name_of_kind(text: str) -> bool:
    """The P of C_P, which is another than the C_{ij}: a capital letter that is no usual size."""
    return single(text) and text.isupper() and text not in USUAL_SIZES


def _numbered(seen: _Seen) -> set[str]:
    """The W of ``W^1`` and ``W^2``, and a and z of ``a^1 = f(z^1)``.

    The circle ``S^1`` alone numbers nothing.
    """
    first = {name for name, above in seen.digits_above.items() if "1" in above}
    return {name for name in first if len(first) > 1 or len(seen.digits_above[name]) > 1}


def _beside_numbers(body: Syntax) -> Iterable[str]:
    """The p of ``p^1 (1 - p)``: a number, and above it stands a power."""
    for node in walk_values(body):
        match node:
            case Signed(_, terms) if any(isinstance(x, Numeral) for _, x in terms):
                yield from (base_name(x) for _, x in terms if isinstance(x, Name))


def _rounds(body: Syntax) -> bool:
    """Whether braces stand around a name alone, as in ``2 \\{t\\} - 1``: they group nothing."""
    for node in walk(body):
        parts_: abc.Sequence[Syntax] = ()
        match node:
            case Signed(_, terms) if len(terms) > 1:
                parts_ = [term for _, term in terms]
            case Product(_, (Numeral(), second), ("",)):
                parts_ = [second]
        for part in parts_:
            match part:
                case Group(_, Name(), "{}"):
                    return True
                case Product(_, (Numeral(), Group(_, Name(), "{}")), ("",)):
                    return True
    return False


def _powered(body: Syntax, raised: set[str], layered: bool) -> Iterable[str]:
    """The r of ``\\sum_k r^k = \\frac{1 - r^n}{1 - r}``: a number, of which k is a power."""
    family: set[str] = set()
    plain: set[str] = set()
    for node in walk_values(body):
        match node:
            case Scripts(_, Name() as base, None, above, 0) if above is not None:
                index = isinstance(above, Name) and above.text in raised
                index = index or (layered and _neighbour(above) in raised.intersection(LAYERS))
                (family if index else plain).add(base_name(base))
            case Signed(_, terms):
                plain.update(base_name(x) for _, x in terms if isinstance(x, Name))
            case Product(_, factors):
                plain.update(base_name(x) for x in factors if isinstance(x, Name))
            case Chain(_, first, rest):
                members = (first, *(member for _, member in rest))
                plain.update(base_name(x) for x in members if isinstance(x, Name))
    return family & plain


def _made_in_layers(body: Syntax, layers: set[str]) -> Iterable[str]:
    """The z of ``z^l = ...`` and ``z^l_j = ...``: nobody defines a power."""
    match body:
        case Chain(_, Scripts() as first):
            flat = flatten(first)
            if flat is not None and any(isinstance(x, Name) and x.text in layers for x in flat[2]):
                yield base_name(flat[0])


def _formal_numbers(seen: _Seen) -> None:
    """``f(x) = ...`` applied to ``x_i``: the x of the definition is a number."""
    for name, kind, given in seen.calls:
        for formal, argument in zip(seen.formals.get((name, kind), ()), given, strict=False):
            flat = flatten(argument) if isinstance(argument, Scripts) else None
            if flat is not None and flat[1] and base_name(flat[0]) == formal:
                if flat[0].font != "bold":
                    seen.evidence[formal] += 3


def _kronecker(seen: _Seen) -> bool:
    """Whether every delta with subscripts has two of them."""
    return all(
        len(text.replace(",", " ").split()) == 2 or len(text) == 2
        for name, text in seen.whole_below
        if name == "\\delta"
    )


def _apart(seen: _Seen) -> set[str]:
    """Names whose bold form is another quantity than the plain one.

    A bold name with an index is a vector beside the plain one's components; a bold name beside
    a plain one that never has an index is not the same.  Nor is the matrix of ``(X^T X)^{-1}``
    beside the numbers ``X_i``, of which there are squares.
    """
    both = {
        name
        for name in seen.bold_below & seen.plain_below
        if seen.written[name, True] and not _has_components(name, seen)
    }
    matrices = {
        name
        for name in seen.inverted & seen.squared & seen.transposed - seen.bold_below
        if all(len(pieces) == 1 for pieces in seen.written[name, False])
    }
    return both | matrices | ((seen.bold_bare & seen.plain_bare) - seen.plain_below)


def _has_components(name: str, seen: _Seen) -> bool:
    """Whether every plain ``x_{ij}`` is the component j of the bold ``x_i``."""
    bold, plain = seen.written[name, True], seen.written[name, False]
    letters = {pieces[0] for pieces in bold if len(pieces) == 1}
    return (
        len(letters) == len(bold)
        and name not in seen.plain_bare
        and all(len(p) == 2 and p[0] in letters and p[1] not in letters for p in plain)
    )


def _moving(seen: _Seen) -> set[str]:
    """The r of ``r_i(x)`` beside ``\\partial r_i / \\partial x_j``, which is no factor of x."""
    return {
        name
        for name, arguments in seen.applied.items()
        if any((name, argument) in seen.slopes for argument in arguments)
    }


def _is_inverse(head: Syntax, argument: Syntax) -> bool:
    """The ``\\sigma^{-1}`` of ``\\sigma^{-1}(p)``: no power of a number beside p in brackets."""
    match head:
        case Scripts(_, Name(_, text), None, Signed(_, ((-1, Numeral(_, "1")),)), 0):
            return text in USUAL_FUNCTIONS and not text.isupper() and isinstance(argument, Name)
    return False


def _functions(seen: _Seen) -> set[str]:
    found = seen.primed | _moving(seen) | {w for w in seen.words if w not in seen.below}
    found |= {name for name in seen.mapped if name in seen.applied and name not in seen.below}
    for name in seen.applied:
        if name in found or name.rstrip("_") in seen.sizes:
            continue
        usual = name in USUAL_FUNCTIONS and name not in seen.below
        plain = (name in seen.plainly_applied or usual) and name not in seen.bare
        below = seen.below.get(name.removesuffix("_"), set()) if name.endswith("_") else set()
        usual = name.removesuffix("_") in USUAL_FUNCTIONS and name in seen.plainly_applied
        parameters = PARAMETERS | seen.values if usual else PARAMETERS
        parametric = bool(below) and below <= parameters and name not in seen.bare
        of_many = usual and bool(below) and name not in seen.bare  # the f_i(x) of several outputs
        if (
            name in seen.introduced | seen.several
            or (plain and not name.endswith("_"))
            or parametric
            or of_many
        ):
            found.add(name)
    return found


def _of_softmax(chain: Chain) -> Iterator[str]:
    """The z of ``s = softmax(z)``, which is a vector: of one number it would be 1."""
    for _, member in chain.rest:
        match member:
            case FunctionCall(_, "softmax", Group(_, Name() as vector)) if (
                is_letter(vector) and vector.text.islower()
            ):
                yield base_name(vector)


def _of_vector_functions(
    names: Names, formulas: Iterable[ParsedFormula], slots: Mapping[str, int]
) -> Iterator[str]:
    """The v of ``s(v)``, where ``s(z)_i = ...`` says what s of a vector z is."""
    nodes = [n for formula in formulas for row in formula.rows for n in walk(row)]
    firsts = [n.first for n in nodes if isinstance(n, Chain)]
    known = {
        spelling(function)
        for first in firsts
        for function, argument, component in _calls_of_one(first)
        if component and slots.get(_named(argument, names), 0)
    }
    for node in nodes if known else ():
        for function, argument, _ in _calls_of_one(node):
            if spelling(function) in known:
                yield _named(argument, names)


def _named(node: Syntax, names: Names) -> str:
    """The name that stands there without an index."""
    found = reference(node, names)
    return found.name if found is not None and not found.indices else ""


def _calls_of_one(node: Node | None) -> Iterator[tuple[Syntax, Syntax, bool]]:
    """The s and the v of ``s(v)``, and whether a component of it is taken, as in ``s(v)_i``."""
    for one, other in pairwise(node.factors) if isinstance(node, Product) else ():
        match other:
            case Scripts(_, Group(_, Name() | Scripts() as argument, "()"), Name(), None, 0):
                yield one, argument, True
            case Group(_, Name() | Scripts() as argument, "()"):
                yield one, argument, False


def _with_slots(names: Names, formulas: Iterable[ParsedFormula], kinds: Mapping[str, int]) -> Names:
    slots: dict[str, int] = dict.fromkeys(names.laws, 1)
    bold: dict[str, int] = {}
    for formula in formulas:
        for row in formula.rows:
            for node in walk_values(row):
                if isinstance(node, Chain):
                    for vector in _of_softmax(node):
                        slots[vector] = max(slots.get(vector, 0), 1)
                if not isinstance(node, Name | Scripts) or isinstance(node, RelationSign):
                    continue
                found = reference(node, names)
                if found is None:
                    continue
                if any(isinstance(n, Ellipsis) for index in found.indices for n in walk(index)):
                    continue
                slots[found.name] = max(slots.get(found.name, 0), len(found.indices))
                if found.bold and LAYER.search(found.name):  # the matrix \mathbf{W}_1
                    letter = LAYER.sub("", found.name)
                    bold[found.name] = 2 if letter.isupper() and len(letter) == 1 else 1
    dimensions: dict[str, tuple[str, ...]] = {}
    disputed: set[str] = set()
    rows: set[str] = set()
    for formula in formulas:
        for row in formula.rows:
            for node in walk(row.body):
                if isinstance(node, Chain):
                    for found, sizes in declared(node, names):
                        # A bare name counts as a number until its size is declared.
                        name = unbraced(found.name) if sizes else found.name
                        rows.update({name} if _of_one_row(node) else ())
                        if dimensions.setdefault(name, sizes) != sizes:
                            disputed.add(name)
                            continue
                        whole = len(found.indices) + len(sizes)
                        slots[name] = max(slots.get(name, 0), whole)
    for vector in _of_vector_functions(names, formulas, slots):
        slots[vector] = max(slots.get(vector, 0), 1)
    for name in names.bold:
        key = f"\\mathbf{{{name}}}" if name in names.bold_apart else name
        own = 2 if name.isupper() and len(name) == 1 else 1
        if key not in dimensions and (slots.get(key, 0) == 0 or key != name):
            slots[key] = slots.get(key, 0) + own
    for name, own in bold.items():
        if name not in dimensions and not slots.get(name, 0):
            slots[name] = own
    known = names.letters | names.sizes | names.functions
    for name, count in kinds.items():
        if name not in dimensions and name not in known and not slots.get(name, 0):
            slots[name] = count
    scalars = frozenset(
        name
        for name in names.scalars | {name for name, sizes in dimensions.items() if not sizes}
        if slots.get(name, 0) and not dimensions.get(name)
    )
    generic = frozenset(
        name
        for name in names.functions
        if slots.get(name, 0)
        and name in names.lettered
        and name not in names.bold | names.of_vectors | (names.bare - scalars)
    )
    names = replace(
        names,
        slots=slots,
        dimensions=dimensions,
        disputed=frozenset(disputed),
        rows=names.rows | rows,
    )
    more = inferred(formulas, names)
    families = frozenset(name for name in more.families if not dimensions.get(name))
    if families and not names.families:
        return _with_slots(replace(names, families=families), formulas, kinds)
    return replace(
        names,
        scalars=scalars,
        generic=generic,
        slots={**slots, **more.slots},
        row_vectors=more.rows,
    )


def declared(chain: Chain, names: Names) -> Iterable[tuple[Reference, tuple[str, ...]]]:
    """``x, y \\in \\mathbb{R}^{N \\times M}``: the names and the sizes of their indices."""
    members: list[Syntax | None] = [chain.first, *(member for _, member in chain.rest)]
    for n, (sign, space) in enumerate(chain.rest):
        left = members[n]
        if left is None or space is None:
            continue
        if sign.text in ("=", "assign") and isinstance(left, Name):
            sizes = listed(left.text, space) or None
        else:
            sizes = sizes_of(space) if sign.text == "in" else None
        if sizes is None:
            continue
        for item in left.items if isinstance(left, List) else (left,):
            found = reference(item, names)
            if found is not None and found.power is None:
                yield found, sizes


_SPACE = re.compile(r"\\?(?:mathrm\{)?(?:G ?L|S ?L|S ?O|M|M ?a ?t)\}?_")


def _of_other_spaces(formulas: Iterable[ParsedFormula]) -> Iterator[str]:
    """The A of ``A \\in \\mathbb{C}^{n \\times n}`` or GL_n: no number, whatever is read of it."""
    for formula in formulas:
        for node in (n for row in formula.rows for n in walk(row.body) if isinstance(n, Chain)):
            sign, space = node.rest[0]
            if (
                sign.text != "in"
                or space is None
                or node.first is None
                or sizes_of(space) is not None
            ):
                continue
            raised = isinstance(space, Scripts) and space.superscript is not None
            if raised or _SPACE.match(spelling(space)):
                items = node.first.items if isinstance(node.first, List) else (node.first,)
                flat = [flatten(item) for item in items]
                yield from (base_name(found[0]) for found in flat if found is not None)


def _marked_sizes(space: Syntax) -> Iterator[tuple[str, str]]:
    """The d and the k of ``\\mathbb{R}^{n \\times d_k}``."""
    sizes = sizes_of(space) or ()
    for node in walk(space):
        if isinstance(node, Scripts) and is_marked(node) and spelling(node) in sizes:
            assert isinstance(node.base, Name)
            if node.subscript is not None:
                yield base_name(node.base), spelling(node.subscript)


def _of_one_row(chain: Chain) -> bool:
    """``x \\in \\mathbb{R}^{1 \\times n}``: whether what is declared is a row."""
    match chain.rest[-1][1]:
        case Scripts(_, Name(), None, Product(_, (Numeral(_, "1"), _))):
            return True
    return False
