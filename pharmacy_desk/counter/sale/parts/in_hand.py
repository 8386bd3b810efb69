"""The sale in hand: as the ledger has it, and what is known to this counter's memory. Desk lane."""

from collections.abc import Callable

from pharmacy_desk.core.ports.sales import SalesLedger
from pharmacy_desk.core.ports.settlement import SettlementLedger
from pharmacy_desk.core.sale.sale import Line, Sale
from pharmacy_desk.counter.people.at_counter import AtCounter


class InHand:
    """Holds the open sale; what is done with it is the matter of the parts around it.

    A scanned box is added in memory as it was in the ledger (`Sale.with_box`); after every other
    step the sale is read back, and `dressed` adds what only this counter's memory knows.
    """

    def __init__(
        self,
        *,
        sales: SalesLedger,
        settlements: SettlementLedger,
        who: AtCounter,
        dressed: Callable[[Sale | None], Sale | None],
    ) -> None:
        self._sales = sales
        self._settlements = settlements
        self._who = who
        self._dressed = dressed
        self.sale = sales.current_sale()
        # The line a person has put the keyboard on; it is known to this counter's memory only.
        self.chosen: int | None = None
        self.learn_settlements()

    def open(self) -> Sale:
        """The open sale, opened if there is none."""
        if self.sale is None:
            self.sale = self._sales.open_sale(self._who.actor())
        return self.sale

    def refresh(self) -> Sale | None:
        """Read the open sale back from the ledger; the line a person has chosen stays so."""
        before, self.sale = self.sale, self._dressed(self._sales.current_sale())
        self.learn_settlements()
        same = before and self.sale and before.number == self.sale.number
        self.choose(self.chosen if same else None)
        return self.sale

    def learn_settlements(self) -> None:
        """What was asked of the insurance and is not known yet: of the open sale, of held ones."""
        undecided = self._settlements.undecided_settlements()
        number = self.sale.number if self.sale else None
        self.settling = next((asked for asked in undecided if asked.sale == number), None)
        self.aside = tuple(asked for asked in undecided if asked.sale != number)

    def line(self, number: int) -> Line | None:
        """A line of the open sale."""
        lines = self.sale.lines if self.sale else ()
        return next((line for line in lines if line.number == number), None)

    def choose(self, line: int | None) -> None:
        """Say which line a person has the keyboard on; None for the usual one."""
        self.chosen = line if line is not None and self.line(line) else None

    def next_line(self, item: str, *, split: bool) -> int | None:
        """The number of the line that the next box of this drug goes to; None opens one."""
        sale = self.sale
        there = sale.line_for(item, split=split, chosen=self.chosen) if sale else None
        return there.number if there else None

    def box_in(self, sale: Sale, line: int | None) -> None:
        """A box is in, the sale is now this one; a box of another line ends the choice of one."""
        self.sale = sale
        self.choose(self.chosen if line == self.chosen else None)
