"""From a report to kernels in loop form: what is asked for, what it rests on, and its loops."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from derive.codegen.choice import Choice, Chooser, NoForm
from derive.codegen.equalities import (
    Equality,
    Knowledge,
    depends_on,
    labels_below,
    loose_letters,
    variables,
)
from derive.codegen.goals import Goal, labels_in
from derive.codegen.liveness import undefined
from derive.codegen.loopform import Array, Computed, Kernel, Quotation, Store, labels_of
from derive.codegen.lowering import lower
from derive.codegen.naming import Naming
from derive.codegen.positions import positions_given
from derive.codegen.requests import Request, RequestError, requests_of
from derive.codegen.rewriting import transform
from derive.logic.problem import Context, Definition, Different, Hypothesis, Same
from derive.logic.terms import (
    Application,
    Binder,
    Delta,
    Derivative,
    Function,
    Index,
    IndexTerm,
    Label,
    Maximum,
    Position,
    Shift,
    Size,
    Term,
    Variable,
    canonical,
    children,
    free_indices,
    own_indices,
    rebuild,
    substitute,
    subterms,
)
from derive.meaning.notation import unicode
from derive.prover.verdict import Judgement, Report

__all__ = ["NotProved", "kernels_of", "left_out"]


class NotProved(Exception):
    """A function was asked for that rests on a statement which is not proved.

    ``judgement`` is the statement, or None where no statement says how to compute it.
    """

    def __init__(self, message: str, judgement: Judgement | None = None) -> None:
        super().__init__(message)
        self.judgement = judgement


# ------------------------------------------------------------------ what is asked for


def _squeezed(latex: str) -> str:
    return re.sub(r"\\[,;:! ]|\s|\\left|\\right", "", latex).replace("\\dfrac", "\\frac")


def _asked(latex: str, knowledge: Knowledge) -> tuple[Term, Context]:
    """The quantity that the document writes as ``latex`` on the left of a statement."""
    wanted = _squeezed(latex)
    for judgement in knowledge.report.judgements:
        statement = judgement.statement
        if _squeezed(statement.left) != wanted:
            continue
        for definition in statement.definitions:
            if not definition.arguments:
                return Variable(definition.name, definition.indices), knowledge.last_context
        if statement.kind == "claim" and statement.readings:
            claim = statement.readings[0].claims[0]
            return claim.left, claim.context
    raise NotProved(f"no statement of the document has {latex} on its left side")


def _axes(term: Term) -> tuple[Index, ...]:
    """The free letters of a term in the order in which they are written."""
    found: dict[Index, None] = {}

    def walk(part: Term, bound: frozenset[Index]) -> None:
        if isinstance(part, Binder):
            bound |= {part.index}
        if not isinstance(part, Derivative):
            for index in own_indices(part):
                if isinstance(index, Index) and index not in bound:
                    found.setdefault(index)
        for child in children(part):
            walk(child, bound)
        if isinstance(part, Derivative):
            for index in part.variable.indices:
                if isinstance(index, Index) and index not in bound:
                    found.setdefault(index)

    walk(term, frozenset())
    return tuple(found)


def _default_requests(knowledge: Knowledge, naming: Naming) -> Iterator[tuple[str, Term, Context]]:
    """Every definition, and the left side of every result, each with a name for its function."""
    seen: set[Term] = set()
    for judgement in knowledge.report.judgements:
        statement = judgement.statement
        for definition in statement.definitions:
            named = Variable(definition.name, definition.indices)
            if _pattern(named) not in seen:
                seen.add(_pattern(named))
                yield naming.function(named), _defined(definition), knowledge.last_context
        if statement.kind == "claim" and statement.readings:
            for claim in statement.readings[0].claims:
                left = claim.left
                if isinstance(left, Derivative | Function) and _pattern(left) not in seen:
                    seen.add(_pattern(left))
                    yield naming.function(left), left, claim.context


def _defined(definition: Definition) -> Term:
    """What a definition defines, a function at the arguments that it is written with."""
    if not definition.arguments:
        return Variable(definition.name, definition.indices)
    arguments = tuple(Variable(name, ()) for name in definition.arguments)
    return Application(definition.name, definition.indices, arguments, (0,) * len(arguments))


def _pattern(term: Term) -> Term:
    """The term with its free letters named by their order, so that z_i and z_k are one quantity."""
    new: dict[Index, IndexTerm] = {
        letter: Index(f"%{n}", letter.range) for n, letter in enumerate(_axes(term))
    }
    return canonical(substitute(term, new))


# ------------------------------------------------------------------ what it rests on


def _refuse_if_wrong(output: Computed, knowledge: Knowledge) -> None:
    """Raise NotProved where the document says something wrong of the output."""
    for form in knowledge.forms(output.quantity, output.context, proved_only=False):
        *before, last = form.trail
        verdict = last.judgement.verdict
        if last.proved or not all(e.proved for e in before) or verdict is None:
            continue
        if verdict.outcome in ("refuted", "conditional"):
            raise _not_proved(output.name, last.judgement)


def _not_proved(name: str, judgement: Judgement) -> NotProved:
    statement, verdict = judgement.statement, judgement.verdict
    outcome = verdict.outcome if verdict is not None else "not proved"
    return NotProved(
        f"{name} is not generated: line {statement.place.line}, "
        f"{' '.join(statement.left.split())} {statement.relation} "
        f"{' '.join(statement.right.split())}, is {outcome}",
        judgement,
    )


def _undecided(output: Computed, knowledge: Knowledge, reason: str) -> NotProved:
    for form in knowledge.forms(output.quantity, output.context, proved_only=False):
        for equality in form.trail:
            if not equality.proved:
                return _not_proved(output.name, equality.judgement)
    return NotProved(f"{output.name} is not generated: {reason}")


def _quotation(judgement: Judgement) -> Quotation:
    statement, verdict = judgement.statement, judgement.verdict
    latex = " ".join(f"{statement.left} {statement.relation} {statement.right}".split())
    outcome = verdict.outcome if verdict is not None else statement.kind
    return Quotation(statement.place.line, latex, outcome)


def _basis(
    used: Iterable[Equality | Definition], knowledge: Knowledge
) -> tuple[tuple[Quotation, ...], tuple[Hypothesis, ...], tuple[str, ...]]:
    """The statements used, by line, the hypotheses on data that their proofs used, and what these
    and the proofs' conditions ask of the caller."""
    judgements: dict[int, Judgement] = {}
    for item in used:
        found = item.judgement if isinstance(item, Equality) else knowledge.statement_of(item)
        if found is not None:
            judgements[id(found)] = found
    ordered = sorted(
        judgements.values(), key=lambda j: (j.statement.place.line, j.statement.place.column)
    )
    hypotheses = (
        hypothesis
        for judgement in ordered
        if judgement.verdict is not None
        for hypothesis in judgement.verdict.hypotheses
        if not all(isinstance(fact, Same | Different) for fact in hypothesis.facts)
    )
    found_hypotheses = tuple(dict.fromkeys(hypotheses))
    conditions = (c for j in ordered if j.verdict is not None for c in j.verdict.conditions)
    assumes = (*(hypothesis.source for hypothesis in found_hypotheses), *conditions)
    return tuple(map(_quotation, ordered)), found_hypotheses, tuple(dict.fromkeys(assumes))


