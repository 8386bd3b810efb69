"""A column at the right of a screen that fits its height, whatever is said and asked in it.

On a counter's screen (768 px, or 720 of a larger one at 150 %) a long answer, a question and the
payment do not stand above each other with the list of keys. What is least needed gives way first:
a little of the size of the verdict's words, then most of the keys, then what a part can do without
(`Compact`), then more of the size of the words. A hand on the mouse is never left without keys.
"""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from pharmacy_desk.gui.widgets.key_card import KeyCard
from pharmacy_desk.gui.widgets.verdict_panel import VerdictPanel

_GAP = 8


@runtime_checkable
class Compact(Protocol):
    """A part that can do with less room while something else is asked."""

    @property
    def full_height(self) -> int:
        """How high it is when it shows everything."""
        ...

    def make_compact(self, *, compact: bool) -> None:
        """Show only what must stay in sight, or everything."""
        ...


class Column(QWidget):
    """Verdict above, then parts, and at the bottom those that stay and the keys."""

    def __init__(self, verdict: VerdictPanel, keys: KeyCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict = verdict
        self._keys = keys
        self._above: list[QWidget] = []
        self._below: list[QWidget] = []
        # Looked at once: what a protocol asks of a class takes longer than all the rest here.
        self._compact: dict[QWidget, Compact] = {}
        self._fitting = False
        self._fitted: tuple[object, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(_GAP)
        self._layout.addWidget(verdict)
        self._layout.addStretch(1)
        self._layout.addWidget(keys)
        verdict.fit_into(self._room_for_verdict)
        verdict.grown.connect(self.fit)

    def add(self, part: QWidget) -> None:
        """Put a part below the verdict and the parts before."""
        self._above.append(part)
        self._layout.insertWidget(len(self._above), part)
        self._know(part)

    def add_at_bottom(self, part: QWidget) -> None:
        """Put a part above the keys."""
        self._below.append(part)
        self._layout.insertWidget(self._layout.count() - 1, part)
        self._know(part)

    def _know(self, part: QWidget) -> None:
        if isinstance(part, Compact):
            self._compact[part] = part

    @property
    def _parts(self) -> list[QWidget]:
        return [*self._above, *self._below]

    def minimumSizeHint(self) -> QSize:
        """Qt's hook: the column fits itself, it does not push the window's lower edge out."""
        return QSize(super().minimumSizeHint().width(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook."""
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """Qt's hook: a part wants another size, came, or went.

        Fitting asks the parts for their sizes anew, and Qt tells of that by such an event again: a
        column that fits already would fit itself without end, and a counter at rest never be idle.
        """
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self._wanted() != self._fitted:
            self.fit()
        return done

    def _wanted(self) -> tuple[object, ...]:
        """All that a fit goes by: the room, who is in sight, and how high each wants to be."""
        parts = (*self._parts, self._keys)
        return (
            self.size(),
            self._verdict.said,
            *((part.isVisibleTo(self), self._height_of(part), self._full(part)) for part in parts),
        )

    def fit(self) -> None:
        """Let what is least needed give way."""
        if self._fitting or not self.isVisible():
            return
        self._fitting = True
        self._forget_sizes()
        asked = self.asked()
        room = self.height() - self._taken(full=True)
        beside_keys = room - self._keys.full_height - _GAP
        crowded = self._keys.shrinks and self._verdict.needed(smaller=True) > beside_keys
        self._keys.make_compact(compact=crowded)
        # A question has its own keys, and owns them all while it is open.
        self._keys.setVisible(not asked)
        for part in self._compact.values():
            part.make_compact(compact=asked and self._verdict.needed() > room)
        self._forget_sizes()
        self._verdict.fit()
        self._layout.invalidate()
        self._layout.activate()
        self._fitting = False
        self._fitted = self._wanted()

    def asked(self) -> bool:
        """True while a question is open; here every part below the verdict is one."""
        return any(part.isVisibleTo(self) for part in self._above)

    def _forget_sizes(self) -> None:
        """Layouts keep the sizes of their parts until an event that is still to come."""
        for part in self._parts:
            for layout in part.findChildren(QLayout):
                layout.invalidate()

    def _room_for_verdict(self) -> int:
        """What the verdict may take beside what is in sight."""
        if not self.isVisible():
            return 0
        keys = self._height_of(self._keys) + _GAP if self._keys.isVisibleTo(self) else 0
        return self.height() - self._taken(full=False) - keys

    def _taken(self, *, full: bool) -> int:
        """What the parts in sight take, with the gap above each."""
        shown = [part for part in self._parts if part.isVisibleTo(self)]
        return sum((self._full(part) if full else self._height_of(part)) + _GAP for part in shown)

    def _full(self, part: QWidget) -> int:
        """How high a part is when it shows everything."""
        compact = self._compact.get(part)
        return compact.full_height if compact else self._height_of(part)

    def _height_of(self, part: QWidget) -> int:
        if part.hasHeightForWidth():
            return part.heightForWidth(self.width())
        return part.sizeHint().height()
