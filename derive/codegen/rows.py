"""A kernel in C, one row at a time: what is vectorised are the entries of the row.

A loop without loops in it is a *pass*.  Where it sums, it runs over chunks of as many entries as
there are lanes, each a plain loop of constant length, which compilers turn into vector code without
leave to reorder sums: the order is in the source.
"""

from __future__ import annotations

from dataclasses import dataclass

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
from derive.codegen.precision import Precision
from derive.codegen.scalars import CScalars, scalars_of
from derive.logic.terms import Index, IndexTerm, Term, Variable, canonical

__all__ = ["has_stream", "row_lines"]


@dataclass
class _Rows:
    kernel: Kernel
    precision: Precision
    scalars: CScalars

    def statements(self, statements: tuple[Statement, ...], indent: str) -> list[str]:
        lines: list[str] = []
        for number, statement in enumerate(statements):
            later = statements[number + 1 :]
            lines += [indent + line for line in self.statement(statement, later)]
        return lines

    def statement(self, statement: Statement, later: tuple[Statement, ...]) -> list[str]:
        s = self.scalars
        match statement:
            case Let(name, value):
                return [f"const double {name} = {s.text(value, 'row')};"]
            case Reference(name, value):
                p = self.precision
                near = f"reference_near_{p.suffix}({_cast(p, s.text(value, 'row'))})"
                return [f"const reference_{p.suffix} {name} = {near};"]
            case Store(array, indices, value) | Keep(array, indices, value):
                target = s.entry(array, indices, "row")
                return [f"{target} = {_cast(self.precision, s.text(value, 'row'))};"]
            case Loop(index, body):
                if statement.is_pass:
                    return self.pass_over(index, body, later)
                return self.nest(index, body)
            case Reduce():
                return self.reduce_in_nest(statement)
        raise AssertionError(statement)

    # -------------------------------------------------------------- loops around loops

    def nest(self, index: Index, body: tuple[Statement, ...]) -> list[str]:
        size = self.kernel.size(index.range)
        lines: list[str] = []
        for statement in body:
            if isinstance(statement, Reduce):
                lines += self.before_nest(statement)
        lines.append(f"for (size_t {index.name} = 0; {index.name} < {size}; {index.name}++) {{")
        lines += self.statements(body, "    ")
        lines.append("}")
        for statement in body:
            if isinstance(statement, Reduce) and statement.operation == "sum":
                lines.append(f"const double {statement.name} = total({statement.name}_parts);")
        return lines

    def before_nest(self, reduce: Reduce) -> list[str]:
        match reduce.operation:
            case "sum":
                return [f"parts {reduce.name}_parts = {{0, 0}};"]
            case "product":
                return [f"double {reduce.name} = 1;"]
            case "maximum":
                return [f"double {reduce.name} = -(double)INFINITY;"]
        return [f"size_t {reduce.name} = 0;", f"double {reduce.name}_value = -(double)INFINITY;"]

    def reduce_in_nest(self, reduce: Reduce) -> list[str]:
        value = self.scalars.text(reduce.value, "row")
        letter = next(iter(_letters(self.kernel, reduce)), None)
        unless = self.unless(reduce.excluded, letter)
        match reduce.operation:
            case "sum":
                return [f"{unless}add(&{reduce.name}_parts, {value});"]
            case "product":
                return [f"{unless}{reduce.name} *= {value};"]
        keep = f"{{ {reduce.name} = {value}; }}"
        if reduce.operation == "position":
            keep = f"{{ {reduce.name}_value = {value}; {reduce.name} = {letter}; }}"
            return [f"{unless}if ({value} > {reduce.name}_value) {keep}"]
        return [f"{unless}if ({value} > {reduce.name}) {keep}"]

    def unless(self, excluded: tuple[IndexTerm, ...], letter: str | None) -> str:
        if not excluded or letter is None:
            return ""
        tests = " && ".join(f"{letter} != {self.scalars.index(x, 'row')}" for x in excluded)
        return f"if ({tests}) "

    # -------------------------------------------------------------- passes

    def pass_over(
        self, index: Index, body: tuple[Statement, ...], later: tuple[Statement, ...]
    ) -> list[str]:
        largest = [r for r in body if isinstance(r, Reduce) and r.operation in _ORDERED]
        rest = tuple(statement for statement in body if statement not in largest)
        lines: list[str] = []
        for reduce in largest:
            lines += self.largest(index, reduce, body)
        if any(not isinstance(statement, Let) for statement in rest):
            sums = [r for r in rest if isinstance(r, Reduce)]
            lines += self.sums(index, rest, sums) if sums else self.plain(index, rest, later)
        return lines

    def largest(self, index: Index, reduce: Reduce, body: tuple[Statement, ...]) -> list[str]:
        """A maximum or its position; over a whole array, by the prelude's vector loops."""
        p, size = self.precision, self.kernel.size(index.range)
        match reduce.value:
            case Variable(name, (only,)) if only is index and not reduce.excluded:
                if reduce.operation == "position":
                    return [f"const size_t {reduce.name} = largest_of_{p.suffix}({size}, {name});"]
                call = f"maximum_of_{p.suffix}({size}, {name})"
                return [f"const double {reduce.name} = {call};"]
        lines = self.before_nest(reduce)
        lines.append(f"for (size_t {index.name} = 0; {index.name} < {size}; {index.name}++) {{")
        lines += self.entries(tuple(s for s in body if isinstance(s, Let)), "    ")
        value = self.scalars.text(reduce.value, "entry")
        lines.append(f"    const double here = {value};")
        test = f"here > {reduce.name}{'_value' if reduce.operation == 'position' else ''}"
        keep = f"{reduce.name} = here;"
        if reduce.operation == "position":
            keep = f"{reduce.name}_value = here; {reduce.name} = {index.name};"
        unless = self.unless(reduce.excluded, index.name)
        lines += [f"    {unless}if ({test}) {{ {keep} }}", "}"]
        return lines

    def plain(
        self, index: Index, body: tuple[Statement, ...], later: tuple[Statement, ...]
    ) -> list[str]:
        """A pass that only stores."""
        size = self.kernel.size(index.range)
        inner = self.entries(body, "    ", later, index)
        head = f"for (size_t {index.name} = 0; {index.name} < {size}; {index.name}++)"
        lines = ["VECTOR_LOOP()", f"{head} {{", *inner, "}"]
        if len(inner) == 1:
            lines = ["VECTOR_LOOP()", head, *inner]
        streamed = self.streamed(index, body, later)
        if not streamed:
            return lines
        indented = ["    " + line for line in lines]
        return ["if (stream) {", *streamed, "} else {", *indented, "}"]

    def streamed(
        self, index: Index, body: tuple[Statement, ...], later: tuple[Statement, ...]
    ) -> list[str]:
        """The pass for outputs larger than the caches: past them, while the next row comes in."""
        if not has_stream(self.kernel) or any(not isinstance(s, Store | Let) for s in body):
            return []
        stores = [s for s in body if isinstance(s, Store)]
        if len(stores) != 1 or stores[0].indices != (index,):
            return []
        p, size, letter, target = self.precision, self.kernel.size(index.range), index.name, ""
        wide, target = f"WIDTH_{p.suffix.upper()}", stores[0].array
        line = f"line_{p.suffix}"
        inner = self.entries(body, "            ", later, index)
        entry = f"{target}[{letter}] ="
        inside = [text.replace(entry, f"{line}[lane] =", 1) for text in inner]
        outside = [text.removeprefix("    ") for text in inner]
        read = [a for a in self.kernel.arguments if a.role == "input" and a.batched and a.ranges]
        ahead = [f"        PREFETCH({a.name} + {size} + chunk, {wide});" for a in read]
        return [
            f"    {p.real} {line}[{wide}];",
            f"    size_t chunk = entries_to_line({target}, sizeof({p.real}), {size});",
            f"    for (size_t {letter} = 0; {letter} < chunk; {letter}++) {{",
            *outside,
            "    }",
            f"    for (; {size} - chunk >= {wide}; chunk += {wide}) {{",
            *ahead,
            f"        for (int lane = 0; lane < {wide}; lane++) {{",
            f"            const size_t {letter} = chunk + (size_t)lane;",
            *inside,
            "        }",
            f"        store_past_caches({target} + chunk, {line}, sizeof {line});",
            "    }",
            f"    for (size_t {letter} = chunk; {letter} < {size}; {letter}++) {{",
            *outside,
            "    }",
            "    stream_done();",
        ]

    def entries(
        self,
        body: tuple[Statement, ...],
        indent: str,
        later: tuple[Statement, ...] = (),
        index: Index | None = None,
    ) -> list[str]:
        """Lets, keeps and stores of one entry."""
        s, p = self.scalars, self.precision
        lines: list[str] = []
        for statement in body:
            match statement:
                case Let(name, value):
                    lines.append(f"{indent}const {p.real} {name} = {s.text(value, 'entry')};")
                case Keep(array, indices, value):
                    target = s.entry(array, indices, "entry")
                    lines.append(f"{indent}{target} = {s.text(value, 'entry')};")
                case Store(array, indices, value, excluded):
                    target = s.entry(array, indices, "entry")
                    unless = ""
                    for letter, other in excluded:
                        if not _is_overwritten(statement, letter, other, later):
                            unless += f"if ({letter.name} != {s.index(other, 'entry')}) "
                    lines.append(f"{indent}{unless}{target} = {s.text(value, 'entry')};")
        return lines

    def sums(self, index: Index, body: tuple[Statement, ...], sums: list[Reduce]) -> list[str]:
        """A pass with sums (or products), by chunks of WIDTH entries, one for each lane.

        Lanes are added in the type of the data for a few chunks and then in double.  Chunks that
        hold an index to be left out, and the last one, are done by a second loop; sums of the
        same value that differ in what they leave out share the lanes of the first.
        """
        p, size, letter = self.precision, self.kernel.size(index.range), index.name
        excluded = list(dict.fromkeys(x for r in sums for x in r.excluded))
        families: dict[tuple[Term, str], list[Reduce]] = {}
        for r in sums:
            families.setdefault((canonical(r.value), r.operation), []).append(r)
        wide = f"WIDTH_{p.suffix.upper()}"
        lines: list[str] = []
        for (_, operation), members in families.items():
            for name in [f"{members[0].name}_common", *(f"{r.name}_own" for r in members)]:
                lines.append(f"{p.real} {name}[{wide}];")
                lines.append(f"fill_{p.suffix}({name}, {_neutral(operation)});")
            lines.append(f"lanes_{p.suffix} {members[0].name}_lanes;")
            lines.append(f"start_{p.suffix}(&{members[0].name}_lanes, {_neutral(operation)});")
        skips = {x: f"skip{n}" for n, x in enumerate(excluded)}
        rest = tuple(x for x in body if not isinstance(x, Reduce))
        lines += [f"for (size_t chunk = 0; chunk < {size};) {{"]
        lines += [f"    size_t clean = {size} / {wide} * {wide};"]
        for other in excluded:
            at = self.scalars.index(other, "row")
            lines.append(f"    clean = clean_until({at}, chunk, clean, {wide});")
        lines.append(f"    for (; chunk < clean; chunk += {wide}) {{")
        lines.append(f"        for (int lane = 0; lane < {wide}; lane++) {{")
        lines.append(f"            const size_t {letter} = chunk + (size_t)lane;")
        lines += self.entries(rest, "            ")
        for (_, operation), members in families.items():
            value = self.scalars.text(members[0].value, "entry")
            lines.append(f"            {members[0].name}_common[lane] {_sign(operation)} {value};")
        lines += ["        }", f"        if (chunk / {wide} % CHUNKS == CHUNKS - 1) {{"]
        for (_, operation), members in families.items():
            verb = "fold" if operation == "sum" else "fold_product"
            first = members[0].name
            lines.append(f"            {verb}_{p.suffix}(&{first}_lanes, {first}_common);")
        lines += ["        }", "    }", f"    if (chunk < {size}) {{"]
        lines.append(f"        const int length = length_of_chunk({size} - chunk, {wide});")
        for other, skip in skips.items():
            at = self.scalars.index(other, "row")
            lines.append(f"        const int {skip} = place_in_chunk({at}, chunk, length);")
        lines.append("        for (int lane = 0; lane < length; lane++) {")
        lines.append(f"            const size_t {letter} = chunk + (size_t)lane;")
        lines += self.entries(rest, "            ")
        for r in sums:
            value = self.unless_at(r, skips)
            lines.append(f"            {r.name}_own[lane] {_sign(r.operation)} {value};")
        lines += ["        }", f"        chunk += {wide};", "    }", "}"]
        for (_, operation), members in families.items():
            verb = "total" if operation == "sum" else "total_product"
            common = f"{members[0].name}_lanes, {members[0].name}_common"
            for r in members:
                call = f"{verb}_{p.suffix}(&{common}, {r.name}_own)"
                lines.append(f"const double {r.name} = {call};")
        return lines

    def unless_at(self, reduce: Reduce, skips: dict[IndexTerm, str]) -> str:
        text = self.scalars.text(reduce.value, "entry")
        if not reduce.excluded:
            return text
        neutral = self.precision.number(f"{_neutral(reduce.operation)}.0")
        test = " || ".join(f"lane == {skips[x]}" for x in reduce.excluded)
        return f"{test} ? {neutral} : {text}"


