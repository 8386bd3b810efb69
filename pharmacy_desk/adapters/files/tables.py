"""Read a table of text from CSV (UTF-8 with or without BOM, UTF-16 with one, GB18030) or XLSX.

Nothing in a file is trusted: sizes, columns, rows and cells are bounded before anything is held, a
formula is text or nothing, and a number keeps the digits it was written with. Rows are numbered as
a spreadsheet shows them: the header and empty rows count, a line break inside a cell does not.
"""

import codecs
import csv
import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

from charset_normalizer import from_bytes
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from pharmacy_desk.adapters.files.workbook_bounds import refuse_hostile
from pharmacy_desk.adapters.given_files import opened
from pharmacy_desk.core.basics.errors import Fault, WorldError

# 100 000 items of 20 columns are about 30 MB of CSV; a file beyond this is not a drug list.
MAX_FILE_BYTES = 200_000_000
MAX_COLUMNS = 500
# A spreadsheet's own limits of a cell and a sheet. One cell holds up to 1 560 trace codes.
MAX_CELL_CHARS = 32_767
MAX_ROWS = 1_048_576
# A CSV has no cells before its end is found: 120 full cells of a spreadsheet in one row.
MAX_RECORD_CHARS = 4_000_000
# How a zip (XLSX), an old XLS and a PDF begin.
_NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
# A mark at the beginning names one encoding; UTF-32 first, whose mark begins like UTF-16's.
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_PIECE_BYTES = 1_000_000
# Everything openpyxl and the parsers below it raise on a file that is not what it says.
_XLSX_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    InvalidFileException,
    ParseError,
    LookupError,
    ValueError,
    TypeError,
    ArithmeticError,
    AttributeError,
    RuntimeError,
    EOFError,
    MemoryError,
    OSError,
)


def read_table(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(row number as a spreadsheet shows it, cells as text) for each row that is not empty.

    Raises `WorldError`: missing, unreadable, too large, or not a table.
    """
    with opened(path, MAX_FILE_BYTES) as file:
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            yield from _xlsx(path, file)
            return
        try:
            yield from _csv(path, file)
        except (UnicodeError, csv.Error) as error:
            raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail=str(error)) from error


def digest_of(path: Path) -> str:
    """SHA-256 (hex) of a table's file, by which it is known again. Raises `WorldError`."""
    with opened(path, MAX_FILE_BYTES) as file:
        made = hashlib.sha256()
        while piece := file.read(_PIECE_BYTES):
            made.update(piece)
        return made.hexdigest()


class _Lines:
    """The lines of a text; a record that never ends is refused before it is held."""

    def __init__(self, text: io.TextIOBase) -> None:
        self._text = text
        self.held = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._text.readline(MAX_RECORD_CHARS + 1)
        self.held += len(line)
        if self.held > MAX_RECORD_CHARS:
            raise csv.Error(f"> {MAX_RECORD_CHARS} characters in one row")
        if not line:
            raise StopIteration
        return line


def _csv(path: Path, file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    encoding = _encoding(path, file)
    file.seek(0)
    with io.TextIOWrapper(file, encoding, errors="strict", newline="") as text:
        first = text.readline(MAX_RECORD_CHARS)
        delimiter = "\t" if first.count("\t") > first.count(",") else ","
        _refuse_size(path, 1, first.count(delimiter))
        text.seek(0)
        csv.field_size_limit(MAX_RECORD_CHARS)
        lines = _Lines(text)
        for number, row in enumerate(csv.reader(lines, delimiter=delimiter), start=1):
            lines.held = 0
            _refuse_size(path, number, len(row))
            if any(cell.strip() for cell in row):
                yield number, [_cut(cell) for cell in row]


def _refuse_size(path: Path, number: int, columns: int) -> None:
    """Refuse a table longer or wider than any; `number` may be made up to make us count to it."""
    detail = f"> {MAX_ROWS} rows" if number > MAX_ROWS else ""
    detail = f"row {number}: > {MAX_COLUMNS} columns" if columns > MAX_COLUMNS else detail
    if detail:
        raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail=detail)


def _encoding(path: Path, file: BinaryIO) -> str:
    """UTF-16 by its mark, UTF-8 if it is, GB18030 if it is (Chinese ERPs), else a best guess."""
    head = file.read(_PIECE_BYTES)
    for mark, marked in _MARKS.items():
        if head.startswith(mark):
            return marked
    if _is_binary(head):
        raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail="binary")
    for encoding in ("utf-8-sig", "gb18030"):
        if _reads_as(file, encoding):
            return encoding
    best = from_bytes(head).best()
    if best is None or not _reads_as(file, best.encoding):
        raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail="encoding")
    return best.encoding


def _reads_as(file: BinaryIO, encoding: str) -> bool:
    """True when the whole file is text of this encoding; it is looked at in pieces."""
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while piece := file.read(_PIECE_BYTES):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_binary(data: bytes) -> bool:
    """An XLSX or XLS by another name, or UTF-16 without its mark.

    A NUL or two in a table of text is a broken cell, which costs its row and not the file. UTF-16
    has one in every line end at least, and all of them on the same side.
    """
    head = data[:4096]
    lines, nuls = head.count(b"\n"), head.count(b"\x00")
    one_sided = nuls in (head[::2].count(b"\x00"), head[1::2].count(b"\x00"))
    wide = nuls > 1 and nuls >= lines and one_sided
    return data.startswith(_NO_TEXT) or nuls > 2 * lines or wide


def _xlsx(path: Path, file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    try:
        refuse_hostile(path, file)
        # data_only gives the value a formula had when the file was saved, never the formula; links
        # to other workbooks are left alone.
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except _XLSX_ERRORS as error:
        raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail="XLSX") from error
    try:
        visible = (sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        sheet = next(visible, book.worksheets[0])
        if isinstance(sheet, ReadOnlyWorksheet):
            # Some systems write a size of A1 for any sheet; openpyxl would stop reading there.
            sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            wide = len(row) if any(row[MAX_COLUMNS:]) else 0
            _refuse_size(path, number, wide)
            cells = [_cell(value) for value in row[:MAX_COLUMNS]]
            if any(cells):
                yield number, cells
    except _XLSX_ERRORS as error:
        raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail="XLSX") from error
    finally:
        book.close()


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
