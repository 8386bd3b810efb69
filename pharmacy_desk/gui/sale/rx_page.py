"""The question for the prescription a sale is sold on: filled in as it stands on the paper."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from pharmacy_desk.core.catalogue.drug_list import parse_day
from pharmacy_desk.core.sale.dispensing import needs_prescription, packs_of
from pharmacy_desk.core.sale.prescription import (
    MOST_INSTITUTION_CHARS,
    MOST_NAME_CHARS,
    Checkers,
    Prescription,
    RxOrder,
    order_flaw,
)
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.scanning.scan import Reading
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.form_scroll import FormScroll
from pharmacy_desk.gui.widgets.number_pad import number_pads
from pharmacy_desk.gui.widgets.parts import Card, button, plain
from pharmacy_desk.gui.words.rx_answers import lacking

# A photograph of a form; more is no picture of a sheet of paper.
_MOST_PICTURE_BYTES = 8 * 1024 * 1024
# More drugs than stand on one prescription form (five by law) are not asked here.
_MOST_DRUGS = 5
# Three rows of the form, where a long answer beside it needs the room of the others.
_LOW_PX = 174
# The code of an electronic prescription is longer than any number.
_MOST_TOKEN_CHARS = 200


class RxPage(Card):
    """Number, institution, prescriber, date, what is prescribed and who checked it.

    Enter leads on; in an empty field that offers something (today, this area, this clerk) it
    takes that, in sight. Past the last field it keeps the prescription.
    """

    said = Signal(object)
    # A number was entered: it may be known here.
    number_entered = Signal(str)
    # What stands in the number's field is the code of an electronic one.
    electronic_said = Signal(str)
    # The number of the sale's prescription was emptied.
    taken_off = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._today = date.min
        self._has_one = False
        self._picture = b""
        self._drugs: list[tuple[str, QLineEdit]] = []
        self._paper = FormScroll(_LOW_PX)
        self.first = self._field(translate("Ask", "Prescription number"), _MOST_TOKEN_CHARS)
        self.issued = self._field(translate("Ask", "Date"), 12)
        self.institution = self._field(translate("Ask", "Institution"), MOST_INSTITUTION_CHARS)
        self.area = self._field(translate("Ask", "Its area (6 digits)"), 6)
        self.prescriber = self._field(translate("Ask", "Prescriber"), MOST_NAME_CHARS)
        self.diagnosis = self._field(translate("Ask", "Diagnosis (sealed)"), 100)
        self.reviewer = self._field(translate("Ask", "Reviewed by (number)"), 20)
        self.dispenser = self._field(translate("Ask", "Dispensed by"), 20)
        self.checker = self._field(translate("Ask", "Checked by"), 20)
        number_pads(self.first, self.issued, sign="-")
        number_pads(self.area, self.reviewer, self.dispenser, self.checker)
        self._title = plain(bold=True)
        self._hint = plain(px=14, quiet=True)
        self._packs = QWidget()
        self._packs_grid = QGridLayout(self._packs)
        self._picture_button = button("", self._ask_picture)
        self._electronic = button(translate("Ask", "Electronic (Alt+E)"), self._look_up)
        self._lay_out()

    def _field(self, name: str, most: int) -> QLineEdit:
        made = QLineEdit()
        made.setMaxLength(most)
        made.setAccessibleName(name)
        made.returnPressed.connect(lambda: self._entered(made))
        self._paper.follow(made)
        return made

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(1)
        pairs = (
            (self.first, self.issued),
            (self.institution, self.area),
            (self.prescriber, self.diagnosis),
        )
        for row, (left, right) in enumerate(pairs):
            for place, (field, span) in enumerate(((left, 4), (right, 2))):
                name = plain(field.accessibleName(), px=14, quiet=True)
                grid.addWidget(name, row * 2, place * 4, 1, span)
                grid.addWidget(field, row * 2 + 1, place * 4, 1, span)
        for place, field in enumerate((self.reviewer, self.dispenser, self.checker)):
            grid.addWidget(plain(field.accessibleName(), px=14, quiet=True), 6, place * 2, 1, 2)
            grid.addWidget(field, 7, place * 2, 1, 2)
        self._packs_grid.setContentsMargins(0, 0, 0, 0)
        self._packs_grid.setSpacing(2)
        self._picture_button.setShortcut(QKeySequence("Alt+P"))
        foot = QHBoxLayout()
        self._electronic.setShortcut(QKeySequence("Alt+E"))
        foot.addWidget(self._picture_button)
        foot.addWidget(self._electronic)
        foot.addStretch(1)
        foot.addWidget(button(translate("Ask", "Keep it (Enter)"), self._submit, primary=True))
        self.body.setSpacing(4)
        for part in (self._title, self._hint):
            self.body.addWidget(part)
        self._paper.body.addLayout(grid)
        self._paper.body.addWidget(self._packs)
        self.body.addWidget(self._paper)
        self.body.addLayout(foot)

    @property
    def full_height(self) -> int:
        """How high it is with the whole paper in sight."""
        height = self.heightForWidth(self.width())
        return height - self._paper.sizeHint().height() + self._paper.full_height

    def make_compact(self, *, compact: bool) -> None:
        """Let the paper scroll, or stand there whole."""
        self._paper.make_compact(compact=compact)

    def begin(self, sale: Sale | None, area: str, today: date, operator: str) -> None:
        """Ask for this sale; what the store may offer stands in the empty fields."""
        self._today = today
        for field in self._fields():
            field.clear()
        self.issued.setPlaceholderText(today.isoformat())
        self.area.setPlaceholderText(area)
        self.dispenser.setPlaceholderText(operator)
        self._take_picture(b"", "")
        self._title.setText(translate("Ask", "Prescription for this sale"))
        lines = [line for line in sale.lines if needs_prescription(line)] if sale else []
        self._show_drugs([(ln.item.code, ln.item.name, ln.item.name, packs_of(ln)) for ln in lines])
        known = sale.prescription if sale else None
        self._has_one = known is not None
        if known:
            self.show_known(known)
        else:
            self._tell(translate("Ask", "As it stands on the paper. Enter leads on, Esc leaves."))

    def show_known(self, known: Prescription) -> None:
        """A prescription that is kept here: what it says, and what is left on it."""
        told = (
            (self.first, known.number),
            (self.institution, known.institution),
            (self.area, known.area),
            (self.prescriber, known.prescriber),
            (self.issued, known.issued.isoformat()),
            (self.reviewer, known.checkers.reviewer),
            (self.dispenser, known.checkers.dispenser),
            (self.checker, known.checkers.checker),
        )
        for field, text in told:
            field.setText(text)
        words = translate("Ask", "%1 (%2 left)")
        self._show_drugs(
            [
                (drug.item, drug.name, _told_left(words, drug.name, drug.left), drug.quantity)
                for drug in known.drugs
            ]
        )
        left = any(drug.left for drug in known.drugs)
        still = translate("Ask", "Known here. What is left stands at each drug.")
        gone = translate("Ask", "Known here, and used up.")
        self._tell(still if left else "✕ " + gone)

    def scanned(self, reading: Reading) -> None:
        """A scan while the question is open: the number in the prescription's barcode."""
        if reading.is_personal:
            self._tell(translate("Ask", "✕ That is a person's code, no prescription number."))
        elif reading.is_trace or not 0 < len(reading.text.strip()) <= _MOST_TOKEN_CHARS:
            self._tell(translate("Ask", "✕ That is no prescription number."))
        else:
            self.first.setText(reading.text.strip())
            self._tell(translate("Ask", "Scanned. Enter: a paper's number. Alt+E: electronic."))

    def order(self) -> RxOrder:
        """What is filled in."""
        return RxOrder(
            number=self.first.text().strip(),
            institution=self.institution.text().strip(),
            area=self.area.text().strip(),
            prescriber=self.prescriber.text().strip(),
            issued=parse_day(self.issued.text()),
            drugs=tuple((code, _whole(field.text())) for code, field in self._drugs),
            checkers=Checkers(
                self.reviewer.text().strip(),
                self.dispenser.text().strip(),
                self.checker.text().strip(),
            ),
            diagnosis=self.diagnosis.text().strip(),
            picture=self._picture,
        )

    def take_picture(self, path: Path) -> None:
        """The picture of the prescription, from a file."""
        try:
            data = path.read_bytes() if path.stat().st_size <= _MOST_PICTURE_BYTES else b""
        except OSError:
            data = b""
        self._take_picture(data, path.name)
        if not data:
            self._tell(translate("Ask", "✕ This picture cannot be read, or is larger than 8 MB."))

    def _take_picture(self, data: bytes, name: str) -> None:
        self._picture = data
        words = translate("Ask", "✓ %1 (Alt+P)").replace("%1", name[:8])
        self._picture_button.setText(words if data else translate("Ask", "Picture (Alt+P)"))

    def _look_up(self) -> None:
        """Alt+E: the number's field holds the code that the patient has shown."""
        token = self.first.text().strip()
        if token:
            self.electronic_said.emit(token)
        else:
            self._tell(translate("Ask", "✕ Scan the code of the electronic prescription first."))
            self.first.setFocus()

    def _ask_picture(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            translate("Ask", "Picture of the prescription"),
            "",
            translate("Ask", "Pictures (*.jpg *.jpeg *.png *.pdf)"),
        )
        if name:
            self.take_picture(Path(name))

    def _show_drugs(self, drugs: Sequence[tuple[str, str, str, int]]) -> None:
        """A row for each: code, name, what stands in front of the field, packs."""
        while (part := self._packs_grid.takeAt(0)) is not None:
            widget = part.widget()
            if widget:
                widget.deleteLater()
        self._drugs = []
        for row, (code, name, told, packs) in enumerate(drugs[:_MOST_DRUGS]):
            field = self._field(translate("Ask", "Packs of %1").replace("%1", name), 3)
            field.setText(str(packs))
            field.setFixedWidth(64)
            self._packs_grid.addWidget(plain(told, px=14), row, 0)
            self._packs_grid.addWidget(field, row, 1)
            self._drugs.append((code, field))
        self._packs_grid.setColumnStretch(0, 1)
        self._packs.setVisible(bool(self._drugs))

    def _fields(self) -> list[QLineEdit]:
        """Every field in the order in which Enter goes through them."""
        return [
            self.first,
            self.issued,
            self.institution,
            self.area,
            self.prescriber,
            self.diagnosis,
            self.reviewer,
            self.dispenser,
            self.checker,
            *(field for _, field in self._drugs),
        ]

    def _entered(self, field: QLineEdit) -> None:
        """Enter: take what is offered, in sight, and lead on; past the last field keep it."""
        if not field.text().strip() and field.placeholderText():
            field.setText(field.placeholderText())
        number = self.first.text().strip()
        if field is self.first and not number and self._has_one:
            self.taken_off.emit()
            return
        if field is self.first and number:
            self.number_entered.emit(number)
        fields = self._fields()
        place = fields.index(field) + 1
        if place < len(fields):
            fields[place].setFocus()
            fields[place].selectAll()
        else:
            self._submit()

    def _submit(self) -> None:
        order = self.order()
        flaw = order_flaw(order, self._today)
        if not flaw:
            self.said.emit(order)
            return
        self._tell("✕ " + lacking(flaw))
        where = {
            "number": self.first,
            "institution": self.institution,
            "prescriber": self.prescriber,
            "area": self.area,
            "issued": self.issued,
            "drugs": self._drugs[0][1] if self._drugs else self.first,
        }[flaw]
        where.setFocus()

    def _tell(self, text: str) -> None:
        self._hint.setText(text)


def _told_left(words: str, name: str, left: int) -> str:
    return words.replace("%2", str(left)).replace("%1", name)


def _whole(text: str) -> int:
    """Packs as they were typed; 0 where it is no number, which the order's check names."""
    plain_text = text.strip()
    return int(plain_text) if plain_text.isascii() and plain_text.isdigit() else 0
