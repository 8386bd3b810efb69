"""Post a receiving: its documents one after another, and what became of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pharmacy_desk.core.errors import WorldError
from pharmacy_desk.core.movement import MovementKind
from pharmacy_desk.core.receiving import AcceptanceLine, Receiving
from pharmacy_desk.counter import news
from pharmacy_desk.counter.movements import Wanted
from pharmacy_desk.counter.storekeeper import Order
from pharmacy_desk.gui import fault_texts, stock_texts, theme
from pharmacy_desk.gui.desk_view import DeskView
from pharmacy_desk.gui.said import Said, translate
from pharmacy_desk.gui.screens import stock_receiving_notes as notes


@dataclass(frozen=True, slots=True)
class _Flying:
    """One document on its way: its kind and the codes it names."""

    kind: MovementKind
    codes: frozenset[str]


class Posting:
    """`posted(sent, stayed, said)` is called once all documents are answered.

    `sent` are the codes that were named, `stayed` maps those that did not move (and rows without
    a code) to a sentence. `failed` is called when the world failed in between.
    """

    def __init__(
        self,
        desk: DeskView,
        posted: Callable[[frozenset[str], dict[str, str], Said], None],
        failed: Callable[[Said], None],
    ) -> None:
        self._desk = desk
        self._posted = posted
        self._failed = failed
        self._flying: list[_Flying] = []
        self._sent: frozenset[str] = frozenset()
        self._stayed: dict[str, str] = {}
        self._moved = self._back = 0
        self._warned = False
        self._documents: list[str] = []
        self.documents: tuple[str, ...] = ()

    def forget_warning(self) -> None:
        """Something changed: differences are told again before they are posted."""
        self._warned = False

    def post(self, receiving: Receiving, celsius: str, arrived: str) -> tuple[Said, str]:
        """Post it, or say what is lacking and in which field."""
        if self._flying:
            return notes.posting(len(self._sent)), ""
        orders = self._orders(receiving, celsius, arrived)
        if not any(order.wanted for order in orders):
            return notes.nothing_scanned(), ""
        lacking = _lacking(receiving, celsius, arrived)
        if lacking:
            return notes.lacking(lacking), lacking
        warning = _differs(receiving)
        if warning and not self._warned:
            self._warned = True
            return warning, ""
        self._warned = False
        return self._send([order for order in orders if order.wanted]), ""

    def _send(self, orders: list[Order]) -> Said:
        self._stayed, self._documents = {}, []
        self._moved = self._back = 0
        self._flying = [
            _Flying(order.kind, frozenset(one.code for one in order.wanted if one.code))
            for order in orders
        ]
        self._sent = frozenset().union(*(one.codes for one in self._flying))
        for order in orders:
            self._desk.stock.keeper.move(order)
        return notes.posting(sum(len(order.wanted) for order in orders))

    def _orders(self, receiving: Receiving, celsius: str, arrived: str) -> list[Order]:
        at = _moment(arrived, self._desk.now()) if receiving.cold else None

        def order(kind: MovementKind, reason: str = "") -> Order:
            wanted = tuple(
                Wanted(part.code, part.item.code, part.batch, part.quantity, part.price_fen)
                for part in receiving.parts(reason)
            )
            cold = celsius if receiving.cold else ""
            return Order(kind, wanted, receiving.supplier, receiving.reference, reason, at, cold)

        refusals = [order(MovementKind.REFUSAL, reason) for reason in receiving.refusals()]
        return [order(MovementKind.DELIVERY), *refusals]

    def hear(self, message: news.News) -> None:
        """Documents answer in the order in which they were sent."""
        if not self._flying:
            return
        if isinstance(message, news.Trouble):
            self._flying = []
            word = translate("Stock", "Not posted")
            self._failed(Said(theme.NO, word, *fault_texts.fault(message.error)))
        elif isinstance(message, news.Moved) and message.kind is self._flying[0].kind:
            self._answered(message)

    def _answered(self, heard: news.Moved) -> None:
        self._flying.pop(0)
        if heard.number:
            self._documents.append(heard.number)
        if heard.kind is MovementKind.REFUSAL:
            self._back += heard.boxes
        else:
            self._moved += heard.boxes
        for one in heard.refused:
            self._stayed[one.code or one.item] = stock_texts.why_not(one.why)
        if not self._flying:
            self._finish()

    def _finish(self) -> None:
        if self._documents:
            self.documents = tuple(self._documents)
            said = notes.posted(self._documents, self._moved, self._back, len(self._stayed))
        else:
            said = notes.not_posted(len(self._stayed))
        self._posted(self._sent, self._stayed, said)

    def export(self, path: Path, say: Callable[[Said], None]) -> None:
        """Write the acceptance record of the last posting."""
        export_record(self._desk, self.documents, path, say)


def export_record(
    desk: DeskView, documents: tuple[str, ...], path: Path, say: Callable[[Said], None]
) -> None:
    """Write the acceptance record of these documents, XLSX or CSV by the file's name."""
    if path.suffix.lower() not in (".xlsx", ".csv"):
        path = path.with_name(path.name + ".xlsx")

    def write(lines: list[AcceptanceLine]) -> None:
        def done(answer: object) -> None:
            if isinstance(answer, WorldError):
                word = translate("Stock", "Not saved")
                say(Said(theme.NO, word, *fault_texts.fault(answer)))
            else:
                say(notes.exported(path.name, len(lines)))

        desk.stock.save_records(path, lines, done)

    desk.asker.ask(lambda reader: reader.acceptance(documents), write)


def _lacking(receiving: Receiving, celsius: str, arrived: str) -> str:
    if not receiving.supplier:
        return "supplier"
    if not receiving.cold:
        return ""
    try:
        float(celsius)
    except ValueError:
        return "celsius"
    return "" if _moment(arrived, None) else "arrived"


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
