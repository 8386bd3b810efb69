"""Files from outside that are none, have no end, or cost more than they tell: one sentence each."""

import errno
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from pharmacy_desk.adapters import backup
from pharmacy_desk.adapters.files.tables import MAX_RECORD_CHARS, MAX_ROWS, read_table
from pharmacy_desk.adapters.given_files import read_bytes, read_text
from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.scanners.pictures.load import load
from pharmacy_desk.adapters.secrets import RecordSealer, Secrets
from pharmacy_desk.adapters.store.check import against
from pharmacy_desk.commands.main import main, sentence
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.sandbox import faults
from tests.conftest import NOON, peak_of

HEAD = "商品编码,商品名称"
SHEET = "xl/worksheets/sheet1.xml"

# Every door that opens a file of somebody else.
DOORS: dict[str, Callable[[Path], object]] = {
    "csv": lambda path: list(read_table(path)),
    "xlsx": lambda path: list(read_table(path)),
    "png": load,
    "toml": lambda path: Home(path.parent).load_settings(),
    "script": lambda path: read_text(path, 1000),
    "jsonl": lambda path: list(against.read_notes(str(path))),
}


def _named(folder: Path, kind: str) -> Path:
    return folder / ("settings.toml" if kind == "toml" else f"given.{kind}")


def _refused(run: Callable[[Path], object], path: Path) -> WorldError:
    with pytest.raises(WorldError) as caught:
        run(path)
    assert str(path) in sentence(caught.value)
    return caught.value


_POSIX = pytest.mark.skipif(os.name == "nt", reason="pipes and devices by name are POSIX")


@_POSIX
@pytest.mark.parametrize("kind", DOORS)
def test_a_folder_a_pipe_and_a_device_are_no_file(tmp_path: Path, kind: str) -> None:
    path = _named(tmp_path, kind)
    path.mkdir()
    assert _refused(DOORS[kind], path).fault is Fault.NOT_A_FILE
    path.rmdir()
    os.mkfifo(path)
    assert _refused(DOORS[kind], path).fault is Fault.NOT_A_FILE
    path.unlink()
    path.symlink_to("/dev/zero")
    assert _refused(DOORS[kind], path).fault is Fault.NOT_A_FILE


@_POSIX
def test_a_file_that_tells_no_size_is_read_to_its_bound(tmp_path: Path) -> None:
    assert _refused(lambda p: read_bytes(p, 10), Path("/proc/self/maps")).fault is (
        Fault.FILE_TOO_LARGE
    )
    (tmp_path / "sparse.csv").touch()
    os.truncate(tmp_path / "sparse.csv", 10**12)
    assert _refused(DOORS["csv"], tmp_path / "sparse.csv").fault is Fault.FILE_TOO_LARGE


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else"
)
def test_a_file_of_another_user_is_said_as_that(tmp_path: Path) -> None:
    path = tmp_path / "theirs.csv"
    path.write_text(HEAD, encoding="utf-8")
    path.chmod(0)
    code = (
        "import os, sys\nfrom pathlib import Path\n"
        "from pharmacy_desk.adapters.given_files import read_bytes\n"
        "from pharmacy_desk.core.basics.errors import WorldError\n"
        "os.setuid(65534)\n"
        "try: read_bytes(Path(sys.argv[1]), 9)\n"
        "except WorldError as error: print(error.fault.value)\n"
    )
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(0o755)
    told = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True)
    assert told.stdout == "file_denied\n", told.stderr


# Tables of text


def _csv(folder: Path, data: bytes) -> Path:
    path = folder / "list.csv"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_utf_16_with_its_mark_is_read(tmp_path: Path, encoding: str) -> None:
    text = "商品编码\t商品名称\r\nY1\t药\r\n"
    assert list(read_table(_csv(tmp_path, text.encode(encoding)))) == [
        (1, ["商品编码", "商品名称"]), (2, ["Y1", "药"]),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("row", ["追溯码", "商品编码,商品名称", "a,b"])
def test_utf_16_without_its_mark_is_refused(
    tmp_path: Path, encoding: str, end: str, row: str
) -> None:
    path = _csv(tmp_path, (f"{row}{end}" * 3).encode(encoding))
    assert _refused(DOORS["csv"], path).fault is Fault.FILE_UNREADABLE


def test_half_a_character_of_utf_16_is_refused(tmp_path: Path) -> None:
    path = _csv(tmp_path, HEAD.encode("utf-16") + b"x")
    assert _refused(DOORS["csv"], path).fault is Fault.FILE_UNREADABLE


def test_rows_are_counted_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    """A line break in a cell is no row; an empty line and the header are."""
    text = '编码,名称\r\nY1,"药\n一\r\n盒"\r\n\r\n,\r\nY2,乙\r\n"Y\r3",丙\r\n'
    rows = list(read_table(_csv(tmp_path, text.encode())))
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["编码", "名称"], ["Y1", "药\n一\n盒"], [], ["", ""], ["Y2", "乙"], ["Y\n3", "丙"]):
        sheet.append(row)
    book.save(tmp_path / "list.xlsx")
    book.close()
    same = list(read_table(tmp_path / "list.xlsx"))
    assert [number for number, _ in rows] == [number for number, _ in same] == [1, 2, 5, 6]


