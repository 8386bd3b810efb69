"""The courier: carries the outbox to the platform, and asks before it sends anything twice.

Invariant 4: whatever is no proper answer is `unknown`; it is settled by asking (the question the
profile names for its transaction) before anything is sent again; the message id is on the disk
before the message is on the line; one refused line never blocks the rest.

It reads the queue batch by batch on a connection of its own, and writes on the desk lane in two
small transactions a batch: the messages before the first leaves, what became of them at the end.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.numbers import IDS_A_SECOND, message_id
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.ports.after_sale import SoldThereLedger
from pharmacy_desk.core.ports.doors import Clock, Platform, Reply, WaitingLines
from pharmacy_desk.core.ports.outbox import OutboxLedger, StoredMessage
from pharmacy_desk.core.ports.sealed import SealedRecords
from pharmacy_desk.core.upload.answers import (
    Asked,
    Found,
    Outcome,
    Told,
    read_answer,
    read_query,
    reference,
)
from pharmacy_desk.core.upload.message import (
    AREA,
    PERSON,
    Sender,
    identity_words,
    message_body,
    query_payload,
    tells_person,
    wire_code,
    wire_line,
    wire_payload,
)
from pharmacy_desk.core.upload.outbox import Became, LineState, OutboxLine, QueuedLine, backoff_s
from pharmacy_desk.core.upload.profile import Message, Profile, Query
from pharmacy_desk.counter import news

T = TypeVar("T")

# `input` is at most 40 000 characters (facts on platforms, 1.1); the rest is room for its frame.
_MOST_INPUT_CHARS = 38_000
# One message the platform chokes on is that message's fault; three in a row are the platform's.
_MOST_STUMBLES = 3
# Why a sealed record is opened here, as the event says it.
_WHY_OPENED = "upload"
# Lists that show the queue read it again at most so often while much is carried.
_NEWS_EVERY_S = 1.0
# A line that stands at the platform with other codes is a person's; asking often mends nothing.
_CONFLICT_WAIT = timedelta(hours=1)
# Answer ids kept to know one that comes again: some 100 bytes each.
_MOST_HEARD = 2_000


@dataclass(slots=True)
class RoundCounts:
    """What one round did, in lines. `errors` counts messages the line did not carry.

    `gave_way` tells that the round was stopped before it was through.
    """

    accepted: int = 0
    refused: int = 0
    unknown: int = 0
    queued: int = 0
    errors: int = 0
    gave_way: bool = False


class Courier:
    """Works off the outbox. `on_desk` runs a call on the lane that owns the ledger."""

    def __init__(
        self,
        *,
        outbox: OutboxLedger,
        sold_there: SoldThereLedger,
        sealed: SealedRecords,
        waiting: WaitingLines,
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
        self._outbox = outbox
        self._sold_there = sold_there
        self._sealed = sealed
        self._waiting = waiting
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
        self._ids: list[str] = []
        self._heard: dict[str, str] = {}
        self._doubted: set[str] = set()
        self._unsettled = False
        self._counts = RoundCounts()

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
        counts = self._counts = RoundCounts()
        if self._monotonic() < self._line_until and not everything:
            return counts
        self._begin_round()
        told = self._monotonic()
        for lines in self._batches(everything):
            if not self._work(lines):
                break
            if counts != RoundCounts() and self._monotonic() - told > _NEWS_EVERY_S:
                told = self._monotonic()
                self._post(news.QueueChanged())
        if counts != RoundCounts():
            self._post(news.QueueChanged())
        return counts

    def _begin_round(self) -> None:
        self._failed_in_round = 0
        # Ids of an earlier round carry its time; they are left unused.
        self._ids.clear()
        self._doubted.clear()
        if self._unsettled:  # the disk failed between sending and settling
            self._desk(lambda: self._outbox.recover_sending(self._clock.now()))
            self._unsettled = False

    def _batches(self, everything: bool) -> Iterator[list[QueuedLine]]:
        """The queue in order, a few documents at a time; of a line that may be down, just one.

        What this round has left in doubt is not asked about in the same round.
        """
        now = self._clock.now()
        behind: QueuedLine | None = None
        while True:
            if self._stopping():
                self._counts.gave_way = True
                return
            most = self._profile.transport.batch_lines if self._line_up else 1
            lines = self._waiting.due_lines(now, everything, behind, most)
            if not lines:
                return
            behind = lines[-1]
            yield [line for line in lines if line.line.key not in self._doubted]

    def _messages(self, lines: Sequence[QueuedLine]) -> Iterator[tuple[Message, list[QueuedLine]]]:
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
                self._counts.queued += len(grouped)
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

    def _work(self, lines: Sequence[QueuedLine]) -> bool:
        """Send what is new, all together; ask about what is in doubt, one message at a time.

        What is not there is sent right behind its question: a platform that counts calls would
        else be asked and asked, with none left to send. False when the line is down.
        """
        fresh: list[tuple[Message, list[QueuedLine]]] = []
        doubtful: list[tuple[Message, list[QueuedLine]]] = []
        for spec, part in self._messages(lines):
            unknown = part[0].state is LineState.UNKNOWN
            (doubtful if unknown else fresh).append((spec, part))
        if not self._send_all(fresh):
            return False
        if self._line_up:  # an id for each question and for each message sent again
            self._fill_ids(sum(len(part) + 1 for _, part in doubtful))
        for spec, part in doubtful:
            if self._stopping():
                return True  # the rest stays as it is
            if not self._settle_unknown(spec, part):
                return False
        return True

    def _send_all(self, parts: Sequence[tuple[Message, list[QueuedLine]]]) -> bool:
        """Store all messages, send one after the other, settle all; False when the line is down.

        Those that were stored but not sent any more go back into the queue as they are.
        """
        if not parts:
            return True
        messages = self._prepare(parts)
        became: list[Became] = []
        done, up = 0, True
        try:
            for (spec, lines), message in zip(parts, messages, strict=True):
                if not up or self._stopping():
                    break
                done += 1
                up = self._send(spec, lines, message, became)
        finally:
            now = self._clock.now()
            for (_, lines), message in zip(parts[done:], messages[done:], strict=True):
                became += [_not_tried(line, message.msgid, now) for line in lines]
            self._write(became)
        self._unsettled = False
        return up

    def _prepare(self, parts: Sequence[tuple[Message, list[QueuedLine]]]) -> list[StoredMessage]:
        """The messages to send, on the disk. One stored for just these lines is reused."""
        self._fill_ids(sum(lines[0].message_id is None for _, lines in parts))
        sender, now = self._sender(), self._clock.now()

        def store() -> list[StoredMessage]:
            made = [self._message(spec, lines, sender, now) for spec, lines in parts]
            self._outbox.store_messages(made, now)
            return made

        self._unsettled = True
        return self._desk(store)

    def _message(
        self, spec: Message, lines: list[QueuedLine], sender: Sender, now: datetime
    ) -> StoredMessage:
        keys = tuple(line.line.key for line in lines)
        stored = self._outbox.message(lines[0].message_id) if lines[0].message_id else None
        if stored is not None and set(stored.keys) == set(keys):
            return stored
        if not self._ids:  # a stored message that no longer fits its lines
            self._ids += self._outbox.take_msgids(now, self._counter, 1)
        msgid = message_id(sender.store, self._ids.pop())
        identity = self._identity(spec, lines[0].line, sender, now)
        told = [replace(line.line, words={**line.line.words, **identity}) for line in lines]
        payload = wire_payload(told, spec, self._profile)
        if identity:
            sender = replace(sender, insured_in=lines[0].line.words.get(AREA, ""))
        body = message_body(
            infno=spec.infno,
            msgid=msgid,
            payload=payload,
            at=now,
            sender=sender,
            profile=self._profile,
        )
        return StoredMessage(msgid, spec.infno, lines[0].line.document, keys, body)

    def _identity(
        self, spec: Message, line: OutboxLine, sender: Sender, now: datetime
    ) -> dict[str, str]:
        """Who it was, out of the sealed record, where the region's form asks; on the desk lane.

        A document is one person's. What was dropped meanwhile is not told.
        """
        record = line.words.get(PERSON)
        if not record or not tells_person(spec):
            return {}
        held = self._sealed.open(Actor(now, sender.operator), record, _WHY_OPENED)
        return identity_words(held) if held else {}

    def _fill_ids(self, wanted: int) -> None:
        """At least so many message ids in hand, each on the disk as given out."""
        if len(self._ids) >= wanted:
            return
        # While much is carried, a second's worth at once: one commit for several batches.
        many = wanted > self._profile.transport.batch_lines // 2
        count, now = (IDS_A_SECOND if many else wanted - len(self._ids)), self._clock.now()
        self._ids += self._desk(lambda: self._outbox.take_msgids(now, self._counter, count))

    def _call(self, infno: str, body: bytes) -> Reply:
        if self._profile.transport.min_gap_s:
            self._pause(self._profile.transport.min_gap_s)
        return self._platform.send(infno, body)

    def _send(
        self, spec: Message, lines: list[QueuedLine], message: StoredMessage, became: list[Became]
    ) -> bool:
        reply = self._call(message.infno, message.body)
        if reply.body is None and not reply.sent:
            became += self._later(lines, message.msgid, reply.detail)
            return self._line(up=False, detail=reply.detail)
        if reply.body is None:
            became += self._doubt(lines, message.msgid, reply.detail)
            return self._stumbled(reply.detail)
        asked = Asked(spec.infno, message.msgid, self._heard)
        outcome = read_answer(reply.body, message.keys, asked, spec, self._profile)
        self._remember(reply.body, message.msgid)
        became += self._settled(lines, message.msgid, outcome)
        if outcome.doubt and not outcome.accepted and not outcome.refused:
            return self._stumbled(outcome.doubt)
        return self._answered()

    def _answered(self) -> bool:
        self._failed_in_round = 0
        return self._line(up=True)

    def _remember(self, body: bytes, msgid: str) -> None:
        """Keep the answer's id, so that one that comes again is known for another's."""
        told = reference(body)
        if told:
            self._heard.setdefault(told, msgid)
        if len(self._heard) > _MOST_HEARD:
            del self._heard[next(iter(self._heard))]

    def _settled(self, lines: list[QueuedLine], msgid: str, outcome: Outcome) -> list[Became]:
        """What an answer makes of each line."""
        counts = self._counts
        counts.errors += outcome.busy
        due = self._clock.now() + timedelta(seconds=self._unknown_wait(lines))
        became = []
        for line in lines:
            key = line.line.key
            if key in outcome.accepted:
                state, words = LineState.ACCEPTED, outcome.words
                counts.accepted += 1
            elif key in outcome.refused and not self._says_double(outcome.refused[key]):
                state, words = LineState.REFUSED, outcome.refused[key]
                counts.refused += 1
            else:  # words of a refused double tell what it means if the line is not there
                state = LineState.UNKNOWN
                words = outcome.refused.get(key) or outcome.words or outcome.doubt
                counts.unknown += 1
            became.append(Became(key, state, words, due, msgid))
        return became

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

    def _later(self, lines: list[QueuedLine], msgid: str, words: str) -> list[Became]:
        """Nothing reached the platform: back into the queue, tried again after a growing gap."""
        self._counts.queued += len(lines)
        self._counts.errors += 1
        due = self._clock.now() + timedelta(seconds=self._backoff(_tries(lines) + 1))
        return [Became(line.line.key, LineState.QUEUED, words, due, msgid) for line in lines]

    def _doubt(self, lines: list[QueuedLine], msgid: str, detail: str) -> list[Became]:
        """It may have been done: unknown, to be asked about when the platform has come to rest.

        After a time-out the platform may still be at work on it, so the question waits as long
        again as the answer was waited for.
        """
        self._counts.unknown += len(lines)
        self._counts.errors += 1
        timed_out = "Timeout" in detail or "slow" in detail
        wait = self._profile.transport.read_timeout_s if timed_out else self._unknown_wait(lines)
        due = self._clock.now() + timedelta(seconds=wait)
        return [Became(line.line.key, LineState.UNKNOWN, detail, due, msgid) for line in lines]

    def _unknown_wait(self, lines: Sequence[QueuedLine]) -> float:
        """Seconds until the question: longer each time a platform gives no proper answer."""
        backoff = self._backoff(_tries(lines) + 1)
        return max(self._profile.transport.unknown_wait_s, backoff)

    def _settle_unknown(self, spec: Message, lines: list[QueuedLine]) -> bool:
        """Ask for every line by its own serial; only what is surely not there is sent again.

        False when the line is down.
        """
        wait = (max(line.due_at for line in lines) - self._clock.now()).total_seconds()
        if wait > 0:
            self._pause(min(wait, self._profile.transport.read_timeout_s))
        told: dict[str, Told] = {}
        for line in lines:
            answer = self._ask(spec.query, line.line)
            if answer.found is None:
                self._write(self._ask_later(lines))
                return self._stumbled(spec.query.infno)
            told[line.line.key] = answer
        self._answered()
        missing = [line for line in lines if told[line.line.key].found is Found.NO]
        there = [line for line in lines if line not in missing]
        self._write([self._there(line, told[line.line.key], spec.query) for line in there])
        missing = self._not_settled(missing, told)
        return self._send_all([(spec, missing)] if missing else [])

    def _there(self, line: QueuedLine, answer: Told, query: Query) -> Became:
        """A line the platform holds: ours, or one of our number with other codes."""
        key, msgid = line.line.key, line.message_id
        now = self._clock.now()
        if answer.found is Found.YES:
            self._counts.accepted += 1
            return Became(key, LineState.ACCEPTED, query.infno, now, msgid)
        self._counts.unknown += 1
        due = now + _CONFLICT_WAIT
        return Became(key, LineState.UNKNOWN, Found.OTHER_CODES.value, due, msgid, tries=1)

    def _not_settled(
        self, missing: Sequence[QueuedLine], told: dict[str, Told]
    ) -> list[QueuedLine]:
        """The missing lines without those whose codes were sold by another.

        Only a person can mend those.
        """
        words: dict[str, str] = {}
        for line in missing:
            # A line that a person has queued again is sent once more, whatever was said before.
            before = line.platform_words if line.message_id else ""
            words[line.line.key] = told[line.line.key].words or before or ""
        settled = [ln for ln in missing if self._settled_elsewhere(ln.line, words[ln.line.key])]
        if settled:
            self._counts.refused += len(settled)
            refused, msgid = [line.line for line in settled], settled[0].message_id
            now = self._clock.now()
            self._desk(lambda: self._sold_there.settle_elsewhere(refused, words, msgid, now))
        return [line for line in missing if line not in settled]

    def _ask(self, query: Query, line: OutboxLine) -> Told:
        """Whether the line is there, and what the platform said of its code if it is not."""
        self._fill_ids(1)
        sender, profile = self._sender(), self._profile
        msgid = message_id(sender.store, self._ids.pop())
        payload = query_payload(query, line.key, sender, profile)
        body = message_body(
            infno=query.infno,
            msgid=msgid,
            payload=payload,
            at=self._clock.now(),
            sender=sender,
            profile=profile,
        )
        reply = self._call(query.infno, body)
        if reply.body is None:
            return Told()
        sent = [wire_code(code, profile.gs1_form) for code in line.codes]
        asked = Asked(query.infno, msgid, self._heard)
        told = read_query(
            query=query,
            body=reply.body,
            key=line.key,
            codes=(sent, line.codes),
            asked=asked,
            profile=profile,
        )
        self._remember(reply.body, msgid)
        return told

    def _ask_later(self, lines: Sequence[QueuedLine]) -> list[Became]:
        self._counts.unknown += len(lines)
        self._counts.errors += 1
        due = self._clock.now() + timedelta(seconds=self._backoff(_tries(lines) + 1))
        return [
            Became(
                line.line.key,
                LineState.UNKNOWN,
                line.platform_words or "",
                due,
                line.message_id,
                tries=1,
            )
            for line in lines
        ]

    def _write(self, became: Sequence[Became]) -> None:
        if not became:
            return
        self._doubted |= {one.key for one in became if one.state is LineState.UNKNOWN}
        now = self._clock.now()
        self._desk(lambda: self._outbox.settle_lines(became, now))

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


def _not_tried(line: QueuedLine, msgid: str, now: datetime) -> Became:
    """A line whose message was stored but did not leave: as it was, with that message."""
    words = line.platform_words or ""
    return Became(line.line.key, LineState.QUEUED, words, now, msgid, tries=-1)


def _tries(lines: Sequence[QueuedLine]) -> int:
    return max(line.attempts for line in lines)


def _group(queued: QueuedLine) -> tuple[str, str, str, str]:
    """Lines that travel together: one document's, in one state, of one message if it has one."""
    return (
        queued.line.document,
        queued.line.infno,
        queued.state.value,
        queued.message_id or "",
    )
