"""Duty and the staff register in words: what became of a wish, and how somebody stands."""

from datetime import date

from pharmacy_desk.core.people.duty import Entry, OnDuty, Recovery, RegisterState
from pharmacy_desk.counter.answers import DutyAnswer, DutyDid
from pharmacy_desk.gui.base.said import translate


def answer(told: DutyAnswer) -> str:
    """What became of a wish, with its sign."""
    done = {
        DutyDid.ON: translate("Duty", "✓ %1 is on duty."),
        DutyDid.OFF: translate("Duty", "✓ %1 is on duty no more."),
        DutyDid.KEPT: translate("Duty", "✓ Kept."),
        DutyDid.APPROVAL_AWAITED: translate("Duty", "! A manager has to approve it."),
    }.get(told.what)
    sentence = done or "✕ " + _refused(told.what)
    return sentence.replace("%1", told.name or told.person)


def _refused(what: DutyDid) -> str:
    return {
        DutyDid.NOT_ON: translate("Duty", "%1 was not on duty."),
        DutyDid.UNKNOWN: translate("Duty", "Nobody here has this number."),
        DutyDid.NO_PHARMACIST: translate(
            "Duty",
            "%1 is no pharmacist: the manager sets the role or enters the licence (Ctrl+8, F8).",
        ),
        DutyDid.PIN_WANTED: translate("Duty", "Type the PIN too."),
        DutyDid.BAD_PIN: translate("Duty", "Number or PIN is wrong: again."),
        DutyDid.LOCKED_OUT: translate(
            "Duty", "Too many wrong PINs: this number is locked for a while."
        ),
        DutyDid.BAD_LICENCE: translate("Duty", "A licence number has letters and digits only."),
        DutyDid.BAD_DAYS: translate(
            "Duty", "These days do not fit: write 2026-01-31, the last not before the first."
        ),
        DutyDid.BAD_POINTS: translate("Duty", "A notice takes 1 to 12 points."),
        DutyDid.BAD_NOTICE: translate("Duty", "Write the number of the bureau's notice."),
        DutyDid.NOTICE_THERE: translate("Duty", "A notice of this number is entered already."),
        DutyDid.NO_NOTICE: translate("Duty", "There is no notice of this number."),
    }[what]


def register_state(state: RegisterState) -> str:
    """What the insurance's register says of somebody."""
    return {
        RegisterState.ACTIVE: translate("Duty", "active"),
        RegisterState.SUSPENDED: translate("Duty", "suspended"),
        RegisterState.TERMINATED: translate("Duty", "terminated"),
    }[state]


def entry_state(entry: Entry | None, today: date) -> str:
    """An entry's state with its sign and days; a gap where nobody entered one."""
    if entry is None or not (entry.licence or entry.state is not RegisterState.ACTIVE):
        return ""
    sign = "✕" if entry.barred(today) else "✓"
    word = register_state(entry.state)
    days = "–".join(one.isoformat() if one else "" for one in (entry.since, entry.until))
    return f"{sign} {word} {days}".strip() if days != "–" else f"{sign} {word}"


def on_duty(pharmacists: tuple[OnDuty, ...]) -> str:
    """Who is on duty, in one line."""
    if not pharmacists:
        return translate("Duty", "! No pharmacist is on duty: prescription drugs stop.")
    names = "、".join(f"{one.name} {one.since:%H:%M}" for one in pharmacists)
    return translate("Duty", "✓ On duty: %1").replace("%1", names)


def recovers(entry: Entry, found: Recovery) -> str:
    """Until when a suspended person applies for recovery, and when the answer is due."""
    words = translate("Duty", "%1: apply for recovery by %2, the answer is due by %3.")
    told = words.replace("%1", entry.person).replace("%2", found.apply_by.isoformat())
    told = told.replace("%3", found.answered_by.isoformat())
    if not found.exact:
        told += translate("Duty", " (The holidays of a year are not in the profile yet.)")
    return told
