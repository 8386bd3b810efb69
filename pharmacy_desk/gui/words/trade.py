"""Every sentence about the trade: verdicts, refusals, faults, history. Core returns only codes.

Source strings are English; the translation files hold the Chinese a pharmacist reads.
"""

from datetime import datetime

from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.scanning.scan import Kind, Problem, spaced
from pharmacy_desk.core.stock.facts import Earlier
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.words.custody import custody
from pharmacy_desk.gui.words.gate import reason as reason
from pharmacy_desk.gui.words.gate import reason_todo as reason_todo
from pharmacy_desk.gui.words.payment import payment as payment
from pharmacy_desk.gui.words.verdict_notes import more_of, with_payment


def verdict(said: Verdict, now: datetime) -> Said:
    """A verdict in words, and what it will mean at the payment."""
    told = more_of(said) or _verdict(said, now)
    return with_payment(told, said) if said.accepted and said.at_payment else told


def _verdict(said: Verdict, now: datetime) -> Said:
    name = said.name
    lived = custody(said, _told(said, now))
    if lived:
        return lived
    if name in (VerdictName.OK_UNRECEIVED, VerdictName.NEAR_EXPIRY) and said.accepted:
        return _accepted(said)
    if name is VerdictName.ITEM:
        return Said(
            theme.ASK,
            translate("Verdict", "Chosen"),
            translate("Verdict", "%1 is chosen.").replace("%1", _item(said)),
            translate(
                "Verdict", "That was the commodity barcode. Now scan the trace code on the box."
            ),
        )
    if name is VerdictName.EXEMPT:
        return Said(
            theme.YES,
            translate("Verdict", "No code needed"),
            translate("Verdict", "%1 needs no trace code. One is added.").replace(
                "%1", _item(said)
            ),
        )
    if name is VerdictName.UNMAPPED:
        return _unmapped(said)
    if name is VerdictName.NOT_TRACE:
        return Said(theme.NO, translate("Verdict", "Not a trace code"), *_not_trace(said))
    if name is VerdictName.DAMAGED:
        return Said(
            theme.NO,
            translate("Verdict", "Scan again"),
            " ".join((_damage(said.reading.problem), said.reading.evidence)).strip(),
            _damage_todo(said.reading.problem),
        )
    return _refused(said, now)


def _item(said: Verdict) -> str:
    return said.item.name if said.item else ""


def _accepted(said: Verdict) -> Said:
    if said.name is VerdictName.NEAR_EXPIRY:
        until = said.batch.expiry.isoformat() if said.batch.expiry else ""
        return Said(
            theme.ASK,
            translate("Verdict", "Near expiry"),
            translate("Verdict", "%1 is in. It expires on %2.")
            .replace("%2", until)
            .replace("%1", _item(said)),
            translate("Verdict", "Tell the customer. To take it out press Backspace."),
        )
    return Said(
        theme.UNSURE,
        translate("Verdict", "Added"),
        translate("Verdict", "%1. Not sold in this shop before; no receiving record.").replace(
            "%1", _item(said)
        ),
        translate("Verdict", "The platform has not been asked about this box."),
    )


def _unmapped(said: Verdict) -> Said:
    known = said.reading.identification or ""
    if said.proposed:
        return Said(
            theme.ASK,
            translate("Verdict", "Second person"),
            translate("Verdict", "%1 was said to be %2; a second person has to confirm it.")
            .replace("%1", known)
            .replace("%2", said.proposed.name),
            translate("Verdict", "Let a colleague confirm below. The box is not in yet."),
        )
    return Said(
        theme.ASK,
        translate("Verdict", "Which drug?"),
        translate("Verdict", "The code is readable, but %1 is not known to this shop yet.").replace(
            "%1", known
        ),
        translate("Verdict", "Find the drug below once; it is known from then on."),
    )


