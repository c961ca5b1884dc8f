"""The lines of a NumPy function for one block of rows: loops become axes.

The loop at depth d of the loop form runs along axis d + 1, the rows along axis 0; a scalar keeps
the axes of the loops with length 1.  Where all loops are of depth 1, entries are computed in place:
in the output that they end in, or in a temporary that is used again once it is free.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from derive.codegen.lanes import Except, LaneLoop, LaneStatement, Rest, value_of
from derive.codegen.loopform import (
    Keep,
    Kernel,
    Let,
    Loop,
    Reduce,
    Reference,
    Statement,
    Store,
)
from derive.logic.terms import (
    Add,
    Delta,
    Function,
    Index,
    IndexTerm,
    Label,
    Mul,
    Number,
    Position,
    Pow,
    Size,
    Term,
    Variable,
    canonical,
    free_indices,
    own_indices,
    subterms,
)

__all__ = ["Emitter"]

AnyStatement: TypeAlias = Statement | LaneStatement | Rest

SUM, PRODUCT, POWER, ATOM = 1, 2, 3, 4

_UFUNCS = {
    "exp": "np.exp", "log": "np.log", "log1p": "_log1p", "expm1": "np.expm1", "sin": "np.sin",
    "cos": "np.cos", "tan": "np.tan", "arctan": "np.arctan", "arcsin": "np.arcsin",
    "sinh": "np.sinh", "cosh": "np.cosh", "tanh": "np.tanh", "abs": "np.abs", "sign": "np.sign",
}  # fmt: skip
_POWERS = {
    Fraction(2): "np.square",
    Fraction(1, 2): "np.sqrt",
    Fraction(-1): "np.reciprocal",
}
_REDUCTIONS = {
    "sum": ("np.add", "0"),
    "product": ("np.multiply", "1"),
    "maximum": ("np.maximum", "-np.inf"),
}
_HELPERS = frozenset(("sigmoid", "softplus", "relu", "step", "erf"))


@dataclass
class Emitter:
    """Collects the lines of one kernel.

    ``aliases``: kept arrays that live in an output.  ``room``: what a reference must leave free
    (see ``_reference`` in the template).  ``free``: temporaries by the range of their entries.
    ``places``: what says where the entries at a label lie in the memory of a block; ``searched``:
    the values whose largest entries have such places.  ``sums``: scalars that have a name.
    ``around``: the axes that a kept array has before its own.
    """

    kernel: Kernel
    depth: int
    in_place: bool
    aliases: dict[str, str]
    room: str
    lines: list[str] = field(default_factory=list)
    axis_of: dict[str, int] = field(default_factory=dict)
    big: set[str] = field(default_factory=set)
    owned: set[str] = field(default_factory=set)
    temporaries: int = 0
    range_: str = ""
    free: dict[str, list[str]] = field(default_factory=dict)
    entries: dict[tuple[str, str], str] = field(default_factory=dict)
    entries_once: dict[str, dict[str, str]] = field(default_factory=dict)
    scratch: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    searched: dict[str, str] = field(default_factory=dict)
    rests: set[str] = field(default_factory=set)
    sums: dict[Term, str] = field(default_factory=dict)
    around: dict[str, list[int]] = field(default_factory=dict)

    # -------------------------------------------------------------- indices

    def axis(self, letter: Index) -> int:
        return self.axis_of[letter.name] - self.depth

    def position(self, index: IndexTerm) -> str:
        """An index, from 0, as an array with all axes."""
        match index:
            case Index():
                shape = ", ".join(
                    "-1" if a == self.axis_of[index.name] else "1" for a in self.axes()
                )
                return f"np.arange({self.kernel.size(index.range)}).reshape({shape})"
            case Label(name, ()):
                if name in self.searched:
                    found = f"_positions({self.places[name]}, {self.searched.pop(name)})"
                    self.lines.append(f"{name} = {found}")
                return name
            case Label(name, indices, _):
                return self.entry(name, indices)
            case Position(value, range_):
                return str(value - 1) if value >= 1 else f"{self.kernel.size(range_)} - {1 - value}"
        raise ValueError(f"no index in NumPy: {index}")

    def axes(self) -> range:
        return range(self.depth)

    def entry(self, name: str, indices: tuple[IndexTerm, ...]) -> str:
        array = self.kernel.array(name)
        name = self.aliases.get(name, name)
        if array is None:
            return name
        if not indices:
            return name
        if len(indices) == 1 and self.depth == 1:
            return self.along(name, indices[0])
        return self.broadcast(name, indices)

    def along(self, name: str, index: IndexTerm) -> str:
        match index:
            case Index():
                return name
            case Label():
                return self.gathered(name, index)
            case Position(value, _):
                return f"{name}[..., {value - 1}:{value or ''}]"
        raise ValueError(f"no index in NumPy: {index}")

    def gathered(self, name: str, label: Label) -> str:
        """The entry of each row at a position, read once."""
        array = self.kernel.array(name)
        shared = array is not None and array.role == "input" and not array.batched
        if shared and self.kernel.batch is not None:
            return f"{name}[{self.position(label)}]"
        if not self.in_place:
            return f"{name}[each, {self.position(label)}]"
        at = self.place(label, name)
        if name in self.scratch and name not in self.aliases.values():
            self.entries.pop((name, at), None)  # used again, with other entries in it
        if (name, at) not in self.entries:
            self.entries[name, at] = self.unused(f"{name}_{at}")
            self.lines.append(f"{self.entries[name, at]} = _flat({name})[{at}]")
        return self.entries[name, at]

    def place(self, label: Label, name: str) -> str:
        """Where the entries at a label lie in the memory of a block of rows like that array."""
        known = label.name
        if known not in self.places:
            at = self.unused(f"at_{known}")
            self.lines.append(f"{at} = _places({self.position(label)}, each, {name})")
            self.places[known] = at
        return self.places[known]

    def broadcast(self, name: str, indices: tuple[IndexTerm, ...]) -> str:
        """An entry of an array of several axes: its axes moved to those of its letters."""
        written = [index for index in indices if isinstance(index, Index)]
        scattered = any(isinstance(index, Label) and index.indices for index in indices)
        if scattered or len(set(written)) < len(written):
            return self.scattered(name, indices)
        text, letters = name, list(self.around.get(name, ()))
        rank = len(letters) + len(indices)
        for n, index in enumerate(indices, len(letters)):
            match index:
                case Index():
                    letters.append(self.axis_of[index.name])
                case Label():
                    at = f"_ranked({self.position(index)}, {self.depth}, {rank})"
                    text = f"np.take_along_axis({text}, {at}, {n - rank})"
                    letters.append(-1)
                case _:
                    at = self.position(index)
                    text = f"np.take({text}, [{at}], {n - rank})"
                    letters.append(-1)
        return f"_placed({text}, {letters!r}, {self.depth})"

    def scattered(self, name: str, indices: tuple[IndexTerm, ...]) -> str:
        """Entries that no view of an array has: at i, y_i of ``f_{i, y_i}``, and at i, i."""
        array = self.kernel.array(name)
        shared = self.kernel.batch is not None and array is not None and not array.batched
        places = [] if shared else [f"each.reshape(-1, {', '.join('1' * self.depth)})"]
        for axis in self.around.get(name, ()):
            shape = ", ".join("-1" if a == axis else "1" for a in self.axes())
            places.append(f"np.arange({name}.shape[{len(places)}]).reshape({shape})")
        places += [self.position(index) for index in indices]
        return f"{name}[{', '.join(places)}]"

    # -------------------------------------------------------------- expressions

    def is_big(self, term: Term) -> bool:
        """Whether it has one value for each entry, rather than one for each row."""
        if any(index.name in self.axis_of for index in free_indices(term)):
            return True
        return any(
            isinstance(p, Variable) and not p.indices and p.name in self.big for p in subterms(term)
        )

    def text(self, term: Term) -> str:
        return self._text(term)[0]

    def _at(self, term: Term, holds: int) -> str:
        text, own = self._text(term)
        return text if own >= holds else f"({text})"

    def _text(self, term: Term) -> tuple[str, int]:
        match term:
            case Number(value):
                return _number(value)
            case Size(range_):
                return self.kernel.size(range_), ATOM
            case Variable(name, indices):
                return self.entry(name, indices), ATOM
            case Delta(left, right):
                # A number: NumPy subtracts no truth values, and adds them up to 1.
                same = f"np.equal({self.position(left)}, {self.position(right)})"
                return f"{same}.astype(dtype)", ATOM
            case Add(terms):
                text = self._at(terms[0], SUM)
                for part in terms[1:]:
                    inner = _negated(part)
                    sign = " + " if inner is None else " - "
                    text += sign + self._at(part if inner is None else inner, PRODUCT)
                return text, SUM
            case Mul(factors):
                return self._product(factors)
            case Pow(base, Number(value)) if value == Fraction(1, 2):
                return f"np.sqrt({self.text(base)})", ATOM
            case Pow(base, Number(value)) if value == -1:
                return f"1 / {self._at(base, POWER)}", PRODUCT
            case Pow(base, exponent):
                return f"{self._at(base, ATOM)} ** {self._at(exponent, ATOM)}", POWER
            case Function(name, arguments):
                return self._function(name, arguments), ATOM
        raise ValueError(f"no expression in NumPy: {type(term).__name__}")

    def _product(self, factors: tuple[Term, ...]) -> tuple[str, int]:
        inner = _negated(Mul(factors))
        if inner is not None:
            return f"-{self._at(inner, POWER)}", PRODUCT
        above = [f for f in factors if _reciprocal(f) is None]
        below = [b for f in factors if (b := _reciprocal(f)) is not None]
        text = self._at(above[0], PRODUCT) if above else "1"
        text += "".join(f" * {self._at(f, POWER)}" for f in above[1:])
        text += "".join(f" / {self._at(f, POWER)}" for f in below)
        return text, PRODUCT

    def _function(self, name: str, arguments: tuple[Term, ...]) -> str:
        if name == "exp_from":
            value, reference = arguments
            return f"_exp_from({self.text(value)}, {self.text(reference)})"
        if name == "pi":
            return "np.pi"
        text = ", ".join(self.text(argument) for argument in arguments)
        if name in _HELPERS:
            return f"_{name}({text})"
        if name in _UFUNCS:
            return f"{_UFUNCS[name]}({text})"
        raise ValueError(f"{name} has no spelling in NumPy")

    # -------------------------------------------------------------- in place

    def unused(self, name: str) -> str:
        """The name, unless an argument or a size has it."""
        taken = {a.name for a in self.kernel.arguments} | {size for _, size in self.kernel.sizes}
        while name in taken:
            name += "_"
        return name

    def temporary(self) -> str:
        self.temporaries += 1
        return self.unused(f"temporary{self.temporaries}")

    def reused(self, target: str | None) -> str | None:
        """The target, or where there is none a temporary that is free, or a new one."""
        if target is not None or not self.in_place:
            return target
        if self.free.get(self.range_):
            return self.free[self.range_].pop()
        length = self.kernel.size(self.range_)
        name = self.unused(f"scratch{len(self.scratch) + 1}")
        self.scratch[name] = length
        return name

    def spans(self, term: Term) -> bool:
        """Whether it has one value for each place of all loops."""
        if self.depth == 1:
            return self.is_big(term)
        found = {self.axis_of[i.name] for i in free_indices(term) if i.name in self.axis_of}
        return len(found) == self.depth

    def compute(self, term: Term, target: str | None) -> str:
        """Lines that compute the entries of a term in one buffer; the buffer's name.

        ``target``: the buffer, or None for a new one.
        """
        if not (self.in_place or self.depth > 1) or not self.spans(term):
            text = self.text(term)
            target = self.reused(target)
            if target is None:
                target = self.temporary()
                self.lines.append(f"{target} = {text}")
            else:
                self.lines.append(f"{target}[...] = {text}")
            return target
        match term:
            case Function("exp_from", (value, reference)):
                start = self.compute(value, target) if self.is_compound(value) else None
                return self.called("_exp_from", (value, reference), start, start or target)
            case Function(name, (argument,)) if name in _UFUNCS:
                start = self.compute(argument, target) if self.is_compound(argument) else None
                return self.called(_UFUNCS[name], (argument,), start, start or target)
            case Pow(base, Number(value)) if value in _POWERS:
                start = self.compute(base, target) if self.is_compound(base) else None
                return self.called(_POWERS[value], (base,), start, start or target)
            case Add((first, *rest)):
                return self.chain(first, [_signed(t) for t in rest], target)
            case Mul((first, *rest)) if _reciprocal(first) is None:
                steps = [_divided(f) for f in rest]
                if isinstance(first, Number) and first.value == -1 and steps:
                    operation, second = steps[0]
                    if operation == "multiply":
                        buffer = self.chain(second, steps[1:], target)
                        self.lines.append(f"np.negative({buffer}, out={buffer})")
                        return buffer
                return self.chain(first, steps, target)
        return self.copied(term, target)

    def called(
        self, function: str, arguments: tuple[Term, ...], start: str | None, target: str | None
    ) -> str:
        """A function of one big term, which is in ``start`` if it was computed."""
        first, *rest = arguments
        texts = [start or self.text(first), *map(self.text, rest)]
        target = self.reused(target)
        if target is None:
            target = self.temporary()
            self.lines.append(f"{target} = {function}({', '.join(texts)})")
        else:
            self.lines.append(f"{function}({', '.join([*texts, f'out={target}'])})")
        return target

    def copied(self, term: Term, target: str | None) -> str:
        text = self.text(term)
        target = self.reused(target)
        if target is None:
            target = self.temporary()
            fresh = not isinstance(term, Variable)
            self.lines.append(f"{target} = {text}" if fresh else f"{target} = np.copy({text})")
        elif text != target:
            self.lines.append(f"{target}[...] = {text}")
        return target

    def is_compound(self, term: Term) -> bool:
        return self.spans(term) and not isinstance(term, Variable | Delta)

    def chain(self, first: Term, steps: list[tuple[str, Term]], target: str | None) -> str:
        """first op1 term1 op2 term2 ...: from left to right in one buffer."""
        if not steps:
            return self.compute(first, target)
        operation, second = steps[0]
        buffer = self.operate(operation, first, second, target)
        so_far = [first, second]
        for operation, term in steps[1:]:
            other = self.operand(term)
            buffer = self.combined(operation, buffer, other, buffer, self.fits(so_far, target))
            so_far.append(term)
        return buffer

    def combined(self, operation: str, one: str, two: str, buffer: str, fits: bool) -> str:
        """The operation's result in the buffer, or in a new one where it does not fit."""
        if fits:
            self.lines.append(f"np.{operation}({one}, {two}, out={buffer})")
            return buffer
        wider = self.temporary()
        self.lines.append(f"{wider} = np.{operation}({one}, {two})")
        return wider

    def fits(self, terms: list[Term], target: str | None) -> bool:
        """Whether what holds the terms' product or sum has room for that with any other term.

        A new buffer is as large as its terms: those of up_j and v_j lack the axis of i, and
        those of arrays that all rows share lack the rows.
        """
        if target is not None or self.in_place:
            return True
        whole = Mul(tuple(terms)) if len(terms) > 1 else terms[0]
        arrays = {a.name: a for a in self.kernel.arguments if a.role != "output"}
        used = {p.name for p in subterms(whole) if isinstance(p, Variable)}
        led = all(a.batched for a in arrays.values()) or any(
            name in used and array.batched for name, array in arrays.items()
        )
        return self.spans(whole) and (self.kernel.batch is None or led)

    def operand(self, term: Term) -> str:
        """A term that is there, or in a buffer of its own."""
        return self.compute(term, None) if self.is_compound(term) else self.text(term)

    def operate(self, operation: str, one: Term, two: Term, target: str | None) -> str:
        if self.is_compound(one):
            buffer = self.compute(one, target)
            other = self.operand(two)
            return self.combined(operation, buffer, other, buffer, self.fits([one], target))
        left = self.text(one)
        if self.is_compound(two) and not self.uses_target(one, target):
            buffer = self.compute(two, target)
            return self.combined(operation, left, buffer, buffer, self.fits([two], target))
        right = self.operand(two)
        target = self.reused(target)
        if target is None:
            target = self.temporary()
            self.lines.append(f"{target} = np.{operation}({left}, {right})")
        else:
            self.lines.append(f"np.{operation}({left}, {right}, out={target})")
        return target

    def uses_target(self, term: Term, target: str | None) -> bool:
        return target is not None and any(
            isinstance(p, Variable) and self.aliases.get(p.name, p.name) == target
            for p in subterms(term)
        )

    # -------------------------------------------------------------- statements

    def run(self, statements: tuple[AnyStatement, ...], depth: int) -> None:
        loops = [s for s in statements if isinstance(s, Loop | LaneLoop)]
        self.rests |= {s.at.name for loop in loops for s in loop.body if isinstance(s, Rest)}
        for number, statement in enumerate(statements):
            self.statement(statement, depth, statements[number + 1 :])

    def statement(
        self, statement: AnyStatement, depth: int, later: tuple[AnyStatement, ...]
    ) -> None:
        match statement:
            case Let(name, value):
                self.let(name, value)
            case Reference(name, value):
                call = f"_reference({self.text(value)}, {self.count()}, {self.room})"
                self.lines.append(f"{name} = {call}")
                if self.is_big(value):
                    self.big.add(name)
            case Keep(array, indices, value):
                target = self.aliases.get(array)
                if self.depth > 1:
                    own = [self.axis_of[i.name] for i in indices if isinstance(i, Index)]
                    # One for each turn of the loops around, which all take place at once.
                    self.around[array] = [axis for axis in range(depth) if axis not in own]
                    order = [*self.around[array], *own]
                    text = f"_taken({self.text(value)}, {order!r}, {self.depth})"
                    self.lines.append(f"{array} = {text}")
                elif target is None:
                    target = self.compute(value, None)
                    known = [name for name, kept in self.aliases.items() if kept == array]
                    self.aliases |= dict.fromkeys([array, *known], target)
                else:
                    self.compute(value, target)
                self.big.add(array)
                self.owned.add(target or array)
            case Store():
                self.store(statement, later)
            case Except(name, whole, entry, rest):
                total = self.sums.get(canonical(whole)) or self.text(whole)
                given = f"{total}, {self.text(entry)}, {self.text(rest)}"
                self.lines.append(f"{name} = _except({given})")
            case Rest():
                self.rest(statement)
            case Loop(index, body) | LaneLoop(index, body):
                self.axis_of[index.name] = depth
                self.range_ = index.range
                done: set[str] = set()
                ordered = self.sooner(self.merged(body), index)
                for inner, inside in enumerate(ordered):
                    if isinstance(inside, Reduce):
                        family = self.family(inside, ordered[inner:])
                        if inside.name not in done:
                            self.reduce(inside, index, family)
                        done |= {reduce.name for reduce in family}
                    else:
                        self.statement(inside, depth + 1, (*ordered[inner + 1 :], *later))

    def sooner(self, body: tuple[AnyStatement, ...], index: Index) -> tuple[AnyStatement, ...]:
        """The body without sums that nothing in it is needed for: they have been added up, and
        their terms were computed where the body will put results."""
        if not self.in_place:
            return body
        made = {s.array for s in body if isinstance(s, Keep | Store)}
        made |= {s.name for s in body if isinstance(s, Let | Reference | Reduce | Rest)}
        unwritten = {self.aliases.get(s.array) for s in body if isinstance(s, Keep)} - self.owned
        spare = [a.name for a in self.kernel.arguments if a.name in unwritten]
        later: list[AnyStatement] = []
        for statement in body:
            if (
                isinstance(statement, Reduce)
                and statement.operation == "sum"
                and not any(r.excluded for r in self.family(statement, body))
                and self.is_compound(statement.value)
                and not any(_uses(statement.value, name) for name in made)
            ):
                free = self.free.get(self.range_, [])
                self.free[self.range_] = [*free, *spare]
                self.reduce(statement, index, [statement])
                self.free[self.range_] = [b for b in self.free[self.range_] if b not in spare]
            else:
                later.append(statement)
        return tuple(later)

    def merged(self, body: tuple[AnyStatement, ...]) -> tuple[AnyStatement, ...]:
        """A value that is named and then kept is computed where it is kept."""
        if self.depth > 1:
            return body
        kept = {
            s.value.name: s
            for s in body
            if isinstance(s, Keep) and isinstance(s.value, Variable) and not s.value.indices
        }
        out: list[AnyStatement] = []
        for statement in body:
            match statement:
                case Let(name, value) if name in kept:
                    array = kept[name].array
                    out.append(Keep(array, kept[name].indices, value))
                    self.aliases[name] = self.aliases.get(array, array)
                    self.big.add(name)
                case Keep(_, _, Variable(name, ())) if name in kept:
                    pass
                case _:
                    out.append(statement)
        return tuple(out)

    def let(self, name: str, value: Term) -> None:
        if self.is_big(value):
            self.big.add(name)
        if isinstance(value, Variable) and not value.indices:
            self.lines.append(f"{name} = {self.text(value)}")
        elif self.in_place and self.is_big(value):
            self.lines.append(f"{name} = {self.compute(value, None)}")
            self.owned.add(name)
        else:
            if self.in_place:
                self.sums[canonical(value)] = name
            self.lines.append(f"{name} = {self.text(value)}")

    def once(self, at: str, counted: list[str], entry: str) -> str:
        """The entry at a place, or 0 where that is one of the places counted before."""
        if not counted:
            return entry
        same = " | ".join(f"({' == '.join(sorted((at, other)))})" for other in counted)
        if same not in self.entries_once:
            self.entries_once[same] = {}
        known = self.entries_once[same]
        if entry not in known:
            known[entry] = self.unused(f"{entry}_once")
            test = same[1:-1] if len(counted) == 1 else same
            self.lines.append(f"{known[entry]} = np.where({test}, 0, {entry})")
        return known[entry]

    def count(self) -> str:
        """How many exponentials are added at most."""
        return " * ".join(name for _, name in self.kernel.sizes) or "1"

    def family(self, reduce: Reduce, later: tuple[AnyStatement, ...]) -> list[Reduce]:
        """The sums of the same entries that differ only in what they leave out."""
        key = canonical(reduce.value)
        return [
            other
            for other in later
            if isinstance(other, Reduce)
            and other.operation == reduce.operation == "sum"
            and canonical(other.value) is key
        ] or [reduce]

    def reduce(self, reduce: Reduce, index: Index, family: list[Reduce]) -> None:
        axis = self.axis(index)
        name, value = reduce.name, reduce.value
        excluded = [x for one in family for x in one.excluded]
        if self.in_place and reduce.operation == "sum" and not excluded:
            match value:
                case Mul((one, two)) if self.is_big(one) and self.is_big(two):
                    parts = [self.operand(one), self.operand(two)]
                    self.lines.append(f"{name} = _dot({', '.join(parts)})")
                    self.released(parts, (one, two))
                    return
        if not self.is_big(value):
            # One for each row, or for each place of the other loops, as a sum over one of two is.
            wide = f"np.empty({self.shape(index)}, bool)"
            value_text = f"np.broadcast_arrays({self.text(value)}, {wide})[0]"
        elif self.is_compound(value):
            value_text = self.compute(value, None)
        else:
            value_text = self.text(value)
        owned = self.is_compound(value) or value_text in self.owned
        at_labels = all(isinstance(x, Label) for x in excluded)
        if self.in_place and self.is_search(reduce):
            self.search(reduce, value_text)
        elif reduce.operation == "position":
            self.lines.append(f"{name} = np.argmax({value_text}, axis={axis}, keepdims=True)")
        elif self.in_place and owned and excluded and at_labels and reduce.operation == "sum":
            self.without(value_text, family)
        else:
            for member in family:
                self.lines.append(self.reduction(member, index, value_text))
        self.released([value_text], (value,))

    def is_search(self, reduce: Reduce) -> bool:
        """Whether the place of the largest is asked for, here or for a sum without it."""
        if reduce.operation == "position":
            return True
        return reduce.operation == "maximum" and reduce.name in map(value_of, self.rests)

    def search(self, reduce: Reduce, values: str) -> None:
        """The largest and its place, which is needed by columns only if it is asked for itself."""
        name, needed = reduce.name, reduce.operation == "position"
        if not needed:
            name = next(n for n in self.rests if value_of(n) == name)
        self.places[name] = self.unused(f"at_{name}")
        if needed:
            self.searched[name] = values
        found = f"_largest({values}, each, {needed})"
        self.lines.append(f"{value_of(name)}, {self.places[name]} = {found}")

    def rest(self, rest: Rest) -> None:
        if self.is_compound(rest.value):
            values = self.compute(rest.value, None)
        else:
            values = self.text(rest.value)
        own = values if self.is_compound(rest.value) or values in self.owned else f"{values}.copy()"
        self.lines.append(
            f"{rest.name}, {rest.largest} = _rest({own}, {self.places[rest.at.name]})"
        )
        self.released([values], (rest.value,))

    def released(self, buffers: list[str], terms: tuple[Term, ...]) -> None:
        """From here on, what the terms were computed in is free."""
        for buffer, term in zip(buffers, terms, strict=True):
            if self.is_compound(term) and buffer in self.scratch:
                self.free.setdefault(self.range_, []).append(buffer)

    def without(self, values: str, family: list[Reduce]) -> None:
        """Sums of the same entries with different ones left out: added once, without all of these,
        and what a sum lacks is added to it, never taken away."""
        left_out = [
            [self.place(x, values) for x in one.excluded if isinstance(x, Label)] for one in family
        ]
        places = list(dict.fromkeys(at for places in left_out for at in places))
        labels = [x for one in family for x in one.excluded if isinstance(x, Label)]
        entries = {self.place(x, values): self.gathered(values, x) for x in labels}
        common = family[0].name if len(family) == 1 else "common"
        given = f"({_listed(places)}), ({_listed(list(entries.values()))})"
        self.lines.append(f"{common} = _sum_without({values}, {given})")
        for one, own in zip(family, left_out, strict=True):
            text, counted = common, list(own)
            for at in places:
                if at in own:
                    continue
                text += f" + {self.once(at, counted, entries[at])}"
                counted.append(at)
            if text != one.name:
                self.lines.append(f"{one.name} = {text}")

    def reduction(self, reduce: Reduce, index: Index, value: str) -> str:
        """One line for one reduction."""
        axis = self.axis(index)
        function, neutral = _REDUCTIONS[reduce.operation]
        call = f"{function}.reduce({value}, axis={axis}, keepdims=True)"
        if reduce.operation == "sum" and self.in_place and self.is_big(reduce.value):
            call = f"_sum({value})"
        match reduce.excluded:
            case ():
                pass
            case _:
                here = self.position(index)
                test = " | ".join(f"({here} == {self.position(x)})" for x in reduce.excluded)
                masked = f"np.where({test}, {neutral}, {value})"
                call = f"{function}.reduce({masked}, axis={axis}, keepdims=True)"
        return f"{reduce.name} = {call}"

    def shape(self, index: Index) -> str:
        """A shape in which one axis has the length of its range."""
        axes = [
            self.kernel.size(index.range) if a == self.axis_of[index.name] else "1"
            for a in self.axes()
        ]
        return f"(1, {', '.join(axes)})"

    def store(self, store: Store, later: tuple[AnyStatement, ...]) -> None:
        name, value = store.array, store.value
        if not store.indices:
            self.lines.append(f"{name}[...] = {self.text(value)}")
            return
        if all(isinstance(i, Index) for i in store.indices):
            order = [self.axis_of[i.name] for i in store.indices if isinstance(i, Index)]
            excluded = [
                (a, b) for a, b in store.excluded if not _is_overwritten(store, a, b, later)
            ]
            if order == list(range(self.depth)) and not excluded:
                self.compute(value, name)
                return
            if len(order) == 2 and order[0] == order[1]:
                text = f"_taken({self.text(value)}, {order[:1]!r}, {self.depth})"
                self.lines.append(f'np.einsum("...ii->...i", {name})[...] = {text}')
                return
            if len(set(order)) < len(order):
                raise ValueError(f"{name} is stored at places that NumPy has no spelling for")
            text = f"_taken({self.text(value)}, {order!r}, {self.depth})"
            if excluded:
                pairs = [(self.position(a), self.position(b)) for a, b in excluded]
                test = " | ".join(f"({a} == {b})" for a, b in pairs)
                text = f"np.where(_taken({test}, {order!r}, {self.depth}), {name}, {text})"
            self.lines.append(f"{name}[...] = {text}")
            return
        if self.depth == 1 and len(store.indices) == 1:
            if self.in_place and isinstance(store.indices[0], Label):
                at = self.place(store.indices[0], name)
                self.lines.append(f"_flat({name})[{at}] = {self.text(value)}")
                return
            at = self.position(store.indices[0])
            self.lines.append(f"{name}[each, {at}] = {self.text(value)}")
            return
        raise ValueError(f"{name} is stored at places that NumPy has no spelling for")


