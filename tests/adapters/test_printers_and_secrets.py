"""Bytes for receipt printers, secrets on the disk, and the home's settings."""

import json
import os
import re
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keyring.backends import fail

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.printers.escpos_printer import (
    FilePrinter,
    NetworkPrinter,
    NullPrinter,
    encode,
)
from pharmacy_desk.adapters.secrets import RecordSealer, Secrets
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.paper.receipt import Look, Row
from pharmacy_desk.core.settings.settings import SETTINGS, Settings

ROWS = (
    Row("示例大药房", Look.TITLE),
    Row("", Look.RULE),
    Row("1. 布洛芬缓释胶囊", Look.BOLD),
    Row("  ￥21.80 × 1 盒"),
    Row("追溯码 8436282 0442053402132"),
    Row("01K7QF2M-000118", Look.BARCODE),
)


def test_a_receipt_begins_with_a_reset_and_ends_with_a_cut() -> None:
    data = encode(ROWS, 58)
    assert data.startswith(b"\x1b@\x1c&")
    assert data.endswith(b"\n\n\n\x1dV\x42\x00")


@pytest.mark.parametrize(("mm", "cells"), [(58, 32), (80, 48)])
def test_text_goes_out_as_gb18030_and_a_rule_fills_the_paper(mm: int, cells: int) -> None:
    data = encode(ROWS, mm)
    for row in ROWS:
        if row.look is not Look.BARCODE:
            assert row.text.encode("gb18030") in data
    assert [len(run) for run in re.findall(rb"-{2,}", data)] == [cells]
    assert "￥".encode("gb18030") == b"\xa3\xa4"


def test_every_look_is_switched_on_before_its_row_and_off_behind_it() -> None:
    title = encode(ROWS[:1], 58)[4:-7]
    text = ROWS[0].text.encode("gb18030")
    before, after = title.split(text)
    assert before == b"\x1bE\x01\x1d!\x11\x1c!\x0c\x1ba\x01"
    assert after == b"\n\x1bE\x00\x1d!\x00\x1c!\x00\x1ba\x00"
    assert b"\x1bE\x01" not in encode((Row("plain"),), 58)


def test_the_barcode_command_holds_the_number_and_its_length() -> None:
    data = encode(ROWS[-1:], 80)
    number = b"{B01K7QF2M-000118"
    assert b"\x1dk\x49" + bytes([len(number)]) + number in data


def test_the_barcode_of_a_receipt_number_fits_paper_of_58_mm() -> None:
    data = encode(ROWS[-1:], 58)
    dots = data[data.index(b"\x1dw") + 2]
    start = data.index(b"\x1dk\x49") + 3
    payload = data[start + 1 : start + 1 + data[start]]
    # `{A`, `{B`, `{C` select a set: the first is the start, each later one is a symbol too.
    symbols = len(payload) - payload.count(b"{") + 1  # and the check symbol
    assert (11 * symbols + 13) * dots <= 384


@pytest.mark.parametrize("rare", ["𠮷野家", "naïve ñ", "😀"])
def test_a_row_that_a_two_byte_font_cannot_print_is_sent_as_a_picture(rare: str) -> None:
    data = encode((Row(rare),), 58)
    start = data.index(b"\x1dv0\x00")
    wide = int.from_bytes(data[start + 4 : start + 6], "little")
    high = int.from_bytes(data[start + 6 : start + 8], "little")
    picture = data[start + 8 : start + 8 + wide * high]
    assert (wide, len(picture)) == (48, wide * high)
    assert any(picture)
    assert rare.encode("gb18030") not in data
    assert encode((Row(rare),), 80)[start + 4] == 72


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=20))
def test_any_printable_row_can_be_printed_at_the_width_it_was_counted_with(text: str) -> None:
    from pharmacy_desk.core.paper.receipt import width

    data = encode((Row(text),), 80)
    if b"\x1dv0" not in data:
        assert text.encode("gb18030") in data
        # 'ǹ' is the one character of two bytes that counts as one cell
        assert len(text.encode("gb18030")) == width(text) + text.count("ǹ")


def test_a_file_printer_never_overwrites_a_receipt(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path / "receipts")
    paths = [Path(printer.print_receipt("N1", (Row(f"copy {n}"),), 58)) for n in range(3)]
    assert [path.name for path in paths] == ["N1.escpos", "N1.2.escpos", "N1.3.escpos"]
    assert [b"copy %d" % n in path.read_bytes() for n, path in enumerate(paths)] == [True] * 3


def test_a_file_printer_without_a_folder_to_write_in_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(WorldError) as caught:
        FilePrinter(tmp_path / "file").print_receipt("N1", ROWS, 58)
    assert caught.value.fault is Fault.PRINTER_FAILED


@pytest.fixture
def printer_socket() -> Iterator[tuple[int, bytearray, threading.Thread]]:
    listener = socket.create_server(("127.0.0.1", 0))
    got = bytearray()

    def listen() -> None:
        connection, _ = listener.accept()
        with connection:
            while chunk := connection.recv(4096):
                got.extend(chunk)

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield listener.getsockname()[1], got, thread
    listener.close()


def test_a_network_printer_gets_exactly_the_bytes(printer_socket: Any) -> None:
    port, got, thread = printer_socket
    assert NetworkPrinter("127.0.0.1", port).print_receipt("N1", ROWS, 80) == f"127.0.0.1:{port}"
    thread.join(timeout=10)
    assert bytes(got) == encode(ROWS, 80)


# The library drops its socket unclosed when the connection is refused.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_a_network_printer_that_is_off_says_so_and_names_itself() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(WorldError) as caught:
        NetworkPrinter("127.0.0.1", port, 1.0).print_receipt("N1", ROWS, 80)
    assert caught.value.fault is Fault.PRINTER_FAILED
    assert caught.value.params["printer"] == f"127.0.0.1:{port}"


