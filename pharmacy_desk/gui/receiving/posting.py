"""Post a receiving: its documents one after another, and what became of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite

from pharmacy_desk.core.stock.drafts import Unfinished
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.core.stock.receiving import Receiving
from pharmacy_desk.counter.stock.movements import Wanted
from pharmacy_desk.counter.stock.storekeeper import Order, Received
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.receiving import notes
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import stock as stock_words

# Refrigerated goods arrive at 2 to 8 degrees C (GSP, annex on cold storage and transport).
_COLDEST, _WARMEST = 2.0, 8.0


@dataclass(slots=True)
class Posted:
    """What became of a receiving: the codes each answered document named, by its kind.

    `stayed` maps the codes that did not move (and items of packs without a code) to a sentence;
    `ended` tells that its draft is gone.
    """

    documents: list[tuple[MovementKind, frozenset[str]]] = field(default_factory=list)
    stayed: dict[str, str] = field(default_factory=dict)
    ended: bool = False

    @property
    def sent(self) -> frozenset[str]:
        """Every code that was named."""
        return frozenset().union(*(codes for _, codes in self.documents))


class Posting:
    """`posted` is called once all documents are answered, `failed` when the world failed before.

    Both hear what the answered documents have done, and the sentence to show.
    """

    def __init__(
        self,
        desk: DeskView,
        posted: Callable[[Posted, Said], None],
        failed: Callable[[Posted, Said], None],
    ) -> None:
        self._desk = desk
        self._posted = posted
        self._failed = failed
        self._orders: tuple[Order, ...] = ()
        self._told: list[Said] = []  # warnings that were shown since anything changed
        self.documents: tuple[str, ...] = ()

    @property
    def flying(self) -> bool:
        """True while documents are on their way."""
        return bool(self._orders)

    def forget_warning(self) -> None:
        """Something changed: differences are told again before they are posted."""
        self._told.clear()

    def post(self, unfinished: Unfinished, number: str) -> tuple[Said, str]:
        """Post it, or say what is lacking and in which field; `number` is its draft's."""
        if self._orders:
            return notes.posting(sum(len(order.wanted) for order in self._orders)), ""
        receiving = unfinished.receiving
        orders = [order for order in _orders(self._desk, unfinished) if order.wanted]
        if not orders:
            return notes.nothing_scanned(), ""
        lacking = _lacking(unfinished)
        if lacking:
            return notes.lacking(lacking), lacking
        for warning in (_warm(unfinished), _differs(receiving)):
            if warning and warning not in self._told:
                self._told.append(warning)
                return warning, ""
        self._told.clear()
        self._orders = tuple(orders)
        self._desk.stock.files.receive(orders, unfinished, number, self._answered)
        return notes.posting(sum(len(order.wanted) for order in orders)), ""

    def _answered(self, answer: object) -> None:
        orders, self._orders = self._orders, ()
        if not isinstance(answer, Received):
            return
        done = Posted(ended=answer.ended)
        for order, heard in zip(orders, answer.moved, strict=False):
            codes = frozenset(one.code for one in order.wanted if one.code)
            done.documents.append((order.kind, codes))
            for one in heard.refused:
                done.stayed[one.code or one.item] = stock_words.why_not(one.why)
        numbers = tuple(heard.number for heard in answer.moved if heard.number)
        self.documents = numbers or self.documents
        if answer.error:
            word = translate("Stock", "Not posted")
            self._failed(done, Said(theme.NO, word, *faults_words.fault(answer.error)))
        elif numbers:
            back = sum(h.boxes for h in answer.moved if h.kind is MovementKind.REFUSAL)
            moved = sum(h.boxes for h in answer.moved) - back
            self._posted(done, notes.posted(numbers, moved, back, len(done.stayed)))
        else:
            self._posted(done, notes.not_posted(len(done.stayed)))


def _orders(desk: DeskView, unfinished: Unfinished) -> list[Order]:
    """The delivery, and one refusal for each reason."""
    receiving = unfinished.receiving
    at = _moment(unfinished.arrived, desk.now()) if receiving.cold else None
    cold = unfinished.celsius if receiving.cold else ""

    def order(kind: MovementKind, reason: str = "") -> Order:
        wanted = tuple(
            Wanted(part.code, part.item.code, part.batch, part.quantity, part.price_fen)
            for part in receiving.parts(reason)
        )
        return Order(kind, wanted, receiving.supplier, receiving.reference, reason, at, cold)

    refusals = [order(MovementKind.REFUSAL, reason) for reason in receiving.refusals()]
    return [order(MovementKind.DELIVERY), *refusals]


def _lacking(unfinished: Unfinished) -> str:
    if not unfinished.receiving.supplier:
        return "supplier"
    if not unfinished.receiving.cold:
        return ""
    if _celsius(unfinished) is None:
        return "celsius"
    return "" if _moment(unfinished.arrived, None) else "arrived"


def _celsius(unfinished: Unfinished) -> float | None:
    """How warm cold goods came, degrees C; None when that is no number."""
    try:
        found = float(unfinished.celsius)
    except ValueError:
        return None
    return found if isfinite(found) else None


def _warm(unfinished: Unfinished) -> Said | None:
    found = _celsius(unfinished) if unfinished.receiving.cold else None
    if found is None or _COLDEST <= found <= _WARMEST:
        return None
    return notes.not_cold(unfinished.celsius)


def _moment(text: str, now: datetime | None) -> datetime | None:
    """A time as `2026-01-31 09:30`, in the time zone of now; None when it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=now.tzinfo) if now else found


def _differs(receiving: Receiving) -> Said | None:
    if not receiving.listed:
        return None
    tallies = receiving.tallies()
    unknown = sum(row.item is None for row in receiving.rows)
    missing, extra = sum(t.missing for t in tallies), sum(t.extra for t in tallies)
    return notes.differs(missing, extra, unknown) if missing or extra or unknown else None
