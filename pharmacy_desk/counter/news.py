"""What the clerk tells the window and the rehearsal: values, posted after the disk has them."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from pharmacy_desk.core.drugs import Item
from pharmacy_desk.core.judge import Verdict
from pharmacy_desk.core.sale import PaymentKind, Refusal, Sale
from pharmacy_desk.core.scan import Reading


@dataclass(frozen=True, slots=True)
class Judged:
    """A scan was judged; `sale` is the sale after it. `scan_number` counts scans since start."""

    verdict: Verdict
    sale: Sale | None
    scan_number: int
    at: datetime
    answered: bool = False


@dataclass(frozen=True, slots=True)
class ScanFailed:
    """A scan could not be kept: nothing was reserved. `error` says why."""

    scan_number: int
    error: Exception


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A scan was taken by a screen that looks things up; nothing was sold."""

    reading: Reading
    scan_number: int


@dataclass(frozen=True, slots=True)
class SaleChanged:
    """The open sale is now this one (None: no sale is open)."""

    sale: Sale | None
    held: int
    note: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PayRefused:
    """The sale was not paid; every reason that stops it or needs a second person."""

    sale: Sale
    payment: PaymentKind
    refusals: tuple[Refusal, ...]
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class PayStarted:
    """The settlement is being asked; scans wait until it has answered."""

    sale: Sale
    payment: PaymentKind


@dataclass(frozen=True, slots=True)
class Paid:
    """The sale is on the disk with its outbox lines."""

    sale: Sale
    held: int


@dataclass(frozen=True, slots=True)
class Returned:
    """A box was taken back; `refused` is the reason word when it was not."""

    number: str | None
    code: str
    item: Item | None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class MapAnswered:
    """A mapping was written, or waits for a second person (`waiting`), or was refused."""

    identification: str
    item: Item
    waiting: bool = False
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A receipt left for the printer; `where` names the file or the address."""

    number: str
    where: str


@dataclass(frozen=True, slots=True)
class PrintFailed:
    """A receipt was not printed; the sale stands, and it can be printed again."""

    number: str
    error: Exception


@dataclass(frozen=True, slots=True)
class ScannerState:
    """A scanner's state: `ok`, `absent` or `denied`."""

    name: str
    state: str
    detail: str


@dataclass(frozen=True, slots=True)
class LineState:
    """A line to the outside: `upload` or `settlement`, up or down since when."""

    name: str
    up: bool
    since: datetime
    detail: str = ""


@dataclass(frozen=True, slots=True)
class QueueChanged:
    """The outbox has moved; screens that show it read it again."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """The world failed (`WorldError`) or we have a bug: one sentence, counter stays open."""

    error: Exception


News: TypeAlias = (
    Judged
    | ScanFailed
    | LookedUp
    | SaleChanged
    | PayRefused
    | PayStarted
    | Paid
    | Returned
    | MapAnswered
    | Printed
    | PrintFailed
    | ScannerState
    | LineState
    | QueueChanged
    | Trouble
)