def _refused(said: Verdict, now: datetime) -> Said:
    name, before = said.name, said.earlier
    if name is VerdictName.IN_THIS_SALE:
        return Said(
            theme.NO,
            translate("Verdict", "Already in"),
            translate("Verdict", "This box is already in this sale: %1.").replace(
                "%1", spaced(said.reading.code or "")
            ),
            translate("Verdict", "Nothing was added. Scan the next box."),
        )
    if name is VerdictName.HELD_ELSEWHERE:
        return Said(
            theme.NO,
            translate("Verdict", "On hold"),
            translate("Verdict", "This box is in a sale on hold: %1.").replace(
                "%1", _evidence(before, now)
            ),
            translate("Verdict", "Press F5 to resume that sale, or scan another box."),
        )
    if name is VerdictName.SOLD_HERE:
        return Said(
            theme.NO,
            translate("Verdict", "Repeat"),
            translate("Verdict", "This box was already sold here: %1.").replace(
                "%1", _evidence(before, now)
            ),
            translate(
                "Verdict",
                "Scan another box. If the customer brought it back, return it with F6 first;"
                " this box must not be sold again.",
            ),
        )
    if name is VerdictName.RETURNED_HOLD:
        return Said(
            theme.NO,
            translate("Verdict", "Returned"),
            translate("Verdict", "A customer returned this box: %1.").replace(
                "%1", _evidence(before, now)
            ),
            translate("Verdict", "Returned drugs are not sold again. Put it to the returns."),
        )
    expiry = said.batch.expiry.isoformat() if said.batch.expiry else ""
    return Said(
        theme.NO,
        translate("Verdict", "Expired"),
        translate("Verdict", "%1 expired on %2.").replace("%2", expiry).replace("%1", _item(said)),
        translate("Verdict", "Take the box off the shelf. If the lot is wrong, correct it first."),
    )


def _told(said: Verdict, now: datetime) -> str:
    """What the ledger has on the box: its last document, else its sale."""
    record = said.record
    if record and record.settled_at and said.name is VerdictName.SETTLED_ON_PLATFORM:
        told = translate("Verdict", "“%1” (told %2)").replace("%2", when(record.settled_at, now))
        return told.replace("%1", record.settled_words)
    if record is None or said.name is VerdictName.SOLD_ELSEWHERE:
        before = said.pack.parent_sold if said.pack and said.pack.parent_sold else said.earlier
        return _evidence(before, now)
    told = translate("Verdict", "%1, document %2, operator %3")
    told = told.replace("%1", when(record.at, now)).replace("%2", record.document)
    told = told.replace("%3", record.operator)
    return f"{told}, {record.party}" if record.party else told


def _evidence(before: Earlier | None, now: datetime) -> str:
    """When, which counter, which receipt, who."""
    if before is None:
        return ""
    return (
        translate("Verdict", "%1, counter %2, receipt %3, operator %4")
        .replace("%1", when(before.at, now))
        .replace("%2", before.counter.lstrip("0"))
        .replace("%3", before.sale)
        .replace("%4", before.operator)
    )


