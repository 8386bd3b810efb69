"""What became of a wish about stock: documents, recalls, the no-code library.

Each answer comes by the future of its wish. Where a second person is asked for, it says so, and
`later` has the answer for when that person has said yes, or has not.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import field
from enum import StrEnum

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.stock.movement import MovementKind, WhyNot
from pharmacy_desk.core.stock.no_code import Bar, Flaw


class MoveDid(StrEnum):
    """What a wish for documents of one kind did; the values are the report's."""

    POSTED = "posted"
    PARTLY_POSTED = "partly_posted"
    NOTHING_MOVED = "nothing_moved"
    NOTHING_TO_MOVE = "nothing_to_move"
    APPROVAL_AWAITED = "approval_awaited"
    NOT_APPROVED = "not_approved"
    BROKEN_OFF = "broken_off"


@dataclass(frozen=True, slots=True)
class NotMoved:
    """A box that did not make a document's move, or a row of its file that could not be read.

    `why` is a word of `WhyNot`, or of what is wrong with the row.
    """

    code: str | None
    item: str
    why: str


@dataclass(frozen=True, slots=True)
class MoveAnswer:
    """The documents that were posted, in their order, the boxes they moved, and what stayed.

    `error` is what has broken it off; documents before it stand.
    """

    what: MoveDid
    kind: MovementKind
    documents: tuple[str, ...] = ()
    boxes: int = 0
    stayed: tuple[NotMoved, ...] = ()
    error: WorldError | None = None
    later: "Future[MoveAnswer] | None" = field(default=None, compare=False, repr=False)

    @property
    def number(self) -> str | None:
        """The first document, None where nothing was posted."""
        return self.documents[0] if self.documents else None

    @property
    def why(self) -> str:
        """The first reason why something stayed behind; empty when nothing did."""
        return self.stayed[0].why if self.stayed else ""


def moved(
    kind: MovementKind,
    documents: tuple[str, ...],
    boxes: int,
    stayed: tuple[NotMoved, ...],
    error: WorldError | None = None,
) -> MoveAnswer:
    """The answer that these figures make."""
    if error is not None:
        what = MoveDid.BROKEN_OFF
    elif documents:
        what = MoveDid.PARTLY_POSTED if stayed else MoveDid.POSTED
    else:
        what = MoveDid.NOTHING_MOVED if stayed else MoveDid.NOTHING_TO_MOVE
    return MoveAnswer(
        what=what, kind=kind, documents=documents, boxes=boxes, stayed=stayed, error=error
    )


def not_approved(kind: MovementKind) -> MoveAnswer:
    """Nothing was moved, and nothing is lost: what was scanned is still in hand."""
    stayed = (NotMoved(None, "", WhyNot.NOT_APPROVED.value),)
    return MoveAnswer(MoveDid.NOT_APPROVED, kind, stayed=stayed)


def when_decided(
    answer: MoveAnswer,
    then: Callable[[MoveAnswer], None],
    failed: Callable[[], None] = lambda: None,
) -> None:
    """Hand `then` the answer now, or where a second person is awaited what comes of that.

    `failed` hears that nothing came of it because the world failed; its trouble is told elsewhere.
    """

    def came(later: Future[MoveAnswer]) -> None:
        if later.exception() is None:
            then(later.result())
        else:
            failed()

    if answer.later:
        answer.later.add_done_callback(came)
    else:
        then(answer)


class RecallDid(StrEnum):
    """What a wish about a recall (召回) did."""

    RECALLED = "recalled"
    ENDED = "ended"
    NOT_IN_FORCE = "not_in_force"
    APPROVAL_AWAITED = "approval_awaited"
    NOT_APPROVED = "not_approved"


@dataclass(frozen=True, slots=True)
class RecallAnswer:
    """A recall by its number; `value` is what a new one names."""

    what: RecallDid
    number: str
    value: str = ""
    later: "Future[RecallAnswer] | None" = field(default=None, compare=False, repr=False)

    @property
    def refused(self) -> bool:
        """True when nothing was done, and nothing will be."""
        return self.what in (RecallDid.NOT_IN_FORCE, RecallDid.NOT_APPROVED)


class NoCodeDid(StrEnum):
    """What a wish to the no-code library (无码库) did."""

    KEPT = "kept"
    APPROVED = "approved"
    CLOSED = "closed"
    TAKEN = "taken"
    FLAWED = "flawed"
    BARRED = "barred"
    APPROVAL_AWAITED = "approval_awaited"
    NOT_APPROVED = "not_approved"


@dataclass(frozen=True, slots=True)
class NoCodeAnswer:
    """An entry by its number; `flaw` tells what is wrong with it, `bar` why it does nothing.

    When a box was taken, `left` are left of the `lot`, and its line lacks so many more.
    """

    what: NoCodeDid
    number: str = ""
    flaw: Flaw | None = None
    bar: Bar | None = None
    lot: str = ""
    left: int = 0
    lacking: int = 0
    later: "Future[NoCodeAnswer] | None" = field(default=None, compare=False, repr=False)
