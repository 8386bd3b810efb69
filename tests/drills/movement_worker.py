"""One life of a counter that moves boxes, as a forked child: it dies where its order says.

The store's connection is swapped for one that counts commits and statements; nothing of the
program knows. What is done is told line by line through a pipe, after the program said so.
"""

import functools
import os
import signal
import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

from argon2 import PasswordHasher

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.store.base import database
from pharmacy_desk.adapters.store.people import people
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drugs import Batch, InsuranceClass, Item, RxFlag
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.sale.sale import PaymentKind, Sale
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.stock.movement import MovementKind, PackRelation, StockLot
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.stock.movements import Outcome, Wanted
from pharmacy_desk.counter.stock.wishes import Order
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.options import Options
from tests.drills.movement_wishes import (
    EXPIRY,
    MADE,
    MANAGER,
    MANAGER_PIN,
    PIN,
    StepRefused,
    Wishes,
)

# Where a life ends: before or after the n-th commit, or before the n-th statement inside one.
BEFORE_COMMIT, AFTER_COMMIT, STATEMENT, BY_TIME, NEVER = "before", "after", "statement", "time", ""
# Units in a box of the drug that is sold in parts.
RATIO = 4
# D is the only one that may be given away (facts on the trade, section 3).
ITEMS = {"A": "8436282", "B": "8177322", "C": "8385793", "D": "8441869"}


@dataclass(slots=True)
class Death:
    """Where this life ends, and how far it has come."""

    at: str = NEVER
    number: int = 0
    armed: bool = False
    commits: int = 0
    statements: int = 0

    def passed(self, commit: bool, before: bool) -> None:
        """A commit or statement is about to be run, or was run."""
        if not self.armed:
            return
        if commit:
            self.commits += before
            here = self.commits == self.number
            if here and self.at == (BEFORE_COMMIT if before else AFTER_COMMIT):
                os.kill(os.getpid(), signal.SIGKILL)
        elif before:
            self.statements += 1
            if self.at == STATEMENT and self.statements == self.number:
                os.kill(os.getpid(), signal.SIGKILL)


class Mortal(sqlite3.Connection):
    """A connection that tells the death of its process what it does."""

    death: ClassVar[Death] = Death()

    def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
        """A statement, with the death asked before and after it."""
        commit = sql == "COMMIT"
        if commit or sql.startswith(("INSERT", "UPDATE", "DELETE", "BEGIN")):
            self.death.passed(commit, before=True)
            done = super().execute(sql, parameters)
            self.death.passed(commit, before=False)
            return done
        return super().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any) -> sqlite3.Cursor:
        """Many of one statement count as one."""
        self.death.passed(commit=False, before=True)
        return super().executemany(sql, parameters)


def connect(target: str, *, uri: bool = False) -> sqlite3.Connection:
    """Stands in for `database.connect` in this process."""
    conn = sqlite3.connect(target, uri=uri, check_same_thread=False, factory=Mortal)
    conn.row_factory = sqlite3.Row
    return conn


