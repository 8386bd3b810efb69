"""Wishes of a life that the program works off by itself, on its lane: asked, then waited for.

The library, gifts and orders, drafts, the map, people, and everything a second person approves go
the road the window's keys go: through the clerk and its rooms.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch, PackLevel
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.sale.online import OnlineOrder
from pharmacy_desk.core.sale.sale import Line, PaymentKind
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.stock.drafts import Unfinished, from_body
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.core.stock.no_code import (
    CloseReason,
    Draft,
    NoCodeReason,
    NoCodeSold,
    NoCodeState,
)
from pharmacy_desk.core.stock.receiving import Receiving, Row, SeenBox, match, refuse, take
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import MapDid, SaleDid, SignInDid
from pharmacy_desk.counter.people.staff_wishes import StaffAnswer, StaffWish
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.payments import Payments
from pharmacy_desk.counter.sale.wishes import SaleWishes
from pharmacy_desk.counter.stock.movements import Wanted
from pharmacy_desk.counter.stock.wishes import Order
from pharmacy_desk.counter.views.stock_answers import MoveAnswer, MoveDid, NoCodeDid
from pharmacy_desk.wiring.counter import Counter
from tests import plain
from tests.fakes.undoing import NothingInsured

N = TypeVar("N")

MADE, EXPIRY, BOUGHT = date(2026, 1, 5), date(2039, 1, 4), date(2026, 2, 1)
# The person of the drill (the settings' own number), and the manager who approves.
PIN, MANAGER, MANAGER_PIN, NEW_PIN = "123456", "001", "864297", "975318"
_SUPPLIER = "示例医药公司"
_NEAR_DAYS = 30


class StepRefused(Exception):
    """The program refused a step that the drill's own books allow: one of the two is wrong."""


