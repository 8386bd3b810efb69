"""Why a row of a file was not taken: the words of the readers of tables as sentences."""

from collections.abc import Mapping

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.gui.base.said import in_language, translate

_WHY: Mapping[str, str] = {
    "nul_character": marked("Row", "The row is broken (a NUL character): export it again."),
    "bad_quantity": marked("Row", "The quantity is no whole number of boxes."),
    "bad_price": marked("Row", "The price is no amount in yuan and fen."),
    "bad_level": marked("Row", "The pack level is no digit from 1 to 9."),
    "bad_lot": marked("Row", "The lot is too long or not one line of text."),
    "bad_made": marked("Row", "The production date is no whole date."),
    "bad_expiry": marked("Row", "The expiry is no whole date."),
    "bad_celsius": marked("Row", "The arrival temperature is no number of degrees."),
    "bad_arrived": marked("Row", "The arrival is no day with its time, as 2026-01-31 09:30."),
    "bad_number": marked("Row", "The document number is too long or not one line."),
    "bad_supplier": marked("Row", "The supplier is too long or not one line."),
    "bad_item_code": marked("Row", "The item code is none of ours in form."),
    "bad_identification": marked("Row", "The identification code is wrong in form."),
    "expiry_before_production": marked("Row", "The expiry lies before the production."),
    "ticket_missing": marked("Row", "The row names no ticket."),
    "payment_unknown": marked("Row", "This way of paying is not known: {detail}."),
    "item_missing": marked("Row", "The row names no drug."),
    "number_missing": marked("Row", "The document number is missing."),
    "supplier_missing": marked("Row", "The supplier is missing."),
    "code_missing": marked("Row", "The trace code is missing."),
    "duplicate_code": marked("Row", "Its trace code stands in this file already."),
    "code_rounded": marked(
        "Row", "A spreadsheet has rounded the trace code: export the column as text."
    ),
    "code_needs_map": marked("Row", "The code begins unlike a trace code: map it first."),
    "not_a_trace_code": marked("Row", "That is no trace code."),
    "personal_code": marked("Row", "A person's number stands there; it is not kept."),
    "duplicate_row": marked("Row", "Its item code stands in this file already."),
    "name_missing": marked("Row", "The drug's name is missing."),
    "bad_barcode_check_digit": marked("Row", "A barcode's check digit is wrong."),
    "conflict": marked("Row", "The identification belongs to another drug: clear that first."),
    "drug_missing": marked("Row", "The row names neither a drug nor its insurance code."),
    "limit_unknown": marked("Row", "The kind of limit is not known."),
    "value_missing": marked("Row", "What the limit allows is missing."),
    "bad_value": marked("Row", "The limit is none that this kind knows."),
    "bad_date": marked("Row", "The day of the list is no whole date."),
    "contradicts": marked("Row", "Another row of the file says otherwise of this limit."),
    "unknown_item": marked("Row", "No drug of ours has this item code."),
    "was_unmapped": marked("Row", "Somebody took this mapping out: put it in by hand."),
    "second_person": marked("Row", "A new mapping needs a second person: do it by hand."),
    "cell_too_long": marked("Row", "A cell is too long: part of it would be lost."),
}


def why(word: str) -> str:
    """One reason as a sentence; a word that nobody has put into one stands as it is."""
    if word in _WHY:
        return in_language("Row", _WHY[word])
    if word.startswith("bad_"):
        return translate("Row", "A cell holds what is not allowed in its column:")
    return translate("Stock", "This row of the file cannot be read: %1.").replace("%1", word)
