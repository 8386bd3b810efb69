"""Upload lines in words."""

from pharmacy_desk.core.upload.outbox import Which
from pharmacy_desk.gui.base.said import translate


def outbox_state(word: str, waiting: str | None) -> str:
    """State of an upload line in words."""
    if waiting == "NO_LOT":
        return translate("Outbox", "lot not filled in")
    if waiting == "TOO_LONG":
        return translate("Outbox", "a field is too long")
    return {
        "queued": translate("Outbox", "waiting"),
        "sending": translate("Outbox", "being sent"),
        "accepted": translate("Outbox", "accepted"),
        "refused": translate("Outbox", "refused"),
        "unknown": translate("Outbox", "unknown, will be asked"),
    }[word]


def which(which: Which) -> str:
    """Which lines a list shows."""
    return {
        Which.ALL: translate("Outbox", "every state"),
        Which.NOT_THERE: translate("Outbox", "not there yet"),
        Which.REFUSED: translate("Outbox", "refused"),
        Which.UNKNOWN: translate("Outbox", "unknown, will be asked"),
        Which.WAITING: translate("Outbox", "lot not filled in"),
        Which.ACCEPTED: translate("Outbox", "accepted"),
    }[which]
