"""Scans in words: which kind of code it is, what is wrong with a damaged one, what to do."""

from pharmacy_desk.core.scanning.scan import Kind, Problem, Reading
from pharmacy_desk.gui.base.said import translate


def kind(of: Kind) -> str:
    """What a scan is, in words."""
    return {
        Kind.TRACE_20: translate("Kind", "trace code"),
        Kind.TRACE_SELF: translate("Kind", "trace code of a manufacturer"),
        Kind.TRACE_GS1: translate("Kind", "GS1 trace code"),
        Kind.PRODUCT_BARCODE: translate("Kind", "commodity barcode"),
        Kind.DRUG_MASTER_CODE: translate("Kind", "national drug code"),
        Kind.IN_STORE_BARCODE: translate("Kind", "in-store barcode"),
        Kind.UDI: translate("Kind", "medical device code"),
        Kind.VETERINARY: translate("Kind", "veterinary code"),
        Kind.PESTICIDE: translate("Kind", "pesticide code"),
        Kind.GS1_OTHER: translate("Kind", "GS1 code of something else"),
        Kind.URL: translate("Kind", "web link"),
        Kind.PARCEL: translate("Kind", "parcel number"),
        Kind.FILLER: translate("Kind", "filler code"),
        Kind.DAMAGED: translate("Kind", "damaged read"),
        Kind.UNKNOWN: translate("Kind", "unknown code"),
        Kind.ID_CARD: translate("Kind", "identity card number"),
        Kind.WECHAT_PAY: translate("Kind", "WeChat payment code"),
        Kind.ALIPAY: translate("Kind", "Alipay payment code"),
        Kind.INSURANCE_VOUCHER: translate("Kind", "insurance e-voucher"),
        Kind.SOCIAL_CARD: translate("Kind", "social security card"),
    }[of]


def named(reading: Reading, limit: int = 40) -> str:
    """What a scan is, with its text as it may be shown."""
    told = translate("Kind", "%1 (%2)").replace("%2", reading.shown(limit))
    return told.replace("%1", kind(reading.kind))


def damage(problem: Problem | None) -> str:
    """What is wrong with a damaged read."""
    return {
        Problem.TRUNCATED: translate("Damage", "Only part of the code arrived."),
        Problem.EXTRA_CHARACTERS: translate("Damage", "The code has characters too many."),
        Problem.MERGED: translate("Damage", "Two codes arrived as one."),
        Problem.BAD_CHECK_DIGIT: translate("Damage", "The check digit does not fit."),
        Problem.BAD_DATE: translate("Damage", "The code holds a date that does not exist."),
        Problem.MISSING_SERIAL: translate("Damage", "This code has no serial number."),
        Problem.LOST_SEPARATOR: translate("Damage", "The scanner left out a separator."),
        Problem.NOT_ALLOWED_CHARACTER: translate(
            "Damage", "The code has characters it cannot have."
        ),
        Problem.TOO_LONG: translate("Damage", "What arrived is too long for any code."),
        Problem.CONFLICT: translate("Damage", "The code contradicts itself."),
    }.get(problem or Problem.TRUNCATED, "")


def damage_todo(problem: Problem | None) -> str:
    """What to do about a damaged read."""
    if problem is Problem.MERGED:
        return translate("Damage", "Nothing was added. Cover the neighbour and scan one box.")
    if problem is Problem.MISSING_SERIAL:
        return translate("Damage", "Scan the other code on the box, the one with a serial number.")
    if problem is Problem.LOST_SEPARATOR:
        return translate(
            "Damage", "Nothing was added. Switch on GS1 separators (GS, 0x1D) in the scanner."
        )
    return translate("Damage", "Nothing was added. Scan this box once more, slowly.")
