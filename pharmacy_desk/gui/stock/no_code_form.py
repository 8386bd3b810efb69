"""The form of a new entry of the no-code library (无码库), in as few rows as a small screen has."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from pharmacy_desk.core.catalogue.drug_list import parse_day
from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.stock.no_code import Draft, Flaw, NoCodeReason
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.number_pad import number_pads
from pharmacy_desk.gui.widgets.parts import Combo, plain
from pharmacy_desk.gui.widgets.side_panel import Form
from pharmacy_desk.gui.words import no_code as no_code_words

# Four figures: the library's own limit (`core.no_code.MOST_BOXES`).
_MOST_DIGITS = 4


class NoCodeForm(Form):
    """Drug, lot, quantity, dates, reason, evidence; Enter goes on, the last one is `entered`."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item: Item | None = None
        self._drug = plain(bold=True)
        self.lot, self.quantity = QLineEdit(), QLineEdit()
        self.made, self.expiry = QLineEdit(), QLineEdit()
        self.bought, self.evidence = QLineEdit(), QLineEdit()
        self.reason = Combo()
        for one in NoCodeReason:
            self.reason.addItem(no_code_words.reason(one), one.value)
        self.quantity.setMaxLength(_MOST_DIGITS)
        self.quantity.setPlaceholderText(translate("NoCode", "boxes"))
        self.made.setPlaceholderText("2024-01-31")
        self.expiry.setPlaceholderText("2027-01-30")
        self.bought.setPlaceholderText("2025-06-30")
        self.evidence.setPlaceholderText(translate("NoCode", "invoice number, name of a picture"))
        self.add(translate("NoCode", "Drug"), self._drug)
        self.add(translate("NoCode", "Lot, boxes"), _pair(self.lot, self.quantity))
        self.add(translate("NoCode", "Made, expires"), _pair(self.made, self.expiry))
        self.add(translate("NoCode", "Why no code"), self.reason)
        self.add(translate("NoCode", "Bought on"), self.bought)
        self.add(translate("NoCode", "Evidence"), self.evidence)
        self._name_fields()
        self._chain()
        self.take(None)

    def _name_fields(self) -> None:
        for field, name in (
            (self.lot, translate("NoCode", "Lot")),
            (self.quantity, translate("NoCode", "boxes")),
            (self.made, translate("NoCode", "Made on")),
            (self.expiry, translate("NoCode", "Expires on")),
        ):
            field.setAccessibleName(name)
            field.setMaxLength(min(field.maxLength(), 100))
        number_pads(self.lot, self.quantity, self.made, self.expiry, self.bought, sign="-")

    def _chain(self) -> None:
        for field, behind in (
            (self.lot, self.quantity),
            (self.quantity, self.made),
            (self.made, self.expiry),
            (self.expiry, self.bought),
            (self.bought, self.evidence),
        ):
            field.returnPressed.connect(behind.setFocus)
        self.evidence.returnPressed.connect(self.entered)

    def take(self, item: Item | None) -> None:
        """The drug the entry is for; None empties the form."""
        self.item = item
        if item is None:
            self._drug.setText(translate("NoCode", "find it on the left"))
            for field in (self.lot, self.quantity, self.made, self.expiry, self.bought):
                field.clear()
            self.evidence.clear()
            return
        self._drug.setText(f"{item.name} {item.spec}".strip())
        self.lot.setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> Draft | Flaw:
        """What was filled in; what cannot even be read as a date or number is told at once."""
        if self.item is None:
            return Flaw.DRUG
        made, expiry = parse_day(self.made.text()), parse_day(self.expiry.text())
        bought = parse_day(self.bought.text())
        if not self.lot.text().strip():
            return Flaw.LOT
        if made is None or expiry is None:
            return Flaw.DATES
        if bought is None:
            return Flaw.BOUGHT_ON
        return self._draft(self.item, Batch(self.lot.text().strip(), made, expiry), bought)

    def _draft(self, item: Item, batch: Batch, bought: date) -> Draft | Flaw:
        text = self.quantity.text().strip()
        if not (text.isascii() and text.isdigit()):
            return Flaw.QUANTITY
        reason = NoCodeReason(str(self.reason.currentData()))
        return Draft(
            item=item.code,
            batch=batch,
            quantity=int(text),
            reason=reason,
            bought_on=bought,
            evidence=self.evidence.text().strip(),
        )

    def field_of(self, flaw: Flaw) -> QLineEdit | None:
        """The field that has to be mended; None when it is the drug."""
        dates = self.expiry if parse_day(self.made.text()) else self.made
        return {
            Flaw.LOT: self.lot,
            Flaw.DATES: dates,
            Flaw.QUANTITY: self.quantity,
            Flaw.BOUGHT_ON: self.bought,
            Flaw.EVIDENCE: self.evidence,
        }.get(flaw)


def _pair(first: QLineEdit, second: QLineEdit) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(first, 3)
    row.addWidget(second, 2 if first.maxLength() > second.maxLength() else 3)
    return made
