"""Functions applied to arguments: elementary ones, those of the document, open ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from math import factorial

from derive.logic.terms import (
    Add,
    Application,
    Binder,
    Delta,
    Derivative,
    Function,
    Index,
    IndexTerm,
    Maximum,
    Mul,
    Number,
    Position,
    Pow,
    Product,
    Size,
    Sum,
    Term,
    Variable,
    children,
    free_indices,
    names,
    rebuild,
    substitute,
    subterms,
)
from derive.meaning import extremes
from derive.meaning.choices import Choice
from derive.meaning.gradients import LOSSES
from derive.meaning.graphs import MARK
from derive.meaning.inverses import inverse_named
from derive.meaning.names import (
    MARKS,
    PARAMETERS,
    Reference,
    arguments,
    as_function,
    base_name,
    counted_of,
    flatten,
    reference,
    signature,
    unbraced,
    used_below,
)
from derive.meaning.naming import Naming
from derive.meaning.notation import readable
from derive.meaning.rounding import decimal
from derive.meaning.scope import Entry
from derive.meaning.spelling import spelling
from derive.meaning.spelling import walk as s_walk
from derive.meaning.substituted import substitute_variable
from derive.meaning.trouble import Incomprehensible, Misfit, OutOfReach, WrongShape
from derive.meaning.vectors import Value, as_given
from derive.reader import syntax as s

__all__ = ["FUNCTIONS", "SOFTMAX", "WHOLE", "Applying"]


ONE, MINUS = Number(Fraction(1)), Number(Fraction(-1))
FUNCTIONS = {
    "exp": "exp", "log": "log", "ln": "log", "Log": "log", "Exp": "exp",
    "sin": "sin", "cos": "cos", "tan": "tan", "arctan": "arctan", "atan": "arctan",
    "arcsin": "arcsin", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh",
    "sigmoid": "sigmoid", "sigm": "sigmoid", "logistic": "sigmoid", "expit": "sigmoid",
    "softplus": "softplus", "erf": "erf", "abs": "abs", "sign": "sign", "sgn": "sign",
    "relu": "relu", "ReLU": "relu", "Relu": "relu", "RELU": "relu",
}  # fmt: skip
SQUARE_ROOTS = {"sqrt"}
SOFTMAX = {"softmax", "Softmax", "SoftMax", "smax"}
_FORMAL = "\N{MIDDLE DOT}"
"""Ends the name of a formal argument while others are put in its place."""
MOST_UNFOLDED = 8
"""How deep definitions within a definition are looked through for its arguments."""
_NO_LETTERS = re.compile(r"[^A-Za-z]")
_STOPS = re.compile(r"sg|stop(?:grad(?:ient)?s?)?|detach|nograd|gradstop|blockgrad(?:ient)?")
WHOLE = {"sum", "mean", "diag", "tr", "trace", "Tr", "norm"}


class Applying(Naming):
    """Elaborates applications."""

    def value(self, node: s.Syntax) -> Value:
        """What the syntax means."""
        raise NotImplementedError

    def scalar(self, node: s.Syntax) -> Term:
        """What the syntax means, which must be one number."""
        raise NotImplementedError

    def _root(self, radicand: s.Syntax, degree: s.Syntax | None) -> Value:
        raise NotImplementedError

    def _applies(self, head: s.Syntax, group: s.Syntax) -> bool:
        """Whether brackets after a name make it a function."""
        bare = group.base if isinstance(group, s.Scripts) else group
        if not isinstance(bare, s.Group) or bare.delimiters not in ("()", "[]"):
            return False
        flat = flatten(head)
        found = reference(head, self.names) if flat is not None else None
        if flat is None or found is None:
            return False
        if flat[2] and not flat[3]:  # f^2(x) is no value of f, and F^{(1)}(x) is one of F^{(1)}
            entry = self.scope.entry(found.name)
            marked = found.power is None and not found.transposed and not found.indices
            return marked and entry is not None and bool(entry.formals)
        key = base_name(flat[0]) + ("_" if flat[1] else "")
        if key == "E" and self.names.expects and self.scope.entry("E") is None:
            return True
        if isinstance(bare.body, s.Chain | s.Sequence) and arguments(bare.body) is None:
            return key in self.names.functions
        inside = bare.body.items if isinstance(bare.body, s.List) else (bare.body,)
        plain = all(isinstance(a, s.Name | s.Scripts) for a in inside)
        if self._of_law(found, inside):
            return True
        if all(self.runs(a) and a.text in self.bound for a in inside if isinstance(a, s.Name)) and (
            plain and not any(isinstance(a, s.Scripts) for a in inside)
        ):
            return True
        chosen = self._chosen(flat[0], found, key, bare)
        if chosen is not None:
            return chosen
        if self._says_dependence(found, inside):
            return True
        self._may_be_a_value(found, bare.body)
        entry = self.scope.entry(as_function(found, self.names, bare.body).name)
        if entry is not None:
            return (bool(entry.formals) and (entry.real or not found.indices or plain)) or (
                plain and key in self.names.functions
            )
        if flat[0].text in FUNCTIONS or flat[0].text in SOFTMAX | WHOLE:
            return flat[0].word or len(flat[0].text) > 1
        if found.name in self.scope.sigmoid and len(inside) == 1 and not found.indices:
            return not self.names.slots.get(found.name, 0)
        return key in self.names.functions

    def _takes_a_number(self, head: s.Name) -> bool | None:
        """Whether a name is a function of one number, by its definition; None for no function."""
        found = reference(head, self.names)
        entry = self.scope.entry(as_function(found, self.names).name) if found is not None else None
        if entry is None or not entry.formals:
            return None
        return entry.real and len(entry.formals) == 1 and not entry.indices

    def _says_dependence(self, found: Reference, inside: Sequence[s.Syntax]) -> bool:
        """``L_i(f_k)`` after ``L_i = -f_i + log sum_j e^{f_j}``: L, and what it depends on.

        So is ``s(x)`` after ``ds/dx = ...`` of an s that is made of x: nobody puts a single factor
        in brackets.
        """
        entry = self.scope.entry(found.name)
        if entry is None or entry.formals:
            return False
        if not entry.indices:
            by = [x.text for x in inside if isinstance(x, s.Name)]
            made_of = names(entry.value.term)
            return len(by) == len(inside) == 1 and by[0] in made_of and not found.indices
        given: set[str] = set()
        for argument in inside:
            match argument:
                case s.Scripts():
                    named = reference(argument, self.names)
                case s.Product(_, (function, s.Group()), ("",)):  # L_i(f(w))
                    named = reference(function, self.names)
                case _:
                    return False
            given.update({named.name} if named is not None else {""})
        return given <= names(entry.value.term) - {found.name}

    def _may_be_a_value(self, found: Reference, body: s.Syntax) -> None:
        """``y(0)`` after ``y = x^2 + 1`` is no product, ``y(x + 1)`` may be one."""
        entry = self.scope.entry(found.name)
        if entry is None or entry.formals or entry.indices or found.indices:
            return
        name = readable(found.name)
        if decimal(body) is not None:
            raise OutOfReach(f"{name} at a number, of which nothing says what it stands for")
        inside = {node.text for node in s_walk(body) if isinstance(node, s.Name)}
        plain = isinstance(body, s.Name | s.Scripts)
        if inside and not plain and inside <= names(entry.value.term):
            self.doubts.append(f"{name} before a bracket may be the value of {name} there")

    def _chosen(self, head: s.Name, found: Reference, key: str, group: s.Group) -> bool | None:
        """Where ``a(b + c)`` may be a product or a value of a function: what was chosen."""
        name = head.text
        if head.word or (len(base_name(head)) > 1 and not base_name(head).startswith("\\")):
            return None
        if self.scope.entry(as_function(found, self.names, group.body).name) is not None:
            return None
        if isinstance(group.body, s.Chain | s.Sequence | s.List) or name in self.names.letters:
            return None
        if found.name in self.scope.sigmoid or self.scope.entry(found.name) is not None:
            return None
        product, function = (f"{readable(name)} as a {what}" for what in ("factor", "function"))
        if key in self.names.functions:
            if key in self.names.primed or found.primes:
                return None
            return False if self.offer(Choice(f"product:{name}", function, product)) else None
        if key in self.names.bare or found.indices or name in FUNCTIONS:
            return None
        return True if self.offer(Choice(f"function:{name}", product, function)) else None

    def _of_law(self, found: Reference, arguments: Sequence[s.Syntax]) -> bool:
        """``p(a)`` where sums over a show that p is a family of numbers."""
        base = found.name if found.indices else found.name.partition("_")[0]
        return (
            not self.names.laws.isdisjoint((found.name, base))
            and len(arguments) == 1
            and isinstance(arguments[0], s.Name)
            and arguments[0].text in self.names.letters
        )

    def _application(self, head: s.Syntax, group: s.Syntax) -> Value:
        found = reference(head, self.names)
        assert found is not None
        if isinstance(group, s.Scripts):
            inner = group.base
            value = self._application(head, inner)
            if group.subscript is not None:
                value = self.component(value, group.subscript)
            if group.primes:
                value = self._prime(value, group.primes)
            if isinstance(group.superscript, s.Name) and group.superscript.text in ("T", "\\top"):
                return self.tensors.transpose(value)
            return self._with_power(value, group.superscript)
        assert isinstance(group, s.Group)
        found = as_function(found, self.names, group.body)
        return self._with_power(
            self._applied(found, self._arguments(head, group.body), head), found.power, False
        )

    def _arguments(self, head: s.Syntax, body: s.Syntax) -> tuple[s.Syntax, ...]:
        """What stands in the brackets; ``x | m`` as two arguments where a function has them."""
        if isinstance(body, s.Chain):
            flat, listed = flatten(head), arguments(body)
            key = base_name(flat[0]) + ("_" if flat[1] else "") if flat is not None else ""
            plain = listed is not None and not any(map(self._is_data_set, listed))
            if plain and listed is not None and (key, signature(body)) in self.names.conditioned:
                return listed
        return body.items if isinstance(body, s.List) else (body,)

    def _is_data_set(self, node: s.Syntax) -> bool:
        """``p(D | m)``: all examples together, to which no density of one number applies."""
        return isinstance(node, s.Name) and (
            node.font == "calligraphic" or (node.text.isupper() and len(node.text) == 1)
        )

    def _applied(self, found: Reference, arguments: Sequence[s.Syntax], head: s.Syntax) -> Value:
        if "(" not in found.name:
            found = as_function(found, self.names)
        name = found.name
        entry = self.scope.entry(name)
        if any(isinstance(a, s.Chain | s.Sequence | s.Text) for a in arguments):
            return self._opaque(name, arguments)
        if entry is None and name in self.scope.sigmoid and len(arguments) == 1:
            self.guess(f"{name} is the sigmoid function")
            return self._elementary("sigmoid", self.value(arguments[0]), found.primes)
        if entry is None and len(arguments) == 1 and self._logistic(name):
            return self._elementary("sigmoid", self.value(arguments[0]), found.primes)
        if entry is None and name in self.scope.normal and len(arguments) == 1:
            self.guess(f"{name} is the {self.scope.normal[name]} of a standard normal")
            return self._standard_normal(name, self.value(arguments[0]), found.primes)
        if _STOPS.fullmatch(_NO_LETTERS.sub("", name).lower()):
            raise OutOfReach(f"{name} stops gradients: it has a value and no derivative")
        if entry is None and name in ("O", "\\mathcal{O}", "o") and len(arguments) == 1:
            raise OutOfReach("a term that is known by its order only")
        if entry is None and name == "E" and self.names.expects and len(arguments) == 1:
            raise OutOfReach("an expected value has no term")
        if entry is None and not found.indices:
            known = self._known(name, arguments, found)
            if known is not None:
                return known
        letters = all(self.runs(a) for a in arguments) or self._of_law(found, arguments)
        if letters and not found.primes:
            return self._family(found, arguments, head)
        if entry is not None and not (entry.real and self._shows_all(entry)):
            return self._depending(found, entry, arguments, head)
        if entry is not None:
            self._shows_others(entry, arguments)
        values = [self.value(a) for a in arguments]
        if entry is None:  # f_\theta(x) is f(x, \theta)
            below = name.partition("_")[2].strip("{}")
            if below in PARAMETERS or below in self.names.values:
                values.append(self.value(s.Name(head.span, below)))
        here = tuple(self.index(i, f"slot:{name}:{n}") for n, i in enumerate(found.indices))
        if entry is None:
            self.open_functions.add(name)
        if entry is None and any(v.axes for v in values):
            return self._of_vectors(found, here, values)
        if entry is None:
            self.guess(f"{name} is a function that the document leaves open")
            self.scope.opened.add(name)
        return self._function_of_numbers(name, here, values, found.primes, entry)

    def _logistic(self, name: str) -> bool:
        """Whether a sigma that nothing defines is supposed to be the logistic function."""
        if name not in ("\\sigma", "σ"):
            return False
        shown = f"{name}(x) = \\frac{{1}}{{1 + e^{{-x}}}}"
        open_ = f"{name} as a function that the document leaves open"
        return self.offer(Choice("logistic", open_, shown, supposed=True))

    def _opaque(self, name: str, arguments: Sequence[s.Syntax]) -> Value:
        """``P(y = i | x)``: a number with a long name, for each position of the indices in it."""
        letters = dict.fromkeys(
            n.text
            for a in arguments
            for n in s_walk(a)
            if isinstance(n, s.Name) and (n.text in self.bound or n.text in self.indices_here)
        )
        inside = ",".join(map(spelling, arguments))
        for letter in letters:
            inside = re.sub(rf"(?<![A-Za-z\\]){re.escape(letter)}(?![A-Za-z])", "\\\\cdot", inside)
        whole = f"{name}({inside})"
        self.open_functions.add(whole)
        self.guess(f"{whole} is one quantity that the document leaves open")
        indices = []
        for n, letter in enumerate(letters):
            key = f"slot:{whole}:{n}"
            self._join(letter, key)
            indices.append(self.letter(letter))
        return Value(Variable(whole, tuple(indices)))

    def _family(self, found: Reference, arguments: Sequence[s.Syntax], head: s.Syntax) -> Value:
        """``P(j)`` with an index j is the component of P at j."""
        self.guess(f"{found.name} in brackets after an index is that component")
        return self.named(replace(found, indices=(*found.indices, *arguments), power=None), head)

    def _function_of_numbers(
        self,
        name: str,
        here: tuple[IndexTerm, ...],
        values: list[Value],
        primes: int,
        entry: Entry | None,
    ) -> Value:
        if entry is not None and len(values) != len(entry.formals):
            raise OutOfReach(f"{name} has {len(entry.formals)} arguments, not {len(values)}")
        if entry is not None:
            missing = len(entry.indices) - len(here)
            if missing:
                raise Misfit(f"{name} stands without its indices")
            turned = self.names.transposed.intersection(entry.formals)
            if turned and any(v.axes for v in values):  # f(W) = tr(W^T W) is one of matrices
                raise OutOfReach(f"{min(turned)} is transposed, and {name} no function of numbers")
        if primes and len(values) != 1:
            raise OutOfReach(f"a prime at {name}, which has several arguments")
        if len(values) > 1 and any(v.axes for v in values):
            raise OutOfReach(f"{name} applied to vectors")

        def apply(*terms: Term) -> Term:
            orders = (primes,) if len(terms) == 1 else (0,) * len(terms)
            by = terms[0]
            if (
                primes
                and entry is not None
                and isinstance(by, Variable)
                and (entry.formals == (by.name,) or not self._reaches(entry.value.term, by.name))
            ):  # f'(a) of f(x) = a x^2 is no slope of f(a) by a
                whole: Term = Application(name, here, terms, (0,))
                if primes == 1:
                    return self._derivative(whole, by)
                for _ in range(primes):
                    whole = Derivative(whole, by)
                return whole
            return Application(name, here, terms, orders)

        if len(values) == 1:
            return self.tensors.apply(apply, values[0])
        return Value(apply(*(v.term for v in values)))

    def _of_vectors(
        self, found: Reference, here: tuple[IndexTerm, ...], values: list[Value]
    ) -> Value:
        """A function of vectors that the document leaves open."""
        if found.name in self.scope.activations and len(values) == 1 and not here:
            self.guess(f"{readable(found.name)} is applied to each component")
            return self._function_of_numbers(found.name, here, values, found.primes, None)
        if all(isinstance(v.term, Variable) for v in values) and not found.primes:
            given = self.scope.arguments.setdefault(found.name, set())
            given.update(v.term.name for v in values if isinstance(v.term, Variable))
            return Value(Variable(found.name, here))
        raise OutOfReach(f"{found.name} is not defined, and is applied to vectors")

    def _depending(
        self, found: Reference, entry: Entry, arguments: Sequence[s.Syntax], head: s.Syntax
    ) -> Value:
        """``L(y, t)``: the name itself, or its definition with other arguments in place."""
        plain = Reference(found.name, found.indices, None, False, found.primes)
        there = self._where_given(entry, arguments)
        if there is not None and not found.primes:
            own = (self.index(i, f"slot:{found.name}:{n}") for n, i in enumerate(found.indices))
            whole, axes = self._complete(entry, (*own, *there), head)
            return Value(Variable(found.name, whole), axes)
        if tuple(map(self._plain, arguments)) == entry.formals:
            self.scope.applied.pop(found.name, None)
            if found.primes and len(arguments) == 1:
                by = self.value(arguments[0]).term
                if not isinstance(by, Variable):
                    raise OutOfReach(f"a prime at {found.name} of an expression")
                before, self.prime = self.prime, by
                try:
                    return self.named(plain, head)
                finally:
                    self.prime = before
            return self.named(plain, head)
        if len(arguments) != len(entry.formals):
            if not all(isinstance(a, s.Name | s.Scripts) for a in arguments):
                raise OutOfReach(f"{found.name} is applied to what it was not defined for")
            formals, given = set(entry.formals), set(map(self._plain, arguments))
            apart = not (formals <= given or given <= formals)
            if apart or any(map(self.is_index, arguments)):
                raise OutOfReach(f"{found.name} is applied to what it was not defined for")
            self.guess(f"the arguments of {found.name} only say what it depends on")
            return self.named(plain, head)
        if found.primes:
            raise OutOfReach(f"a prime at {found.name}, which is no function of numbers")
        self._shows_others(entry, arguments)
        here = tuple(self.index(i, f"slot:{found.name}:{n}") for n, i in enumerate(found.indices))
        here, axes = self._complete(entry, here, head)
        value = Value(self.applied_to(entry, here, arguments), axes)
        # Within a sum it is applied to each of many.
        summed = any(letter in used_below(a) for a in arguments for letter in self.bound)
        if all(isinstance(a, s.Name | s.Scripts) for a in arguments) and not summed:
            self.scope.applied[found.name] = tuple(arguments)
        return value

    def _shows_others(self, entry: Entry, arguments: Sequence[s.Syntax]) -> None:
        """Raises where a definition does not show how its value depends on what is put in.

        ``J(0)`` after ``J(w) = \\sum_i (y_i - t_i)^2``, whose open y_i may be made of w; but
        ``f(x) = c`` is c everywhere.  Nor does ``f(k) = 1 / k!``, as long as k! is but a name.
        """
        body = entry.value.term
        changed = [
            formal
            for formal, argument in zip(entry.formals, arguments, strict=False)
            if self._plain(argument) != formal
        ]
        others = [f for f in changed if not self._reaches(body, f, entry.formals)]
        counted = sorted(
            name for name in self._made_of(body) if not set(changed).isdisjoint(counted_of(name))
        )
        if counted:
            raise OutOfReach(f"of {readable(counted[0])} only the name is known")
        loss = unbraced(entry.name).partition("_")[0] in LOSSES
        open_ = any(
            isinstance(part, Application)
            or (isinstance(part, Variable) and (bool(part.indices) or loss))
            for part in subterms(body)
            if isinstance(part, Application | Variable) and not self.scope.defined(part.name)
        )
        if others and open_:
            name = readable(entry.name)
            raise OutOfReach(f"nothing says how {name} depends on {readable(others[0])}")

    def _where_given(
        self, entry: Entry, arguments: Sequence[s.Syntax]
    ) -> tuple[IndexTerm, ...] | None:
        """What stands for the hidden indices of f in ``f(x_j)``, where f(x_i) was defined."""
        if not entry.given or len(arguments) != len(entry.given):
            return None
        terms = [as_given(self.value(a)) for a in arguments]
        found: dict[Index, IndexTerm] = {}
        for given, term in zip(entry.given, terms, strict=True):
            if isinstance(given, Variable) and isinstance(term, Variable):
                if len(given.indices) != len(term.indices):
                    return None
                for letter, index in zip(given.indices, term.indices, strict=True):
                    if letter in entry.indices and isinstance(letter, Index):
                        found.setdefault(letter, index)
        hidden = entry.indices[len(entry.indices) - entry.hidden :]
        same = all(substitute(a, found) == b for a, b in zip(entry.given, terms, strict=True))
        return tuple(found[i] for i in hidden) if same else None

    def applied_to(
        self, entry: Entry, here: tuple[IndexTerm, ...], arguments: Sequence[s.Syntax]
    ) -> Term:
        """The definition of a function of vectors with other arguments in place of its own."""
        if entry.name not in self.scope.entries:
            self.scope.looked_forward = True
        if (len(entry.indices), len(entry.formals)) != (len(here), len(arguments)):
            raise OutOfReach(f"{entry.name} is applied to what it was not defined for")
        body = substitute(entry.value.term, dict(zip(entry.indices, here, strict=True)))
        pairs = zip(entry.formals, arguments, strict=True)
        others = {formal: a for formal, a in pairs if self._plain(a) != formal}
        for formal in others:
            if "(" in formal and formal not in names(body):  # of L(f(x), y)
                raise OutOfReach(f"{entry.name} is applied to what it was not defined for")
            body = self._unfolded(body, formal, entry.formals)
        body = _held_apart(body, frozenset(others))  # D(q, p) puts q for p and p for q at once
        for formal, argument in others.items():
            value = self.value(argument)
            for n, axis in enumerate(value.axes):
                self.ranges.join(f"slot:{formal}:{n}", self.tensors.key(axis))
            body = self._replace(body, formal, value)
        return body

    def _shows_all(self, entry: Entry) -> bool:
        """Whether no argument of a function stands in the definitions of others in its body."""
        return not any(
            self.by_way_of_others(entry.value.term, f, entry.formals) for f in entry.formals
        )

    def _unfolded(self, body: Term, formal: str, held: Sequence[str]) -> Term:
        """The body with ``w x + b`` in place of h(x), if ``formal`` is w.

        Raises OutOfReach where what depends on it has no such definition.  So it does for the 2 in
        ``f(2)`` after ``f(x) = x^2 + y`` and ``y = 3 x``: y may be put in, or held.
        """
        if formal in names(body) and self.by_way_of_others(body, formal, held):
            raise OutOfReach(f"it may depend on {readable(formal)} by way of others, too")

        def put(part: Term) -> Term:
            if not isinstance(part, Variable | Application) or part.name in (formal, *held):
                return part
            entry = self.scope.entry(part.name)
            if entry is None or not self._reaches(entry.value.term, formal, held):
                return part
            given = part.arguments if isinstance(part, Application) else ()
            formals = entry.formals if entry.real else ()
            primed = isinstance(part, Application) and any(part.orders)
            if primed or (len(formals), len(entry.indices)) != (len(given), len(part.indices)):
                raise OutOfReach(f"it depends on {formal} by way of {readable(part.name)}")
            free = {i.name for i in free_indices(part)}
            inner = substitute(
                _renamed(entry.value.term, free),
                dict(zip(entry.indices, part.indices, strict=True)),
            )
            inner = _held_apart(inner, frozenset(formals))
            for one, argument in zip(formals, given, strict=True):
                inner = substitute_variable(inner, Variable(one + _FORMAL, ()), argument)
            return inner

        for _ in range(MOST_UNFOLDED):
            if not self.by_way_of_others(body, formal, held):
                return body
            self.note(f"{formal} is also replaced in what the definition is made of")
            if any(isinstance(p, Derivative | Product | Maximum) for p in subterms(body)):
                break
            body = transform(body, put)
        raise OutOfReach(f"it depends on {formal} by way of others")

    def _reaches(self, term: Term, formal: str, held: Sequence[str] = ()) -> bool:
        return formal in names(term) or self.by_way_of_others(term, formal, held)

    def by_way_of_others(self, body: Term, formal: str, held: Sequence[str] = ()) -> bool:
        """Whether what stands in the body is defined by ``formal``, whether it stands there or not.

        ``held``: the other arguments, which are what they are.  The x of an h(x) in the body is
        bound in the definition of h.
        """
        pending, seen = [names(body)], set[str]()
        while pending:
            for name in pending.pop() - seen - {formal, *held}:
                seen.add(name)
                entry, inverse = self.scope.entry(name), self.scope.inverses.get(name)
                if inverse is not None and formal in inverse.made_of:
                    return True
                if inverse is not None:
                    pending.append(inverse.made_of)
                if entry is not None:
                    below = names(entry.value.term).difference(entry.formals if entry.real else ())
                    if formal in below:
                        return True
                    pending.append(below)
        return False

    def _made_of(self, body: Term) -> frozenset[str]:
        """The names in a body, and in the definitions of these."""
        pending, seen = [names(body)], set[str]()
        while pending:
            new = pending.pop() - seen
            seen |= new
            entries = filter(None, map(self.scope.entry, new))
            pending.extend(names(entry.value.term) for entry in entries)
        return frozenset(seen)

    def _plain(self, node: s.Syntax) -> str:
        found = reference(node, self.names) if isinstance(node, s.Name | s.Scripts) else None
        if found is None or found.indices:
            return spelling(node)
        return unbraced(found.name) + "'" * found.primes if found.primes else found.name

    def _replace(self, body: Term, formal: str, argument: Value) -> Term:
        """``body`` with every component of a formal, held apart, replaced by the argument's."""

        def change(term: Term) -> Term:
            if isinstance(term, Variable) and term.name == formal + _FORMAL:
                if len(term.indices) != len(argument.axes):
                    raise WrongShape(f"{formal} is replaced by a {argument.shape}")
                return substitute(
                    argument.term, dict(zip(argument.axes, term.indices, strict=True))
                )
            if isinstance(term, Derivative) and term.variable.name in (formal, formal + _FORMAL):
                raise OutOfReach(f"a derivative by {formal}, which is replaced")
            return term

        free = {i.name for i in free_indices(argument.term)}
        return transform(_renamed(body, free), change)

    def _known(self, name: str, arguments: Sequence[s.Syntax], found: Reference) -> Value | None:
        word = name
        if word in SOFTMAX and len(arguments) == 1:
            return self.softmax(self.value(arguments[0]))
        if word in FUNCTIONS and len(arguments) == 1 and len(word) > 1:
            return self._elementary(FUNCTIONS[word], self.value(arguments[0]), found.primes)
        if word in WHOLE and len(arguments) == 1:
            return self._whole(word, self.value(arguments[0]))
        return None

    def _standard_normal(self, name: str, argument: Value, primes: int) -> Value:
        """Phi(x) = (1 + erf(x / sqrt 2)) / 2 and its derivative, the density."""
        if primes and not isinstance(argument.term, Variable):
            raise OutOfReach(f"a prime at {name} of an expression")

        def of(x: Term) -> Term:
            two, half = Number(Fraction(2)), Fraction(1, 2)
            term: Term = (ONE + Function("erf", (x / two**half,))) / two
            if self.scope.normal[name] == "density":
                term = Function("exp", (-(x**2) / two,)) / (two * Function("pi", ())) ** half
            for _ in range(primes):
                assert isinstance(x, Variable)
                term = Derivative(term, x)
            return term

        return self.tensors.apply(of, argument)

    def _elementary(self, name: str, argument: Value, primes: int = 0) -> Value:
        if primes:
            if not isinstance(argument.term, Variable):
                raise OutOfReach(f"a prime at {name} of an expression")
            variable = argument.term
            term: Term = Function(name, (variable,))
            if primes == 1:
                return Value(self._derivative(term, variable), argument.axes)
            for _ in range(primes):
                term = Derivative(term, variable)
            return Value(term, argument.axes)
        return self.tensors.apply(lambda t: Function(name, (t,)), argument)

    def _derivative(self, body: Term, by: Variable) -> Term:
        raise NotImplementedError

    def softmax(self, argument: Value) -> Value:
        """exp(z_i) / sum_j exp(z_j) over the last axis; of z_i alone, its component i."""
        if not argument.axes:
            whole, at = self._whole_of(argument.term)
            if whole is None:
                raise WrongShape("softmax of a number")
            self.guess("softmax of a component is that component of the softmax")
            return Value(substitute(self.softmax(whole).term, {whole.axes[0]: at}))
        axis = argument.axes[-1]
        over = Index(axis.name + "'", axis.range)
        above = Function("exp", (argument.term,))
        below = Sum(over, (), substitute(above, {axis: over}))
        return Value(Mul((above, Pow(below, MINUS))), argument.axes, argument.row)

    def _whole_of(self, term: Term) -> tuple[Value | None, IndexTerm]:
        """The vector z of ``z_i``, or z - m of ``z_i - m``, and the i; None where it is no part."""
        found = {i for part in subterms(term) if isinstance(part, Variable) for i in part.indices}
        found = {i for i in found if not isinstance(i, Index) or i in free_indices(term)}
        at = next(iter(found), None)
        if len(found) != 1 or not isinstance(at, Index):
            return None, Position(1, "")
        self.tensors.keys.setdefault(at.name, self.key(at.name))
        axis = self.tensors.axis(self.key(at.name))
        return Value(substitute(term, {at: axis}), (axis,)), at

    def _log_sum_exp(self, argument: s.Syntax) -> Value:
        """log sum_j exp(z_j) over the last axis, or of the numbers of a list."""
        if isinstance(argument, s.List):
            parts = tuple(Function("exp", (self.scalar(item),)) for item in argument.items)
            return Value(Function("log", (Add(parts),)))
        value = self.value(argument)
        if not value.axes:
            raise WrongShape("log-sum-exp of a number")
        axis = value.axes[-1]
        over = Index(axis.name + "'", axis.range)
        below = Sum(over, (), substitute(Function("exp", (value.term,)), {axis: over}))
        return Value(Function("log", (below,)), value.axes[:-1], value.row)

    def _whole(self, word: str, value: Value) -> Value:
        match word:
            case "sum":
                return self.tensors.total(value)
            case "mean":
                count = [Pow(Size(axis.range), MINUS) for axis in value.axes]
                return Value(Mul((*count, self.tensors.total(value).term))) if count else value
            case "norm":
                return self.tensors.norm(value, "2")
            case "diag" if not value.axes and len(free_indices(value.term)) == 1:
                (letter,) = free_indices(value.term)
                self.tensors.keys[letter.name] = self.key(letter.name)
                axis = self.tensors.axis(self.key(letter.name))
                return self._whole(word, Value(substitute(value.term, {letter: axis}), (axis,)))
            case "diag" if len(value.axes) == 1:
                axis = value.axes[0]
                other = self.tensors.axis(self.tensors.key(axis))
                return Value(Mul((value.term, Delta(axis, other))), (axis, other))
            case "tr" | "trace" | "Tr" if len(value.axes) == 2:
                first, second = value.axes
                self.ranges.join(self.tensors.key(first), self.tensors.key(second))
                return Value(Sum(first, (), substitute(value.term, {second: first})))
        raise WrongShape(f"{word} of a {value.shape}")

    def _call(
        self,
        function: str,
        argument: s.Syntax,
        subscript: s.Syntax | None,
        superscript: s.Syntax | None,
    ) -> Value:
        value: Value
        entry = self.scope.entry(function)
        bare = argument.body if isinstance(argument, s.Group) else argument
        if entry is not None and entry.formals:
            items = bare.items if isinstance(bare, s.List) else (bare,)
            value = self._applied(Reference(function, ()), items, argument)
            if subscript is not None:
                value = self.component(value, subscript)
            return self._with_power(value, superscript)
        if (
            isinstance(argument, s.Scripts)
            and isinstance(argument.base, s.Group)
            and (function in SOFTMAX and argument.subscript is not None)
        ):
            value = self.softmax(self.value(argument.base))
            value = self.component(value, argument.subscript)
            return self._with_power(value, argument.superscript)
        if function in SOFTMAX:
            value = self.softmax(self.value(argument))
            if subscript is not None:
                value = self.component(value, subscript)
            return self._with_power(value, superscript)
        if function in SQUARE_ROOTS:
            return self._with_power(self._root(argument, None), superscript)
        if function == "logsumexp" and subscript is None:
            return self._with_power(self._log_sum_exp(bare), superscript)
        if function in ("max", "min") and subscript is None:
            return self._with_power(self._of_components(function, bare), superscript)
        if function == "binomial" and (few := self._chosen_few(bare)) is not None:
            return self._with_power(few, superscript)
        if function in ("factorial", "binomial"):
            return self._with_power(self._counted(function, argument), superscript)
        if function in WHOLE:
            return self._with_power(self._whole(function, self.value(argument)), superscript)
        name = FUNCTIONS.get(function)
        superscript = self._without_mark(function, argument, superscript)
        if function in ("log", "Log") and subscript is None and self._in_bits():
            subscript = s.Numeral(argument.span, "2")
        if isinstance(superscript, s.Signed):
            raise OutOfReach(f"{function} with the superscript {spelling(superscript)}")
        if function in ("lg", "log") and subscript is not None:
            base = self.scalar(subscript)
            inner = self.value(argument)
            value = self.tensors.apply(
                lambda t: Mul((Function("log", (t,)), Pow(Function("log", (base,)), MINUS))), inner
            )
        elif function == "lg":
            ten = Function("log", (Number(Fraction(10)),))
            value = self.tensors.apply(
                lambda t: Mul((Function("log", (t,)), Pow(ten, MINUS))), self.value(argument)
            )
        elif name is None:
            raise OutOfReach(f"the function {function}", argument.span)
        else:
            value = self._elementary(name, self.value(argument))
            if subscript is not None:
                value = self.component(value, subscript)
        return self._with_power(value, superscript)

    def _without_mark(
        self, function: str, argument: s.Syntax, above: s.Syntax | None
    ) -> s.Syntax | None:
        """``\\tanh^{(l)}(z^{(l)})``: the function of a layer, which what it is applied to tells."""
        if not isinstance(above, s.Group) or above.delimiters not in ("()", "[]"):
            return above
        marks = {
            spelling(node.superscript)
            for node in s_walk(argument)
            if isinstance(node, s.Scripts) and node.superscript is not None
        }
        if spelling(above) not in marks:
            said = f"{function} with a mark above: a derivative, a power, or that of a layer"
            raise OutOfReach(said, above.span)
        return None

    def _of_components(self, kind: str, node: s.Syntax) -> Value:
        """max(a, b), or max(x) of a vector x."""
        if isinstance(node, s.List):
            values = [self.value(item) for item in node.items]
            return extremes.of_several(kind, values, self.tensors)
        value = self.value(node)
        if not value.axes and isinstance(value.term, Variable):
            value = self._whole_of(value.term)[0] or value  # max(z_i)
        if not value.axes:
            raise OutOfReach(f"{kind} of one number", node.span)
        self.guess(f"{kind} without an index runs over all components")
        return extremes.of_components(kind, value)

    def _in_bits(self) -> bool:
        """Where a document counts bits, its logarithms may have the base 2."""
        return self.names.bits and self.offer(
            Choice(
                "base:2",
                "log as the natural logarithm",
                "log as the logarithm to base 2",
                convention=True,
            )
        )

    def _chosen_few(self, pair: s.Syntax) -> Value | None:
        """``\\binom{n}{2}`` as n (n - 1) / 2: as many factors as the numeral below says."""
        if not (isinstance(pair, s.List) and len(pair.items) == 2):
            return None
        above, below = pair.items
        if not (isinstance(below, s.Numeral) and below.text.isdigit() and len(below.text) == 1):
            return None
        n, few = self.scalar(above), int(below.text)
        factors = [Add((n, Number(Fraction(-k)))) if k else n for k in range(few)]
        return Value(Mul((*factors, Number(Fraction(1, factorial(few))))))

    def _counted(self, function: str, argument: s.Syntax) -> Value:
        """``k!`` and ``\\binom{n}{k}``: a number for each k, of which nothing more is known."""
        items = argument.items if isinstance(argument, s.List) else (argument,)
        terms = [self.scalar(item) for item in items]
        if function == "factorial" and isinstance(terms[0], Number):
            number = terms[0].value
            if number.denominator == 1 and 0 <= number <= 20:
                return Value(Number(Fraction(factorial(int(number)))))
        if not all(isinstance(t, Variable | Size | Number) for t in terms):
            raise OutOfReach(f"a {function} of an expression", argument.span)
        written = [t.name if isinstance(t, Variable) else spelling(i)
                   for t, i in zip(terms, items, strict=True)]  # fmt: skip
        indices = tuple(i for t in terms if isinstance(t, Variable) for i in t.indices)
        name = f"{written[0]}!" if function == "factorial" else f"\\binom{{{'}{'.join(written)}}}"
        self.guess(f"{name} is a number of which only its name is known")
        self.scope.counted.add(name)
        return Value(Variable(name, indices))

    def _with_power(
        self,
        base: Value,
        power: s.Syntax | None,
        transposed: bool = False,
        written: str = "",
    ) -> Value:
        if transposed:
            base = self.transposed(base)
        if power is None:
            return base
        if isinstance(power, s.Chain | s.List | s.Text):
            raise Incomprehensible(f"the superscript {spelling(power)} has no meaning", power.span)
        if isinstance(power, s.Name) and power.text in MARKS:
            raise OutOfReach(f"the mark {power.text} above what is no name", power.span)
        if _inverts_and_transposes(power) and isinstance(base.term, Variable):
            if base.term.name[:1].isupper():
                raise OutOfReach("the transpose of an inverse", power.span)
        exponent = self.value(power)
        if len(base.axes) == 2 and exponent.term is MINUS and not exponent.axes:
            return self._inverse(base, written)
        if base.term is Function("exp", (ONE,)) and not base.axes:
            return self.tensors.apply(lambda t: Function("exp", (t,)), exponent)
        return self.tensors.power(base, exponent)

    def _inverse(self, base: Value, written: str) -> Value:
        """The inverse of a matrix that is made of data, as a matrix with a name of its own."""
        row, column = base.axes
        if isinstance(base.term, Variable):
            written = "" if self.scope.defined(base.term.name) else base.term.name
        moved = any(name in self.scope.dependents for name in names(base.term))
        each = any(  # (1 + e^{-Z})^{-1} may be meant of each entry
            isinstance(part, Function | Pow | Application)
            and not free_indices(part).isdisjoint(base.axes)
            for part in subterms(base.term)
        )
        if not written or moved or each or not free_indices(base.term) <= {row, column}:
            raise OutOfReach("the inverse of a matrix")
        if isinstance(base.term, Variable):
            self.ranges.join(self.tensors.key(row), self.tensors.key(column))
        if row.range != column.range:
            raise OutOfReach("the inverse of a matrix")
        found = inverse_named(self.scope.inverses, written, base.term, row, column)
        self.scope.inverses[found.name] = found
        return Value(Variable(found.name, base.axes), base.axes)

    def transposed(self, value: Value) -> Value:
        if not value.axes and isinstance(value.term, Variable):
            self.flat.add(value.term.name)
        elif not value.axes and _is_of_plain_names(value.term):
            self.flat.update(names(value.term))  # (A B)^T of an A and a B with no shape
        return self.tensors.transpose(value)

    def _prime(self, value: Value, primes: int) -> Value:
        if self.prime is None:
            raise OutOfReach("a prime that does not say by what it differentiates")
        term = value.term
        if any(name.endswith(MARK) for name in names(term)):
            raise OutOfReach("the derivative of one by what is made of others")
        for _ in range(primes):
            term = Derivative(term, self.prime)
        return Value(term, value.axes)


