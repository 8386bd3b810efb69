"""What the look-up puts on paper: a box's time line, and the record of its units (拆零)."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.sale.split_record import TITLE, SplitRow
from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.paper import a4
from pharmacy_desk.gui.paper.record_pages import life_sheet, split_sheet
from pharmacy_desk.gui.words import faults as faults_words


class LookupPaper:
    """Asks for a file name and writes there; `say` hears what became of it."""

    def __init__(self, desk: DeskView, parent: QWidget, say: Callable[[str], None]) -> None:
        self._desk = desk
        self._parent = parent
        self._say = say

    def ask_life(
        self, code: str, heads: Sequence[str], rows: Sequence[Sequence[str]], facts: Sequence[str]
    ) -> None:
        """The time line of a box, as it is shown."""
        path = self._ask(translate("Paper", "Time line of a box"), f"时间线-{code}.pdf")
        if path:
            self.save_life(path, heads, rows, facts)

    def save_life(
        self,
        path: Path,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        facts: Sequence[str],
    ) -> None:
        """Write the time line of a box to a file."""
        self._save(life_sheet(heads, rows, self._store, facts, self._desk.now()), path)

    def ask_split(self, code: str, rows: Sequence[SplitRow]) -> None:
        """The record of one opened box."""
        path = self._ask(TITLE, f"拆零记录-{code}.pdf")
        if path:
            self.save_split(path, code, rows)

    def save_split(self, path: Path, code: str, rows: Sequence[SplitRow]) -> None:
        """Write the record of one opened box to a file."""
        facts = (f"追溯码：{spaced(code)}",)
        self._save(split_sheet(rows, self._store, facts, self._desk.now()), path)

    @property
    def _store(self) -> str:
        return self._desk.settings().text("store.name")

    def _ask(self, title: str, proposed: str) -> Path | None:
        name, _ = QFileDialog.getSaveFileName(
            self._parent, title, proposed, translate("Split", "PDF (*.pdf)")
        )
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_suffix(".pdf")

    def _save(self, sheet: a4.Sheet, path: Path) -> None:
        try:
            a4.save_pdf(sheet, path)
        except WorldError as error:
            self._say("✕ " + " ".join(faults_words.fault(error)))
        else:
            self._say(translate("Split", "✓ Saved: %1").replace("%1", path.name))
