"""The ledger against a plain model, on random walks of a counter's day."""

import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pharmacy_desk.adapters.store.base.upgrade import bring_up_to_date
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.policy import VerdictName as V
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.upload.profile import Profile

DRUGS = {"8436282": "Y1", "8385793": "Y2", "8177322": "Y4"}
PRICES = {"Y1": 2180, "Y2": 1250, "Y3": 3200, "Y4": 2760}


@dataclass
class ModelSale:
    """What a sale should hold: in order, a code or an item asked for."""

    entries: list[tuple[str, str | None]] = field(default_factory=list)

    def codes(self) -> set[str]:
        return {code for _, code in self.entries if code}

    def quantities(self) -> dict[str, int]:
        """Asking comes on top of what a line holds at that moment, so the model keeps both."""
        asked: dict[str, int] = {}
        boxes: dict[str, int] = {}
        for item, code in self.entries:
            if code:
                boxes[item] = boxes.get(item, 0) + 1
            else:
                asked[item] = asked.get(item, 0) + 1
        return {item: max(asked.get(item, 0), boxes.get(item, 0)) for item in {*asked, *boxes}}


class CounterDay(RuleBasedStateMachine):
    """Scan, ask, undo, hold, resume, void, pay and return, with a restart now and then."""

    profile: Profile
    shop_type: Any
    open_: Any

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "ledger.db"
        self.shop = self.open_(self.path)
        self.sale: ModelSale | None = None
        self.held: list[ModelSale] = []
        self.sold: dict[str, str] = {}
        self.returned: set[str] = set()
        self.receipts = 0

    def _claimed(self, code: str) -> V:
        if code in self.returned:
            return V.RETURNED_HOLD
        if code in self.sold:
            return V.SOLD_HERE
        if self.sale and code in self.sale.codes():
            return V.IN_THIS_SALE
        if any(code in sale.codes() for sale in self.held):
            return V.HELD_ELSEWHERE
        return V.OK_UNRECEIVED

    @rule(drug=st.sampled_from(sorted(DRUGS)), number=st.integers(1, 4))
    def scan(self, drug: str, number: int) -> None:
        code = f"{drug}{number:013d}"
        expected = self._claimed(code)
        assert self.shop.scan(code).name is expected
        if expected is V.OK_UNRECEIVED:
            self.sale = self.sale or ModelSale()
            self.sale.entries.append((DRUGS[drug], code))

    @rule()
    def ask_for_goods_without_code(self) -> None:
        self.shop.open_sale.lines.add_item(self.shop.ledger.catalogue.find_item("Y3"), 1)
        self.sale = self.sale or ModelSale()
        self.sale.entries.append(("Y3", None))

    @rule()
    def undo(self) -> None:
        undone = self.shop.open_sale.lines.undo()
        if self.sale and self.sale.entries:
            _, code = self.sale.entries.pop()
            assert undone.code == code
        else:
            assert undone is None

    @precondition(lambda self: self.sale and self.sale.entries)
    @rule(place=st.integers(0, 3))
    def take_a_line_out(self, place: int) -> None:
        lines = self.shop.open_sale.sale.lines
        line = lines[place % len(lines)]
        self.shop.open_sale.lines.remove_line(line.number)
        self.sale.entries = [e for e in self.sale.entries if e[0] != line.item.code]

    @rule()
    def hold(self) -> None:
        done = self.shop.open_sale.held.hold()
        assert done == bool(self.sale and self.sale.entries)
        if done:
            self.shop.clock.advance(1)
            self.held.append(self.sale)
            self.sale = None

    @rule(place=st.integers(1, 3))
    def resume(self, place: int) -> None:
        done = self.shop.open_sale.held.resume(place)
        assert done == (place <= len(self.held))
        if done:
            self.shop.clock.advance(1)
            taken = self.held.pop(place - 1)
            if self.sale and self.sale.entries:
                self.held.append(self.sale)
            self.sale = taken

    @rule()
    def void(self) -> None:
        assert self.shop.open_sale.ending.void() == (self.sale is not None)
        self.sale = None

    @precondition(lambda self: self.sale and self.sale.entries)
    @rule(payment=st.sampled_from([PaymentKind.SELF, PaymentKind.POOLED]))
    def pay(self, payment: PaymentKind) -> None:
        paid = self.shop.pay(payment)
        amounts = self.sale.quantities()
        assert paid.total_fen == sum(PRICES[item] * count for item, count in amounts.items())
        assert set(paid.codes()) == self.sale.codes()
        self.sold.update(dict.fromkeys(self.sale.codes(), paid.number))
        self.sale = None
        self.receipts += 1

    @precondition(lambda self: self.sold)
    @rule(place=st.integers(0, 20))
    def take_back(self, place: int) -> None:
        code = sorted(self.sold)[place % len(self.sold)]
        answer = self.shop.open_sale.returns.take_back(self.sold[code], code, "错发")
        assert answer.number
        del self.sold[code]
        self.returned.add(code)

    @rule()
    def restart(self) -> None:
        clock = self.shop.clock
        self.shop.ledger.close()
        self.shop = self.open_(self.path)
        self.shop.clock.at = clock.at

    @invariant()
    def the_till_holds_what_the_model_holds(self) -> None:
        if not hasattr(self, "shop"):
            return
        sale = self.shop.open_sale.sale
        assert (sale is None) == (self.sale is None)
        if sale:
            found = {line.item.code: line.quantity for line in sale.lines}
            assert found == self.sale.quantities()
            assert set(sale.codes()) == self.sale.codes()
        held = [set(entry.codes()) for entry in self.shop.open_sale.held.sales()]
        assert held == [entry.codes() for entry in self.held]

    def teardown(self) -> None:
        if not hasattr(self, "shop"):
            return
        try:
            self.shop.ledger.close()
            assert check(self.path).problems == ()
        finally:
            with suppress(Exception):
                self.shop.ledger.chain.conn.close()
            self.folder.cleanup()


@pytest.mark.usefixtures("clock")
def test_any_day_at_the_counter_goes_as_the_model_says(shop: Any, ledger: Any) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    ledger.close()
    seed = ledger.path.read_bytes()

    def open_(path: Path) -> Any:
        if not path.exists():
            path.write_bytes(seed)
        clock = type(shop.clock)()
        bring_up_to_date(path)
        made = SqliteLedger(Actor(clock.now(), "007"), path, "01", f"walk {path}", ledger.sealer)
        return type(shop)(made, clock, shop.profile)

    CounterDay.open_ = staticmethod(open_)
    run_state_machine_as_test(
        CounterDay, settings=settings(max_examples=25, stateful_step_count=30, deadline=None)
    )
