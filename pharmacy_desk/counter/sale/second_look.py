"""The second look: what is in a sale is judged again by what has become known since its scan.

Pack relations, recalls, mappings, the platform's word and documents arrive while a sale is open or
held. The judge is the same as at the scan, with the same bench. Runs on the desk lane.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.catalogue.drugs import NO_BATCH
from pharmacy_desk.core.ports.boxes import BoxLedger
from pharmacy_desk.core.ports.catalogue import CatalogueLedger
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.sale.gate.facts import NOTHING_TOLD, Duty, Facts, Refusal, Told
from pharmacy_desk.core.sale.gate.rules import doubts
from pharmacy_desk.core.sale.judge import Bench, Verdict, judge_again
from pharmacy_desk.core.sale.sale import Box, Line, Sale
from pharmacy_desk.core.sale.special import rule_on
from pharmacy_desk.core.scanning.recognise import promote, recognise_code
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.no_code import Term
from pharmacy_desk.core.upload.profile import Profile
from pharmacy_desk.counter.people.roster import Roster
from pharmacy_desk.counter.sale.limits import Limits


class SecondLook:
    """Judges the boxes of a sale again; a question by index for each, and none beside a pack's."""

    def __init__(
        self,
        *,
        boxes: BoxLedger,
        catalogue: CatalogueLedger,
        roster: Roster,
        clock: Clock,
        settings: Callable[[], Settings],
        profile: Profile,
        limits: Limits,
        suspended_since: Callable[[Sale], str | None],
    ) -> None:
        self._limits = limits
        self._suspended_since = suspended_since
        self._boxes = boxes
        self._catalogue = catalogue
        self._roster = roster
        self._clock = clock
        self._settings = settings
        self._profile = profile

    def bench(self, sale: Sale | None, payment: PaymentKind | None) -> Bench:
        """What the judge must know besides the box, at the scan and at the payment."""
        settings = self._settings()
        return Bench(
            sale=sale.number if sale else None,
            items_in_sale=sale.items if sale else frozenset(),
            today=self._clock.now().date(),
            policy=settings.policy,
            near_expiry_days=settings.number("sale.near_expiry_days"),
            counter=settings.text("counter.number"),
            asked_only=settings.flag("sale.asked_only"),
            recalls=self._boxes.recalls(),
            payment=payment,
            coded=self._profile.coded(self._clock.now().date()),
            ticket=bool(sale and sale.ticket),
            full=sale.full if sale and sale.ticket else frozenset(),
        )

    def judged(self, sale: Sale, payment: PaymentKind | None = None) -> Mapping[int, Verdict]:
        """The second verdict on each box of the sale, by its entry."""
        bench = self.bench(sale, payment)
        return {
            box.entry: self._judged(line, box, bench) for line in sale.lines for box in line.boxes
        }

    def recalled(self, sale: Sale) -> frozenset[int]:
        """Entries of boxes without a code that an open recall holds by now."""
        recalls = self._boxes.recalls()
        return frozenset(
            box.entry
            for line in sale.lines
            for box in line.no_code
            if any(r.holds("", line.item, line.item.batch_of(box.batch), None) for r in recalls)
        )

    def doubts(self, sale: Sale) -> tuple[Refusal, ...]:
        """What may not be sold any more, whatever it is paid with."""
        return doubts(self.facts(sale, PaymentKind.SELF, settled=True))

    def term(self) -> Term:
        """How far the no-code library (无码库) stands in for codes today."""
        return Term(self._clock.now().date(), self._profile.no_code_until)

    def known(self, sale: Sale, payment: PaymentKind, *, settled: bool) -> Facts:
        """What the gate is told without asking the ledger: while a sale still changes."""
        settings, now = self._settings(), self._clock.now()
        otc_a = settings.flag("sale.pharmacist_otc_a")
        today = now.date()
        return Facts(
            sale,
            payment,
            settings.policy,
            today,
            settled=settled,
            near_expiry_days=settings.number("sale.near_expiry_days"),
            asked_only=settings.flag("sale.asked_only"),
            term=self.term(),
            cover=self._profile.cover,
            duty=Duty(self._roster.on_duty, now, otc_a=otc_a),
            special=rule_on(self._profile.special, self._clock.now().date()),
            limits=self._limits.book(sale, payment, today),
            store=settings.agreement,
            coded=self._profile.coded(today),
            rx=self._profile.rx,
            area=settings.text("store.area"),
            suspended_since=self._suspended_since(sale),
        )

    def covered(self, sale: Sale, payment: PaymentKind) -> Sale:
        """The sale with who pays each line, by the region's lists of today."""
        return self._profile.cover.cover(sale, payment, self._clock.now().date())

    def exempt(self, sale: Sale) -> frozenset[int]:
        """Numbers of the lines whose drug needs no code in this region for now."""
        today, cover = self._clock.now().date(), self._profile.cover
        return frozenset(line.number for line in sale.lines if cover.exempts(line.item, today))

    def facts(
        self, sale: Sale, payment: PaymentKind, *, settled: bool, told: Told = NOTHING_TOLD
    ) -> Facts:
        """What the gate is told at the payment: every box judged again, and what was told of it."""
        known = self.known(sale, payment, settled=settled)
        recalled, judged = self.recalled(sale), self.judged(sale, payment)
        return replace(known, recalled=recalled, judged=judged, told=told)

    def _judged(self, line: Line, box: Box, bench: Bench) -> Verdict:
        # The ledger's codes were recognised when they came in: lot and dates stand beside them.
        reading = recognise_code(box.code, bench.today)
        if (batch := box.batch) != NO_BATCH:
            reading = replace(reading, lot=batch.lot, made=batch.made, expiry=batch.expiry)
        facts = self._catalogue.facts(reading)
        if facts.items:
            reading = promote(reading)
        record = facts.record
        if record and record.state is BoxState.OPENED and box.units is not None:
            left = (record.units_left or 0) + box.units
            facts = replace(facts, record=replace(record, units_left=left))
        return judge_again(reading, facts, bench, line.item)