def _definitions(output: Computed, inputs: frozenset[str]) -> Iterator[Definition]:
    """The definitions that say what the output is."""
    for name in sorted(depends_on(output.quantity, output.context, inputs)):
        definition = output.context.definition(name)
        if definition is not None:
            yield definition


# ------------------------------------------------------------------ one kernel


@dataclass
class _Assembly:
    knowledge: Knowledge
    request: Request
    outputs: tuple[Computed, ...]
    naming: Naming

    def kernel(self) -> Kernel:
        inputs = frozenset(document for _, document in self.request.inputs)
        chooser = Chooser(self.knowledge, inputs)
        choices = {o.name: self._choose(o, chooser) for o in self.outputs}
        whole = self._kernel(self.outputs, choices, chooser)
        required = tuple(o for o in self.outputs if o.name not in self.request.optional)
        if len(required) == len(self.outputs):
            return whole
        return replace(whole, without=self._kernel(required, choices, chooser))

    def _choose(self, output: Computed, chooser: Chooser) -> Choice:
        try:
            chosen = chooser.output(output.quantity, output.context)
        except NoForm as reason:
            raise _undecided(self._told(output), self.knowledge, str(reason)) from None
        _refuse_if_wrong(self._told(output), self.knowledge)
        return chosen

    def _told(self, output: Computed) -> Computed:
        """The output by the name that people know: a function that nobody asked for has one."""
        asked = any(latex for _, latex in self.request.outputs)
        return output if asked else replace(output, name=self.request.function)

    def _kernel(
        self, outputs: tuple[Computed, ...], choices: dict[str, Choice], chooser: Chooser
    ) -> Kernel:
        renamed = {document: argument for argument, document in self.request.inputs}
        inputs = frozenset(renamed)
        goals = [g for o in outputs for g in self._goals(o, choices[o.name], renamed)]
        peaks = {n: _renamed(largest, renamed) for n, largest in chooser.peaks.items()}
        arguments = self._arguments(goals, peaks, outputs)
        sizes = self._sizes(arguments, goals)
        reserved = frozenset(a.name for a in arguments) | {name for _, name in sizes}
        if self.request.batch is not None:
            reserved |= {self.request.batch}
        largest = {n: p for n, p in peaks.items() if isinstance(p, Maximum)}
        lowered = lower(goals, largest, reserved)
        lost = next(undefined(lowered.statements, frozenset(a.name for a in arguments)), None)
        if lost is not None:
            raise NotProved(f"{outputs[0].name} is not generated: no loop form has {lost} in time")
        used = frozenset().union(*(choices[o.name].rests_on for o in outputs))
        used |= {d for o in outputs for d in _definitions(o, inputs)}
        rests_on, hypotheses, assumes = _basis(used, self.knowledge)
        chosen = sorted(peaks.keys() & {label.name for label in labels_of(lowered.statements)})
        kept = tuple(Array(name, (range_,), "kept", False) for name, range_ in lowered.kept)
        return Kernel(
            self.request.function,
            self.request.batch,
            sizes,
            arguments,
            self._order(arguments, sizes),
            lowered.statements,
            kept,
            rests_on,
            assumes,
            tuple(f"{name}: the position of {unicode(peaks[name])}" for name in chosen),
            None,
            outputs,
            tuple((argument, document) for argument, document in self.request.inputs),
            hypotheses,
        )

    def _goals(self, output: Computed, choice: Choice, renamed: dict[str, str]) -> Iterator[Goal]:
        labels = frozenset(document for _, document in self.request.inputs)
        value = _renamed(choice.value.term, renamed, labels)
        if choice.special is None or choice.at is None or choice.is_ is None:
            yield Goal(Store(output.name, output.axes, value), output.axes)
            return
        is_ = _label(choice.is_, renamed, labels)
        yield Goal(Store(output.name, output.axes, value, ((choice.at, is_),)), output.axes)
        at = tuple(is_ if axis is choice.at else axis for axis in output.axes)
        rest = tuple(axis for axis in output.axes if axis is not choice.at)
        yield Goal(Store(output.name, at, _renamed(choice.special.term, renamed, labels)), rest)

    def _arguments(
        self, goals: list[Goal], peaks: dict[str, Term], outputs: tuple[Computed, ...]
    ) -> tuple[Array, ...]:
        terms = [goal.target.value for goal in goals] + list(peaks.values())
        found: dict[str, tuple[str, ...]] = {}
        for term in terms:
            for variable in variables(term):
                ranges = tuple(index.range for index in variable.indices)
                if found.setdefault(variable.name, ranges) != ranges:
                    raise NotProved(f"{variable.name} is used with different indices")
        labels = {label.name: label for label in labels_in(terms) if label.name not in peaks}
        for goal in goals:
            if isinstance(goal.target, Store):
                labels |= {
                    i.name: i
                    for i in goal.target.indices
                    if isinstance(i, Label) and i.name not in peaks
                }
        out: list[Array] = []
        document = dict(self.request.inputs)
        names = [name for name, _ in self.request.inputs]
        for name in names:
            batched = self.request.batch is not None and document[name] not in self.request.shared
            if name in labels:
                ranges = tuple(index.range for index in labels[name].indices)
                out.append(Array(name, ranges, "labels", batched))
            elif name in found:
                out.append(Array(name, found[name], "input", batched))
        for output in outputs:
            ranges = tuple(axis.range for axis in output.axes)
            optional = output.name in self.request.optional
            batched = self.request.batch is not None
            out.append(Array(output.name, ranges, "output", batched, optional))
        return tuple(out)

    def _sizes(
        self, arguments: tuple[Array, ...], goals: list[Goal]
    ) -> tuple[tuple[str, str], ...]:
        ranges = dict.fromkeys(r for argument in arguments for r in argument.ranges)
        for goal in goals:
            for part in subterms(goal.target.value):
                if isinstance(part, Size):
                    ranges.setdefault(part.range)
                elif isinstance(part, Binder):
                    ranges.setdefault(part.index.range)
                for index in own_indices(part):
                    if isinstance(index, Label):
                        ranges.setdefault(index.range)
        given = dict(self.request.sizes)
        return tuple((r, given.get(r) or self.naming.size(r)) for r in ranges)

    def _order(
        self, arguments: tuple[Array, ...], sizes: tuple[tuple[str, str], ...]
    ) -> tuple[str, ...]:
        batch = (self.request.batch,) if self.request.batch is not None else ()
        every = (*batch, *(name for _, name in sizes), *(a.name for a in arguments))
        where = f"kernels: {self.request.function}"
        _each_once(every, where)
        if not self.request.order:
            return every
        _each_once(self.request.order, f"{where}: order")
        known = {*every, *(name for name, _ in (*self.request.inputs, *self.request.sizes))}
        unknown = sorted(set(self.request.order) - known)
        if unknown and len(self.outputs) == len(self.request.outputs):
            raise RequestError(f"{where}: order names {unknown[0]!r}, which is no argument")
        order = tuple(name for name in self.request.order if name in every)
        missing = sorted(set(every) - set(order))
        if missing and len(arguments) == len(self.request.inputs) + len(self.outputs):
            raise RequestError(f"kernels: {self.request.function}: order lacks {missing[0]!r}")
        return order