class Life:
    """The counter at work on a list of steps."""

    def __init__(self, home: Path, tell: int, death: Death) -> None:
        Mortal.death = death
        database.connect = connect
        # A life is to die at the disk, not over a fifth of a second of hashing.
        people.PasswordHasher = functools.partial(PasswordHasher, 1, 8, 1)
        self._tell = tell
        self._death = death
        self._heard: list[news.News] = []
        made = Home(home)
        made.make()
        made.acquire()
        self._home = made
        self.counter = Counter(made, Options(own_practice_platform=False), self._hear)
        self._wishes = Wishes(self.counter, self._heard)
        settings = self.counter.settings
        restore = {**settings.values, "sale.same_day_restore": True}
        self.counter.change_settings(replace(settings, values=restore))
        self.counter.desk_lane.call(
            lambda: self.counter.ledger.outbox.recover_sending(self.counter.clock.now())
        )

    def _hear(self, message: news.News) -> None:
        self._heard.append(message)
        if isinstance(message, news.ScanFailed):
            raise StepRefused(message.error.fault.value)

    def say(self, text: str) -> None:
        """One line to the judge; on its way when this returns, whatever becomes of us."""
        os.write(self._tell, f"{text}\n".encode())

    def furnish(self) -> None:
        """The drugs and the person of the drill."""
        ledger, clock = self.counter.ledger, self.counter.clock
        if ledger.catalogue.has_items():
            return
        items = [
            Item(
                f"D{letter}", f"演练药{letter}", "24粒", "胶囊", "示例药业", "国药准字H1",
                f"XM{letter}", InsuranceClass.B,
                RxFlag.OTC_B if letter == "D" else RxFlag.OTC_A, price_fen=2000, cost_fen=900,
                split_unit="粒", split_ratio=RATIO if letter == "A" else None,
                batch=Batch("L0", MADE, EXPIRY), identifications=(identification,),
            )
            for letter, identification in ITEMS.items()
        ]  # fmt: skip
        number = self.counter.settings.text("operator.id")
        ledger.catalogue.put_items(Actor(clock.now(), number), items)
        for who, pin in ((number, PIN), (MANAGER, MANAGER_PIN)):
            ledger.people.put_operator(
                Actor(clock.now(), number), Operator(who, "店长", "店长"), pin
            )

    def run(self, prepare: list[dict[str, Any]], steps: list[dict[str, Any]]) -> None:
        """Do everything; from `steps` on death may come."""
        for number, step in enumerate([*prepare, *steps]):
            if number == len(prepare):
                self._death.armed = True
                self.say("armed")
            told = self._do(step)
            self.say(f"done {number} {told}")
        self._death.armed = False
        self.say(f"whole {self._death.commits} {self._death.statements}")

    def end(self) -> None:
        """Close as at the end of a day."""
        self.counter.stop()
        self._home.release()

    def _do(self, step: dict[str, Any]) -> str:
        """One step; the documents it made, if any, apart by commas."""
        wish = getattr(self._wishes, step["do"], None)
        if wish:
            return str(wish(step) or "")
        job = getattr(self, f"_{step['do']}")
        return str(self.counter.desk_lane.call(lambda: job(step)) or "")

    def _post(self, step: dict[str, Any]) -> str:
        batch = Batch(step.get("lot"), MADE, EXPIRY) if step.get("lot") else Batch()
        wanted = tuple(
            Wanted(code, step.get("item", ""), batch, price_fen=900) for code in step["codes"]
        )
        order = Order(
            MovementKind(step["kind"]),
            wanted,
            step.get("party", ""),
            "REF-1",
            step.get("reason", ""),
        )
        return _number(self.counter.keeper.post(order))

    def _stock(self, step: dict[str, Any]) -> str:
        batch = Batch(step["lot"], MADE, EXPIRY)
        lots = [StockLot(step["item"], batch, step["quantity"])]
        boxes = [Wanted(code, step["item"], batch) for code in step["codes"]]
        return _number(self.counter.keeper.load_stock(lots, boxes).outcome)

    def _packs(self, step: dict[str, Any]) -> None:
        self.counter.keeper.load_packs([PackRelation(*one) for one in step["relations"]])

    def _scan(self, step: dict[str, Any]) -> None:
        self._heard.clear()
        now = self.counter.clock.now()
        self.counter.desk.scan(RawScan(step["code"].encode(), "drill", now))
        verdict = next(one for one in self._heard[::-1] if isinstance(one, news.Judged)).verdict
        if not verdict.accepted:
            raise StepRefused(f"scan {step['code']}: {verdict.name.value}")

    def _split(self, step: dict[str, Any]) -> None:
        answer = self.counter.desk.split(step["code"], step["units"])
        if answer.reason:
            raise StepRefused(f"split {step['code']}: {answer.verdict.name.value} {answer.left}")

    def _pay(self, step: dict[str, Any]) -> str:
        paid = self.counter.open_sale.ending.complete(PayOrder(PaymentKind.SELF), None)
        if not isinstance(paid, Sale):
            raise StepRefused(f"not paid: {paid}")
        self.counter.desk.sale_ended()
        return paid.number

    def _hold(self, step: dict[str, Any]) -> None:
        if not self.counter.open_sale.held.hold():
            raise StepRefused("nothing to hold")

    def _resume(self, step: dict[str, Any]) -> None:
        if not self.counter.open_sale.held.resume(1):
            raise StepRefused("nothing to resume")

    def _void(self, step: dict[str, Any]) -> None:
        self.counter.open_sale.ending.void()

    def _undo(self, step: dict[str, Any]) -> None:
        if self.counter.open_sale.lines.undo() is None:
            raise StepRefused("nothing to undo")

    def _give_back(self, step: dict[str, Any]) -> str:
        sold = self.counter.ledger.basket.earlier(step["code"])
        answer = self.counter.open_sale.returns.take_back(
            sold.sale if sold else "", step["code"], "质量问题"
        )
        if not answer.number:
            raise StepRefused(f"return {step['code']}: {answer.reason}")
        return answer.number

    def _count(self, step: dict[str, Any]) -> str:
        place = frozenset({step["item"]})
        outcome = self.counter.movements.stock_take(step["codes"], place)
        return _number(outcome)

    def _recall(self, step: dict[str, Any]) -> str:
        return self.counter.movements.recall(step["key"], step["value"], "演练").number

    def _end_recall(self, step: dict[str, Any]) -> str:
        for recall in self.counter.ledger.boxes.recalls():
            named = (recall.key, recall.value) == (step["key"], step["value"])
            if named and self.counter.movements.end_recall(recall.number):
                return recall.number
        raise StepRefused("no such recall")


def _number(outcome: Outcome) -> str:
    if outcome.refused:
        raise StepRefused(f"not moved: {outcome.refused[:3]}")
    return outcome.number or ""
