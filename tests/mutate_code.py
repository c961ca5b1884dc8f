"""Does the test suite notice?  ``python -m tests.mutate_code logic --sample 100 --seed 1``.

Each mutant changes one operator, constant, condition, branch, result or statement of one module.
A forked process imports the changed module in place of the real one and runs the tests that are
relevant to its room, until the first one fails; a mutant that no test notices has survived and
is printed with its line.  Everything is in memory, the files are never touched.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.machinery
import importlib.util
import io
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import flint  # noqa: F401  (what all tests need is imported once, before the fork)
import hypothesis  # noqa: F401
import mpmath  # noqa: F401
import pytest

ROOT = Path(__file__).parent.parent

# The quickest tests first.
TESTS = {
    "logic": [
        "tests/logic/test_terms.py", "tests/logic/test_functions.py",
        "tests/logic/test_facts.py", "tests/logic/test_side_conditions.py",
        "tests/logic/test_arithmetic.py", "tests/prover/test_false_claims.py",
        "tests/logic/test_checker.py",
        "tests/prover/test_mutate.py", "tests/logic/test_rules.py",
    ],
    "refuter": [
        "tests/refuter/test_decimals.py", "tests/refuter/test_sampling.py",
        "tests/refuter/test_polynomial.py", "tests/refuter/test_evaluate.py",
        "tests/refuter/test_elementary.py", "tests/refuter/test_hypotheses.py",
        "tests/refuter/test_refute.py", "tests/refuter/test_chaos.py",
        "tests/refuter/test_against_naive.py", "tests/refuter/test_random_claims.py",
        "tests/prover/test_false_claims.py",
    ],
}  # fmt: skip
# Rules are tried 30 times each in the suite, which takes longer than all other tests together.
APPLICATIONS = 5
SECONDS = 240

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.Lt), ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.Mod: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
CALLS = {"any": "all", "all": "any", "min": "max", "max": "min", "union": "intersection"}


@dataclass(frozen=True)
class CodeMutant:
    """A module and one edit: of which node, in the order of ``ast.walk``, and which edit of it."""

    path: Path
    number: int
    choice: int

    def made(self) -> tuple[ast.Module, int, str]:
        """The tree after the edit, the line, and what was done."""
        tree = ast.parse(self.path.read_text())
        node = next(n for number, n in enumerate(ast.walk(tree)) if number == self.number)
        before = ast.unparse(node)
        lines = (getattr(n, "lineno", 0) for n in ast.walk(node))
        line = next(filter(None, lines), 0)
        what = f"{_edit(tree, node, self.choice)}: {before[:100]!r}"
        return ast.fix_missing_locations(tree), line, what


def mutants(path: Path) -> Iterator[CodeMutant]:
    """All mutants of a module, in the order of its nodes."""
    tree = ast.parse(path.read_text())
    skipped = _not_code(tree)
    for number, node in enumerate(ast.walk(tree)):
        if number not in skipped:
            yield from (CodeMutant(path, number, choice) for choice in range(_choices(node)))


def _not_code(tree: ast.Module) -> set[int]:
    """Numbers of the nodes within annotations, docstrings, imports, messages of errors."""
    roots: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Module)) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                roots.append(first)
        if isinstance(node, ast.FunctionDef):
            roots += [node.returns] if node.returns else []
        if isinstance(node, (ast.arg, ast.AnnAssign)) and node.annotation:
            roots.append(node.annotation)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            roots.append(node)
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            roots += node.exc.args
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "need":
            roots += node.args[1:]
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name == "__all__" or (isinstance(node.value, ast.Subscript) and name[0].isupper()):
                roots.append(node)
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "RULES":
            roots.append(node)  # words for people
        if isinstance(node, ast.JoinedStr):
            roots.append(node)
    inside = {id(inner) for root in roots for inner in ast.walk(root)}
    return {number for number, node in enumerate(ast.walk(tree)) if id(node) in inside}


def _choices(node: ast.AST) -> int:
    """How many edits there are at a node."""
    match node:
        case ast.Compare(ops=[op]):
            return len(COMPARISONS[type(op)])
        case ast.BinOp(op=op):
            return int(type(op) in OPERATORS)
        case ast.BoolOp() | ast.UnaryOp() | ast.If() | ast.IfExp() | ast.While():
            return 1
        case ast.Constant(value=bool() | int() | str()):
            return 1
        case ast.comprehension():
            return len(node.ifs)
        case ast.match_case():
            return 1 + (node.guard is not None)
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return int(name in CALLS)
        case ast.Return(value=value) if value is not None:
            return int(not (isinstance(value, ast.Constant) and value.value is None))
        case ast.Expr() | ast.Continue() | ast.Break() | ast.Raise() | ast.AugAssign():
            return 1
    return 0


def _edit(tree: ast.Module, node: ast.AST, choice: int) -> str:
    """Change the tree at a node; says how."""
    match node:
        case ast.Compare():
            node.ops = [COMPARISONS[type(node.ops[0])][choice]()]
            return f"comparison {type(node.ops[0]).__name__}"
        case ast.BinOp():
            node.op = OPERATORS[type(node.op)]()
            return f"operator {type(node.op).__name__}"
        case ast.BoolOp():
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            return f"operator {type(node.op).__name__}"
        case ast.UnaryOp():
            return _replace(tree, node, node.operand, "operator dropped")
        case ast.If() | ast.IfExp() | ast.While():
            node.test = ast.UnaryOp(ast.Not(), node.test)
            return "condition negated"
        case ast.Constant(value=bool(value)):
            node.value = not value
            return "constant"
        case ast.Constant(value=int(value)):
            node.value = value + 1
            return "constant + 1"
        case ast.Constant(value=str(value)):
            node.value = value + "?"
            return "another word"
        case ast.comprehension():
            del node.ifs[choice]
            return "condition dropped"
        case ast.match_case():
            if choice:
                node.guard = None
                return "guard dropped"
            node.guard = ast.Constant(False)
            return "case dropped"
        case ast.Call(func=ast.Name() as func):
            func.id = CALLS[func.id]
            return func.id
        case ast.Call(func=ast.Attribute() as func):
            func.attr = CALLS[func.attr]
            return func.attr
        case ast.Return():
            node.value = ast.Constant(None)
            return "returns None"
    return _replace(tree, node, ast.Pass(), "statement dropped")


def _replace(tree: ast.Module, old: ast.AST, new: ast.AST, what: str) -> str:
    class Put(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return new if node is old else self.generic_visit(node)

    Put().visit(tree)
    return what


# ------------------------------------------------------------------ one mutant, in a process


class _Loader(importlib.abc.Loader):
    def __init__(self, mutant: CodeMutant) -> None:
        self.mutant = mutant

    def exec_module(self, module: ModuleType) -> None:
        code = compile(self.mutant.made()[0], str(self.mutant.path), "exec")
        exec(code, module.__dict__)


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, name: str, mutant: CodeMutant) -> None:
        self.name, self.mutant = name, mutant

    def find_spec(
        self, fullname: str, path: object, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        origin = str(self.mutant.path)
        return importlib.util.spec_from_file_location(fullname, origin, loader=_Loader(self.mutant))


class _Shorter:
    """Fewer random applications of each rule."""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            module = getattr(item, "module", None)
            if hasattr(module, "APPLICATIONS"):
                module.APPLICATIONS = APPLICATIONS


def _rank(test: str, mutant: CodeMutant) -> int:
    """The tests of the module itself first, the long ones last, the others as they are listed."""
    own = "side_conditions" if mutant.path.stem == "rules" else mutant.path.stem
    return 2 if "test_rules" in test else int(f"test_{own}" not in test)


def noticed(mutant: CodeMutant, tests: list[str], seconds: int) -> str:
    """ "killed", "timeout" (which is noticed, too) or "survived"."""
    child = os.fork()
    if child == 0:
        name = ".".join(mutant.path.relative_to(ROOT).with_suffix("").parts)
        sys.meta_path.insert(0, _Finder(name, mutant))
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        options = ["-x", "-q", "-p", "no:cacheprovider", "--assert=plain"]
        code = 3
        try:
            with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                # One file after another, so that what is not needed is not even collected.
                for test in sorted(tests, key=lambda test: _rank(test, mutant)):
                    code = int(pytest.main([*options, test], plugins=[_Shorter()]))
                    if code:
                        break
        finally:
            os._exit(code)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return "killed" if os.waitstatus_to_exitcode(status) else "survived"
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timeout"


def main() -> int:
    """Run the mutants of one room, or a sample of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("room", choices=TESTS)
    parser.add_argument("--sample", type=int, default=0, help="how many, drawn at random")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--module", help="only this file of the room")
    parser.add_argument("--list", action="store_true", help="only count them")
    arguments = parser.parse_args()
    os.chdir(ROOT)
    folder = ROOT / "derive" / arguments.room
    paths = sorted(folder.glob(arguments.module or "*.py"))
    made = [mutant for path in paths for mutant in mutants(path)]
    if arguments.sample:
        random.Random(arguments.seed).shuffle(made)
    chosen = made[: arguments.sample or len(made)]
    print(f"{len(made)} mutants of {folder.relative_to(ROOT)}, {len(chosen)} tried", flush=True)
    if arguments.list:
        return 0
    counts = {"killed": 0, "timeout": 0, "survived": 0}
    for number, mutant in enumerate(chosen, 1):
        outcome = noticed(mutant, TESTS[arguments.room], SECONDS)
        counts[outcome] += 1
        if outcome == "survived":
            _, line, what = mutant.made()
            print(f"survived  {mutant.path.relative_to(ROOT)}:{line}: {what}", flush=True)
        if number % 10 == 0:
            print(f"{number}: {counts}", file=sys.stderr, flush=True)
    share = 100 * (1 - counts["survived"] / max(len(chosen), 1))
    print(f"{counts}: {share:.1f} % noticed")
    return int(share < 95)


if __name__ == "__main__":
    sys.exit(main())
