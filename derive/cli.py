"""The commands: parses arguments, prints, sets the exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NoReturn

from derive.pipeline import SHIPPED, Outcome, Source, judge_all
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


class _Parser(argparse.ArgumentParser):
    """Errors take one line, without the usage; options are written in full."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **settings})

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"derive: {message} (see {self.prog} --help)\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
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
    except OSError as error:
        return _fail(f"cannot write the output: {error.strerror or error}")


def _fail(message: str, code: int = USAGE) -> int:
    print(f"derive: {message}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    plain = argparse.RawDescriptionHelpFormatter
    parser = _Parser(prog="derive", description=DESCRIPTION, epilog=EPILOG, formatter_class=plain)
