"""What the checkout says to news that are no verdict: paid, undone, held, not yet, not found."""

from dataclasses import replace
from datetime import datetime

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.people.people import Request, Subject
from pharmacy_desk.core.sale.sale import PaymentKind, Sale
from pharmacy_desk.core.sale.tender import TenderKind
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import GateAnswer, PayAnswer
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import limits as limit_words
from pharmacy_desk.gui.words import pay_answers as pay_words
from pharmacy_desk.gui.words import payment as payment_words
from pharmacy_desk.gui.words import receipt as receipt_words
from pharmacy_desk.gui.words import tender as tender_words


def ready() -> Said:
    """Nothing scanned yet."""
    return Said(
        theme.IDLE,
        translate("Checkout", "Ready"),
        translate("Checkout", "Scan the trace code on the box."),
    )


def failure(tone: theme.Tone, word: str, error: Exception) -> Said:
    """The world failed: what, and what to do."""
    what, todo = faults_words.fault(error)
    return Said(tone, word, what, todo)


def settling() -> Said:
    """The settlement is being asked."""
    return Said(
        theme.ASK,
        translate("Checkout", "Settling"),
        translate("Checkout", "The insurance settlement is being asked."),
        translate("Checkout", "Scans are kept for the next customer."),
    )


def asking_split() -> Said:
    """How the insurance would split the sale is being asked."""
    return Said(
        theme.NOTE,
        translate("Checkout", "One moment"),
        translate("Checkout", "The insurance is asked how it would split this sale."),
        translate("Checkout", "Nothing is settled yet. Esc: back to the sale."),
    )


def line_down() -> Said:
    """F2 while the settlement's last answer was none: what can be done at once."""
    return Said(
        theme.ASK,
        translate("Checkout", "Line down"),
        translate("Checkout", "The line to the insurance is down: nothing can be settled now."),
        translate(
            "Checkout",
            "F3: the customer pays. F4: put aside until the line is back. F2 again tries it.",
        ),
    )


def pay(payment: PaymentKind, sale: Sale) -> Said:
    """A payment is armed and nothing stops it; what stands beside the insured lines is told."""
    what = translate("Checkout", "%1, ¥%2.").replace("%2", yuan(sale.total_fen))
    if payment.insured and sale.mixed:
        told = translate("Checkout", "%1 ¥%2, beside it self-paid ¥%3.")
        what = told.replace("%2", yuan(sale.insured_fen)).replace("%3", yuan(sale.own_fen))
    return Said(
        theme.NOTE,
        translate("Checkout", "Pay"),
        what.replace("%1", payment_words.payment(payment)),
        translate("Checkout", "Enter confirms, Esc goes back."),
    )


def armed(answer: GateAnswer, now: datetime) -> Said:
    """A way of paying is chosen and nothing stops it: what is reminded of, and how to go on."""
    if answer.sale is None or answer.payment is None:
        raise AssertionError("a way of paying is chosen for a sale")
    return reminding(pay(answer.payment, answer.sale), answer, now)


def reminding(said: Said, answer: GateAnswer | PayAnswer, now: datetime) -> Said:
    """What is said, with what is reminded of below it.

    What could not be looked at is told once, here, and never in the way.
    """
    told = [pay_words.reminder(refusal, answer.sale, now) for refusal in answer.reminders]
    if any(refusal.limits for refusal in answer.reminders):
        told[0] = f"{limit_words.counted(answer.reminders)}{told[0]}"
    missing = [limit_words.unchecked(answer.unchecked)] if answer.unchecked else []
    tone = theme.ASK if told else said.tone
    return replace(said, tone=tone, evidence="\n".join([said.evidence, *told, *missing]))


def aside(message: news.News) -> Said | None:
    """What is said to news that change nothing here; None for those that are no matter of ours."""
    match message:
        case news.PrintFailed(error=error):
            return failure(theme.ASK, translate("Checkout", "Not printed"), error)
        case news.Returned(number=number):
            return restored(number) if message.restored else returned(number)
        case news.UndoEnded(answer=answer):
            return receipt_words.undone(answer)
        case news.Tried():
            return only_tried()
        case news.CounterLocked(locked=False):
            return no_lock()
        case news.ApprovalAnswered(request=Request(subject=Subject.REPEAT), ended=None):
            return looked_at()
        case _:
            return None


def looked_at() -> Said:
    """The manager has seen why a box was scanned three times: scans are taken again."""
    return Said(
        theme.ASK,
        translate("Checkout", "Go on"),
        translate("Checkout", "The manager has looked at it; nothing was added twice."),
        translate("Checkout", "Scan the next box; what was scanned meanwhile is not in."),
    )


def no_lock() -> Said:
    """F11 in a store without people: nobody could unlock it."""
    return Said(
        theme.ASK,
        translate("Checkout", "Not locked"),
        translate("Checkout", "Nobody could sign in again: no person is set up."),
        translate("Checkout", "Settings, People: add the manager first."),
    )


def returned(number: str) -> Said:
    """A box was taken back."""
    return Said(
        theme.YES,
        translate("Checkout", "Returned"),
        translate("Checkout", "Return %1 is on the disk and will be uploaded.").replace(
            "%1", number
        ),
        translate("Checkout", "Put the box to the returns; it is not sold again."),
    )


