"""Random days at a counter over all of the clerk's wishes, each answer held against a model.

Before a wish the model says what the answer must be; after each day the ledger's own check, the
stand-alone verifier of the exported log and the model's judge look at what is on the disk. A new
home is begun every `LIFE` days, so that a check stays quick.
"""

import functools
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from argon2 import PasswordHasher

from pharmacy_desk.adapters.reservations.local import LocalReservations
from pharmacy_desk.adapters.resources import load_profile
from pharmacy_desk.adapters.store.base.export import export
from pharmacy_desk.adapters.store.base.upgrade import bring_up_to_date
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.adapters.store.people import people
from pharmacy_desk.adapters.store.upload.waiting import OutboxQueue
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drugs import Batch, InsuranceClass, Item, PackLevel, RxFlag
from pharmacy_desk.core.ports.doors import Operator
from pharmacy_desk.core.sale.online import OnlineOrder
from pharmacy_desk.core.sale.sale import PaymentKind, Settlement
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.stock.movement import MovementKind, PackRelation
from pharmacy_desk.core.stock.no_code import Draft, NoCodeReason, NoCodeSold, NoCodeState
from pharmacy_desk.core.upload.outbox import Became, LineState
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import MapDid, PayDid, ReturnDid, SaleDid, UnitsAnswer
from pharmacy_desk.counter.sale.desk import Desk
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.payments import Payments
from pharmacy_desk.counter.sale.wishes import SaleWishes
from pharmacy_desk.counter.stock.movements import Movements, Wanted
from pharmacy_desk.counter.stock.no_code_wishes import NoCodeWishes
from pharmacy_desk.counter.views.stock_answers import NoCodeDid
from tests import plain
from tests.conftest import FixedClock, PlainSealer, make_till
from tests.drills.days_model import GOOD, MOVES, RATIO, Box, Entry, Model, Sale
from tests.fakes.undoing import NothingInsured

LIFE, WISHES = 10, 40
START = datetime.fromisoformat("2026-11-22T09:00:00+08:00")
MADE, EXPIRY = date(2026, 1, 5), date(2039, 1, 4)
ITEMS = {"A": "8436282", "B": "8177322", "C": "8385793", "D": "8441869", "E": "8555555"}
_PIN, _MANAGER, _MANAGER_PIN = "123456", "001", "864297"
_VERIFIER = Path(__file__).parents[2] / "packaging" / "verify_log.py"
# Of each drug so many codes: few enough that days meet again on the same box.
_CODES = 12
_INSURED = (PaymentKind.POOLED, PaymentKind.ACCOUNT)


T = TypeVar("T")


class InLine:
    """A lane that works a job off at once: a day is one thread."""

    def submit(self, job: Callable[[], object]) -> None:
        """Do it."""
        job()

    def wish(self, job: Callable[[], T]) -> Future[T]:
        """Do it; its answer is there at once."""
        done: Future[T] = Future()
        done.set_result(job())
        return done


