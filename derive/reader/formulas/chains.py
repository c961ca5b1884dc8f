"""Lists, chains of relations, and words between pieces: the loosest part of the grammar.

From loose to tight: words between pieces, commas, relations, + and -, products, ``/``, scripts.
A comma binds looser than a relation, so ``i = 1, j = 2`` is two chains; pieces without a relation
join the chain they belong to: ``x, y \\in A``, ``i = 1, \\ldots, N``.
"""

from __future__ import annotations

from dataclasses import replace

from derive.reader.formulas.cursor import unexpected
from derive.reader.formulas.products import Products
from derive.reader.formulas.tokens import CannotRead
from derive.reader.formulas.words import is_identifier
from derive.reader.source import Span
from derive.reader.syntax import (
    Chain,
    Differentiation,
    Ellipsis,
    FunctionCall,
    Group,
    List,
    Name,
    Node,
    Operator,
    Product,
    RelationSign,
    Scripts,
    Sequence,
    Syntax,
    Text,
)


class Chains(Products):
    """Reads everything that is made of factors."""

    # ---------------------------------------------------------------- lists and words

    def expression(self) -> Syntax:
        """All up to a closing bracket or the limit: pieces with words between them."""
        start = self.position
        items: list[Syntax] = []
        while (token := self.peek()) is not None and not self._closes(token):
            if self.is_words(self.position) and not self._named_here(not items):
                items.append(self.words_between())
                continue
            before = self.position
            items.append(self.listed())
            if self.position == before:
                raise CannotRead(token.span, f"unexpected {token.raw or token.text}")
            following = self.peek()
            if following is None or self._closes(following):
                break
            if not self.is_words(self.position):
                break
        if not items:
            closing = self.peek()
            reason = "nothing stands here" if closing is None else unexpected(closing)
            raise CannotRead(self.here(), reason)
        return items[0] if len(items) == 1 else Sequence(self.span_from(start), tuple(items))

    def _named_here(self, first: bool) -> bool:
        """Whether words in the place of a factor are a name of several words."""
        return first and is_identifier(self.text_content(self.position).replace("\\_", "_"))

    def words_between(self) -> Text:
        start = self.position
        text = self.text_content(start)
        self.position = start + 1
        self.argument_bounds()
        return Text(self.span_from(start), text)

    def listed(self) -> Syntax:
        """Chains and expressions with commas between them."""
        start = self.position
        pieces = [self.chain()]
        while self.at(",", ";"):
            comma = self.take()
            token = self.peek()
            if token is None or self._closes(token):
                raise CannotRead(comma.span, "nothing follows the comma")
            if self.is_words(self.position) and not self._named_here(True):
                break
            pieces.append(self.chain())
        if len(pieces) == 1:
            return pieces[0]
        return gathered(pieces, self.span_from(start))

    # ---------------------------------------------------------------- relations

    def chain(self) -> Syntax:
        """``first r1 m1 r2 m2 ...``, or a sum where no relation follows."""
        start = self.position
        first = None if self.relation_ahead() else self.signed()
        rest: list[tuple[RelationSign, Syntax | None]] = []
        while (sign := self.relation()) is not None:
            token = self.peek()
            ended = token is None or self._closes(token) or token.text in (",", ";")
            member = None if ended or self.relation_ahead() else self.signed()
            rest.append((sign, member))
        if not rest:
            assert first is not None
            return first
        return Chain(self.span_from(start), first, _settled(first, rest))


def _settled(
    first: Syntax | None, rest: list[tuple[RelationSign, Syntax | None]]
) -> tuple[tuple[RelationSign, Syntax | None], ...]:
    """``w \\leftarrow w - g`` assigns to w; other arrows show what flows back through a graph."""
    arrows = [sign for sign, _ in rest if sign.text == "from"]
    assigned = len(arrows) == 1 and (first is None or _is_assignable(first))
    text = "assign" if assigned else "flow"
    return tuple(
        (replace(sign, text=text) if sign.text == "from" else sign, member) for sign, member in rest
    )


def _is_assignable(node: Syntax) -> bool:
    """A name, several of them, or a name applied: no product, sum or number."""
    match node:
        case Name() | Scripts() | FunctionCall() | Differentiation():
            return True
        case Group(_, body) | Operator(_, _, _, _, body):
            return isinstance(body, Node) and _is_assignable(body)
        case List(_, items):
            return all(map(_is_assignable, items))
        case Product(_, (Name() | Scripts(), Name() | Scripts() | Group()), ("",)):
            return True
    return False


def gathered(pieces: list[Syntax], span: Span) -> Syntax:
    """A list, in which pieces without a relation have joined the chain that they belong to."""
    nodes = [_joined(*clause) for clause in gather(pieces)]
    return nodes[0] if len(nodes) == 1 else List(span, tuple(nodes))


def gather(pieces: list[Syntax]) -> list[tuple[list[Syntax], list[Syntax]]]:
    """Clauses out of the pieces between commas: (pieces up to the chain, pieces after it).

    A piece without a relation belongs to the chain before it if dots lead there
    (``i = 1, \\ldots, N``) or no chain follows; else to the chain that follows.
    """
    clauses: list[tuple[list[Syntax], list[Syntax]]] = []
    waiting: list[Syntax] = []
    last_chain = max((n for n, piece in enumerate(pieces) if isinstance(piece, Chain)), default=-1)
    for number, piece in enumerate(pieces):
        if isinstance(piece, Chain):
            clauses.append(([*waiting, piece], []))
            waiting = []
        elif (
            clauses
            and not waiting
            and (number > last_chain or isinstance(piece, Ellipsis) or _dots_before(clauses[-1][1]))
        ):
            clauses[-1][1].append(piece)
        else:
            waiting.append(piece)
    if waiting:
        clauses.append((waiting, []))
    return clauses


def _dots_before(after: list[Syntax]) -> bool:
    return bool(after) and isinstance(after[-1], Ellipsis)


def _joined(before: list[Syntax], after: list[Syntax]) -> Syntax:
    """``a, b = c, d``: lists at both ends of the chain."""
    chain = before[-1]
    span = Span(before[0].span.start, (after or before)[-1].span.end)
    if not isinstance(chain, Chain):
        items = (*before, *after)
        return items[0] if len(items) == 1 else List(span, items)
    first, rest = chain.first, chain.rest
    if len(before) > 1 and first is not None:
        first_span = Span(before[0].span.start, first.span.end)
        first = List(first_span, (*before[:-1], first))
    if after and rest[-1][1] is not None:
        member = rest[-1][1]
        last = List(Span(member.span.start, after[-1].span.end), (member, *after))
        rest = (*rest[:-1], (rest[-1][0], last))
    return Chain(span, first, rest)