def _each_once(names: tuple[str, ...], where: str) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise RequestError(f"{where}: two things have the name {twice[0]!r}")


def _label(index: IndexTerm, renamed: dict[str, str], labels: frozenset[str]) -> IndexTerm:
    match index:
        case Index(name, range_) if name in labels:
            return Label(renamed[name], (), range_)
        case Label(name, indices, range_) if name in renamed:
            return Label(renamed[name], tuple(_label(i, renamed, labels) for i in indices), range_)
        case Shift() | Position():
            return index
    return index


def _renamed(term: Term, renamed: dict[str, str], labels: frozenset[str] = frozenset()) -> Term:
    """The term in the arguments' names; index letters that are inputs become labels."""
    letters = {i: _label(i, renamed, labels) for i in free_indices(term) if i.name in labels}
    term = substitute(term, {old: new for old, new in letters.items() if old is not new})

    def change(part: Term) -> Term:
        match part:
            case Variable(name, indices):
                new = tuple(_label(i, renamed, frozenset()) for i in indices)
                return Variable(renamed.get(name, name), new)
            case Delta(left, right):
                return Delta(_label(left, renamed, labels), _label(right, renamed, labels))
            case Binder(index, excluded, body):
                moved = tuple(_label(i, renamed, frozenset()) for i in excluded)
                binder: Term = type(part)(index, moved, body)
                return binder
        return rebuild(part, children(part))

    return transform(term, change)


