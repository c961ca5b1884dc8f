"""The commands: parses arguments, prints, sets the exit code."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, TextIO

from derive.pipeline import (
    SHIPPED,
    CannotCheck,
    Outcome,
    Source,
    bytes_of,
    defect,
    in_processes,
    judge_all,
    judge_document,
    macros_in,
    read,
)
from derive.prover.verdict import Report
from derive.report import data, findings, text
from derive.report.layout import Style
from derive.report.output import progress, style_of, tolerant
from derive.report.summary import Summary

PROVED, NOT_ALL_PROVED, USAGE, INTERRUPTED = 0, 1, 2, 130

DESCRIPTION = "Checks published derivations step by step, and makes kernels of what it proved."
EPILOG = """\
exit code  0: at least one claim, and all proved
           1: something refuted, conditional, unproved or unread
           2: wrong usage, or nothing to check
"""


class NoMacros(Exception):
    """A file of macros that cannot be read; the message is one sentence for people."""


class _Parser(argparse.ArgumentParser):
    """Errors take one line, without the usage; options are written in full."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **settings})

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"derive: {message} (see {self.prog} --help)\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
    gc.set_threshold(20_000, 20, 20)  # what a check makes is kept: there is hardly any garbage
    _open_all()
    tolerant(sys.stdout)
    tolerant(sys.stderr)
    try:
        arguments = _parser().parse_args(argv)
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return _fail("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has seen enough; closing it must not complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOT_ALL_PROVED
    except NoMacros as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"cannot write the output: {error.strerror or error}")
    except Exception as error:
        return _fail(defect(error), NOT_ALL_PROVED)


