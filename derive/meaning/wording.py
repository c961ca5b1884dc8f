"""Hypotheses that prose states in words, near the names they are about."""

from __future__ import annotations

from derive.logic.problem import (
    Hypothesis,
)
from derive.meaning import facts, prose
from derive.meaning.state import State
from derive.meaning.steps import (
    Held,
)
from derive.meaning.trouble import Trouble
from derive.reader import syntax as s
from derive.reader.document import Break, Formula, Heading, Prose
from derive.reader.source import Span


class Wording(State):
    """Hypotheses that prose states in words, near the names they are about."""

    def _in_words(self, item: Prose) -> None:
        for find, build, strict in (
            (prose.says_one_hot, facts.one_hot, False),
            (prose.says_sum_one, facts.sum_one, True),
        ):
            at = find(item.text)
            if at is None:
                continue
            name = self._said_of(item, at) if strict else self._meant(item, at)
            if name is None:
                continue
            ranges = tuple(
                self.ranges.name(f"slot:{name}:{n}") for n in range(self.names.slots[name])
            )
            line = self.document.place(Span(item.span.start + at, item.span.start + at + 1)).line
            self._suppose(
                build(name, ranges, line), 0, Span(item.span.start + at, item.span.start + at + 7)
            )

    def _said_of(self, item: Prose, at: int) -> str | None:
        """The data name of which the sentence says what stands at ``at``."""
        text = self.document.text
        for where, name in reversed(self.candidates):
            between = text[where : item.span.start + at]
            if len(between) > 100 or not prose.predicates(between):
                continue
            if self.names.slots.get(name, 0) >= 1 and not self.scope.defined(name):
                return name
        return None

    def _meant(self, item: Prose, at: int) -> str | None:
        """The indexed data name that stands nearest to a word of prose."""
        near: list[tuple[int, str]] = [
            (abs(item.span.start + at - where), name) for where, name in self.candidates
        ]
        follows = prose.names_what_follows(item.text[at:])
        text = item.text
        for n in range(max(0, at - 60), min(len(text), at + 60)):
            before = text[n - 1] if n else " "
            after = text[n + 1] if n + 1 < len(text) else " "
            if text[n].isalpha() and not (before.isalnum() or after.isalnum()):
                near.append((abs(at - n), text[n]))
        index = next((k for k, x in enumerate(self.document.items) if x is item), -1)
        for following in self.document.items[index + 1 : index + 4]:
            if isinstance(following, Break | Heading) or self.sentence.ended(text[at:]):
                break
            if isinstance(following, Formula):
                distance = 0 if follows else following.span.start - item.span.start - at
                near.extend((distance, name) for name in self._indexed(following))
                follows = False
        for _, found in sorted(near):
            name = found.strip("{}")
            if name == "a" and "a" not in self.names.lettered:
                continue
            if self.names.slots.get(name, 0) >= 1:
                # Of a quantity that has a definition such words are a claim, of no other a fact.
                return None if self.scope.defined(name) else name
        return None

    def _suppose(self, hypothesis: Hypothesis, level: int, span: Span) -> None:
        if any(h.hypothesis.facts == hypothesis.facts for h in self.held):
            return
        self.held.append(Held(hypothesis, level))
        left, relation, right = hypothesis.source.partition("=")[::1]
        self._state(
            "hypothesis", span, left.strip(), relation, right.strip(), hypothesis=hypothesis
        )

    def _state_condition(self, span: Span, chain: s.Chain, source: str) -> None:
        try:
            found = self._elaborator().condition(chain)
        except Trouble as trouble:
            self._unread(span, trouble.message)
            return
        line = self.document.place(span).line
        self._state(
            "hypothesis",
            span,
            source.split("\\neq")[0].split("=")[0].strip(),
            "\\neq" if chain.rest[0][0].text == "!=" else "=",
            source.replace("\\neq", "=").partition("=")[2].strip(),
            hypothesis=Hypothesis(found, source, line),
        )
