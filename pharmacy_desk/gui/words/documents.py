"""Documents in words: what each kind is called."""

from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.gui.base.said import translate


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