def when(at: datetime, now: datetime) -> str:
    """A moment as people say it: relative when recent, with date when not."""
    minutes = int((now - at).total_seconds() // 60)
    if 0 <= minutes < 1:
        return translate("Time", "just now")
    if 0 <= minutes < 60:
        return translate("Time", "%1 min ago").replace("%1", str(minutes))
    days = (now.date() - at.date()).days
    if days == 0:
        return translate("Time", "today %1").replace("%1", f"{at:%H:%M}")
    if days == 1:
        return translate("Time", "yesterday %1").replace("%1", f"{at:%H:%M}")
    return f"{at:%Y-%m-%d %H:%M}"


def age(since: datetime, now: datetime) -> str:
    """How long something has waited."""
    seconds = max(0, int((now - since).total_seconds()))
    if seconds < 60:
        return translate("Time", "%1 s").replace("%1", str(seconds))
    if seconds < 3600:
        return translate("Time", "%1 min").replace("%1", str(seconds // 60))
    if seconds < 86_400:
        return translate("Time", "%1 h").replace("%1", str(seconds // 3600))
    return translate("Time", "%1 days").replace("%1", str(seconds // 86_400))


def kind(of: Kind) -> str:
    """What a scan is, in words."""
    return {
        Kind.TRACE_20: translate("Kind", "trace code"),
        Kind.TRACE_SELF: translate("Kind", "trace code of a manufacturer"),
        Kind.TRACE_GS1: translate("Kind", "GS1 trace code"),
        Kind.PRODUCT_BARCODE: translate("Kind", "commodity barcode"),
        Kind.DRUG_MASTER_CODE: translate("Kind", "national drug code"),
        Kind.IN_STORE_BARCODE: translate("Kind", "in-store barcode"),
        Kind.UDI: translate("Kind", "medical device code"),
        Kind.VETERINARY: translate("Kind", "veterinary code"),
        Kind.PESTICIDE: translate("Kind", "pesticide code"),
        Kind.GS1_OTHER: translate("Kind", "GS1 code of something else"),
        Kind.URL: translate("Kind", "web link"),
        Kind.PARCEL: translate("Kind", "parcel number"),
        Kind.FILLER: translate("Kind", "filler code"),
        Kind.DAMAGED: translate("Kind", "damaged read"),
        Kind.UNKNOWN: translate("Kind", "unknown code"),
        Kind.ID_CARD: translate("Kind", "identity card number"),
        Kind.WECHAT_PAY: translate("Kind", "WeChat payment code"),
        Kind.ALIPAY: translate("Kind", "Alipay payment code"),
        Kind.INSURANCE_VOUCHER: translate("Kind", "insurance e-voucher"),
        Kind.SOCIAL_CARD: translate("Kind", "social security card"),
    }[of]


def _not_trace(said: Verdict) -> tuple[str, str]:
    reading = said.reading
    what = translate("Verdict", "This is: %1 (%2).").replace("%1", kind(reading.kind))
    evidence = what.replace("%2", reading.shown(40))
    if reading.is_personal:
        return evidence, translate(
            "Verdict", "It was not kept. Use it at payment; here scan the box."
        )
    if reading.kind is Kind.PRODUCT_BARCODE:
        return evidence, translate(
            "Verdict", "This barcode is not in the catalogue. Scan the trace code on the box."
        )
    if reading.kind is Kind.FILLER:
        return evidence, translate("Verdict", "It stands for no box. Scan the box itself.")
    return evidence, translate("Verdict", "Scan the drug trace code on the box (20 characters).")


def _damage(problem: Problem | None) -> str:
    return {
        Problem.TRUNCATED: translate("Damage", "Only part of the code arrived."),
        Problem.EXTRA_CHARACTERS: translate("Damage", "The code has characters too many."),
        Problem.MERGED: translate("Damage", "Two codes arrived as one."),
        Problem.BAD_CHECK_DIGIT: translate("Damage", "The check digit does not fit."),
        Problem.BAD_DATE: translate("Damage", "The code holds a date that does not exist."),
        Problem.MISSING_SERIAL: translate("Damage", "This code has no serial number."),
        Problem.LOST_SEPARATOR: translate("Damage", "The scanner left out a separator."),
        Problem.NOT_ALLOWED_CHARACTER: translate(
            "Damage", "The code has characters it cannot have."
        ),
        Problem.TOO_LONG: translate("Damage", "What arrived is too long for any code."),
        Problem.CONFLICT: translate("Damage", "The code contradicts itself."),
    }.get(problem or Problem.TRUNCATED, "")


def _damage_todo(problem: Problem | None) -> str:
    if problem is Problem.MERGED:
        return translate("Damage", "Nothing was added. Cover the neighbour and scan one box.")
    if problem is Problem.MISSING_SERIAL:
        return translate("Damage", "Scan the other code on the box, the one with a serial number.")
    if problem is Problem.LOST_SEPARATOR:
        return translate(
            "Damage", "Nothing was added. Switch on GS1 separators (GS, 0x1D) in the scanner."
        )
    return translate("Damage", "Nothing was added. Scan this box once more, slowly.")


def outbox_state(word: str, waiting: str | None) -> str:
    """State of an upload line in words."""
    if waiting == "NO_LOT":
        return translate("Outbox", "lot not filled in")
    if waiting == "TOO_LONG":
        return translate("Outbox", "a field is too long")
    return {
        "queued": translate("Outbox", "waiting"),
        "sending": translate("Outbox", "being sent"),
        "accepted": translate("Outbox", "accepted"),
        "refused": translate("Outbox", "refused"),
        "unknown": translate("Outbox", "unknown, will be asked"),
    }[word]


def event(name: str) -> str:
    """A moment of a box's life in words."""
    return {
        "box_reserved": translate("Event", "scanned into a sale"),
        "box_released": translate("Event", "taken out of the sale"),
        "sale_paid": translate("Event", "sold"),
        "receipt_printed": translate("Event", "receipt printed"),
        "upload_settled": translate("Event", "platform answered"),
        "box_returned": translate("Event", "returned by the customer"),
        "box_sold": translate("Event", "left the shop"),
        "box_restored": translate("Event", "put back for sale"),
        "approval_given": translate("Event", "approved by a second person"),
        "code_settled_elsewhere": translate("Event", "platform: settled elsewhere"),
        "code_settled_here": translate("Event", "platform: taken after all"),
        "box_received": translate("Event", "received"),
        "box_stocked": translate("Event", "opening stock"),
        "box_refused": translate("Event", "refused at receiving"),
        "box_opened": translate("Event", "opened for sale in units"),
        "units_sold": translate("Event", "units sold"),
        "box_used_up": translate("Event", "all units sold"),
        "box_to_supplier": translate("Event", "sent back to the supplier"),
        "box_transferred_out": translate("Event", "transferred to another store"),
        "box_transferred_in": translate("Event", "came from another store"),
        "box_destroyed": translate("Event", "destroyed"),
        "box_missing": translate("Event", "missing at a stock-take"),
        "box_found": translate("Event", "found at a stock-take"),
        "pack_broken": translate("Event", "outer pack opened"),
        "scan_refused": translate("Event", "scan refused"),
        "read_damaged": translate("Event", "damaged read"),
    }.get(name, name)
