"""查码: a box's history. Scan it or type its code; reprint its receipt; take it back (F6)."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pharmacy_desk.adapters.store.reading import HistoryRow, Reader
from pharmacy_desk.core.custody import BoxState
from pharmacy_desk.core.drugs import Item
from pharmacy_desk.core.judge import BoxRecord, ClaimState, Earlier
from pharmacy_desk.core.recognise import recognise_text
from pharmacy_desk.core.scan import Kind, Reading, spaced
from pharmacy_desk.counter import news
from pharmacy_desk.counter.desk import ScanTarget
from pharmacy_desk.gui import fault_texts, stock_texts, texts
from pharmacy_desk.gui.desk_view import DeskView
from pharmacy_desk.gui.said import translate
from pharmacy_desk.gui.section import Section, run
from pharmacy_desk.gui.widgets.parts import Card, button, plain
from pharmacy_desk.gui.widgets.table import Rows, TableView


@dataclass(frozen=True, slots=True)
class BoxLife:
    """What the ledger says about one code."""

    code: str
    item: Item | None
    earlier: Earlier | None
    rows: list[HistoryRow]
    state: BoxState | None = None
    record: BoxRecord | None = None


class LookupScreen(Section):
    """One code, its state, its events."""

    target = ScanTarget.LOOK_UP

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._life: BoxLife | None = None
        self.field = QLineEdit()
        self.field.setObjectName("search")
        self.field.setMaxLength(120)
        self.field.setPlaceholderText(
            translate("Lookup", "Scan a box, or type its trace code or a receipt number")
        )
        self.field.returnPressed.connect(self._typed)
        self._state = plain(px=26, bold=True)
        self._detail = plain(quiet=True)
        self._reason = QComboBox()
        self._reason.addItem(translate("Lookup", "quality problem"), "质量问题")
        self._reason.addItem(translate("Lookup", "recall"), "召回")
        self._reason.addItem(translate("Lookup", "wrong drug given"), "错发")
        self._reason.addItem(translate("Lookup", "other"), "其他")
        self._return = button(translate("Lookup", "Take back (F6)"), self.take_back)
        self._print = button(translate("Lookup", "Print receipt again (Ctrl+P)"), self.print_again)
        self.rows: Rows[HistoryRow] = Rows(
            [
                translate("Lookup", "When"),
                translate("Lookup", "What"),
                translate("Lookup", "Document"),
                translate("Lookup", "Counter"),
                translate("Lookup", "Operator"),
                translate("Lookup", "Details"),
            ],
            self._cells,
        )
        self.table = TableView(translate("Lookup", "No code looked up yet."), 5)
        self.table.show_model(self.rows, (190, 190, 190, 80, 90, 300))
        self._lay_out()
        self._show_life(None)

    def _lay_out(self) -> None:
        head = Card()
        words = QVBoxLayout()
        words.addWidget(self._state)
        words.addWidget(self._detail)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(self._reason)
        row.addWidget(self._return)
        row.addWidget(self._print)
        head.body.addLayout(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 10)
        layout.setSpacing(10)
        layout.addWidget(self.field)
        layout.addWidget(head)
        layout.addWidget(self.table, 1)

    def press(self, key: str) -> bool:
        """F6 takes a box back, Ctrl+P prints its receipt again."""
        actions = {"F6": self.take_back, "Ctrl+P": self.print_again}
        return run(actions, key)

    def shown(self) -> None:
        """The screen comes to the front."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def hear(self, message: news.News) -> None:
        """React to what the clerk posts."""
        if isinstance(message, news.LookedUp) and self.isVisible():
            self.look_up(message.reading)
        elif isinstance(message, news.Returned) and self.isVisible():
            self._returned(message)
        elif isinstance(message, (news.QueueChanged, news.Printed, news.Moved)) and self._life:
            self._ask(self._life.code)

    def look_up(self, reading: Reading) -> None:
        """Show what is known about a scanned thing; personal codes are shown masked."""
        if reading.code and (reading.is_trace or reading.code_needs_map):
            self.field.setText(reading.code)
            self._ask(reading.code)
            return
        self._show_life(None)
        self._state.setText(translate("Lookup", "✕ Not a trace code"))
        self._detail.setText(f"{texts.kind(reading.kind)}: {reading.shown(60)}")

    def _typed(self) -> None:
        text = self.field.text().strip().replace(" ", "")
        reading = recognise_text(text, self._desk.now().date())
        if reading.is_trace or reading.code_needs_map:
            self.look_up(reading)
        elif text:
            self._desk.asker.ask(lambda reader: _first_code(reader, text), self._found_receipt)

    def _found_receipt(self, code: str | None) -> None:
        if code:
            self._ask(code)
        else:
            text = self.field.text().strip()
            self.look_up(Reading(Kind.UNKNOWN, text))

    def _ask(self, code: str) -> None:
        self._desk.asker.ask(lambda reader: _life(reader, code), self._show_life)

    def _show_life(self, life: BoxLife | None) -> None:
        self._life = life
        self.rows.show(life.rows if life else [])
        sold = bool(life and life.earlier and life.earlier.state is ClaimState.FINAL)
        self._return.setEnabled(sold)
        self._reason.setEnabled(sold)
        self._print.setEnabled(sold)
        self.table.set_empty_text(
            translate("Lookup", "This shop has no record of this code.")
            if life
            else translate("Lookup", "No code looked up yet.")
        )
        if life is None:
            self._state.setText(translate("Lookup", "A box's history"))
            self._detail.setText(translate("Lookup", "Every step of a box that this shop knows."))
            return
        self._state.setText(self._state_words(life))
        self._detail.setText(" · ".join(_facts(life)))

    def _state_words(self, life: BoxLife) -> str:
        claim = life.earlier.state if life.earlier else None
        if life.earlier and claim is ClaimState.LIVE:
            return translate("Lookup", "! In an open sale")
        if life.earlier and claim is ClaimState.FINAL and life.state is BoxState.SOLD:
            return translate("Lookup", "✓ Sold, receipt %1").replace("%1", life.earlier.sale)
        if life.state is not None:
            return stock_texts.state(life.state)
        return translate("Lookup", "? Never sold here")

    def take_back(self) -> None:
        """A customer brings this box back."""
        life = self._life
        if life and life.earlier and life.earlier.state is ClaimState.FINAL:
            reason = str(self._reason.currentData())
            self._desk.clerk.take_back(life.earlier.sale, life.code, reason)

    def _returned(self, heard: news.Returned) -> None:
        if heard.refused == "sold_in_parts":
            self._detail.setText(
                translate("Lookup", "Not taken back: this box was opened and sold in parts.")
            )
        elif heard.refused:
            self._detail.setText(translate("Lookup", "Not taken back: it is not on that receipt."))
        else:
            self._ask(heard.code)

    def print_again(self) -> None:
        """Print the receipt of this box again, marked as a copy."""
        life = self._life
        if life and life.earlier and life.earlier.state is ClaimState.FINAL:
            self._desk.clerk.print_again(life.earlier.sale)

    def _cells(self, row: HistoryRow) -> tuple[str, ...]:
        detail = ""
        if row.event == "upload_settled":
            detail = _platform_words(row.payload)
        elif row.event == "box_returned":
            detail = str(row.payload.get("reason", ""))
        elif row.event in ("scan_refused", "read_damaged"):
            detail = str(row.payload.get("verdict", ""))
        elif row.event == "box_reserved":
            detail = str(row.payload.get("port", ""))
        elif row.event == "units_sold":
            words = translate("Lookup", "%1 sold, %2 left")
            words = words.replace("%1", str(row.payload.get("units", "")))
            detail = words.replace("%2", str(row.payload.get("left", "")))
        elif "party" in row.payload:
            told = (str(row.payload.get(key) or "") for key in ("party", "lot"))
            detail = " · ".join(part for part in told if part)
        return (
            f"{row.at:%Y-%m-%d %H:%M:%S}",
            texts.event(row.event),
            row.document or "",
            row.counter,
            row.operator,
            detail,
        )


