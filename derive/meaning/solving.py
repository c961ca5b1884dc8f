"""Derivatives that are set to 0, and what is then solved for the variable.

``dl/dp = a = 0`` claims nothing.  Where the text goes on to ``p = b``, or ``\\hat p = b``, it
claims that b is such a p: that a is 0 with b in the place of p.  What stands between, such as
``(1 - p) s = p (n - s)``, holds at this p, and is claimed of it, if it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from derive.logic.problem import Hypothesis, Relation
from derive.logic.terms import (
    Derivative,
    Number,
    Pow,
    Term,
    Variable,
    free_indices,
    names,
    substitute_values,
)
from derive.meaning import prose
from derive.meaning.claiming import Claiming
from derive.meaning.elaborate import Elaborator
from derive.meaning.names import reference
from derive.meaning.notation import readable
from derive.meaning.optimum import differentiated
from derive.meaning.spelling import spelling
from derive.meaning.steps import Solution, Step
from derive.meaning.trouble import OutOfReach, Trouble
from derive.meaning.unwritten import made_of
from derive.meaning.within import subterms
from derive.reader import syntax as s
from derive.reader.document import Formula

__all__ = ["Solving"]

ZERO = Number(Fraction(0))
# How many items after it a derivative that is set to 0 may be solved.
REACH = 24
_MARK = r"(?:_\{(?:\\text\{[A-Za-z]+\}|[A-Z](?: [A-Z])*)\})?"
_HAT = re.compile(r"\{*\\(?:hat|widehat)\{(.+?)\}\}*")
_POWER = r"(?:\^\{(?P<power>2|\*|\\star|\\ast|\\text\{[A-Za-z]+\})\})?"


class Solving(Claiming):
    """Derivatives that are set to 0, and what is then solved for the variable."""

    def _solves(self, step: Step, elaborator: Elaborator) -> bool:
        if isinstance(step.left, s.Numeral) and step.left.text == "0":
            step = _turned(step)  # "0 = s / p - n", to which a derivative is set
        zero = isinstance(step.right, s.Numeral) and step.right.text == "0"
        begun = self.claimed[0] if self.claimed is not None else None
        self.sloped = differentiated(step.left) or self.sloped
        if isinstance(begun, s.Differentiation) and not zero:
            self.slope = begun, step.right
        if self.solution is not None and id(step.item) not in self.solution.formulas:
            self.solution = None
        if zero:
            self._sets_slope(step, begun)
            found = self._set_to_zero(step)
            if found is not None:
                self.solution, self.stationary = found, ""
                if not step.first or step.left is begun:
                    self._supposed(step)
                    return True
        elif self.solution is None and self.slope is not None and step.first:
            # "Setting this to zero yields p = b", where 0 = ... is not written
            if prose.sets_to_zero(self.sentence.text) and not isinstance(begun, s.Differentiation):
                self.solution = self._solution(*self.slope, step.item)
        if self.solution is None:
            return super()._solves(step, elaborator)
        if step.right.span == self.solution.span:
            return self._is_solution(step, self.solution, elaborator)
        named = _solved(spelling(step.right), _base(self.solution.name)) is not None
        if step.left.span == self.solution.span and named:  # "s / n = p", and no "p = s / n = q"
            return self._is_solution(_turned(step), self.solution, elaborator)
        return False

    def _sets_slope(self, step: Step, begun: s.Syntax | None) -> None:
        """Remembers by which variables derivatives are set to 0, and in which section."""
        slope = step.left if isinstance(step.left, s.Differentiation) else begun
        if isinstance(slope, s.Differentiation) and (not step.first or step.left is slope):
            for variable in slope.variables:
                found = reference(variable, self.names)
                if found is not None and not found.indices:
                    self.zeroed[found.name] = self._section()

    def _of_system(self, step: Step, sides: Sequence[tuple[Term, Term]]) -> str:
        """``4 m - 2 = 0``, on the way from ``dE/dm = 0`` and ``dE/db = 0`` to m and b.

        What follows from several equations together holds where all of them do.
        """
        unknown = {name for name, at in self.zeroed.items() if at == self._section()}
        found = frozenset().union(*(names(side) for pair in sides for side in pair))
        of_slope = any(
            isinstance(p, Derivative) for pair in sides for t in pair for p in subterms(t)
        )
        if len(unknown) < 2 or of_slope or not found or not found <= unknown:
            return ""
        listed = " and ".join(sorted(map(readable, unknown)))
        return f"it holds only where the derivatives by {listed} are 0"

    def _set_to_zero(self, step: Step) -> Solution | None:
        """The solution that follows, where the step sets a derivative to 0."""
        begun = self.claimed[0] if self.claimed is not None else None
        if not step.first and isinstance(begun, s.Differentiation):
            return self._solution(begun, step.left, step.item)
        words = self._said()
        said = prose.sets_to_zero(words) or prose.sets(words)
        if self.slope is None or self.solution is not None or not (said or self.solved):
            return None
        slope, value = self.slope
        if isinstance(step.left, s.Differentiation) and spelling(step.left) != spelling(slope):
            return None
        return self._solution(slope, value, step.item)

    def _solution(
        self, slope: s.Differentiation, value: s.Syntax, item: Formula
    ) -> Solution | None:
        if len(slope.variables) != 1:
            return None
        variable = self._try(slope.variables[0], self._elaborator())
        premise = self._try(value, self._elaborator())
        if variable is None or premise is None or variable.axes or premise.axes:
            return None
        match variable.term:
            case Variable(name, ()) | Pow(Variable(name, ()), Number()):
                pass
            case _:
                return None
        if any(isinstance(part, Derivative) for part in subterms(premise.term)):
            return None
        letter = spelling(slope.variables[0]).removesuffix("^{2}")
        passed: set[int] = {id(item)}
        for head, right, formula in self._equations_after(slope):
            passed.add(id(formula))
            power = _solved(spelling(head), letter)
            found = self._try(right, self._elaborator()) if power is not None else None
            if found is None or found.axes or free_indices(found.term):
                continue
            if name in names(found.term):
                continue
            root = Pow(found.term, Number(Fraction(1, 2))) if power == "2" else found.term
            shown = readable(self._text(slope.span))
            return Solution(name, root, premise.term, shown, right.span, frozenset(passed))
        return None

    def _equations_after(
        self, slope: s.Differentiation
    ) -> Iterator[tuple[s.Syntax, s.Syntax, Formula]]:
        """What the next chains begin with, until something else is differentiated."""
        for item in self.document.items[self.index : self.index + REACH]:
            for row in self.formulas[id(item)].rows if isinstance(item, Formula) else ():
                bodies = (
                    row.body.items if isinstance(row.body, s.List | s.Sequence) else (row.body,)
                )
                for body in bodies:
                    if not isinstance(body, s.Chain):
                        continue
                    left = body.first
                    if isinstance(left, s.Differentiation) and spelling(left) != spelling(slope):
                        return
                    for sign, member in body.rest:
                        if sign.text == "=" and left is not None and member is not None:
                            if left.span.start > slope.span.end:
                                assert isinstance(item, Formula)
                                yield left, member, item
                                yield member, left, item  # "s / n = p"
                        left = member if sign.text in ("implies", "iff") else None

    def _is_solution(self, step: Step, solution: Solution, elaborator: Elaborator) -> bool:
        """``p = b``: b in the place of p makes the derivative 0; ``\\hat p = b`` names b, too."""
        bare = spelling(step.left).removesuffix("^{2}") == _base(solution.name)
        placed = step if bare else replace(step, span=step.right.span, first=False)
        left = self._put(_at_marked(solution.premise, solution.value), solution)
        if left is None:
            raise OutOfReach(f"it holds only where {solution.slope} = 0")
        elaborator.note(f"put into {solution.slope} = 0")
        self.putting = False
        try:
            self._claims(placed, ((left, ZERO),), "=", (), elaborator)
        finally:
            self.putting = True
        elaborator.notes.clear()
        return bare

    def _claims(
        self,
        step: Step,
        sides: tuple[tuple[Term, Term], ...],
        relation: Relation,
        local: tuple[Hypothesis, ...],
        elaborator: Elaborator,
        rounded: s.Syntax | None = None,
        sizes: Mapping[str, int] | None = None,
    ) -> None:
        solution = self.solution if self.putting else None
        at = len(self.statements)
        if solution is not None:
            put = [tuple(self._put(side, solution) for side in pair) for pair in sides]
            new = tuple((a, b) for a, b in put if a is not None and b is not None)
            if len(new) == len(sides) and new != sides:
                sides = new
                elaborator.note(f"said of what {solution.name} is where {solution.slope} = 0")
            else:
                solution = None
        super()._claims(step, sides, relation, local, elaborator, rounded, sizes)
        system = self._of_system(step, sides)
        if system and at in self.open_claims and not self.open_claims[at].doubtful:
            self.open_claims[at] = replace(self.open_claims[at], doubtful=system)
        if solution is not None:
            premise = self._put(solution.premise, solution)
            if premise is not None:
                self.open_claims[at] = replace(
                    self.open_claims[at],
                    given=((premise, ZERO),),
                    otherwise=f"it holds only where {solution.slope} = 0",
                )

    def _put(self, term: Term, solution: Solution) -> Term | None:
        """The term, and what in it is made of the variable, with the solution in its place."""
        try:
            whole = made_of(term, solution.name, self.definitions)
            return substitute_values(whole, {solution.name: solution.value})
        except (ValueError, Trouble):
            return None


def _turned(step: Step) -> Step:
    """The equation with its sides exchanged."""
    return replace(step, left=step.right, right=step.left)


def _solved(head: str, letter: str) -> str | None:
    """The power of ``p``, ``\\hat p``, ``p^*``, ``p_{MLE}``, ``\\hat p^2``; None: another name."""
    base, below, index = letter.partition("_")
    plain = re.escape(base)
    pattern = rf"(?:\\hat\{{{plain}\}}|{plain}){re.escape(below + index)}{_MARK}{_POWER}"
    found = re.fullmatch(pattern, head)
    if found is None:
        return None
    return "2" if found.group("power") == "2" else "1"


def _base(name: str) -> str:
    return name.strip("{}") if name.startswith("{") else name


def _at_marked(premise: Term, value: Term) -> Term:
    """``\\hat\\sigma^2``, made of ``\\hat\\mu``, makes the slope 0 at this mu, found before."""
    marked = {found[1]: name for name in names(value) if (found := _HAT.fullmatch(name))}
    new: dict[str, Term] = {
        plain: Variable(marked[base], ())
        for base in marked
        for plain in (base, f"{{{base}}}")
        if plain in names(premise)
    }
    return substitute_values(premise, new) if new else premise
