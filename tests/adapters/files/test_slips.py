"""The folder of settlement files: the newest whole one, once, whatever else lies there."""

import json
import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from pharmacy_desk.adapters.files.slips import SlipFolder
from pharmacy_desk.core.upload.slip import SlipForm

FORM = SlipForm({"setl_id": ("结算编号",), "fund": ("统筹支付",)})
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=8)))


def _put(folder: Path, name: str, data: bytes, after_s: int = 1) -> None:
    path = folder / name
    path.write_bytes(data)
    at = NOW.timestamp() + after_s
    os.utime(path, (at, at))


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.json", json.dumps({"结算编号": "S1", "统筹支付": 10.5}).encode()),
     ("a.JSON", json.dumps([{"结算编号": "S0"}, {"结算编号": "S1", "统筹支付": "10.50"}]).encode()),
     ("a.csv", "结算编号,统筹支付\nS1,10.50\n".encode("gb18030")),
     ("a.csv", "\ufeff结算编号,统筹支付\r\nS0,1\r\nS1,10.50\r\n".encode())],
)  # fmt: skip
def test_a_slip_is_told_once(tmp_path: Path, name: str, data: bytes) -> None:
    _put(tmp_path, name, data)
    folder = SlipFolder(tmp_path, FORM)
    slip = folder.newest(NOW)
    assert slip
    assert (slip.settlement.setl_id, slip.settlement.fund_fen) == ("S1", 1050)
    assert folder.newest(NOW) is None


def test_what_was_there_before_is_another_sales(tmp_path: Path) -> None:
    _put(tmp_path, "old.csv", "结算编号\nOLD\n".encode(), after_s=-5)
    assert SlipFolder(tmp_path, FORM).newest(NOW) is None


def test_a_file_that_is_half_written_is_read_when_it_is_whole(tmp_path: Path) -> None:
    folder = SlipFolder(tmp_path, FORM)
    _put(tmp_path, "a.json", b'{"\xe7')
    assert folder.newest(NOW) is None
    _put(tmp_path, "a.json", json.dumps({"结算编号": "S1"}).encode())
    assert folder.newest(NOW)


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"7", b"null", b"{}", b"[" * 30_000, b"x" * 70_000, b"\x00\xff",
     b'{"\xe7\xbb\x93\xe7\xae\x97\xe7\xbc\x96\xe5\x8f\xb7": {"a": 1}}', b'[["S1"]]'],
)  # fmt: skip
def test_what_is_no_slip_is_passed_over(tmp_path: Path, data: bytes) -> None:
    for end in ("json", "csv", "txt"):
        _put(tmp_path, f"bad.{end}", data)
    (tmp_path / "folder.json").mkdir()
    assert SlipFolder(tmp_path, FORM).newest(NOW) is None
    assert SlipFolder(tmp_path / "nowhere", FORM).newest(NOW) is None
