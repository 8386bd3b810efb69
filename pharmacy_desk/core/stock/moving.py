"""Moves (出入库) box by box: which boxes may stand in a document, and what it lacks."""

from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.stock.custody import BoxState, after
from pharmacy_desk.core.stock.facts import ClaimState
from pharmacy_desk.core.stock.movement import MOVES, MovementKind, WhyNot
from pharmacy_desk.core.stock.receiving import SeenBox

# The documents a person makes by scanning, in the order they are offered.
KINDS = (
    MovementKind.TRANSFER_OUT,
    MovementKind.TRANSFER_IN,
    MovementKind.TO_SUPPLIER,
    MovementKind.DESTRUCTION,
    MovementKind.LOSS,
)
WITH_PARTY = frozenset(
    {MovementKind.TRANSFER_OUT, MovementKind.TRANSFER_IN, MovementKind.TO_SUPPLIER}
)
_WITH_REASON = frozenset({MovementKind.TO_SUPPLIER, MovementKind.DESTRUCTION, MovementKind.LOSS})


class MoveLack(StrEnum):
    """What a document needs before it can be posted."""

    BOXES = "boxes"
    PARTY = "party"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class MovedBox:
    """One box of the document, as the ledger had it when it was scanned."""

    code: str
    drug: str
    lot: str
    state: BoxState | None


@dataclass(frozen=True, slots=True)
class Moving:
    """A document being made: what it does, and its boxes in the order of their scans."""

    kind: MovementKind = KINDS[0]
    boxes: tuple[MovedBox, ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its boxes."""
        return frozenset(box.code for box in self.boxes)

    def without(self, codes: frozenset[str]) -> tuple[MovedBox, ...]:
        """Its boxes but these."""
        return tuple(box for box in self.boxes if box.code not in codes)


NOTHING = Moving()


def why_not(moving: Moving, seen: SeenBox) -> WhyNot | None:
    """Why a scanned thing cannot stand in this document; None when it can."""
    if not seen.reading.is_trace or (seen.outer and not seen.inner):
        return WhyNot.NO_CODE
    if seen.item is None:
        return WhyNot.UNKNOWN_DRUG
    if seen.code in moving.codes:
        return WhyNot.TWICE
    if seen.earlier and seen.earlier.state is ClaimState.LIVE:
        return WhyNot.IN_SALE
    if after(seen.state, MOVES[moving.kind]):
        return None
    if seen.state in (BoxState.SOLD, BoxState.OPENED, BoxState.USED_UP):
        return WhyNot.SOLD
    return WhyNot.ALREADY_HERE if seen.state is BoxState.ON_SHELF else WhyNot.AWAY


def lacking(moving: Moving, party: str, reason: str) -> tuple[MoveLack, ...]:
    """Everything that lacks, what a person sees to first before the rest."""
    found = []
    if not moving.boxes:
        found.append(MoveLack.BOXES)
    if moving.kind in WITH_PARTY and not party:
        found.append(MoveLack.PARTY)
    if moving.kind in _WITH_REASON and not reason:
        found.append(MoveLack.REASON)
    return tuple(found)
