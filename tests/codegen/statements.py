"""Judgements built by hand: softmax with cross-entropy, as the generator sees it once it is proved.

The reader and the prover take no part, so that a test of the generator fails for its own reasons.
"""

from __future__ import annotations

from fractions import Fraction

from derive.logic.problem import Claim, Context, Definition, Different, Hypothesis, Relation
from derive.logic.terms import (
    Add,
    Delta,
    Derivative,
    Function,
    Index,
    IndexTerm,
    Mul,
    Number,
    Pow,
    Sum,
    Term,
    Variable,
)  # fmt: skip
from derive.meaning.statement import Reading, Statement
from derive.prover.verdict import Judgement, Outcome, Report, Verdict
from derive.reader.source import Place

ONE = Number(Fraction(1))
i, j, k, l, r = (Index(letter, "N") for letter in "ijklr")
m = Variable("m", ())


def var(name: str, *indices: IndexTerm) -> Variable:
    return Variable(name, indices)


def minus(term: Term) -> Term:
    return Mul((Number(Fraction(-1)), term))


def over(a: Term, b: Term) -> Term:
    return Mul((a, Pow(b, Number(Fraction(-1)))))


def exp(term: Term) -> Term:
    return Function("exp", (term,))


def log(term: Term) -> Term:
    return Function("log", (term,))


def less(a: str, b: str, index: IndexTerm) -> Term:
    return Add((var(a, index), minus(var(b, index))))


def total(body: Term, index: Index = j, *excluded: IndexTerm) -> Term:
    return Sum(index, excluded, body)


def define(left: Variable, body: Term, latex: str, line: int) -> tuple[Definition, Judgement]:
    indices = tuple(index for index in left.indices if isinstance(index, Index))
    definition = Definition(left.name, indices, (), body, latex, line)
    statement = Statement(
        "definition", Place(line, 1, line, 9), latex, "=", "...", definitions=(definition,)
    )
    return definition, Judgement(statement, None)


def claim(
    latex: str,
    left: Term,
    right: Term,
    context: Context,
    line: int,
    outcome: Outcome = "proved",
    relation: Relation = "=",
) -> Judgement:
    statement = Statement(
        "claim",
        Place(line, 1, line, 9),
        latex,
        relation,
        "...",
        readings=(Reading((Claim(left, relation, right, context),)),),
    )
    return Judgement(statement, Verdict(outcome))


def shifted(index: IndexTerm) -> Term:
    return exp(Add((var("z", index), minus(m))))


def rest(index: IndexTerm) -> Term:
    return total(shifted(j), j, index)


WHOLE = total(shifted(j))


def softmax_cross_entropy(front_matter: str, wrong: int = 0) -> Report:
    """The statements that the kernels of the shipped derivation rest on.

    ``wrong``: the line of a claim to be reported as refuted.
    """
    y, y_stated = define(var("y", i), over(exp(var("z", i)), total(exp(var("z", j)))), "y_i", 1)
    v, v_stated = define(
        var("v", k),
        total(Mul((var("g", i), Derivative(var("y", i), var("z", k)))), i),
        "v_k",
        9,
    )
    loss, loss_stated = define(
        var("L"), minus(total(Mul((var("t", i), log(var("y", i)))), i)), "L", 12
    )
    label_loss, label_loss_stated = define(var("E"), minus(log(var("y", l))), "E", 20)
    context = Context((y, v, loss, label_loss))
    apart = log(Add((ONE, over(rest(r), shifted(r)))))

    def said(
        line: int, latex: str, left: Term, right: Term, *unequal: tuple[Index, Index]
    ) -> Judgement:
        facts = tuple(Different(a, b) for a, b in unequal)
        hypotheses = (Hypothesis(facts, "i \\neq r", line),) if facts else ()
        here = Context(context.definitions, hypotheses)
        return claim(latex, left, right, here, line, "refuted" if line == wrong else "proved")

    d_loss = Derivative(var("L"), var("z", i))
    d_loss_k = Derivative(var("L"), var("z", k))
    d_loss_r = Derivative(var("L"), var("z", r))
    d_label = Derivative(var("E"), var("z", i))
    d_label_l = Derivative(var("E"), var("z", l))
    jacobian = Derivative(var("y", i), var("z", k))
    by_label = Add((var("y", i), minus(Delta(i, l))))
    weighted = total(Mul((var("g", i), var("y", i))), i)
    judgements = (
        y_stated,
        said(2, "y_i", var("y", i), over(shifted(i), WHOLE)),
        said(
            4,
            "\\log y_i",
            log(var("y", i)),
            Add((var("z", i), minus(total(exp(var("z", j))))))
        ),
        said(
            5,
            "\\log y_i",
            log(var("y", i)),
            Add((var("z", i), minus(var("z", r)), minus(apart))),
        ),
        said(
            8,
            "\\frac{\\partial y_i}{\\partial z_k}",
            jacobian,
            Mul((var("y", i), Add((Delta(i, k), minus(var("y", k)))))),
        ),
        v_stated,
        said(
            10,
            "v_k",
            var("v", k),
            Mul((var("y", k), Add((var("g", k), minus(weighted))))),
        ),
        loss_stated,
        said(
            14,
            "L",
            var("L"),
            Add((
                total(Mul((var("t", i), Add((var("z", r), minus(var("z", i)))))), i),
                apart,
            )),
        ),
        said(16, "\\partial_k L", d_loss_k, Add((var("y", k), minus(var("t", k))))),
        said(17, "\\frac{\\partial L}{\\partial z_i}", d_loss, less("y", "t", i)),
        said(
            18,
            "\\frac{\\partial L}{\\partial z_r}",
            d_loss_r,
            Add((Add((ONE, minus(var("t", r)))), minus(over(rest(r), WHOLE)))),
        ),
        said(
            19,
            "\\frac{\\partial L}{\\partial z_i}",
            d_loss,
            Add((over(shifted(i), WHOLE), minus(var("t", i)))),
            (i, r),
        ),
        label_loss_stated,
        said(22, "E", var("E"), Add((var("z", r), minus(var("z", l)), apart))),
        said(23, "\\frac{\\partial E}{\\partial z_i}", d_label, by_label),
        said(25, "\\frac{\\partial E}{\\partial z_l}", d_label_l, minus(over(rest(l), WHOLE))),
        said(27, "\\frac{\\partial E}{\\partial z_i}", d_label, over(shifted(i), WHOLE), (i, l)),
    )  # fmt: skip
    return Report("by_hand.md", "By hand", judgements, (), front_matter)
