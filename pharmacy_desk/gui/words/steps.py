"""Words for single steps of a box's time line: what happened, why it was refused, what read it."""

from collections.abc import Iterable

from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.sale.past import PastKind
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.words.verdicts.short import word


def not_taken(name: str) -> str:
    """The verdict that kept a box out of a sale, in a word; a later version's name as it is."""
    known = {str(one) for one in VerdictName}
    return word(VerdictName(name)) if name in known else name


def read_by(port: str) -> str:
    """What read a box: the keyboard scanner, a person's hand, else the scanner by its port."""
    known = {
        "typed": translate("Lookup", "typed by hand"),
        "wedge": translate("Setting", "Keyboard scanner"),
    }
    if port in known or ":" not in port:
        return known.get(port, port)
    return with_ports(translate("Strip", "scanner %1"), [port])


def with_ports(words: str, ports: Iterable[str]) -> str:
    """Words with the names of scanners in them."""
    return closed_up(words.replace("%1", ", ".join(short_port(port) for port in ports)))


def closed_up(words: str) -> str:
    """A full-width bracket brings its own blank: none stands beside it."""
    return words.replace(" （", "（").replace("） ", "）")


def short_port(name: str) -> str:
    """A scanner's port without its folder, which nobody at a counter knows."""
    if name.endswith("practice-scanner"):
        return translate("Strip", "(practice)")
    return name.split(":", 1)[-1].rsplit("/", 1)[-1]


def event(name: str) -> str:
    """A moment of a box's life in words."""
    return {
        "box_reserved": translate("Event", "scanned into a sale"),
        "code_typed": translate("Event", "typed on into the till"),
        "box_released": translate("Event", "taken out of the sale"),
        "box_confirmed": translate("Event", "doubt settled: free for this sale"),
        "box_contested": translate("Event", "doubt settled: another sale has it"),
        "sale_paid": translate("Event", "sold"),
        "receipt_printed": translate("Event", "receipt printed"),
        "settlement_asked": translate("Event", "insurance asked to settle"),
        "settlement_settled": translate("Event", "insurance settled"),
        "settlement_refused": translate("Event", "insurance did not settle"),
        "settlement_unknown": translate("Event", "settlement's answer lost"),
        "settlement_cancelled": translate("Event", "settlement cancelled"),
        "upload_settled": translate("Event", "platform answered"),
        "box_returned": translate("Event", "returned by the customer"),
        "return_posted": translate("Event", "return written down"),
        "box_sold": translate("Event", "left the shop"),
        "box_restored": translate("Event", "put back for sale"),
        "approval_given": translate("Event", "approved by a second person"),
        "code_settled_elsewhere": translate("Event", "platform: settled elsewhere"),
        "code_settled_here": translate("Event", "platform: taken after all"),
        PastKind.SOLD: translate("Event", "sold by the old system"),
        PastKind.RETURNED: translate("Event", "returned in the old system"),
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
