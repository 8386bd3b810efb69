"""Why a row of a file was not taken: the words of the readers of tables as sentences."""

from pharmacy_desk.gui.base.said import translate


def why(word: str) -> str:
    """One reason as a sentence; a word that nobody has put into one stands as it is."""
    known = {
        "nul_character": translate("Row", "The row is broken (a NUL character): export it again."),
        "bad_quantity": translate("Row", "The quantity is no whole number of boxes."),
        "bad_price": translate("Row", "The price is no amount in yuan and fen."),
        "bad_level": translate("Row", "The pack level is no digit from 1 to 9."),
        "bad_lot": translate("Row", "The lot is too long or not one line of text."),
        "bad_made": translate("Row", "The production date is no whole date."),
        "bad_expiry": translate("Row", "The expiry is no whole date."),
        "bad_number": translate("Row", "The document number is too long or not one line."),
        "bad_supplier": translate("Row", "The supplier is too long or not one line."),
        "bad_item_code": translate("Row", "The item code is none of ours in form."),
        "bad_identification": translate("Row", "The identification code is wrong in form."),
        "expiry_before_production": translate("Row", "The expiry lies before the production."),
        "item_missing": translate("Row", "The row names no drug."),
        "number_missing": translate("Row", "The document number is missing."),
        "supplier_missing": translate("Row", "The supplier is missing."),
        "code_missing": translate("Row", "The trace code is missing."),
        "duplicate_code": translate("Row", "Its trace code stands in this file already."),
        "code_rounded": translate(
            "Row", "A spreadsheet has rounded the trace code: export the column as text."
        ),
        "code_needs_map": translate("Row", "The code begins unlike a trace code: map it first."),
        "not_a_trace_code": translate("Row", "That is no trace code."),
        "personal_code": translate("Row", "A person's number stands there; it is not kept."),
        "duplicate_row": translate("Row", "Its item code stands in this file already."),
        "name_missing": translate("Row", "The drug's name is missing."),
        "bad_barcode_check_digit": translate("Row", "A barcode's check digit is wrong."),
        "conflict": translate(
            "Row", "The identification belongs to another drug: clear that first."
        ),
        "unknown_item": translate("Row", "No drug of ours has this item code."),
        "was_unmapped": translate("Row", "Somebody took this mapping out: put it in by hand."),
        "second_person": translate("Row", "A new mapping needs a second person: do it by hand."),
        "cell_too_long": translate("Row", "A cell is too long: part of it would be lost."),
    }
    if word in known:
        return known[word]
    if word.startswith("bad_"):
        return translate("Row", "A cell holds what is not allowed in its column:")
    return translate("Stock", "This row of the file cannot be read: %1.").replace("%1", word)