def restored(number: str) -> Said:
    """A box that never left the counter is for sale again."""
    return Said(
        theme.YES,
        translate("Checkout", "Put back"),
        translate("Checkout", "Return %1 is on the disk and will be uploaded.").replace(
            "%1", number
        ),
        translate("Checkout", "Put the box back on the shelf; it may be sold again."),
    )


def cancel_all(boxes: int) -> Said:
    """Esc on a sale with lines asks first."""
    return Said(
        theme.ASK,
        translate("Checkout", "Cancel all?"),
        translate("Checkout", "All %1 boxes of this sale would be taken out.").replace(
            "%1", str(boxes)
        ),
        translate("Checkout", "Enter cancels the sale, Esc keeps it."),
    )


def line_out(name: str, boxes: int) -> Said:
    """Delete on a line of several boxes asks first."""
    evidence = translate("Checkout", "All %1 boxes of %2 would be taken out.")
    return Said(
        theme.ASK,
        translate("Checkout", "Line out?"),
        evidence.replace("%1", str(boxes)).replace("%2", name),
        translate("Checkout", "Enter takes the line out, Esc keeps it."),
    )


def offered(said: Said, codes: int) -> Said:
    """A merged read that can be cut in one way only: what a person may do."""
    todo = translate(
        "Checkout", "Nothing was added. Scan them one by one, or press Ctrl+J to take all %1."
    )
    if codes == 1:
        todo = translate(
            "Checkout", "Nothing was added. Scan the box alone, or press Ctrl+J to take its code."
        )
    if codes == 2:
        todo = translate(
            "Checkout", "Nothing was added. Scan them one by one, or press Ctrl+J to take both."
        )
    return replace(said, todo=todo.replace("%1", str(codes)))


def rest_left(said: Said) -> Said:
    """One code of a merged read was refused: the others were not taken."""
    rest = translate("Checkout", "The other box of that scan is not in: scan it by itself.")
    return replace(said, todo=f"{said.todo} {rest}".strip())


def only_tried() -> Said:
    """A scan went to the scanner assistant, which is open."""
    return Said(
        theme.NOTE,
        translate("Checkout", "Only tried"),
        translate("Checkout", "The scanner assistant is open: its scans are not sold."),
        translate("Checkout", "Close it (F12, then Esc) to go on selling."),
    )


def too_little() -> Said:
    """Less cash than is owed."""
    return Said(
        theme.ASK,
        translate("Checkout", "Too little"),
        translate("Checkout", "The cash received is less than what is owed."),
    )


def no_insurance() -> Said:
    """F2 in a store that takes no insurance."""
    return Said(
        theme.ASK,
        translate("Checkout", "No insurance"),
        translate("Checkout", "This store takes none of the insurance's kinds (settings, policy)."),
        translate("Checkout", "Press F3: the customer pays."),
    )


def tender_shown(kind: TenderKind) -> Said:
    """A payment code was scanned: it says by what the rest is paid, and is not kept."""
    what = translate("Checkout", "The rest is paid by %1. The code itself is not kept.")
    todo = translate("Checkout", "Take the money at its own terminal, then press Enter.")
    name = tender_words.kind(kind)
    return Said(theme.ASK, name, what.replace("%1", name), todo)


def ticket_keys() -> dict[str, str]:
    """The keys beside another till: what is on a ticket, and paid, is the till's."""
    told = keys()
    kept = (
        "F4",
        "F5",
        "F6",
        "Backspace",
        "F7",
        "F9",
        "Ctrl+T",
        "Ctrl+N",
        "Ctrl+Q",
        "Ctrl+K",
        "F10",
        "F11",
        "F12",
        "Esc",
    )
    return {key: told[key] for key in kept} | {"F4": translate("Keys", "Next ticket")}


def keys() -> dict[str, str]:
    """Each key of the checkout with its word, in the order of the card."""
    return {
        "F4": translate("Keys", "Hold"),
        "F5": translate("Keys", "Resume"),
        "F6": translate("Keys", "Return"),
        "Backspace": translate("Keys", "Undo"),
        "F7": translate("Keys", "Tray picture"),
        "F9": translate("Keys", "Details"),
        "Ctrl+T": translate("Keys", "Type a code"),
        "Ctrl+N": translate("Keys", "No code"),
        "Ctrl+U": translate("Keys", "Units"),
        "Ctrl+G": translate("Keys", "Gift"),
        "Ctrl+O": translate("Keys", "Online order"),
        "Ctrl+Q": translate("Keys", "Prescription"),
        "Ctrl+I": translate("Keys", "Disease"),
        "Ctrl+K": translate("Keys", "Customer"),
        "Ctrl+R": translate("Keys", "Receipt"),
        "Ctrl+P": translate("Keys", "Print again"),
        "F10": translate("Keys", "Sign in"),
        "F11": translate("Keys", "Lock"),
        "F12": translate("Keys", "Scanner help"),
        "Esc": translate("Keys", "Cancel sale"),
    }
