"""A box's life (custody): its states, and the table of what may follow what.

Every change of a box is one move, written as one event; the state a ledger shows is the replay of
these moves. Sources: facts on the trade, sections 3 and 4 (sold drugs do not go back to the shelf,
split sale repeats its code, transfers between a chain's stores).
"""

from enum import StrEnum

from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.people.roles import Role


class BoxState(StrEnum):
    """Where a box is. A box the ledger has never heard of has no state at all."""

    ON_SHELF = "on_shelf"
    SOLD = "sold"
    OPENED = "opened"
    USED_UP = "used_up"
    RETURNED = "returned"
    REFUSED = "refused"
    TO_SUPPLIER = "to_supplier"
    TRANSFERRED_OUT = "transferred_out"
    DESTROYED = "destroyed"
    MISSING = "missing"
    BROKEN = "broken"


class Move(StrEnum):
    """What happens to a box. The value is the kind of event that tells it."""

    RECEIVE = EventKind.BOX_RECEIVED.value
    STOCK = EventKind.BOX_STOCKED.value
    REFUSE = EventKind.BOX_REFUSED.value
    SELL = EventKind.BOX_SOLD.value
    OPEN = EventKind.BOX_OPENED.value
    SELL_UNITS = EventKind.UNITS_SOLD.value
    USE_UP = EventKind.BOX_USED_UP.value
    RETURN = EventKind.BOX_RETURNED.value
    RESTORE = EventKind.BOX_RESTORED.value
    TO_SUPPLIER = EventKind.BOX_TO_SUPPLIER.value
    TRANSFER_OUT = EventKind.BOX_TRANSFERRED_OUT.value
    TRANSFER_IN = EventKind.BOX_TRANSFERRED_IN.value
    DESTROY = EventKind.BOX_DESTROYED.value
    MISS = EventKind.BOX_MISSING.value
    FIND = EventKind.BOX_FOUND.value
    BREAK = EventKind.PACK_BROKEN.value


_ANYONE = frozenset(Role)
_KEEPERS = frozenset({Role.PHARMACIST, Role.MANAGER, Role.INFORMATION})
_MANAGER = frozenset({Role.MANAGER})


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: from which states (None = unknown box), to which, by whom."""

    before: frozenset[BoxState | None]
    after: BoxState
    roles: frozenset[Role]


def _rule(after: BoxState, *before: BoxState | None, roles: frozenset[Role] = _ANYONE) -> Rule:
    return Rule(frozenset(before), after, roles)


_S = BoxState
# A box that left the store may come in again: a supplier sends it once more, a sister store sends
# it back. One that was sold, destroyed or used up never does.
_AWAY = (None, _S.TO_SUPPLIER, _S.TRANSFERRED_OUT, _S.REFUSED)
# Whole boxes in the store, wherever they are kept; one that nobody has received stands there too.
_STORED = (None, _S.ON_SHELF, _S.RETURNED, _S.REFUSED)
RULES: dict[Move, Rule] = {
    Move.RECEIVE: _rule(_S.ON_SHELF, *_AWAY),
    Move.STOCK: _rule(_S.ON_SHELF, None, roles=_KEEPERS),
    Move.REFUSE: _rule(_S.REFUSED, *_AWAY),
    Move.SELL: _rule(_S.SOLD, None, _S.ON_SHELF),
    Move.OPEN: _rule(_S.OPENED, None, _S.ON_SHELF),
    Move.SELL_UNITS: _rule(_S.OPENED, _S.OPENED),
    Move.USE_UP: _rule(_S.USED_UP, _S.OPENED),
    Move.RETURN: _rule(_S.RETURNED, _S.SOLD),
    Move.RESTORE: _rule(_S.ON_SHELF, _S.SOLD, roles=_MANAGER),
    Move.TO_SUPPLIER: _rule(_S.TO_SUPPLIER, *_STORED, roles=_KEEPERS),
    Move.TRANSFER_OUT: _rule(_S.TRANSFERRED_OUT, None, _S.ON_SHELF, roles=_KEEPERS),
    Move.TRANSFER_IN: _rule(_S.ON_SHELF, *_AWAY, roles=_KEEPERS),
    Move.DESTROY: _rule(_S.DESTROYED, *_STORED, _S.OPENED, roles=_KEEPERS),
    Move.MISS: _rule(_S.MISSING, _S.ON_SHELF, roles=_KEEPERS),
    Move.FIND: _rule(_S.ON_SHELF, None, _S.MISSING, roles=_KEEPERS),
    Move.BREAK: _rule(_S.BROKEN, None, _S.ON_SHELF),
}


def after(state: BoxState | None, move: Move) -> BoxState | None:
    """The state after a move; None when the move may not happen to a box in this state."""
    rule = RULES[move]
    return rule.after if state in rule.before else None


def may(role: str, move: Move) -> bool:
    """Whether an operator of this role may make the move."""
    return any(role == allowed.value for allowed in RULES[move].roles)


def replay(moves: "list[Move]") -> BoxState | None:
    """The state after a life's moves in their order. Raises `ValueError` at one that may not be."""
    state: BoxState | None = None
    for move in moves:
        then = after(state, move)
        if then is None:
            raise ValueError(f"{move.value} after {state.value if state else 'nothing'}")
        state = then
    return state
