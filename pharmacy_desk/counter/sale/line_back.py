"""What was done to a whole line is undone as one step: one taken out, one whose price was changed.

Runs on the desk lane. The steps are known to this counter's memory only: after a restart Backspace
takes the last box back, as it does without them. The ledger's chain tells the removal, each box's
reservation after it, and every price.
"""

from typing import TypeAlias

from pharmacy_desk.core.basics.values import dataclass
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


@dataclass(slots=True)
class Repriced:
    """A line as it was before its price was changed, and the newest entry of its sale then."""

    sale: str
    last_entry: int
    line: Line


_Step: TypeAlias = _Removed | Repriced


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and the verdicts of its boxes that did not."""

    line: Line
    out: tuple[Verdict, ...]


class LineBack:
    """Takes lines out and keeps what was done to lines, the last step first."""

    def __init__(self, open_sale: OpenSale, desk: Desk) -> None:
        self._open_sale = open_sale
        self._desk = desk
        self._steps: list[_Step] = []

    def remove(self, number: int) -> None:
        """Take a line out."""
        sale, line = self._open_sale.sale, self._open_sale.line(number)
        self._open_sale.lines.remove_line(number)
        if sale and line:
            self._keep(_Removed(sale.number, sale.last_entry, line))

    def repriced(self, before: Line) -> None:
        """Another price was put on a line; `before` is how it stood."""
        sale = self._open_sale.sale
        if sale:
            self._keep(Repriced(sale.number, sale.last_entry, before))

    def next(self) -> bool:
        """True when the last step of the open sale was to take a line out."""
        return isinstance(self._waiting(), _Removed)

    def last_price(self) -> Repriced | None:
        """The change of a price, when that was the last step of the open sale."""
        step = self._waiting()
        return step if isinstance(step, Repriced) else None

    def forget(self, step: Repriced) -> None:
        """The price is what it was."""
        self._steps.remove(step)

    def restore(self) -> Restored | None:
        """Bring back the line that was taken out last; None when something came after it.

        Each box is judged and reserved like a scan: what another has by now stays out.
        """
        removed = self._waiting()
        if not isinstance(removed, _Removed):
            return None
        self._steps.remove(removed)
        line, out = removed.line, []
        for box in line.boxes:
            verdict = self._desk.take_again(box)
            if verdict.accepted:
                self._to_its_side(line, box.code)
            else:
                out.append(verdict)
        if line.asked > len(out):
            self._open_sale.lines.ask_again(line.item, line.asked - len(out))
            if line.gift:
                self._open_sale.lines.turn_gift(None)
        self._from_the_library(line)
        self._at_its_price(line)
        for earlier in self._steps:  # what has just come back stands before them
            if earlier.sale == removed.sale and self._open_sale.sale:
                earlier.last_entry = self._open_sale.sale.last_entry
        return Restored(line, tuple(out))

    def _keep(self, step: _Step) -> None:
        self._steps.append(step)
        del self._steps[:-_MOST]

    def _waiting(self) -> _Step | None:
        """The last step of the open sale that nothing came after.

        Another price of a line that has gone since is no step any more: the line took it along.
        """
        number = self._open_sale.sale.number if self._open_sale.sale else ""
        mine = (one for one in reversed(self._steps) if one.sale == number)
        last = next((one for one in mine if isinstance(one, _Removed) or self.there(one)), None)
        return last if last and self._open_sale.lines.newest_entry() <= last.last_entry else None

    def there(self, step: Repriced) -> Line | None:
        """The line of a changed price; one that came back has another number."""
        sale, line = self._open_sale.sale, step.line
        found = sale.line_of(line.item.code, split=line.split) if sale else None
        changed = found and (found.price_fen, found.list_fen) != (line.price_fen, line.list_fen)
        return found if changed else None

    def _from_the_library(self, line: Line) -> None:
        """Boxes without a code stand on their entries again; one whose entry gives none lacks."""
        sale = self._open_sale.sale
        there = sale.line_of(line.item.code) if sale else None
        if there and not line.gift:
            for box in line.no_code:
                self._open_sale.boxes.take_no_code(there.number, box.number)

    def _at_its_price(self, line: Line) -> None:
        """A price that was changed comes back with its line, and is told anew."""
        sale = self._open_sale.sale
        there = sale.line_of(line.item.code, split=line.split) if sale else None
        if line.repriced and there and there.list_fen == line.list_fen:
            self._open_sale.lines.reprice(there, line.price_fen, line.repriced.reason)

    def _to_its_side(self, line: Line, code: str) -> None:
        """A box of a gift line is a gift again, not sold."""
        lines = self._open_sale.sale.lines if self._open_sale.sale else ()
        there = next((ln for ln in lines if code in (box.code for box in ln.boxes)), None)
        if there and there.gift != line.gift:
            self._open_sale.lines.turn_gift(None)
