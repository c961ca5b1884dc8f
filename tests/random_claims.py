"""Random claims: contexts, terms of the whole language, harmless edits and harmful ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from derive.algebra.arithmetic import Refused
from derive.logic.facts import Facts
from derive.logic.problem import (
    AtLeast,
    Claim,
    Context,
    Definition,
    Different,
    Equation,
    Hypothesis,
    Same,
    Sign,
    Unknown,
)
from derive.logic.rules import RULES, Scope, rewrite
from derive.logic.terms import (
    Add,
    Application,
    Binder,
    Delta,
    Derivative,
    Function,
    Index,
    IndexTerm,
    Label,
    Maximum,
    Mul,
    Number,
    Position,
    Pow,
    Product,
    Shift,
    Size,
    Sum,
    Term,
    Variable,
    children,
    free_indices,
    fresh_index,
    rebuild,
    substitute,
)

I, J, K = (Index(letter, "N") for letter in "ijk")
R = Index("r", "M")
FREE: tuple[Index, ...] = (I, J, K, R)
BOUND = (*(Index(letter, "N") for letter in "abi"), Index("r", "M"))  # i and r are free as well
FUNCTIONS = (
    "exp", "log", "exp", "log", "tanh", "sigmoid", "softplus", "sin", "cos", "abs", "erf",
    "sign", "relu", "step",
)  # fmt: skip
EXPONENTS = tuple(
    map(Fraction, ("-1", "-1", "-2", "2", "2", "3", "0", "1/2", "-1/2", "3/2", "1/3"))
)
U, V, X, W = (Variable(name, ()) for name in "uvxw")
MINUS, ZERO, ONE, TWO = (Number(Fraction(value)) for value in (-1, 0, 1, 2))


def number(value: int | str | Fraction) -> Number:
    """A number as a term."""
    return Number(Fraction(value))


def z(index: IndexTerm) -> Variable:
    """Data of one index, of any sign."""
    return Variable("z", (index,))


def _softmax() -> Term:
    below = Sum(J, (), Function("exp", (z(J),)))
    return Mul((Function("exp", (z(I),)), Pow(below, MINUS)))


def _loss() -> Term:
    """With a bound letter that claims use as a free one."""
    part = Mul((Variable("t", (I,)), Function("log", (Variable("y", (I,)),))))
    return Mul((MINUS, Sum(I, (), part)))


DEFINITIONS = (
    Definition("y", (I,), (), _softmax()),
    Definition("L", (), (), _loss()),
    Definition("q", (), (), Sum(I, (), Pow(z(I), TWO))),
    Definition("c", (J,), (), Add((z(J), Mul((MINUS, Sum(K, (), z(K))))))),
    Definition("f", (), ("u",), Mul((U, Function("exp", (Mul((U, W)),))))),
    Definition("g", (), ("u", "v"), Add((Pow(U, TWO), Mul((U, V, X))))),
    Definition("A", (I, R), (), Mul((Variable("w", (I, R)), z(I)))),
)
UNKNOWNS = (Unknown("E", (), ("y",)), Unknown("H", (), ("x",)))


def _about_t() -> tuple[Hypothesis, ...]:
    t, other = Variable("t", (I,)), Variable("t", (J,))
    total = Equation(Sum(I, (), t), ONE)
    squares = Equation(Pow(t, TWO), t, (I,))
    apart = Equation(Mul((t, other)), ZERO, (I, J), ((I, J),))
    return (Hypothesis((total,), "sum t = 1"), Hypothesis((total, squares, apart), "t one-hot"))


CLASS = Label("l", (), "N")
ROW_CLASS = Label("n", (R,), "N")
HYPOTHESES: tuple[Hypothesis, ...] = (
    *_about_t(),
    Hypothesis((Sign(Variable("p", (I,)), ">", (I,)),), "p_i > 0"),
    Hypothesis((Sign(X, ">"),), "x > 0"),
    Hypothesis((Sign(X, ">="),), "x >= 0"),
    Hypothesis((Sign(X, "<="),), "x <= 0"),
    Hypothesis((Sign(Variable("w", ()), "!="),), "w != 0"),
    Hypothesis((Sign(z(I), ">="),), "z_i >= 0, for the i of the claim"),
    Hypothesis((Equation(z(J), X),), "z_j = x, for the j of the claim"),
    Hypothesis((Equation(Variable("w", (J, R)), ZERO, (R,)),), "w_jr = 0 for all r"),
    Hypothesis((Equation(Sum(I, (), Variable("p", (I,))), TWO),), "sum p = 2"),
    Hypothesis((Equation(Sum(R, (), Variable("w", (I, R))), ONE, (I,)),), "sum_r w_ir = 1"),
    Hypothesis((Equation(Variable("w", ()), Add((X, ONE))),), "w = x + 1"),
    Hypothesis((Different(I, J),), "i != j"),
    Hypothesis((Different(J, K),), "j != k"),
    Hypothesis((Different(I, CLASS),), "i != l"),
    Hypothesis((Same(I, J),), "i = j"),
    Hypothesis((Same(K, CLASS),), "k = l"),
    Hypothesis((AtLeast("N", 2),), "N >= 2"),
)


def random_context(rng: Random) -> Context:
    """All definitions, and up to three hypotheses."""
    chosen = rng.sample(HYPOTHESES, rng.choice((0, 0, 1, 1, 2, 3)))
    return Context(DEFINITIONS, tuple(chosen), UNKNOWNS)


# ------------------------------------------------------------------ terms


def random_index(rng: Random, letters: tuple[Index, ...], range_: str = "N") -> IndexTerm:
    """Mostly a letter of the range."""
    fitting = [i for i in letters if i.range == range_]
    pick = rng.random()
    if pick < 0.08:
        return Position(rng.choice((1, 0, 2, -1)), range_)
    if pick < 0.12 and range_ == "N":
        return rng.choice((CLASS, ROW_CLASS, Label("n", (rng.choice([R]),), "N")))
    if pick < 0.14:
        return Shift(rng.choice(fitting), rng.choice((-1, 1)))
    return rng.choice(fitting)


def random_variable(rng: Random, letters: tuple[Index, ...]) -> Variable:
    """What may be differentiated by."""
    index = random_index(rng, letters)
    return rng.choice(
        (
            z(index),
            z(index),
            z(index),
            Variable("p", (index,)),
            Variable("t", (index,)),
            Variable("y", (index,)),
            Variable("w", (index, random_index(rng, letters, "M"))),
            X,
            X,
            Variable("q", ()),
            W,
        )
    )


def random_leaf(rng: Random, letters: tuple[Index, ...]) -> Term:
    """A term without smaller ones."""
    pick = rng.randrange(13)
    if pick < 6:
        return random_variable(rng, letters)
    if pick == 6:
        return Delta(random_index(rng, letters), random_index(rng, letters))
    if pick == 7:
        return rng.choice((Variable("L", ()), Variable("E", ()), Variable("H", ()), Size("N")))
    if pick == 8:
        return Function("exp", (z(random_index(rng, letters)),))
    if pick == 9:
        return Variable("c", (random_index(rng, letters),))
    if pick == 10:
        return Variable("A", (random_index(rng, letters), random_index(rng, letters, "M")))
    return number(rng.choice(("0", "1", "1", "2", "-1", "1/2", "3")))


def random_term(rng: Random, depth: int = 3, letters: tuple[Index, ...] = FREE) -> Term:
    """A term of the whole language."""
    if depth <= 0 or rng.random() < 0.12:
        return random_leaf(rng, letters)

    def inner() -> Term:
        return random_term(rng, depth - 1, letters)

    match rng.randrange(16):
        case 0 | 1 | 2:
            return Add(tuple(inner() for _ in range(rng.randint(2, 3))))
        case 3 | 4 | 5:
            return Mul(tuple(inner() for _ in range(rng.randint(2, 3))))
        case 6 | 7:
            base = rng.choice((inner(), Pow(inner(), TWO)))
            return Pow(base, number(rng.choice(EXPONENTS)))
        case 8:
            return Function(rng.choice(FUNCTIONS), (inner(),))
        case 9 | 10 | 11:
            index = rng.choice(BOUND)
            outer = [i for i in letters if i.range == index.range]
            excluded = tuple(
                random_index(rng, letters, index.range) for _ in outer if rng.random() < 0.15
            )
            body = random_term(rng, depth - 1, (*(i for i in letters if i is not index), index))
            kind = rng.choice((Sum,) * 16 + (Product,) + (Maximum,) * 3)
            made: Term = kind(index, excluded, body)
            return made
        case 12 | 13:
            return Derivative(inner(), random_variable(rng, letters))
        case 14:
            if rng.random() < 0.5:
                return Application("f", (), (inner(),), (rng.choice((0, 0, 0, 1)),))
            orders = rng.choice(((0, 0), (0, 0), (1, 0)))
            return Application(rng.choice("gh"), (), (inner(), inner()), orders)
        case _:
            return Mul((MINUS, inner()))


# ------------------------------------------------------------------ edits


def spots(term: Term, letters: tuple[Index, ...]) -> Iterator[tuple[Term, tuple[Index, ...]]]:
    """All subterms, with the letters that they may use."""
    yield term, letters
    inner = letters
    if isinstance(term, Binder):
        inner = (*(i for i in letters if i is not term.index), term.index)
    for child in children(term):
        yield from spots(child, inner)


Edit = Callable[[Random, Term, tuple[Index, ...]], Term]


def edited(rng: Random, term: Term, edit: Edit, letters: tuple[Index, ...] = FREE) -> Term:
    """``term`` with one of its subterms edited; the term itself if none can be."""
    places = list(spots(term, letters))
    rng.shuffle(places)
    for part, known in places[:20]:
        new = edit(rng, part, known)
        if new is not part:
            return _replaced(term, part, new)
    return term


def _replaced(term: Term, old: Term, new: Term) -> Term:
    """One occurrence of a subterm replaced, not out of a letter's reach but by the same letters."""
    if term is old:
        return new
    parts = children(term)
    for n, part in enumerate(parts):
        changed = _replaced(part, old, new)
        if changed is not part:
            return rebuild(term, (*parts[:n], changed, *parts[n + 1 :]))
    return term


