"""Refuse a workbook (XLSX) that would cost more to read than its size tells.

An XLSX is a zip of XML parts. Two things in one are out of all proportion to its size: parts that
unpack to a thousand times their bytes, and markup that is long in one piece. An expat before 2.6
looks at an unfinished piece of markup again with every 16 kB it is given: a comment or a tag of
49 MB, which is 49 kB of zip, takes it minutes. No spreadsheet writes either; nor entities.
"""

import re
import zipfile
from pathlib import Path
from typing import IO, BinaryIO

from pharmacy_desk.core.basics.errors import Fault, WorldError

# 1 048 576 rows of four codes are some 250 MB of XML.
MAX_UNPACKED_BYTES = 600_000_000
# The texts of all cells are held at once; a million codes of 20 characters are 36 MB of them.
_MAX_STRINGS_BYTES = 128_000_000
# Styles, names and relations are held as trees; those of a bloated workbook have some 2 MB.
_MAX_SMALL_BYTES = 10_000_000
_SMALL = re.compile(
    r"\[content_types\]\.xml|.*\.rels|.*/(?:workbook|styles|core|app|custom|theme[0-9]*)\.xml",
    re.IGNORECASE,
)
# A sheet packs to a tenth or twentieth of its size, one of equal rows to a hundredth; deflate ends
# at 1032. Below 5 MB nothing is worth refusing for it.
MAX_UNPACK_RATIO = 200
_RATIO_FROM_BYTES = 5_000_000
# A workbook of 200 sheets with their relations, drawings and comments has some 1 000 parts.
_MAX_PARTS = 5_000
# The longest text of a cell, 32 767 characters each written as `_x000D_`, is 230 kB.
_PIECE_BYTES = 524_288
# Comments and instructions, where there are any, name a program.
_MAX_ASIDE_BYTES = 65_536
_ASIDES = {b"<!--": b"-->", b"<?": b"?>", b"<![CDATA[": b"]]>"}
_ASIDE = re.compile(rb"<!--|<\?|<!\[CDATA\[|<!")
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_ENCODINGS = (b"utf-8", b"us-ascii", b"ascii")
# UTF-16 hides its markup from a search by bytes; spreadsheets write UTF-8.
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_BOM = b"\xef\xbb\xbf"


def refuse_hostile(path: Path, file: BinaryIO) -> None:
    """Look at every part as it is unpacked; nothing is kept.

    Raises `WorldError`, and what `zipfile` and `zlib` raise for a zip that is broken.
    """
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        if len(parts) > _MAX_PARTS:
            raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail=f"> {_MAX_PARTS} parts")
        if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
            raise WorldError(Fault.FILE_TOO_LARGE, path=str(path), most=MAX_UNPACKED_BYTES)
        for part in parts:
            _refuse_size(path, part)
        for part in parts:
            with archive.open(part) as unpacked:
                if not _is_plain(unpacked):
                    detail = f"XLSX: {part.filename}"
                    raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail=detail)


def _refuse_size(path: Path, part: zipfile.ZipInfo) -> None:
    name, size = part.filename, part.file_size
    most = MAX_UNPACKED_BYTES
    if _SMALL.fullmatch(name):
        most = _MAX_SMALL_BYTES
    elif name.lower().endswith("sharedstrings.xml"):
        most = _MAX_STRINGS_BYTES
    if size > _RATIO_FROM_BYTES:
        most = min(most, max(1, part.compress_size) * MAX_UNPACK_RATIO)
    if size > most:
        raise WorldError(Fault.FILE_TOO_LARGE, path=str(path), most=most)


def _is_plain(unpacked: IO[bytes]) -> bool:
    """True for a part that is no XML, or XML whose markup is short in every piece."""
    piece = unpacked.read(_PIECE_BYTES).removeprefix(_BOM)
    if piece.startswith(_WIDE):
        return False
    if not piece.lstrip().startswith(b"<"):
        return True  # a picture; a parser of XML gives up on its first byte
    said = _ENCODING.match(piece.lstrip())
    if said and said[1].lower() not in _ENCODINGS:
        return False
    before = b""
    while piece:
        # A tag holds no `<` but its first: one that is long fills a whole piece.
        if len(piece) == _PIECE_BYTES and b"<" not in piece:
            return False
        kept = _after_asides(before + piece)
        if kept is None or len(kept) > _MAX_ASIDE_BYTES:
            return False
        before, piece = kept, unpacked.read(_PIECE_BYTES)
    return True


def _after_asides(text: bytes) -> bytes | None:
    """What has to be looked at again with more behind it; None for what no workbook holds."""
    at = 0
    while found := _ASIDE.search(text, at):
        end = _ASIDES.get(found[0])
        if end is None:
            whole = len(text) - found.start() >= len(b"<![CDATA[")
            return None if whole else text[found.start() :]  # a DOCTYPE or an entity
        close = text.find(end, found.end())
        if close < 0:
            return text[found.start() :]
        if close - found.start() > _MAX_ASIDE_BYTES and end != b"]]>":
            return None
        at = close + len(end)
    return text[-1:] if text.endswith(b"<") else b""
