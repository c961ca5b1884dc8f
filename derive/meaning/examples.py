"""Equations that claim nothing in general: values for an example, updates, lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise, product

from derive.logic.problem import (
    Equation,
    Fact,
    Hypothesis,
)
from derive.logic.terms import (
    Index,
    IndexTerm,
    Number,
    Position,
    Size,
    Term,
    Variable,
    names,
    substitute,
    subterms,
)
from derive.meaning import lists, prose
from derive.meaning.defining import Defining
from derive.meaning.definitions import Head, head
from derive.meaning.elaborate import Elaborator
from derive.meaning.grids import Grid, NoGrid, computed, holds_one_in_full
from derive.meaning.names import TRANSPOSES, reference
from derive.meaning.patterns import with_letter
from derive.meaning.rounding import half_unit
from derive.meaning.scope import Entry
from derive.meaning.spelling import fresh_letters, spelling, walk
from derive.meaning.steps import (
    Step,
    is_number,
)
from derive.meaning.substituted import substitute_variable
from derive.meaning.trouble import OutOfReach
from derive.reader import syntax as s
from derive.reader.document import Formula, Prose

_CELL = re.compile(r"<t[dh]\b[^>]*>\s*$|\|\s*$")


class Examples(Defining):
    """Equations that claim nothing in general: values for an example, updates, lists."""

    def _is_one_of_two(self, step: Step) -> bool:
        """``y = 1`` or ``y = 0``: two values of which neither is claimed nor supposed."""
        if step.item.display or not step.first or not isinstance(step.right, s.Numeral):
            return False
        found = reference(step.left, self.names) if isinstance(step.left, s.Name) else None
        if found is None or self.scope.defined(found.name) or step.cue == "assume":
            return False
        items, n = self.document.items, self.index
        for words, other in ((n - 1, n - 2), (n + 1, n + 2)):
            if not 0 <= other < len(items):
                continue
            between, formula = items[words], items[other]
            if isinstance(between, Prose) and isinstance(formula, Formula) and not formula.display:
                if prose.either(between.text, self.sentence.text) and self._gives_another_value(
                    formula, step
                ):
                    return True
        return False

    def _says_how_many(self, step: Step) -> bool:
        """``K = 2``, and "classes" behind it: the positions are so many, and K is no other name."""
        return (
            not step.item.display
            and step.first
            and isinstance(step.left, s.Name)
            and step.left.text in prose.told_counts(self.document.text)
            and isinstance(step.right, s.Numeral)
            and not self.scope.defined(step.left.text)
        )

    def _is_of_a_column(self, step: Step) -> bool:
        """``a = 3`` where the columns of a table are those of several a: it has no such value."""
        if not step.first or not isinstance(step.left, s.Name) or not is_number(step.right):
            return False
        if step.cue in ("assume", "define") or step.left.text not in self._columns():
            return False
        self._example(step)
        return True

    def _columns(self) -> frozenset[str]:
        """The names to which cells of the same row, with nothing else in them, give numbers."""
        if self.columns is None:
            found: dict[tuple[int, str], set[str]] = {}
            for item in self.document.items:
                rows = self.formulas[id(item)].rows if isinstance(item, Formula) else ()
                match [row.body for row in rows]:
                    case [s.Chain(_, s.Name(_, name), ((sign, value),))] if value is not None:
                        before = self.document.text[: item.span.start].rstrip("$ ")
                        cell = _CELL.search(before[-200:])
                        if sign.text == "=" and is_number(value) and cell is not None:
                            row = before.count("\n" if cell.group().startswith("|") else "<tr")
                            found.setdefault((row, name), set()).add(spelling(value))
            self.columns = frozenset(n for (_, n), values in found.items() if len(values) > 1)
        return self.columns

    def _is_locus(self, step: Step, elaborator: Elaborator) -> bool:
        """ "the boundary ``w x + b = 0``": the points at which it holds, of all there are."""
        if step.item.display or not step.first or head(step.left, self.names) is not None:
            return False
        if not prose.names_locus(self.sentence.tail):
            return False
        a, b = self._try(step.left, elaborator), self._try(step.right, elaborator)
        if a is None or b is None or not (self._about_data(a.term) and self._about_data(b.term)):
            return False
        return names(a.term) != names(b.term)

    def _gives_another_value(self, formula: Formula, step: Step) -> bool:
        rows = self.formulas[id(formula)].rows
        body = rows[0].body if len(rows) == 1 else None
        match body:
            case s.Chain(_, left, ((sign, s.Numeral(_, value)),)) if left and sign.text == "=":
                own = step.right.text if isinstance(step.right, s.Numeral) else value
                return spelling(left) == spelling(step.left) and value != own
        return False

    def _compares_numbers(self, step: Step) -> bool:
        """``[0.2, 0.3] \\odot [4, 5] = [0.8, 1.5]``: an equation of numbers at each place."""
        if step.sign.text not in ("=", "approx"):
            return False
        if holds_one_in_full(step.left) and holds_one_in_full(step.right):
            return self._compares_matrices_of_numbers(step)
        if not (lists.holds_list(step.left) or lists.holds_list(step.right)):
            return False
        columns = lists.entries_of(step.left), lists.entries_of(step.right)
        pairs: list[tuple[s.Syntax, s.Syntax]] = []
        if columns[0] is not None and columns[1] is not None:
            if len(columns[0]) != len(columns[1]):
                return False
            pairs = list(zip(columns[0], columns[1], strict=True))
        elif columns == (None, None):
            one, other = lists.number_of(step.left), lists.number_of(step.right)
            pairs = [(one, other)] if one is not None and other is not None else []
        if not pairs:
            return False
        self._claim_places(step, pairs)
        return True

    def _compares_matrices_of_numbers(self, step: Step) -> bool:
        """A product of matrices of numbers and its value, entry by entry."""

        def is_number(part: s.Syntax) -> bool:
            return lists.number_of(part) is not None

        try:
            one, other = computed(step.left, is_number), computed(step.right, is_number)
        except NoGrid:
            return False
        if isinstance(one, Grid) and isinstance(other, Grid):
            if not one.has_shape_of(other):
                return False
            self._claim_places(step, tuple(zip(one.entries, other.entries, strict=True)))
        elif isinstance(one, Grid) or isinstance(other, Grid):
            return False
        else:
            self._claim_places(step, ((one, other),))
        return True

    def _claim_places(self, step: Step, pairs: Sequence[tuple[s.Syntax, s.Syntax]]) -> None:
        """Claims the equations of numbers, but for the rounding of decimals in each."""
        elaborator = self._elaborator()
        sides = tuple((elaborator.scalar(a), elaborator.scalar(b)) for a, b in pairs)
        approximate = step.sign.text == "approx"
        at = len(self.statements)
        self._claims(step, sides, "=", (), elaborator)
        if at in self.open_claims:
            rounded = tuple(half_unit(b, a, approximate=approximate) for a, b in pairs)
            self.open_claims[at] = replace(self.open_claims[at], roundings=rounded)

    def _is_vector_of_numbers(self, step: Step) -> bool:
        """``p = (0.1, 0.9)`` gives values for an example, and no meaning in general."""
        rows = step.right.rows if isinstance(step.right, s.Matrix) else ()
        entries: tuple[s.Syntax, ...] = tuple(e for row in rows for e in row)
        match step.right:
            case s.Group(_, s.List(_, items)):
                entries = items
            case s.Scripts(_, s.Group(_, s.List(_, items)), None, s.Name(_, mark), 0):
                entries = items if mark in TRANSPOSES else ()
        if len(entries) < 2:
            return False
        if isinstance(step.left, s.Product) and _are_its_values(step.left, entries):
            return self._lists_components(step)
        if any(isinstance(e, s.Ellipsis) for e in entries) and isinstance(step.left, s.Name):
            return not self._says_components(step) and self._lists_components(step)
        if isinstance(step.left, s.Name) and _are_its_own(step.left, entries):
            return self._lists_components(step)
        if not all(is_number(e) for e in entries):
            return False
        found = head(step.left, self.names)
        if found is None:
            one = reference(step.left, self.names) if isinstance(step.left, s.Scripts) else None
            if one is not None and spelling(step.left) not in self.results:
                if not self.scope.defined(one.name):
                    self.unsettled[one.name] = frozenset()  # what is said of it is said of these
                self._example(step)  # h_1, one of several vectors
                return True
            return self._check_example(step, entries)
        if found.name in self.scope.entries and self._check_values(found, step, entries):
            return True
        self.examples[found.name] = entries
        self._keep_values(found, step, entries)
        self._example(step)
        return True

    def _keep_values(self, found: Head, step: Step, entries: tuple[s.Syntax, ...]) -> None:
        """What the values would mean as a hypothesis: for claims that hold for them alone."""
        self.example_values.pop(found.name, None)
        elaborator = self._elaborator()
        value = self._try(step.left, elaborator)
        if value is None or found.reference.indices or found.name in self.scope.entries:
            return
        rows = step.right.rows if isinstance(step.right, s.Matrix) else (entries,)
        table = len(rows) > 1 and len(rows[0]) > 1
        shape = (len(rows), len(rows[0])) if table else (len(entries),)
        if len(value.axes) != len(shape) or any(len(row) != len(rows[0]) for row in rows):
            return
        ranges = [axis.range for axis in value.axes]
        if len(set(ranges)) < len(set(shape)):
            return
        components: list[Fact] = [
            Equation(Size(range_), Number(Fraction(size)))
            for range_, size in zip(ranges, shape, strict=True)
        ]
        for place, entry in zip(product(*(range(1, n + 1) for n in shape)), entries, strict=True):
            at = tuple(Position(n, r) for n, r in zip(place, ranges, strict=True))
            component = substitute(value.term, dict(zip(value.axes, at, strict=True)))
            components.append(Equation(component, elaborator.scalar(entry)))
        source, line = " ".join(step.texts), self.document.place(step.span).line
        self.example_values[found.name] = Hypothesis(tuple(components), source, line)

    def _check_values(self, found: Head, step: Step, entries: tuple[s.Syntax, ...]) -> bool:
        """``y = (0.27, 0.73)`` for a defined y, where all data that it depends on have values."""
        elaborator = self._elaborator()
        value = self._try(step.left, elaborator)
        if value is None or len(value.axes) != 1 or found.reference.indices:
            return False
        data = self._data_below(value.term)
        if not data or not data <= self.example_values.keys():
            return False
        (axis,) = value.axes
        given = tuple(self.example_values[name] for name in sorted(data))
        size = Equation(Size(axis.range), Number(Fraction(len(entries))))
        sides: list[tuple[Term, Term]] = []
        for n, entry in enumerate(entries):
            new: dict[Index, IndexTerm] = {axis: Position(n + 1, axis.range)}
            sides.append((substitute(value.term, new), elaborator.scalar(entry)))
        if not any(size in hypothesis.facts for hypothesis in given):
            return False
        self._claims(step, tuple(sides), "=", given, elaborator, entries[0])
        return True

    def _check_example(self, step: Step, entries: tuple[s.Syntax, ...]) -> bool:
        """Values for what was found in general before, from the values of the names in it."""
        elaborator = self._elaborator()
        general = self.results.get(spelling(step.left))
        value = None if general is None else self._try(general, elaborator)
        if value is None and isinstance(step.left, s.Differentiation):
            return False  # the slopes of a quadratic function are numbers
        if value is None or len(value.axes) != 1:
            raise OutOfReach("values for an example, of something that was not found in general")
        sides: list[tuple[Term, Term]] = []
        for n, entry in enumerate(entries):
            at = value.term
            for variable in {t for t in subterms(at) if isinstance(t, Variable)}:
                given = self.examples.get(variable.name, ())
                if variable.indices != value.axes or len(given) != len(entries):
                    raise OutOfReach(f"values for an example in which {variable.name} has none")
                at = substitute_variable(at, variable, elaborator.scalar(given[n]))
            sides.append((at, elaborator.scalar(entry)))
        self._claims(step, tuple(sides), "=", (), elaborator, entries[0])
        return True

    def _says_components(self, step: Step) -> bool:
        """``X = (x_{ij})`` with dots, of components that are called something else.

        It does not where it only names them: w consists of the w_i, or the text also says what
        X equals.
        """
        found = reference(step.left, self.names)
        value = self._try(step.right, self._elaborator())
        if found is None or value is None:
            return found is not None and found.name in self.scope.entries
        if not isinstance(value.term, Variable):
            return True
        if value.term.name == found.name or found.name in self.scope.entries:
            return False
        said = [
            node
            for formula in self.formulas.values()
            for row in formula.rows
            for node in walk(row.body)
            if isinstance(node, s.Chain)
            and node.first is not None
            and spelling(node.first) == spelling(step.left)
        ]
        return (
            value.term.name != found.name
            and len(said) == 1
            and found.name not in self.scope.entries
        )

    def _lists_components(self, step: Step) -> bool:
        """``Y = (y_1, ..., y_n)`` says how the components are called."""
        self._state(
            "definition",
            step.span,
            *step.texts,
            message="it lists components; their names are kept as they are",
            reasons=step.reasons,
        )
        return True

    def _says_dependence(self, step: Step) -> bool:
        """``x = x(r)`` says what x depends on."""
        right = step.right
        if not (
            isinstance(right, s.Product) and len(right.factors) == 2 and right.operators == ("",)
        ):
            return False
        if not isinstance(right.factors[1], s.Group) or spelling(right.factors[0]) != spelling(
            step.left
        ):
            return False
        line = self.document.place(step.span).line
        hypothesis = Hypothesis((), " ".join(step.texts), line)
        self._state("hypothesis", step.span, *step.texts, hypothesis=hypothesis)
        found = reference(step.left, self.names)
        inside = right.factors[1].body
        for argument in inside.items if isinstance(inside, s.List) else (inside,):
            of = reference(argument, self.names)
            if found is not None and of is not None:
                self._depends_on(found.name, of.name)
        return True

    def _is_example_component(self, step: Step, elaborator: Elaborator) -> bool:
        """ "Consider ``z_1 = x_1 - m``": so is every component of an unexplained z."""
        found = reference(step.left, self.names) if isinstance(step.left, s.Scripts) else None
        if found is None or found.power is not None or len(found.indices) != 1 or found.primes:
            return False
        (index,) = found.indices
        if not (isinstance(index, s.Numeral) and index.text == "1"):
            return False
        later = self.scope.forward.get(found.name)
        if later is not None and not later.alike:
            return False
        if found.name in self.scope.entries or not prose.takes_one(self.sentence):
            return False
        both = (*walk(step.left), *walk(step.right))
        used = {node.text for node in both if isinstance(node, s.Name)}
        letter = s.Name(index.span, next(fresh_letters(used)))
        left, right = with_letter(step.left, letter), with_letter(step.right, letter)
        general = head(left, self.names)
        if general is None or not self._introduce(general, left, right, step, elaborator):
            return False
        self.alike.add(found.name)
        for entries in (self.scope.entries, self.entries_everywhere):
            if found.name in entries:
                entries[found.name] = replace(entries[found.name], alike=True)
        return True

    def _is_component(self, step: Step) -> bool:
        """``o_1 = ...`` says what one component is, before the whole has a meaning."""
        node = step.left
        found = reference(node, self.names) if isinstance(node, s.Scripts) else None
        if found is None or found.power is not None or not found.indices or found.primes:
            return False
        if not any(isinstance(i, s.Numeral) for i in found.indices):
            return False
        if found.name in self.scope.entries or step.cue in ("since", "if", "assume"):
            return False
        if isinstance(step.right, s.Numeral) or found.name in self.used - self.components.keys():
            return False
        if spelling(step.left) in self.components_told:
            return False  # the second equation for one component is claimed
        self.components_told.add(spelling(step.left))
        made_of = self.components.setdefault(found.name, set())
        for part in walk(step.right):
            inner = reference(part, self.names) if isinstance(part, s.Name | s.Scripts) else None
            made_of.update({inner.name} if inner is not None else ())
        self._state(
            "definition",
            step.span,
            *step.texts,
            message="the definition of one component: it is kept, and not used",
            reasons=step.reasons,
        )
        return True

    def _sets_diagonal(self, step: Step) -> bool:
        """ "We set ``p_ii = 0``", where p_ij was defined: what it says is not used.

        Of the p_ij with equal indices nothing is known from there on, and nothing was before.
        """
        node = step.left
        found = reference(node, self.names) if isinstance(node, s.Scripts) else None
        if found is None or found.power is not None or found.primes or not is_number(step.right):
            return False
        letters = [i.text for i in found.indices if isinstance(i, s.Name)]
        if len(letters) < 2 or len(set(letters)) == len(letters):
            return False
        if found.name not in self.scope.entries or step.cue in ("since", "if"):
            return False
        if step.sign.text != "assign" and not prose.sets_apart(self.sentence.text):
            return False
        self.diagonals.add(found.name)
        places = [n for n, i in enumerate(found.indices) if isinstance(i, s.Name)]
        for one, other in combinations(places, 2):
            if spelling(found.indices[one]) == spelling(found.indices[other]):
                self.ranges.suggest(f"slot:{found.name}:{one}", f"slot:{found.name}:{other}")
        self._state(
            "definition",
            step.span,
            *step.texts,
            message="what is said of equal indices: it is kept, and not used",
            reasons=step.reasons,
        )
        return True

    def _is_example(self, step: Step) -> bool:
        """``L = 1.4`` in an example, for an L that is defined in general."""
        found = head(step.left, self.names)
        entry = self.scope.entries.get(found.name) if found is not None else None
        if found is None or found.applied:
            return False
        if entry is not None and self._supposes_value(entry, step):
            self._example(step)
            return True
        if not prose.says_example(self.recent):
            return False
        right = self._try(step.right, self._elaborator())
        if right is None:
            return False
        if entry is not None and prose.says_for_example(self.sentence.text):
            general = self._data_below(entry.value.term)
            if not names(right.term) or self._data_below(right.term) < general:
                self._example(step)
                return True
        if names(right.term) or right.axes:
            return False
        if not any(isinstance(n, s.Numeral) and "." in n.text for n in walk(step.right)):
            return False
        self._example(step)
        return True

    def _supposes_value(self, entry: Entry, step: Step) -> bool:
        """ "Suppose ``z = 2``" of a defined z: one of the values that it has for some data."""
        plain = is_number(step.right) and not step.item.display
        return (
            plain
            and step.cue == "assume"
            and prose.governs(self.sentence)
            and bool(self._data_below(entry.value.term))
        )

    def _counts_above(self, step: Step) -> bool:
        """``w^{t+1} = w^t - a g^t``: t counts the steps, and no powers are meant."""
        base, letter, offset = _counted(step.left)
        if base is None or not step.first or step.sign.text not in ("=", "assign"):
            return False
        if self.scope.defined(spelling(base)):
            return False
        found = [_counted(node) for node in walk(step.right)]
        earlier = any(
            other is not None
            and spelling(other) == spelling(base)
            and (at, n) != (letter, offset)
            and at == letter
            and n < offset
            for other, at, n in found
        )
        inside = {n.text for n in walk(step.right) if isinstance(n, s.Name)}
        inside -= {letter, *(n.text for n in walk(base) if isinstance(n, s.Name))}
        if not earlier or not inside:  # x^{n+1} = x x^n is a law of powers
            return False
        self._state(
            "definition",
            step.span,
            *step.texts,
            message=f"a step from one {spelling(base)} to the next, which {letter} counts",
            reasons=step.reasons,
        )
        return True

    def _updates(self, step: Step) -> bool:
        """``w = w - a g`` in a text about iterations: the w on the right is the old one.

        So is ``w(k)`` in ``w(k + 1) = w(k) - a g``, and a factor, as in ``a = a * b``.
        """
        found = head(step.left, self.names)
        one = isinstance(step.left, s.Scripts) and reference(step.left, self.names) is not None
        if found is None and not (_is_applied(step.left) or one):  # w_1 is one of the weights
            return False
        name = found.name if found is not None else spelling(step.left)
        terms: list[s.Syntax] = []
        match step.right:
            case s.Signed(_, ((1, first), *_)):
                terms = [first]
            case s.Product(_, factors, operators) if any(operators):
                terms = list(factors)
                if isinstance(step.left, s.Product) and len(step.left.factors) < len(factors):
                    n = len(step.left.factors)
                    terms.append(
                        replace(step.left, factors=factors[:n], operators=operators[: n - 1])
                    )
        assigned = step.sign.text == "assign"
        if assigned:  # whatever it is made of, it gets that value
            terms = [node for node in walk(step.right) if isinstance(node, s.Name | s.Scripts)]
        own = any(spelling(term) == spelling(step.left) for term in terms)
        stepped = _stepped(step.left)
        if not own and stepped is not None and not self.scope.defined(stepped[0]):
            own = stepped in (
                (spelling(one), spelling(after.body))
                for n in walk(step.right)
                if isinstance(n, s.Product)
                for one, after in pairwise(n.factors)
                if isinstance(after, s.Group)
            )
        assigned = step.sign.text == "assign"
        if assigned:  # x <- (x - m) / s
            written = spelling(step.left)
            own = own or any(spelling(n) == written for n in walk(step.right))
        if not own:
            return False
        if not assigned and not prose.says_update(self.recent, *(x.title for x in self.sections)):
            return False
        self._state(
            "definition",
            step.span,
            *step.texts,
            message=f"an update of {name}, no equation: on the right it has its old value",
            reasons=step.reasons,
        )
        return True


def _counted(node: s.Node) -> tuple[s.Syntax | None, str, int]:
    """The w, the t and the 1 of ``w^{t+1}``; the first None where it is nothing such."""
    match node:
        case s.Scripts(_, base, below, above, 0) if above is not None:
            whole = base if below is None else replace(node, superscript=None)
            match above:
                case s.Name(_, text, _, False):
                    return whole, text, 0
                case s.Signed(_, ((1, s.Name(_, text, _, False)), (sign, s.Numeral(_, number)))):
                    return whole, text, sign * int(number) if number.isdigit() else 0
    return None, "", 0


def _is_applied(node: s.Syntax) -> bool:
    return (
        isinstance(node, s.Product)
        and len(node.factors) == 2
        and (isinstance(node.factors[1], s.Group))
    )


def _stepped(node: s.Syntax) -> tuple[str, str] | None:
    """The w and k of ``w(k + 1)``."""
    match node:
        case s.Product(_, (function, s.Group(_, body, "()" | "[]")), ("",)):
            match body:
                case s.Signed(_, ((1, s.Name() as letter), (1, s.Numeral(_, "1")))):
                    return spelling(function), spelling(letter)
    return None


def _are_its_own(name: s.Name, entries: tuple[s.Syntax, ...]) -> bool:
    """``z = (z_1, z_2)``: whether the entries are the components of the name, in their order."""
    return all(
        isinstance(entry, s.Scripts)
        and entry.superscript is None
        and not entry.primes
        and isinstance(entry.base, s.Name)
        and entry.base.text == name.text
        and isinstance(entry.subscript, s.Numeral)
        and entry.subscript.text == str(n + 1)
        for n, entry in enumerate(entries)
    )


def _are_its_values(applied: s.Product, entries: tuple[s.Syntax, ...]) -> bool:
    """``f(x) = (f(x)_1, ..., f(x)_n)``: whether the entries are the components of the value."""
    kept = [e for e in entries if not isinstance(e, s.Ellipsis)]
    return len(kept) > 1 and all(
        isinstance(e, s.Product)
        and len(e.factors) == len(applied.factors) == 2
        and isinstance(e.factors[1], s.Scripts)
        and e.factors[1].subscript is not None
        and spelling(e.factors[1].base) == spelling(applied.factors[1])
        and _letter_of(e.factors[0]) == _letter_of(applied.factors[0]) != ""
        for e in kept
    )


def _letter_of(node: s.Syntax) -> str:
    """A name without its font."""
    return node.text if isinstance(node, s.Name) else ""
