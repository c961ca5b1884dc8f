"""Names with indices: constants, sizes, data, defined quantities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from derive.logic.terms import (
    Application,
    Delta,
    Derivative,
    Function,
    Index,
    IndexTerm,
    Number,
    Size,
    Term,
    Variable,
    names,
    subterms,
)
from derive.meaning.choices import Choice
from derive.meaning.indexing import Indexing
from derive.meaning.names import USUAL_SIZES, Reference, unbraced
from derive.meaning.notation import readable
from derive.meaning.scope import Entry
from derive.meaning.spelling import is_letter, spelling, walk
from derive.meaning.standing import Standing
from derive.meaning.trouble import Misfit, OutOfReach
from derive.meaning.vectors import Value
from derive.reader import syntax as s

__all__ = ["Naming"]

MOST_SIZES = 3
ONE = Number(Fraction(1))
CONSTANT = re.compile(r"(?:\\text\{)?\s*(?:const(?:ant|\.)?|cst|cte)\s*\}?")
_SETS = frozenset(f"\\mathbb{{{letter}}}" for letter in "RNZQC")


class Naming(Indexing):
    """Elaborates names."""

    def applied_to(
        self, entry: Entry, here: tuple[IndexTerm, ...], arguments: Sequence[s.Syntax]
    ) -> Term:
        """The definition of a function of vectors with other arguments in place of its own."""
        raise NotImplementedError

    def named(self, found: Reference, node: s.Syntax) -> Value:
        """What a name with its indices stands for, without its power."""
        found = self._of_one_example(self._plain_face(found))
        known = found.name in self.names.functions or self.scope.entry(found.name) is not None
        if found.primes and (not known or self._made_of_its_prime(found)):
            found = replace(found, name=unbraced(found.name) + "'" * found.primes, primes=0)
        name, indices = found.name, found.indices
        if self._index_above_index(node):
            self.doubts.append(f"{spelling(node)} may be a slip: an index stands above another")
        if isinstance(node, s.Scripts) and isinstance(node.subscript, s.Chain):
            self.doubts.append(f"{spelling(node)} may hold a condition, and be no name")
        if not known and name.startswith("\\mathbb{E}"):  # E_q log p, without brackets
            raise OutOfReach("an expected value has no term", node.span)
        if not known and name.endswith("^{\\dagger}"):  # a pseudoinverse, or an adjoint
            raise OutOfReach(f"nothing that was read says what {readable(name)} is", node.span)
        if not known and CONSTANT.fullmatch(name):
            self.doubts.append(f"{name} may stand for any number, and not for the same one twice")
        if name == "\\delta" and len(indices) == 2:
            return Value(self.delta(indices[0], indices[1]))
        if name in ("1", "\\mathbf{1}", "\\mathbb{1}"):
            return self._ones(found, node)
        if name in ("\\varnothing", "\\emptyset"):
            raise OutOfReach("the empty set is no number", node.span)
        if not indices and self._is_of_all_examples(name):
            name += "^{()}"
            self.guess(f"{name.removesuffix('^{()}')} is the vector of all {readable(name)}")
        entry = self.scope.entry(name)
        if name == "e" and not indices and found.power is not None and not self._own_e(found):
            entry = None  # e^{-x} beside an error e
        if not indices and name in self.names.sizes and self.names.slots.get(name, 0) == 1:
            if not found.bold and not found.primes:  # N_k beside the N of sum_{n=1}^N
                self.guess(f"{name} without an index is the number of positions")
                return Value(self._number_of(name))
        if not indices and entry is None:
            constant = self._constant(found, node)
            if constant is not None:
                return constant
        column = len(indices) == 1 and self.names.slots.get(name, 0) == 2 and entry is None
        column = column and (
            name in self.names.columns
            or (name in self.names.numbered and isinstance(indices[0], s.Numeral))
        )
        slots = [f"slot:{name}:{n + column}" for n in range(len(indices))]
        here = tuple(self.index(i, key) for i, key in zip(indices, slots, strict=True))
        axes: tuple[Index, ...] = ()
        if entry is not None:
            here, axes = self._complete(entry, here, node)
            if entry.real and not found.primes:
                formals = tuple(Variable(formal, ()) for formal in entry.formals)
                return Value(Application(name, here, formals, (0,) * len(formals)), axes)
            if name in self.scope.applied and not found.primes:
                arguments = self.scope.applied[name]
                written = ", ".join(spelling(a) for a in arguments)
                self.guess(f"{name} without its arguments means {name}({written})")
                return Value(self.applied_to(entry, here, arguments), axes)
        elif (missing := self.names.slots.get(name, 0) - len(here)) > 0:
            first = 0 if column else len(here)
            axes = tuple(self.tensors.axis(f"slot:{name}:{first + n}") for n in range(missing))
            here = (*axes, *here) if column else (*here, *axes)
        if found.primes:
            return self._primed(found, here, axes)
        if entry is None and not here:
            self._perhaps_a_size(name, f"{name} as any number")
        stands = Standing(frozenset((name,))) if len(axes) == 1 else None
        return Value(Variable(name, here), axes, self._is_row(name, axes, entry), stands)

    def _index_above_index(self, node: s.Syntax) -> bool:
        """``x_{ij^l}``, which may be meant to be ``x_{ij}^l``."""
        if not isinstance(node, s.Scripts) or node.subscript is None:
            return False
        above = (n.superscript for n in walk(node.subscript) if isinstance(n, s.Scripts))
        letters, raised = self.names.letters, self.names.raised
        return any(isinstance(n, s.Name) and (n.text in letters or n.text in raised) for n in above)

    def _of_one_example(self, found: Reference) -> Reference:
        """The L_i of a document that says what L(y_i, t_i) is, for any i."""
        if len(found.indices) != 1 or self.scope.entry(found.name) is not None:
            return found
        entry = self.scope.entry(f"{{{found.name}}}")
        if entry is None or entry.real or not entry.formals:
            return found
        if entry.hidden != 1 or len(entry.indices) != 1:
            return found
        given = ", ".join(map(readable, entry.formals))
        self.guess(f"{readable(found.name)} with an index is what it is of {given} with this index")
        return replace(found, name=entry.name)

    def _is_of_all_examples(self, name: str) -> bool:
        """Whether a vector y, which never has an index, is that of the numbers ``y^{(i)}``."""
        slots = self.names.slots
        return (
            slots.get(name, 0) == slots.get(name + "^{()}", 0) == 1
            and name not in self.names.lettered | self.names.passed
            and self.scope.entry(name) is None
        )

    def _is_row(self, name: str, axes: tuple[Index, ...], entry: Entry | None) -> bool:
        """Whether the vector is a row: all are, the text says so, or it was defined as one."""
        if len(axes) != 1:
            return False
        names = self.names
        defined = entry is not None and entry.value.row
        return names.row_vectors or name in names.rows or defined

    def _perhaps_a_size(self, name: str, usual: str) -> None:
        """N beside sums that do not say how far they go may be the number of their terms."""
        if name not in USUAL_SIZES or name in self.names.moving:
            return
        self.scope.counting.add(name)
        if self.ranges.final is None:
            return
        unsized = self.ranges.unsized()
        if len(unsized) > MOST_SIZES:
            return
        for place in unsized:
            range_ = self.ranges.name(place)
            shown = f"{name} \\text{{ is the number of positions, here called }} {range_}"
            self.offer(Choice(f"size:{name}:{place}", usual, shown, True))

    def _plain_face(self, found: Reference) -> Reference:
        """The number o for a bold o that nothing explains, where the plain o has a meaning."""
        plain = found.name.removeprefix("\\mathbf{").removesuffix("}")
        if plain == found.name or not found.bold or self.scope.defined(found.name):
            return found
        entry = self.scope.entry(plain)
        if entry is None or found.name in self.names.dimensions or found.indices:
            return found
        if len(entry.indices) > entry.hidden:
            return found
        self.guess(f"{plain} in bold is {plain}")
        self.doubts.append(f"{plain} in bold may be something else than {plain}")
        return replace(found, name=plain)

    def _ones(self, found: Reference, node: s.Syntax) -> Value:
        """The vector of ones, or one of its components."""
        key = f"ones:{node.span.start}"
        if len(found.indices) == 1:
            self.index(found.indices[0], key)
            return Value(ONE)
        if found.indices:
            raise OutOfReach("a vector of ones with several indices", node.span)
        if self.names.ones_matrix:
            return Value(ONE, (self.tensors.axis(key), self.tensors.axis(f"{key}:across")))
        return Value(ONE, (self.tensors.axis(key),))

    def _complete(
        self, entry: Entry, here: tuple[IndexTerm, ...], node: s.Syntax
    ) -> tuple[tuple[IndexTerm, ...], tuple[Index, ...]]:
        """The indices of a defined name: the hidden ones added, open axes for those not written."""
        written = len(entry.indices) - entry.hidden
        if len(here) > len(entry.indices):
            raise Misfit(
                f"{entry.name} stands with {len(here)} indices, and was defined with {written}",
                node.span,
            )
        if len(here) == len(entry.indices):
            return here, ()
        axes: list[Index] = []
        for n in range(len(here), len(entry.indices)):
            key = f"slot:{entry.name}:{n}"
            if n < written and not self.implicit:
                axis = self.tensors.axis(key)
                axes.append(axis)
                here = (*here, axis)
                continue
            text = entry.indices[n].name
            if n < written:
                self.note(f"{entry.name} stands without its index {text}")
                if entry.name in USUAL_SIZES:  # the N of N points beside N_k
                    self.doubts.append(f"{entry.name} may be the number of all")
            if text in self.bound:  # the f of sum_i f, where f is nowhere that of another i
                if written or (entry.name.strip("{}"), text) not in self.within:
                    raise OutOfReach(
                        f"{entry.name} depends on {text}, which a sum binds here", node.span
                    )
                self.note(f"{entry.name} within the sum over {text} is that of this {text}")
            self.ranges.join(self.key(text), key)
            here = (*here, self.letter(text))
        return here, tuple(axes)

    def _constant(self, found: Reference, node: s.Syntax) -> Value | None:
        """Numbers with a name of their own, sizes, and letters that cannot be numbers."""
        name = found.name
        names = self.names
        powered = found.power is not None and not isinstance(found.power, s.Numeral)
        plain = names.slots.get("e", 0) == 0 or "e" in names.quantities or powered
        if name == "e" and self.scope.euler and plain and not self._own_e(found):
            euler = Choice(
                "euler", "e as Euler's number", "e as a quantity of its own", convention=True
            )
            if found.power is None and self.offer(euler):
                return None
            self.guess("e is Euler's number")
            return Value(Function("exp", (ONE,)))
        circle = name == "π" or "\\pi" not in names.quantities
        if name in ("\\pi", "π") and circle and names.slots.get(name, 0) == 0:
            self.guess("π is the circle's number")
            return Value(Function("pi", ()))
        if name == s.PLACEHOLDER:
            raise OutOfReach("a dot in place of an argument", node.span)
        if name == "\\infty":
            raise OutOfReach("infinity is not a number", node.span)
        if name in _SETS and not self.scope.defined(name):
            raise OutOfReach(f"{name} is a set, and no number", node.span)
        if self._is_identity(found):
            axis = self.tensors.axis(f"identity:{node.span.start}")
            other = self.tensors.axis(f"identity:{node.span.start}")
            self.guess(f"{name} is the identity matrix")
            return Value(Delta(axis, other), (axis, other))
        if name in self.bound:
            raise Misfit(f"the index {name} stands where a number is expected", node.span)
        if name in names.sizes and names.slots.get(name, 0) == 0:
            self._perhaps_a_size(name, f"{name} as the number of other positions")
            return Value(self._number_of(name))
        if (
            name in self.indices_here
            and names.slots.get(name, 0) == 0
            and is_letter(node)
            and not self._is_quantity(name)
        ):
            raise Misfit(f"the index {name} stands where a number is expected", node.span)
        return None

    def _number_of(self, name: str) -> Term:
        """The number that n is: of the positions from 0 to n there is one more."""
        range_ = self.ranges.counting(name)
        if self.ranges.final is not None and range_.partition("+")[0] != name:
            return Size(name)  # of which some formula says that it is another size, too
        return Size(range_) - ONE if range_ == f"{name}+1" else Size(range_)

    def _own_e(self, found: Reference) -> bool:
        """Whether this e is a quantity of the document: ``e = y - t``, ``e^2``."""
        powered = found.power is not None and not isinstance(found.power, s.Numeral)
        return "e" in self.names.quantities and not powered

    def _is_identity(self, found: Reference) -> bool:
        """Whether the name is I, or I_n, in a document about matrices that says nothing of it."""
        names = self.names
        base = found.name.partition("_")[0]
        return (
            base in ("I", "\\mathbf{I}", "\\mathbb{I}")
            and found.name not in names.functions | names.letters | names.sizes
            and names.slots.get(found.name, 0) in ((0, 2) if found.bold else (0,))
            and (self.beside_matrix or any(count >= 2 for count in names.slots.values()))
        )

    def _is_quantity(self, name: str) -> bool:
        return name in self.names.functions

    def _primed(
        self, found: Reference, here: tuple[IndexTerm, ...], axes: tuple[Index, ...]
    ) -> Value:
        """The derivative of a prime: by the variable of the step, or by the only one."""
        by = self.prime or self._only_variable(found.name)
        if by is None:
            raise OutOfReach(f"a prime at {found.name} that does not say by what it differentiates")
        term: Term = Variable(found.name, here)
        for _ in range(found.primes):
            term = Derivative(term, by)
        return Value(term, axes)

    def _made_of_its_prime(self, found: Reference) -> bool:
        """Whether ``c = f c' + g`` says what c is: this c' is the one before, and no slope."""
        entry = self.scope.entry(found.name)
        primed = unbraced(found.name) + "'" * found.primes
        return entry is not None and primed in names(entry.value.term)

    def _only_variable(self, name: str) -> Variable | None:
        """The only plain variable that a definition depends on."""
        entry = self.scope.entry(name)
        if entry is None:
            return None
        found = {
            t
            for t in subterms(entry.value.term)
            if isinstance(t, Variable) and not self.scope.defined(t.name)
        }
        variable = found.pop() if len(found) == 1 else None
        return variable if variable is not None and not variable.indices else None
