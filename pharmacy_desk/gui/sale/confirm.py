"""What asks first (整单取消?, a line of several boxes): its sentence stands in the verdict panel.

It counts as long as it can be read: any other word there takes the question away.
"""

from collections.abc import Callable

from pharmacy_desk.gui.base.said import Said
from pharmacy_desk.gui.widgets.verdict_panel import VerdictPanel


class Confirm:
    """One thing that Enter does while its sentence can be read."""

    def __init__(self, verdict: VerdictPanel) -> None:
        self._verdict = verdict
        self._said: Said | None = None
        self._do: Callable[[], None] = _nothing

    @property
    def asks(self) -> bool:
        """True while the question can be read."""
        return self._said is not None and self._verdict.said is self._said

    def ask(self, said: Said, do: Callable[[], None]) -> None:
        """From here on Enter does it; whoever asks shows what is said."""
        self._said, self._do = said, do

    def drop(self) -> None:
        """Nothing is confirmed any more."""
        self._said, self._do = None, _nothing

    def take(self) -> bool:
        """Enter: do what was asked; False when nothing was."""
        if not self.asks:
            return False
        do = self._do
        self.drop()
        do()
        return True


def _nothing() -> None:
    """Nothing was asked."""
