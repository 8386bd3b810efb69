"""The porter: who works at the counter, by PIN or badge, and the lock. On the desk lane.

A scanned badge or a scan at a locked counter never reaches the sale.
"""

from collections.abc import Callable

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.people.people import Operator, badge_text
from pharmacy_desk.core.people.roles import Role
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.ports.people import PeopleLedger
from pharmacy_desk.core.scanning.scan import Kind, RawScan, Reading
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import ScanAnswer, ScanDid, SignInAnswer, SignInDid
from pharmacy_desk.counter.people.answers import LockAnswer, LockDid
from pharmacy_desk.counter.people.approvals import Approvals
from pharmacy_desk.counter.people.at_counter import AtCounter

_STAFF = frozenset({Role.CLERK.value, Role.PHARMACIST.value})


@dataclass(slots=True)
class _Enrolling:
    """A badge being enrolled: whose, and what the first of two scans said (memory only)."""

    person: str
    first: str = ""


class Porter:
    """Knows who works here, lets others in, and keeps scans from a locked counter."""

    def __init__(
        self,
        *,
        people: PeopleLedger,
        who: AtCounter,
        approvals: Approvals,
        clock: Clock,
        settings: Callable[[], Settings],
        post: Callable[[news.News], None],
    ) -> None:
        self._people = people
        self._who = who
        self._approvals = approvals
        self._clock = clock
        self._settings = settings
        self._post = post
        self._enrolling: _Enrolling | None = None
        self.locked = people.counter_locked

    # --- scans ----------------------------------------------------------------------------

    def takes(self, raw: RawScan, reading: Reading, number: int) -> ScanAnswer | None:
        """Whether a scan is a badge or comes to a locked counter; None leaves it to the sale.

        An ordinary trace code costs two comparisons, never a question to the disk.
        """
        if reading.kind is Kind.UNKNOWN or self._enrolling:
            taken = self._badge(reading, number)
            if taken:
                return taken
        if self.locked:
            self._post(news.ScannedWhileLocked(number, raw.port))
            return ScanAnswer(ScanDid.LOCKED, number)
        return None

    def _badge(self, reading: Reading, number: int) -> ScanAnswer | None:
        text = badge_text(reading)
        if self._enrolling and not self.locked:
            wrong = self._enrol(self._enrolling, text, number)
            return ScanAnswer(ScanDid.ENROLLED, number, refused=wrong)
        holder = self._people.badge_holder(text) if text else None
        if holder is None:
            return None
        refused = self._badge_refusal(holder)
        if not refused:
            self._enter(holder, "badge")
        self._post(news.BadgeScanned(holder.id, holder.name, refused, number))
        what = ScanDid.BADGE_REFUSED if refused else ScanDid.SIGNED_IN
        return ScanAnswer(what, number, refused=refused)

    def _badge_refusal(self, holder: Operator) -> str:
        """Why a badge does not sign in by itself: a PIN is wanted, or the number is locked."""
        now = self._clock.now()
        if any(p.operator.id == holder.id and p.locked(now) for p in self._people.people()):
            return "locked_out"
        alone = self._settings().text("people.badge_alone")
        enough = alone == "all" or (alone == "staff" and holder.role in _STAFF)
        # A yes always needs the PIN: whoever holds a lost badge must not approve.
        return "" if enough and self._approvals.waiting is None else "needs_pin"

    # --- people ---------------------------------------------------------------------------

    def sign_in(self, person: str, pin: str) -> SignInAnswer:
        """Somebody takes over the counter by number and PIN; the sale stays as it is."""
        known = self._who.sign_in(person, pin)
        if isinstance(known, str):
            return SignInAnswer(SignInDid(known), person)
        self.locked = False
        self._post(news.SignedIn(known.id, known.name, known.role))
        return SignInAnswer(SignInDid.SIGNED_IN, person)

    def _enter(self, person: Operator, way: str) -> None:
        self._who.take_over(person, way)
        self.locked = False
        self._post(news.SignedIn(person.id, person.name, person.role))

    def lock(self, why: str) -> LockAnswer:
        """Lock the counter (`why`: `key`, `idle`, `start`), unless nobody could sign in again."""
        if self.locked or not self._who.has_people:
            self._post(news.CounterLocked(self.locked))
            return LockAnswer(LockDid.ALREADY if self.locked else LockDid.NOBODY)
        self._approvals.drop()
        self.stop_enrolling()
        self._people.lock_counter(self._who.actor(), why)
        self.locked = True
        self._post(news.CounterLocked(True))
        return LockAnswer(LockDid.LOCKED)

    # --- badges ---------------------------------------------------------------------------

    def begin_enrolling(self, person: str) -> None:
        """The next two scans are this person's badge."""
        self._enrolling = _Enrolling(person)

    def stop_enrolling(self) -> str:
        """Scans are the sale's again; whose badge was being enrolled, empty where none was."""
        enrolling, self._enrolling = self._enrolling, None
        return enrolling.person if enrolling else ""

    def _enrol(self, enrolling: _Enrolling, text: str | None, number: int) -> str:
        """One of two scans; what was wrong with it, empty when nothing was."""
        if text is not None and text == enrolling.first:
            return self.give(enrolling.person, text, number)
        wrong = ""
        if text is None:
            wrong = "not_a_badge"
        elif enrolling.first:
            enrolling.first, wrong = "", "not_the_same"
        else:
            enrolling.first = text
        scans = int(bool(enrolling.first))
        self._post(news.Enrolling(enrolling.person, scans, wrong, number))
        return wrong

    def give(self, person: str, text: str, number: int = 0) -> str:
        """Make this the person's badge, unless somebody else has it: then says so."""
        self.stop_enrolling()
        given = self._people.set_badge(self._who.actor(), person, text)
        wrong = "" if given else "somebody_elses"
        self._post(news.Enrolling(person, 2, wrong, number))
        return wrong
