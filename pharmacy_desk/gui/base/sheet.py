"""The window's style sheet; `$name` stands for a colour of `theme.Colours`."""

SHEET = """
QMainWindow, QDialog { background: $ground; }
QWidget { color: $ink; }
QFrame#card { background: $card; border: 1px solid $line; border-radius: 10px; }
QLabel#quiet { color: $quiet; }
QLabel#heading { font-size: 19px; font-weight: 600; }
QLineEdit, QComboBox, QSpinBox {
    background: $card; border: 1px solid $field_edge; border-radius: 6px; padding: 6px 10px;
    min-height: 24px; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus { border: 2px solid $accent; padding: 5px 9px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { width: 0; height: 0; border-top: 7px solid $quiet;
    border-left: 5px solid $card; border-right: 5px solid $card; }
QComboBox#cell { font-size: 14px; padding: 4px 4px; }
QComboBox#cell:focus { padding: 3px 3px; }
QComboBox#cell::drop-down { width: 16px; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled { background: $off; color: $quiet; }
QLineEdit#search { font-size: 18px; min-height: 34px; }
QPushButton {
    background: $card; border: 1px solid $field_edge; border-radius: 6px; padding: 6px 14px;
    min-height: 24px; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 13px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:disabled { color: $off_ink; background: $off; }
QPushButton#primary { background: $accent; color: white; border-color: $accent;
    font-weight: 600; }
QPushButton#primary:focus { border: 3px solid $bar; padding: 4px 12px; }
QPushButton#primary:disabled { background: $primary_off; border-color: $primary_off; color: white; }
QPushButton[touch="true"] { min-height: 30px; }
QPushButton#key { font-size: 14px; padding: 2px 2px; min-height: 38px; }
QPushButton#leave { font-size: 14px; padding: 0; min-height: 0; color: $quiet; }
QPushButton#choice:checked, QPushButton#key:checked { background: $chosen;
    border: 2px solid $accent; font-weight: 600; }
QPushButton#section { background: transparent; color: $bar_text; border: none; padding: 8px 10px;
    border-radius: 6px; }
QPushButton#section:hover { background: $bar_hover; }
QPushButton#section:checked { background: $bar_chosen; font-weight: 600; }
QPushButton#section:focus { border: 2px solid $bar_text; padding: 6px 8px; }
QPushButton#strip { background: transparent; border: none; padding: 2px 8px; min-height: 20px;
    font-size: 14px; text-align: left; }
QPushButton#strip:focus { border: 2px solid $accent; border-radius: 4px; padding: 0 6px; }
QTableView, QListView {
    background: $card; border: 1px solid $line; border-radius: 6px;
    selection-background-color: $selected; selection-color: $ink; gridline-color: $line; }
QTableView::item { padding: 0 8px; }
QTableView:focus, QListView:focus { border: 2px solid $accent; }
QHeaderView::section { background: $head; border: none; border-bottom: 1px solid $line;
    padding: 6px 8px; font-weight: 600; }
QListView#index::item { padding: 5px 6px; }
QListView#lines { background: transparent; border: none; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: 14px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 14px; margin: 0; }
QScrollBar::handle { background: $handle; border-radius: 5px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 40px; }
QScrollBar::handle:horizontal { min-width: 40px; }
QScrollBar::handle:hover { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSpinBox { padding: 6px 30px 6px 0; }
QSpinBox:focus { padding: 5px 29px 5px 0; }
QSpinBox::up-button, QSpinBox::down-button { width: 26px; border: none; background: $head; }
QSpinBox::up-button { border-top-right-radius: 6px; }
QSpinBox::down-button { border-bottom-right-radius: 6px; }
QSpinBox::up-button:hover, QSpinBox::down-button:hover { background: $pressed; }
QSpinBox::up-arrow { width: 0; height: 0; border-bottom: 6px solid $quiet;
    border-left: 5px solid $head; border-right: 5px solid $head; }
QSpinBox::down-arrow { width: 0; height: 0; border-top: 6px solid $quiet;
    border-left: 5px solid $head; border-right: 5px solid $head; }
QToolTip { color: $ink; background: $card; border: 1px solid $line; }
"""

# Behind the sheet where fingers work: rows and bars that they find. Rows of tables are told their
# height by `theme.row_px`.
TOUCH_SHEET = """
QListView::item, QMenu::item, QComboBox QAbstractItemView::item { min-height: 40px; }
QMenu::item { padding: 0 24px; }
QScrollBar:vertical { width: 26px; }
QScrollBar:horizontal { height: 26px; }
"""
