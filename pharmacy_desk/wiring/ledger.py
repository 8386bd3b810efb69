"""Fuse box, the ledger's part: opened up to date, or refused with what is missing of its past."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.store.base import database
from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.history import LOST, Missing
from pharmacy_desk.core.ports.doors import HeadKey, Sealer
from pharmacy_desk.core.settings.settings import Settings


def lost_error(home: Home, missing: Missing) -> WorldError:
    """What is missing of a home's past, as a failure that a person can mend."""
    since = missing.since.isoformat(" ", "minutes") if missing.since else "?"
    return WorldError(LOST[missing.loss], since=since, path=str(home.ledger))


def open_ledger(
    *,
    home: Home,
    settings: Settings,
    now: datetime,
    sealer: Sealer,
    head_key: Callable[[], HeadKey],
    deciding: bool,
) -> SqliteLedger:
    """The home's ledger, brought up to date; it remembers a store's settings for a bad day.

    Raises `WorldError` when something of its past is missing, unless somebody is `deciding`
    about just that.
    """
    if not database.is_current(home.ledger):
        from pharmacy_desk.adapters.store.base.upgrade import bring_up_to_date

        bring_up_to_date(home.ledger)
    ledger = SqliteLedger(
        actor=Actor(now, settings.text("operator.id")),
        path=home.ledger,
        counter=settings.text("counter.number"),
        place=home.place,
        sealer=sealer,
        head_key=head_key,
    )
    missing = ledger.chain.missing
    if missing and not deciding:
        ledger.close()
        raise lost_error(home, missing)
    if not home.practice:
        ledger.chain.remember_settings(json.dumps(dict(settings.values), ensure_ascii=False))
    return ledger
