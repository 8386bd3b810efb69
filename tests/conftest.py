"""Shared by every room: a guard against leftovers, small fakes at the ports, a counter to sell at."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from pharmacy_desk.adapters.outside_mark import STATE_VARIABLE
from pharmacy_desk.adapters.reservations.local import LocalReservations
from pharmacy_desk.adapters.resources import load_profile, shipped_limits
from pharmacy_desk.adapters.store.base.upgrade import bring_up_to_date
from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.adapters.store.people import people as store_people
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drugs import Batch, Category, InsuranceClass, Item, RxFlag
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.ports.reservations import Reservations
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.sale import PaymentKind, Sale, Settlement
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.upload.profile import Profile
from pharmacy_desk.counter import news
from pharmacy_desk.counter.people.at_counter import AtCounter
from pharmacy_desk.counter.people.roster import Roster
from pharmacy_desk.counter.sale.desk import Desk
from pharmacy_desk.counter.sale.limits import Limits
from pharmacy_desk.counter.sale.open_sale import OpenSale, SalePorts
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder

SHANGHAI = timezone(timedelta(hours=8))
NOON = datetime(2026, 11, 22, 12, 0, 0, tzinfo=SHANGHAI)
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_LANES = ("desk", "printer", "settlement", "courier", "reader", "import", "port-")


# What the folders of a run may need at once; a container often has 64 MB of memory for files.
_ROOMY_BYTES = 1 << 30


def _in_memory() -> str | None:
    """A folder in memory for the tests' files, where there is one with room.

    A test cannot tell by reading back whether a commit waited for the disk; that every commit asks
    for it is read off the connection. So no test waits for the disk either.
    """
    place = Path("/dev/shm")
    roomy = place.is_dir() and shutil.disk_usage(place).free >= _ROOMY_BYTES
    return str(place) if roomy and os.access(place, os.W_OK) else None


def pytest_configure(config: pytest.Config) -> None:
    memory = _in_memory()
    if memory:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", memory)
    # Marks of homes never go to this user's own state folder; children inherit the other one.
    state = tempfile.mkdtemp(prefix="pharmacy-desk-state-")
    os.environ[STATE_VARIABLE] = state
    config.add_cleanup(lambda: shutil.rmtree(state, ignore_errors=True))
    config.addinivalue_line(
        "markers", "may_log(*parts): warnings and errors of ours that contain a part are expected"
    )


class _Loud(logging.Handler):
    """Keeps what our program logs at WARNING and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.split(".")[0] == "pharmacy_desk":
            self.said.append(f"{record.levelname} {record.name}: {record.getMessage()}")


def _leftovers(before: set[threading.Thread]) -> list[str]:
    return [
        thread.name
        for thread in threading.enumerate()
        if thread not in before and (not thread.daemon or thread.name.startswith(_LANES))
    ]


@pytest.fixture(autouse=True)
def _leaves_nothing_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test leaves no lane and no port running, and our log says nothing unexpected."""
    before = set(threading.enumerate())
    loud = _Loud()
    logging.getLogger().addHandler(loud)
    yield
    logging.getLogger().removeHandler(loud)
    until = time.monotonic() + 2.0
    while (left := _leftovers(before)) and time.monotonic() < until:
        threading.Event().wait(0.005)
    assert not left, f"threads left running: {left}"
    marker = request.node.get_closest_marker("may_log")
    allowed = marker.args if marker else ()
    loose = [line for line in loud.said if not any(part in line for part in allowed)]
    assert not loose, f"unexpected in the log: {loose}"


@pytest.fixture(autouse=True)
def _cheap_pins(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PINs are hashed by the real argon2, but quickly: at its own cost a hash takes half a second.

    A test marked `dear_pins` gets the program's own cost.
    """
    if request.node.get_closest_marker("dear_pins") is None:
        monkeypatch.setattr(store_people, "PasswordHasher", lambda: _CHEAP)


