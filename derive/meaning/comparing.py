"""Two sides of a step: a definition by use, a hypothesis or a claim."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

from derive.logic.problem import (
    Equation,
    Fact,
    Hypothesis,
    Sign,
)
from derive.logic.terms import (
    Add,
    Binder,
    Delta,
    Derivative,
    Index,
    IndexTerm,
    Maximum,
    Number,
    Position,
    Pow,
    Size,
    Sum,
    Term,
    Variable,
    bound,
    free_indices,
    names,
    own_indices,
    substitute,
)
from derive.meaning import facts, prose
from derive.meaning.elaborate import Elaborator
from derive.meaning.examples import Examples
from derive.meaning.fixed import MOST_POSITIONS
from derive.meaning.grids import Grid
from derive.meaning.names import base_name, letter_of
from derive.meaning.parting import base_size
from derive.meaning.rounding import APPROXIMATION, half_unit
from derive.meaning.spelling import fresh_letters, spelling, walk
from derive.meaning.steps import (
    EQUALITIES,
    RELATIONS,
    Branch,
    Step,
)
from derive.meaning.trouble import OutOfReach, WrongShape
from derive.meaning.vectors import Value
from derive.meaning.within import subterms
from derive.reader import syntax as s

BY_COLUMNS = "slopes of a vector by a vector may stand in rows or in columns"


def _is_plain(term: Term) -> bool:
    """A quantity, a number of positions, a number, or such a number more or less."""
    if isinstance(term, Add):
        return all(isinstance(t, Variable | Size | Number) for t in term.terms)
    return isinstance(term, Variable | Size | Number)


def _beside_a_number(
    left: s.Syntax, matrix: Value, right: s.Syntax, number: Value, elaborator: Elaborator
) -> tuple[Value, Value]:
    """The I beside a matrix is the identity; beside a number, nabla squared is the Laplacian."""
    if any(isinstance(node, s.Name) and node.text == "I" for node in walk(right)):
        elaborator.beside_matrix = True
        try:
            return matrix, elaborator.value(right)
        finally:
            elaborator.beside_matrix = False
    match left:
        case s.Differentiation(_, s.Differentiation(_, _, (), "nabla"), (), "nabla"):
            elaborator.guess("nabla squared beside a number is the sum of the second derivatives")
            one, other = matrix.axes
            return Value(Sum(one, (), substitute(matrix.term, {other: one}))), number
    return matrix, number


TWO_SIZES = "two sizes of what runs over the same positions"


class Comparing(Examples):
    """Two sides of a step: a definition by use, a hypothesis or a claim."""

    def _refuses_two_sizes(self, *sides: Term) -> None:
        """``\\frac{1}{M} \\sum_{n=1}^N x_n``, where something has M positions here and N there."""
        parts = [part for side in sides for part in subterms(side)]
        sizes = {part.range for part in parts if isinstance(part, Size)}
        ranges = sizes | {i.range for part in parts for i in (*bound(part), *own_indices(part))}
        for size in sorted(sizes):
            key = f"size:{size}"
            other = self.ranges.name(key) if key in self.ranges.parent else size
            if base_size(other) != base_size(size) and other in ranges:
                raise OutOfReach(f"{size} and {other} are {TWO_SIZES}")

    def _compare(self, step: Step, left: Branch, right: Branch, elaborator: Elaborator) -> None:
        grids = elaborator.grid(left.syntax), elaborator.grid(right.syntax)
        if grids[0] is not None and grids[1] is not None:
            self._compare_grids(step, grids[0], grids[1], elaborator)
            return
        if grids[0] is not None or grids[1] is not None:
            self._compare_with_grid(step, left, right, grids, elaborator)
            return
        a, b = self._sides(left.syntax, right.syntax, elaborator)
        what = "equation" if step.sign.text in EQUALITIES else "comparison"
        if step.sign.text in EQUALITIES:
            elaborator.tensors.together_stand([a, b])
        elif step.sign.text != "!=" and max(len(a.axes), len(b.axes)) == 2:
            # A >= 0 of a square matrix says so of its quadratic form, and not of its entries
            raise OutOfReach("an order of matrices, which may be that of their quadratic forms")
        a, b = self._aligned(a, b, elaborator, what)
        relation = RELATIONS[step.sign.text]
        if isinstance(a.term, Size) and a.term is b.term and step.left is not step.right:
            if spelling(left.syntax) != spelling(right.syntax):
                raise OutOfReach(TWO_SIZES)
        self._refuses_two_sizes(a.term, b.term)
        self._differentiates(a.term)
        self._differentiates(b.term)
        conditions = {spelling(c): c for c in (*left.conditions, *right.conditions)}
        if (
            (self._supposes(step) or self._one_case(step))
            and not conditions
            and not (self._about_data(a.term) and self._about_data(b.term))
        ):
            below = [a, elaborator.tensors.negative(b)]
            if relation != "=" and not (a.axes or b.axes):
                term = elaborator.tensors.add(below).term
                if self._may_be_of_either_sign(term):
                    self._hypothesis(step, (Sign(term, relation),), self._reach(step))
                    return
            self._antecedent(step)
            return
        if self._is_hypothesis(step, a, b) and not conditions and not self._concludes(step):
            fact = facts.of_size(a.term, relation, b.term)
            if fact is not None:
                pass
            elif relation != "=" and max(len(a.axes), len(b.axes)) > 1:
                self._supposed(step)  # A > 0: a definite matrix, or one of positive entries
                return
            elif relation == "=":
                fact = self._only_one(step, a.term, b.term) or Equation(a.term, b.term)
            else:
                zero = isinstance(b.term, Number) and b.term.value == 0
                whole = (
                    a.term
                    if zero
                    else elaborator.tensors.add([a, elaborator.tensors.negative(b)]).term
                )
                fact = Sign(whole, relation)
            self._underbraces(elaborator, step)
            self._hypothesis(step, facts.with_differences(fact), self._reach(step))
            return
        if self._limits_data(step, a.term, b.term) and not conditions:
            line = self.document.place(step.span).line
            told: tuple[Fact, ...] = ()  # what is told and not held, for what comes next
            if relation != "=" and not (a.axes or b.axes):
                apart = elaborator.tensors.add([a, elaborator.tensors.negative(b)])
                told = (Sign(apart.term, relation),)
            limits = Hypothesis(told, " ".join(step.texts), line)
            self._state("hypothesis", step.span, *step.texts, hypothesis=limits)
            return
        identity = any(isinstance(n, s.Name) and n.text == "I" for n in (step.left, step.right))
        if identity and isinstance(a.term, Delta) and isinstance(b.term, Delta) and not a.axes:
            raise WrongShape("shape: an entry of the identity equals the matrix")
        if not conditions and relation == "=" and self._says_which(a.term, b.term):
            raise OutOfReach("it says which of several is the largest, as no hypothesis can")
        if step.sign.text == "approx" and (names(a.term) or names(b.term)):
            if half_unit(step.right, step.left, approximate=True) is None:
                raise OutOfReach(APPROXIMATION)
        if not conditions and relation == "=" and self._defines_by_use(step, a.term, b.term):
            return
        local = self._local_facts(step, tuple(conditions.values()), elaborator, a.term, b.term)
        self._underbraces(elaborator, step)
        self._claim(step, a.term, relation, b.term, local, elaborator)

    def _limits_data(self, step: Step, a: Term, b: Term) -> bool:
        """``batches of size $m < n$``, ``correlates ($R^2 = 0.96$)``: said of data, not derived.

        So are copies (``W^{(t)} = W``) and values of several data at once (``w = v = 1``).
        """
        if step.item.display or not (self._about_data(a) and self._about_data(b)):
            return False
        if not self.scope.inverses.keys().isdisjoint(names(a) | names(b)):
            return False
        if step.sign.text in ("<", ">", "<=", ">="):
            return all(map(_is_plain, (a, b))) and not all(isinstance(x, Number) for x in (a, b))
        if step.sign.text not in EQUALITIES:
            return False
        if isinstance(a, Pow) and isinstance(a.base, Variable) and isinstance(b, Number):
            return b.value.denominator != 1 and not names(a) <= self.used
        chain = step.row.body
        several = isinstance(chain, s.Chain) and len(chain.rest) > 1
        if isinstance(a, Variable) and isinstance(b, Variable | Number):
            same = isinstance(b, Variable) and letter_of(a.name) == letter_of(b.name) != ""
            same = same and a.name != getattr(b, "name", "")
            return same or (several and step.cue == "")  # W^{(t)} = W; w = v = 1
        return False

    def _supposes(self, step: Step) -> bool:
        """``if f'(x) = 0``: not claimed; but "in the case of softmax, □" claims what follows."""
        if step.cue not in ("if", "case"):
            return False
        if prose.asks_when(self.sentence) or prose.opens_branch(self.sentence):
            return True
        inline = not step.item.display and prose.leads_to(self.sentence)
        return inline or prose.governs(self.sentence)

    def _says_which(self, left: Term, right: Term) -> bool:
        """``z_k = \\max z`` says which of the given z_j the k-th is: the largest."""
        match left, right:
            case Variable(name, (Index() as own,)), Maximum(index, (), Variable(other, (at,))):
                return name == other and at is index and own is not index and self._is_given(name)
        return False

    def _is_given(self, name: str) -> bool:
        return not self.scope.defined(name) and name not in self.scope.opaque

    def _sides(
        self, left: s.Syntax, right: s.Syntax, elaborator: Elaborator
    ) -> tuple[Value, Value]:
        where = elaborator.attained(left), elaborator.attained(right)
        if where[0] is not None and where[1] is not None:
            return where[0], where[1]
        a, b = elaborator.value(left), elaborator.value(right)
        if len(a.axes) == 2 and not b.axes:
            return _beside_a_number(left, a, right, b, elaborator)
        if len(b.axes) == 2 and not a.axes:
            return _beside_a_number(right, b, left, a, elaborator)[::-1]
        return a, b

    def _one_case(self, step: Step) -> bool:
        """``otherwise y = 0``: a value in one case, in a sentence about several."""
        found = (
            isinstance(step.left, s.Name)
            and isinstance(step.right, s.Numeral)
            and not step.item.display
            and prose.gives_alternatives(self.sentence)
            and not (self.passing_facts and prose.follows_then(self.sentence.tail))
        )
        known = isinstance(step.left, s.Name) and self.scope.defined(base_name(step.left))
        if found and known and not prose.decides(self.sentence.text):
            raise OutOfReach("it is said of one case, which no hypothesis expresses")
        return found

    def _compare_grids(self, step: Step, left: Grid, right: Grid, elaborator: Elaborator) -> None:
        """A claim about vectors or matrices written out, entry by entry."""
        if step.sign.text not in EQUALITIES:
            raise OutOfReach("a relation of vectors that is no equation")
        if not left.has_shape_of(right):
            shapes = " and ".join(f"{x.height} x {x.width}" for x in (left, right))
            raise WrongShape(f"shape: matrices of {shapes} entries")
        pairs = tuple(zip(left.entries, right.entries, strict=True))
        sides = tuple((elaborator.scalar(a), elaborator.scalar(b)) for a, b in pairs)
        self._claim_entries(step, pairs, sides, elaborator)

    def _claim_entries(
        self,
        step: Step,
        pairs: tuple[tuple[s.Syntax, s.Syntax], ...],
        sides: tuple[tuple[Term, Term], ...],
        elaborator: Elaborator,
    ) -> None:
        """Claims that the sides are equal at each place, but for the rounding of decimals there."""
        terms = [term for pair in sides for term in pair]
        for term in terms:
            self._differentiates(term)
        local = self._local_facts(step, (), elaborator, *terms)
        at = len(self.statements)
        self._claims(step, sides, "=", local, elaborator)
        if at in self.open_claims:
            approximate = step.sign.text == "approx"
            rounded = tuple(half_unit(b, a, approximate=approximate) for a, b in pairs)
            self.open_claims[at] = replace(self.open_claims[at], roundings=rounded)

    def _compare_with_grid(
        self,
        step: Step,
        left: Branch,
        right: Branch,
        grids: tuple[Grid | None, Grid | None],
        elaborator: Elaborator,
    ) -> None:
        """A vector or matrix equals one that is written out: of that shape, with these entries."""
        if step.sign.text not in EQUALITIES:
            raise OutOfReach("a relation of vectors that is no equation")
        grid = grids[0] or grids[1]
        assert grid is not None
        value = elaborator.value(right.syntax if grids[0] is not None else left.syntax)
        if len(grid.entries) == 1 and not value.axes:
            (entry,) = grid.entries
            one, other = (left.syntax, entry) if grids[0] is None else (entry, right.syntax)
            numbers = elaborator.scalar(one), elaborator.scalar(other)
            self._claim_entries(step, ((one, other),), (numbers,), elaborator)
            return
        entries = tuple(map(elaborator.scalar, grid.entries))
        shape: tuple[int, ...] = (len(entries),) if grid.is_vector else (grid.height, grid.width)
        sizes = {axis.range: size for axis, size in zip(value.axes, shape, strict=False)}
        if [sizes.get(axis.range) for axis in value.axes] != list(shape):
            what = "vector" if grid.is_vector else "matrix"
            many = " x ".join(map(str, shape))
            raise WrongShape(f"shape: a {value.shape} equals a {what} of {many} entries")
        if max(shape) > MOST_POSITIONS:
            raise OutOfReach("a long vector written out in full beside one that is not")
        sides: list[tuple[Term, Term]] = []
        places = product(*(range(1, size + 1) for size in shape))
        for place, listed in zip(places, entries, strict=True):
            new: dict[Index, IndexTerm] = {
                axis: Position(n, axis.range) for axis, n in zip(value.axes, place, strict=True)
            }
            at = substitute(value.term, new)
            sides.append((listed, at) if grids[0] is not None else (at, listed))
        terms = [term for pair in sides for term in pair]
        for term in terms:
            self._differentiates(term)
        line = self.document.place(step.span).line
        supposed = (
            Hypothesis((Equation(Size(name), Number(Fraction(size))),), f"{name} = {size}", line)
            for name, size in sizes.items()
        )
        local = (*self._local_facts(step, (), elaborator, *terms), *supposed)
        at_claim = len(self.statements)
        self._claims(step, tuple(sides), "=", local, elaborator, sizes=sizes)
        if len(shape) == 2 and at_claim in self.open_claims and _is_jacobian(value.term):
            claim = self.open_claims[at_claim]
            self.open_claims[at_claim] = replace(claim, doubtful=claim.doubtful or BY_COLUMNS)

    def _aligned(
        self, a: Value, b: Value, elaborator: Elaborator, what: str = "equation"
    ) -> tuple[Value, Value]:
        if not a.axes and not b.axes:
            return a, b
        if self.implicit:
            raise WrongShape("shape: a vector beside names without their indices")
        for one, other in ((a, b), (b, a)):
            if not one.axes and other.axes and names(one.term):
                verb = "equals" if what == "equation" else "is compared with"
                raise WrongShape(f"shape: a number {verb} a {other.shape}")
            zero = isinstance(one.term, Number) and one.term.value == 0
            sloped = any(isinstance(part, Derivative) for part in subterms(other.term))
            if not one.axes and len(other.axes) > 1 and sloped and not zero and what == "equation":
                raise WrongShape(f"shape: a number equals a {other.shape}")
        (a, b), axes = elaborator.tensors.together([a, b], what)
        parts = [part for side in (a.term, b.term) for part in subterms(side)]
        taken = {i.name for side in (a.term, b.term) for i in free_indices(side)}
        taken.update(part.index.name for part in parts if isinstance(part, Binder))
        fresh = fresh_letters(taken)
        new = [elaborator.tensors.named(next(fresh), axis) for axis in axes]
        return (
            elaborator.tensors.align(a, new) if a.axes else a,
            elaborator.tensors.align(b, new) if b.axes else b,
        )


def _is_jacobian(term: Term) -> bool:
    """Whether it is the slope of one component by another: in its rows, or in its columns."""
    return isinstance(term, Derivative) and not isinstance(term.body, Derivative)
