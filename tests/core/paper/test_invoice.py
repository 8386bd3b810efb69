"""What the invoice system reads of a sale."""

from dataclasses import replace
from datetime import date

from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch
from pharmacy_desk.core.paper.invoice import COLUMNS, invoice_table
from pharmacy_desk.core.sale.sale import Box
from tests.core.paper.test_receipt import DRUG, LOT, _line, _sale

OTHER = Batch("L250101", date(2025, 1, 1), date(2027, 1, 1))


def test_each_lot_has_a_row_with_its_codes_and_the_amounts_come_to_the_total():
    line = _line("84362820442053402132", "84362820442053402149")
    line = replace(line, boxes=(*line.boxes, Box(3, "84362820442053402156", OTHER)))
    sale = _sale(line)
    head, first, second = invoice_table(sale)
    assert head == list(COLUMNS)
    told = dict(zip(head, first, strict=True))
    assert told["追溯码"] == "84362820442053402132;84362820442053402149"
    assert (told["生产批号"], told["数量"], told["金额"]) == (LOT.lot, "2", "43.60")
    told = dict(zip(head, second, strict=True))
    assert (told["追溯码"], told["有效期至"]) == ("84362820442053402156", "2027-01-01")
    assert sum(int(row[9].replace(".", "")) for row in (first, second)) == sale.total_fen


def test_what_is_not_known_is_empty():
    item = replace(DRUG, batch=NO_BATCH)
    _, row = invoice_table(_sale(_line("84362820442053402132", item=item)))
    assert (row[10], row[11]) == ("", "")
