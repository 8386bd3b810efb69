"""Colours, sizes and fonts of the window, and the style sheet made of them."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

INK = "#1B1F24"
QUIET = "#57606A"
GROUND = "#F3F5F7"
CARD = "#FFFFFF"
LINE = "#D5DBE1"
BAR = "#0F2E3D"
BAR_TEXT = "#E8F0F4"
ACCENT = "#0B6B8F"
TRAINING = "#FFD15C"


@dataclass(frozen=True, slots=True)
class Tone:
    """One of the four tones: text colour, ground, edge, and the sign that goes with it."""

    ink: str
    ground: str
    edge: str
    sign: str
    sound: str


YES = Tone("#14632B", "#E3F3E6", "#2E8B4A", "✓", "yes")
ASK = Tone("#7A5200", "#FFF1CF", "#B7791F", "!", "ask")
NO = Tone("#7A1710", "#FDE9E7", "#B42318", "✕", "no")
UNSURE = Tone("#33404A", "#E6EAEE", "#6B7883", "?", "yes")
NOTE = Tone("#33404A", "#E6EAEE", "#6B7883", "", "")
IDLE = Tone(QUIET, CARD, LINE, "", "")
TONES = (YES, ASK, NO, UNSURE, NOTE, IDLE)

_FAMILIES = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei UI", "WenQuanYi Zen Hei")
_MONO = ("Noto Sans Mono CJK SC", "DejaVu Sans Mono", "Consolas", "Courier New")


def font(px: int, *, bold: bool = False, mono: bool = False) -> QFont:
    """The program's font at `px` logical pixels."""
    chosen = QFont()
    chosen.setFamilies(list(_MONO if mono else _FAMILIES))
    chosen.setPixelSize(px)
    if bold:
        chosen.setWeight(QFont.Weight.DemiBold)
    return chosen


def dress(app: QApplication) -> None:
    """Give the application its font, palette and style sheet."""
    app.setStyle("Fusion")
    app.setFont(font(16))
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, GROUND),
        (QPalette.ColorRole.Base, CARD),
        (QPalette.ColorRole.Text, INK),
        (QPalette.ColorRole.WindowText, INK),
        (QPalette.ColorRole.ButtonText, INK),
        (QPalette.ColorRole.Button, CARD),
        (QPalette.ColorRole.Highlight, ACCENT),
        (QPalette.ColorRole.HighlightedText, "#FFFFFF"),
        (QPalette.ColorRole.PlaceholderText, "#6B7883"),
    ):
        palette.setColor(role, QColor(colour))
    app.setPalette(palette)
    app.setStyleSheet(_SHEET)


_SHEET = f"""
QMainWindow, QDialog {{ background: {GROUND}; }}
QWidget {{ color: {INK}; }}
QFrame#card {{ background: {CARD}; border: 1px solid {LINE}; border-radius: 10px; }}
QLabel#quiet {{ color: {QUIET}; }}
QLabel#heading {{ font-size: 19px; font-weight: 600; }}
QLineEdit, QComboBox, QSpinBox {{
    background: {CARD}; border: 1px solid #9AA5B1; border-radius: 6px; padding: 6px 10px;
    min-height: 24px; }}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus {{ border: 2px solid {ACCENT}; padding: 5px 9px; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow {{ width: 0; height: 0; border-top: 7px solid {QUIET};
    border-left: 5px solid {CARD}; border-right: 5px solid {CARD}; }}
QComboBox#cell {{ font-size: 14px; padding: 4px 4px; }}
QComboBox#cell:focus {{ padding: 3px 3px; }}
QComboBox#cell::drop-down {{ width: 16px; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{ background: #E6EAEE; color: {QUIET}; }}
QLineEdit#search {{ font-size: 18px; min-height: 34px; }}
QPushButton {{
    background: {CARD}; border: 1px solid #9AA5B1; border-radius: 6px; padding: 6px 14px;
    min-height: 24px; }}
QPushButton:focus {{ border: 2px solid {ACCENT}; padding: 5px 13px; }}
QPushButton:hover {{ background: #EEF4F7; }}
QPushButton:pressed {{ background: #DCE9EF; }}
QPushButton:disabled {{ color: #6B7883; background: #E6EAEE; }}
QPushButton#primary {{ background: {ACCENT}; color: white; border-color: {ACCENT};
    font-weight: 600; }}
QPushButton#primary:focus {{ border: 3px solid {BAR}; padding: 4px 12px; }}
QPushButton#primary:disabled {{ background: #9FB2BE; border-color: #9FB2BE; color: white; }}
QPushButton[touch="true"] {{ min-height: 30px; }}
QPushButton#key {{ font-size: 14px; padding: 2px 2px; min-height: 38px; }}
QPushButton#choice:checked {{ background: #E1EFF5; border: 2px solid {ACCENT}; font-weight: 600; }}
QPushButton#section {{ background: transparent; color: {BAR_TEXT}; border: none; padding: 8px 10px;
    border-radius: 6px; }}
QPushButton#section:hover {{ background: #1C4458; }}
QPushButton#section:checked {{ background: #24536A; font-weight: 600; }}
QPushButton#section:focus {{ border: 2px solid {BAR_TEXT}; padding: 6px 8px; }}
QPushButton#strip {{ background: transparent; border: none; padding: 2px 8px; min-height: 20px;
    font-size: 14px; text-align: left; }}
QPushButton#strip:focus {{ border: 2px solid {ACCENT}; border-radius: 4px; padding: 0 6px; }}
QTableView, QListView {{
    background: {CARD}; border: 1px solid {LINE}; border-radius: 6px;
    selection-background-color: #D3E7F0; selection-color: {INK}; gridline-color: {LINE}; }}
QTableView::item {{ padding: 0 8px; }}
QTableView:focus, QListView:focus {{ border: 2px solid {ACCENT}; }}
QHeaderView::section {{ background: #E9EDF1; border: none; border-bottom: 1px solid {LINE};
    padding: 6px 8px; font-weight: 600; }}
QListView#index::item {{ padding: 5px 6px; }}
QListView#lines {{ background: transparent; border: none; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 14px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 14px; margin: 0; }}
QScrollBar::handle {{ background: #B4BEC8; border-radius: 5px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 40px; }}
QScrollBar::handle:horizontal {{ min-width: 40px; }}
QScrollBar::handle:hover {{ background: {QUIET}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSpinBox {{ padding: 6px 30px 6px 0; }}
QSpinBox:focus {{ padding: 5px 29px 5px 0; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 26px; border: none; background: #E9EDF1; }}
QSpinBox::up-button {{ border-top-right-radius: 6px; }}
QSpinBox::down-button {{ border-bottom-right-radius: 6px; }}
QSpinBox::up-button:hover, QSpinBox::down-button:hover {{ background: #DCE9EF; }}
QSpinBox::up-arrow {{ width: 0; height: 0; border-bottom: 6px solid {QUIET};
    border-left: 5px solid #E9EDF1; border-right: 5px solid #E9EDF1; }}
QSpinBox::down-arrow {{ width: 0; height: 0; border-top: 6px solid {QUIET};
    border-left: 5px solid #E9EDF1; border-right: 5px solid #E9EDF1; }}
QToolTip {{ color: {INK}; background: {CARD}; border: 1px solid {LINE}; }}
"""