def harmless(rng: Random, term: Term, letters: tuple[Index, ...]) -> Term:
    """The same value, written otherwise: true wherever both are defined."""
    other = random_leaf(rng, letters)
    match rng.randrange(15), term:
        case 11, _:  # max(a, b) + min(a, b) - b
            step, back = Add((other, Mul((MINUS, term)))), Add((term, Mul((MINUS, other))))
            ramps = (Function("relu", (back,)), Mul((MINUS, Function("relu", (step,)))))
            return Add((other, *ramps))
        case 12, Maximum(index, excluded, body):
            grown = Maximum(index, excluded, Function("exp", (body,)))
            return Function("log", (grown,))
        case 13, Function("relu", (x,)):
            return rng.choice(
                (
                    Mul((Add((x, Function("abs", (x,)))), number("1/2"))),
                    Add((x, Function("relu", (Mul((MINUS, x)),)))),
                )
            )
        case 14, Function("abs", (x,)):
            return rng.choice(
                (
                    Mul((x, Function("sign", (x,)))),
                    Function("abs", (Mul((MINUS, x)),)),
                )
            )
        case 0, Add(parts) | Mul(parts):
            new: Term = type(term)(tuple(rng.sample(parts, len(parts))))
            return new
        case 1, _:
            return Add((term, other, Mul((MINUS, other))))
        case 2, _:
            return Mul((term, other, Pow(other, MINUS)))
        case 3, _:
            return Function("log", (Function("exp", (term,)),))
        case 4, Binder(index, excluded, body):
            fresh = fresh_index(index, free_indices(body) | set(letters))
            renamed: Term = type(term)(fresh, excluded[::-1], substitute(body, {index: fresh}))
            return renamed
        case 5, Mul(factors):
            for n, factor in enumerate(factors):
                if isinstance(factor, Add):
                    rest = (*factors[:n], *factors[n + 1 :])
                    return Add(tuple(Mul((*rest, part)) for part in factor.terms))
            return term
        case 6, Sum(index, (), body):
            inner = [i for i in letters if i.range == index.range and i is not index]
            if not inner:
                return term
            k = rng.choice(inner)
            return Add((Sum(index, (k,), body), substitute(body, {index: k})))
        case 7, _:
            fresh = Index("s", "N")
            k = rng.choice([i for i in letters if i.range == "N"])
            if fresh in free_indices(term):
                return term
            body = substitute(term, {k: fresh}) if not _shifted(term) else term
            return Sum(fresh, (), Mul((Delta(fresh, k), body)))
        case 8, Pow(base, Number(exponent)) if exponent.denominator == 1 and exponent > 0:
            return Mul((base, Pow(base, Number(exponent - 1))))
        case 9, Derivative(Mul((first, *rest)), v) if rest:
            others = Mul(tuple(rest)) if len(rest) > 1 else rest[0]
            return Add((Mul((Derivative(first, v), others)), Mul((first, Derivative(others, v)))))
        case 10, Sum(index, (), Sum(other_index, (), body)) if index is not other_index:
            return Sum(other_index, (), Sum(index, (), body))
    return term


