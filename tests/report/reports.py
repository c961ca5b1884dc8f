"""Small reports made by hand, for the tests of what is printed."""

from __future__ import annotations

from fractions import Fraction

from derive.logic.problem import Claim, Context, Definition, Equation, Hypothesis
from derive.logic.terms import (
    Add,
    Delta,
    Derivative,
    Function,
    Index,
    Mul,
    Number,
    Pow,
    Sum,
    Variable,
)
from derive.meaning.statement import Reading, Statement
from derive.prover.prove import prove
from derive.prover.verdict import Judgement, Report, Verdict
from derive.reader.source import Place
from derive.refuter.counterexample import Counterexample

I, J = Index("i", "N"), Index("j", "N")
ONE, MINUS = Number(Fraction(1)), Number(Fraction(-1))


def z(index: Index) -> Variable:
    return Variable("z", (index,))


def exp(term: Variable) -> Function:
    return Function("exp", (term,))


TOTAL = Sum(J, (), exp(z(J)))
SOFTMAX = Mul((exp(z(I)), Pow(TOTAL, MINUS)))
DEFINITION = Definition("y", (I,), (), SOFTMAX, r"y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}", 8)
SUM_OF_TARGETS = Hypothesis(
    (Equation(Sum(I, (), Variable("t", (I,))), ONE),), r"\sum_i t_i = 1", 20
)
POINT = Counterexample(
    sizes={"N": 2},
    indices={"i": 1},
    values={"z": ("1/2", "-3"), "c": ("7",)},
    shapes={"z": (2,), "c": ()},
    left="0.1966",
    right="0.8034",
)


def place(line: int) -> Place:
    return Place(line, 4, line, 61)


def definition() -> Judgement:
    statement = Statement(
        "definition", place(8), "y_i", "=", r"\frac{e^{z_i}}{\sum_j e^{z_j}}",
        ("The loss", "Softmax"), definitions=(DEFINITION,), guesses=("e is Euler's number",),
    )  # fmt: skip
    return Judgement(statement, None)


def hypothesis() -> Judgement:
    statement = Statement(
        "hypothesis",
        place(20),
        r"\sum_i t_i",
        "=",
        "1",
        ("The loss", "Loss"),
        hypothesis=SUM_OF_TARGETS,
    )
    return Judgement(statement, None)


def claim(verdict: Verdict, left: str = "y_i", right: str = "t_i", line: int = 30) -> Judgement:
    both = Claim(Variable("y", (I,)), "=", Variable("t", (I,)), Context())
    statement = Statement(
        "claim", place(line), left, "=", right, ("The loss", "Loss", "Step 1"), (Reading((both,)),)
    )
    return Judgement(statement, verdict)


def proved() -> Judgement:
    shown = Verdict(
        "proved",
        rules=("definition", "derivative of the logarithm", "definition"),
        definitions=("y",),
        hypotheses=(SUM_OF_TARGETS,),
        conditions=("N >= 2",),
    )
    return claim(shown)


def really_proved() -> Judgement:
    """d/dz_i log sum_j e^{z_j} = e^{z_i} / sum_j e^{z_j}, with the proof that was found."""
    left = Derivative(Function("log", (TOTAL,)), z(I))
    theorem = prove(Claim(left, "=", SOFTMAX, Context())).theorem
    assert theorem is not None
    return claim(Verdict("proved", rules=("logarithm",), theorems=(theorem,)))


def proved_by_cases() -> Judgement:
    """Without i and j, a sum lacks z_i and z_j, or one of them only where i = j."""
    each = Index("l", "N")
    left = Sum(each, (I, J), z(each))
    parts = (Sum(each, (), z(each)), Mul((MINUS, z(I))), Mul((MINUS, z(J))))
    right = Add((*parts, Mul((Delta(I, J), z(I)))))
    theorem = prove(Claim(left, "=", right, Context())).theorem
    assert theorem is not None
    return claim(Verdict("proved", rules=("cases",), theorems=(theorem,)))


def refuted() -> Judgement:
    return claim(Verdict("refuted", counterexample=POINT), line=40)


def conditional() -> Judgement:
    verdict = Verdict("conditional", missing=(Hypothesis((), r"i \neq j"),), counterexample=POINT)
    return claim(verdict, line=44)


def unproved() -> Judgement:
    return claim(Verdict("unproved", message="products are out of reach"), line=52)


def unread() -> Judgement:
    statement = Statement(
        "unread",
        place(50),
        r"\oint x",
        "",
        "",
        ("The loss", "Loss"),
        message=r"\oint is not understood",
    )
    return Judgement(statement, None)


def report(*judgements: Judgement) -> Report:
    return Report("loss.md", "The loss", judgements, guesses=("sigma is a function",))


def every_kind() -> Report:
    return report(
        definition(), hypothesis(), proved(), refuted(), conditional(), unproved(), unread()
    )
