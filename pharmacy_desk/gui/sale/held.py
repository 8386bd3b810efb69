"""Which of the held sales (挂单): each told by what a person remembers of it."""

from collections.abc import Sequence

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate

# As many as there are digits to choose by.
_MOST = 9


def which_one(held: Sequence[Sale]) -> Said:
    """Time, first drug, boxes and sum of each, by the digit that takes it up."""
    rows = (f"{digit}　{_told(sale)}" for digit, sale in enumerate(held[:_MOST], start=1))
    return Said(
        theme.ASK,
        translate("Checkout", "Which one?"),
        "\n".join(rows),
        translate("Checkout", "Press its digit."),
    )


def _told(sale: Sale) -> str:
    at = sale.held_at or sale.opened_at
    first = sale.lines[0].item.name if sale.lines else translate("Checkout", "nothing scanned")
    more = translate("Checkout", " and more, %1 drugs").replace("%1", str(len(sale.lines)))
    drugs = first + (more if len(sale.lines) > 1 else "")
    boxes = translate("Checkout", "%1 boxes").replace("%1", str(sale.box_count))
    return f"{at:%H:%M}　{drugs}　{boxes}　¥{yuan(sale.total_fen)}"
