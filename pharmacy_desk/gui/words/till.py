"""What another till is told, for the person in front of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.catalogue.drug_list import BadRow
from pharmacy_desk.core.ports.till import CallFault, TicketDid
from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.refund import ReturnRefusal
from pharmacy_desk.core.sale.ticket_file import TICKETS
from pharmacy_desk.gui.base.said import in_language, translate
from pharmacy_desk.gui.words import faults, gate
from pharmacy_desk.gui.words import returns as return_words
from pharmacy_desk.gui.words import rows as row_words
from pharmacy_desk.gui.words.verdicts.rows import verdict as verdict_said

_DID: Mapping[TicketDid, tuple[str, str]] = {
    TicketDid.DIFFERS: (
        marked("Till", "This number was told before with another content."),
        marked("Till", "Tell a changed sale under a new number, and cancel the old one."),
    ),
    TicketDid.NO_TICKET: (
        marked("Till", "There is no ticket of this number."),
        marked("Till", "Tell the sale first."),
    ),
    TicketDid.ENDED: (
        marked("Till", "The ticket is settled or cancelled already."),
        marked("Till", "Nothing of it changes any more. What comes back is told as a return."),
    ),
    TicketDid.PERSON_NUMBER: (
        marked("Till", "A number of a person stands where none belongs."),
        marked("Till", "Tell the ticket, the receipt or the settlement by its own number."),
    ),
    TicketDid.UNKNOWN_ITEM: (
        marked("Till", "A line of the ticket is of a drug that is not known here."),
        marked("Till", "Say at the counter which drug it is; that is asked once."),
    ),
    TicketDid.MISSING_CODES: (
        marked("Till", "Boxes of the ticket are still to be scanned."),
        marked("Till", "Scan them at the counter, or take them out of the sale."),
    ),
    TicketDid.NOT_PAYABLE: (
        marked("Till", "A box of the ticket may not be sold any more."),
        marked("Till", "Look at the counter which one it is; take it out and scan another."),
    ),
    TicketDid.GATE: (
        marked("Till", "The sale may not be paid like this."),
        marked("Till", "Look at the counter what is wanted."),
    ),
    TicketDid.NO_SETTLEMENT: (
        marked("Till", "An insured sale is closed with the number of its settlement."),
        marked("Till", "Tell the settlement's number, and how it was split."),
    ),
    TicketDid.SPLIT_WRONG: (
        marked("Till", "The parts of the settlement do not come to what is insured."),
        marked("Till", "Compare them with the settlement slip and tell them again."),
    ),
    TicketDid.LOCKED: (
        marked("Till", "Nobody has signed in at the counter."),
        marked("Till", "Sign in there, then try again."),
    ),
    TicketDid.BUSY: (
        marked("Till", "The counter is at a payment or a question."),
        marked("Till", "Try again in a moment."),
    ),
}
_FAULTS: Mapping[CallFault, tuple[str, str]] = {
    CallFault.BAD_BODY: (
        marked("Till", "The call's body cannot be read: it is no JSON, too large or too deep."),
        marked("Till", "Tell the till's maker; nothing was kept of it."),
    ),
    CallFault.BAD_FIELD: (
        marked("Till", "A field of the call does not fit."),
        marked("Till", "Tell the till's maker; nothing was kept of it."),
    ),
    CallFault.BAD_TOKEN: (
        marked("Till", "The call does not know the token."),
        marked("Till", "Read it from till-api.json in the program's folder."),
    ),
    CallFault.FOREIGN_PAGE: (
        marked("Till", "The call comes from a web page, or names another machine."),
        marked("Till", "Only a program on this machine may call, by the address it was given."),
    ),
    CallFault.TOO_MANY: (
        marked("Till", "Too many calls a second."),
        marked("Till", "Wait for a change by “wait” and do not ask in a loop."),
    ),
    CallFault.NO_SUCH_CALL: (
        marked("Till", "There is no such call."),
        marked("Till", "The calls stand in /openapi.json."),
    ),
    CallFault.NO_SUCH_CODE: (
        marked("Till", "That is no code of a box."),
        marked("Till", "Scan it again."),
    ),
    CallFault.FAILED: (
        marked("Till", "Something in the program went wrong. The counter stays open."),
        marked("Till", "Ask again: a call that comes twice is done once."),
    ),
}


class WordsForTills:
    """`TillWords` in the program's language."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def verdict(self, verdict: Verdict) -> str:
        """What became of a scan, and what to do."""
        said = verdict_said(verdict, self._now())
        return " ".join(part for part in (said.word, said.evidence, said.todo) if part)

    def refusal(self, refusal: Refusal, drug: str) -> str:
        """Why the gate speaks against a payment."""
        told = gate.reason_of(refusal, [drug] if drug else [])
        both = translate("Till", "%1. %2").replace("%1", told)
        return both.replace("%2", gate.reason_todo(refusal))

    def did(self, what: TicketDid) -> tuple[str, str]:
        """Why nothing was done, and what to do."""
        words, todo = _DID[what]
        return in_language("Till", words), in_language("Till", todo)

    def fault(self, what: CallFault) -> tuple[str, str]:
        """Why a call was not taken, and what to do."""
        words, todo = _FAULTS[what]
        return in_language("Till", words), in_language("Till", todo)

    def world(self, error: WorldError) -> str:
        """What went wrong with a file, and what to do."""
        return " ".join(faults.fault(error))

    def no_columns(self, missing: Sequence[str], found: Sequence[str]) -> str:
        """Which columns a file lacks, and which it has instead."""
        words = translate(
            "Till",
            "The file lacks these columns: %1. It has: %2. Say in the setting till.columns what the"
            " till calls ours, as XSDH=%3, then put the file in again.",
        )
        words = words.replace("%3", TICKETS.written("ticket"))
        return words.replace("%1", "、".join(missing)).replace("%2", "、".join(found))

    def bad_row(self, row: BadRow) -> str:
        """Why a row of a file cannot be taken."""
        words = translate("Till", "Row %1: %2 Nothing of the file was taken.")
        return _with_row(words, row)

    def row(self, row: BadRow) -> str:
        """Why a row of a query cannot be taken."""
        return _with_row(translate("Till", "Row %1: %2"), row)

    def not_back(self, why: ReturnRefusal) -> str:
        """Why a code was not taken back."""
        return return_words.why_not_back(why)


def _with_row(words: str, row: BadRow) -> str:
    why = row_words.why(row.reason).replace("{detail}", row.detail)
    return words.replace("%1", str(row.row)).replace("%2", why)
