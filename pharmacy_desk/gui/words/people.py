"""People in words: who asks, what for, which reasons there are, and why it did not go."""

from collections.abc import Callable

from pharmacy_desk.core.people.people import ApprovalRefusal, Request, Right, Subject
from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.core.settings.settings import POLICY_NAMES
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.counter.answers import SignInDid
from pharmacy_desk.counter.people.staff_wishes import StaffDid
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.words import documents as documents_words
from pharmacy_desk.gui.words.settings import policy_name


def what_for(request: Request) -> str:
    """What a second person is asked to approve, in one sentence."""
    if request.subject is Subject.GATE:
        return _gate(request)
    if request.subject is Subject.MOVEMENT:
        return _movement(request)
    sentence = {
        Subject.REPEAT: translate("Approval", "The same box was scanned three times: %1"),
        Subject.RESTORE: translate("Approval", "Put a sold box back on the shelf (撤销): %1"),
        Subject.NO_CODE: translate("Approval", "Sell boxes without a code: %1"),
        Subject.RIGHT: "%1",
    }[request.subject]
    return sentence.replace("%1", _thing(request))


def _gate(request: Request) -> str:
    """A payment that only a yes still stands before."""
    reasons = "，".join(_reason(word) for word in request.what.split(","))
    text = translate("Approval", "Take payment although: %1")
    if request.boxes:
        boxes = translate("Approval", "%1 boxes").replace("%1", str(request.boxes))
        reasons = f"{reasons}（{boxes}）"
    return text.replace("%1", reasons)


def _reason(word: str) -> str:
    """A gate reason as the settings name its cell."""
    return policy_name(word) if word in POLICY_NAMES else word


def _movement(request: Request) -> str:
    """A document before it is posted."""
    if request.what == MovementKind.COUNT:
        text = translate("Approval", "Post the differences of a stock-take: %1 boxes")
        return text.replace("%1", str(request.boxes))
    text = translate("Approval", "%2: %1 boxes").replace("%1", str(request.boxes))
    text = text.replace("%2", documents_words.movement(MovementKind(request.what)))
    return f"{text} · {request.name}" if request.name else text


def _thing(request: Request) -> str:
    """A drug and its code, or a right."""
    if request.subject is Subject.RIGHT:
        return " · ".join(part for part in (right(Right(request.what)), request.name) if part)
    if request.subject is Subject.NO_CODE:
        boxes = translate("Approval", "%1 boxes").replace("%1", str(request.boxes))
        return f"{request.name} · {boxes}"
    shown = spaced(request.code) if request.code else ""
    return " · ".join(part for part in (request.name, shown) if part)


def right(of: Right) -> str:
    """What somebody wants to do and may not by their role."""
    return {
        Right.SETTINGS: translate("Approval", "Change the settings"),
        Right.PEOPLE: translate("Approval", "Change who works here"),
        Right.IMPORT: translate("Approval", "Import a drug list"),
        Right.DRUGS: translate("Approval", "Add or change a drug by hand"),
        Right.END_RECALL: translate("Approval", "End a recall: its boxes sell again"),
        Right.PRICE_DOWN: translate("Approval", "Sell below the catalogue's price"),
        Right.REGISTER: translate("Approval", "Open the register: names and identity numbers"),
        Right.PRICE_UP: translate("Approval", "Sell above the catalogue's price"),
    }[of]


def reasons(request: Request) -> list[str]:
    """The reasons to choose from, the commonest first; free words may be added to each."""
    table: dict[Subject, Callable[[], list[str]]] = {
        Subject.GATE: lambda: [
            translate("Approval", "Checked in person, code cannot be read"),
            translate("Approval", "Customer waits, written down on paper"),
            translate("Approval", "Customer was told and agrees"),
        ],
        Subject.REPEAT: lambda: [
            translate("Approval", "Scanned again by mistake"),
            translate("Approval", "Another box carries the same code"),
        ],
        Subject.RESTORE: lambda: [
            translate("Approval", "Sold by mistake, box never left the counter"),
        ],
        Subject.NO_CODE: lambda: [
            translate("Approval", "Boxes and proof of purchase checked"),
        ],
        Subject.MOVEMENT: lambda: _movement_reasons(request.what),
        Subject.RIGHT: lambda: [translate("Approval", "On the manager's order")],
    }
    return [*table[request.subject](), translate("Approval", "Other (write below)")]


def _movement_reasons(kind: str) -> list[str]:
    if kind == MovementKind.COUNT:
        return [
            translate("Approval", "Counted twice, it is so"),
            translate("Approval", "Book error found"),
        ]
    if kind == MovementKind.DESTRUCTION:
        return [
            translate("Approval", "Expired"),
            translate("Approval", "Broken or dirty"),
            translate("Approval", "Quality problem"),
        ]
    if kind in (MovementKind.LOSS, MovementKind.OTHER_OUT):
        return [
            translate("Approval", "Lost, looked for twice"),
            translate("Approval", "Taken as a sample"),
        ]
    return [translate("Approval", "Agreed with the other side")]


