"""Damage: bytes and pages of a ledger flipped or zeroed, and every reading door tried on it.

Each door must end in the answer the whole ledger gives, in another answer where the check has
found the damage, or in one sentence with exit 1 or 2; never in a traceback. A check that finds
nothing must mean that every door answers as before.
"""

import contextlib
import io
import random
import shutil
import tempfile
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.outside_mark import mark_file
from pharmacy_desk.adapters.resources import load_profile
from pharmacy_desk.adapters.store.base.export import export
from pharmacy_desk.adapters.store.base.upgrade import bring_up_to_date
from pharmacy_desk.adapters.store.check import against
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.adapters.store.stock import recall
from pharmacy_desk.commands.main import main as command
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.sale.judge import Recall
from pharmacy_desk.core.stock.movement import StockLot
from tests.conftest import ITEMS, LOT, NOON, FixedClock, PlainSealer, Shop, box

_NAME = "practice-ledger.db"
_CODES = [box(number) for number in range(1, 6)]


@dataclass(frozen=True)
class Hit:
    """One damage: in which file, where, how."""

    file: str
    at: int
    how: str
    length: int


def make_home(folder: Path) -> None:
    """A practice home with a little of everything in its ledger and in its write-ahead log."""
    folder.mkdir(parents=True)
    path = folder / _NAME
    bring_up_to_date(path)
    clock = FixedClock(NOON)
    ledger = SqliteLedger(Actor(NOON, "007"), path, "01", f"pages|{folder}", PlainSealer())
    ledger.catalogue.put_items(Actor(NOON, "007"), ITEMS)
    shop = Shop(ledger, clock, load_profile("generic"))
    ledger.people.put_operator(Actor(NOON, "001"), Operator("001", "张三", "店长"), "123456")
    ledger.boxes.put_stock(Actor(NOON, "007"), [StockLot("Y1", LOT, 5), StockLot("Y3", Batch(), 2)])
    ledger.boxes.open_recall(Actor(NOON, "001"), Recall("R1", "lot", "X99", "trial"))
    for code in _CODES[:3]:
        clock.advance(60)
        shop.sell(code)
    ledger.chain.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    back = shop.sell(_CODES[3])
    shop.open_sale.returns.take_back(back.number, _CODES[3], "错发")
    shop.scan(_CODES[4])
    # As a kill leaves it: the log is not folded in.
    for name in (_NAME, f"{_NAME}-wal"):
        shutil.copy(folder / name, folder / f"{name}.kept")
    ledger.close()
    for name in (_NAME, f"{_NAME}-wal"):
        (folder / f"{name}.kept").replace(folder / name)
    (folder / f"{_NAME}-shm").unlink(missing_ok=True)


