"""One life of a counter that serves insured customers, as a forked child: it dies at its commit.

It is the program's own wiring without a window, with doors, courier and lanes at work. The store's
connection is swapped for one that counts commits; nothing of the program knows. What is
acknowledged is told through a pipe as a fact that the judge looks for in the file.
"""

import json
import os
import signal
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.store.base import database
from pharmacy_desk.core.people.identity import ProofKind
from pharmacy_desk.core.sale.person import Relation
from pharmacy_desk.core.sale.prescription import Checkers, RxOrder
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.sale.tender import Tender, Tendered, TenderKind
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import PayAnswer, PayDid
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.options import Options
from tests.drills.insured_scenes import Step
from tests.drills.movement_worker import Death, Mortal, connect

# A life that does not end by itself or by its order is ended here: something hangs.
_LONGEST_S = 120
_ANSWER_S = 30
_TRIES = 12


class Refused(Exception):
    """A step that the program did not take."""


class Life:
    """The counter at work on a list of steps."""

    def __init__(self, home: Path, url: str, tell: int, death: Death) -> None:
        signal.alarm(_LONGEST_S)
        Mortal.death = death
        database.connect = connect
        self._tell = tell
        self._death = death
        self._heard: list[news.News] = []
        self._home = Home(home)
        self._home.make()
        self._home.acquire()
        options = Options(url, url, own_practice_platform=False)
        self.counter = Counter(self._home, options, self._heard.append)
        self.counter.start()

    def say(self, *told: object) -> None:
        """One line to the judge; on its way when this returns, whatever becomes of us."""
        os.write(self._tell, f"{json.dumps(told)}\n".encode())

    def recover(self) -> None:
        """Wait until no settlement is open; let go what the life before left open."""
        self._until(self._settled)
        while self._sale():
            self.counter.wishes.held.void().result(timeout=_ANSWER_S)
        self.counter.day.close_shift(20000).result(timeout=_ANSWER_S)

    def paid(self) -> int:
        """Sales that are paid so far."""
        return int(self._asked("SELECT count(*) FROM sales WHERE state = 'paid'"))

    def run(self, steps: Iterable[Step], boxes: str) -> None:
        """Do everything; `boxes` tells this life's boxes from another's."""
        for name, *words in steps:
            if name == "scan":
                words = [words[0].format(f"{boxes}{words[1]}".rjust(13, "0"))]
            self.say("done", name, *self._do(name, words))
        self._until(self._settled)

    def end(self) -> None:
        """All is sent; close as at the end of a day."""
        self.counter.wishes.send_now()
        self._until(
            lambda: not self._asked("SELECT count(*) FROM outbox WHERE state <> 'accepted'")
        )
        self._death.armed = False
        self.counter.stop()
        self._home.release()

    # --- how the counter stands -----------------------------------------------------------

    def _asked(self, sql: str) -> Any:
        conn = self.counter.ledger.chain.conn
        return self.counter.desk_lane.call(lambda: conn.execute(sql).fetchone()[0])

    def _settled(self) -> bool:
        return not self._asked(
            "SELECT (SELECT count(*) FROM settlements WHERE state IN ('asked', 'unknown'))"
        ) and not self.counter.desk_lane.call(self.counter.open_sale.settlements.standing)

    def _sale(self) -> str:
        sale = self.counter.desk_lane.call(lambda: self.counter.open_sale.sale)
        return sale.number if sale else ""

    def _until(self, there: Callable[[], bool]) -> None:
        until = time.monotonic() + 2 * _ANSWER_S
        while not there():
            if time.monotonic() > until:
                raise Refused("what is open stays open")
            time.sleep(0.02)

    # --- the steps: each gives the fact that is to be found -------------------------------

    def _do(self, name: str, words: list[str]) -> tuple[str, ...]:
        step: Callable[..., tuple[str, ...]] = getattr(self, f"_{name.replace(' ', '_')}")
        return step(*words)

    def _scan(self, code: str) -> tuple[str, ...]:
        self._heard.clear()
        self.counter.wishes.scan(RawScan(code.encode(), "drill", self.counter.clock.now()))
        self.counter.desk_lane.call(lambda: None)
        judged = [one.verdict for one in self._heard if isinstance(one, news.Judged)]
        if not judged or not judged[-1].accepted:
            raise Refused(f"scan {code}: {judged[-1].name if judged else self._heard}")
        return (code,)

    def _person(self, kind: str, text: str, name: str) -> tuple[str, ...]:
        self._take(self.counter.wishes.customer.see(text, ProofKind(kind), name))
        return (self._sale(),)

    def _bearer(self, relation: str, name: str) -> tuple[str, ...]:
        who = Relation(relation) if relation else None
        self._take(self.counter.wishes.customer.tell_bearer(who, name))
        return (self._sale(),)

    def _duty(self) -> tuple[str, ...]:
        self._take(self.counter.duty.sign("001", on=True))
        return ("001",)

    def _rx(self, number: str, diagnosis: str) -> tuple[str, ...]:
        order = RxOrder(
            number, "示例医院", "440300", "张医师", datetime.now(UTC).astimezone().date(),
            (("Y00003", 3),), Checkers(checker="001"), diagnosis,
        )  # fmt: skip
        self._take(self.counter.wishes.rx.keep(order))
        return self._sale(), number

    def _electronic(self, token: str) -> tuple[str, ...]:
        answer = self._take(self.counter.wishes.rx.electronic(token))
        return self._sale(), answer.prescription.number

    def _disease(self, code: str) -> tuple[str, ...]:
        self._take(self.counter.wishes.tell_disease(code))
        return (self._sale(),)

    def _preview(self) -> tuple[str, ...]:
        """The split may be lost on the line: it is asked for again."""
        for _ in range(_TRIES):
            answer: Any = self.counter.wishes.preview(PaymentKind.POOLED).result(timeout=_ANSWER_S)
            if answer.what is PayDid.PREVIEWED:
                return ()
            time.sleep(0.1)
        raise Refused(f"no split: {answer}")

    def _pay(self, kind: str, tenders: str) -> tuple[str, ...]:
        number = self._sale()
        payment = PaymentKind(kind)
        order = PayOrder(payment, tendered=_tendered(tenders))
        for _ in range(_TRIES):
            answer = self.counter.wishes.pay(order).result(timeout=_ANSWER_S)
            if isinstance(answer, PayAnswer) and answer.what is PayDid.PAID:
                return answer.sale.number, kind, tenders
            if self._paid_meanwhile(number):
                return number, kind, tenders
            if isinstance(answer, PayAnswer) and answer.what is PayDid.REFUSED:
                raise Refused(f"pay: {[one.reason for one in answer.refusals]}")
            time.sleep(0.3)
        raise Refused(f"pay: {answer.what}")

    def _paid_meanwhile(self, number: str) -> bool:
        """A settlement whose answer was lost may be found by the counter's own question."""
        found = f"SELECT count(*) FROM sales WHERE number = '{number}' AND state = 'paid'"
        return bool(self._asked(found))

    def _shift_open(self, fen: str) -> tuple[str, ...]:
        return (self._take(self.counter.day.open_shift(int(fen))).number,)

    def _shift_close(self, fen: str) -> tuple[str, ...]:
        return (self._take(self.counter.day.close_shift(int(fen))).number,)

    def _day_close(self) -> tuple[str, ...]:
        return (self._take(self.counter.day.close_day()).number,)

    def _take(self, wished: "Future[Any]") -> Any:
        answer = wished.result(timeout=_ANSWER_S)
        if answer.what.refused:
            raise Refused(str(answer))
        return answer


def _tendered(told: str) -> Tendered:
    """`wechat` takes all; `wechat+cash` one yuan of it, the rest in cash."""
    first, _, rest = told.partition("+")
    if rest:
        return Tendered((Tender(TenderKind(first), 100),), TenderKind(rest))
    return Tendered(rest=TenderKind(first)) if first else Tendered()