def _neutral(operation: str) -> int:
    return 0 if operation == "sum" else 1


def _sign(operation: str) -> str:
    return "+=" if operation == "sum" else "*="


_ORDERED = ("maximum", "position")


def has_stream(kernel: Kernel) -> bool:
    """Whether the kernel writes rows that may be larger than the caches."""
    return kernel.batch is not None and any(
        a.role == "output" and len(a.ranges) == 1 for a in kernel.arguments
    )


def _cast(precision: Precision, text: str) -> str:
    return text if precision.real == "double" else f"(float)({text})"


def _letters(kernel: Kernel, reduce: Reduce) -> list[str]:
    def find(statements: tuple[Statement, ...]) -> list[str]:
        for statement in statements:
            if isinstance(statement, Loop):
                if reduce in statement.body:
                    return [statement.index.name]
                found = find(statement.body)
                if found:
                    return found
        return []

    return find(kernel.body)


def _is_overwritten(
    store: Store, letter: Index, other: IndexTerm, later: tuple[Statement, ...]
) -> bool:
    """A later statement stores the entry that this one leaves out, so it may store it too."""
    at = tuple(other if index is letter else index for index in store.indices)
    return any(isinstance(s, Store) and s.array == store.array and s.indices == at for s in later)


def row_lines(kernel: Kernel, precision: Precision, scaled: bool) -> list[str]:
    """The body of the function that computes one row."""
    rows = _Rows(kernel, precision, scalars_of(kernel, precision, scaled))
    return rows.statements(kernel.body, "    ")
