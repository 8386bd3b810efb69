"""Boxes judged and put into the open sale: reserved first, then said. On the desk lane."""

from collections.abc import Callable
from dataclasses import replace

from pharmacy_desk.core.basics.policy import Action, VerdictName
from pharmacy_desk.core.ports.basket import BasketLedger
from pharmacy_desk.core.ports.catalogue import CatalogueLedger
from pharmacy_desk.core.sale.judge import BoxFacts, Verdict, judge
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.scanning.recognise import promote, recognise_code
from pharmacy_desk.core.scanning.scan import RawScan, Reading
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.facts import Earlier
from pharmacy_desk.core.stock.reservation import NotKnown, TakenBy
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.gate_watch import GateWatch
from pharmacy_desk.counter.sale.open_sale import OpenSale


class Taking:
    """Judges a box by what the ledger and the keeper of reservations know, and takes it in."""

    def __init__(
        self,
        *,
        basket: BasketLedger,
        catalogue: CatalogueLedger,
        open_sale: OpenSale,
        gate: GateWatch,
        settings: Callable[[], Settings],
        post: Callable[[news.News], None],
    ) -> None:
        self._basket = basket
        self._catalogue = catalogue
        self._open_sale = open_sale
        self._gate = gate
        self._settings = settings
        self._post = post

    def judged(self, raw: RawScan, reading: Reading, facts: BoxFacts) -> Verdict:
        """The verdict; an accepted box is reserved when this returns."""
        verdict = self.judge(reading, facts)
        sale = self._open_sale.sale
        if verdict.name is VerdictName.OK_SPLIT and sale and reading.code in sale.codes():
            # Its units are in; another scan of the same box must not add one silently.
            action = self._settings().policy.of_verdict(VerdictName.IN_THIS_SALE)
            return replace(verdict, name=VerdictName.IN_THIS_SALE, action=action)
        if verdict.name is VerdictName.OK_SPLIT and self.review_wanted():
            return replace(verdict, action=Action.ASK)  # Ctrl+U asks for the second person
        if verdict.accepted and sale is not None:
            # Nothing is asked before: the reservation itself finds out who has the code.
            return self.reserve(raw, verdict, facts)
        if reading.code and (reading.is_trace or reading.code_needs_map):
            facts = self.asked(reading.code, facts)
            verdict = self.judge(reading, facts)
        return self.reserve(raw, verdict, facts) if verdict.accepted else verdict

    def asked(self, code: str, facts: BoxFacts) -> BoxFacts:
        """The facts with what the keeper of reservations says of the code; nothing is reserved."""
        answer = self._open_sale.keeper.who_has(code)
        if isinstance(answer, TakenBy):
            return replace(facts, earlier=answer.earlier)
        return replace(facts, not_known=answer) if isinstance(answer, NotKnown) else facts

    def review_wanted(self) -> bool:
        """Whether the store wants a second person for units of a box."""
        return self._settings().text("sale.split_review") == "required"

    def judge(self, reading: Reading, facts: BoxFacts) -> Verdict:
        """What the open sale has to say to a box, for the way of paying that was chosen."""
        return judge(
            reading, facts, self._open_sale.second.bench(self._open_sale.sale, self._gate.payment)
        )

    def reserve(
        self,
        raw: RawScan,
        verdict: Verdict,
        facts: BoxFacts,
        units: int | None = None,
        reviewer: str = "",
    ) -> Verdict:
        """Reserve first, at the door and in the ledger, then say so.

        When somebody else was there first, or nobody can say, the box is judged again.
        """
        code = verdict.reading.code or ""
        answer = self._open_sale.boxes.claim(code)
        if isinstance(answer, TakenBy):
            return self.judge(verdict.reading, replace(facts, earlier=answer.earlier))
        silent = answer if isinstance(answer, NotKnown) else None
        if silent != verdict.not_known:
            verdict = self.judge(verdict.reading, replace(facts, not_known=silent))
            if not verdict.accepted:
                return verdict
        taken = self._written(raw, verdict, units, reviewer)
        if taken is None:
            return verdict
        if taken.sale != self._open_sale.open().number:
            self._open_sale.keeper.let_go(self._open_sale.open().number, code)
        return self.judge(verdict.reading, replace(facts, earlier=taken))

    def _written(
        self, raw: RawScan, verdict: Verdict, units: int | None, reviewer: str
    ) -> Earlier | None:
        """Put the box into the ledger's sale; who has its code when the constraint refuses it."""
        if verdict.name is VerdictName.OK_SPLIT and units is None:
            units = 1  # the person changes the number when it is another
        record, item = verdict.record, verdict.item
        if item and record and record.state is BoxState.MISSING:
            self._open_sale.boxes.found_again(record, item)
            self._post(news.QueueChanged())
        sale = self._open_sale.open()
        line = self._open_sale.next_line(item.code, split=units is not None) if item else None
        answer = self._basket.reserve(
            actor=self._open_sale.who.actor(),
            sale=sale,
            verdict=verdict,
            raw=raw,
            line=line,
            units=units,
            typed=raw.port == "typed",
            reviewer=reviewer,
        )
        if isinstance(answer, Sale):
            self._open_sale.box_in(answer, line)
            return None
        return answer

    def known(self, raw: RawScan) -> tuple[Reading, BoxFacts]:
        """A code that was read before, with what the ledger knows of it."""
        reading = recognise_code(raw.data.decode(), raw.at.date())
        facts = self._catalogue.facts(reading)
        return (promote(reading) if facts.items else reading), facts
