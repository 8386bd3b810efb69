"""A posted document as a table that other programs, and our own readers, understand."""

from datetime import date, datetime
from typing import Any

from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.stock.files.codes_file import CODES, CodeRow, read_codes
from pharmacy_desk.core.stock.files.delivery_file import DELIVERY, DeliveryRow, read_delivery
from pharmacy_desk.core.stock.files.document_file import document_table, uncoded
from pharmacy_desk.core.stock.files.headers import Header, find_header
from pharmacy_desk.core.stock.movement import Movement, MovementKind, MovementLine
from tests.conftest import EXEMPT, NOON, OTC, RX, box

LOT = Batch("L1", date(2026, 1, 2), date(2028, 1, 1))
HOSTILE = "=HYPERLINK(1)"


def document(kind: MovementKind, *lines: MovementLine, party: str = "二店") -> Movement:
    return Movement("01-A-7", kind, NOON, "007", party, "SH-1", "", lines)


def read(layout: Any, reader: Any, table: list[list[str]]) -> list[Any]:
    rows = iter(list(enumerate(table, 1)))
    header = find_header(layout, rows)
    assert isinstance(header, Header)
    return list(reader(header, rows, datetime.date(NOON)))


def test_a_transfer_tells_the_other_store_codes_lots_and_both_dates() -> None:
    out = document(
        MovementKind.TRANSFER_OUT, MovementLine(OTC, LOT, 2, (box(1), box(2))),
        MovementLine(RX, Batch("L2"), 1, (box(3, RX),)),
    )  # fmt: skip
    rows = read(CODES, read_codes, document_table(out, "一店"))
    whole = ("01-A-7", "一店", "二店")
    assert rows == [
        CodeRow(2, box(1), "Y1", "L1", LOT.expiry, LOT.made, *whole),
        CodeRow(3, box(2), "Y1", "L1", LOT.expiry, LOT.made, *whole),
        CodeRow(4, box(3, RX), "Y2", "L2", None, None, *whole),
    ]


def test_what_came_in_names_the_other_side_as_the_one_that_sent() -> None:
    came = document(MovementKind.TRANSFER_IN, MovementLine(OTC, LOT, 1, (box(1),)))
    (row,) = read(CODES, read_codes, document_table(came, "一店"))
    assert (row.supplier, row.receiver) == ("二店", "一店")


def test_a_receiving_is_written_as_the_delivery_note_it_was() -> None:
    lines = (MovementLine(OTC, LOT, 2, (box(1), box(2)), 1205), MovementLine(EXEMPT, LOT, 5))
    came = document(MovementKind.DELIVERY, *lines, party="示例医药")
    rows = read(DELIVERY, read_delivery, document_table(came, "一店"))
    assert all(isinstance(row, DeliveryRow) for row in rows)
    assert [(r.number, r.supplier, r.item_key.text, r.quantity, r.price_fen) for r in rows] == [
        ("SH-1", "示例医药", "Y1", 2, 1205), ("SH-1", "示例医药", "Y3", 5, None),
    ]  # fmt: skip
    assert rows[0].codes == (box(1), box(2))
    assert [key.text for key in rows[0].other_keys] == [OTC.identifications[0]]


def test_no_cell_is_a_formula_and_packs_without_codes_are_counted() -> None:
    out = document(
        MovementKind.TRANSFER_OUT, MovementLine(OTC, LOT, 1, (box(1),)),
        MovementLine(EXEMPT, LOT, 5), party=HOSTILE,
    )  # fmt: skip
    table = document_table(out, "+1")
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in table for cell in row)
    assert read(CODES, read_codes, table)[0].receiver == HOSTILE
    assert uncoded(out) == 5
    assert uncoded(document(MovementKind.DELIVERY, MovementLine(EXEMPT, LOT, 5))) == 0
