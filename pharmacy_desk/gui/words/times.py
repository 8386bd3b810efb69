"""Moments and waits in words, as people say them."""

from datetime import datetime

from pharmacy_desk.gui.base.said import translate


def when(at: datetime, now: datetime) -> str:
    """A moment as people say it: relative when recent, with date when not."""
    minutes = int((now - at).total_seconds() // 60)
    if 0 <= minutes < 1:
        return translate("Time", "just now")
    if 0 <= minutes < 60:
        return translate("Time", "%1 min ago").replace("%1", str(minutes))
    days = (now.date() - at.date()).days
    if days == 0:
        return translate("Time", "today %1").replace("%1", f"{at:%H:%M}")
    if days == 1:
        return translate("Time", "yesterday %1").replace("%1", f"{at:%H:%M}")
    return f"{at:%Y-%m-%d %H:%M}"


def past_day(at: datetime) -> str:
    """A moment of the old system, which often tells the day alone: midnight is no time told."""
    return f"{at:%Y-%m-%d}" if (at.hour, at.minute) == (0, 0) else f"{at:%Y-%m-%d %H:%M}"


def age(since: datetime, now: datetime) -> str:
    """How long something has waited."""
    seconds = max(0, int((now - since).total_seconds()))
    if seconds < 60:
        return translate("Time", "%1 s").replace("%1", str(seconds))
    if seconds < 3600:
        return translate("Time", "%1 min").replace("%1", str(seconds // 60))
    if seconds < 86_400:
        return translate("Time", "%1 h").replace("%1", str(seconds // 3600))
    return translate("Time", "%1 days").replace("%1", str(seconds // 86_400))
