"""Names in C and Python for what a document calls ``\\hat{y}``, ``dL/dz_i`` or ``\\alpha``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from derive.codegen.requests import OWN_FUNCTIONS, RESERVED
from derive.logic.terms import Application, Derivative, Function, Term, Variable

__all__ = ["Naming", "word"]

_ACCENT = re.compile(r"\\(hat|tilde|bar|vec|dot|check|breve|mathring|widehat|widetilde|overline)")


def word(name: str) -> str:
    """A name for both languages: ``\\hat{y}`` as y_hat, ``\\alpha`` as alpha, ``y^*`` as y_star."""
    accents = _ACCENT.findall(name)
    plain = _ACCENT.sub("", name).replace("*", "_star").replace("'", "_prime")
    plain = re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_")
    name = "_".join([plain, *accents]) if plain else "_".join(accents)
    if not name or not name[0].isalpha():
        name = f"x_{name}".rstrip("_")
    return name


def _of_quantity(quantity: Term) -> str:
    match quantity:
        case Variable(name, _) | Application(name, _, _, _):
            return word(name)
        case Derivative(Derivative() as inner, variable):
            return f"d{_of_quantity(inner)}_d{word(variable.name)}"
        case Derivative(body, variable):
            return f"d{_of_quantity(body)}_d{word(variable.name)}"
        case Function(name, (inner,)):
            return f"{word(name)}_{_of_quantity(inner)}"
    return "value"


@dataclass
class Naming:
    """Gives names, each once: a second one of the same name gets a number."""

    taken: set[str] = field(default_factory=set)

    def _once(self, stem: str, also: frozenset[str] = frozenset()) -> str:
        name, number = stem, 2
        while name in self.taken or name in RESERVED or name in also:
            name, number = f"{stem}_{number}", number + 1
        self.taken.add(name)
        return name

    def function(self, quantity: Term) -> str:
        """A name for the function that computes the quantity: y, dL_dz, log_y."""
        return self._once(_of_quantity(quantity), OWN_FUNCTIONS)

    def argument(self, name: str) -> str:
        """A name for an argument."""
        return self._once(word(name))

    def size(self, range_: str) -> str:
        """A name for the size of an index range."""
        return self._once(word(range_))