def _open_all() -> None:
    """Where the shell closed a stream, as ``>&-`` does, Python has None in its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115
            setattr(sys, name, stream)


def _fail(message: str, code: int = USAGE) -> int:
    print(f"derive: {message}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    plain = argparse.RawDescriptionHelpFormatter
    parser = _Parser(prog="derive", description=DESCRIPTION, epilog=EPILOG, formatter_class=plain)
    parser.add_argument("--version", action="version", version=f"derive {_version()}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    prove = commands.add_parser("prove", help="print every step, its verdict and its reasons")
    prove.add_argument("documents", nargs="*", metavar="DOCUMENT", help="default: the shipped one")
    prove.add_argument("-v", "--verbose", action="store_true", help="print intermediate lines")
    prove.add_argument("--axioms", action="store_true", help="print what the results rest on")
    _common(prove)
    prove.set_defaults(run=_prove)

    check = commands.add_parser("check", help="print one line for each finding, like a compiler")
    check.add_argument("documents", nargs="+", metavar="DOCUMENT", help="- reads standard input")
    how = "print how each formula was understood"
    check.add_argument("--explain-reading", action="store_true", help=how)
    _common(check)
    check.set_defaults(run=_check)

    mutate = commands.add_parser("mutate", help="make wrong versions of each step: who is caught?")
    mutate.add_argument("documents", nargs="*", metavar="DOCUMENT", help="default: the shipped one")
    _common(mutate)
    mutate.set_defaults(run=_mutate)

    generate = commands.add_parser("generate", help="write kernels for what is proved")
    generate.add_argument("document", nargs="?", metavar="DOCUMENT", help="default: shipped one")
    generate.add_argument("--target", choices=("c", "numpy"), help="default: both")
    generate.add_argument("--output", default="generated", metavar="DIR", help="default: generated")
    generate.add_argument("--verify", action="store_true", help="test the kernels they became")
    generate.add_argument("--explain", action="store_true", help="print the loops, write nothing")
    _macros(generate)
    generate.set_defaults(run=_generate)
    return parser


def _macros(parser: argparse.ArgumentParser) -> None:
    told = "definitions (\\newcommand, MathJax settings) that stand in another file"
    parser.add_argument("--macros", action="append", default=[], metavar="FILE", help=told)


def _common(parser: argparse.ArgumentParser) -> None:
    _macros(parser)
    parser.add_argument("--output-format", choices=("text", "json"), default="text")
    parser.add_argument(
        "--jobs", type=_at_least_one, default=0, metavar="N", help="processes (default: all cores)"
    )


def _at_least_one(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError("must be a positive number")
    return int(written)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("derive")
    except PackageNotFoundError:
        return "(not installed)"


# ------------------------------------------------------------------ the commands


def _prove(arguments: argparse.Namespace) -> int:
    style = style_of(sys.stdout)
    render: Callable[[Report], str]
    if arguments.axioms:
        render = partial(text.axioms, style=style)
    else:
        render = partial(text.page, style=style, verbose=arguments.verbose)
    sources = _sources(arguments, arguments.documents or [str(SHIPPED)])
    return _judge(arguments, sources, render, partial(text.totals, style=style), sys.stdout)


def _check(arguments: argparse.Namespace) -> int:
    lines = findings.reading if arguments.explain_reading else findings.findings
    render = partial(_lines, lines=lines, style=style_of(sys.stdout))
    sources = _sources(arguments, arguments.documents)
    return _judge(arguments, sources, render, _counts, sys.stderr)


def _lines(report: Report, lines: Callable[[Report, Style], Iterable[str]], style: Style) -> str:
    return "".join(line + "\n" for line in lines(report, style))


def _counts(summaries: Sequence[Summary]) -> str:
    return str(Summary.total(summaries))


def _sources(arguments: argparse.Namespace, paths: Iterable[str]) -> list[Source]:
    """The documents, each with the macros of the files that were named.  Raises NoMacros."""
    macros: list[str] = []
    for path in arguments.macros:
        try:
            macros.append(macros_in(path))
        except CannotCheck as error:
            raise NoMacros(f"{path}: {error}") from error
    given = (
        ("<stdin>", sys.stdin.buffer.read()) if path == "-" else (path, None) for path in paths
    )
    return [Source(path, data, tuple(macros)) for path, data in given]


def _with_summary(report: Report, render: Callable[[Report], Any]) -> tuple[Any, Summary]:
    return render(report), Summary.of(report)


def _judge(
    arguments: argparse.Namespace,
    sources: Sequence[Source],
    render: Callable[[Report], str],
    last: Callable[[Sequence[Summary]], str],
    last_to: TextIO,
) -> int:
    """Judge all documents, print each when its turn comes, then the last line; the exit code."""
    as_json = arguments.output_format == "json"
    wanted: Callable[[Report], Any] = data.document if as_json else render
    outcomes = judge_all(sources, partial(_with_summary, render=wanted), arguments.jobs)
    documents: list[dict[str, Any]] = []
    summaries: list[Summary] = []
    problems: list[Outcome[Any]] = []
    for outcome in progress(outcomes, [source.path for source in sources]):
        if outcome.result is None:
            problems.append(outcome)
            _fail(f"{outcome.source.path}: {outcome.problem}")
            continue
        rendered, summary = outcome.result
        if as_json:
            documents.append(rendered)
        else:
            between = "\n\n" if summaries and last_to is sys.stdout else ""
            print(between + rendered, end="", flush=True)
        summaries.append(summary)
        if summary.nothing_to_check:
            _fail(f"{outcome.source.path}: nothing to check, there is no claim in it")
    if as_json:
        unchecked = [(problem.source.path, problem.problem) for problem in problems]
        print(data.as_text(data.envelope(documents, unchecked)))
    elif len(summaries) > 1 or (summaries and last_to is sys.stderr):
        print(last(summaries), file=last_to)
    return _exit_code(Summary.total(summaries), problems)


def _exit_code(total: Summary, problems: Sequence[Outcome[Any]]) -> int:
    if any(not problem.internal for problem in problems):
        return USAGE
    if problems:
        return NOT_ALL_PROVED
    if total.nothing_to_check:
        return USAGE
    return PROVED if total.all_proved else NOT_ALL_PROVED


def _mutate(arguments: argparse.Namespace) -> int:
    from derive.meaning.understand import understand
    from derive.prover.mutate import Sharpness, originals, tried
    from derive.report import sharpness

    style = style_of(sys.stdout)
    as_json = arguments.output_format == "json"
    all_found: list[Sharpness] = []
    for source in _sources(arguments, arguments.documents or [str(SHIPPED)]):
        path = source.path
        try:
            meaning = understand(read(source))
        except CannotCheck as error:
            return _fail(f"{path}: {error}")
        claims = list(originals(meaning))
        lines = [f"line {claim.line} of {path}" for claim in claims]
        mutations = progress(in_processes(tried, claims, arguments.jobs), lines, "claims")
        found = Sharpness(meaning.path, meaning.title, tuple(mutations))
        if not as_json:
            print(("\n" if all_found else "") + sharpness.page(found, style), end="", flush=True)
        all_found.append(found)
    if as_json:
        print(data.as_text(sharpness.data(all_found)))
    elif len(all_found) > 1:
        print("\n" + sharpness.totals(all_found, style), end="")
    right, wrong = sharpness.caught(pair for found in all_found for pair in found.trials)
    if not wrong:
        return _fail("there is no proved claim to make wrong versions of")
    return PROVED if right == wrong else NOT_ALL_PROVED


def _verified(report: Report, files: dict[str, str]) -> bool:
    """Print how the kernels compare with their statements; False where one does not compute its."""
    from derive.codegen.verify import described, verify

    agreements, disagreements = verify(report, files)
    print(described(agreements, disagreements), end="")
    return not disagreements


def _generate(arguments: argparse.Namespace) -> int:
    from derive.codegen.assemble import left_out
    from derive.codegen.generate import TARGETS, NotProved, RequestError, explain, generate, write

    (source,) = _sources(arguments, [arguments.document or str(SHIPPED)])
    targets = (arguments.target,) if arguments.target else TARGETS
    try:
        document = bytes_of(source)
        report = judge_document(read(replace(source, data=document)))
        if arguments.explain:
            print(explain(report), end="")
            return PROVED
        files = generate(report, targets, document=document)
        for reason in left_out(report):
            _fail(f"{source.path}: {reason}")
        if arguments.verify and not _verified(report, files):
            return NOT_ALL_PROVED
    except CannotCheck as error:
        return _fail(f"{source.path}: {error}")
    except NotProved as error:
        return _fail(f"{source.path}: {error}", NOT_ALL_PROVED)
    except (RequestError, ValueError) as error:
        return _fail(f"{source.path}: {error}")
    except ModuleNotFoundError as error:
        return _fail(f"--verify needs {error.name}, which pip install 'derive[numpy]' brings")
    try:
        written = write(files, arguments.output)
    except OSError as error:
        return _fail(f"{arguments.output}: cannot write: {error.strerror or error}")
    for path in written:
        print(path)
    return PROVED
