"""Save posted documents as files: the acceptance record, and the goods for another program."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.stock.files.document_file import document_table, uncoded
from pharmacy_desk.core.stock.movement import RECORDED, Movement, MovementKind
from pharmacy_desk.core.stock.receiving import AcceptanceLine
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.receiving import notes
from pharmacy_desk.gui.words import faults as faults_words

Say = Callable[[Said], None]


def ask_record(desk: DeskView, numbers: Sequence[str], parent: QWidget, say: Say) -> None:
    """Ask for a file name, then write the acceptance record of these documents there."""
    name, _ = QFileDialog.getSaveFileName(
        parent,
        translate("Stock", "Acceptance record"),
        f"验收记录-{numbers[0]}.xlsx",
        translate("Stock", "Tables (*.xlsx *.csv)"),
    )
    if name:
        save_record(desk, numbers, Path(name), say)


def save_record(desk: DeskView, numbers: Sequence[str], path: Path, say: Say) -> None:
    """Write the acceptance record of these documents, XLSX or CSV by the file's name."""
    path = _named(path, ".xlsx")

    def write(lines: list[AcceptanceLine]) -> None:
        desk.stock.files.save_records(
            path, lines, lambda answer: say(_said(answer, notes.exported(path.name, len(lines))))
        )

    desk.asker.ask(lambda reader: reader.documents.acceptance(numbers), write)


def ask_goods(desk: DeskView, number: str, kind: MovementKind, parent: QWidget, say: Say) -> None:
    """Ask for a file name, then write the goods of a document there."""
    name, _ = QFileDialog.getSaveFileName(
        parent,
        translate("Stock", "Goods of the document"),
        f"{_word(kind)}-{number}.csv",
        translate("Stock", "Tables (*.xlsx *.csv)"),
    )
    if name:
        save_goods(desk, number, Path(name), say)


def save_goods(desk: DeskView, number: str, path: Path, say: Say) -> None:
    """Write what a document moved, codes, lots and dates, as other desks and ERPs read it."""
    path = _named(path, ".csv")
    settings = desk.settings()
    store = settings.text("store.name") or settings.text("store.code")

    def write(document: Movement | None) -> None:
        if document is None:
            say(notes.nothing_to_export())
            return
        table = document_table(document, store)
        said = notes.goods_saved(path.name, len(table) - 1, uncoded(document))
        desk.stock.files.save_table(
            path, _word(document.kind), table, lambda answer: say(_said(answer, said))
        )

    desk.asker.ask(lambda reader: reader.documents.movement(number), write)


def _word(kind: MovementKind) -> str:
    """What the file is called; in Chinese whatever the window's language, as its columns are."""
    if kind in RECORDED:
        return "到货明细"
    return "调拨清单" if kind is MovementKind.TRANSFER_OUT else "追溯码清单"


def _named(path: Path, suffix: str) -> Path:
    known = path.suffix.lower() in (".xlsx", ".csv")
    return path if known else path.with_name(path.name + suffix)


def _said(answer: object, done: Said) -> Said:
    if isinstance(answer, WorldError):
        return Said(theme.NO, translate("Stock", "Not saved"), *faults_words.fault(answer))
    return done
