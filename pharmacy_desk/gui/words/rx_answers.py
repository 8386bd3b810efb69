"""What is said to the answer of a wish about a prescription: one row for each."""

from collections.abc import Mapping

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.counter.answers import RxAnswer, RxDid
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, in_language, translate

_NOT_KEPT = marked("Checkout", "Not kept")
# The rows in English; `%1` is the answer's detail.
_SAID: Mapping[RxDid, Said] = {
    RxDid.KEPT: Said(
        theme.NOTE,
        marked("Checkout", "Prescription"),
        marked("Checkout", "Prescription %1 is kept; this sale is sold on it."),
        marked("Checkout", "F2 or F3 goes on to the payment."),
    ),
    RxDid.TAKEN_OFF: Said(
        theme.NOTE,
        marked("Checkout", "Prescription off"),
        marked("Checkout", "The sale is not sold on prescription %1 any more; it stays kept."),
    ),
    RxDid.NONE_THERE: Said(
        theme.ASK,
        marked("Checkout", "Nothing there"),
        marked("Checkout", "This sale has no prescription."),
    ),
    RxDid.NO_SUCH_PERSON: Said(
        theme.ASK,
        _NOT_KEPT,
        marked("Checkout", "Nobody here has the number %1."),
        marked("Checkout", "Press Ctrl+Q and type the number of a pharmacist of this store."),
    ),
    RxDid.NO_SUCH_DRUG: Said(
        theme.ASK,
        _NOT_KEPT,
        marked("Checkout", "The drug list does not have %1."),
        marked("Checkout", "Press Ctrl+Q and type its item code or barcode."),
    ),
    RxDid.NO_DRUGS: Said(
        theme.ASK,
        _NOT_KEPT,
        marked("Checkout", "No drug of the prescription was told."),
        marked("Checkout", "Scan the prescription drug first, then press Ctrl+Q."),
    ),
    RxDid.ASKED: Said(
        theme.NOTE,
        marked("Checkout", "Prescription"),
        marked("Checkout", "The electronic prescription is being looked up."),
    ),
    RxDid.NO_DOOR: Said(
        theme.ASK,
        _NOT_KEPT,
        marked("Checkout", "This region or this store has no electronic prescriptions set up."),
        marked("Checkout", "Press Ctrl+Q and enter the paper prescription."),
    ),
    RxDid.NOT_FOUND: Said(
        theme.NO,
        marked("Checkout", "Not found"),
        marked("Checkout", "The platform has no such electronic prescription: %1"),
        marked("Checkout", "Let the customer show the code anew, then press Ctrl+Q."),
    ),
    RxDid.NOT_REACHED: Said(
        theme.ASK,
        marked("Checkout", "Not reached"),
        marked("Checkout", "Electronic prescriptions do not answer (%1)."),
        marked("Checkout", "Try again, put the sale aside (F4), or enter a paper prescription."),
    ),
    RxDid.SALE_GONE: Said(
        theme.ASK,
        _NOT_KEPT,
        marked("Checkout", "The sale has ended before the prescription was there."),
        marked("Checkout", "Scan its code again in the sale it is for."),
    ),
    RxDid.WAITS_ELSEWHERE: Said(
        theme.ASK,
        _NOT_KEPT,
        marked("Checkout", "The sale put aside (%1) is sold on this prescription."),
        marked("Checkout", "F5 takes it up. A prescription is dispensed once."),
    ),
}


def rx(answer: RxAnswer) -> Said:
    """The answer in words."""
    if answer.what is RxDid.BAD:
        todo = translate("Checkout", "Press Ctrl+Q and fill it in as it stands on the paper.")
        return Said(theme.ASK, in_language("Checkout", _NOT_KEPT), lacking(answer.detail), todo)
    if answer.what is RxDid.KNOWN:
        return _known(answer)
    said = _SAID[answer.what]
    told = in_language("Checkout", said.evidence).replace("%1", answer.detail)
    todo = in_language("Checkout", said.todo) if said.todo else ""
    return Said(said.tone, in_language("Checkout", said.word), told, todo)


def _known(answer: RxAnswer) -> Said:
    """It was dispensed on before: what is left, or when it was used up and on which receipt."""
    known = answer.prescription
    if known is None or known.last is None:
        raise AssertionError("what was dispensed on tells by which sale")
    on_receipt = translate("Checkout", "Prescription %1 was dispensed on receipt %2 at %3.")
    on_receipt = on_receipt.replace("%1", known.number).replace("%2", known.last.receipt)
    told = on_receipt.replace("%3", f"{known.last.at:%Y-%m-%d %H:%M}")
    if known.used_up:
        todo = translate("Checkout", "Nothing is left on it: ask for a new prescription.")
        return Said(theme.NO, translate("Checkout", "Used up"), told, todo)
    left = "、".join(f"{drug.name} ×{drug.left}" for drug in known.drugs if drug.left)
    todo = translate("Checkout", "Left on it: %1").replace("%1", left)
    return Said(theme.NOTE, translate("Checkout", "Prescription"), told, todo)


def lacking(field: str) -> str:
    """What of a prescription is lacking or wrong."""
    return {
        "number": translate("Checkout", "The prescription's number is missing."),
        "institution": translate("Checkout", "The institution is missing."),
        "prescriber": translate("Checkout", "The prescriber is missing."),
        "area": translate("Checkout", "The area is six digits."),
        "issued": translate("Checkout", "The date is missing, or is still to come."),
        "drugs": translate("Checkout", "A quantity is a number of packs from 1 to 999."),
    }[field]