@pytest.mark.parametrize(
    "data",
    [
        b"a,b\n" + b"x" * (MAX_RECORD_CHARS + 1) + b"\n",
        b"a,b\n" + b'"' + b"x\n" * (MAX_RECORD_CHARS // 2) + b'"\n',
        b"a,b\n" + b'1,"open\n' + b"2,x\n" * (MAX_RECORD_CHARS // 4),
        b"a\n" + b"\n" * MAX_ROWS,
    ],
)
def test_a_cell_a_row_and_a_table_have_a_bound(tmp_path: Path, data: bytes) -> None:
    assert _refused(DOORS["csv"], _csv(tmp_path, data)).fault is Fault.FILE_UNREADABLE


_READ = """
import sys
from pathlib import Path
from pharmacy_desk.adapters.files.tables import read_table
from pharmacy_desk.core.basics.errors import WorldError
told = "read"
try:
    for _ in read_table(Path(sys.argv[1])): pass
except WorldError as error: told = error.fault.value
print(told)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for a process's memory")
def test_a_cell_of_a_hundred_megabytes_and_a_long_table_are_read_in_little_memory(
    tmp_path: Path,
) -> None:
    _, bare = peak_of(_READ, str(_csv(tmp_path, f"{HEAD}\n".encode())))
    cell = _csv(tmp_path, f'{HEAD}\nY1,"'.encode() + b"x" * 100_000_000 + b'"\n')
    told, peak = peak_of(_READ, str(cell))
    assert told == "file_unreadable\n"
    assert peak - bare < 100_000_000
    rows = _csv(tmp_path, f"{HEAD}\n".encode() + "Y1,布洛芬缓释胶囊\n".encode() * 1_000_000)
    told, peak = peak_of(_READ, str(rows))
    assert told == "read\n"
    assert peak - bare < 30_000_000  # the file itself has 25 MB


# Workbooks


def _workbook(folder: Path, member: str, spoil: Callable[[bytes], bytes]) -> Path:
    """A small XLSX, one of whose parts was spoilt."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD.split(","), ["Y1", "药"]):
        sheet.append(row)
    book.save(folder / "whole.xlsx")
    book.close()
    path = folder / "list.xlsx"
    with (
        zipfile.ZipFile(folder / "whole.xlsx") as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, spoil(data) if name == member else data)
    return path


def _inside(data: bytes, text: bytes) -> bytes:
    """Text put behind the first tag of a part (its XML declaration, where it has one)."""
    place = data.index(b">") + 1
    return data[:place] + text + data[place:]


LONG = 49_000_000
HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "a comment of 49 MB": lambda data: _inside(data, b"<!--" + b"x" * LONG + b"-->"),
    "one of 4 MB": lambda data: _inside(data, b"<!--" + b"<x>" * 1_400_000 + b"-->"),
    "an attribute": lambda data: _inside(data, b'<x y="' + b">" * 4_900_000 + b'"/>'),
    "an instruction": lambda data: _inside(data, b"<?x " + b"<" * 4_900_000 + b"?>"),
    "an entity": lambda data: b'<!DOCTYPE x [<!ENTITY a "b">]>' + data,
    "a wide encoding": lambda data: data.decode().encode("utf-16"),
    "another encoding": lambda data: b'<?xml version="1.0" encoding="cp037"?>' + data,
    "a long text": lambda data: data.replace("药".encode(), b"x" * 4_900_000),
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("member", [SHEET, "xl/styles.xml", "xl/workbook.xml"])
def test_a_workbook_that_costs_more_than_its_size_is_refused_at_once(
    tmp_path: Path, kind: str, member: str
) -> None:
    if kind == "a long text" and member != SHEET:
        pytest.skip("the texts stand elsewhere")
    path = _workbook(tmp_path, member, HOSTILE[kind])
    assert path.stat().st_size < 60_000
    begun = time.process_time()
    told = _refused(DOORS["xlsx"], path)
    assert told.fault in (Fault.FILE_UNREADABLE, Fault.FILE_TOO_LARGE)
    # 161 s for the first of these before; unpacking 49 MB is 0.1 s.
    assert time.process_time() - begun < 5


def test_parts_beyond_number_or_size_are_refused(tmp_path: Path) -> None:
    path = _workbook(tmp_path, "", bytes)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(6000):
            archive.writestr(f"xl/media/{number}.png", b"")
    assert _refused(DOORS["xlsx"], path).fault is Fault.FILE_UNREADABLE
    path = _workbook(tmp_path, "xl/styles.xml", lambda data: data + b" " * 11_000_000)
    assert _refused(DOORS["xlsx"], path).fault is Fault.FILE_TOO_LARGE


def test_a_workbook_with_a_comment_and_a_picture_in_it_is_read(tmp_path: Path) -> None:
    note = b"<!-- made by a till --><![CDATA[]]>"
    path = _workbook(
        tmp_path, SHEET, lambda data: _inside(data, note.removesuffix(b"<![CDATA[]]>"))
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/image1.jpeg", b"\xff\xd8\xff\xe0" + os.urandom(2_000_000))
    assert list(read_table(path)) == [(1, HEAD.split(",")), (2, ["Y1", "药"])]


# Settings, scripts and the practice platform's faults


def _settings(folder: Path, data: bytes) -> Home:
    (folder / "settings.toml").write_bytes(data)
    return Home(folder)


def test_settings_with_a_bom_are_settings(tmp_path: Path) -> None:
    home = _settings(tmp_path, b'\xef\xbb\xbf[store]\r\ncode = "P99999999999"\r\nname = "x"\r\n')
    assert home.load_settings().text("store.name") == "x"


@pytest.mark.parametrize(
    "data",
    [
        b"broken",
        '[store]\nname = "x"'.encode("utf-16"),
        b"[store]\nname = '\xff'",
        b"[store]\nname = '\x00'",
        b"a = " + b"[" * 100_000,
        b"a = " + b"{b=" * 100_000,
        b".".join([b"a"] * 100_000) + b" = 1",
        b"[" + b".".join([b"a"] * 100_000) + b"]",
        b"a = " + b"9" * 10_000,
        b"a = 2026-99-99",
    ],
)
def test_settings_that_cannot_be_read_are_one_true_sentence(tmp_path: Path, data: bytes) -> None:
    home = _settings(tmp_path, data)
    told = _refused(lambda _: home.load_settings(), tmp_path / "settings.toml")
    assert told.fault is Fault.SETTINGS_UNREADABLE
    assert "setting  in" not in sentence(told)


def test_a_script_is_text_with_or_without_a_bom(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "day.txt"
    path.write_bytes(b"\xef\xbb\xbfundo\r\nundo\r\n")
    assert read_text(path, 100) == "undo\nundo\n"
    for bad in ("undo".encode("utf-16"), b"\xff\xff"):
        path.write_bytes(bad)
        assert main(["--home", str(tmp_path), "rehearse", str(path)]) == 2
        assert "UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize(
    "data",
    [
        b"faults = " + b"[" * 100_000,
        b".".join([b"a"] * 100_000) + b" = 1",
        "x = 1".encode("utf-16"),
        b"\xff",
        b"x",
        bytes(2_000_000),
    ],
)
def test_a_faults_file_that_is_none_is_said(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "faults.toml"
    path.write_bytes(data)
    with pytest.raises(faults.FaultsError):
        faults.read(path)


@_POSIX
def test_an_endless_faults_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (Path("/dev/zero"), tmp_path / "pipe", tmp_path):
        with pytest.raises(faults.FaultsError):
            faults.read(path)
    assert main(["sandbox", "--faults", "/dev/zero"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_import_of_a_folder_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--home", str(tmp_path / "home"), "import", "catalogue", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert f"Errno {errno.EISDIR}" not in said


@pytest.mark.parametrize("data", [b"[" * 100_000, b"\xff", b"", b"{}", b"5", bytes(100)])
def test_a_log_that_tells_no_head_is_said(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "log.jsonl").write_bytes(data)
    told = _refused(DOORS["jsonl"], tmp_path / "log.jsonl")
    assert told.fault is Fault.FILE_UNREADABLE


# What a home keeps, when somebody else wrote it


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000, b"{", b"\xff", b'{"home-key": "@"}', b'{"home-key": "AAAA"}',
        b'{"home-key": 5}', b" " * 2_000_000,
    ],
)  # fmt: skip
def test_a_file_of_secrets_that_is_none_is_said(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "secrets.json").write_bytes(data)
    with pytest.raises(WorldError) as caught:
        RecordSealer(Secrets(tmp_path)).seal(b"x")
    assert caught.value.fault is Fault.SECRET_UNAVAILABLE


def _backup(folder: Path, manifest: bytes) -> Path:
    with zipfile.ZipFile(folder / "backup.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("backup.json", manifest)
    return folder / "backup.zip"


@pytest.mark.parametrize("manifest", [b"[" * 100_000, b" " * 50_000_000, b"[]", b'{"format": 1}'])
def test_a_backup_that_is_none_is_said(tmp_path: Path, manifest: bytes) -> None:
    file = _backup(tmp_path, manifest)
    home = Home(tmp_path / "home")
    told = _refused(lambda path: backup.restore(home, path, NOON), file)
    assert told.fault is Fault.BACKUP_BAD


@_POSIX
def test_a_backup_is_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", Path("/dev/zero")):
        told = _refused(lambda file: backup.restore(Home(tmp_path / "home"), file, NOON), path)
        assert told.fault is Fault.NOT_A_FILE
