"""A NUL in one cell of a table costs its row, with number and reason, and not the file."""

from datetime import date
from pathlib import Path

import pytest

from pharmacy_desk.adapters.files.tables import read_table
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.catalogue.drug_list import BadRow, read_header, read_rows
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.counter.stock import trade_tables

TODAY = date(2026, 11, 22)
CODES = [f"8436282{n:013d}" for n in range(1, 4)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_list_of_codes_loses_one_row(tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / "codes.csv"
    first, second, third = CODES
    lines = ["追溯码,商品编码,备注", f"{first},Y1,好", f"{second},Y1,\x00", f"{third},Y1,"]
    path.write_bytes(("\n".join(lines) + end).encode(encoding))
    read = trade_tables.read("codes", read_table(path), TODAY)
    assert read.codes == (first, third)
    assert read.bad == (BadRow(3, "nul_character", ""),)


def test_a_drug_list_loses_one_row(tmp_path: Path) -> None:
    path = tmp_path / "drugs.csv"
    path.write_bytes("商品编码,商品名称\nY1,好药\nY2,坏\x00药\nY3,药\n".encode())
    table = read_table(path)
    found = list(read_rows(read_header(next(table)[1]), table))
    assert [one.code for one in found if isinstance(one, Item)] == ["Y1", "Y3"]
    assert [one for one in found if isinstance(one, BadRow)] == [BadRow(3, "nul_character", "")]


@pytest.mark.parametrize(
    "data",
    [
        "追溯码,商品编码\r\n8436282,Y1\r\n".encode("utf-16-le"),
        "商品编码,商品名称\r\n好,药\r\n".encode("utf-16-be"),
        b"PK\x03\x04 no zip at all",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\n\n\n\n\n\n\n",
        b"%PDF-1.7\n1 0 obj\n",
        b"\x00",
    ],
)
def test_what_is_no_text_is_still_refused_whole(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(data)
    with pytest.raises(WorldError) as failed:
        list(read_table(path))
    assert failed.value.fault is Fault.FILE_UNREADABLE
