"""What is kept of scans: the last ones in memory for support, refused codes as events."""

from collections import deque
from collections.abc import Callable
from datetime import datetime

from pharmacy_desk.core.basics.events import Event, EventKind
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.people.free_text import kept, kept_scan
from pharmacy_desk.core.ports.events import EventLedger
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.scanning.scan import Kind, RawScan, Reading
from pharmacy_desk.counter.people.at_counter import AtCounter

# Support asks for "the last scans"; fifty are a minute of a busy counter.
RING_SIZE = 50


@dataclass(frozen=True, slots=True)
class RingEntry:
    """One scan kept in memory for support: masked unless it is a trace code or damaged."""

    at: datetime
    port: str
    kind: Kind
    shown: str
    answer: str


class ScanLog:
    """Remembers each scan with its answer; nobody's number is kept."""

    def __init__(
        self, events: EventLedger, who: AtCounter, document: Callable[[], str | None]
    ) -> None:
        self._events = events
        self._who = who
        self._document = document
        self.ring: deque[RingEntry] = deque(maxlen=RING_SIZE)

    def note(self, kind: EventKind, raw: RawScan, verdict: Verdict, at: datetime) -> None:
        """Keep a refused trace code or a damaged read as received, with its verdict."""
        reading = verdict.reading
        payload: dict[str, object] = {
            "verdict": verdict.name.value,
            "problem": reading.problem.value if reading.problem else None,
            "raw": kept_scan(raw.data, raw.at.date())[:4096].hex(),
            "port": raw.port,
            "scanned_at": raw.at.isoformat(),
        }
        self._events.note(
            Event(
                kind=kind,
                at=at,
                operator=self._who.operator,
                code=reading.code,
                document=self._document(),
                payload=payload,
            )
        )

    def remember(self, raw: RawScan, reading: Reading, answer: str) -> None:
        """Keep one scan in memory: masked unless it is a trace code or damaged."""
        keeps = reading.is_trace or reading.kind is Kind.DAMAGED
        shown = kept(reading.text, raw.at.date(), 80) if keeps else "*" * min(len(reading.text), 12)
        self.ring.append(RingEntry(raw.at, raw.port, reading.kind, shown, answer))