@dataclass
class Store:
    """A counter on a home of its own, without window, printer and platform."""

    folder: Path
    clock: FixedClock
    heard: list[news.News] = field(default_factory=list)

    def __post_init__(self) -> None:
        people.PasswordHasher = functools.partial(PasswordHasher, 1, 8, 1)
        self.path = self.folder / "ledger.db"
        values = {"sale.same_day_restore": True, "map.second_person": False}
        self.settings = Settings(values, practice=True)
        self.open()
        for who, pin in (("007", _PIN), (_MANAGER, _MANAGER_PIN)):
            self.ledger.people.put_operator(
                Actor(self.clock.now(), "007"), Operator(who, who, "店长"), pin
            )
        self.ledger.catalogue.put_items(
            Actor(self.clock.now(), "007"), [_item(letter) for letter in ITEMS]
        )

    def open(self) -> None:
        """Start the program; also after it was closed."""
        bring_up_to_date(self.path)
        self.ledger = SqliteLedger(
            Actor(self.clock.now(), "007"), self.path, "01", "here", PlainSealer()
        )
        profile, post, lane = load_profile("generic"), self.heard.append, InLine()
        door = LocalReservations(self.ledger.basket.earlier)
        self.open_sale = make_till(self.ledger, self.clock, lambda: self.settings, profile, door)
        self.desk = Desk(
            basket=self.ledger.basket,
            catalogue=self.ledger.catalogue,
            mappings=self.ledger.map,
            people=self.ledger.people,
            events=self.ledger.chain,
            open_sale=self.open_sale,
            clock=self.clock,
            settings=lambda: self.settings,
            post=post,
        )
        self.movements = Movements(
            sales=self.ledger.sales,
            boxes=self.ledger.boxes,
            catalogue=self.ledger.catalogue,
            mappings=self.ledger.map,
            events=self.ledger.chain,
            who=self.open_sale.who,
            open_sale=self.open_sale,
            clock=self.clock,
            settings=lambda: self.settings,
            profile=profile,
            wake_courier=lambda _: None,
        )
        payments = Payments(
            self.open_sale, self.desk, None, lambda: self.settings, lane.submit, lane.submit, post,
            lambda _: None, lambda: None, lambda _, __: None,
        )  # fmt: skip
        any_lane: Any = lane
        self.wishes = SaleWishes(
            lane=any_lane,
            catalogue=self.ledger.catalogue,
            people=self.ledger.people,
            outbox=self.ledger.outbox,
            prescriptions=self.ledger.prescriptions,
            open_sale=self.open_sale,
            desk=self.desk,
            payments=payments,
            undoing=NothingInsured(),
            post=post,
            print_receipt=lambda _: None,
            wake_courier=lambda _: None,
        )
        self.library = NoCodeWishes(
            lane=any_lane,
            sales=self.ledger.sales,
            no_code=self.ledger.no_code,
            catalogue=self.ledger.catalogue,
            open_sale=self.open_sale,
            approvals=self.desk.approvals,
            clock=self.clock,
            shut=self.desk.shut,
            looked=self.desk.gate.look,
            post=post,
            wake_courier=lambda _: None,
        )

    def close(self) -> None:
        """End the program."""
        self.ledger.chain.conn.close()


def _item(letter: str) -> Item:
    return Item(
        f"D{letter}", f"演练药{letter}", "24粒", "胶囊", "示例药业", "国药准字H1", f"XM{letter}",
        InsuranceClass.B, RxFlag.OTC_B if letter == "D" else RxFlag.OTC_A, price_fen=2000,
        cost_fen=900, split_unit="粒", split_ratio=RATIO if letter == "A" else None,
        batch=Batch("L0", MADE, EXPIRY),
        identifications=() if letter == "E" else (ITEMS[letter],),
    )  # fmt: skip


class WrongAnswer(Exception):
    """The program answered a wish otherwise than the model."""


