r"""What the guard types on into another till, and by which scan a sale there ends.

The guard stands between the scanner and a till that knows nothing of it: only what may be sold
reaches that till's field. What is typed is a text in which `\r` is Enter and `\t` is Tab.
"""

import re
from enum import StrEnum

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.scanning.scan import normalise

# Groups of the end pattern: the receipt's number, that the insurance paid, or a kind by its name.
_RECEIPT, _INSURED = "receipt", "insured"


class EndKey(StrEnum):
    """The key that the till wants behind each code."""

    ENTER = "enter"
    TAB = "tab"
    NONE = "none"

    @property
    def typed(self) -> str:
        """The key as it stands in a text that is typed."""
        return {EndKey.ENTER: "\r", EndKey.TAB: "\t", EndKey.NONE: ""}[self]


class Others(StrEnum):
    """What is done with a 69 barcode and every other scan that is no trace code."""

    PASS = "pass"
    HOLD = "hold"


class NotTyped(StrEnum):
    """Why nothing, or not all of it, was typed on."""

    NO_KEYBOARD = "no_keyboard"
    OWN_WINDOW = "own_window"
    NO_FOCUS = "no_focus"
    NOT_PERMITTED = "not_permitted"
    KEY_HELD = "key_held"
    FOCUS_LOST = "focus_lost"
    NO_SUCH_SIGN = "no_such_sign"
    LOST = "lost"

    @property
    def partly(self) -> bool:
        """True when some of it may stand in the till's field."""
        return self in (NotTyped.FOCUS_LOST, NotTyped.LOST)


@dataclass(frozen=True, slots=True)
class Typed:
    """All of it was typed into the window that has the focus."""


class Handing(StrEnum):
    """What is to be done with a scan that was judged."""

    TYPE = "type"
    PASS = "pass"
    HOLD = "hold"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class TillEnd:
    """A sale ends at the other till: its receipt's number, and how it was paid as far as told.

    `insured` alone says that the insurance paid, not by which of its kinds.
    """

    receipt: str = ""
    payment: PaymentKind | None = None
    insured: bool = False


@dataclass(frozen=True, slots=True)
class Guarding:
    """How a till is typed to: what stands around each code, what passes, what ends a sale."""

    prefix: str = ""
    suffix: str = ""
    end_key: EndKey = EndKey.ENTER
    others: Others = Others.PASS
    end_pattern: str = ""

    def handing(self, verdict: Verdict) -> Handing:
        """What becomes of a scan; a box only passes once it is reserved."""
        if verdict.accepted:
            return Handing.TYPE
        if verdict.name not in _NO_BOX:
            return Handing.REFUSE
        return Handing.PASS if self.others is Others.PASS else Handing.HOLD

    def text(self, verdict: Verdict) -> str:
        """What is typed: a box's code as it is uploaded, anything else as it was scanned."""
        reading = verdict.reading
        code = reading.code if verdict.accepted and reading.code else normalise(reading.text)
        return self.around(code)

    def around(self, code: str) -> str:
        """The code between prefix and suffix; a control character in it is no key of the till's."""
        plain = "".join(ch for ch in code if ch.isprintable())
        return f"{self.prefix}{plain}{self.suffix}{self.end_key.typed}"

    def end(self, text: str) -> TillEnd | None:
        """The end of a sale, where the scan's whole text is what the till's receipts carry."""
        if not self.end_pattern:
            return None
        found = re.fullmatch(self.end_pattern, normalise(text))
        if found is None:
            return None
        groups = found.groupdict()
        receipt = groups.get(_RECEIPT) or (found[0] if _RECEIPT not in groups else "")
        told = next((kind for kind in PaymentKind if groups.get(kind)), None)
        return TillEnd(receipt, told, insured=bool(groups.get(_INSURED)))


# Scans that never were a box with a code of its own.
_NO_BOX = frozenset({VerdictName.ITEM, VerdictName.EXEMPT, VerdictName.NOT_TRACE})


def pattern_form(text: str) -> bool:
    """True for a pattern that can be matched, and for none."""
    try:
        re.compile(text)
    except re.error:
        return False
    return True
