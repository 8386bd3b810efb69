"""Why a sold box does not come back, in words: one row for each refusal."""

from pharmacy_desk.counter.answers import ReturnAnswer, ReturnDid
from pharmacy_desk.gui.base.said import translate


def refused(answer: ReturnAnswer) -> str:
    """Why the box stays sold; of a return to the shelf (撤销) and of one to the returns."""
    return _not_put_back(answer.what) if answer.on_shelf else _not_taken_back(answer.what)


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
    }[what]
