"""derive: proves published derivations step by step and turns them into kernels.

>>> import derive
>>> report = derive.check("Let $f = x^2$. Then $\\\\frac{df}{dx} = 3x$.")
>>> [judgement.verdict.outcome for judgement in report.claims]
['refuted']

>>> from sympy import IndexedBase, Sum, Symbol, exp, log, symbols
>>> i, j, N = symbols("i j N", integer=True)
>>> z = IndexedBase("z")
>>> total = Sum(exp(z[j]), (j, 1, N))
>>> derive.prove(log(exp(z[i]) / total), z[i] - log(total)).outcome
'proved'

What a verdict means: ``proved`` holds for every number of classes N >= 1, every position of the
indices and all real data that satisfy the hypotheses, wherever both sides are defined;
``refuted`` comes with a point, certified by interval arithmetic, at which the sides differ;
``conditional`` names the hypothesis that is missing; ``unproved`` says how far it got.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from os import PathLike
from typing import TYPE_CHECKING

from derive.prover.verdict import Judgement, Report, Verdict
from derive.refuter.counterexample import Counterexample

if TYPE_CHECKING:
    from sympy import Basic, Expr

__all__ = [
    "Counterexample", "Judgement", "Report", "Verdict", "check", "check_file", "generate", "prove",
]  # fmt: skip


def check(
    text: str, *, path: str = "<text>", format: str | None = None, macros: str = ""
) -> Report:
    """Read a derivation and judge every claim in it.

    ``format``: "markdown", "latex", "notebook", "rst" or "text"; None guesses from the text.
    ``macros``: definitions of commands that stand elsewhere, in a preamble or a site's settings.
    The report's statements carry their source, their place and, as ``lhs`` and ``rhs``, SymPy
    expressions.  Bad mathematics raises nothing: it is reported as unread, at its place.
    Raises ``derive.reader.formats.UnreadableDocument`` for what is no text, such as NUL bytes,
    and ValueError for an unknown format.
    """
    from derive.pipeline import judge_document
    from derive.reader.formats import document_from_text

    document = document_from_text(text, path, format)
    return judge_document(replace(document, macros=(macros, *document.macros)))


def check_file(path: str | PathLike[str]) -> Report:
    """Read the derivation in a file and judge every claim in it.

    Raises ``derive.pipeline.CannotCheck`` where the file is missing or holds no text.
    """
    from derive.pipeline import Source, judge_document, read

    return judge_document(read(Source(str(path))))


def prove(lhs: Expr, rhs: Expr, given: Iterable[Basic] = ()) -> Verdict:
    """Prove ``lhs = rhs`` for symbolic N, or refute it.

    Both sides are SymPy expressions with ``Sum``, ``Indexed``, ``KroneckerDelta``,
    ``Derivative`` and elementary functions.  ``given`` holds hypotheses: ``Eq`` and ``Ne`` of
    two indices, ``Eq`` of two expressions, signs such as ``x > 0``, sizes such as ``N >= 2``.
    An index of a hypothesis that the claim does not use free stands for every position.
    Raises ValueError for an expression or a hypothesis that is outside this language.
    """
    from derive.meaning.expressions import claim_of
    from derive.prover.judge import verdict

    return verdict(claim_of(lhs, rhs, tuple(given)))


def generate(
    text: str | None = None,
    *,
    path: str = "kernels.md",
    format: str | None = None,
    targets: Sequence[str] = ("c", "numpy"),
) -> dict[str, str]:
    """The kernels of a derivation as file name -> text; nothing is written.

    Which statement becomes which function stands in the document's front matter; without it
    each definition and each last result becomes one.  ``text`` None is the derivation that ships
    with the program.  Raises ``derive.codegen.generate.NotProved``, which names the statement,
    where a kernel would rest on one that is not proved, and ValueError for an unknown target or
    a front matter that makes no sense.
    """
    from derive.codegen import generate as codegen
    from derive.pipeline import SHIPPED

    if text is None:
        text, path = SHIPPED.read_text(encoding="utf-8"), str(SHIPPED)
    report = check(text, path=path, format=format)
    return codegen.generate(report, targets, document=text.encode())
