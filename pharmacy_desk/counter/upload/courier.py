"""The courier: carries the outbox to the platform, and asks before it sends anything twice.

Invariant 4: a timeout is `unknown`; it is settled by asking (the question the profile names for
its transaction) before anything is sent again; the message id is on the disk before the message
is on the line; one refused line never blocks the rest.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from pharmacy_desk.core.basics.numbers import next_message_id
from pharmacy_desk.core.ports.doors import Clock, Ledger, Platform, Reply, StoredMessage
from pharmacy_desk.core.upload.message import (
    Outcome,
    Sender,
    message_body,
    query_payload,
    query_words,
    read_answer,
    read_query,
    wire_line,
)
from pharmacy_desk.core.upload.outbox import LineState, OutboxLine, QueuedLine, backoff_s
from pharmacy_desk.core.upload.profile import Message, Profile, Query
from pharmacy_desk.counter import news

# `input` is at most 40 000 characters (facts on platforms, 1.1); the rest is room for its frame.
T = TypeVar("T")


_MOST_INPUT_CHARS = 38_000


# One message the platform chokes on is that message's fault; three in a row are the platform's.
_MOST_STUMBLES = 3


@dataclass(slots=True)
class RoundCounts:
    """What one round did, in lines. `errors` counts messages the line did not carry."""

    accepted: int = 0
    refused: int = 0
    unknown: int = 0
    queued: int = 0
    errors: int = 0


class Courier:
    """Works off the outbox. `on_desk` runs a call on the lane that owns the ledger."""

    def __init__(
        self,
        ledger: Ledger,
        platform: Platform,
        profile: Profile,
        clock: Clock,
        sender: Callable[[], Sender],
        counter: str,
        on_desk: Callable[[Callable[[], object]], object],
        post: Callable[[news.News], None],
        pause: Callable[[float], None],
        stopping: Callable[[], bool] = lambda: False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ledger = ledger
        self._platform = platform
        self._profile = profile
        self._clock = clock
        self._sender = sender
        self._counter = counter
        self._on_desk = on_desk
        self._post = post
        self._pause = pause
        self._stopping = stopping
        self._monotonic = monotonic
        self._line_failures = 0
        self._line_until = 0.0
        self._failed_in_round = 0
        self._line_up: bool | None = None

    def _desk(self, job: Callable[[], T]) -> T:
        answer: list[T] = []
        self._on_desk(lambda: answer.append(job()))
        return answer[0]

    def round(self, everything: bool = False) -> RoundCounts:
        """One round over what is due, or over everything that waits for no person.

        When no connection can be made the round ends: the others would not get through either,
        and one knock in a while is enough. A message the platform chokes on does not end it, so
        that one bad line never holds up the rest; several in a row do.
        """
        counts = RoundCounts()
        now = self._clock.now()
        if self._monotonic() < self._line_until and not everything:
            return counts
        lines = self._desk(lambda: self._ledger.due_lines(now, everything))
        self._failed_in_round = 0
        for spec, part in self._messages(lines, counts):
            if self._stopping() or not self._work(spec, part, counts):
                break
        if counts != RoundCounts():
            self._post(news.QueueChanged())
        return counts

    def _messages(
        self, lines: Sequence[QueuedLine], counts: RoundCounts
    ) -> Iterator[tuple[Message, list[QueuedLine]]]:
        """The lines as they travel, each message with its transaction.

        Lines of a transaction that the region has not, as after a change of profile, stay as
        they are: sent in another's fields they would be something else.
        """
        groups: dict[tuple[str, ...], list[QueuedLine]] = {}
        for line in lines:
            groups.setdefault(_group(line), []).append(line)
        for grouped in groups.values():
            spec = self._profile.message_of(grouped[0].line.infno)
            if spec is None:
                counts.queued += len(grouped)
                continue
            for part in self._parts(grouped, spec):
                yield spec, part

    def _parts(self, lines: list[QueuedLine], spec: Message) -> Iterator[list[QueuedLine]]:
        """A document's lines in messages that fit `input`; a stored message stays whole."""
        if lines[0].message_id:
            yield lines
            return
        part: list[QueuedLine] = []
        used = 0
        for line in lines:
            size = len(str(wire_line(line.line, spec, self._profile)))
            if part and used + size > _MOST_INPUT_CHARS:
                yield part
                part, used = [], 0
            part.append(line)
            used += size
        yield part

    def _work(self, spec: Message, lines: list[QueuedLine], counts: RoundCounts) -> bool:
        """Work off one message's lines; False when the line is down."""
        if self._profile.transport.min_gap_s:
            self._pause(self._profile.transport.min_gap_s)
        if lines[0].state is LineState.UNKNOWN:
            return self._settle_unknown(spec, lines, counts)
        return self._send(spec, lines, counts)

    def _send(self, spec: Message, lines: list[QueuedLine], counts: RoundCounts) -> bool:
        message = self._desk(lambda: self._prepare(spec, lines))
        reply = self._platform.send(message.infno, message.body)
        if reply.body is None and not reply.sent:
            self._later(lines, message.msgid, reply.detail, counts)
            return self._line(up=reply.detail.startswith("HTTP"), detail=reply.detail)
        if reply.body is None:
            self._doubt(lines, message.msgid, reply, counts)
            return self._stumbled(reply.detail)
        self._line(up=True)
        self._failed_in_round = 0
        outcome = read_answer(reply.body, message.keys, spec, self._profile)
        self._settle(lines, message.msgid, outcome, counts)
        return True

    def _prepare(self, spec: Message, lines: list[QueuedLine]) -> StoredMessage:
        """The message to send, on the disk. One that was stored for just these lines is reused."""
        keys = tuple(line.line.key for line in lines)
        now = self._clock.now()
        stored = self._ledger.message(lines[0].message_id) if lines[0].message_id else None
        if stored is None or set(stored.keys) != set(keys):
            stored = self._new_message(spec, lines, keys, now)
        self._ledger.store_message(stored, now)
        return stored

    def _new_message(
        self, spec: Message, lines: list[QueuedLine], keys: tuple[str, ...], now: datetime
    ) -> StoredMessage:
        sender = self._sender()
        last = self._ledger.last_msgid()
        msgid = next_message_id(sender.store, now, self._counter, last)
        self._ledger.take_msgid(msgid)
        payload: dict[str, object] = {
            spec.node: [wire_line(line.line, spec, self._profile) for line in lines]
        }
        body = message_body(spec.infno, msgid, payload, now, sender, self._profile)
        return StoredMessage(msgid, spec.infno, lines[0].line.document, keys, body)

    def _settle(
        self, lines: list[QueuedLine], msgid: str, outcome: Outcome, counts: RoundCounts
    ) -> None:
        if outcome.busy:
            self._later(lines, msgid, outcome.words, counts)
            return
        states: dict[str, tuple[LineState, str]] = {}
        for line in lines:
            key = line.line.key
            if key in outcome.accepted:
                states[key] = (LineState.ACCEPTED, outcome.words)
                counts.accepted += 1
            elif key in outcome.refused and not self._says_double(outcome.refused[key]):
                states[key] = (LineState.REFUSED, outcome.refused[key])
                counts.refused += 1
            elif key in outcome.refused:  # its words tell what it means if the line is not there
                states[key] = (LineState.UNKNOWN, outcome.refused[key])
                counts.unknown += 1
            else:
                states[key] = (LineState.UNKNOWN, outcome.words or outcome.doubt)
                counts.unknown += 1
        due = self._clock.now() + timedelta(seconds=self._profile.transport.unknown_wait_s)
        self._write(states, msgid, due)

    def _says_double(self, words: str) -> bool:
        """A line refused as a double may be there already: it is asked about, not given up."""
        profile = self._profile
        return any(word in words for word in (*profile.double_words, *profile.settled_words))

    def _settled_elsewhere(self, line: OutboxLine, words: str) -> bool:
        """A sale line that is not there, refused for a code that somebody else has settled."""
        if line.infno != self._profile.sale.infno or not line.codes:
            return False
        named = self._says_double(words) and any(code in words for code in line.codes)
        return named or any(word in words for word in self._profile.settled_words)

    def _later(
        self, lines: list[QueuedLine], msgid: str | None, words: str, counts: RoundCounts
    ) -> None:
        """Nothing reached the platform: back into the queue, tried again after a growing gap."""
        counts.queued += len(lines)
        counts.errors += 1
        wait = self._backoff(max(line.attempts for line in lines) + 1)
        states = {line.line.key: (LineState.QUEUED, words) for line in lines}
        self._write(states, msgid, self._clock.now() + timedelta(seconds=wait))

    def _doubt(
        self, lines: list[QueuedLine], msgid: str | None, reply: Reply, counts: RoundCounts
    ) -> None:
        """It may have been done: unknown, to be asked about when the platform has come to rest.

        After a time-out the platform may still be at work on it, so the question waits as long
        again as the answer was waited for.
        """
        counts.unknown += len(lines)
        counts.errors += 1
        transport = self._profile.transport
        timed_out = "Timeout" in reply.detail or "slow" in reply.detail
        wait = transport.read_timeout_s if timed_out else transport.unknown_wait_s
        states = {line.line.key: (LineState.UNKNOWN, reply.detail) for line in lines}
        self._write(states, msgid, self._clock.now() + timedelta(seconds=wait))

    def _settle_unknown(self, spec: Message, lines: list[QueuedLine], counts: RoundCounts) -> bool:
        """Ask for every line by its own serial; only what is surely not there is sent again."""
        wait = (max(line.due_at for line in lines) - self._clock.now()).total_seconds()
        if wait > 0:
            self._pause(min(wait, self._profile.transport.read_timeout_s))
        query = spec.query
        found: dict[str, bool] = {}
        words: dict[str, str] = {}
        for line in lines:
            answer, said = self._ask(query, line.line.key)
            if answer is None:
                self._ask_later(lines, counts)
                return self._stumbled(query.infno)
            found[line.line.key] = answer
            # A line that a person has queued again is sent once more, whatever was said before.
            before = line.platform_words if line.message_id else ""
            words[line.line.key] = said or before or ""
        self._line(up=True)
        there = {key: (LineState.ACCEPTED, query.infno) for key, yes in found.items() if yes}
        if there:
            counts.accepted += len(there)
            self._write(there, lines[0].message_id, self._clock.now())
        missing = [line for line in lines if not found[line.line.key]]
        settled = [ln for ln in missing if self._settled_elsewhere(ln.line, words[ln.line.key])]
        if settled:
            self._refuse_settled(settled, words, counts)
            missing = [line for line in missing if line not in settled]
        return self._send(spec, missing, counts) if missing else True

    def _refuse_settled(
        self, lines: Sequence[QueuedLine], words: dict[str, str], counts: RoundCounts
    ) -> None:
        """These codes were sold by another: only a person can mend that."""
        counts.refused += len(lines)
        refused, msgid, now = [one.line for one in lines], lines[0].message_id, self._clock.now()
        self._desk(lambda: self._ledger.settle_elsewhere(refused, words, msgid, now))

    def _ask(self, query: Query, key: str) -> tuple[bool | None, str]:
        """Whether the line is there, and what the platform said of its code if it is not."""
        sender = self._sender()
        now = self._clock.now()

        def prepare() -> bytes:
            last = self._ledger.last_msgid()
            msgid = next_message_id(sender.store, now, self._counter, last)
            self._ledger.take_msgid(msgid)
            payload = query_payload(query, key, sender, self._profile)
            return message_body(query.infno, msgid, payload, now, sender, self._profile)

        reply = self._platform.send(query.infno, self._desk(prepare))
        if reply.body is None:
            return None, ""
        profile = self._profile
        elsewhere = (*profile.not_found_words, *profile.settled_words)
        said = query_words(reply.body)
        settled = any(word in said for word in profile.settled_words)
        return read_query(query, reply.body, key, elsewhere), said if settled else ""

    def _ask_later(self, lines: Sequence[QueuedLine], counts: RoundCounts) -> None:
        counts.unknown += len(lines)
        counts.errors += 1
        wait = self._backoff(max(line.attempts for line in lines) + 1)
        due = self._clock.now() + timedelta(seconds=wait)
        states = {line.line.key: (LineState.UNKNOWN, line.platform_words or "") for line in lines}
        self._write(states, lines[0].message_id, due, asked=True)

    def _write(
        self,
        states: dict[str, tuple[LineState, str]],
        msgid: str | None,
        due: datetime,
        asked: bool = False,
    ) -> None:
        now = self._clock.now()
        self._desk(lambda: self._ledger.settle_lines(states, msgid, due, now, asked))

    def _backoff(self, attempts: int) -> float:
        transport = self._profile.transport
        salt = f"{self._sender().store}/{self._counter}"
        return backoff_s(attempts, transport.backoff_first_s, transport.backoff_most_s, salt)

    def _stumbled(self, detail: str) -> bool:
        """The platform gave no usable answer to one message; False after several in a row."""
        self._failed_in_round += 1
        if self._failed_in_round < _MOST_STUMBLES:
            return True
        return self._line(up=False, detail=detail)

    def _line(self, *, up: bool, detail: str = "") -> bool:
        """Remember how the line is and tell the window when that has changed."""
        now = self._clock.now()
        self._line_failures = 0 if up else self._line_failures + 1
        gap = 0.0 if up else self._backoff(self._line_failures)
        self._line_until = self._monotonic() + gap  # a wall clock set back must not stop uploads
        if up is not self._line_up:
            self._line_up = up
            self._post(news.LineState("upload", up, now, detail))
        return up


def _group(queued: QueuedLine) -> tuple[str, str, str, str]:
    """Lines that travel together: one document's, in one state, of one message if it has one."""
    return (
        queued.line.document,
        queued.line.infno,
        queued.state.value,
        queued.message_id or "",
    )
