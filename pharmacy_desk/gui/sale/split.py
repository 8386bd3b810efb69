"""Scans that were not read, at the checkout; and merged ones whose codes a person takes by a key.

The boxes of an outer pack are taken by the same key.

Each such code goes the road of a scan of its own. Nothing is taken without the key, and the codes
go one after another: the first that is refused or asks something stops the rest, so that its
verdict stays on the screen.
"""

from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import SaleAnswer, SaleDid
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.sale import notes
from pharmacy_desk.gui.sale.doubts import Doubt, Doubts
from pharmacy_desk.gui.words.verdicts import rows as verdict_words


class Split:
    """The codes of the newest merged read or outer pack, until something else is scanned."""

    def __init__(self, desk: DeskView) -> None:
        self._desk = desk
        self._rest: list[str] = []
        self._port = ""
        self._number = 0
        self._flying: str | None = None

    @property
    def waiting(self) -> int:
        """How many codes are offered and not taken."""
        return len(self._rest)

    def hear(self, heard: news.Judged) -> int | None:
        """A scan was judged; the number of the merged scan when all its codes are in now."""
        verdict = heard.verdict
        ours = self._flying is not None and verdict.reading.text == self._flying
        if not ours:
            # Also in the middle of a run: what was scanned meanwhile is what counts now.
            self._flying = None
            self._rest = list(heard.split) or _inner(heard)
            self._port, self._number = heard.port, heard.scan_number
            return None
        self._flying = None
        # A silent verdict is the box that was scanned a moment ago: it is in.
        taken = verdict.accepted or verdict.silent or verdict.name is VerdictName.EXEMPT
        if not taken:
            return None
        if self._rest:
            self.take()
            return None
        return self._number

    def take(self) -> None:
        """Scan the next code."""
        if self._rest and self._flying is None:
            self._flying = self._rest.pop(0)
            self._desk.wishes.scan(RawScan(self._flying.encode(), self._port, self._desk.now()))

    def drop(self) -> None:
        """The sale has ended, or the world failed."""
        self._rest, self._flying = [], None


def _doubt(heard: news.Judged, why: str) -> Doubt:
    """The row of a scan that put no box in."""
    reading = heard.verdict.reading
    return Doubt(
        shown=reading.shown(60),
        why=why,
        clock=f"{heard.at:%H:%M}",
        number=heard.scan_number,
        sale=heard.sale.number if heard.sale else "",
        code=reading.code,
    )


def _inner(heard: news.Judged) -> list[str]:
    """The boxes of an outer pack whose verdict says that Ctrl+J takes them all."""
    verdict = heard.verdict
    packed = verdict.name is VerdictName.OUTER_PACK and verdict.pack is not None
    return list(verdict.pack.inner) if packed and verdict.pack else []


class Unread:
    """What the checkout does about scans that were not read: their rows, and the merged ones."""

    def __init__(self, desk: DeskView) -> None:
        self.doubts = Doubts()
        self._desk = desk
        self._split = Split(desk)
        self._offered: Said | None = None
        self._unknown: Doubt | None = None

    def answer(self, heard: news.Judged) -> Said:
        """A verdict in words, with what a merged read offers; a damaged one leaves its row."""
        said = verdict_words.verdict(heard.verdict, self._desk.now())
        self._see_to_unknown(heard)
        if heard.verdict.name is VerdictName.DAMAGED:
            self.doubts.add(_doubt(heard, said.evidence))
        if heard.sale:
            self.doubts.belong(heard.sale.number)
        settled = self._split.hear(heard)
        if settled is not None:
            self.doubts.settle(settled)
        if heard.split:
            said = self._offered = notes.offered(said, self._split.waiting)
        elif _inner(heard):
            self._offered = said
        elif self._split.waiting and not heard.verdict.accepted:
            said = notes.rest_left(said)
        return said

    def _see_to_unknown(self, heard: news.Judged) -> None:
        """A box whose drug was asked for and not told leaves its row when another is scanned."""
        verdict, before = heard.verdict, self._unknown
        if verdict.silent:
            return
        code = verdict.reading.code
        if code and verdict.accepted:
            self.doubts.found(code)
        if before and before.code != code:
            self.doubts.add(before)
        self._unknown = None
        if verdict.name is VerdictName.UNMAPPED:
            self._unknown = _doubt(heard, translate("Doubts", "drug not known, not in"))

    def put_aside(self) -> None:
        """A person has left the question which drug it is: they know that the box is not in."""
        self._unknown = None

    def said(self, shown: Said) -> None:
        """Something is said: what is offered is told by nothing else."""
        self.doubts.offer(codes=shown is self._offered and self._split.waiting > 0)

    def take(self, shown: Said) -> None:
        """Take the codes of a merged read, if `shown` is their offer."""
        if shown is self._offered:
            self._split.take()

    def sale_answered(self, answer: SaleAnswer) -> None:
        """Rows belong to their sale: they go on hold with it, and end with it."""
        if answer.what is SaleDid.VOIDED:
            self.end()
        elif answer.what in (SaleDid.HELD, SaleDid.HELD_SETTLING) and answer.sale:
            self._split.drop()
            self.doubts.hold(answer.sale.number)
        elif answer.what is SaleDid.RESUMED and answer.sale:
            self.doubts.resume(answer.sale.number)

    def end(self) -> None:
        """The sale is paid or cancelled."""
        self._unknown = None
        self._split.drop()
        self.doubts.clear()

    def fail(self) -> None:
        """A scan could not be kept: nothing more is taken by itself."""
        self._split.drop()
