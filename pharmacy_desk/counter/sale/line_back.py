"""A line that was taken out of the sale comes back as one step. Runs on the desk lane.

What was taken out is known to this counter's memory only: after a restart Backspace takes the last
box back, as it does without a removed line. The ledger's chain tells the removal, and each box's
reservation after it.
"""

from dataclasses import dataclass

from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.sale import Line
from pharmacy_desk.counter.sale.desk import Desk
from pharmacy_desk.counter.sale.open_sale import OpenSale

# Nobody remembers more steps than a hand has fingers; those of sales long over fall out.
_MOST = 10


@dataclass(slots=True)
class _Removed:
    """A line as it was, and the newest entry of its sale when it was taken out."""

    sale: str
    last_entry: int
    line: Line


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and the verdicts of its boxes that did not."""

    line: Line
    out: tuple[Verdict, ...]


class LineBack:
    """Takes lines out and brings them back, the one taken out last first."""

    def __init__(self, open_sale: OpenSale, desk: Desk) -> None:
        self._open_sale = open_sale
        self._desk = desk
        self._removed: list[_Removed] = []

    def remove(self, number: int) -> None:
        """Take a line out."""
        sale, line = self._open_sale.sale, self._open_sale.line(number)
        self._open_sale.remove_line(number)
        if sale and line:
            self._removed.append(_Removed(sale.number, sale.last_entry, line))
            del self._removed[:-_MOST]

    def next(self) -> bool:
        """True when the last step of the open sale was to take a line out."""
        return self._waiting() is not None

    def restore(self) -> Restored | None:
        """Bring back the line that was taken out last; None when something came after it.

        Each box is judged and reserved like a scan: what another has by now stays out.
        """
        removed = self._waiting()
        if removed is None:
            return None
        self._removed.remove(removed)
        line, out = removed.line, []
        for box in line.boxes:
            verdict = self._desk.take_again(box)
            if verdict.accepted:
                self._to_its_side(line, box.code)
            else:
                out.append(verdict)
        if line.asked > len(out):
            self._open_sale.ask_again(line.item, line.asked - len(out))
            if line.gift:
                self._open_sale.turn_gift(None)
        self._at_its_price(line)
        for earlier in self._removed:  # what has just come back stands before them
            if earlier.sale == removed.sale and self._open_sale.sale:
                earlier.last_entry = self._open_sale.sale.last_entry
        return Restored(line, tuple(out))

    def _waiting(self) -> _Removed | None:
        number = self._open_sale.sale.number if self._open_sale.sale else ""
        last = next((one for one in reversed(self._removed) if one.sale == number), None)
        return last if last and self._open_sale.newest_entry() <= last.last_entry else None

    def _at_its_price(self, line: Line) -> None:
        """A price that was changed comes back with its line, and is told anew."""
        sale = self._open_sale.sale
        there = sale.line_of(line.item.code, split=line.split) if sale else None
        if line.repriced and there and there.list_fen == line.list_fen:
            self._open_sale.reprice(there, line.price_fen, line.repriced.reason)

    def _to_its_side(self, line: Line, code: str) -> None:
        """A box of a gift line is a gift again, not sold."""
        lines = self._open_sale.sale.lines if self._open_sale.sale else ()
        there = next((ln for ln in lines if code in (box.code for box in ln.boxes)), None)
        if there and there.gift != line.gift:
            self._open_sale.turn_gift(None)
