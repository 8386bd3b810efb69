"""Write the acceptance record (验收记录) as XLSX or CSV for the ERP that keeps it.

Every cell is text and none is a formula: names and reasons come from outside. Quantities are
numbers. CSV is UTF-8 with a BOM, which is how spreadsheets know it.
"""

import csv
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from pharmacy_desk.core.errors import Fault, WorldError
from pharmacy_desk.core.receiving import AcceptanceLine
from pharmacy_desk.core.trade_files.cells import protected

# The columns of the record in the order and the words of GSP's own list.
COLUMNS = (
    "通用名", "剂型", "规格", "批准文号", "批号", "生产日期", "有效期", "生产厂商", "供货单位",
    "数量", "到货日期", "合格数量", "结果", "验收人",
)  # fmt: skip


def write_records(path: Path, lines: Sequence[AcceptanceLine]) -> None:
    """Write the record; an older file of the name is replaced only by a whole new one.

    Raises `WorldError` when the file cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=path.suffix)
        os.close(handle)
        whole = Path(name)
        try:
            if path.suffix.lower() == ".csv":
                _csv(whole, lines)
            else:
                _xlsx(whole, lines)
            whole.replace(path)
        finally:
            whole.unlink(missing_ok=True)
    except OSError as error:
        raise WorldError(
            Fault.HOME_NOT_WRITABLE, path=str(path), detail=error.strerror or str(error)
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
        f"{line.arrived:%Y-%m-%d %H:%M}",
        line.accepted,
        line.result,
        line.operator,
    ]


def _csv(path: Path, lines: Sequence[AcceptanceLine]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for line in lines:
            writer.writerow(
                [cell if isinstance(cell, int) else protected(cell) for cell in _cells(line)]
            )


def _xlsx(path: Path, lines: Sequence[AcceptanceLine]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("验收记录")
    sheet.freeze_panes = "A2"
    heads = []
    for name in COLUMNS:
        head = WriteOnlyCell(sheet, name)
        head.font = Font(bold=True)
        heads.append(head)
    sheet.append(heads)
    for line in lines:
        row = []
        for cell in _cells(line):
            made = WriteOnlyCell(sheet, cell)
            if isinstance(cell, str):
                made.data_type = "s"  # text, also when it begins like a formula
            row.append(made)
        sheet.append(row)
    book.save(path)
