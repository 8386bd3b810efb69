"""A box's life in words: documents, and verdicts about what was received, opened or moved."""

from pharmacy_desk.core.custody import BoxState
from pharmacy_desk.core.judge import Verdict
from pharmacy_desk.core.movement import MovementKind
from pharmacy_desk.core.policy import Action, VerdictName
from pharmacy_desk.core.scan import spaced
from pharmacy_desk.gui import theme
from pharmacy_desk.gui.said import Said, translate


def movement(kind: MovementKind) -> str:
    """What a document is called."""
    return {
        MovementKind.DELIVERY: translate("Stock", "Receiving"),
        MovementKind.REFUSAL: translate("Stock", "Refused at receiving"),
        MovementKind.OPENING: translate("Stock", "Opening stock"),
        MovementKind.TO_SUPPLIER: translate("Stock", "Return to supplier"),
        MovementKind.TRANSFER_OUT: translate("Stock", "Transfer out"),
        MovementKind.TRANSFER_IN: translate("Stock", "Transfer in"),
        MovementKind.DESTRUCTION: translate("Stock", "Destruction"),
        MovementKind.OTHER_OUT: translate("Stock", "Other out"),
        MovementKind.OTHER_IN: translate("Stock", "Other in"),
        MovementKind.SURPLUS: translate("Stock", "Stock-take surplus"),
        MovementKind.LOSS: translate("Stock", "Stock loss"),
        MovementKind.COUNT: translate("Stock", "Stock-take"),
    }[kind]


def custody(said: Verdict, told: str) -> Said | None:
    """A verdict about where the box is; `told` is when, by which document and by whom.

    None for a verdict that is about something else.
    """
    return _good(said, told) or _packed(said, told) or _away(said, told) or _doubtful(said, told)


def _item(said: Verdict) -> str:
    return said.item.name if said.item else ""


def _good(said: Verdict, told: str) -> Said | None:
    if said.name is VerdictName.OK and said.record and said.record.state is BoxState.MISSING:
        return Said(
            theme.YES,
            translate("Verdict", "Found again"),
            translate("Verdict", "%1 was booked as missing: %2. It is booked in again.")
            .replace("%2", told)
            .replace("%1", _item(said)),
            translate("Verdict", "Tell whoever counts the stock: the loss is answered."),
        )
    if said.name is VerdictName.OK:
        return Said(
            theme.YES,
            translate("Verdict", "Right"),
            translate("Verdict", "%1, received: %2. Not sold before.")
            .replace("%2", told)
            .replace("%1", _item(said)),
        )
    if said.name is VerdictName.OK_SPLIT:
        left = said.record.units_left if said.record else None
        what = translate("Verdict", "%1 is sold in parts.").replace("%1", _item(said))
        if left is not None:
            rest = translate("Verdict", "%1 units were left in this box.")
            what += " " + rest.replace("%1", str(left))
        return Said(
            theme.YES,
            translate("Verdict", "Opened box"),
            what,
            translate("Verdict", "One unit is in. For another number press Ctrl+U."),
        )
    return None


def _packed(said: Verdict, told: str) -> Said | None:
    if said.name is VerdictName.OUTER_PACK:
        inner = len(said.pack.inner) if said.pack else 0
        taken = said.pack.inner_taken if said.pack else None
        if taken:
            what = translate("Verdict", "Box %1 of this pack is sold or in a sale: %2.")
            what = what.replace("%1", spaced(taken.code)).replace("%2", taken.claim.sale)
            todo = translate("Verdict", "Scan the boxes that are left one by one.")
        elif inner:
            what = translate("Verdict", "This is an outer pack of %1 boxes.")
            what = what.replace("%1", str(inner))
            todo = translate("Verdict", "Scan the boxes inside, or press Ctrl+J to take them all.")
        else:
            what = translate("Verdict", "This is an outer pack; its boxes are not known.")
            todo = translate("Verdict", "Scan the boxes inside one by one.")
        return Said(theme.ASK, translate("Verdict", "Outer pack"), what, todo)
    if said.name is VerdictName.INNER_OF_SOLD_PACK:
        what = translate("Verdict", "The pack this box stood in was sold as a whole: %1.")
        return Said(
            theme.NO,
            translate("Verdict", "Pack was sold"),
            what.replace("%1", told),
            translate("Verdict", "Scan another box and tell the manager."),
        )
    return None


def _away(said: Verdict, told: str) -> Said | None:
    words = {
        VerdictName.SPLIT_EXHAUSTED: (
            translate("Verdict", "Used up"),
            translate("Verdict", "All units of this box were sold: %1."),
            translate("Verdict", "Open another box."),
        ),
        VerdictName.TRANSFERRED_OUT: (
            translate("Verdict", "Has left"),
            translate("Verdict", "This box left the shop by a document: %1."),
            translate("Verdict", "If it is here, take it in again first, then sell it."),
        ),
        VerdictName.DESTROYED: (
            translate("Verdict", "Destroyed"),
            translate("Verdict", "This box is booked as destroyed: %1."),
            translate("Verdict", "Do not sell it. Tell the manager."),
        ),
        VerdictName.SOLD_ELSEWHERE: (
            translate("Verdict", "Repeat"),
            translate("Verdict", "This box was sold at another counter: %1."),
            translate("Verdict", "Scan another box and tell the manager."),
        ),
        VerdictName.SETTLED_ON_PLATFORM: (
            translate("Verdict", "Repeat"),
            translate("Verdict", "The platform holds a sale of this box: %1."),
            translate("Verdict", "Scan another box and tell the manager."),
        ),
    }
    found = words.get(said.name)
    if found is None:
        return None
    word, what, todo = found
    return Said(theme.NO, word, what.replace("%1", told), todo)


def _doubtful(said: Verdict, told: str) -> Said | None:
    tone = theme.NO if said.action is Action.BLOCK else theme.ASK
    if said.name is VerdictName.WRONG_DRUG:
        return Said(
            theme.NO,
            translate("Verdict", "Wrong drug"),
            translate(
                "Verdict", "The code is mapped to %1, but the box came in as another drug."
            ).replace("%1", _item(said)),
            translate("Verdict", "Put the box aside and let the three-code map be checked."),
        )
    if said.name is VerdictName.NOT_ON_SALE_LINE:
        return Said(
            tone,
            translate("Verdict", "Not asked for"),
            translate("Verdict", "No line of this sale asks for %1.").replace("%1", _item(said)),
            translate("Verdict", "Scan the drug's commodity barcode first, or another box."),
        )
    if said.name is VerdictName.RECALLED:
        recall = said.recall
        what = translate("Verdict", "%1 is held by recall %2: %3.").replace("%1", _item(said))
        reason = recall.reason or recall.value if recall else ""
        what = what.replace("%2", recall.number if recall else "").replace("%3", reason)
        return Said(
            tone,
            translate("Verdict", "Recalled"),
            what,
            translate("Verdict", "Put the box to the recalled goods. Scan another lot."),
        )
    return None
