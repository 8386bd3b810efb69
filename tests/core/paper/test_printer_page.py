"""The page a printer is tried with: every row fits, the ruler is exactly as wide as the paper."""

from datetime import datetime

import pytest

from pharmacy_desk.adapters.printers.escpos_printer import encode
from pharmacy_desk.adapters.resources import words
from pharmacy_desk.core.paper.printer_page import printer_page
from pharmacy_desk.core.paper.receipt import CELLS, Look, width

AT = datetime.fromisoformat("2026-11-22T12:00:00+08:00")


@pytest.mark.parametrize("mm", sorted(CELLS))
def test_the_page_fits_its_paper(mm):
    rows = printer_page(
        "示例大药房连锁有限公司第一百二十八分店（南山区科技园）", mm, AT, words("receipt.zh_CN")
    )
    for row in rows:
        assert width(row.text) * (2 if row.look is Look.TITLE else 1) <= CELLS[mm]
    assert any(width(row.text) == CELLS[mm] and row.text.isdigit() for row in rows)
    assert "药品追溯码".encode("gb18030") in encode(rows, mm)
