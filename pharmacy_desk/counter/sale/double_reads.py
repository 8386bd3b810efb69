"""A box that is read again at once: by its scanner, or by a person who was not told to yet."""

from collections.abc import Callable
from dataclasses import replace

from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.settings.settings import Settings


class DoubleReads:
    """Knows the box scanned last, and the one that came in by answering a question."""

    def __init__(self, settings: Callable[[], Settings], monotonic: Callable[[], float]) -> None:
        self._settings = settings
        self._monotonic = monotonic
        self._confirmable: tuple[str, Verdict] | None = None
        self._last_code: tuple[str, float] | None = None

    def came_in(self, verdict: Verdict) -> None:
        """A box came in by answering a question: its next scan confirms it."""
        if verdict.accepted and verdict.reading.code:
            self._confirmable = (verdict.reading.code, verdict)

    def ended(self) -> None:
        """The sale ended: what belonged to it is forgotten."""
        self._confirmable = self._last_code = None

    def confirmed(self, verdict: Verdict) -> Verdict | None:
        """The first scan of a box that came in by answering a question confirms it.

        The person was just told that the box is in without having scanned it again; calling that
        natural second scan a repeat would blame them.
        """
        if self._confirmable is None:
            return None
        code, earlier = self._confirmable
        if verdict.reading.code != code:
            return None
        self._confirmable = None
        self._last_code = (code, self._monotonic())
        return earlier if verdict.name is VerdictName.IN_THIS_SALE else None

    def silenced(self, verdict: Verdict) -> Verdict:
        """A repeat within the double-read window is the scanner's, not the person's: no tone."""
        code = verdict.reading.code
        if code is None:
            return verdict
        now = self._monotonic()
        window = self._settings().number("scanner.double_read_ms") / 1000
        repeated = self._last_code and self._last_code[0] == code
        silent = (
            bool(repeated)
            and self._last_code is not None
            and now - self._last_code[1] <= window
            and verdict.name is VerdictName.IN_THIS_SALE
        )
        self._last_code = (code, now)
        return replace(verdict, silent=True) if silent else verdict
