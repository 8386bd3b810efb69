"""Write tables for other programs: the acceptance record (验收记录), the goods of a document.

Every cell is text and none is a formula: names and reasons come from outside. Quantities are
numbers. CSV is UTF-8 with a BOM, which is how spreadsheets know it.
"""

import csv
import errno
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.stock.files.cells import formula_safe, is_run
from pharmacy_desk.core.stock.receiving import AcceptanceLine

# The columns of the record in the order and the words of GSP's own list.
COLUMNS = (
    "通用名",
    "剂型",
    "规格",
    "批准文号",
    "批号",
    "生产日期",
    "有效期",
    "生产厂商",
    "供货单位",
    "数量",
    "到货日期",
    "合格数量",
    "结果",
    "验收人",
    # Goods kept cold have these two besides.
    "到货温度(℃)",
    "到货时间",
)


def write_records(path: Path, lines: Sequence[AcceptanceLine]) -> None:
    """Write the record; an older file of the name is replaced only by a whole new one.

    Raises `WorldError` when the file cannot be written.
    """
    _replace(path, "验收记录", [COLUMNS, *(_cells(line) for line in lines)])


def write_table(path: Path, sheet: str, table: Sequence[Sequence[str]]) -> None:
    """Write a table of text, its header first, as XLSX (one sheet of this name) or CSV.

    An older file of the name is replaced only by a whole new one. Raises `WorldError` when the
    file cannot be written.
    """
    _replace(path, sheet, table)


def _replace(path: Path, sheet: str, table: Sequence[Sequence[str | int]]) -> None:
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=path.suffix)
        os.close(handle)
        whole = Path(name)
        try:
            if path.suffix.lower() == ".csv":
                _csv(whole, table)
            else:
                _xlsx(whole, sheet, table)
            whole.replace(path)
        finally:
            whole.unlink(missing_ok=True)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise WorldError(
            Fault.DISK_FULL if full else Fault.HOME_NOT_WRITABLE,
            path=str(path),
            detail=error.strerror or str(error),
        ) from error


def _cells(line: AcceptanceLine) -> list[str | int]:
    item, batch = line.item, line.batch
    return [
        item.name,
        item.dosage_form,
        item.spec,
        item.approval,
        batch.lot or "",
        batch.made.isoformat() if batch.made else "",
        batch.expiry.isoformat() if batch.expiry else "",
        item.maker,
        line.supplier,
        line.quantity,
        f"{line.arrived:%Y-%m-%d}",
        line.accepted,
        line.result,
        line.operator,
        line.celsius,
        f"{line.arrived:%H:%M}" if line.timed else "",
    ]


def _csv(path: Path, table: Sequence[Sequence[str | int]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(
            [cell if isinstance(cell, int) else formula_safe(cell) for cell in row] for row in table
        )


def _xlsx(path: Path, sheet_name: str, table: Sequence[Sequence[str | int]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_name)
    sheet.freeze_panes = "A2"
    for number, cells in enumerate(table):
        row = []
        for cell in cells:
            made = WriteOnlyCell(sheet, cell)
            if isinstance(cell, str):
                made.data_type = "s"  # text, also when it begins like a formula
                made.quotePrefix = is_run(cell)  # and still text when somebody edits it
            if number == 0:
                made.font = Font(bold=True)
            row.append(made)
        sheet.append(row)
    book.save(path)