def _uses(term: Term, name: str) -> bool:
    """Whether it reads a variable or array of that name, or an entry at a label of that name."""
    return any(
        (isinstance(part, Variable) and part.name == name)
        or any(isinstance(i, Label) and i.name == name for i in own_indices(part))
        for part in subterms(term)
    )


def _listed(texts: list[str]) -> str:
    return ", ".join(texts) + ("," if len(texts) == 1 else "")


def _number(value: Fraction) -> tuple[str, int]:
    if value.denominator == 1:
        return str(value.numerator), ATOM if value >= 0 else SUM
    return f"{value.numerator} / {value.denominator}", PRODUCT if value >= 0 else SUM


def _signed(term: Term) -> tuple[str, Term]:
    inner = _negated(term)
    return ("add", term) if inner is None else ("subtract", inner)


def _divided(factor: Term) -> tuple[str, Term]:
    below = _reciprocal(factor)
    return ("multiply", factor) if below is None else ("divide", below)


def _negated(term: Term) -> Term | None:
    match term:
        case Mul((Number(value), *rest)) if value == -1 and rest:
            return rest[0] if len(rest) == 1 else Mul(tuple(rest))
    return None


def _reciprocal(factor: Term) -> Term | None:
    match factor:
        case Pow(base, Number(value)) if value == -1:
            return base
    return None


def _is_overwritten(
    store: Store, letter: Index, other: IndexTerm, later: tuple[AnyStatement, ...]
) -> bool:
    at = tuple(other if index is letter else index for index in store.indices)
    return any(isinstance(s, Store) and s.array == store.array and s.indices == at for s in later)
