"""Read and write a DBF table (dBASE, FoxPro): what many of the older tills speak.

Read by `dbfread`; the writing library there is leaves files open, so a table of text is written
here, by the layout of dBASE III: 32 bytes of header, 32 for each field, then the records.
The language byte of such files is often wrong or 0; Chinese ones are GBK, which is what is used.
"""

import struct
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from dbfread import DBF
from dbfread.exceptions import DBFNotFound

from pharmacy_desk.core.basics.errors import Fault, WorldError

_CHINESE = "gbk"
# dBASE's own limit of a field of text; a trace code of any kind fits.
_FIELD_BYTES = 254
# As many as a spreadsheet has.
_MOST_ROWS = 1_048_576
_MOST_BYTES = 200_000_000
_VERSION, _END_OF_HEADER, _END = 3, b"\r", b"\x1a"


def read_dbf(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(row number, cells as text), the field names as row 1. Raises `WorldError`.

    Deleted records are no rows. A memo beside it is not read.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise WorldError(Fault.FILE_TOO_LARGE, path=str(path), most=str(_MOST_BYTES))
        table = DBF(
            str(path), encoding=_CHINESE, ignore_missing_memofile=True, char_decode_errors="strict"
        )
        names = list(table.field_names)
        yield 1, names
        for number, record in enumerate(table, start=2):
            if number > _MOST_ROWS:
                raise _unreadable(path, f"> {_MOST_ROWS} rows")
            yield number, [_text(record[name]) for name in names]
    except (DBFNotFound, OSError, ValueError, LookupError, TypeError, struct.error) as error:
        raise _unreadable(path, str(error)) from error
    except (ArithmeticError, AttributeError, StopIteration, MemoryError) as error:
        raise _unreadable(path, type(error).__name__) from error


def write_dbf(path: Path, table: Sequence[Sequence[str]]) -> None:
    """Write a table of text, its header first.

    DBF names fields in ten ASCII letters: they are F1, F2 …, and the first record tells what each
    is. What GBK has no sign for is written as `?`. Raises `WorldError` when it cannot be written.
    """
    width = len(table[0])
    # Version, day of writing, records, length of the header and of a record (one byte: deleted?).
    today = datetime.now().astimezone()
    written = bytes((_VERSION, today.year - 1900, today.month, today.day))
    lengths = (32 * (width + 1) + len(_END_OF_HEADER), 1 + width * _FIELD_BYTES)
    head = written + struct.pack("<IHH20x", len(table), *lengths)
    fields = b"".join(
        struct.pack("<11sc4xB15x", f"F{place}".encode("ascii"), b"C", _FIELD_BYTES)
        for place in range(1, width + 1)
    )
    records = b"".join(b" " + b"".join(_padded(cell) for cell in row) for row in table)
    try:
        path.write_bytes(head + fields + _END_OF_HEADER + records + _END)
    except OSError as error:
        raise _unreadable(path, error.strerror or "") from error


def _padded(cell: str) -> bytes:
    told = cell.encode(_CHINESE, "replace")[:_FIELD_BYTES]
    # Never half a Chinese sign at the end.
    whole = told.decode(_CHINESE, "ignore").encode(_CHINESE)
    return whole.ljust(_FIELD_BYTES)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def _unreadable(path: Path, detail: str) -> WorldError:
    return WorldError(Fault.FILE_UNREADABLE, path=str(path), detail=detail[:80])