def _is_of_plain_names(term: Term) -> bool:
    """Whether a number is made of names that have no index, and of nothing else that is open."""
    parts = list(subterms(term))
    data = [part for part in parts if isinstance(part, Variable)]
    plain = all(isinstance(part, Variable | Mul | Add | Number) for part in parts)
    return len(data) > 1 and plain and not any(part.indices for part in data)


def _inverts_and_transposes(power: s.Syntax) -> bool:
    """``A^{-T}``, ``A^{-\\top}``."""
    match power:
        case s.Signed(_, ((-1, s.Name(_, "T" | "\\top" | "\\intercal")),)):
            return True
    return False


def transform(term: Term, change: Callable[[Term], Term]) -> Term:
    """``change`` applied to every subterm, innermost first."""
    return change(rebuild(term, tuple(transform(child, change) for child in children(term))))


def _held_apart(term: Term, formals: frozenset[str]) -> Term:
    """``term`` with the variables of these names marked, so that arguments can hold such names."""

    def change(node: Term) -> Term:
        if isinstance(node, Variable) and node.name in formals:
            return Variable(node.name + _FORMAL, node.indices)
        return node

    return transform(term, change)


def _renamed(term: Term, taken: set[str]) -> Term:
    """``term`` with its bound letters of these names primed."""

    def change(node: Term) -> Term:
        if isinstance(node, Binder) and node.index.name in taken:
            around = taken | {i.name for i in free_indices(node.body)}
            fresh = node.index
            while fresh.name in around:
                fresh = Index(fresh.name + "'", fresh.range)
            inner = substitute(node.body, {node.index: fresh})
            return type(node)(fresh, node.excluded, inner)
        return node

    return transform(term, change)
