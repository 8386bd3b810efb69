"""Asks the platform what was sold in a time that is missing here, on the courier's lane.

What it names and the ledger does not know as sold is marked as settled there, so that it is not
sold twice. It goes on where it was left, also after a kill.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from pharmacy_desk.core.basics.numbers import message_id
from pharmacy_desk.core.ports.after_sale import SoldThereLedger
from pharmacy_desk.core.ports.doors import Clock, Platform
from pharmacy_desk.core.ports.outbox import OutboxLedger
from pharmacy_desk.core.upload.answers import Asked
from pharmacy_desk.core.upload.message import Sender, message_body
from pharmacy_desk.core.upload.profile import Profile
from pharmacy_desk.core.upload.sold_there import Gap, can_ask, read_sold, sold_payload

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
# A line that is down is asked again as often as the courier does at most.
_AGAIN_S = 60.0


class SoldThereAsker:
    """Works off the gap that a person has accepted."""

    def __init__(
        self,
        *,
        outbox: OutboxLedger,
        sold_there: SoldThereLedger,
        platform: Platform,
        profile: Profile,
        clock: Clock,
        sender: Callable[[], Sender],
        counter: str,
        on_desk: Callable[[Callable[[], object]], object],
        pause: Callable[[float], None],
        stopping: Callable[[], bool] = lambda: False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._outbox = outbox
        self._sold_there = sold_there
        self._platform = platform
        self._profile = profile
        self._clock = clock
        self._sender = sender
        self._counter = counter
        self._on_desk = on_desk
        self._pause = pause
        self._stopping = stopping
        self._monotonic = monotonic
        self._not_before = 0.0
        self._nothing = False

    def _desk(self, job: Callable[[], T]) -> T:
        answer: list[T] = []
        self._on_desk(lambda: answer.append(job()))
        return answer[0]

    def round(self) -> None:
        """Ask day by day, until all is asked or the platform does not answer."""
        if self._nothing or self._monotonic() < self._not_before:
            return
        gap = self._desk(self._sold_there.gap_to_ask)
        if gap is None:  # nobody decides while a counter is open
            self._nothing = True
            return
        if not can_ask(self._profile.sale.query):
            self._desk(lambda: self._sold_there.end_asking(self._clock.now(), asked=False))
            return
        while gap.first <= gap.last:
            if self._stopping():
                return
            then = self._ask(gap)
            if then is None:
                self._not_before = self._monotonic() + _AGAIN_S
                return
            gap = then
        self._desk(lambda: self._sold_there.end_asking(self._clock.now(), asked=True))

    def _ask(self, gap: Gap) -> Gap | None:
        """Ask about the first day of a gap; what is left of it, None without a whole answer."""
        query, profile, now = self._profile.sale.query, self._profile, self._clock.now()
        if profile.transport.min_gap_s:
            self._pause(profile.transport.min_gap_s)

        sender = self._sender()
        (tail,) = self._desk(lambda: self._outbox.take_msgids(now, self._counter, 1))
        msgid = message_id(sender.store, tail)
        payload = sold_payload(query, gap.first, sender, profile)
        body = message_body(
            infno=query.infno, msgid=msgid, payload=payload, at=now, sender=sender, profile=profile
        )
        reply = self._platform.send(query.infno, body)
        if reply.body is None:
            return None
        sold = read_sold(query, reply.body, Asked(query.infno, msgid, {}), profile, now)
        if sold is None:
            _LOG.info("the platform did not tell what was sold on %s", gap.first)
            return None
        left = replace(gap, first=gap.first + timedelta(days=1))
        return self._desk(lambda: self._sold_there.mark_sold_there(sold, left, query.infno, now))
