"""A kernel in C, one row at a time: what is vectorised are the entries of the row.

A loop without loops in it is a *pass*.  Where it sums, it takes entries in groups, one for each
lane, in plain loops of constant length, which compilers turn into vector code without leave to
reorder sums: the order is in the source.  Kernels whose loops are all passes are printed otherwise
(see ``derive.codegen.passes``).
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
from derive.logic.terms import Index, IndexTerm, Variable

__all__ = ["row_lines"]


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
        if any(not isinstance(statement, Let | Reference) for statement in rest):
            sums = [r for r in rest if isinstance(r, Reduce)]
            lines += self.sums(index, rest, sums) if sums else self.plain(index, rest, later)
        return lines

    def largest(self, index: Index, reduce: Reduce, body: tuple[Statement, ...]) -> list[str]:
        """A maximum or its position; over a whole array, by the prelude's vector loops."""
        p, size = self.precision, self.kernel.size(index.range)
        match reduce.value:
            case Variable(name, (only,)) if only is index and not reduce.excluded:
                largest = f"maximum_{p.suffix}({size}, {name})"
                if reduce.operation == "position":
                    call = f"position_{p.suffix}({size}, {name}, {largest})"
                    return [f"const size_t {reduce.name} = {call};"]
                return [f"const double {reduce.name} = {largest};"]
        lines = self.before_nest(reduce)
        lines.append(f"for (size_t {index.name} = 0; {index.name} < {size}; {index.name}++) {{")
        lines += self.entries(tuple(s for s in body if isinstance(s, Let | Reference)), "    ")
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
        return lines

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
                case Reference():
                    lines += [indent + line for line in self.statement(statement, ())]
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
        """A pass with sums (or products), by groups of entries, one for each lane."""
        p, size, letter = self.precision, self.kernel.size(index.range), index.name
        group = f"GROUP_{p.suffix}"
        lines: list[str] = []
        for r in sums:
            if r.operation == "sum":
                lines.append(f"sums_{p.suffix} {r.name}_lanes = {{ {{0}}, {{0}}, {{0}} }};")
            else:
                lines.append(f"{p.real} {r.name}_lanes[{group}];")
                lines.append(f"fill_{p.suffix}({r.name}_lanes, 1);")
        inner = [f"const size_t {letter} = at + (size_t)lane;"]
        inner += self.entries(tuple(x for x in body if not isinstance(x, Reduce)), "")
        for r in sums:
            value = self.unless_at(r, letter)
            if r.operation == "sum":
                inner.append(f"add_{p.suffix}(&{r.name}_lanes, lane, {value});")
            else:
                inner.append(f"{r.name}_lanes[lane] *= {value};")
        settled = [
            f"    {call}_{p.suffix}(&{r.name}_lanes);"
            for r in sums
            if r.operation == "sum"
            for call in ("settle", "begin")
        ]
        if settled:
            settled = [f"if (IS_FEW(at, {group})) {{", *settled, "}"]
        lines += [
            "{",
            "    size_t at = 0;",
            f"    for (; {size} - at >= {group}; at += {group}) {{",
            f"        ENTRIES(lane, {group}) {{",
            *(f"            {line}" for line in inner),
            "        }",
            *(f"        {line}" for line in settled),
            "    }",
            f"    ENTRIES(lane, (int)({size} - at)) {{",
            *(f"        {line}" for line in inner),
            "    }",
            "}",
        ]
        for r in sums:
            call = f"total_{p.suffix}(&{r.name}_lanes)"
            if r.operation != "sum":
                call = f"product_{p.suffix}({r.name}_lanes)"
            lines.append(f"const double {r.name} = {call};")
        return lines

    def unless_at(self, reduce: Reduce, letter: str) -> str:
        text = self.scalars.text(reduce.value, "entry")
        if not reduce.excluded:
            return text
        neutral = self.precision.number("0.0" if reduce.operation == "sum" else "1.0")
        test = " || ".join(f"{letter} == {self.scalars.index(x, 'row')}" for x in reduce.excluded)
        return f"{test} ? {neutral} : {text}"


_ORDERED = ("maximum", "position")


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
