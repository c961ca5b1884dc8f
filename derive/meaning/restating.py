"""Equations about names that have a meaning, which may give them another one.

``f(x) = x^2`` and, further down, ``f(x) = e^x``: in most documents the second f is another
function, and no claim about the first.  Whether it can be one is not known before it is judged.
So the equation stays a claim, and what follows is read twice where it speaks of such a name:
with the meaning that the name had, and with the one that it may have been given since.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace

from derive.logic.problem import Definition
from derive.logic.terms import Number, names
from derive.meaning import leaving, prose
from derive.meaning.comparing import Comparing
from derive.meaning.definitions import Head, define, head, of_the_next
from derive.meaning.names import arguments, as_function, reference, unbraced
from derive.meaning.notation import readable
from derive.meaning.scope import Entry, Restated
from derive.meaning.spelling import spelling, walk, walk_values
from derive.meaning.statement import Restatement
from derive.meaning.steps import EQUALITIES, OpenClaim, Step
from derive.meaning.trouble import Trouble
from derive.reader import syntax as s
from derive.reader.document import Break, Formula, Item, Prose

__all__ = ["Restating"]

# A document that restates more names than this repeats its results.
MOST_RESTATED = 60


class Restating(Comparing):
    """Equations about names that have a meaning, which may give them another one."""

    def _read_again(self, step: Step, made: int, again: Callable[[], None]) -> None:
        """Reads a step once more with what names may mean since they were restated."""
        if self.ranges.final is None:
            return  # only the last reading makes claims that are judged
        claims = [at for at in range(made, len(self.statements)) if at in self.open_claims]
        concerned = self._concerned(step) if self.restated and claims else ()
        if not concerned:
            return
        unclear = [r for r in concerned if r.entry is None]
        others = None if unclear else self._elsewise(made, again)
        for at in claims:
            claim = self.open_claims[at]
            changed = replace(claim, restated=concerned)
            if others is not None and at in others:
                changed = replace(changed, anew=others[at])
            self.open_claims[at] = changed

    def _concerned(self, step: Step) -> tuple[Restated, ...]:
        """The restated names that a step speaks of, or that define what it speaks of."""
        own = {
            found.name
            for side in (step.left, step.right)
            for node in walk_values(side)
            if isinstance(node, s.Name | s.Scripts)
            and (found := reference(node, self.names)) is not None
        }
        nodes = (*walk(step.left), *walk(step.right))
        own |= {node.text for node in nodes if isinstance(node, s.Name)}
        known = own.union(*(self.reach.get(name, frozenset()) for name in own))
        later = [self.scope.forward[n] for n in own - self.reach.keys() if n in self.scope.forward]
        known = known.union(*(names(entry.value.term) for entry in later))
        for other in self.restated.values():
            if other.name in known and other.entry is not None:
                known |= names(other.entry.value.term)
        return tuple(r for r in self.restated.values() if r.name in known)

    def _elsewise(self, made: int, again: Callable[[], None]) -> Mapping[int, OpenClaim] | None:
        """The claims of the step as they are with the restated names in their later meaning."""
        kept = {
            key: copy(value) if isinstance(value, (list, dict, set)) else value
            for key, value in vars(self).items()
        }
        scope = {
            key: copy(value) if isinstance(value, (list, dict, set)) else value
            for key, value in vars(self.scope).items()
        }
        before = self.statements[made:]
        try:
            self._put_restated()
            again()
        except (Trouble, ValueError, OverflowError):
            return None
        else:
            alike = [x.kind for x in before] == [x.kind for x in self.statements[made:]]
            found = {at: claim for at, claim in self.open_claims.items() if at >= made}
            return found if alike else None
        finally:
            vars(self).update(kept)
            vars(self.scope).update(scope)

    def _put_restated(self) -> None:
        """Puts the later meanings of all restated names in force."""
        for r in self.restated.values():
            if r.entry is None or r.definition is None:
                continue
            self.scope.entries = {**self.scope.entries, r.name: r.entry}
            self.definitions = {**self.definitions, r.name: r.definition}
            below = names(r.definition.body)
            self.reach[r.name] = below.union(*(self.reach.get(x, frozenset()) for x in below))

    def _notes_restatement(self, step: Step, made: int) -> None:
        """Notes that a claim may be another definition of a name, and which."""
        if not step.first or step.sign.text not in EQUALITIES or len(self.statements) != made + 1:
            return
        statement = self.statements[made]
        plain = head(step.left, self.names) or self._next_head(step)
        if plain is None:
            self._notes_application(step, made)
            return
        found = self._primed_name(plain)
        if found is None:
            return
        defined = self.names_defined()
        name = found.name if found.name in defined else unbraced(found.name)
        if name not in defined or self._has_meaning_in_sentence(name, step, made):
            return
        opaque = statement.kind == "definition" and not statement.definitions
        if statement.kind != "claim" and not opaque:
            self.restated.pop(name, None)
            return
        line = statement.place.line
        known = self.scope.entry(name)
        apart = known is not None and self._is_apart(name, known.section, step)
        goes_on = self._is_step(step, apart) and not (apart and self._is_begun_anew())
        if goes_on or len(self.restated) > MOST_RESTATED:
            return
        entry, definition = self._other_meaning(step, line) if name == found.name else (None, None)
        constant = not any(isinstance(node, s.Name) for node in walk(step.right))
        valued = found.applied or known is None or names(known.value.term)
        case = self._is_case(name, step)
        if constant and valued and not case:
            return  # a value in an example, or at a point
        if entry is not None and known is not None and _says_the_same(entry, known):
            self.restated.pop(name, None)
            return  # what is said again is no other meaning
        told = Restatement(readable(name), line, constant)
        self.statements[made] = replace(statement, restates=told)
        value = (
            entry is not None
            and known is not None
            and isinstance(entry.value.term, Number)
            and isinstance(known.value.term, Number)
        )
        self.restated[name] = Restated(name, made, line, apart, entry, definition, case, value)

    def _next_head(self, step: Step) -> Head | None:
        """The z^l of ``z^{l+1} = a^l * W^{l+1}``, which says what z is from layer to layer."""
        written = of_the_next(step.left, self.names.raised)
        return head(written[0], self.names) if written is not None else None

    def _notes_application(self, step: Step, made: int) -> None:
        """``L(h(x), y) = |h(x) - y|``, where L(p, y) is defined elsewhere: it may be another L."""
        match step.left:
            case s.Product(_, (function, s.Group(_, body)), ("",)):
                listed = arguments(body) or ()
            case _:
                return
        found = reference(function, self.names)
        if found is None or len(listed) < 2 or not all(map(_is_named, listed)):
            return
        name = as_function(found, self.names, body).name
        statement = self.statements[made]
        if name not in self.names_defined() or statement.kind != "claim":
            return
        if not self._is_step(step, True):
            told = Restatement(readable(name), statement.place.line)
            self.statements[made] = replace(statement, restates=told)

    def _is_apart(self, name: str, section: int, step: Step) -> bool:
        """Whether the equation is no step of the calculation that its name was defined in.

        It is none in another section, unless that is about the same function by its title.
        """
        title = self.sections[-1].title if self.sections else ""
        same = prose.kinds(title) & prose.kinds(self.titles.get(section, ""))
        elsewhere = section != self._section() and not same
        listed = prose.is_item(self._written_in(self._line_of(step))) and self._in_a_list(name)
        supposed = step.cue == "assume" and not step.item.display and prose.governs(self.sentence)
        another = supposed or leaving.takes_another(self.sentence.tail)
        return elsewhere or listed or another or step.cue == "define"

    def _is_case(self, name: str, step: Step) -> bool:
        """``L = -log p`` for one class, and in the same paragraph ``L = ...`` for the other."""
        entry = self.scope.entries.get(name)
        if entry is None or step.item.display or step.cue in ("since", "assume"):
            return False
        if prose.says_at_optimum(self.sentence.text):
            return False
        start = self.document.text.rfind("\n\n", 0, step.span.start)
        if entry.line < self.document.text.count("\n", 0, max(start, 0)):
            return False
        first = self.after[0] if self.after else None
        behind = first.text if isinstance(first, Prose) else ""
        return prose.said_of_a_part(self.sentence.text, behind)

    def names_defined(self) -> frozenset[str]:
        """The names with a meaning, here or further down."""
        return frozenset(self.scope.entries.keys() | self.scope.forward.keys())

    def _other_meaning(self, step: Step, line: int) -> tuple[Entry | None, Definition | None]:
        """What the name would be, were the claim its definition."""
        found = head(step.left, self.names)
        if found is None:
            return None, None
        kept = self.scope.entries, self.definitions, dict(self.reach), list(self.guesses)
        try:
            self._put_restated()
            self.scope.without = found.name
            elaborator = self._elaborator()
            value = elaborator.value(step.right)
            if self._depends(value.term, found.name):
                return None, None
            source = " ".join(step.texts)
            entry, definition = define(found, value, elaborator, source, line, False)
            entry = replace(
                entry, level=self._level(), section=self._section(), line=self._line_of(step)
            )
            return entry, definition
        except (Trouble, ValueError, OverflowError):
            return None, None
        finally:
            self.scope.without = ""
            self.scope.entries, self.definitions, self.reach, self.guesses = kept

    def _is_step(self, step: Step, apart: bool) -> bool:
        """Whether the text says that the equation follows, or it goes on with one before it.

        A row of a display that begins as one above it did goes on with that; so does a display
        right behind the equation that defines the name.
        """
        if step.cue in ("since", "if", "assume", "case") and not step.item.display:
            return not apart
        title = self.sections[-1].title if self.sections else ""
        silent = not self.recent.strip()
        if prose.draws(self.sentence) or prose.draws_title(title, silent):
            return True
        rows = self.formulas[id(step.item)].rows
        at = next((n for n, row in enumerate(rows) if row is step.row), 0)
        own = self._named(step.left)
        if any(own in self._firsts(row.body) for row in rows[:at]):
            return True
        items, n = self.document.items, self.index - 1
        while n >= 0 and _is_silent(items[n]):
            n -= 1
        before = items[n] if n >= 0 else None
        if not isinstance(before, Formula) or before.display != step.item.display:
            return False
        return any(own in self._firsts(row.body) for row in self.formulas[id(before)].rows)

    def _named(self, node: s.Syntax) -> str:
        """The name that is defined by an equation that begins so; else what is written."""
        found = head(node, self.names)
        return spelling(node) if found is None else found.name

    def _firsts(self, body: s.Node) -> frozenset[str]:
        """What the equations of a row begin with."""
        return frozenset(
            self._named(node.first)
            for node in walk(body)
            if isinstance(node, s.Chain) and node.first is not None
        )


def _is_named(node: s.Syntax) -> bool:
    """Whether it is a name, or a name that is applied: ``h(x)``."""
    if isinstance(node, s.Product) and len(node.factors) == 2:
        return isinstance(node.factors[0], s.Name) and isinstance(node.factors[1], s.Group)
    return isinstance(node, s.Name | s.Scripts)


def _says_the_same(one: Entry, other: Entry) -> bool:
    """Whether a name is the same of the same letters, wherever that is said."""
    return all(
        getattr(one, field) == getattr(other, field)
        for field in ("indices", "value", "hidden", "formals", "real", "given", "alike")
    )


def _is_silent(item: Item) -> bool:
    """Whether nothing is said between the formulas before and behind the item."""
    if isinstance(item, Prose):
        return not item.text.strip(" \n\t,")
    return isinstance(item, Break) and not item.closes