# ------------------------------------------------------------------ all kernels


def _requested(request: Request, knowledge: Knowledge, naming: Naming) -> Kernel:
    documents = {document for _, document in request.inputs}
    outputs = []
    for name, latex in request.outputs:
        quantity, context = _asked(latex, knowledge)
        axes = tuple(axis for axis in _axes(quantity) if axis.name not in documents)
        outputs.append(Computed(name, quantity, context, axes))
    return _Assembly(knowledge, request, tuple(outputs), naming).kernel()


def _by_default(name: str, quantity: Term, context: Context, knowledge: Knowledge) -> Kernel:
    naming = Naming()
    data = sorted(n for n in depends_on(quantity, context) if context.definition(n) is None)
    positions = positions_given(quantity, knowledge)
    loose = sorted(loose_letters(quantity, context) | positions, key=repr)
    integers = sorted(labels_below(quantity, context))
    both = next((n for n in integers if n in data), None)
    if both is not None:
        raise NotProved(f"{name} is not generated: {both} is a number in it, and an index")
    inputs = [(naming.argument(n), n) for n in (*data, *integers)]
    inputs += [(naming.argument(letter.name), letter.name) for letter in loose]
    if isinstance(quantity, Application):
        own = [v.name for v in quantity.arguments if isinstance(v, Variable)]
        if any(context.definition(formal) is not None for formal in own):
            raise NotProved(f"{name} is not generated: its argument is defined elsewhere")
    request = Request(name, tuple(inputs), ((naming.argument(f"{name}_value"), ""),))
    axes = tuple(axis for axis in _axes(quantity) if axis not in positions)
    output = Computed(request.outputs[0][0], quantity, context, axes)
    return _Assembly(knowledge, request, (output,), naming).kernel()


