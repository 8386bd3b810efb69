"""Colours, tones and fonts of the window."""

from collections.abc import Mapping
from dataclasses import asdict
from string import Template

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.gui.base.sheet import SHEET, TOUCH_SHEET


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour of the window. A tone has the colour of its text, its ground and its edge."""

    ink: str
    quiet: str
    ground: str
    card: str
    line: str
    bar: str
    bar_text: str
    bar_hover: str
    bar_chosen: str
    accent: str
    field_edge: str
    off: str
    off_ink: str
    hover: str
    pressed: str
    chosen: str
    selected: str
    head: str
    primary_off: str
    handle: str
    strip: str
    training: str
    training_ink: str
    training_ground: str
    tones: Mapping[str, tuple[str, str, str]]


LIGHT = Colours(
    ink="#1B1F24",
    quiet="#57606A",
    ground="#F3F5F7",
    card="#FFFFFF",
    line="#D5DBE1",
    bar="#0F2E3D",
    bar_text="#E8F0F4",
    bar_hover="#1C4458",
    bar_chosen="#24536A",
    accent="#0B6B8F",
    field_edge="#9AA5B1",
    off="#E6EAEE",
    off_ink="#57606A",
    hover="#EEF4F7",
    pressed="#DCE9EF",
    chosen="#E1EFF5",
    selected="#D3E7F0",
    head="#E9EDF1",
    primary_off="#9FB2BE",
    handle="#B4BEC8",
    strip="#E4E8EC",
    training="#FFD15C",
    training_ink="#1B1F24",
    training_ground="#FFF7E0",
    tones={
        "yes": ("#14632B", "#E3F3E6", "#2E8B4A"),
        "ask": ("#7A5200", "#FFF1CF", "#B7791F"),
        "no": ("#7A1710", "#FDE9E7", "#B42318"),
        "unsure": ("#33404A", "#E6EAEE", "#6B7883"),
        "idle": ("#57606A", "#FFFFFF", "#D5DBE1"),
    },
)
# For a night shift: the same meanings on a dark ground; a test holds every contrast of both.
DARK = Colours(
    ink="#E8EDF1",
    quiet="#AEB9C3",
    ground="#13181D",
    card="#1D242B",
    line="#3A4651",
    bar="#0A1F29",
    bar_text="#E8F0F4",
    bar_hover="#1C4458",
    bar_chosen="#24536A",
    accent="#1B7BA1",
    field_edge="#66727E",
    off="#2A323A",
    off_ink="#AEB9C3",
    hover="#26303A",
    pressed="#31404C",
    chosen="#17384A",
    selected="#1F485C",
    head="#28313A",
    primary_off="#4C5B66",
    handle="#56636F",
    strip="#0F1418",
    training="#FFD15C",
    training_ink="#1B1F24",
    training_ground="#2E2812",
    tones={
        "yes": ("#A6E3B5", "#173222", "#3FA35F"),
        "ask": ("#FFD68A", "#3A2C0C", "#C98F2E"),
        "no": ("#FFB9B1", "#41150F", "#E0574A"),
        "unsure": ("#D5DEE5", "#2B343C", "#7F8C97"),
        "idle": ("#AEB9C3", "#1D242B", "#3A4651"),
    },
)


@dataclass(slots=True)
class _Worn:
    """What the application wears; chosen once by `dress`, before any widget is made."""

    colours: Colours
    touch: bool = False


_WORN = _Worn(LIGHT)
# A row of a list: for a mouse, and for a finger (the standard's least).
ROW_PX, TOUCH_ROW_PX = 34, 40


def colours() -> Colours:
    """The colours in force."""
    return _WORN.colours


def touch() -> bool:
    """True where fingers work: rows are higher, and a number can be touched in."""
    return _WORN.touch


def row_px(usual: int = ROW_PX) -> int:
    """How high a row of a list is."""
    return max(usual, TOUCH_ROW_PX) if _WORN.touch else usual


@dataclass(frozen=True, slots=True)
class Tone:
    """One of the tones of an answer: its colours by name, its sign and its sound."""

    name: str
    sign: str
    sound: str

    @property
    def ink(self) -> str:
        """Colour of its text."""
        return colours().tones[self.name][0]

    @property
    def ground(self) -> str:
        """Colour behind the text."""
        return colours().tones[self.name][1]

    @property
    def edge(self) -> str:
        """Colour of the edge around it."""
        return colours().tones[self.name][2]


YES = Tone("yes", "✓", "yes")
ASK = Tone("ask", "!", "ask")
NO = Tone("no", "✕", "no")
UNSURE = Tone("unsure", "?", "yes")
NOTE = Tone("unsure", "", "")
IDLE = Tone("idle", "", "")
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


def dress(app: QApplication, wear: Colours = LIGHT, *, touch: bool = False) -> None:
    """Give the application its font, palette and style sheet, in these colours."""
    _WORN.colours, _WORN.touch = wear, touch
    app.setStyle("Fusion")
    app.setFont(font(16))
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, wear.ground),
        (QPalette.ColorRole.Base, wear.card),
        (QPalette.ColorRole.Text, wear.ink),
        (QPalette.ColorRole.WindowText, wear.ink),
        (QPalette.ColorRole.ButtonText, wear.ink),
        (QPalette.ColorRole.Button, wear.card),
        (QPalette.ColorRole.Highlight, wear.accent),
        (QPalette.ColorRole.HighlightedText, "#FFFFFF"),
        (QPalette.ColorRole.PlaceholderText, wear.off_ink),
    ):
        palette.setColor(role, QColor(colour))
    app.setPalette(palette)
    sheet = SHEET + TOUCH_SHEET if touch else SHEET
    app.setStyleSheet(Template(sheet).substitute(asdict(wear)))