class Wishes:
    """Steps that are wished for; each method is one, by its name, and tells documents it made."""

    def __init__(self, counter: Counter, heard: list[news.News]) -> None:
        self._counter = counter
        self._heard = heard
        self._drafts: dict[str, Unfinished] = {}
        payments = Payments(
            counter.open_sale, counter.desk, None, lambda: counter.settings, counter.desk_lane.submit,
            counter.settlement_lane.submit, counter.post, lambda number: None, lambda: None,
            lambda up, why: None,
        )  # fmt: skip
        self._wishes = SaleWishes(
            lane=counter.desk_lane,
            catalogue=counter.ledger.catalogue,
            people=counter.ledger.people,
            outbox=counter.ledger.outbox,
            prescriptions=counter.ledger.prescriptions,
            open_sale=counter.open_sale,
            desk=counter.desk,
            payments=payments,
            undoing=NothingInsured(),
            post=counter.post,
            print_receipt=lambda number: None,
            wake_courier=counter.wake_courier,
        )

    # --- asking and waiting ---------------------------------------------------------------

    def _after(self, wish: Callable[[], object], kind: type[N]) -> N:
        """The newest news of a kind once the wish is worked off."""
        del self._heard[:]
        wish()
        self._counter.desk_lane.call(lambda: None)
        self._no_trouble()
        found = [one for one in self._heard if isinstance(one, kind)]
        if not found:
            raise StepRefused(f"no {kind.__name__}: {self._heard}")
        return found[-1]

    def _no_trouble(self) -> None:
        for one in self._heard:
            if isinstance(one, news.Trouble):
                raise StepRefused(f"trouble: {one.error!r}")

    def _approved(self, wish: Callable[[], object], kind: type[N]) -> N:
        """The same, with a manager's yes in between."""
        self._after(wish, news.ApprovalWanted)

        def yes() -> None:
            self._wishes.people.answer_approval(MANAGER, MANAGER_PIN, "当面核对")

        done = self._after(yes, kind)
        answered = [one for one in self._heard if isinstance(one, news.ApprovalAnswered)]
        _expect(bool(answered) and answered[-1].ended is None, "approval", answered)
        return done

    def _on_desk(self, job: Callable[[], N]) -> N:
        return self._counter.desk_lane.call(job)

    def _set(self, key: str, value: bool | str) -> None:
        settings = self._counter.settings
        self._counter.change_settings(replace(settings, values={**settings.values, key: value}))

    # --- the no-code library --------------------------------------------------------------

    def keep_no_code(self, step: dict[str, Any]) -> str:
        """An entry of the library, known by its evidence."""
        draft = Draft(
            step["item"], Batch("N1", MADE, EXPIRY), step["quantity"], NoCodeReason.LABEL_LOST,
            BOUGHT, step["label"],
        )  # fmt: skip
        told = self._counter.no_code.keep(draft).result()
        _expect(told.what is NoCodeDid.KEPT, "no-code", told)
        return told.number

    def approve_no_code(self, step: dict[str, Any]) -> None:
        """A manager approves it."""
        number = self._entry(step)
        told = self._approved(lambda: self._counter.no_code.approve(number), news.NoCodeChanged)
        _expect(told.state is NoCodeState.APPROVED, "no-code", told)

    def close_no_code(self, step: dict[str, Any]) -> None:
        """It gives no more boxes."""
        number = self._entry(step)
        told = self._counter.no_code.close(number, CloseReason.COUNTED).result()
        _expect(told.what is NoCodeDid.CLOSED, "no-code", told)

    def take_no_code(self, step: dict[str, Any]) -> None:
        """A box of it, into the line of its drug."""
        number, sale = self._entry(step), self._counter.open_sale.sale
        line = sale.line_of(step["item"]) if sale else None
        place = line.number if line else 0
        told = self._counter.no_code.take(number, place).result()
        _expect(told.what is NoCodeDid.TAKEN, "no-code", told)

    def return_no_code(self, step: dict[str, Any]) -> str:
        """A customer brings one back."""
        number = self._entry(step)
        row = self._row(
            "SELECT e.sale, e.entry FROM sale_entries e WHERE e.no_code = ? AND e.state = 'final'",
            number,
        )
        box = NoCodeSold(row[0], row[1], self._counter.clock.now())
        told = self._counter.no_code.take_back(box, number, "质量问题").result()
        _expect(bool(told.number), "no-code return", told)
        return told.number

    def _entry(self, step: dict[str, Any]) -> str:
        return str(self._row("SELECT number FROM no_code WHERE evidence = ?", step["label"])[0])

    def _row(self, sql: str, key: str) -> Any:
        row = self._on_desk(lambda: plain.row(self._counter.ledger.path, sql, (key,)))
        _expect(row is not None, sql, key)
        return row

    # --- the sale -------------------------------------------------------------------------

    def ask(self, step: dict[str, Any]) -> None:
        """Boxes of a drug are asked for; none is scanned."""
        told = self._wishes.add_item(step["item"], step["boxes"]).result()
        _expect(told.what in (SaleDid.ITEM_ADDED, SaleDid.EXEMPT_ADDED), "ask", told)

    def gift(self, step: dict[str, Any]) -> None:
        """The line of the first code, or the box that came last, becomes a gift or paid again."""

        def job() -> object:
            sale = self._counter.open_sale.sale
            lines = sale.lines if sale else ()
            first = step["codes"][0]
            line = next(ln for ln in lines if any(box.code == first for box in ln.boxes))
            return self._counter.open_sale.lines.turn_gift(line.number if step["whole"] else None)

        turned = self._on_desk(job)
        _expect(isinstance(turned, Line) and turned.gift is step["gift"], "gift", turned)

    def order(self, step: dict[str, Any]) -> None:
        """Say which online order the sale is for; None takes it back."""
        number = step["number"]
        order = OnlineOrder("美团", number) if number else None
        _expect(
            self._on_desk(lambda: self._counter.open_sale.lines.set_order(order)) is None,
            "order",
            step,
        )

    def approved_pay(self, step: dict[str, Any]) -> str:
        """A payment that a manager approves: boxes without code."""
        self._set("policy.self.MISSING_CODES", "approve")
        order = PayOrder(PaymentKind.SELF)
        paid = self._approved(lambda: self._wishes.pay(order), news.Paid)
        self._set("policy.self.MISSING_CODES", "")
        return paid.sale.number

    def restore(self, step: dict[str, Any]) -> str:
        """A sold box goes back on the shelf (撤销), approved by a manager."""
        sold = self._on_desk(lambda: self._counter.ledger.basket.earlier(step["code"]))
        receipt = sold.sale if sold else ""
        told = self._approved(
            lambda: self._wishes.returns.put_back(receipt, step["code"], "扫错"), news.Returned
        )
        _expect(bool(told.number), "put back", told)
        return told.number or ""

    # --- movements that are approved ------------------------------------------------------

    def approved_post(self, step: dict[str, Any]) -> str:
        """A document that a manager approves."""
        told = self._approved(lambda: self._move(step), news.Moved)
        _expect(told.boxes == len(step["codes"]), "approved document", told)
        return told.documents[0]

    def dropped_post(self, step: dict[str, Any]) -> None:
        """A document that nobody approves: nothing moves."""
        awaited = self._move(step).result()
        self._wishes.people.drop_approval()
        told = awaited.later.result() if awaited.later else awaited
        _expect(told.what is MoveDid.NOT_APPROVED, "document without approval", told)

    def _move(self, step: dict[str, Any]) -> Future[MoveAnswer]:
        wanted = tuple(Wanted(code) for code in step["codes"])
        kind = MovementKind(step["kind"])
        self._set(f"approval.{kind.value}", "approve")
        orders = (Order(kind, wanted, "", "REF-2", step["reason"]),)
        moving = self._counter.moving
        return self._counter.desk_lane.wish(lambda: moving.post_file(orders, ()))

    # --- drafts of receiving --------------------------------------------------------------

    def draft(self, step: dict[str, Any]) -> None:
        """A delivery note is opened."""
        item = self._on_desk(lambda: self._counter.ledger.catalogue.find_item("DB"))
        rows = (Row(item, "", Batch(step["lot"], MADE, EXPIRY), step["quantity"], 900),)
        self._keep(step, Unfinished(Receiving(_SUPPLIER, "REF-3", rows, (), listed=True)))

    def draft_scan(self, step: dict[str, Any]) -> None:
        """A box is scanned; the draft is on the disk before the next one."""

        def seen() -> SeenBox:
            ledger, code = self._counter.ledger, step["code"]
            reading = recognise_text(code, self._counter.clock.now().date())
            item, state = ledger.boxes.drug_of_code(code), ledger.boxes.state(code)
            return SeenBox(reading, item, NO_BATCH, state, ledger.basket.earlier(code))

        before, today = self._draft(step), self._counter.clock.now().date()
        arrival = match(before.receiving, self._on_desk(seen), today, _NEAR_DAYS)
        receiving = take(before.receiving, arrival)
        _expect(receiving != before.receiving, "draft", arrival)
        self._keep(step, replace(before, receiving=receiving))

    def draft_refuse(self, step: dict[str, Any]) -> None:
        """A box of it goes back."""
        before = self._draft(step)
        after = refuse(before.receiving, step["code"], "破损")
        self._keep(step, replace(before, receiving=after))

    def draft_aside(self, step: dict[str, Any]) -> None:
        """Put aside; who takes it up reads it from the disk."""
        self._keep(step, replace(self._draft(step), celsius="4.5"))
        del self._drafts[step["draft"]]

    def draft_post(self, step: dict[str, Any]) -> str:
        """Its documents: the delivery, and the refusal."""
        unfinished = self._draft(step)
        told = unfinished.receiving
        kinds = [(MovementKind.DELIVERY, "")]
        kinds += [(MovementKind.REFUSAL, reason) for reason in told.refusals()]
        orders = []
        for kind, reason in kinds:
            wanted = tuple(
                Wanted(part.code, part.item.code, part.batch, part.quantity, part.price_fen)
                for part in told.parts(reason)
            )
            if wanted:
                orders.append(Order(kind, wanted, told.supplier, told.reference, reason))
        keeper, number = self._counter.keeper, step["draft"]
        done = self._on_desk(lambda: keeper.receive(orders, unfinished, number))
        _expect(done.error is None, "receiving", done)
        self._drafts.pop(number, None)
        return ",".join(moved.number for moved in done.moved if moved.number)

    def draft_drop(self, step: dict[str, Any]) -> None:
        """Thrown away."""
        self._drafts.pop(step["draft"], None)
        self._on_desk(lambda: self._counter.keeper.drop_draft(step["draft"]))

    def learn(self, step: dict[str, Any]) -> None:
        """What a supplier's header means."""
        names = {step["header"]: step["column"]}
        self._on_desk(lambda: self._counter.keeper.learn_headers(step["party"], names))

    def _draft(self, step: dict[str, Any]) -> Unfinished:
        """The draft as this life has it, else as it lies on the disk."""
        number = step["draft"]
        if number not in self._drafts:
            body = self._row("SELECT body FROM drafts WHERE number = ?", number)[0]
            read = self._on_desk(lambda: from_body(body, self._counter.ledger.catalogue.find_item))
            if read is None:
                raise StepRefused(f"draft {number} cannot be read")
            self._drafts[number] = read
        return self._drafts[number]

    def _keep(self, step: dict[str, Any], unfinished: Unfinished) -> None:
        self._drafts[step["draft"]] = unfinished
        self._on_desk(lambda: self._counter.keeper.keep_draft(step["draft"], unfinished))

    # --- the three-code map ---------------------------------------------------------------

    def map(self, step: dict[str, Any]) -> None:
        """Say what an identification is; `two` wants two persons, `second` is the other one."""
        self._set("map.second_person", step["two"])
        second = (MANAGER, MANAGER_PIN) if step.get("second") else None
        level = PackLevel(step["level"])
        told = self._wishes.maps.say(
            step["identification"], step["item"], level, second, anyway=True
        ).result()
        wanted = MapDid.PROPOSED if step["two"] and not second else MapDid.CONFIRMED
        _expect(told.what is wanted, "map", told)

    def unmap(self, step: dict[str, Any]) -> None:
        """Take it out of use."""
        told = self._wishes.maps.unmap(step["identification"], step["item"], "写错").result()
        _expect(told.what is MapDid.REMOVED, "map", told)

    # --- people ---------------------------------------------------------------------------

    def person(self, step: dict[str, Any]) -> None:
        """Somebody is added, or gets another name and PIN."""
        person = Operator(step["id"], step["name"], "店长")
        self._changed(self._wishes.staff.keep(person, NEW_PIN))

    def wrong_pin(self, step: dict[str, Any]) -> None:
        """A PIN that is not theirs."""
        told = self._wishes.people.sign_in(step["id"], "111222").result()
        _expect(told.what is not SignInDid.SIGNED_IN, "sign-in", told)

    def sign_in(self, step: dict[str, Any]) -> None:
        """The right PIN; without a number the drill's own person."""
        number, pin = step["id"] or self._counter.settings.text("operator.id"), NEW_PIN
        if not step["id"]:
            pin = PIN
        told = self._wishes.people.sign_in(number, pin).result()
        _expect(told.what is SignInDid.SIGNED_IN, "sign-in", told)

    def free(self, step: dict[str, Any]) -> None:
        """A manager ends a lock-out."""
        self._changed(self._wishes.staff.free(step["id"]))

    def active(self, step: dict[str, Any]) -> None:
        """Somebody leaves, or comes back."""
        self._changed(self._wishes.staff.set_active(step["id"], active=step["active"]))

    def badge(self, step: dict[str, Any]) -> None:
        """A badge is made, or is lost."""
        staff = self._wishes.staff
        if not step["given"]:
            self._changed(staff.withdraw_badge(step["id"]))
            return
        made = self._changed(staff.make_badge(step["id"])).badge
        holder = self._on_desk(lambda: self._counter.ledger.people.badge_holder(made))
        _expect(holder is not None and holder.id == step["id"], "badge", holder)

    def lock(self, step: dict[str, Any]) -> None:
        """The counter is locked."""
        told = self._after(lambda: self._wishes.people.lock("key"), news.CounterLocked)
        _expect(told.locked, "lock", told)

    def _changed(self, wished: StaffWish) -> StaffAnswer:
        told = wished.result()
        _expect(not told.what.refused, "people", told)
        return told


def _expect(holds: bool, what: str, told: object) -> None:
    if not holds:
        raise StepRefused(f"{what}: {told}")
