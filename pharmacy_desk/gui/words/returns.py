"""Why a sold box does not come back, in words: one row for each refusal."""

from pharmacy_desk.core.sale.refund import ReturnRefusal
from pharmacy_desk.counter.answers import ReturnAnswer, ReturnDid
from pharmacy_desk.gui.base.said import translate


def refused(answer: ReturnAnswer) -> str:
    """Why the box stays sold; of a return to the shelf (撤销) and of one to the returns."""
    return _not_put_back(answer.what) if answer.on_shelf else _not_taken_back(answer.what)


def why_not_back(why: ReturnRefusal) -> str:
    """Why goods are not taken back."""
    return _not_taken_back(ReturnDid(why.value))


def _not_taken_back(what: ReturnDid) -> str:
    return {
        ReturnDid.NOTHING_CHOSEN: translate("Lookup", "Not taken back: nothing is ticked."),
        ReturnDid.NO_REASON: translate("Lookup", "Not taken back: choose a reason first."),
        ReturnDid.NO_SUCH_RECEIPT: translate("Lookup", "Not taken back: there is no such receipt."),
        ReturnDid.NOT_ON_RECEIPT: translate("Lookup", "Not taken back: it is not on that receipt."),
        ReturnDid.IN_PARTS: translate(
            "Lookup", "Not taken back: this box was opened and sold in parts."
        ),
        ReturnDid.BEFORE: translate("Lookup", "Not taken back: it was taken back before."),
        ReturnDid.KEPT_WITHOUT_CODE: translate(
            "Lookup",
            "Not taken back: a box without a code stays with the customer and cannot be settled"
            " anew. Take all of it back, and sell what she keeps again.",
        ),
        ReturnDid.AT_TERMINAL: translate(
            "Lookup", "Not taken back: cancel the settlement at the insurance's terminal first."
        ),
        ReturnDid.AT_TILL: translate(
            "Lookup", "Not taken back: the till has settled it. Take it back at the till first."
        ),
        ReturnDid.NOT_CANCELLED: translate(
            "Lookup", "Not taken back: the insurance did not cancel the settlement."
        ),
        ReturnDid.NOT_KNOWN_YET: translate(
            "Lookup",
            "Whether the insurance cancelled the settlement is not known yet. It is asked again by"
            " itself; until then nothing of this receipt comes back.",
        ),
        ReturnDid.INSURED: translate(
            "Lookup", "Not taken back here: insured. Open its receipt and take it back there."
        ),
    }[what]


def _not_put_back(what: ReturnDid) -> str:
    return {
        ReturnDid.RESTORE_OFF: translate(
            "Lookup", "Not put back: this store puts no sold box back (Settings, Sale)."
        ),
        ReturnDid.NO_SUCH_RECEIPT: translate("Lookup", "Not put back: there is no such receipt."),
        ReturnDid.NOT_ON_RECEIPT: translate("Lookup", "Not put back: it is not on that receipt."),
        ReturnDid.NOT_TODAY: translate(
            "Lookup", "Not put back: it was not sold today. Take it back with F6."
        ),
        ReturnDid.IN_PARTS: translate(
            "Lookup", "Not put back: this box was opened and sold in parts."
        ),
        ReturnDid.BEFORE: translate("Lookup", "Not put back: it was taken back before."),
        ReturnDid.SETTLED_ELSEWHERE: translate(
            "Lookup", "Not put back: the platform says its code was settled elsewhere."
        ),
        ReturnDid.NOBODY: translate(
            "Lookup", "Not put back: there is no manager to approve it. Add one in the settings."
        ),
        ReturnDid.INSURED: translate(
            "Lookup", "Not put back: insured. Open its receipt and take it back there (F6)."
        ),
    }[what]
