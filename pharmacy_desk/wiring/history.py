"""Fuse box, the past's part: what is missing, who decides about it, backups and their return."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import datetime
from pathlib import Path

from pharmacy_desk.adapters import resources
from pharmacy_desk.adapters.clock import SystemClock
from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.outside_mark import OutsideMark, mark_file
from pharmacy_desk.adapters.store.base import database, past
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.history import Loss, Missing
from pharmacy_desk.core.people.people import (
    ApprovalRefusal,
    Subject,
    clean_reason,
    may_approve,
    reason_problem,
)
from pharmacy_desk.core.settings.settings import BY_KEY, Value
from pharmacy_desk.core.upload.sold_there import can_ask
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.ledger import lost_error
from pharmacy_desk.wiring.options import Options

# What a person decides about before anything is sold.
UNDECIDED = (
    Fault.LEDGER_LOST,
    Fault.EVENTS_LOST,
    Fault.SETTINGS_LOST,
    Fault.STORE_CODE_MISSING,
)


def look(home: Home) -> None:
    """Raise `WorldError` when something of this home's past is missing and nobody has decided."""
    home.load_settings()
    mark = OutsideMark(mark_file(home.place, home.ledger)).read()
    loss = past.look(home.ledger, mark)
    if loss:
        first = datetime.fromisoformat(mark.since) if mark and mark.since else None
        since = first if loss is Loss.LEDGER else _newest(home.ledger)
        raise lost_error(home, Missing(loss, since, SystemClock().now()))


def still_missing(home: Home) -> WorldError | None:
    """What a person still has to decide about, None when there is nothing."""
    try:
        look(home)
    except WorldError as error:
        if error.fault not in UNDECIDED:
            raise
        return error
    return None


def platform_is_asked(home: Home) -> bool:
    """Whether the region's platform can tell what this store has sold in a missing time."""
    profile = resources.load_profile(home.load_settings().text("region.profile"))
    return can_ask(profile.sale.query)


def accept(home: Home, person: str, pin: str, reason: str) -> tuple[str, ...]:
    """A manager goes on without what is missing; what that was. The home must be ours already.

    Settings that are gone are written again as the ledger remembers them. Raises `WorldError` when
    nothing is missing, or when the decision cannot be taken.
    """
    with _Settings(home) as settings:
        counter = Counter(home, Options(own_practice_platform=False, deciding=True), lambda _: None)
        try:
            lost = counter.desk_lane.call(
                lambda: _decide(counter, person, pin, reason, settings.returned)
            )
        finally:
            counter.stop()
        settings.stay()
    return lost


class _Settings:
    """Settings that were lost, back from the ledger; gone again when nobody decided."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self.returned = False
        self._aside: Path | None = None

    def __enter__(self) -> _Settings:
        try:
            self._home.load_settings()
        except WorldError as error:
            if error.fault not in (Fault.SETTINGS_LOST, Fault.STORE_CODE_MISSING):
                raise
            values = _remembered(self._home.ledger)
            if values is None:
                raise
            file = self._home.settings_file
            if file.exists():
                self._aside = file.with_suffix(".replaced")
                file.replace(self._aside)
            self._home.save_settings(values, practice=False)
            self.returned = True
        return self

    def stay(self) -> None:
        """The decision stands."""
        self._home = Home(self._home.folder)
        self.returned = False

    def __exit__(self, *_: object) -> None:
        if not self.returned:
            return
        self._home.settings_file.unlink(missing_ok=True)
        if self._aside:
            self._aside.replace(self._home.settings_file)


def _decide(
    counter: Counter, person: str, pin: str, reason: str, settings: bool
) -> tuple[str, ...]:
    ledger, now = counter.ledger, counter.clock.now()
    if ledger.chain.missing is None and not settings:
        raise WorldError(Fault.NOTHING_MISSING)
    reason = clean_reason(reason)
    wrong = reason_problem(reason, now.date())
    if wrong:
        raise WorldError(Fault.DECISION_REFUSED, why=wrong.value)
    # An emptied ledger knows nobody: then the word of who stands there counts, and is kept as such.
    proved = counter.open_sale.who.has_people
    if proved:
        known = ledger.people.prove(Actor(now, person), person, pin)
        if isinstance(known, str):
            raise WorldError(Fault.DECISION_REFUSED, why=known)
        if not may_approve(known.role, Subject.GATE):
            raise WorldError(Fault.DECISION_REFUSED, why=ApprovalRefusal.ROLE.value)
    return ledger.chain.decide_missing(Actor(now, person), reason, proved, settings)


def _remembered(ledger: Path) -> dict[str, Value] | None:
    """The settings of the last start, as the ledger has them."""
    try:
        with database.damage(ledger), closing(database.open_reader(ledger)) as conn:
            row = conn.execute("SELECT value FROM home WHERE name = ?", (past.SETTINGS,)).fetchone()
            told = dict(json.loads(row[0])) if row else {}
    except WorldError:
        return None
    values: dict[str, Value] = {key: value for key, value in told.items() if key in BY_KEY}
    return values if values.get("store.code") else None


def _newest(ledger: Path) -> datetime | None:
    """The last moment the ledger knows of."""
    with database.damage(ledger), closing(database.open_reader(ledger)) as conn:
        row = conn.execute("SELECT max(at) FROM events").fetchone()
        return datetime.fromisoformat(row[0]) if row[0] else None