class Days:
    """Random days of one home; `count` tells how often each wish was made."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.clock = FixedClock(START)
        self.store = Store(folder, self.clock)
        self.model = Model()
        self.count: dict[str, int] = {}
        self.done: list[str] = []
        self.day = 0
        self.codes = [
            f"{known}{number:013d}" for known in ITEMS.values() for number in range(_CODES)
        ]
        for letter, known in ITEMS.items():
            for code in self.codes:
                if code.startswith(known):
                    self.model.boxes[code] = Box(letter)
        self.wishes = [name.removeprefix("wish_") for name in dir(self) if name.startswith("wish_")]
        weights = {"scan": 14, "pay": 6, "receive": 3, "move": 4, "undo": 2, "back": 2}
        self.weights = [weights.get(name, 1) for name in self.wishes]

    def live(self) -> list[str]:
        """One day; what was wrong at its end, or at the first wrong answer."""
        today = START + timedelta(days=self.day)
        self.clock.at = max(today, self.clock.at)
        if self.random.random() < 0.2:
            self.store.close()
            self.store.open()
        self.model.expire(self._minute())
        self.store.open_sale.held.expire()
        for _ in range(WISHES):
            self.clock.advance(60 * self.random.randrange(1, 10))
            name = self.random.choices(self.wishes, self.weights)[0]
            self.store.heard.clear()
            try:
                getattr(self, f"wish_{name}")()
            except WrongAnswer as wrong:
                return [f"day {self.day}: {name}: {wrong}; before: {self.done[-8:]}"]
            self._counts(name)
        self.day += 1
        return [f"day {self.day - 1}: {fault}" for fault in self._judged()]

    def _counts(self, name: str) -> None:
        self.count[name] = self.count.get(name, 0) + 1

    def _judged(self) -> list[str]:
        path, log = self.store.path, self.store.folder / "log.jsonl"
        faults = list(check(path).problems)
        export(path, log)
        proved = subprocess.run(
            [sys.executable, str(_VERIFIER), str(log)], capture_output=True, text=True, check=False
        )
        if proved.returncode:
            faults.append(f"verify_log: {proved.stdout[-300:]}{proved.stderr[-300:]}")
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as conn:
            return faults + self.model.differs(conn)

    # --- small things ---------------------------------------------------------------------

    def _minute(self) -> int:
        return int(self.clock.at.timestamp()) // 60

    def _code(self, letters: str = "ABCDE") -> str:
        known = [ITEMS[letter] for letter in letters]
        return self.random.choice([code for code in self.codes if code[:7] in known])

    def _waiting(self, letters: str = "ABCDE") -> str:
        """A code, by half of one that is in a sale: facts are to come while it is open or held."""
        sales = [sale for sale in (self.model.sale, *self.model.held) if sale]
        there = [code for sale in sales for code in sale.codes()]
        there = [code for code in there if self.model.boxes[code].letter in letters]
        return (
            self.random.choice(there)
            if there and self.random.random() < 0.5
            else self._code(letters)
        )

    def _some(self, letters: str, most: int) -> list[str]:
        return list(dict.fromkeys(self._code(letters) for _ in range(self.random.randint(1, most))))

    def _must(self, holds: bool, *told: object) -> None:
        self.done.append(" ".join(map(str, told)))
        if not holds:
            raise WrongAnswer(" ".join(map(str, told)))

    def _heard(self, kind: type[Any]) -> Any:
        found = [one for one in self.store.heard if isinstance(one, kind)]
        self._must(bool(found), "heard", kind.__name__, "" if found else self.store.heard)
        return found[-1]

    # --- the sale -------------------------------------------------------------------------

    def wish_scan(self) -> None:
        """A box is scanned."""
        self._scan(self._code(), lambda raw: self.store.wishes.scan(raw), "test")

    def wish_type(self) -> None:
        """A code is typed by hand."""
        self._scan(
            self._code(), lambda raw: self.store.wishes.type_code(raw.data.decode()), "typed"
        )

    def _scan(self, code: str, deliver: Callable[[RawScan], object], how: str) -> None:
        wanted = self.model.verdict(code)
        deliver(RawScan(code.encode(), "test", self.clock.now()))
        verdict = self._heard(news.Judged).verdict
        self._must(verdict.name.value == wanted, how, code, wanted, verdict.name.value)
        if wanted == "OK" and self.model.boxes[code].state == "missing":
            self._counts("found again")
        if wanted in GOOD:
            units = 1 if wanted == "OK_SPLIT" else None
            self.model.taken(code, self.store.open_sale.open().number, units)
        self.store.desk.question.dismiss()
        self.store.desk.repeats.ended()

    def wish_split(self) -> None:
        """Units of a box."""
        code, units = self._code("A"), self.random.randint(1, RATIO)
        box, wanted = self.model.boxes[code], self.model.verdict(code)
        left = box.left if box.state == "opened" else RATIO
        may = wanted in (*GOOD, "IN_THIS_SALE") if box.state == "opened" else wanted in GOOD
        told = self.store.wishes.split(code, units).result()
        refused = told.reason if isinstance(told, UnitsAnswer) else told.what
        may = may and units <= left
        self._must((not refused) is may, "split", code, units, wanted, refused)
        if may:
            self.model.taken(code, self.store.open_sale.open().number, units)

    def wish_ask(self) -> None:
        """A drug is asked for by its item."""
        letter = self.random.choice("BC")
        told = self.store.wishes.add_item(f"D{letter}").result()
        self._must(told.what in (SaleDid.ITEM_ADDED, SaleDid.EXEMPT_ADDED), "ask", letter)
        self.model.sale = self.model.sale or Sale(self.store.open_sale.open().number)
        sale = self.model.sale
        if not sale.lacking(letter):
            mine = [one for one in sale.entries if one.letter == letter]
            asked = sum(one.count for one in mine if one.kind == "ask")
            there = sum(one.kind in ("box", "no_code") for one in mine)
            sale.entries.append(Entry("ask", letter, count=max(asked, there) + 1 - asked))

    def wish_gift(self) -> None:
        """What came last becomes a gift, or paid again."""
        real = [one for one in self._entries() if one.kind != "mark"]
        if not real or (real[-1].kind, real[-1].letter) != ("box", "D"):
            return
        told = self.store.wishes.turn_gift().result().what
        real[-1].gift = not real[-1].gift
        self._must(told is (SaleDid.GIFT if real[-1].gift else SaleDid.GIFT_BACK), "gift", told)
        self._entries().append(Entry("mark", "D", real[-1].code))

    def _entries(self) -> list[Entry]:
        return self.model.sale.entries if self.model.sale else []

    def wish_order(self) -> None:
        """An online order, each with a number of its own."""
        number = f"{self.day:06d}{len(self.done):08d}"
        self.store.open_sale.lines.set_order(OnlineOrder("美团", number))
        self.model.sale = self.model.sale or Sale(self.store.open_sale.open().number)

    def wish_undo(self) -> None:
        """The newest entry is taken back."""
        what = self.store.wishes.undo().result().what
        entries = self._entries()
        last = entries.pop() if entries else None
        kind = last.kind if last else "none"
        wanted = {"none": SaleDid.NOTHING_TO_UNDO, "mark": SaleDid.GIFT_UNDONE}
        self._must(what is wanted.get(kind, SaleDid.UNDONE), "undo", kind, what)
        if last and kind == "mark":
            box = next(one for one in entries if one.kind == "box" and one.code == last.code)
            box.gift = not box.gift
        elif last:
            self.model.undone(last)

    def wish_hold(self) -> None:
        """The sale is put aside."""
        held = self.store.wishes.held.hold().result().what is SaleDid.HELD
        self._must(held is bool(self._lines()), "hold", held)
        if held and self.model.sale:
            self._aside()

    def _lines(self) -> list[Entry]:
        return [one for one in self._entries() if one.kind != "mark"]

    def _aside(self) -> None:
        sale = self.model.sale
        assert sale
        sale.held_at = self._minute()
        self.model.held.append(sale)
        self.model.sale = None

    def wish_resume(self) -> None:
        """A held sale is taken up."""
        self.model.expire(self._minute())
        place = self.random.randint(1, 3)
        told = self.store.wishes.held.resume(place).result()
        there = place <= len(self.model.held)
        self._must((told.what is SaleDid.RESUMED) is there, "resume", place, told.what)
        if not there:
            return
        if self._lines():
            self._aside()
        self.model.sale = self.model.held.pop(place - 1)
        self._told_doubts(told.doubts, "resume")

    def _told_doubts(self, refusals: Any, what: str) -> None:
        named = {said.reading.code for one in refusals for said in one.doubts}
        wanted = self.model.doubtful()
        self._must(named == wanted, what, "doubts", sorted(wanted), sorted(named))
        if wanted:
            self._counts(f"{what} with a doubtful box")

    def wish_void(self) -> None:
        """The whole sale is cancelled."""
        self.store.wishes.held.void()
        if self.model.sale:
            self.model.ended(self.model.sale)
        self.model.sale = None
        self.done.append("void")

    def wish_pay(self) -> None:
        """The sale is paid, by the customer or with a settlement the terminal gave."""
        insured = self.random.random() < 0.3
        payment = self.random.choice(_INSURED) if insured else PaymentKind.SELF
        order = PayOrder(payment, Settlement(f"S{len(self.done)}") if insured else None)
        told = self.store.wishes.pay(order).result()
        if not self._lines():
            self._must(told.what is SaleDid.NOTHING_TO_PAY, "pay nothing", told)
            return
        sale, doubtful = self.model.sale, self.model.doubtful()
        assert sale
        missing = any(sale.lacking(one) or _of(sale, one, "no_code") for one in ITEMS)
        # Gifts stand beside what is settled; without anything else there is nothing to settle.
        barred = insured and (missing or all(one.gift for one in sale.entries))
        refused = bool(doubtful) or barred or self.model.library_recalled()
        paid = told.what is PayDid.PAID
        self._must(paid is not refused, "pay", payment, sale.codes(), sorted(doubtful), barred)
        if paid:
            self.model.paid(self.day)
        else:
            self._told_doubts(told.refusals, "pay")

    # --- after the sale -------------------------------------------------------------------

    def wish_back(self) -> None:
        """A customer brings a box back."""
        code, receipt = self._sold()
        box = self.model.boxes[code]
        may = box.claim == "final" and not box.units
        told = self.store.wishes.returns.take_back(receipt, code, "质量问题").result()
        self._must(bool(told.number) is may, "return", code, told.what)
        if may:
            box.claim, box.state = "returned", "returned"

    def wish_put_back(self) -> None:
        """A box sold by mistake goes back on the shelf (撤销), approved by a manager."""
        code, receipt = self._sold()
        box = self.model.boxes[code]
        may = box.claim == "final" and not box.units and not box.settled
        may = may and box.paid_on == self.day and not self._insured(receipt)
        told = self.store.wishes.returns.put_back(receipt, code, "扫错").result()
        if may:
            self._must(told.what is ReturnDid.APPROVAL_AWAITED, "put back", code, told.what)
            told = (
                self.store.wishes.people.answer_approval(_MANAGER, _MANAGER_PIN, "当面核对")
                .result()
                .then
            )
        self._must(bool(told.number) is may, "put back", code, told.what)
        if may:
            box.claim, box.state = None, "on_shelf"

    def _insured(self, receipt: str) -> bool:
        """True for a sale whose settlement stands: its boxes come back by its receipt only."""
        sale = self.store.ledger.sales.load_sale(receipt)
        return sale is not None and sale.settlement is not None

    def _sold(self) -> tuple[str, str]:
        """A code, sold if there is one, and the number of its sale."""
        sold = [code for code, box in self.model.boxes.items() if box.claim == "final"]
        code = self.random.choice(sold or self.codes)
        return code, self.model.boxes[code].sale

    def wish_settled(self) -> None:
        """The platform takes a line of a sale, or says that a code was settled elsewhere."""
        ledger, now = self.store.ledger, self.clock.now()
        waiting = OutboxQueue(self.store.path).due_lines(now, True, None, 1000)
        due = [queued.line for queued in waiting]
        lines = [line for line in due if line.infno == "3505A" and line.codes]
        if not lines:
            return
        line = self.random.choice(lines)
        if self.random.random() < 0.6:
            ledger.outbox.settle_lines([Became(line.key, LineState.ACCEPTED, "", now, None)], now)
            self.done.append(f"accepted {line.key}")
            return
        ledger.sold_there.settle_elsewhere([line], {line.key: "已在别处结算"}, None, now)
        self.done.append(f"settled elsewhere {line.codes}")
        for code in line.codes:
            box = self.model.boxes[code]
            box.settled = True
            box.state = box.state or ("sold" if box.claim == "final" else box.state)
            self._must(box.state is not None, "settled elsewhere", code, box)

    # --- documents ------------------------------------------------------------------------

    def wish_receive(self) -> None:
        """A delivery comes in."""
        letter = self.random.choice("ABCDE")
        lot = self.random.choice(("L1", "L2"))
        party = self.random.choice(("甲公司", "乙公司"))
        self._post("delivery", self._some(letter, 5), lot, party)

    def wish_move(self) -> None:
        """Any other document."""
        kind = self.random.choice([kind for kind in MOVES if kind != "delivery"])
        self._post(kind, self._some(self.random.choice("ABCDE"), 3), None, "")

    def _post(self, kind: str, codes: list[str], lot: str | None, party: str) -> None:
        batch = Batch(lot, MADE, EXPIRY) if lot else Batch()
        wanted = [Wanted(c, f"D{self.model.boxes[c].letter}", batch, price_fen=900) for c in codes]
        outcome = self.store.movements.post(MovementKind(kind), wanted, party, "R-1", "演练")
        may: list[str] = []
        refused: list[str] = []
        for code in self._smallest(codes):
            letters = {self.model.boxes[one].letter for one in (code, *self.model.above(code))}
            good = code not in may and self.model.may_move(code, kind) and len(letters) == 1
            (may if good else refused).append(code)
        told = sorted(one.code or "" for one in outcome.refused)
        self._must(told == sorted(refused), kind, codes, "refused", refused, told)
        for code in may:
            self.model.moved(code, kind, lot, party)

    def _smallest(self, codes: list[str]) -> list[str]:
        found: list[str] = []
        for code in codes:
            inner = sorted(one for one, up in self.model.parent.items() if up == code)
            if inner and self.model.outer(code):
                found += self._smallest(inner)
            else:
                found.append(code)
        return found

    def wish_stock_take(self) -> None:
        """The shelf of one drug is counted; some boxes are overlooked, some too many."""
        letter = self.random.choice("ABCD")
        mine = [code for code in self.codes if self.model.boxes[code].letter == letter]
        shelf = [code for code in mine if self.model.boxes[code].state == "on_shelf"]
        seen = [code for code in shelf if self.random.random() < 0.8]
        seen += self._some(letter, 2) if self.random.random() < 0.5 else []
        if not seen:
            return
        self.store.movements.stock_take(seen, frozenset({f"D{letter}"}))
        found = set(self._smallest(seen))
        gone = [code for code in shelf if code not in found and self._smallest([code]) == [code]]
        for code in found:
            if self.model.boxes[code].letter == letter and self.model.may_move(code, "other_in"):
                self.model.moved(code, "other_in", None, "")
        for code in gone:
            if self.model.may_move(code, "loss"):
                self.model.moved(code, "loss", None, "")
        self.done.append(f"stock-take {letter} seen {seen} gone {gone}")

    def wish_packs(self) -> None:
        """A relation file: boxes of one drug in a pack of it."""
        letter = self.random.choice("ABCDE")
        outer, inner = self._waiting(letter), [self._waiting(letter), *self._some(letter, 2)]
        smallest = self.random.random() < 0.2
        inner = [one for one in inner if self._may_hold(outer, one)]
        if not inner:
            return
        level = max([1, *(self.model.level.get(one, 1) for one in inner)]) + 1
        told = [PackRelation(outer, None, 1 if smallest else level, smallest)]
        told += [PackRelation(one, outer, 1) for one in inner]
        self.store.ledger.boxes.put_packs(Actor(self.clock.now(), "007"), told)
        for one in told:
            known = self.model.level.get(one.code, 0)
            self.model.level[one.code] = max(known, one.level)
            (self.model.smallest.add if one.smallest else self.model.smallest.discard)(one.code)
            if one.parent:
                self.model.parent[one.code] = one.parent
        self.done.append(f"packs {outer} {smallest} holds {inner}")

    def _may_hold(self, outer: str, inner: str) -> bool:
        """No circle, no other parent, and no pair that is both sold: the check says that rightly."""
        model = self.model
        if outer == inner or inner in model.above(outer) or model.parent.get(inner, outer) != outer:
            return False
        up, down = [outer, *model.above(outer)], [inner, *model.inside(inner)]
        return not all(any(model.boxes[c].claim == "final" for c in side) for side in (up, down))

    # --- recalls, map, library ------------------------------------------------------------

    def wish_recall(self) -> None:
        """A recall is opened, or an open one ended."""
        model = self.model
        if len(model.recalls) >= 2 or (model.recalls and self.random.random() < 0.5):
            key, value = model.recalls.pop(self.random.randrange(len(model.recalls)))
            found = [
                r for r in self.store.ledger.boxes.recalls() if (r.key, r.value) == (key, value)
            ]
            self._must(self.store.movements.end_recall(found[0].number), "end recall", key, value)
            return
        key, value = self.random.choice(
            [("lot", "L1"), ("lot", "N1"), ("drug", "DB"), ("code", self._waiting()),
             ("supplier", "甲公司")]
        )  # fmt: skip
        if (key, value) not in model.recalls:
            self.store.movements.recall(key, value, "演练")
            model.recalls.append((key, value))
            self.done.append(f"recall {key} {value}")

    def wish_map(self) -> None:
        """Drug E's identification is mapped, as a box or a pack, or taken out of use."""
        known = ITEMS["E"]
        if self.model.mapped and self.random.random() < 0.5:
            told = self.store.wishes.maps.unmap(known, "DE", "写错").result()
            self._must(told.what is MapDid.REMOVED, "unmap")
            self.model.mapped = 0
            return
        level = self.random.choice((1, 1, 2))
        told = self.store.wishes.maps.say(known, "DE", PackLevel(level), anyway=True).result()
        self._must(told.what is MapDid.CONFIRMED, "map", level, told.what)
        self.model.mapped = level

    def wish_library(self) -> None:
        """An entry of the no-code library, approved at once."""
        draft = Draft(
            "DB", Batch("N1", MADE, EXPIRY), 2, NoCodeReason.LABEL_LOST, date(2026, 2, 1), "发票"
        )
        number = self.store.library.keep(draft).result().number
        self.store.library.approve(number)
        self.store.wishes.people.answer_approval(_MANAGER, _MANAGER_PIN, "核对发票")
        changed = self._heard(news.NoCodeChanged)
        self._must(changed.state is NoCodeState.APPROVED, "library", number)
        self.model.library[number] = 2

    def wish_without_code(self) -> None:
        """A box of the library goes into a line that lacks one."""
        left = [number for number, count in self.model.library.items() if count]
        if not left or not self.model.sale:
            return
        number, sale = self.random.choice(left), self.store.open_sale.sale
        line = sale.line_of("DB") if sale else None
        told = self.store.library.take(number, line.number if line else 0).result()
        may = bool(self.model.sale.lacking("B")) and not self.model.library_held()
        self._must((told.what is NoCodeDid.TAKEN) is may, "no code", number, told)
        if may:
            self.model.library[number] -= 1
            self.model.sale.entries.append(Entry("no_code", "B", number))

    def wish_without_code_back(self) -> None:
        """A box of the library comes back from a customer."""
        row = plain.row(
            self.store.ledger.path,
            "SELECT sale, entry, no_code FROM sale_entries WHERE no_code IS NOT NULL"
            " AND state = 'final' ORDER BY sale, entry LIMIT 1",
        )
        if row:
            box = NoCodeSold(row["sale"], row["entry"], self.clock.now())
            told = self.store.library.take_back(box, row["no_code"], "质量问题").result()
            may = not self._insured(row["sale"])
            self._must(bool(told.number) is may, "no code back", row["no_code"])

    def wish_people(self) -> None:
        """Somebody else works at the counter."""
        person, pin = self.random.choice((("007", _PIN), (_MANAGER, _MANAGER_PIN), ("007", "1")))
        told = self.store.wishes.people.sign_in(person, pin).result()
        self._must(bool(told.reason) is (pin == "1"), "sign in", person, told.what)
        self.store.open_sale.who.sign_in("007", _PIN)


def _of(sale: Sale, letter: str, kind: str) -> bool:
    return any(one.letter == letter and one.kind == kind for one in sale.entries)


def drill(days: int, seed: int) -> list[str]:
    """Live so many days, in homes of `LIFE` days each; what was wrong."""
    faults: list[str] = []
    count: dict[str, int] = {}
    for number, first in enumerate(range(0, days, LIFE)):
        with tempfile.TemporaryDirectory(prefix="pharmacy-desk-days-") as folder:
            life = Days(Path(folder), seed + number)
            for _ in range(min(LIFE, days - first)):
                if found := life.live():
                    faults += [f"seed {seed + number} {one}" for one in found]
                    break
            life.store.close()
            for name, times in life.count.items():
                count[name] = count.get(name, 0) + times
    told = ", ".join(f"{name} {times}" for name, times in sorted(count.items()))
    print(f"{days} random days from seed {seed}, {sum(count.values())} wishes ({told})")
    print(f"{len(faults)} faults")
    return faults
