"""A kernel in C whose passes run over several rows at a time (see ``derive.codegen.pipeline``).

Each pass is a function over a few entries of a row, in the words of its loop.  One function does
the passes that it is told to, each on a row of its own, and one moves the rows of a batch through.
What a row knows on its way, its arrays and the scalars computed for it, is a structure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from derive.codegen.loopform import Array, Keep, Let, Reference, Store
from derive.codegen.pipeline import Pass, Peak, Pipeline, Scalar
from derive.codegen.precision import Precision
from derive.codegen.scalars import CScalars, scalars_of
from derive.logic.terms import (
    Index,
    IndexTerm,
    Label,
    Size,
    Term,
    Variable,
    children,
    rebuild,
    subterms,
)

__all__ = ["Passes"]


@dataclass(frozen=True)
class _Printed:
    """A pass in C: its parameters with what is given for them, and its lines."""

    parameters: tuple[str, ...]
    arguments: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Passes:
    """What the template of a pipelined kernel prints."""

    name: str
    pipeline: Pipeline
    precision: Precision
    scaled: bool

    # ---------------------------------------------------------------- names

    @property
    def suffix(self) -> str:
        return self.precision.suffix

    @property
    def row(self) -> str:
        """The structure of a row."""
        return f"{self.name}_row_{self.suffix}"

    @property
    def size(self) -> str:
        return self.pipeline.kernel.sizes[0][1]

    @property
    def count(self) -> int:
        return len(self.pipeline.passes)

    def bit(self, number: int) -> int:
        """What stands for a pass."""
        return int(1 << (number - 1))

    def index(self, number: int) -> str:
        """The letter of a pass's loop."""
        return self.pipeline.passes[number - 1].index.name

    @property
    def every(self) -> int:
        """All passes, one bit for each."""
        return (1 << self.count) - 1

    @property
    def _scalars(self) -> CScalars:
        return scalars_of(self.pipeline.kernel, self.precision, self.scaled)

    # ---------------------------------------------------------------- a row

    @property
    def inputs(self) -> list[Array]:
        return [a for a in self.pipeline.kernel.arguments if a.role != "output"]

    @property
    def outputs(self) -> list[Array]:
        return [a for a in self.pipeline.kernel.arguments if a.role == "output"]

    @property
    def kept(self) -> tuple[Array, ...]:
        """Arrays of a row that live from one pass to the next."""
        return tuple(a for a in self.pipeline.kernel.kept if a.name not in self._again)

    @property
    def _again(self) -> frozenset[str]:
        """Arrays that are computed again where an entry of them is needed, and not kept.

        Only sums without one of their entries need them, and then sums of a few groups do as well.
        """
        pipeline, found = self.pipeline, set()
        values = [scalar.value for scalar in (*pipeline.before, *pipeline.last)]
        for one in pipeline.passes:
            values += [*one.values, *(s.value for s in (*one.without, *one.after))]
        read = {part.name for v in values for part in subterms(v) if isinstance(part, Variable)}
        for one in pipeline.passes:
            if not one.stores:
                found |= {entry.array for entry in one.entries if isinstance(entry, Keep)} - read
        return frozenset(found)

    @property
    def summed(self) -> dict[str, tuple[int, str]]:
        """Arrays that are summed without one of their entries: the pass, and the whole sum.

        The sums of each few groups are kept, so that only one of them has to be summed again.
        """
        return {
            without.array: (number, without.total)
            for number, one in enumerate(self.pipeline.passes, 1)
            for without in one.without
        }

    def summed_by(self, number: int) -> list[tuple[str, str]]:
        """Of a pass, these arrays and their sums."""
        return [(array, total) for array, (n, total) in self.summed.items() if n == number]

    def again_by(self, number: int) -> list[str]:
        """Arrays of a pass that are not kept."""
        entries = self.pipeline.passes[number - 1].entries
        return [e.array for e in entries if isinstance(e, Keep) and e.array in self._again]

    @property
    def members(self) -> list[str]:
        """Of the structure: arrays, then scalars in the order in which they become known."""
        real = self.precision.real
        lines = []
        for array in self.inputs:
            kind = "int64_t" if array.role == "labels" else real
            lines.append(
                f"const {kind} *{array.name};" if array.ranges else f"{kind} {array.name};"
            )
        lines += [f"{real} *{array.name};" for array in self.outputs]
        lines += [f"{real} *{name};" for name, _ in self._rooms()]
        found: dict[str, list[str]] = {}
        for name, kind in self._known():
            found.setdefault(kind, []).append(name)
        return lines + [f"{kind} {', '.join(names)};" for kind, names in found.items()]

    def _known(self) -> Iterator[tuple[str, str]]:
        yield from self._of_scalars(self.pipeline.before)
        for one in self.pipeline.passes:
            if one.guess is not None:
                yield one.guess.reference, f"reference_{self.suffix}"
                yield "again", "int"
            for reduce in one.reductions:
                if reduce.operation != "position":
                    yield reduce.name, "double"
            for found in one.peaks:
                yield found.value, "double"
                if found.is_needed:
                    yield found.position.name, "size_t"
            for without in one.without:
                yield without.name, "double"
            yield from self._of_scalars(one.after)
        yield from self._of_scalars(self.pipeline.last)

    def _of_scalars(self, scalars: tuple[Scalar, ...]) -> Iterator[tuple[str, str]]:
        for scalar in scalars:
            match scalar:
                case Let(name):
                    yield name, "double"
                case Reference(name):
                    yield name, f"reference_{self.suffix}"

    @property
    def entering(self) -> list[str]:
        """The members that a row has when it enters, as designated initialisers."""
        lines = []
        for array in (*self.inputs, *self.outputs):
            stride = " * ".join(["row", *(self.size for _ in array.ranges)])
            if not array.batched:
                lines.append(f".{array.name} = {array.name}")
            elif array.ranges or array.role == "output":
                lines.append(f".{array.name} = {array.name} + {stride}")
            else:
                lines.append(f".{array.name} = {array.name}[row]")
        offset = "kept"
        for name, room in self._rooms():
            lines.append(f".{name} = {offset}")
            offset += f" + {room}"
        for one in self.pipeline.passes:
            if one.guess is not None:
                value = one.guess.peak.value
                assert isinstance(value, Variable)
                first = f"reference_near_{self.suffix}({value.name}[row * {self.size}])"
                before = f"ring[(fed - 1) % {self.ring}].{one.guess.reference}"
                lines.append(f".{one.guess.reference} = fed ? {before} : {first}")
        return lines

    @property
    def guesses(self) -> list[int]:
        """The passes that may have to be done again, by number."""
        return [n for n, one in enumerate(self.pipeline.passes, 1) if one.guess is not None]

    @property
    def references(self) -> list[tuple[int, str]]:
        """The constants that passes take from exponents, with the pass's number."""
        kind = f"reference_{self.suffix}"
        known = [name for name, other in self._known() if other == kind]
        passes = enumerate(self.pipeline.passes, 1)
        return [(n, name) for n, one in passes for name in known if name in one.needs()]

    @property
    def before_lines(self) -> list[str]:
        """What is computed of a row before any pass."""
        return self._lines_of(self.pipeline.before, "entering->")

    @property
    def last_lines(self) -> list[str]:
        """What is computed of a row after all passes, for ``row``, a pointer to it."""
        return self._lines_of(self.pipeline.last, "row->")

    @property
    def ring(self) -> str:
        """How many rows are known at a time."""
        return "TOGETHER" if self.pipeline.last else str(self.count)

    @property
    def parameters(self) -> str:
        """The size and the arrays of the whole batch."""
        texts = [f"size_t {self.size}"]
        for array in self.inputs:
            kind = "int64_t" if array.role == "labels" else self.precision.real
            pointer = "*" if array.ranges or array.batched else ""
            texts.append(f"const {kind} {pointer}{array.name}")
        texts += [f"{self.precision.real} *{array.name}" for array in self.outputs]
        return ", ".join(texts)

    @property
    def arguments(self) -> str:
        names = [a.name for a in (*self.inputs, *self.outputs)]
        return ", ".join([self.size, *names])

    @property
    def room(self) -> str:
        """How many numbers the rows keep."""
        return " + ".join(room for _, room in self._rooms())

    def _rooms(self) -> Iterator[tuple[str, str]]:
        """What is kept of a row, and how many numbers each is."""
        for array in self.kept:
            yield array.name, f"stride_{self.suffix}({self.size})"
        for name in self.summed:
            yield f"{name}_few", f"few_stride_{self.suffix}({self.size})"

    # ---------------------------------------------------------------- a pass over some entries

    def printed(self, number: int) -> _Printed:
        """The function of a pass, counted from 1."""
        one, p = self.pipeline.passes[number - 1], self.precision
        fixed = dict(self._fixed(one))
        names = frozenset(fixed.values())
        local = self._scalars.local | names
        scalars = replace(self._scalars, local=local)
        parameters, arguments = [], []
        values = [_at_names(value, fixed) for value in one.values]
        for array in self._reads(one):
            parameters.append(f"const {p.real} *restrict {array}")
            arguments.append(f"in{number}.{array} + at")
        row = replace(self._scalars, owner=f"in{number}.")
        for (array, index), name in fixed.items():
            parameters.append(f"{p.real} {name}")
            arguments.append(row.entry(array, (index,), "row"))
        for name, kind in self._uses(values, names):
            parameters.append(f"{kind} {name}")
            arguments.append(f"in{number}.{name}")
        if any(isinstance(part, Size) for value in values for part in subterms(value)):
            parameters.append(f"size_t {self.size}")
            arguments.append(self.size)
        for entry in one.entries:
            if isinstance(entry, Keep):
                parameters.append(f"{p.real} *restrict {entry.array}")
                kept = f"in{number}.{entry.array} + at"
                arguments.append(entry.array if entry.array in self._again else kept)
            elif isinstance(entry, Store):
                parameters.append(f"{p.real} *restrict {entry.array}")
                arguments.append(f"{entry.array} + (at - block)")
        lines = []
        for entry in one.entries:
            text = scalars.text(_at_names(entry.value, fixed), "entry")
            if isinstance(entry, Let):
                lines.append(f"const {p.real} {entry.name} = {text};")
            else:
                lines.append(f"{scalars.entry(entry.array, entry.indices, 'entry')} = {text};")
        for reduce in one.reductions:
            name, text = reduce.name, scalars.text(_at_names(reduce.value, fixed), "entry")
            if reduce.operation == "sum":
                parameters.append(f"sums_{p.suffix} *restrict {name}")
                arguments.append(f"&{name}")
                lines.append(f"add_{p.suffix}({name}, {one.index.name}, {text});")
            else:
                parameters.append(f"{p.real} *restrict {name}")
                arguments.append(name)
                best = f"{name}[{one.index.name}]"
                lines.append(f"{best} = {text} > {best} ? {text} : {best};")
        return _Printed(tuple(parameters), tuple(arguments), tuple(lines))

    def _reads(self, one: Pass) -> list[str]:
        """Arrays of a pass that it reads and does not fill itself."""
        filled = {entry.array for entry in one.entries if isinstance(entry, Keep)}
        known = [a.name for a in (*self.inputs, *self.kept) if a.ranges]
        return [name for name in known if name in one.arrays() - filled]

    def _fixed(self, one: Pass) -> Iterator[tuple[tuple[str, IndexTerm], str]]:
        """Entries at a fixed place, which the pass is given as numbers, with names for them."""
        taken = {a.name for a in self.pipeline.kernel.arguments}
        for value in one.values:
            for part in subterms(value):
                match part:
                    case Variable(name, (only,)) if not isinstance(only, Index):
                        text = self._scalars.index(only, "row").removeprefix("(size_t)")
                        stem = f"{name}_at_{text}".replace(" - ", "_less_")
                        while stem in taken:
                            stem += "_"
                        yield (name, only), stem

    def _uses(self, values: list[Term], names: frozenset[str]) -> Iterator[tuple[str, str]]:
        """Scalars of the row that a pass needs, with their types."""
        kinds = dict(self._known())
        for array in self.inputs:
            if not array.ranges:
                kinds[array.name] = self.precision.real
        seen: set[str] = set(names)
        for value in values:
            for part in subterms(value):
                if isinstance(part, Variable) and not part.indices and part.name in kinds:
                    if part.name not in seen:
                        seen.add(part.name)
                        yield part.name, kinds[part.name]

    # ---------------------------------------------------------------- the passes together

    def starts(self, number: int) -> list[str]:
        """What each reduction of a pass begins with."""
        p = self.precision
        lines = []
        for reduce in self.pipeline.passes[number - 1].reductions:
            if reduce.operation == "sum":
                lines.append(f"sums_{p.suffix} {reduce.name} = {{ {{0}}, {{0}}, {{0}} }};")
            else:
                lines.append(f"{p.real} {reduce.name}[GROUP_{p.suffix}];")
                lines.append(f"fill_{p.suffix}({reduce.name}, -({p.real})INFINITY);")
        return lines

    def sums(self, call: str) -> list[str]:
        """What the sums of all passes do before or after a few groups of entries."""
        reductions = [r for one in self.pipeline.passes for r in one.reductions]
        return [f"{call}_{self.suffix}(&{r.name});" for r in reductions if r.operation == "sum"]

    def calls(self, length: str, whole: bool) -> list[str]:
        """The passes over ``length`` entries, the oldest row first: it needs what is kept.

        Of a whole group, what comes next is fetched, and a line may go past the caches at once.
        """
        lines = []
        for number in range(self.count, 0, -1):
            arguments = ", ".join((length, *self.printed(number).arguments))
            before, after = list(self._ahead(number)) if whole else [], []
            if whole and self.streamed and self.streamed[0] == number:
                here = f"{self.streamed[1]} + (at - block)"
                arguments = arguments.replace(here, f"stream == BY_LINES ? line : {here}")
                before.append(f"{self.precision.real} line[{length}];")
                after.append(f"if (stream == BY_LINES) store_past_caches({here}, line);")
            call = f"{self.name}_pass{number}_{self.suffix}({arguments});"
            head = f"if (passes & {self.bit(number)})"
            if not before:
                lines += [head, f"    {call}"]
                continue
            inner = (*before, call, *after)
            lines += [f"{head} {{", *(f"    {line}" for line in inner), "}"]
        return lines

    def _ahead(self, number: int) -> Iterator[str]:
        """What a pass fetches for the entries to come: those it reads first, those it writes.

        What is kept is near: a later pass reads it, for the row before, in this loop.
        """
        group = f"GROUP_{self.suffix}"
        ahead = "stream == NEAR ? AHEAD : FAR_AHEAD" if self.streamed else "AHEAD"
        for name in self._new(number):
            yield f"PREFETCH(in{number}.{name} + at, {group}, {ahead}, 0);"
        for at, name in self.stored:
            if at == number:
                unless = "if (stream == NEAR) " if self.streamed else ""
                yield f"{unless}PREFETCH(in{number}.{name} + at, {group}, AHEAD, 1);"

    def _new(self, number: int) -> list[str]:
        """Inputs with rows of their own that no earlier pass has read."""
        older = {name for one in self.pipeline.passes[: number - 1] for name in self._reads(one)}
        own = {a.name for a in self.inputs if a.batched}
        one = self.pipeline.passes[number - 1]
        return [name for name in self._reads(one) if name in own and name not in older]

    @property
    def stored(self) -> list[tuple[int, str]]:
        """Outputs that the passes fill, with the number of the pass."""
        passes = enumerate(self.pipeline.passes, 1)
        return [(n, array) for n, one in passes for array in {s.array: 0 for s in one.stores}]

    @property
    def streamed(self) -> tuple[int, str] | None:
        """The output that may go past the caches, if there is just one."""
        return self.stored[0] if len(self.stored) == 1 else None

    def without(self, array: str) -> str:
        """The function that sums an array's entries without one of them."""
        return f"{self.name}_without_{array}_{self.suffix}"

    def ends(self, number: int) -> list[str]:
        """What is known of a row when its pass has ended, for ``row``, a pointer to it."""
        one, p = self.pipeline.passes[number - 1], self.precision
        lines = []
        if one.guess is not None:
            reference, peak = f"row->{one.guess.reference}", one.guess.peak.name
            lines += [
                f"const {p.real} peak = largest_{p.suffix}({peak});",
                f"row->again = !is_near_{p.suffix}({reference}, peak);",
                "if (row->again) {",
                f"    {reference} = reference_near_{p.suffix}(peak);",
                "    return;",
                "}",
            ]
        for array, total in self.summed_by(number):
            few = f"{self.size} - {self.size} % (FEW * GROUP_{p.suffix})"
            lines.append(f"keep_few_{p.suffix}(row->{array}_few, {few}, &{total});")
        for reduce in one.reductions:
            name = reduce.name
            match reduce.operation:
                case "sum":
                    lines.append(f"row->{name} = total_{p.suffix}(&{name});")
                case "maximum":
                    lines.append(f"row->{name} = largest_{p.suffix}({name});")
        for found in one.peaks:
            name = found.position.name
            lines.append(f"row->{found.value} = largest_{p.suffix}({name});")
            if found.is_needed:
                lines.append(f"row->{name} = {self._position(found)};")
        row = replace(self._scalars, owner="row->")
        late = {f.position.name: f for other in self.pipeline.passes for f in other.peaks}
        for without in one.without:
            total, value = f"row->{without.total}", row.text(without.value, "row")
            index = row.index(without.index, "row")
            if isinstance(without.index, Label) and without.index.name in late:
                index = self._position(late[without.index.name])
            again = f"{self.without(without.array)}({self.size}, row, {index})"
            lines.append(f"row->{without.name} = {value};")
            lines.append(f"row->{without.name} = 4 * row->{without.name} <= {total}")
            lines.append(f"    ? {total} - row->{without.name}")
            lines.append(f"    : {again};")
        return lines + self._lines_of(one.after, "row->")

    def _position(self, peak: Peak) -> str:
        """Where the largest stands."""
        assert isinstance(peak.position.value, Variable)
        array, p = f"row->{peak.position.value.name}", self.precision
        return f"position_{p.suffix}({self.size}, {array}, ({p.real})row->{peak.value})"

    def _lines_of(self, scalars: tuple[Scalar, ...], owner: str) -> list[str]:
        p, row = self.precision, replace(self._scalars, owner=owner)
        lines = []
        for scalar in scalars:
            text = row.text(scalar.value, "row")
            narrow = text if p.real == "double" else f"(float)({text})"
            match scalar:
                case Let(name):
                    lines.append(f"{owner}{name} = {text};")
                case Reference(name):
                    lines.append(f"{owner}{name} = reference_near_{p.suffix}({narrow});")
                case Store(array, indices):
                    lines.append(f"{row.entry(array, indices, 'row')} = {narrow};")
        return lines


def _at_names(value: Term, fixed: dict[tuple[str, IndexTerm], str]) -> Term:
    """The term with entries at fixed places replaced by their names."""
    match value:
        case Variable(name, (only,)) if (name, only) in fixed:
            return Variable(fixed[name, only], ())
    return rebuild(value, tuple(_at_names(child, fixed) for child in children(value)))
