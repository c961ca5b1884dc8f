"""Brackets behind what is made of functions: ``f^2(x)``, ``\\frac{dg}{dx}(x)``, ``(u + v)(x)``.

They hold what the function is applied to, and no factor.
"""

from __future__ import annotations

from dataclasses import replace

from derive.logic.terms import names
from derive.meaning.application import Applying
from derive.meaning.names import as_function, base_name, flatten, reference
from derive.meaning.notation import readable
from derive.meaning.spelling import spelling, walk
from derive.meaning.trouble import OutOfReach
from derive.meaning.vectors import Value
from derive.reader import syntax as s

__all__ = ["Operating"]


class Operating(Applying):
    """Elaborates powers, slopes and sums of functions, with what they are applied to."""

    def _operated(self, head: s.Syntax, behind: s.Syntax) -> Value | None:
        """The value of ``head`` at what the brackets hold; None where they hold a factor."""
        if not isinstance(behind, s.Group) or behind.delimiters not in ("()", "[]"):
            return None
        match head:
            case s.Scripts():
                return self._of_power(head, behind)
            case s.Differentiation(_, body) if body is not None:
                return self._of_slope(head, body, behind)
            case s.Group(_, body, "()" | "[]") if _is_single(behind.body):
                if any(map(self._is_function, _bare_names(body))):
                    made = f"{readable(spelling(body))} is made of functions"
                    raise OutOfReach(f"{made}, and stands before what it is applied to", head.span)
        return None

    def _of_power(self, head: s.Scripts, behind: s.Group) -> Value | None:
        """``f^2(x)`` as the square of f(x); ``f^{-1}(x)`` may be the inverse of f."""
        flat, found = flatten(head), reference(head, self.names)
        if flat is None or found is None or flat[3] or found.power is None or found.transposed:
            return None
        plain = head.base if head.subscript is None else replace(head, superscript=None)
        if head.superscript is None or flatten(plain) is None:
            return None
        key = base_name(flat[0]) + ("_" if flat[1] else "")
        applied, single = key in self.names.functions, _is_single(behind.body)
        of_numbers = applied and single and not flat[0].text.isupper()  # no matrix G(x)
        if not (of_numbers or self._is_function(plain)):
            return None
        if not single and key in self.names.bare:
            return None  # the variance sigma^2 (x - m) beside the function sigma
        name, power = readable(spelling(plain)), found.power
        if not (isinstance(power, s.Numeral) and power.text.isdigit() and power.text != "0"):
            other = "its inverse" if isinstance(power, s.Signed) else f"{name} applied repeatedly"
            said = f"a power of {name} before what it is applied to, which may be {other}"
            raise OutOfReach(said, head.span)
        self.doubts.append(f"{readable(spelling(head))} may be {name} applied repeatedly")
        return self._with_power(self._application(plain, behind), power, False)

    def _of_slope(self, head: s.Differentiation, body: s.Syntax, behind: s.Group) -> Value | None:
        """``\\frac{\\partial f}{\\partial x}(x)`` is the slope of f; elsewhere it is no factor."""
        found = reference(body, self.names) if isinstance(body, s.Name | s.Scripts) else None
        if found is None:
            return None
        entry = self.scope.entry(as_function(found, self.names).name)
        given = behind.body.items if isinstance(behind.body, s.List) else (behind.body,)
        variables = tuple(map(spelling, head.variables))
        written = tuple(map(self._plain, given))
        if entry is None or not entry.formals:
            made_of = names(entry.value.term) if entry is not None else frozenset[str]()
            if not _is_single(behind.body) or isinstance(behind.body, s.List):
                return None
            if isinstance(behind.body, s.Numeral):
                raise OutOfReach("a slope at a certain value", behind.span)
            return self.value(head) if {*written} <= {*variables, *made_of} else None
        if written == entry.formals:
            return self.value(head)
        function = readable(found.name)
        raise OutOfReach(f"the slope of {function} at something else", behind.span)

    def _is_function(self, node: s.Syntax) -> bool:
        """Whether the name is one of a function that the document defines, or only applies."""
        found = reference(node, self.names)
        if found is None:
            return False
        entry = self.scope.entry(as_function(found, self.names).name)
        if entry is not None:
            return bool(entry.formals)
        flat = flatten(node)
        key = base_name(flat[0]) + ("_" if flat[1] else "") if flat is not None else ""
        return key in self.names.functions and key not in self.names.bare


def _is_single(body: s.Syntax) -> bool:
    """What nobody puts in brackets as a factor: a name, a list, ``f(x)``."""
    match body:
        case s.Product(_, (s.Name() | s.Scripts(), s.Group(delimiters="()")), ("",)):
            return True
    return isinstance(body, s.Name | s.Scripts | s.Numeral | s.List)


def _bare_names(body: s.Syntax) -> tuple[s.Syntax, ...]:
    """The names in a sum or product that no brackets follow."""
    match body:
        case s.Name() | s.Scripts():
            return (body,)
        case s.Signed(_, terms):
            return tuple(name for _, term in terms for name in _bare_names(term))
        case s.Product(_, factors) if not any(isinstance(n, s.Group) for n in walk(body)):
            return tuple(name for factor in factors for name in _bare_names(factor))
    return ()