def _shifted(term: Term) -> bool:
    return any(isinstance(i, Shift) for part, _ in spots(term, ()) for i in _indices(part))


def _indices(part: Term) -> tuple[IndexTerm, ...]:
    from derive.logic.terms import own_indices

    return own_indices(part)


def harmful(rng: Random, term: Term, letters: tuple[Index, ...]) -> Term:
    """What authors get wrong: most of these change the value at some points."""
    match rng.randrange(22), term:
        case 20, Maximum(index, excluded, body):  # the smallest value
            return Mul((MINUS, Maximum(index, excluded, Mul((MINUS, body)))))
        case 21, Maximum(index, excluded, Mul((first, *rest))) if rest:  # of any sign
            if index in free_indices(first):
                return term
            inner = Mul(tuple(rest)) if rest[1:] else rest[0]
            return Mul((first, Maximum(index, excluded, inner)))
        case 0, _:
            return Mul((MINUS, term))
        case 1, Mul(factors) if len(factors) > 1:
            gone = rng.randrange(len(factors))
            rest = (*factors[:gone], *factors[gone + 1 :])
            return Mul(rest) if len(rest) > 1 else rest[0]
        case 2, Add(terms) if len(terms) > 1:
            gone = rng.randrange(len(terms))
            rest = (*terms[:gone], *terms[gone + 1 :])
            return Add(rest) if len(rest) > 1 else rest[0]
        case 3, Variable() | Delta() | Sum():
            old = [i for i in free_indices(term) if i.range == "N"]
            new = [i for i in letters if i.range == "N"]
            if not old or _shifted(term):
                return term
            return substitute(term, {rng.choice(sorted(old, key=repr)): rng.choice(new)})
        case 4, Pow(base, Number(exponent)):
            return Pow(base, Number(exponent + rng.choice((1, -1))))
        case 5, Binder(index, excluded, body) if excluded:
            without: Term = type(term)(index, excluded[1:], body)
            return without
        case 6, Binder(index, excluded, body):
            fitting = [i for i in letters if i.range == index.range and i is not index]
            if not fitting:
                return term
            more: Term = type(term)(index, (*excluded, rng.choice(fitting)), body)
            return more
        case 7, Pow(Pow(base, Number(two)), Number(half)):
            return Pow(base, Number(two * half))
        case 8, Function("log", (Mul(factors),)):
            return Add(tuple(Function("log", (f,)) for f in factors))
        case 9, Function("log", (Pow(base, exponent),)):
            return Mul((exponent, Function("log", (base,))))
        case 10, Sum(index, excluded, Mul((first, *rest))) if (
            rest
        ):  # out of its sum, dependent or not
            if index in free_indices(first) and index not in letters:
                return term
            return Mul((first, Sum(index, excluded, Mul(tuple(rest)) if rest[1:] else rest[0])))
        case 11, Sum(_, _, body) if free_indices(body) <= set(letters):
            return body
        case 12, Derivative(Mul(factors), v):
            return Mul(tuple(Derivative(f, v) for f in factors))
        case 13, Derivative(body, v):
            return Derivative(body, random_variable(rng, letters))
        case 14, Function("abs", (x,)):
            return x
        case 15, Function(_, (x,)):
            return Function(rng.choice(FUNCTIONS), (x,))
        case 16, Number(value):
            return Number(value + rng.choice((1, -1, Fraction(1, 10**12))))
        case 17, Mul(factors):  # x / x with what may be 0
            return Mul((*factors, Pow(factors[0], MINUS), factors[0]))
        case 18, Pow(Mul(factors), exponent):
            return Mul(tuple(Pow(f, exponent) for f in factors))
        case 19, Derivative(Sum(index, excluded, body), v):  # with the letter of the sum caught
            return Sum(index, excluded, Derivative(body, v))
    return term