@dataclass
class FixedClock:
    """`Clock` that stands still until it is moved."""

    at: datetime = NOON

    def now(self) -> datetime:
        return self.at

    def advance(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class PlainSealer:
    """`Sealer` that can be seen through: the bytes reversed."""

    def seal(self, data: bytes) -> tuple[bytes, bytes]:
        return b"key", data[::-1]

    def open(self, wrapped_key: bytes, sealed: bytes) -> bytes:
        assert wrapped_key == b"key"
        return sealed[::-1]

    def fingerprint(self, data: bytes) -> str:
        return hashlib.sha256(data).hexdigest()


def peak_of(script: str, *words: str) -> tuple[str, int]:
    """What a Python script of its own prints, and the most memory in bytes that it had.

    Linux only. Not by getrusage: what it tells of a child is inherited from us.
    """
    tell = (
        "\nimport sys as _sys\n"
        "_kept = open('/proc/self/status').read().split('VmHWM:')[1].split()[0]\n"
        "print(_kept, file=_sys.stderr)\n"
    )
    run = [sys.executable, "-W", "ignore", "-c", script + tell, *words]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout, int(done.stderr.split()[-1]) * 1024


LOT = Batch("L241230", date(2025, 1, 2), date(2028, 1, 1))
OTC = Item(
    code="Y1", name="布洛芬缓释胶囊", spec="0.3g×24粒", dosage_form="胶囊", maker="示例药业",
    insurance_code="XM01AEB173E001010100001", insurance_class=InsuranceClass.B, rx=RxFlag.OTC_A,
    price_fen=2180, batch=LOT, pinyin="BLFHSJN", barcodes=("6900000000014",),
    identifications=("8436282",),
)  # fmt: skip
RX = Item(
    code="Y2", name="阿莫西林胶囊", spec="0.25g×24粒", insurance_code="XJ01CAA001",
    insurance_class=InsuranceClass.A, rx=RxFlag.RX, price_fen=1250,
    batch=Batch("251021", date(2025, 10, 21), date(2028, 10, 20)), pinyin="AMXLJN",
    barcodes=("6924561884074",), identifications=("8385793", "06901234567892"),
)  # fmt: skip
EXEMPT = Item(
    code="Y3", name="枸杞子", category=Category.DECOCTION_PIECE, price_fen=3200, unit="袋",
    pinyin="GQZ", barcodes=("6900000000045",),
)  # fmt: skip
NO_LOT = Item(
    code="Y4", name="复方丹参滴丸", category=Category.PREPARED_CHINESE, price_fen=2760,
    insurance_code="ZC02", insurance_class=InsuranceClass.A, pinyin="FFDSDW",
    barcodes=("6900000000021",), identifications=("8177322",),
)  # fmt: skip
ITEMS = (OTC, RX, EXEMPT, NO_LOT)


def box(number: int, item: Item = OTC) -> str:
    """A trace code of a drug."""
    return f"{item.identifications[0]}{number:013d}"


SETTLED = Settlement("SETL20261122000001", "MDTRT000001", fund_fen=1000, account_fen=1180)


def make_till(
    ledger: SqliteLedger,
    clock: Clock,
    settings: Callable[[], Settings],
    profile: Profile,
    door: Reservations,
) -> OpenSale:
    """A till over the parts of a real ledger."""
    return OpenSale(
        SalePorts(
            sales=ledger.sales,
            basket=ledger.basket,
            gifts=ledger.gifts,
            settlements=ledger.settlements,
            returns=ledger.returns,
            claims=ledger.claims,
            persons=ledger.persons,
            sealed=ledger.sealed,
            prescriptions=ledger.prescriptions,
            boxes=ledger.boxes,
            no_code=ledger.no_code,
            no_code_sales=ledger.no_code_sales,
            catalogue=ledger.catalogue,
            people=ledger.people,
            outbox=ledger.outbox,
            events=ledger.chain,
        ),
        who=AtCounter(people=ledger.people, clock=clock, settings=settings),
        roster=Roster(ledger.duty, ledger.people),
        clock=clock,
        settings=settings,
        profile=profile,
        door=door,
        limits=Limits(ledger.limits, shipped_limits, settings, profile),
    )


@contextmanager
def asked_of(ledger: SqliteLedger) -> Iterator[list[str]]:
    """The statements that the ledger's own connection runs meanwhile."""
    said: list[str] = []
    ledger.chain.conn.set_trace_callback(said.append)
    yield said
    ledger.chain.conn.set_trace_callback(None)


@dataclass
class Shop:
    """A counter without lanes and doors: the real ledger, till and desk, called in turn."""

    ledger: SqliteLedger
    clock: FixedClock
    profile: Profile
    settings: Settings = field(default_factory=lambda: Settings({}, practice=True))
    news: list[news.News] = field(default_factory=list)
    mono: float = 1000.0
    door: Reservations | None = None

    hears: Callable[[news.News], None] = lambda _: None

    def __post_init__(self) -> None:
        self.door = self.door or LocalReservations(self.ledger.basket.earlier)
        self.begin()

    def begin(self, profile: Profile | None = None) -> None:
        """Begin anew over the same ledger, in a region of this profile; nobody is signed in."""
        self.profile = profile or self.profile
        self.open_sale = make_till(
            self.ledger, self.clock, lambda: self.settings, self.profile, self.door
        )
        self.desk = Desk(
            basket=self.ledger.basket,
            catalogue=self.ledger.catalogue,
            mappings=self.ledger.map,
            people=self.ledger.people,
            events=self.ledger.chain,
            open_sale=self.open_sale,
            clock=self.clock,
            settings=lambda: self.settings,
            post=self._post,
            monotonic=lambda: self.mono,
        )

    def _post(self, told: news.News) -> None:
        self.news.append(told)
        self.hears(told)

    def scan(self, text: str | bytes) -> Verdict:
        """One scan, a minute after the one before as far as double reads are concerned."""
        self.mono += 60
        data = text.encode() if isinstance(text, str) else text
        self.desk.scan(RawScan(data, "test", self.clock.now()))
        judged = self.news[-1]
        assert isinstance(judged, news.Judged), judged
        return judged.verdict

    def set(self, **values: str | int | bool) -> None:
        """Change settings; `__` stands for the dot."""
        changed = {name.replace("__", "."): value for name, value in values.items()}
        self.settings = replace(self.settings, values={**self.settings.values, **changed})

    def pay(
        self, payment: PaymentKind = PaymentKind.SELF, settlement: Settlement | None = None
    ) -> Sale:
        """Pay what is open."""
        paid = self.open_sale.ending.complete(PayOrder(payment), settlement)
        assert isinstance(paid, Sale)
        self.desk.sale_ended()
        return paid

    def sell(self, *codes: str, payment: PaymentKind = PaymentKind.SELF) -> Sale:
        """A whole sale of scanned boxes."""
        for code in codes:
            verdict = self.scan(code)
            assert verdict.accepted, verdict
        return self.pay(payment, SETTLED if payment.insured else None)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load_profile("generic")


@pytest.fixture(scope="session")
def empty_ledger(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A ledger's file as the migrations make it, made once."""
    path = tmp_path_factory.mktemp("empty") / "ledger.db"
    bring_up_to_date(path)
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


@pytest.fixture
def open_ledger(clock: FixedClock, empty_ledger: bytes) -> Iterator[Callable[..., SqliteLedger]]:
    """Opens ledgers; whatever is still open at the end is closed."""
    opened: list[SqliteLedger] = []

    def open_(path: Path, place: str = "here", counter: str = "01") -> SqliteLedger:
        if not path.exists():
            with contextlib.suppress(OSError):  # what cannot be written the ledger says itself
                path.write_bytes(empty_ledger)
        bring_up_to_date(path)
        made = SqliteLedger(Actor(clock.now(), "007"), path, counter, place, PlainSealer())
        opened.append(made)
        return made

    yield open_
    for made in opened:
        # One that the test has closed is closed; each other holds two files beside its database.
        with contextlib.suppress(sqlite3.ProgrammingError):
            made.close()


@pytest.fixture
def ledger(tmp_path: Path, open_ledger: Any, clock: FixedClock) -> SqliteLedger:
    """A fresh ledger with the small catalogue."""
    made: SqliteLedger = open_ledger(tmp_path / "ledger.db")
    made.catalogue.put_items(Actor(clock.now(), "007"), ITEMS)
    return made


@pytest.fixture
def shop(ledger: SqliteLedger, clock: FixedClock, profile: Profile) -> Shop:
    return Shop(ledger, clock, profile)
