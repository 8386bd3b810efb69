"""The second look: what is in a sale is judged again by what has become known since its scan.

Pack relations, recalls, mappings, the platform's word and documents arrive while a sale is open or
held. The judge is the same as at the scan, with the same bench. Runs on the desk lane.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from pharmacy_desk.core.box_gate import Look, doubts
from pharmacy_desk.core.custody import BoxState
from pharmacy_desk.core.drugs import NO_BATCH
from pharmacy_desk.core.judge import Bench, Verdict, judge_again
from pharmacy_desk.core.payment import PaymentKind
from pharmacy_desk.core.ports import Clock, Ledger
from pharmacy_desk.core.profile import Profile
from pharmacy_desk.core.recognise import promote, recognise_code
from pharmacy_desk.core.sale import Box, Line, Refusal, Sale
from pharmacy_desk.core.settings import Settings


class SecondLook:
    """Judges the boxes of a sale again; a question by index for each, and none beside a pack's."""

    def __init__(
        self, ledger: Ledger, clock: Clock, settings: Callable[[], Settings], profile: Profile
    ) -> None:
        self._ledger = ledger
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
            recalls=self._ledger.recalls(),
            payment=payment,
            udi_devices=self._profile.udi_devices,
        )

    def judged(self, sale: Sale, payment: PaymentKind | None = None) -> Mapping[int, Verdict]:
        """The second verdict on each box of the sale, by its entry."""
        bench = self.bench(sale, payment)
        return {
            box.entry: self._judged(line, box, bench) for line in sale.lines for box in line.boxes
        }

    def recalled(self, sale: Sale) -> frozenset[int]:
        """Entries of boxes without a code that an open recall holds by now."""
        recalls = self._ledger.recalls()
        return frozenset(
            box.entry
            for line in sale.lines
            for box in line.no_code
            if any(r.holds("", line.item, line.item.batch_of(box.batch), None) for r in recalls)
        )

    def doubts(self, sale: Sale) -> tuple[Refusal, ...]:
        """What may not be sold any more, whatever it is paid with."""
        look = Look(self._clock.now().date(), 0, False, self.recalled(sale), self.judged(sale))
        return doubts(sale, look)

    def _judged(self, line: Line, box: Box, bench: Bench) -> Verdict:
        # The ledger's codes were recognised when they came in: lot and dates stand beside them.
        reading = recognise_code(box.code, bench.today)
        if (batch := box.batch) != NO_BATCH:
            reading = replace(reading, lot=batch.lot, made=batch.made, expiry=batch.expiry)
        facts = self._ledger.facts(reading)
        if facts.items:
            reading = promote(reading)
        record = facts.record
        if record and record.state is BoxState.OPENED and box.units is not None:
            left = (record.units_left or 0) + box.units
            facts = replace(facts, record=replace(record, units_left=left))
        return judge_again(reading, facts, bench, line.item)
