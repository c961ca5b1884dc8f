"""Relations that are no equations: declarations, maps, limits, distributions, proportions."""

from __future__ import annotations

import re

from derive.logic.problem import Hypothesis
from derive.logic.terms import Application, Variable
from derive.meaning import asserting, prose
from derive.meaning.membership import Membership
from derive.meaning.names import reference, unbraced
from derive.meaning.spelling import spelling, walk
from derive.meaning.steps import Held, Step
from derive.meaning.survey import declared
from derive.meaning.trouble import Incomprehensible, OutOfReach
from derive.reader import syntax as s
from derive.reader.source import Span

MAGNITUDES = {"\\ll", "\\gg", "\\lll", "\\ggg", "≪", "≫"}


COLONS = (":", "\\colon", "\\mathpunct{:}")
# ``f : \text{activation}`` says what f is called.
_IN_WORDS = re.compile(r"\\(?:text|textrm|textit|textbf|mathrm|mbox)\s*\{[^{}]*\}[.,;]?")
_FOR = re.compile(r"\b(?:for|foreach|each|every|all|while|over)\s*$", re.I)


class Relating(Membership):
    """Relations that are no equations: declarations, maps, limits, distributions, proportions."""

    def _maps(self, chain: s.Chain) -> bool:
        """``f : A \\to B`` says what f is applied to; "for ``k = 1 \\to K``", what k runs over."""
        signs = [sign for sign, _ in chain.rest]
        if len(signs) != 2 or signs[1].text != "to" or chain.first is None:
            return False
        sign = self._text(signs[0].span)
        loop = signs[0].text == "=" and isinstance(chain.first, s.Name)
        counted = loop and isinstance(chain.rest[0][1], s.Numeral)
        loop = counted and _FOR.search(self.sentence.tail) is not None
        if not loop and sign not in COLONS:
            return False
        left = self._text(chain.first.span)
        right = self._text(Span(signs[0].span.end, chain.span.end))
        line = self.document.place(chain.span).line
        hypothesis = Hypothesis((), f"{left} {sign} {right}", line)
        self._state("hypothesis", chain.span, left, sign, right, hypothesis=hypothesis)
        return True

    def _other_relation(self, step: Step, sign: str) -> None:
        """Relations that are no equations: declarations, limits, distributions."""
        if (
            sign == "sim"
            or (sign == "notin" and not prose.concludes(self.sentence.text))
            or (sign == "to" and (self._as_variable_of_limit(step) or self._is_map(step)))
            or self._is_magnitude_supposed(step)
            or (step.texts[1] in COLONS and _IN_WORDS.fullmatch(step.texts[2].strip()) is not None)
        ):
            line = self.document.place(step.span).line
            hypothesis = Hypothesis((), " ".join(step.texts), line)
            self._state("hypothesis", step.span, *step.texts, hypothesis=hypothesis)
            return
        if sign == "to" and _is_replacement(step):
            self._kept(
                step, "a replacement by an arrow, no equation: on the right it is the old one"
            )
            return
        if sign == "flow" or (sign == "to" and self._is_path(step)):
            self._kept(step, "arrows that show a way through a graph, and no equation")
            return
        if sign == "propto" and self._is_open(step.left):
            self._kept(step, "a definition up to a factor that is not said: kept, and not used")
            found = reference(step.left, self.names)
            self.proportional.update((found.name,) if found is not None else ())
            return
        out_of_reach = {
            "to": "a limit or an assignment by an arrow is no equation",
            "propto": "proportionality is no equation",
        }
        if sign in out_of_reach:
            raise OutOfReach(out_of_reach[sign])
        if step.texts[1] in MAGNITUDES:
            raise OutOfReach("an order of magnitude is no equation")
        raise Incomprehensible(f"the relation {step.texts[1]} has no meaning here")

    def _kept(self, step: Step, message: str) -> None:
        """A definition that is kept as it stands, and not used."""
        self._state("definition", step.span, *step.texts, message=message, reasons=step.reasons)

    def _is_path(self, step: Step) -> bool:
        """``x \\to -x \\to e^{-x}``: more than one arrow, and nothing else."""
        body = step.row.body
        signs = [sign.text for sign, _ in body.rest] if isinstance(body, s.Chain) else []
        return signs.count("to") == len(signs) > 1

    def _is_map(self, step: Step) -> bool:
        """``a transformation x \\to x'``: what the map is called, and no limit."""
        left = spelling(step.left)
        return (
            isinstance(step.left, s.Name)
            and any(isinstance(n, s.Name) and spelling(n) == left for n in walk(step.right))
            and prose.says_map(self.sentence.tail)
        )

    def _is_magnitude_supposed(self, step: Step) -> bool:
        """``a \\ll b`` behind an approximation, or after "if": what the approximation supposes."""
        if step.texts[1] not in MAGNITUDES:
            return False
        rows = self.formulas[id(step.item)].rows
        return step.row is not rows[0] or step.cue in ("since", "assume", "if", "case")

    def _is_open(self, node: s.Syntax) -> bool:
        """Whether the syntax is a name without a definition."""
        value = self._try(node, self._elaborator())
        kind = Variable | Application
        return value is not None and isinstance(value.term, kind) and self._about_data(value.term)

    def _as_variable_of_limit(self, step: Step) -> bool:
        """``as z -> infinity``."""
        infinite = any(isinstance(n, s.Name) and n.text == "\\infty" for n in walk(step.right))
        return isinstance(step.left, s.Name | s.Scripts) and (
            infinite or self.sentence.tail.rstrip().endswith((" as", "As", " for", "when"))
        )

    def _declaration(self, step: Step) -> None:
        """``x \\in S``: what kind of thing x is, and for {0, 1} and {-1, 1} an equation."""
        stated = self._membership(step.left, step.right)
        if not asserting.asserted(self.sentence.tail, of=False):
            stated = ()
        chain = s.Chain(step.span, step.left, ((step.sign, step.right),))
        for found, sizes in declared(chain, self.names):
            if unbraced(found.name) in self.names.scalars:
                self.declared.setdefault(self._section(), {})[unbraced(found.name)] = not sizes
            place = found.name, self._section()
            self.shaped[place] = sizes if self.shaped.get(place, sizes) == sizes else ()
            slots = self.names.slots.get(found.name, 0)
            disputed = found.name in self.names.disputed
            if sizes != self.names.dimensions.get(found.name) and not disputed:
                continue
            for n, size in enumerate(sizes):
                self.ranges.suggest(f"slot:{found.name}:{slots - len(sizes) + n}", f"size:{size}")
        hypothesis = Hypothesis(stated, " ".join(step.texts), self.document.place(step.span).line)
        name = spelling(step.left)
        if stated and (step.cue in ("if", "case") or prose.opens_case(self.sentence.text)):
            self.passing_facts = [*self.passing_facts, hypothesis]
        elif stated or step.cue in ("define", "assume"):
            self.held = [h for h in self.held if h.declares != name]
            assumed = step.cue == "assume"
            said = self.sentence.text if assumed else ""
            level = self._level_here() if assumed else 0
            if stated:
                self.held.append(Held(hypothesis, level, name, said, assumed))
        self._state("hypothesis", step.span, *step.texts, hypothesis=hypothesis)


def _is_replacement(step: Step) -> bool:
    """``A \\to A + B``: A is replaced, by itself and more."""
    right = step.right
    return isinstance(right, s.Signed) and spelling(right.terms[0][1]) == spelling(step.left)
