"""Read a table of text from CSV (UTF-8 with or without BOM, GB18030) or XLSX, within bounds.

Nothing in a file is trusted: sizes, columns and rows are bounded before anything is held, a
formula is text or nothing, and a number keeps the digits it was written with.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError

from charset_normalizer import from_bytes
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from pharmacy_desk.core.basics.errors import Fault, WorldError

# 100 000 items of 20 columns are about 30 MB of CSV; a file beyond this is not a drug list.
MAX_FILE_BYTES = 200_000_000
MAX_COLUMNS = 500
# A spreadsheet's own limits of a cell and a sheet. One cell holds up to 1 560 trace codes.
MAX_CELL_CHARS = 32_767
MAX_ROWS = 1_048_576
# An XLSX is a zip: refuse one that unpacks to more than this before openpyxl reads it.
MAX_UNPACKED_BYTES = 600_000_000
MAX_UNPACK_RATIO = 200
# How a zip (XLSX), an old XLS and a PDF begin.
_NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
# Everything openpyxl and the parsers below it raise on a file that is not what it says.
_XLSX_ERRORS = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OSError,
)


def read_table(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(row number as a spreadsheet shows it, cells as text) for each row that is not empty.

    Raises `WorldError`: missing, unreadable, too large, or not a table.
    """
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise WorldError(Fault.FILE_TOO_LARGE, path=str(path), most=MAX_FILE_BYTES)
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            yield from _xlsx(path)
        else:
            yield from _csv(path, path.read_bytes())
    except FileNotFoundError as error:
        raise WorldError(Fault.FILE_MISSING, path=str(path)) from error
    except (OSError, UnicodeError, csv.Error) as error:
        raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail=str(error)) from error


def _csv(path: Path, data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decode(path, data)
    first = text[: text.find("\n")] if "\n" in text else text
    if max(first.count(","), first.count("\t")) > MAX_COLUMNS:
        raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail=f"> {MAX_COLUMNS} columns")
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    csv.field_size_limit(MAX_FILE_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for row in reader:
        if len(row) > MAX_COLUMNS:
            detail = f"row {reader.line_num}: > {MAX_COLUMNS} columns"
            raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail=detail)
        if any(cell.strip() for cell in row):
            yield reader.line_num, [_cut(cell) for cell in row]


def _decode(path: Path, data: bytes) -> str:
    """UTF-8 if it is, else GB18030 if it is (what Chinese ERPs export), else a best guess."""
    if _is_binary(data):
        raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail="binary")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    best = from_bytes(data[:1_000_000]).best()
    if best is None:
        raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail="encoding")
    return data.decode(best.encoding, "replace")


def _is_binary(data: bytes) -> bool:
    """An XLSX or XLS by another name, or UTF-16 without its mark (three NULs a line at least).

    A NUL or two in a table of text is a broken cell, which costs its row and not the file.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    head = data[:4096]
    return data.startswith(_NO_TEXT) or head.count(b"\x00") > 2 * head.count(b"\n")


def _xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    _refuse_bomb(path)
    try:
        # data_only gives the value a formula had when the file was saved, never the formula.
        # Read from memory: a file openpyxl gives up on in the middle would stay open.
        book = load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)
    except _XLSX_ERRORS as error:
        raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail="XLSX") from error
    try:
        visible = (sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        sheet = next(visible, book.worksheets[0])
        if isinstance(sheet, ReadOnlyWorksheet):
            # Some systems write a size of A1 for any sheet; openpyxl would stop reading there.
            sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            if number > MAX_ROWS:  # a row number made up to make us count to it
                detail = f"> {MAX_ROWS} rows"
                raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail=detail)
            if len(row) > MAX_COLUMNS and any(row[MAX_COLUMNS:]):
                detail = f"row {number}: > {MAX_COLUMNS} columns"
                raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail=detail)
            cells = [_cell(value) for value in row[:MAX_COLUMNS]]
            if any(cells):
                yield number, cells
    except _XLSX_ERRORS as error:
        raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail="XLSX") from error
    finally:
        book.close()


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
            packed = max(1, path.stat().st_size)
    except zipfile.BadZipFile as error:
        raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail="XLSX") from error
    if unpacked > MAX_UNPACKED_BYTES or (
        unpacked > 50_000_000 and unpacked / packed > MAX_UNPACK_RATIO
    ):
        raise WorldError(Fault.FILE_TOO_LARGE, path=str(path), most=MAX_UNPACKED_BYTES)


def _cell(value: object) -> str:
    """A cell as text; a float that is whole loses its `.0`.

    One from 2^53 says that it is not exact (`8.43628E+19`), so that a code that Excel has
    rounded is refused by whoever reads it. That its digits stand in the file proves nothing: a
    spreadsheet keeps 15 of them.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and abs(value) >= 2**53:
        return f"{value:.5E}"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 2**53:
            return str(int(value))
        return repr(value) if abs(value) < 2**53 else f"{value:.5E}"
    return _cut(str(value))


def _cut(text: str) -> str:
    """A cell without blanks around it; one that is cut says so at its end.

    The mark makes the last value of a list of codes a broken one, wherever the cut fell: codes
    are refused rather than lost.
    """
    text = text.strip()
    return text if len(text) <= MAX_CELL_CHARS else f"{text[: MAX_CELL_CHARS - 1]}…"
