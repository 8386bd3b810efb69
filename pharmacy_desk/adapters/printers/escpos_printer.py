"""Receipt printers that speak ESC/POS (`Printer`): to a file, or over the network.

Text goes out as GB18030 bytes that we encode ourselves: the library's own text call turns rare
characters into `??` and switches the code page at ¥ (design, section 4). A row with a character
that a two-byte font has no glyph for is sent as a picture instead.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from pharmacy_desk.adapters.printers.escpos_library import EscposError, EscposImage, Network
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.paper.receipt import CELLS, Look, Row

_INIT = b"\x1b@"
_CHINESE_ON = b"\x1c&"  # FS &: two-byte characters
_BOLD = {True: b"\x1bE\x01", False: b"\x1bE\x00"}
_CENTRE = {True: b"\x1ba\x01", False: b"\x1ba\x00"}
_DOUBLE = {True: b"\x1d!\x11\x1c!\x0c", False: b"\x1d!\x00\x1c!\x00"}  # GS ! and FS ! (Kanji)
_FEED_AND_CUT = b"\n\n\n\x1dV\x42\x00"
_DOTS = {58: 384, 80: 576}  # printable dots at 203 dpi
_CELL_DOTS = 12  # font A: 12 dots a cell on both papers
_ROW_DOTS = 26
_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/simsun.ttc",
)


def encode(rows: Sequence[Row], mm: int) -> bytes:
    """A composed receipt as the bytes a printer of `mm` millimetres gets."""
    return b"".join([_INIT, _CHINESE_ON, *(_row(row, mm) for row in rows), _FEED_AND_CUT])


def _row(row: Row, mm: int) -> bytes:
    if row.look is Look.RULE:
        return b"-" * CELLS[mm] + b"\n"
    if row.look is Look.BARCODE:
        return _CENTRE[True] + _barcode(row.text, mm) + b"\n" + _CENTRE[False]
    if not _has_glyphs(row.text):
        return _raster(_picture(row, mm))
    title = row.look is Look.TITLE
    before = _BOLD[row.look is not Look.PLAIN] + _DOUBLE[title] + _CENTRE[title]
    after = _BOLD[False] + _DOUBLE[False] + _CENTRE[False]
    return before + row.text.encode("gb18030") + b"\n" + after


def _barcode(text: str, mm: int) -> bytes:
    """Code 128 by the printer itself: GS h height, GS w module, GS H text below, GS k 73.

    `{B` selects code set B. On 58 mm paper (384 dots) 15 characters of it at 2 dots a module are
    422 dots wide; with the last six digits in set C (`{C`, two digits a symbol) they are 356.
    """
    data = b"{B" + text.encode("ascii")
    if mm == 58 and text[-6:].isdigit():
        pairs = bytes(int(text[i : i + 2]) for i in range(len(text) - 6, len(text), 2))
        data = b"{B" + text[:-6].encode("ascii") + b"{C" + pairs
    return b"\x1dh\x40\x1dw\x02\x1dH\x02\x1dk\x49" + bytes([len(data)]) + data


def _raster(picture: Image.Image) -> bytes:
    """A picture by GS v 0: width in bytes and height in dots, little-endian."""
    image = EscposImage(picture)
    wide, high = int(image.width_bytes), int(image.height)
    size = wide.to_bytes(2, "little") + high.to_bytes(2, "little")
    return b"\x1dv0\x00" + size + bytes(image.to_raster_format())


def _has_glyphs(text: str) -> bool:
    """True when every character has a one- or two-byte code: the fonts of receipt printers.

    Four-byte characters (𠮷) are legal GB18030 but print as blanks or rubbish.
    """
    return all(len(ch.encode("gb18030", "replace")) <= 2 for ch in text)


def _picture(row: Row, mm: int) -> Image.Image:
    scale = 2 if row.look is Look.TITLE else 1
    picture = Image.new("1", (_DOTS[mm], _ROW_DOTS * scale), 1)
    draw = ImageDraw.Draw(picture)
    draw.text((0, 0), row.text, font=_font(_CELL_DOTS * 2 * scale), fill=0)
    return picture


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for path in _FONTS:
        if Path(path).is_file():
            return ImageFont.truetype(path, size)
    return ImageFont.load_default(size)


class FilePrinter:
    """Prints into files: one `NUMBER.escpos` for each receipt, never over another one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def print_receipt(self, number: str, rows: Sequence[Row], mm: int) -> str:
        """Write the bytes; a reprint gets a number behind it. The file's name comes back."""
        data = encode(rows, mm)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for copy in range(1, 1000):
                name = f"{number}.escpos" if copy == 1 else f"{number}.{copy}.escpos"
                path = self._folder / name
                try:
                    with path.open("xb") as file:
                        file.write(data)
                        file.flush()
                        os.fsync(file.fileno())
                    return str(path)
                except FileExistsError:
                    continue
            raise WorldError(Fault.PRINTER_FAILED, printer=str(self._folder), detail="1000 copies")
        except OSError as error:
            raise WorldError(
                Fault.PRINTER_FAILED, printer=str(self._folder), detail=error.strerror or ""
            ) from error


class NetworkPrinter:
    """Prints over TCP (port 9100 on nearly every receipt printer)."""

    def __init__(self, host: str, port: int, timeout_s: float = 5.0) -> None:
        self._address = (host, port)
        self._timeout_s = timeout_s

    def print_receipt(self, number: str, rows: Sequence[Row], mm: int) -> str:
        """Send the bytes; the printer's address comes back."""
        data = encode(rows, mm)
        host, port = self._address
        device = Network(host, port=port, timeout=self._timeout_s)
        try:
            device.open()
            device._raw(data)  # noqa: SLF001 - the library's own way to send ready bytes
            device.close()
        except (EscposError, OSError) as error:
            raise WorldError(
                Fault.PRINTER_FAILED, printer=f"{host}:{port}", detail=type(error).__name__
            ) from error
        return f"{host}:{port}"


class NullPrinter:
    """No printer is set up: the receipt is on the screen and can be printed later."""

    def print_receipt(self, number: str, rows: Sequence[Row], mm: int) -> str:
        """Do nothing."""
        return ""
