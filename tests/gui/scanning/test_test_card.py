"""The printed test card gives back what it says: as a picture and as the PDF that is printed."""

import shutil
import subprocess
from datetime import date

import pytest
from PySide6.QtGui import QImage

from pharmacy_desk.adapters.scanners.pictures.reader import read_file, read_photo
from pharmacy_desk.commands.main import main
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.scanning.test_card import CARD, Proof
from pharmacy_desk.gui.scanning import test_card as card
from pharmacy_desk.gui.scanning.camera import photo

TODAY = date(2026, 11, 22)
PAYLOADS = [line.payload.encode() for line in CARD]


def test_the_card_as_a_picture_is_read_back_whole_in_the_order_of_its_lines(qapp):
    tray = read_photo(photo(card.picture(300)), None, TODAY).tray
    assert [symbol.data for symbol in tray.symbols] == PAYLOADS
    assert tray.unread == ()
    aims = {symbol.data: symbol.aim for symbol in tray.symbols}
    separator = next(line for line in CARD if line.proof is Proof.SEPARATOR)
    assert aims[separator.payload.encode()] == "]d2"


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm is not installed")
def test_the_card_as_pdf_is_read_back_whole(qapp, tmp_path):
    pdf = tmp_path / "card.pdf"
    assert main(["test-card", "--pdf", str(pdf)]) == 0
    subprocess.run(
        ["pdftoppm", "-r", "300", "-png", "-singlefile", str(pdf), str(tmp_path / "card")],
        check=True,
        timeout=60,
    )
    read = read_file(tmp_path / "card.png", None, TODAY).tray
    assert [symbol.data for symbol in read.symbols] == PAYLOADS
    # A4 at 300 dpi, one page
    assert abs(read.width - 2480) <= 2
    assert abs(read.height - 3508) <= 2


def test_a_card_that_cannot_be_written_is_refused(qapp, tmp_path):
    with pytest.raises(WorldError) as refused:
        card.save_pdf(tmp_path / "no" / "card.pdf")
    assert refused.value.fault is Fault.HOME_NOT_WRITABLE
    assert main(["test-card", "--pdf", str(tmp_path)]) == 2


def test_nothing_on_the_card_is_cut_off_or_printed_over(qapp):
    """Words and symbols stay inside the page and apart from each other."""
    image = card.picture(100)
    dark = {
        (x, y)
        for y in range(image.height())
        for x in range(image.width())
        if image.pixelColor(x, y).lightness() < 128
    }
    margin = round(8 * 100 / 25.4)
    assert min(x for x, _ in dark) >= margin
    assert max(x for x, _ in dark) <= image.width() - margin
    assert max(y for _, y in dark) <= image.height() - margin


def test_every_line_says_what_it_proves(qapp):
    assert len({card.proof_text(proof) for proof in Proof}) == len(Proof)


def test_a_qt_picture_of_any_width_becomes_rows_without_padding():
    for width in (1, 2, 3, 5, 7):
        image = QImage(width, 2, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        image.setPixel(width - 1, 1, 0xFF000000)
        made = photo(image)
        assert made.grey == b"\xff" * (2 * width - 1) + b"\x00"
