"""A drug's short marks as a pharmacy says them."""

from pharmacy_desk.core.catalogue.drugs import RxFlag
from pharmacy_desk.gui.base.said import translate


def rx(flag: RxFlag) -> str:
    """Whether it needs a prescription (处方), or its OTC class."""
    return translate("Sale", "Rx") if flag is RxFlag.RX else flag.value