def test_no_printer_prints_nothing_and_says_nowhere() -> None:
    assert NullPrinter().print_receipt("N1", ROWS, 80) == ""


# Secrets


@pytest.fixture
def no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    yield
    keyring.set_keyring(before)


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_secrets_lie_in_one_file_for_the_owner_only(tmp_path: Path) -> None:
    secrets = Secrets(tmp_path)
    assert secrets.place == "secrets.json"
    assert secrets.get("a") is None
    secrets.set("a", "1")
    secrets.set("b", "2")
    secrets.set("a", "3")
    assert (secrets.get("a"), secrets.get("b")) == ("3", "2")
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.json"]
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600
    assert Secrets(tmp_path).get("a") == "3"


@pytest.mark.usefixtures("no_keyring")
def test_a_left_over_new_file_does_not_open_the_secrets_to_others(tmp_path: Path) -> None:
    left = tmp_path / "secrets.new"
    left.write_text("{")
    left.chmod(0o644)
    Secrets(tmp_path).set("a", "1")
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


@pytest.mark.usefixtures("no_keyring")
def test_a_broken_secrets_file_is_said_and_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "secrets.json"
    file.write_text("{broken")
    for job in (lambda: Secrets(tmp_path).get("a"), lambda: Secrets(tmp_path).set("a", "1")):
        with pytest.raises(WorldError) as caught:
            job()
        assert caught.value.fault is Fault.SECRET_UNAVAILABLE
    assert file.read_text() == "{broken"


@pytest.mark.usefixtures("no_keyring")
def test_a_sealed_record_opens_again_in_the_same_home_only(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    body = "张三 110101199003070038".encode()
    wrapped, sealed = RecordSealer(Secrets(here)).seal(body)
    assert RecordSealer(Secrets(here)).open(wrapped, sealed) == body
    assert body not in sealed + wrapped
    again = RecordSealer(Secrets(here)).seal(body)
    assert again[0] != wrapped
    assert again[1] != sealed
    for key, data in (
        (wrapped, sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (again[0], sealed),
        (wrapped[:-1] + bytes([wrapped[-1] ^ 1]), sealed),
    ):
        with pytest.raises(WorldError):
            RecordSealer(Secrets(here)).open(key, data)
    with pytest.raises(WorldError) as caught:
        RecordSealer(Secrets(there)).open(wrapped, sealed)
    assert caught.value.fault is Fault.SECRET_UNAVAILABLE
    assert json.loads((here / "secrets.json").read_text()).keys() == {"home-key"}


# Settings


def test_a_home_without_settings_is_a_practice_home_whose_store_cannot_be_changed(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path / "home")
    home.make()
    assert home.practice
    home.save_settings({"store.code": "P99999999999", "ui.sound": False}, practice=True)
    kept = home.load_settings()
    assert (kept.text("store.code"), kept.flag("ui.sound")) == ("P44030000001", False)
    assert kept.fixed("store.code")
    home.save_settings({"store.code": "P99999999999"}, practice=False)
    assert not home.practice
    real = home.load_settings()
    assert (real.text("store.code"), real.flag("ui.sound")) == ("P99999999999", True)


@pytest.mark.parametrize(
    ("text", "key"),
    [("[store]\ncode = 5", "store.code"), ("[scanner]\nbaud = 1", "scanner.baud"),
     ("[receipt]\nwidth_mm = 70", "receipt.width_mm"), ("nonsense = 1", "nonsense"),
     ("[ui]\nsound = 'yes'", "ui.sound"), ("[store]\nname = ['a']", "store.name"),
     ("[store]\nname = \"a\\nb\"", "store.name"),
     ("[policy.verdict]\nSOLD_HERE = 'allow'", "policy.verdict.SOLD_HERE"),
     ("[policy.insured]\nNO_LOT = 'perhaps'", "policy.insured.NO_LOT")],
)  # fmt: skip
def test_a_wrong_setting_is_named_by_its_key(tmp_path: Path, text: str, key: str) -> None:
    home = Home(tmp_path)
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    with pytest.raises(WorldError) as caught:
        home.load_settings()
    assert caught.value.fault is Fault.SETTINGS_BAD
    assert caught.value.params["key"] == key


def test_every_default_is_a_value_its_setting_allows_and_survives_the_file(tmp_path: Path) -> None:
    from pharmacy_desk.core.settings.settings import problem

    for setting in SETTINGS:
        assert problem(setting, setting.default) is None, setting.key
        if setting.practice is not None:
            assert problem(setting, setting.practice) is None, setting.key
    home = Home(tmp_path)
    values = {setting.key: setting.default for setting in SETTINGS}
    values["store.code"] = "P99999999999"  # without one nothing is loaded
    home.save_settings(values, practice=False)
    assert home.load_settings() == Settings(values, practice=False)


def test_the_printer_library_leaves_no_folder_and_no_log_handler(tmp_path: Path) -> None:
    code = (
        "import logging, sys, tempfile\n"
        "from pharmacy_desk.adapters.printers import escpos_printer\n"
        "escpos_printer.NetworkPrinter('127.0.0.1', 9)\n"
        "print(tempfile.gettempdir(), len(logging.root.handlers))\n"
    )
    for elsewhere in ({}, {"ESCPOS_CAPABILITIES_PICKLE_DIR": str(tmp_path / "kept")}):
        temporary = tmp_path / f"temporary-{len(elsewhere)}"
        temporary.mkdir()
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False,
            env={**os.environ, **elsewhere, "TMPDIR": str(temporary)},
        )  # fmt: skip
        assert done.stdout == f"{temporary} 0\n", done.stderr
        assert list(temporary.iterdir()) == []
