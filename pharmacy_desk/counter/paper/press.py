"""The press: composes a receipt and hands it to the printer, after the sale is on the disk."""

from collections.abc import Callable, Mapping

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.events import Event, EventKind
from pharmacy_desk.core.paper.closing import compose_closing
from pharmacy_desk.core.paper.printer_page import TEST_NUMBER, printer_page
from pharmacy_desk.core.paper.receipt import Heading, Row, compose
from pharmacy_desk.core.ports.doors import Clock, Printer
from pharmacy_desk.core.ports.events import EventLedger
from pharmacy_desk.core.ports.sales import SalesLedger
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.sale.shift import Closing
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.counter import news
from pharmacy_desk.counter.paper.answers import PrintAnswer, PrintDid


def composed(
    sale: Sale, settings: Settings, mm: int, words: Mapping[str, str], *, reprint: bool
) -> tuple[Row, ...]:
    """A paid sale's receipt as this store prints it."""
    heading = Heading(
        store=settings.text("store.name"),
        operator=settings.text("operator.name")
        if sale.operator == settings.text("operator.id")
        else sale.operator,
        footer=settings.text("receipt.footer"),
        practice=settings.practice,
        reprint=reprint,
    )
    return compose(sale, heading, mm, words)


class Press:
    """Prints receipts on the printer lane. A failed print never touches the sale.

    `operator` names who works at the counter now; it is asked on the desk lane.
    """

    def __init__(
        self,
        *,
        sales: SalesLedger,
        events: EventLedger,
        printer: Printer,
        clock: Clock,
        settings: Callable[[], Settings],
        operator: Callable[[], str],
        words: Mapping[str, str],
        on_desk: Callable[[Callable[[], object]], object],
        post: Callable[[news.News], None],
    ) -> None:
        self._sales = sales
        self._events = events
        self._printer = printer
        self._clock = clock
        self._settings = settings
        self._operator = operator
        self._words = words
        self._on_desk = on_desk
        self._post = post

    def print(self, number: str) -> PrintAnswer:
        """Print the receipt of a paid sale; the second time it is marked 补打."""
        found: list[tuple[Sale | None, bool]] = []
        self._on_desk(
            lambda: found.append(
                (self._sales.load_sale(number), self._sales.printed_before(number))
            )
        )
        sale, reprint = found[0]
        if sale is None or sale.paid_at is None:
            return PrintAnswer(PrintDid.NOT_THERE, number)
        settings = self._settings()
        mm = settings.number("receipt.width_mm")
        rows = composed(sale, settings, mm, self._words, reprint=reprint)
        try:
            where = self._printer.print_receipt(number, rows, mm)
        except WorldError as error:
            self._note(EventKind.PRINT_FAILED, number, {"fault": error.fault.value})
            return self._failed(number, error)
        if where:
            self._note(EventKind.RECEIPT_PRINTED, number, {"mm": mm, "reprint": reprint})
        return self._left(number, where)

    def print_closing(self, closing: Closing) -> PrintAnswer:
        """Print a closed shift or day; a failed print is told and touches nothing."""
        settings = self._settings()
        mm = settings.number("receipt.width_mm")
        rows = compose_closing(closing, settings.text("store.name"), mm, self._words)
        try:
            where = self._printer.print_receipt(closing.number, rows, mm)
        except WorldError as error:
            return self._failed(closing.number, error)
        return self._left(closing.number, where)

    def _failed(self, number: str, error: WorldError) -> PrintAnswer:
        self._post(news.PrintFailed(number, error))
        return PrintAnswer(PrintDid.FAILED, number, error=error)

    def _left(self, number: str, where: str) -> PrintAnswer:
        """A paper left for the printer, where there is one."""
        if not where:
            return PrintAnswer(PrintDid.NO_PRINTER, number)
        self._post(news.Printed(number, where))
        return PrintAnswer(PrintDid.PRINTED, number, where)

    def print_test(self) -> str | WorldError:
        """Print a page to try the printer with; where it went, empty where there is none."""
        settings = self._settings()
        mm = settings.number("receipt.width_mm")
        rows = printer_page(settings.text("store.name"), mm, self._clock.now(), self._words)
        try:
            return self._printer.print_receipt(TEST_NUMBER, rows, mm)
        except WorldError as error:
            return error

    def _note(self, kind: EventKind, number: str, payload: dict[str, object]) -> None:
        at = self._clock.now()

        def job() -> None:  # who works here is known on the desk lane alone
            self._events.note(
                Event(
                    kind=kind,
                    at=at,
                    operator=self._operator(),
                    code=None,
                    document=number,
                    payload=payload,
                )
            )

        self._on_desk(job)