def by_rules(rng: Random, claim_context: Context) -> Edit:
    """An edit by a rule of the logic, where one applies."""
    scope = Scope(Facts(claim_context))

    def edit(rng: Random, term: Term, letters: tuple[Index, ...]) -> Term:
        for rule in rng.sample(sorted(RULES), 12):
            argument: object = None
            if rule == "definition":
                argument = getattr(term, "name", "")
            elif rule == "factor into the sum":
                argument = rng.randrange(3)
            elif rule in ("hypothesis", "arithmetic"):
                continue
            try:
                return rewrite(rule, term, scope, argument)
            except Refused:
                continue
        return term

    return edit


# ------------------------------------------------------------------ identities


def identity(rng: Random, letters: tuple[Index, ...] = FREE) -> tuple[Term, Term]:
    """Two sides that a textbook calls equal, some only under conditions, with random parts."""
    a, b = random_term(rng, 2, letters), random_term(rng, 1, letters)
    v = random_variable(rng, letters)
    index = Index("s", "N")
    within = (*letters, index)
    f, g = random_term(rng, 1, within), random_term(rng, 1, within)
    k = rng.choice([i for i in letters if i.range == "N"])
    at_k = f if _shifted(f) else substitute(f, {index: k})
    half = number("1/2")

    def log(x: Term) -> Term:
        return Function("log", (x,))

    def exp(x: Term) -> Term:
        return Function("exp", (x,))

    def total(body: Term, *excluded: IndexTerm) -> Term:
        return Sum(index, excluded, body)

    def d(body: Term) -> Term:
        return Derivative(body, v)

    return rng.choice(
        (
            (d(Mul((a, b))), Add((Mul((d(a), b)), Mul((a, d(b)))))),
            (d(log(a)), Mul((d(a), Pow(a, MINUS)))),
            (d(exp(a)), Mul((exp(a), d(a)))),
            (d(Pow(a, half)), Mul((half, d(a), Pow(a, number("-1/2"))))),
            (d(Pow(a, b)), Mul((b, Pow(a, Add((b, MINUS))), d(a)))),
            (d(total(f)), total(d(f))),
            (d(total(f, k)), total(d(f), k)),
            (total(f), Add((total(f, k), at_k))),
            (total(Mul((Delta(index, k), f))), at_k),
            (total(Add((f, g))), Add((total(f), total(g)))),
            (total(Mul((a, f))), Mul((a, total(f)))),
            (total(Mul((a, f)), k), Mul((a, total(f, k)))),
            (log(Mul((a, b))), Add((log(a), log(b)))),
            (log(Pow(a, TWO)), Mul((TWO, log(a)))),
            (log(Product(index, (), f)), total(log(f))),
            (Pow(Pow(a, TWO), half), rng.choice((a, Function("abs", (a,))))),
            (Pow(Mul((a, b)), half), Mul((Pow(a, half), Pow(b, half)))),
            (exp(log(a)), a),
            (exp(Add((a, b))), Mul((exp(a), exp(b)))),
            (exp(Mul((b, log(a)))), Pow(a, b)),
            (Mul((a, Pow(a, MINUS))), ONE),
            (Mul((a, Pow(b, MINUS))), Mul((Mul((a, b)), Pow(b, number(-2))))),
            (Derivative(d(a), z(k)), Derivative(Derivative(a, z(k)), v)),
            (
                Mul((f, Pow(Add((f, g)), MINUS))),
                Add((ONE, Mul((MINUS, g, Pow(Add((f, g)), MINUS))))),
            ),
            (Sum(J, (), Sum(K, (), a)), Sum(K, (), Sum(J, (), a))),
            (Mul((total(f), total(g))), total(Mul((f, total(g))))),
            (Pow(total(f), TWO), total(Mul((f, total(f))))),
        )
    )


@dataclass(frozen=True)
class Question:
    """A random claim, and how it was made."""

    kind: str
    claim: Claim


def random_question(rng: Random) -> Question:
    """A claim of one of the kinds."""
    context = random_context(rng)
    kinds = "harmless", "harmful", "rules", "identity", "near identity"
    (kind,) = rng.choices(kinds, (3, 2, 1, 2, 1))
    if "identity" in kind:
        left, right = identity(rng)
    else:
        left = random_term(rng, rng.choice((2, 3, 3, 4)))
        right = left
    if kind in ("harmless", "rules"):
        for _ in range(rng.randint(1, 3)):
            edit = harmless if kind == "harmless" else by_rules(rng, context)
            right = edited(rng, right, edit)
    if kind in ("harmful", "near identity"):
        right = edited(rng, right, harmful)
        if rng.random() < 0.3:
            right = edited(rng, right, harmless)
    free = (free_indices(left) | free_indices(right)) - set(FREE)
    if free:  # a bound letter has leaked: another random one
        return random_question(rng)
    return Question(kind, Claim(left, "=", right, context))
