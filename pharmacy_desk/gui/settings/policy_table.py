"""The policy as a table: a row for each verdict or reason, a column for each payment kind.

A cell left to its default shows in brackets what that is now.
"""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from pharmacy_desk.core.basics.payment import INSURED_KINDS, PaymentKind
from pharmacy_desk.core.basics.policy import Action, Policy, VerdictName
from pharmacy_desk.core.sale.gate.rules import REASONS
from pharmacy_desk.core.settings.settings import POLICY_NAMES, Setting, Settings, Value
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import Card, plain
from pharmacy_desk.gui.words.settings import choice_text, policy_column, policy_name

# From the widest cell to the narrowest: what stands on the right counts more.
COLUMNS = ("verdict", "self", "insured", *(kind.value for kind in INSURED_KINDS))
# Three Chinese characters of 14 px in brackets and the arrow; eight columns and the names fit
# beside the index on a screen of 1280 (1920 at 150 %).
_CELL_PX, _NAME_PX = 104, 150


class Cell(Protocol):
    """What the table needs of a setting's field."""

    setting: Setting
    widget: QWidget

    def read(self) -> Value:
        """The value shown."""
        ...


class PolicyTable(Card):
    """Lays out the fields of `policy.…` and keeps their defaults up to date."""

    def __init__(self, fields: Sequence[Cell], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: dict[str, Cell] = {field.setting.key: field for field in fields}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(4)
        self.body.addWidget(plain(translate("Setting", "Policy"), px=19, bold=True))
        hint = translate(
            "Setting",
            "What a scan or a payment leads to. In brackets: the default. The further right, the"
            " more it counts. At the scan the strictest kind warns; the payment decides.",
        )
        self.body.addWidget(plain(hint, px=14, quiet=True))
        self.body.addLayout(self._grid)
        self._lay_out()
        self._refresh()

    def _lay_out(self) -> None:
        for column, name in enumerate(COLUMNS, start=1):
            head = plain(policy_column(name), px=14, bold=True)
            head.setAlignment(Qt.AlignmentFlag.AlignBottom)
            self._grid.addWidget(head, 0, column)
            served = self._cells.get(f"policy.{name}.served")
            if served:
                self._grid.addWidget(served.widget, 1, column)
                if isinstance(served.widget, QCheckBox):
                    served.widget.toggled.connect(lambda _: self._refresh())
        self._grid.addWidget(plain(translate("Setting", "taken in this store"), px=14), 1, 0)
        for row, name in enumerate(POLICY_NAMES, start=2):
            label = plain(policy_name(name), px=14)
            label.setFixedWidth(_NAME_PX)
            self._grid.addWidget(label, row, 0)
            for column, kind in enumerate(COLUMNS, start=1):
                self._place(self._cells.get(f"policy.{kind}.{name}"), row, column)
        self._grid.setColumnStretch(len(COLUMNS) + 1, 1)

    def _place(self, cell: Cell | None, row: int, column: int) -> None:
        if cell is None:
            return
        cell.widget.setFixedWidth(_CELL_PX)
        cell.widget.setObjectName("cell")
        self._grid.addWidget(cell.widget, row, column)
        if isinstance(cell.widget, QComboBox):
            cell.widget.currentIndexChanged.connect(lambda _: self._refresh())

    def _refresh(self) -> None:
        """Say in every cell what its default is now."""
        values = {key: cell.read() for key, cell in self._cells.items()}
        for key, cell in self._cells.items():
            if isinstance(cell.widget, QComboBox):
                without = Settings({**values, key: ""}, practice=False).policy
                _, column, name = key.split(".")
                word = choice_text(key, default_of(without, column, name).value)
                cell.widget.setItemText(0, translate("Setting", "(%1)").replace("%1", word))


def default_of(policy: Policy, column: str, name: str) -> Action:
    """What a cell that is left open means: its row's wider cell, else the contract's default."""
    if column in ("verdict", "insured"):
        # What its kinds would do without cells of their own.
        own = {} if column == "verdict" else policy.insured
        policy = Policy(policy.verdicts, own)
        column = PaymentKind.POOLED.value
    kind = PaymentKind(column)
    if name in set(VerdictName):
        return policy.of_verdict(VerdictName(name), kind)
    return policy.of_reason(REASONS[name], kind)