def _life(reader: Reader, code: str) -> BoxLife:
    known = code[2:16] if len(code) > 20 and code.startswith("01") else code[:7]
    record = reader.record(code)
    item = reader.drug_of(known) or (reader.find_item(record.item) if record else None)
    return BoxLife(
        code, item, reader.earlier(code), reader.history(code), reader.state(code), record
    )


def _facts(life: BoxLife) -> list[str]:
    """What the box is and, if it was received or moved here, what is recorded of it."""
    drug = life.item.name if life.item else translate("Lookup", "drug not known")
    told, record = [spaced(life.code), drug], life.record
    if record is None:
        return told
    if record.batch.lot:
        told.append(translate("Lookup", "lot %1").replace("%1", record.batch.lot))
    if record.batch.expiry:
        told.append(translate("Lookup", "until %1").replace("%1", f"{record.batch.expiry}"))
    if record.units_left is not None:
        told.append(translate("Lookup", "%1 units left").replace("%1", str(record.units_left)))
    return [*told, *(part for part in (record.party, record.document) if part)]


def _first_code(reader: Reader, text: str) -> str | None:
    number = reader.find_sale(text)
    sale = reader.sale(number) if number else None
    codes = sale.codes() if sale else ()
    return codes[0] if codes else None


def _platform_words(payload: dict[str, object]) -> str:
    lines = payload.get("lines")
    if not isinstance(lines, dict):
        return ""
    found = {
        f"{texts.outbox_state(str(line.get('state')), None)} "
        f"{fault_texts.platform_words(str(line.get('words', '')))}".strip()
        for line in lines.values()
        if isinstance(line, dict)
    }
    return "；".join(sorted(found))