def refused(word: str) -> str:
    """Why an approval or a sign-in was not taken, and what to do."""
    return {
        ApprovalRefusal.NOTHING.value: translate("Approval", "Nothing waits for an approval."),
        ApprovalRefusal.NO_REASON.value: translate("Approval", "Choose or write a reason first."),
        ApprovalRefusal.PERSONAL_REASON.value: translate(
            "Approval", "The reason holds a person's number: leave that out."
        ),
        ApprovalRefusal.CHANGED.value: translate(
            "Approval", "It has changed meanwhile. Nothing was done; ask once more."
        ),
        ApprovalRefusal.OWN.value: translate(
            "Approval", "Who asks cannot approve: another person has to."
        ),
        ApprovalRefusal.ROLE.value: translate(
            "Approval", "This person's role may not approve it: ask the manager."
        ),
        ApprovalRefusal.BAD_PIN.value: translate("Approval", "Number or PIN is wrong: again."),
        ApprovalRefusal.LOCKED_OUT.value: translate(
            "Approval", "Too many wrong PINs: this number is locked for a while."
        ),
        ApprovalRefusal.DROPPED.value: translate("Approval", "Not approved: nothing was done."),
        "needs_pin": translate("Approval", "Badge read. Type the PIN now."),
        SignInDid.SETTLING.value: translate(
            "Approval", "The settlement is being asked: wait a moment."
        ),
    }.get(word, word)


def not_signed_in(what: SignInDid) -> Said | None:
    """Why nobody else works at the counter; None when somebody does, which is news."""
    return {
        SignInDid.SIGNED_IN: None,
        SignInDid.BAD_PIN: Said(
            theme.NO,
            translate("Checkout", "Wrong PIN"),
            translate("Checkout", "Number or PIN is wrong. Nothing has changed."),
            translate("Checkout", "Press F10 and type both again."),
        ),
        SignInDid.LOCKED_OUT: Said(
            theme.NO,
            translate("Checkout", "Locked"),
            translate("Checkout", "Too many wrong PINs: this number is locked for a while."),
            translate("Checkout", "Wait, sign in as somebody else, or let the manager free it."),
        ),
        SignInDid.SETTLING: Said(
            theme.ASK, translate("Checkout", "Wait"), refused(SignInDid.SETTLING)
        ),
    }[what]


def staff(did: StaffDid, about: str) -> str:
    """What became of a wish about a person, with its sign; `about` is a name, or a badge's file."""
    done = {
        StaffDid.KEPT: translate("People", "✓ Kept: %1"),
        StaffDid.LEFT: translate("People", "✓ Kept: %1"),
        StaffDid.BACK: translate("People", "✓ Kept: %1"),
        StaffDid.FREED: translate("People", "✓ %1 may sign in again."),
        StaffDid.BADGE_MADE: translate(
            "People", "✓ Badge written to %1: print it, then delete the file."
        ),
        StaffDid.BADGE_WITHDRAWN: translate("People", "✓ The badge signs in nobody any more."),
        StaffDid.ENROLLING: translate("People", "Scan the card of %1 now."),
        StaffDid.NOT_ENROLLED: translate("People", "No badge is being enrolled."),
    }.get(did)
    return done.replace("%1", about) if done else "✕ " + staff_refused(did.value)


def staff_refused(word: str) -> str:
    """Why a wish about people was not done."""
    return {
        StaffDid.INCOMPLETE.value: translate("People", "Number and name are needed."),
        StaffDid.SHORT_PIN.value: translate("People", "A PIN has at least 6 digits."),
        StaffDid.PLAIN_PIN.value: translate(
            "People", "This PIN is too simple: not all the same, not 123456."
        ),
        StaffDid.NO_PIN.value: translate("People", "A new person needs a PIN."),
        StaffDid.ROLE.value: translate("People", "Choose a role."),
        StaffDid.FIRST_MANAGER.value: translate(
            "People", "The first person must be the manager (店长): somebody has to approve."
        ),
        StaffDid.LAST_MANAGER.value: translate(
            "People", "This is the only manager: make another person manager first."
        ),
        StaffDid.UNKNOWN.value: translate("People", "This person is not in the list."),
        StaffDid.BADGE_TAKEN.value: translate("People", "This badge is another person's."),
        "not_a_badge": translate(
            "People", "This is no badge: it is a code of a box, of a person, or too short."
        ),
        "not_the_same": translate("People", "That was another code. Scan the badge twice again."),
    }.get(word, refused(word))
