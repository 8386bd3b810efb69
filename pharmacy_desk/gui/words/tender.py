"""Tenders in words: their names, what was given, and why they do not pay a sale."""

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.sale.tender import Tender, TenderKind
from pharmacy_desk.gui.base.said import translate


def kind(of: TenderKind) -> str:
    """A tender's name."""
    return {
        TenderKind.CASH: translate("Tender", "Cash"),
        TenderKind.WECHAT: translate("Tender", "WeChat"),
        TenderKind.ALIPAY: translate("Tender", "Alipay"),
        TenderKind.CARD: translate("Tender", "Bank card"),
        TenderKind.COMMERCIAL: translate("Tender", "Commercial insurance"),
    }[of]


def short(of: TenderKind) -> str:
    """The same for a narrow button."""
    return {
        TenderKind.CASH: translate("Tender", "Cash"),
        TenderKind.WECHAT: translate("Tender", "WeChat"),
        TenderKind.ALIPAY: translate("Tender", "Alipay"),
        TenderKind.CARD: translate("Tender", "Card"),
        TenderKind.COMMERCIAL: translate("Tender", "Insurer"),
    }[of]


def amount(tender: Tender) -> str:
    """A tender with its sum."""
    return f"{kind(tender.kind)} ¥{yuan(tender.amount_fen)}"


def told(sale: Sale) -> str:
    """How a sale was paid where there is anything but exact cash to tell."""
    only_cash = all(one.kind is TenderKind.CASH for one in sale.tenders)
    rounded = sale.taken.rounded_fen if sale.taken else 0
    words = "" if only_cash else " · ".join(amount(one) for one in sale.tenders)
    if rounded:
        down = translate("Tender", "rounded down by ¥%1").replace("%1", yuan(rounded))
        words = f"{words} · {down}" if words else down
    return words
