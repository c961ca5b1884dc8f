"""Wrong versions of a module of the program: all that one small edit makes of its code.

The edits: another comparison, operator, constant or word; a condition negated or dropped, a case
or its guard dropped, another branch; ``any`` for ``all`` and ``min`` for ``max``; nothing
returned; a statement dropped.  Annotations, docstrings, imports, messages and the strictness of
``zip`` are left alone.
"""

from __future__ import annotations

import ast
import copy
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
EQUIVALENT = Path(__file__).parent / "equivalent_mutants.toml"

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
    """A module and one edit: of which node, in the order of ``ast.walk``, and which edit of it.

    ``function``: the function that holds the node, with its class; empty at the level of the
    module.  ``lines``: those of its statement (of a compound statement, of its head).
    ``edit``: what is done, in words; with a number where the same is done twice in a function.
    """

    path: Path
    number: int
    choice: int
    function: str
    lines: tuple[int, ...]
    edit: str

    @property
    def name(self) -> tuple[str, str, str]:
        """Module, function and edit: the same as long as the code in question is."""
        return self.path.relative_to(ROOT / "derive").as_posix(), self.function, self.edit

    @property
    def module(self) -> str:
        """The name by which the module is imported."""
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts)

    def tree(self) -> ast.Module:
        """The module after the edit."""
        tree = ast.parse(self.path.read_text())
        _edit(tree, _nth(tree, self.number), self.choice)
        return ast.fix_missing_locations(tree)


def mutants(path: Path) -> list[CodeMutant]:
    """All mutants of a module, in the order of its lines."""
    tree = ast.parse(path.read_text())
    skipped = _not_code(tree)
    places = dict(_places(tree))
    found: list[CodeMutant] = []
    edits: Counter[tuple[str, str]] = Counter()
    for number, node in enumerate(ast.walk(tree)):
        if number in skipped:
            continue
        before = ast.unparse(node)[:100] if _choices(node) else ""
        for choice in range(_choices(node)):
            function, lines = places[id(node)]
            words = _edit(ast.Module([], []), copy.deepcopy(node), choice)
            edit = f"{words}: {before!r}"
            edits[function, edit] += 1
            if edits[function, edit] > 1:
                edit += f" ({edits[function, edit]})"
            found.append(CodeMutant(path, number, choice, function, lines, edit))
    return sorted(found, key=lambda mutant: (mutant.lines, mutant.number, mutant.choice))


@cache
def equivalent() -> dict[tuple[str, str, str], str]:
    """The mutants that were reviewed and that no test can notice, each with the reason."""
    if not EQUIVALENT.exists():
        return {}
    listed = tomllib.loads(EQUIVALENT.read_text())
    return {
        (group["module"], group["function"], edit): group["reason"]
        for group in listed.get("mutants", [])
        for edit in group["edits"]
    }


def _nth(tree: ast.Module, number: int) -> ast.AST:
    return next(node for n, node in enumerate(ast.walk(tree)) if n == number)


Place = tuple[str, tuple[int, ...]]


def _places(tree: ast.Module) -> Iterator[tuple[int, Place]]:
    """For every node, the function and the lines of the statement that it stands in."""

    def visit(
        node: ast.AST, names: str, function: str, place: Place
    ) -> Iterator[tuple[int, Place]]:
        if isinstance(node, ast.stmt):
            place = function, _head(node)
        yield id(node), place
        body: list[ast.AST] = []
        inner = names, function
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not function:
            names = f"{names}.{node.name}" if names else node.name
            # Defaults and decorators belong outside; a function within a function does not.
            body, inner = list(node.body), (names, names * isinstance(node, ast.FunctionDef))
        for child in ast.iter_child_nodes(node):
            yield from visit(child, *(inner if child in body else (names, function)), place)

    yield from visit(tree, "", "", ("", ()))


def _head(statement: ast.stmt) -> tuple[int, ...]:
    """The lines of a statement, of a compound one those before its first inner statement."""
    last = statement.end_lineno or statement.lineno
    match statement:
        case ast.Match(cases=[first, *_]):
            last = first.pattern.lineno - 1
        case ast.FunctionDef() | ast.ClassDef() | ast.If() | ast.For() | ast.While() | ast.Try():
            last = statement.body[0].lineno - 1
        case ast.With():
            last = statement.body[0].lineno - 1
    return tuple(range(statement.lineno, max(last, statement.lineno) + 1))


def _not_code(tree: ast.Module) -> set[int]:
    """Numbers of the nodes within annotations, docstrings, imports, messages of errors."""
    roots: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            roots.append(node)  # a docstring
        if isinstance(node, ast.FunctionDef):
            roots += [node.returns] if node.returns else []
        if isinstance(node, (ast.arg, ast.AnnAssign)) and node.annotation:
            roots.append(node.annotation)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            roots.append(node)
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
            roots.append(node)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "TypeVar":
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
        if isinstance(node, ast.keyword) and node.arg == "strict":
            roots.append(node)  # of zip: an assertion
    inside = {id(inner) for root in roots for inner in ast.walk(root)}
    return {number for number, node in enumerate(ast.walk(tree)) if id(node) in inside}


def _choices(node: ast.AST) -> int:
    """How many edits there are at a node."""
    match node:
        case ast.Compare(ops=ops):
            return sum(len(COMPARISONS[type(op)]) for op in ops)
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
            options = [(n, new) for n, op in enumerate(node.ops) for new in COMPARISONS[type(op)]]
            n, new = options[choice]
            node.ops[n] = new()
            return f"comparison {new.__name__}"
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
