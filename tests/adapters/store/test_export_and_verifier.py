"""The exported log, and the short script that proves it without the program."""

import copy
import importlib.util
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmacy_desk.adapters.store.base.export import FIELDS, export
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.commands.main import main
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.events import GENESIS, hash_fields
from tests.conftest import OTC, RX, Shop, box

SCRIPT = Path(__file__).parents[3] / "packaging" / "verify_log.py"
PERSONAL = ("11010519491231002X", "134567890123456789", "281234567890123456", "4403" * 7)
A, B = box(1), box(2)
Row = dict[str, Any]


def verify(log: Path, *heads: str) -> tuple[int, list[str]]:
    """The script as a stranger runs it: no site packages, no folder of ours."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", SCRIPT, log, *heads],
        capture_output=True, encoding="utf-8", timeout=60, check=False, cwd=log.parent,
    )  # fmt: skip
    said = done.stdout.splitlines()
    assert "Traceback" not in done.stderr
    return done.returncode, [line for line in said if not line.startswith("head ")]


def rows_of(log: Path) -> list[Row]:
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def write(log: Path, rows: list[Row]) -> Path:
    log.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return log


def rechain(rows: list[Row]) -> list[Row]:
    """The same events with numbers and hashes as if they had come about so."""
    before: dict[tuple[str, str], tuple[int, str]] = {}
    made = []
    for row in rows:
        place = (row["counter"], row["epoch"])
        seq, previous = before.get(place, (0, GENESIS))
        row = row | {"seq": seq + 1}
        digest = hash_fields(previous, *(row[name] for name in FIELDS))
        before[place] = (seq + 1, digest)
        made.append(row | {"hash": digest})
    return made


def event(kind: str, minute: int = 0, counter: str = "01", epoch: str = "E1", **more: Any) -> Row:
    """An event for a made-up log; payload as keywords beyond code and document."""
    code, document = more.pop("code", None), more.pop("document", None)
    at = f"2026-11-22T12:{minute:02d}:00+08:00"
    row = {"counter": counter, "epoch": epoch, "seq": 0, "at": at, "kind": kind, "code": code,
           "document": document, "operator": "007"}  # fmt: skip
    return row | {"payload": json.dumps(more), "hash": ""}


def paid(document: str, *codes: str, **more: Any) -> Row:
    return event("sale_paid", document=document, codes=list(codes), **more)


OPENED = event("home_opened", why="new", previous={"epoch": "", "seq": 0, "hash": GENESIS})


@pytest.fixture
def day(shop: Shop, tmp_path: Path) -> Path:
    """The exported log of a small day: sales, an undo, a void, a return, a second sale, doubts."""
    first = shop.sell(A, B, box(1, RX))
    shop.scan(box(3))
    shop.open_sale.lines.undo()
    shop.scan(box(4))
    shop.open_sale.ending.void()
    shop.desk.sale_ended()
    shop.clock.advance(60)
    for text in (*PERSONAL, A[:-1], "6900000000014", A):
        shop.scan(text)
    shop.open_sale.ending.void()
    shop.open_sale.returns.take_back(first.number, A, "质量问题")
    shop.clock.advance(-3600)
    shop.sell(box(5), box(6))
    log = tmp_path / "log.jsonl"
    export(shop.ledger.path, log)
    return log


@pytest.fixture(scope="session")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_log", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# The export


def test_every_event_is_written_as_it_is_hashed(shop: Shop, day: Path) -> None:
    rows = rows_of(day)
    conn = sqlite3.connect(shop.ledger.path)
    kept = conn.execute(f"SELECT {', '.join(FIELDS)}, lower(hex(hash)) FROM events ORDER BY seq")
    assert [tuple(row.values()) for row in rows] == list(kept)
    conn.close()
    assert {tuple(row) for row in rows} == {(*FIELDS, "hash")}
    assert {"sale_paid", "box_returned", "box_released", "read_damaged", "clock_doubtful"} <= {
        row["kind"] for row in rows
    }
    assert rechain(rows) == rows
    assert check(shop.ledger.path).problems == ()


def test_no_personal_code_is_in_it_in_any_form(day: Path) -> None:
    text = day.read_text("utf-8").lower()
    assert A.encode().hex() in text
    for personal in PERSONAL:
        for form in (personal, personal.encode().hex(), personal[4:-2]):
            assert form.lower() not in text, form


def test_an_export_that_fails_leaves_what_was_there(shop: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    (folder / "log").mkdir(parents=True)
    with pytest.raises(WorldError) as caught:
        export(shop.ledger.path, folder / "log")
    assert caught.value.fault is Fault.HOME_NOT_WRITABLE
    assert [found.name for found in folder.iterdir()] == ["log"]
    with pytest.raises(WorldError) as caught:
        export(shop.ledger.path, tmp_path / "none" / "log")
    assert caught.value.fault is Fault.HOME_NOT_WRITABLE


def test_a_damaged_ledger_leaves_the_export_before_it(shop: Shop, day: Path) -> None:
    before = day.read_bytes()
    shop.ledger.close()
    data = bytearray(shop.ledger.path.read_bytes())
    half = len(data) // 2
    data[4096:half] = bytes(half - 4096)
    shop.ledger.path.write_bytes(data)
    with pytest.raises(WorldError) as caught:
        export(shop.ledger.path, day)
    assert caught.value.fault is Fault.LEDGER_DAMAGED
    assert day.read_bytes() == before
    assert list(day.parent.glob(".log*")) == []


@pytest.mark.parametrize("name", ["ledger.db", "ledger.db-wal", "ledger.head"])
def test_the_ledgers_own_files_are_never_written_over(
    shop: Shop, tmp_path: Path, name: str
) -> None:
    shop.sell(A)
    with pytest.raises(WorldError):
        export(shop.ledger.path, tmp_path / name)
    export(shop.ledger.path, tmp_path / "ledger.jsonl")
    assert check(shop.ledger.path).problems == ()


def test_a_ledger_that_somebody_edited_is_still_written_out(shop: Shop, tmp_path: Path) -> None:
    shop.sell(A)
    conn = sqlite3.connect(shop.ledger.path)
    conn.execute("DROP TRIGGER events_are_never_changed")
    conn.execute("UPDATE events SET payload = x'00ff', hash = 7 WHERE seq = 3")
    conn.commit()
    conn.close()
    log = tmp_path / "log"
    export(shop.ledger.path, log)
    code, said = verify(log)
    assert code == 1
    assert said[0] == "line 3 is no event as the program exports it"


def test_the_command_says_what_it_wrote_and_the_script_agrees(
    shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.sell(A)
    home = tmp_path / "home"
    home.mkdir()
    with sqlite3.connect(shop.ledger.path) as conn:
        conn.execute("VACUUM INTO ?", (str(home / "practice-ledger.db"),))
    conn.close()
    log = tmp_path / "log"
    command = ["--home", str(home), "ledger", "export", str(log)]
    assert main([*command, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["file"], told["events"]) == (str(log), len(rows_of(log)))
    assert main(["--home", str(home), "ledger", "check", "--json"]) == 0
    assert told["heads"] == [json.loads(capsys.readouterr().out)["head"]]
    assert verify(log, *told["heads"]) == (0, [])
    assert main(command) == 0
    assert told["heads"][0] in capsys.readouterr().out
    assert main(["--home", str(home), "ledger", "export", str(tmp_path / "no" / "log")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    with pytest.raises(SystemExit) as ended:
        main(["--home", str(home), "ledger", "export"])
    assert ended.value.code == 2


# The script


def test_the_log_of_a_small_day_is_in_order(day: Path) -> None:
    assert verify(day) == (0, [])


def test_the_script_stands_alone_and_is_short() -> None:
    text = SCRIPT.read_text("utf-8")
    assert len(text.splitlines()) <= 100
    imported = {line.split()[1].split(".")[0] for line in text.splitlines()
                if line.startswith(("import ", "from "))}  # fmt: skip
    assert imported
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize("field", [*FIELDS, "hash"])
def test_an_edited_event_is_found(day: Path, field: str) -> None:
    rows = rows_of(day)
    at = next(n for n, row in enumerate(rows) if row["kind"] == "box_reserved")
    changed = {"seq": 99, "at": "2026-11-22T12:00:01+08:00", "payload": "{}", "hash": "0" * 64}
    rows[at][field] = changed.get(field, "x")
    code, said = verify(write(day, rows))
    assert code == 1
    name = f"{rows[at]['counter']}-{rows[at]['epoch']}-{rows[at]['seq']}"
    assert any(name in line for line in said), said


def test_every_single_deleted_event_is_found(day: Path, script: ModuleType, capsys: Any) -> None:
    rows = rows_of(day)
    for at in range(len(rows) - 1):
        assert script.main([str(write(day, rows[:at] + rows[at + 1 :]))]) == 1, at
    assert "taken out" in capsys.readouterr().out


def test_every_pair_of_swapped_events_is_found(day: Path, script: ModuleType) -> None:
    rows = rows_of(day)
    for at in range(len(rows) - 1):
        swapped = [*rows[:at], rows[at + 1], rows[at], *rows[at + 2 :]]
        assert script.main([str(write(day, swapped))]) == 1, at


def test_an_inserted_event_is_found_wherever_it_stands(day: Path, script: ModuleType) -> None:
    rows = rows_of(day)
    for at in range(len(rows) + 1):
        before = rows[at - 1] if at else {"seq": 0, "hash": GENESIS}
        forged = dict(rows[1], seq=before["seq"] + 1)
        digest = hash_fields(before["hash"], *(forged[name] for name in FIELDS))
        forged["hash"] = digest
        if at < len(rows):  # behind the last event nothing tells it from a real one but the head
            assert script.main([str(write(day, [*rows[:at], forged, *rows[at:]]))]) == 1, at
        else:
            end = f"01-{rows[-1]['epoch']}-{forged['seq']}:{rows[-1]['hash']}"
            assert script.main([str(write(day, [*rows, forged])), end]) == 1


def test_a_log_cut_at_its_end_or_made_anew_is_found_by_a_head_kept_apart(day: Path) -> None:
    rows = rows_of(day)
    last = rows[-1]
    head = f"{last['counter']}-{last['epoch']}-{last['seq']}:{last['hash']}"
    assert verify(day, head) == (0, [])
    for changed in (rows[:-1], rechain([*rows[:5], *rows[6:], rows[2]])):
        assert verify(write(day, changed), head) == (1, [f"event {head} is not in the log"])


def test_each_epoch_begins_anew_and_follows_the_whole_one_before(
    shop: Shop, tmp_path: Path, open_ledger: Callable[..., Any]
) -> None:
    shop.sell(A)
    shop.ledger.close()
    for place in ("there", "elsewhere"):
        moved = open_ledger(shop.ledger.path, place)
        moved.sales.open_sale(Actor(shop.clock.now(), "007"))
        moved.sales.void(Actor(shop.clock.now(), "007"), moved.sales.current_sale().number)
        moved.close()
    log = tmp_path / "log"
    written = export(shop.ledger.path, log)
    rows = rows_of(log)
    epochs = list(dict.fromkeys(row["epoch"] for row in rows))
    assert len(epochs) == len(written.heads) == 3
    assert verify(log, *written.heads) == (0, [])
    # The tail of a former epoch, or all of it, cannot be taken out: the next one names its end.
    for gone in ([r for r in rows if r["epoch"] == epochs[0]][-1:],
                 [r for r in rows if r["epoch"] == epochs[1]]):  # fmt: skip
        code, said = verify(write(log, [row for row in rows if row not in gone]))
        assert code == 1
        assert "does not end so" in said[0], said


def made(tmp_path: Path, *rows: Row) -> tuple[int, list[str]]:
    return verify(write(tmp_path / "made", rechain(list(rows))))


def test_a_log_that_does_not_begin_with_its_home_is_found(tmp_path: Path) -> None:
    assert made(tmp_path, paid("S1", A)) == (
        1,
        ["event 01-E1-1 begins an epoch and is not home_opened"],
    )
    cut = rechain([OPENED, paid("S1", A), paid("S2", B)])[1:]
    assert verify(write(tmp_path / "cut", cut))[0] == 1


def test_a_clock_that_was_set_back_must_be_told(tmp_path: Path) -> None:
    late, early = paid("S1", A, minute=30), paid("S2", B, minute=10)
    assert made(tmp_path, OPENED, late, early) == (
        1, ["event 01-E1-3 comes after the clock was set back, and no event says so"],
    )  # fmt: skip
    assert made(tmp_path, OPENED, late, event("clock_doubtful", 10), early) == (0, [])


def test_a_box_sold_twice_is_found_unless_it_came_back(tmp_path: Path) -> None:
    again = "event 01-E1-3 sells box {} again, sold before in S1"
    back = event("box_returned", code=A, document="R1", sale="S1")
    restored = event("box_restored", code=A, document="R1")
    assert made(tmp_path, OPENED, paid("S1", A, B), paid("S2", A)) == (1, [again.format(A)])
    assert made(tmp_path, OPENED, paid("S1", A, A))[0] == 1
    for between in (back, restored):
        assert made(tmp_path, OPENED, paid("S1", A), between, paid("S2", A)) == (0, [])
    code, said = made(tmp_path, OPENED, paid("S1", A, B), back, paid("S2", A), paid("S3", A))
    assert (code, said) == (1, [f"event 01-E1-5 sells box {A} again, sold before in S2"])


def test_an_opened_box_is_sold_in_units_often_but_not_after_it_was_sold_whole(
    tmp_path: Path,
) -> None:
    def units(document: str) -> Row:
        return event("units_sold", code=A, document=document, units=2)

    fine = (OPENED, units("S1"), paid("S1", A), units("S2"), paid("S2", A, B))
    assert made(tmp_path, *fine) == (0, [])
    assert made(tmp_path, OPENED, paid("S1", A), units("S2"), paid("S2", A)) == (
        1, [f"event 01-E1-3 sells box {A} again, sold before in S1"],
    )  # fmt: skip


def test_two_counters_of_one_log_are_looked_at_in_the_order_of_time(tmp_path: Path) -> None:
    other = OPENED | {"counter": "02"}
    back = event("box_returned", 20, "02", code=A, document="R1")
    sold, again = paid("S1", A, minute=10), paid("S2", A, minute=30)
    assert made(tmp_path, OPENED, sold, again, other, back) == (0, [])
    late = back | {"at": "2026-11-22T12:40:00+08:00"}
    assert made(tmp_path, OPENED, sold, again, other, late)[0] == 1


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"not a log\n", b"{}\n", b"[]\n\n"])
def test_what_is_no_log_is_said(tmp_path: Path, data: bytes) -> None:
    log = tmp_path / "log"
    log.write_bytes(data)
    assert verify(log)[0] in ((2,) if data in (b"", b"\xff\xfe") else (1,))
    assert verify(tmp_path / "none")[0] == 2


def test_a_field_said_twice_or_beside_the_hash_is_found(day: Path) -> None:
    lines = day.read_text("utf-8").splitlines()
    for line in (lines[1].replace('"seq":', '"seq":2,"seq":'), lines[1][:-1] + ',"note":"x"}'):
        day.write_text("\n".join([lines[0], line, *lines[2:]]), "utf-8")
        code, said = verify(day)
        assert code == 1
        assert said[0] == "line 2 is no event as the program exports it"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.dictionaries(st.sampled_from([*FIELDS, "hash"]), _JSON | st.sampled_from(
            ["sale_paid", "home_opened", "units_sold", '{"previous": {"epoch": []}}',
             '{"codes": [[]]}', "0001-01-01T00:00:00", "9999-12-31T23:59:59-12:00"]
        ), max_size=10),
        min_size=1, max_size=3,
    )
)  # fmt: skip
def test_any_lines_end_in_sentences(
    tmp_path_factory: pytest.TempPathFactory, script: ModuleType, changes: list[Row]
) -> None:
    """Whatever stands in the fields, the answer is a sentence and never a traceback."""
    rows = rechain([OPENED, paid("S1", A), paid("S2", B), OPENED])[: len(changes)]
    log = tmp_path_factory.getbasetemp() / "any"
    spoilt = [row | change for row, change in zip(copy.deepcopy(rows), changes, strict=True)]
    write(log, spoilt)
    same = [json.loads(json.dumps(row)) for row in spoilt] == rows
    assert script.main([str(log)]) == (0 if same else 1)


def test_the_script_in_a_folder_of_its_own_proves_the_log(day: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(SCRIPT, alone)
    done = subprocess.run(
        [sys.executable, "-I", "-S", alone / SCRIPT.name, day], check=False, timeout=60,
        capture_output=True, cwd=alone,
    )  # fmt: skip
    assert done.returncode == 0
    assert OTC.identifications[0].encode() not in done.stdout
