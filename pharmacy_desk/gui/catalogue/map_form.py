"""What a code stands for, as a form: identification, drug, pack level, and a second person."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from pharmacy_desk.core.catalogue.drugs import Item, PackLevel
from pharmacy_desk.core.catalogue.map import MapLine
from pharmacy_desk.core.scanning.scan import normalise_digits
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.bridge import Asker
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.item_search import ItemSearch
from pharmacy_desk.gui.widgets.parts import Card, Combo, button, plain
from pharmacy_desk.gui.words import map as map_words

# A GTIN has 14 characters, the device identifier of an MA code 25 (facts on codes, 1.5).
_MOST_CHARS = 25


class MapForm(Card):
    """`kept` tells (identification, item code, level, (person, PIN) or None, keep both)."""

    kept = Signal(str, str, object, object, bool)

    def __init__(self, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item = ""
        self._both = False
        self.identification = QLineEdit()
        self.identification.setFont(theme.font(17, mono=True))
        self.identification.setMaxLength(_MOST_CHARS)
        name = translate("Map", "Identification: first 7 characters, or 14 digits; or scan")
        self.identification.setPlaceholderText(name)
        self.identification.setAccessibleName(name)
        self.search = ItemSearch(asker, translate("Map", "Drug: name, initials, code or barcode"))
        self.search.chosen.connect(self._chosen)
        # In the narrow form a bar below the hits would hide the last of them.
        self.search.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.identification.returnPressed.connect(self.search.field.setFocus)
        self._drug = plain()
        self.level = Combo()
        self.level.setFont(theme.font(17))
        self.level.setAccessibleName(translate("Map", "Pack level"))
        for of in PackLevel:
            self.level.addItem(map_words.level(of), of)
        self._person, self._pin = QLineEdit(), QLineEdit()
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        for field, hint in (
            (self._person, translate("Map", "Second person's number")),
            (self._pin, translate("Map", "PIN")),
        ):
            field.setMaxLength(30)
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
        self._pin.returnPressed.connect(self.keep)
        self._persons = QWidget()
        self._hint = plain(quiet=True)
        self._lay_out()
        for changed in (self.identification.textChanged, self.level.currentIndexChanged):
            changed.connect(lambda _: self._begin_anew())

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._persons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._person)
        row.addWidget(self._pin)
        keep = button(translate("Map", "Keep this mapping (F8)"), self.keep, primary=True)
        for part in (
            plain(translate("Map", "What a code stands for"), bold=True),
            self.identification,
            self.search,
            self._drug,
            self.level,
            self._persons,
            self._hint,
            keep,
        ):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def want_second(self, *, wanted: bool) -> None:
        """Whether the policy wants a second person."""
        self._persons.setVisible(wanted)

    def take(self, line: MapLine) -> None:
        """Fill in a row of the list, to confirm or to change it."""
        self.identification.setText(line.mapping.identification)
        self.level.setCurrentIndex(self.level.findData(line.mapping.level))
        self._set_item(line.mapping.item, f"{line.name} {line.spec}")
        self.level.setFocus(Qt.FocusReason.OtherFocusReason)

    def scanned(self, identification: str) -> None:
        """A box was scanned: the next answer is about its identification."""
        self.identification.setText(identification)
        self.search.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def contradicted(self) -> None:
        """It was said to contradict another: the same once more keeps both."""
        self._both = True

    def clear(self) -> None:
        """It is kept."""
        self.identification.clear()
        self.level.setCurrentIndex(0)
        self._person.clear()
        self._set_item("", "")

    def keep(self) -> None:
        """F8."""
        identification = normalise_digits(self.identification.text())
        sized = len(identification) in (7, 14) or identification.startswith("MA.")
        if not (sized and identification.isascii()):
            self._need(self.identification, translate("Map", "✕ 7 characters, or 14 digits."))
        elif not self._item:
            self._need(self.search.field, translate("Map", "✕ Choose the drug it stands for."))
        else:
            person, pin = self._person.text().strip(), self._pin.text()
            self._pin.clear()
            second = (person, pin) if person and self._persons.isVisibleTo(self) else None
            self._hint.setText("")
            both = self._both
            level = PackLevel(self.level.currentData())
            self.kept.emit(identification, self._item, level, second, both)

    def _need(self, field: QLineEdit, why: str) -> None:
        self._hint.setText(why)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, item: object) -> None:
        if isinstance(item, Item):
            self._set_item(item.code, f"{item.name} {item.spec}")
            self.level.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_item(self, code: str, words: str) -> None:
        self._item = code
        self._begin_anew()
        self._drug.setText(f"{code}  {words}".strip())

    def _begin_anew(self) -> None:
        self._both = False
        self._hint.setText("")
