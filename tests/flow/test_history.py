"""What is missing of a home's past, as its owner meets it: said, refused, decided, restored."""

import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pharmacy_desk.adapters.clock import SystemClock
from pharmacy_desk.adapters.home import Home
from pharmacy_desk.commands.main import main
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.history import look
from pharmacy_desk.wiring.options import Options
from pharmacy_desk.wiring.practice_platform import PracticePlatform
from tests.conftest import ITEMS, box

MANAGER, PIN = "001", "246813"


@pytest.fixture
def run(tmp_path: Path, capsys: Any) -> Callable[..., tuple[int, str]]:
    """Run a command on the home; its exit code and everything it said."""

    def command(*words: str) -> tuple[int, str]:
        code = main(["--home", str(tmp_path / "home"), *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


def _open(folder: Path, **options: Any) -> Counter:
    home = Home(folder)
    home.make()
    return Counter(home, Options(own_practice_platform=False, **options), lambda _: None)


def _sell(folder: Path, *numbers: int) -> list[str]:
    """Sell boxes at a counter of this home, one a sale; the receipts."""
    counter = _open(folder)
    try:
        return counter.desk_lane.call(lambda: [_one(counter, number) for number in numbers])
    finally:
        counter.stop()


def _one(counter: Counter, number: int) -> str:
    from pharmacy_desk.core.sale.sale import PaymentKind
    from pharmacy_desk.core.scanning.scan import RawScan
    from pharmacy_desk.counter.sale.parts.pay_order import PayOrder

    if not counter.ledger.catalogue.has_items():
        counter.ledger.catalogue.put_items(Actor(counter.clock.now(), MANAGER), ITEMS)
    counter.desk.scan(RawScan(box(number).encode(), "test", counter.clock.now()))
    paid = counter.open_sale.ending.complete(PayOrder(PaymentKind.SELF), None)
    assert paid
    assert not isinstance(paid, WorldError)
    return paid.number


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A set-up store with a manager that has sold."""
    folder = tmp_path / "home"
    home = Home(folder)
    home.make()
    home.save_settings(
        {"store.code": "P44030000009", "operator.id": MANAGER, "printer.kind": "none"},
        practice=False,
    )
    counter = _open(folder)
    manager = Operator(MANAGER, "店长", "店长")
    counter.desk_lane.call(
        lambda: counter.ledger.people.put_operator(
            Actor(counter.clock.now(), MANAGER), manager, PIN
        )
    )
    counter.stop()
    _sell(folder, 1, 2)
    return folder


def _fault(folder: Path) -> Fault | None:
    try:
        _open(folder).stop()
    except WorldError as error:
        return error.fault
    return None


def _accept(run: Any, reason: str = "换了硬盘", pin: str = PIN) -> tuple[int, str]:
    return run("ledger", "accept", "--operator", MANAGER, "--pin", pin, "--reason", reason)  # type: ignore[no-any-return]


def _vanished(folder: Path) -> None:
    for file in folder.glob("ledger.db*"):
        file.unlink()


def _emptied(folder: Path) -> None:
    (folder / "ledger.db").write_bytes(b"")


@pytest.mark.parametrize("gone", [_vanished, _emptied])
def test_a_ledger_that_is_gone_stops_every_command_until_a_manager_decides(
    store: Path, run: Any, gone: Callable[[Path], None]
) -> None:
    gone(store)
    for _ in range(3):
        assert _fault(store) is Fault.LEDGER_LOST
        code, said = run("sync", "--once")
        assert code == 2
        assert "pharmacy-desk ledger accept" in said
    assert any(line.startswith("fault   history") for line in run("doctor")[1].splitlines())
    assert run("ledger", "check")[0] == 1
    code, said = _accept(run, pin="000000")  # nobody is known any more: the word counts
    assert (code, "ledger" in said) == (0, True)
    assert _fault(store) is None
    assert _accept(run)[0] == 2
    assert run("ledger", "check")[0] == 0


@pytest.mark.parametrize("gone", [_vanished, _emptied])
def test_the_check_itself_says_what_is_missing_before_any_start_has_found_it(
    store: Path, run: Any, gone: Callable[[Path], None]
) -> None:
    gone(store)
    code, said = run("ledger", "check")
    assert code == 1
    assert "history: ledger missing" in said


def test_an_older_file_put_in_place_is_told_by_the_check_before_any_start(
    store: Path, run: Any
) -> None:
    older = (store / "ledger.db").read_bytes()
    _sell(store, 3)
    for file in store.glob("ledger.db*"):
        file.unlink()
    (store / "ledger.db").write_bytes(older)
    code, said = run("ledger", "check")
    assert code == 1
    assert "history: events missing" in said


def test_only_a_manager_with_a_reason_decides(store: Path, run: Any, tmp_path: Path) -> None:
    run("backup", str(tmp_path / "old"))
    _sell(store, 3)
    assert run("restore", str(tmp_path / "old"))[0] == 0
    assert _accept(run, pin="999999")[0] == 2
    assert _accept(run, reason=" ")[0] == 2
    assert _accept(run, reason="110101199003074477")[0] == 2
    assert _fault(store) is Fault.EVENTS_LOST
    assert _accept(run)[0] == 0
    with closing(sqlite3.connect(store / "ledger.db")) as conn:
        told = conn.execute(
            "SELECT operator, payload FROM events WHERE kind = 'history_accepted'"
        ).fetchall()
    assert [row[0] for row in told] == [MANAGER]
    assert json.loads(told[0][1])["missing"] == ["events"]
    assert json.loads(told[0][1])["proved"] is True
    assert _fault(store) is None


def test_a_deleted_settings_file_makes_no_practice_home_of_a_store(store: Path, run: Any) -> None:
    (store / "settings.toml").unlink()
    assert not Home(store).practice
    for _ in range(2):
        assert _fault(store) is Fault.SETTINGS_LOST
        assert run("sync", "--once")[0] == 2
    assert not (store / "practice-ledger.db").exists()
    assert _accept(run, pin="999999")[0] == 2
    assert not (store / "settings.toml").exists()
    code, said = _accept(run)
    assert (code, "settings" in said) == (0, True)
    assert Home(store).load_settings().text("store.code") == "P44030000009"
    assert _fault(store) is None


def test_settings_gone_together_with_the_ledger_leave_a_store(store: Path) -> None:
    _vanished(store)
    (store / "ledger.head").unlink()
    (store / "settings.toml").unlink()
    assert not Home(store).practice
    assert _fault(store) is Fault.SETTINGS_LOST


@pytest.mark.parametrize("text", ["", "\n# nothing\n", '[store]\nname = "某店"\n'])
def test_settings_without_a_store_code_sell_and_upload_nothing(
    store: Path, run: Any, text: str
) -> None:
    (store / "settings.toml").write_text(text, encoding="utf-8")
    assert _fault(store) is Fault.STORE_CODE_MISSING
    assert run("sync", "--once")[0] == 2
    assert _accept(run)[0] == 0
    assert _fault(store) is None
    assert (store / "settings.replaced").read_text(encoding="utf-8") == text


def test_an_empty_settings_file_in_a_new_folder_is_no_store(tmp_path: Path) -> None:
    home = Home(tmp_path / "new")
    home.make()
    home.settings_file.touch()
    assert _fault(home.folder) is Fault.STORE_CODE_MISSING


def test_a_backup_comes_back_whole_and_keeps_what_it_replaced(
    store: Path, run: Any, tmp_path: Path
) -> None:
    file = tmp_path / "old.backup"
    code, said = run("backup", str(file), "--json")
    assert code == 0
    assert json.loads(said)["problems"] == []
    assert file.stat().st_mode & 0o777 == 0o600
    late = _sell(store, 3)
    code, said = run("restore", str(file), "--json")
    assert code == 0
    told = json.loads(said)
    assert "once held more" in told["missing"]
    with closing(sqlite3.connect(Path(told["replaced"]) / "ledger.db")) as conn:
        assert conn.execute("SELECT 1 FROM sales WHERE number = ?", late).fetchone()
    assert _accept(run)[0] == 0
    again = _sell(store, 3)
    assert set(again).isdisjoint(late)
    assert run("ledger", "check")[0] == 0


def test_a_backup_of_this_very_state_is_no_loss(store: Path, run: Any, tmp_path: Path) -> None:
    run("backup", str(tmp_path / "now"))
    code, said = run("restore", str(tmp_path / "now"), "--json")
    assert (code, json.loads(said)["missing"]) == (0, None)
    assert _fault(store) is None


def test_on_another_machine_nobody_can_tell_what_was_sold_after_the_backup(
    store: Path, tmp_path: Path, run: Any
) -> None:
    run("backup", str(tmp_path / "kept"))
    other = tmp_path / "other"
    assert main(["--home", str(other), "restore", str(tmp_path / "kept")]) == 0
    assert _fault(other) is Fault.EVENTS_LOST
    assert not Home(other).practice


@pytest.mark.parametrize("harm", ["cut", "flipped", "text", "foreign name"])
def test_a_backup_that_is_not_whole_changes_nothing(
    store: Path, run: Any, tmp_path: Path, harm: str
) -> None:
    file = tmp_path / "bad"
    run("backup", str(file))
    content = bytearray(file.read_bytes())
    if harm == "cut":
        content = content[: len(content) // 2]
    elif harm == "flipped":
        content[len(content) // 2] ^= 255
    elif harm == "text":
        content = bytearray(b"not a backup")
    file.write_bytes(content)
    if harm == "foreign name":
        with zipfile.ZipFile(file, "w") as packed:
            told = {"format": 1, "practice": False, "files": {"../../x": "0", "ledger.db": "0"}}
            packed.writestr("backup.json", json.dumps(told))
    before = (store / "ledger.db").read_bytes()
    code, said = run("restore", str(file))
    assert code == 2
    assert "cannot be used" in said
    assert (store / "ledger.db").read_bytes() == before
    assert not list(store.glob("replaced*"))
    assert _fault(store) is None


def test_a_restore_waits_for_nobody_who_works_in_the_home(
    store: Path, run: Any, tmp_path: Path
) -> None:
    run("backup", str(tmp_path / "kept"))
    home = Home(store)
    home.acquire()
    try:
        code, said = run("restore", str(tmp_path / "kept"))
    finally:
        home.release()
    assert code == 2
    assert "already open" in said


def test_a_practice_home_removed_whole_begins_anew_and_one_without_its_ledger_does_not(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "home"
    _sell(folder, 1)
    for file in folder.glob("practice-ledger.db*"):
        file.unlink()
    with pytest.raises(WorldError) as caught:
        look(Home(folder))
    assert caught.value.fault is Fault.LEDGER_LOST
    for file in folder.iterdir():
        file.unlink() if file.is_file() else None
    _sell(folder, 1)


def test_the_time_of_a_backup_is_the_clock_s(store: Path, run: Any, tmp_path: Path) -> None:
    run("backup", str(tmp_path / "kept"))
    with zipfile.ZipFile(tmp_path / "kept") as packed:
        made = json.loads(packed.read("backup.json"))["made_at"]
    assert made[:4] == f"{SystemClock().now():%Y}"


@pytest.fixture
def practice_platform(tmp_path: Path) -> Iterator[str]:
    own = PracticePlatform(tmp_path / "platform.db")
    yield own.url()
    own.stop()


def _round(folder: Path, url: str) -> None:
    """Bring everything to the platform, as `sync --once` does."""
    assert main(["--home", str(folder), "--platform", url, "sync", "--once"]) == 0


def test_boxes_the_platform_has_from_the_missing_time_are_not_sold_again(
    tmp_path: Path, run: Any, practice_platform: str
) -> None:
    folder = tmp_path / "home"
    _sell(folder, 1)
    run("backup", str(tmp_path / "old"))
    _sell(folder, 2, 3)
    _round(folder, practice_platform)
    run("restore", str(tmp_path / "old"))
    code, said = _accept(run)
    assert (code, "The platform is asked" in said) == (0, True)
    _round(folder, practice_platform)
    counter = _open(folder)
    try:
        assert counter.ledger.sold_there.gap_to_ask() is None
        for number in (2, 3):
            record = counter.ledger.boxes.record(box(number))
            assert record
            assert record.settled_at
        assert not counter.ledger.boxes.record(box(1))
    finally:
        counter.stop()
    assert _sell(folder, 4)
    assert run("ledger", "check")[0] == 0
    with closing(sqlite3.connect(folder / "practice-ledger.db")) as conn:
        told = conn.execute(
            "SELECT json_extract(payload, '$.marked') FROM events WHERE kind = 'history_asked'"
        ).fetchall()
    assert told == [(2,)]
