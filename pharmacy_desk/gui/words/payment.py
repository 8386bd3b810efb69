"""Payment kinds in words; screens, settings and verdicts speak of them."""

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.gui.base.said import translate


def payment(of: PaymentKind) -> str:
    """A payment kind in words."""
    return {
        PaymentKind.SELF: translate("Payment", "self-paid"),
        PaymentKind.ACCOUNT: translate("Payment", "personal account"),
        PaymentKind.POOLED: translate("Payment", "outpatient pooled"),
        PaymentKind.CHRONIC: translate("Payment", "chronic disease"),
        PaymentKind.DUAL: translate("Payment", "dual channel"),
        PaymentKind.INJURY: translate("Payment", "work injury"),
        PaymentKind.UNTOLD: translate("Payment", "insured, the till did not say by which kind"),
    }[of]
