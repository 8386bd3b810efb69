"""Words for single steps of a box's time line: why it was not taken, and what read it."""

from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.gui.base.said import translate


def not_taken(name: str) -> str:
    """The verdict that kept a box out of a sale, as the counter said it; else its name."""
    repeat, out = translate("Verdict", "Repeat"), translate("Verdict", "Has left")
    return {
        str(VerdictName.IN_THIS_SALE): translate("Verdict", "Already in"),
        str(VerdictName.HELD_ELSEWHERE): translate("Verdict", "On hold"),
        str(VerdictName.SOLD_HERE): repeat,
        str(VerdictName.SOLD_ELSEWHERE): repeat,
        str(VerdictName.SETTLED_ON_PLATFORM): repeat,
        str(VerdictName.WRONG_DRUG): translate("Verdict", "Wrong drug"),
        str(VerdictName.NOT_ON_SALE_LINE): translate("Verdict", "Not asked for"),
        str(VerdictName.OUTER_PACK): translate("Verdict", "Outer pack"),
        str(VerdictName.INNER_OF_SOLD_PACK): translate("Verdict", "Pack was sold"),
        str(VerdictName.SPLIT_EXHAUSTED): translate("Verdict", "Used up"),
        str(VerdictName.RETURNED_HOLD): translate("Verdict", "Returned"),
        str(VerdictName.TRANSFERRED_OUT): out,
        str(VerdictName.DESTROYED): translate("Verdict", "Destroyed"),
        str(VerdictName.RECALLED): translate("Verdict", "Recalled"),
        str(VerdictName.EXPIRED): translate("Verdict", "Expired"),
        str(VerdictName.NEAR_EXPIRY): translate("Verdict", "Near expiry"),
        str(VerdictName.NOT_TRACE): translate("Verdict", "Not a trace code"),
        str(VerdictName.DAMAGED): translate("Verdict", "Scan again"),
        str(VerdictName.OK_UNRECEIVED): translate("Setting", "box without receiving record"),
    }.get(name, name)


def read_by(port: str) -> str:
    """What read a box: the keyboard scanner, a person's hand, else the port by its own name."""
    return {
        "typed": translate("Lookup", "typed by hand"),
        "wedge": translate("Setting", "Keyboard scanner"),
    }.get(port, port)