def _attempts(knowledge: Knowledge) -> Iterator[Kernel | NotProved]:
    """For each definition and result a kernel, or why there is none.

    Raises NotProved where what the document says of one is not proved.
    """
    functions = Naming()
    for name, quantity, context in _default_requests(knowledge, functions):
        try:
            yield _by_default(name, quantity, context, knowledge)
        except NotProved as refusal:
            if refusal.judgement is not None:
                raise
            yield refusal


def kernels_of(report: Report) -> tuple[Kernel, ...]:
    """The kernels that a document asks for.

    Raises NotProved, naming the statement, where one rests on something that is not proved, and
    RequestError where the front matter makes no sense.
    """
    knowledge = Knowledge(report)
    requests = requests_of(report.front_matter)
    if requests:
        return tuple(_requested(request, knowledge, Naming()) for request in requests)
    attempts = list(_attempts(knowledge))
    found = tuple(kernel for kernel in attempts if isinstance(kernel, Kernel))
    if not found:
        reasons = [*map(str, attempts), *_without_meaning(report)]
        raise NotProved("; ".join(("nothing in the document can be computed", *reasons)))
    return found


def left_out(report: Report) -> tuple[str, ...]:
    """Where the document does not say which functions it wants: those that it gets not, and why.

    Raises what ``kernels_of`` raises.
    """
    if requests_of(report.front_matter):
        return ()
    attempts = _attempts(Knowledge(report))
    refusals = (str(refusal) for refusal in attempts if isinstance(refusal, NotProved))
    return (*refusals, *_without_meaning(report))


def _without_meaning(report: Report) -> Iterator[str]:
    """The definitions that were read, but not understood."""
    for statement in (judgement.statement for judgement in report.judgements):
        if statement.kind == "definition" and not statement.definitions and statement.message:
            shown = " ".join(f"{statement.left} {statement.relation} {statement.right}".split())
            yield f"line {statement.place.line}, {shown}, gives no function: {statement.message}"