def hits(folder: Path, count: int, dice: random.Random) -> Iterator[Hit]:
    """Random places: headers of pages and of the files more often than their share."""
    sizes = {name: (folder / name).stat().st_size for name in (_NAME, f"{_NAME}-wal")}
    for _ in range(count):
        name = dice.choice((_NAME, _NAME, _NAME, f"{_NAME}-wal"))
        at = dice.randrange(sizes[name])
        if dice.random() < 0.3:
            at = min(at // 4096 * 4096 + dice.randrange(120), sizes[name] - 1)
        how = dice.choice(("flip", "flip", "byte", "zero"))
        yield Hit(name, at, how, dice.choice((1, 1, 2, 16, 512, 4096)))


def damage(folder: Path, hit: Hit, dice: random.Random) -> None:
    """Do it to the files of a home."""
    path = folder / hit.file
    data = bytearray(path.read_bytes())
    for place in range(hit.at, min(hit.at + (hit.length if hit.how != "flip" else 1), len(data))):
        if hit.how == "flip":
            data[place] ^= 1 << dice.randrange(8)
        else:
            data[place] = 0 if hit.how == "zero" else dice.randrange(256)
    path.write_bytes(data)


def doors(folder: Path) -> dict[str, Callable[[], object]]:
    """Every way in which the ledger is read, as calls that give something to compare."""
    path = folder / _NAME
    return {
        **{name: lambda name=name: _read(path, name) for name in _READS},  # type: ignore[misc]
        "recall": lambda: repr([
            (where, list(boxes)) for where, boxes in _traced(path)
        ]),
        "export": lambda: _exported(folder),
        "against": lambda: against.differs(path, "01-AAAAAA-1:00000000"),
        "code": lambda: _command(folder, "code", _CODES[0]),
        "receipt": lambda: _command(folder, "receipt", "last"),
        "stats": lambda: _command(folder, "ledger", "stats"),
        "check": lambda: _command(folder, "ledger", "check"),
        "document": lambda: _command(folder, "document", "X-000001"),
        "counter": lambda: _sells_on(folder),
        # What these say is of the machine too: they must only end as a command may.
        "doctor": lambda: _ended(folder, "doctor"),
        "sync": lambda: _ended(folder, "sync", "--once", "--platform", "http://127.0.0.1:9"),
    }  # fmt: skip


_READS: dict[str, Callable[[Reader], object]] = {
    "search": lambda r: r.catalogue.search_items("布", 50),
    "items": lambda r: r.catalogue.items_behind("", 50),
    "sales": lambda r: [r.sales.sale(number) for number in r.sales.paid_sales()],
    "history": lambda r: [r.boxes.history(code) for code in _CODES],
    "records": lambda r: [r.boxes.record(code) for code in _CODES],
    "earlier": lambda r: [r.boxes.earlier(code) for code in _CODES],
    "people": lambda r: r.people.people(),
    "queue": lambda r: (r.outbox.queue(), r.outbox.lines(), r.outbox.refused_keys()),
}


def _read(path: Path, name: str) -> str:
    with contextlib.closing(Reader(path)) as reader:
        return repr(_READS[name](reader))


def _traced(path: Path) -> Iterator[tuple[str, list[object]]]:
    with recall.traced(path, recall.Marks(lot="L241230")) as parts:
        for where, boxes in parts:
            yield where, list(boxes)


def _exported(folder: Path) -> str:
    target = folder / "log.jsonl"
    export(folder / _NAME, target)
    return target.read_text(encoding="utf-8")


class _CommandError(Exception):
    """A command ended as the contract says it may: one sentence, exit 1 or 2."""


def _command(folder: Path, *words: str) -> str:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = command(["--home", str(folder), *words])
    if code == 0:
        return out.getvalue()
    told = (err.getvalue() or out.getvalue()).strip()
    if code not in (1, 2) or not told or "Traceback" in told:
        raise AssertionError(f"exit {code}: {told}")
    raise _CommandError(told)


def _ended(folder: Path, *words: str) -> str:
    with contextlib.suppress(_CommandError):
        _command(folder, *words)
    return "ended"


def _sells_on(folder: Path) -> str:
    """A counter that is opened on it, scans, pays and closes; on a copy of the home."""
    with tempfile.TemporaryDirectory() as other:
        for name in (_NAME, f"{_NAME}-wal"):
            with contextlib.suppress(FileNotFoundError):  # a reader may have folded the log in
                shutil.copy(folder / name, other)
        path = Path(other) / _NAME
        clock = FixedClock(NOON + timedelta(hours=1))
        bring_up_to_date(path)
        ledger = SqliteLedger(
            Actor(clock.now(), "007"), path, "01", f"pages|{other}", PlainSealer()
        )
        try:
            shop = Shop(ledger, clock, load_profile("generic"))
            said = [shop.scan(code).name.value for code in (_CODES[0], box(9))]
            return f"{said} {shop.pay().total_fen}"
        finally:
            ledger.close()


def tried(door: Callable[[], object]) -> tuple[str, str]:
    """(`ok`, answer), (`said`, sentence), or (`trace`, traceback)."""
    try:
        return "ok", str(door())
    except (WorldError, _CommandError) as error:
        return "said", str(error)
    except Exception:  # noqa: BLE001 - what the drill looks for
        return "trace", traceback.format_exc(limit=-6)


def drill(folder: Path, count: int, seed: int) -> list[str]:
    """Damage a home `count` times, each time anew; what was found wrong."""
    dice = random.Random(seed)
    whole = folder / "whole"
    make_home(whole)
    right = {name: tried(door) for name, door in doors(_fresh(whole, folder)).items()}
    found = [
        f"whole: {name}: {said}" for name, said in right.items()
        if said[0] != "ok" and name != "document"
    ]  # fmt: skip
    for hit in hits(whole, count, dice):
        home = _fresh(whole, folder)
        damage(home, hit, dice)
        found += [f"{hit}: {line}" for line in _judged(home, right)]
    return found


def _fresh(whole: Path, folder: Path) -> Path:
    home = folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(whole, home)
    # What a door of the round before has opened here would rightly be missed now.
    mark_file(Home(home).place, home / _NAME).unlink(missing_ok=True)
    return home


def _judged(home: Path, right: dict[str, tuple[str, str]]) -> Iterator[str]:
    try:
        clean = not check(home / _NAME).problems
    except WorldError:
        clean = False
    for name, door in doors(home).items():
        kind, said = tried(door)
        if kind == "trace":
            yield f"{name}: {said}"
        elif clean and (kind, said) != right[name]:
            yield f"{name}: the check is content, and it says {said[:200]}"
