"""``\\operatorname{erf} x``: a known function that is written as a word before what it acts on.

A word that stands beside a factor is otherwise a number, as ``loss`` is in ``\\lambda loss``.
"""

from __future__ import annotations

from derive.meaning.application import FUNCTIONS, SOFTMAX
from derive.meaning.names import Names
from derive.meaning.scope import Scope
from derive.meaning.trouble import OutOfReach
from derive.reader import syntax as s
from derive.reader.formulas.symbols import FUNCTIONS as READ
from derive.reader.formulas.symbols import word_set

__all__ = ["acts_on"]

_OTHERS = word_set(
    "arsinh arcosh artanh arcoth asin acos acot asinh acosh atanh cosec csch versin erfc erfi "
    "sinc elu selu mish hardtanh softsign lcm Ei Li li Si Ci"
)
_KNOWN = READ | _OTHERS | FUNCTIONS.keys() | SOFTMAX


def acts_on(
    factors: tuple[s.Syntax, ...], operators: tuple[str, ...], at: int, scope: Scope, names: Names
) -> s.Group | None:
    """What the word at this place acts on, in the brackets that it lacks; None for a number.

    Raises OutOfReach where it is a function of which only the name is known, and where it is not
    clear how far it reaches.
    """
    head = factors[at]
    word = head.base if isinstance(head, s.Scripts) else head
    if not isinstance(word, s.Name) or not word.word or word.text not in _KNOWN:
        return None
    if isinstance(head, s.Scripts) and (head.subscript is not None or head.primes):
        return None
    if at + 1 == len(factors) or operators[at] or isinstance(factors[at + 1], s.Group):
        return None
    if scope.defined(word.text) or word.text in names.functions:
        return None
    if word.text not in FUNCTIONS and word.text not in SOFTMAX:
        raise OutOfReach(f"the function {word.text}", head.span)
    if at + 2 < len(factors) and not operators[at + 1]:
        raise OutOfReach(f"how far {word.text} reaches is not clear", head.span)
    return s.Group(factors[at + 1].span, factors[at + 1], "()")
