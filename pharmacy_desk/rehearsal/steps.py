"""Every step of a rehearsal in one table (contracts, section 4): one row for each.

A row says how many words a step has and what may be wrong with them, what it wishes of the program
and by which keys a person does it, and how the answer is read; or, for what the rehearsal does by
itself, what that is. The wish is made in the program under rehearsal, by the same row.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from pharmacy_desk.core.basics.errors import Fault
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drug_list import parse_day
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.people.identity import ProofKind
from pharmacy_desk.core.ports.till import TicketAnswer
from pharmacy_desk.core.sale.prescription import Checkers, RxOrder
from pharmacy_desk.core.sale.sale import Settlement
from pharmacy_desk.core.sale.settlement import typed_settlement
from pharmacy_desk.core.sale.tender import EXACT_CASH, Tender, Tendered, TenderKind
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.counter.lanes import answered
from pharmacy_desk.counter.people.duty_wishes import DutyWishes
from pharmacy_desk.counter.sale.day_wishes import DayWishes
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.wishes import SaleWishes
from pharmacy_desk.counter.stock.wishes import StockWishes
from pharmacy_desk.counter.views.stock_answers import MoveAnswer

Words: TypeAlias = tuple[str, ...]
Told: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its line in the script, its name, its words. A scan's text is one word."""

    line: int
    name: str
    words: Words

    @property
    def row(self) -> "Row":
        """What the table says of it."""
        return STEPS[self.name]

    @property
    def text(self) -> str:
        """The step as it was written, for reports; what was scanned may be personal."""
        if self.name == "scan":
            return self.name
        if self.name == "person":
            return " ".join((self.name, *self.words[:1]))
        today = date.today()  # noqa: DTZ011 - only bounds birth dates
        # A prescription's other words tell what a patient has.
        words = self.words[:1] if self.name == "rx" else self.words
        shown = (recognise_text(word, today).shown(60) for word in words)
        return " ".join((self.name, *shown))


@dataclass(frozen=True, slots=True)
class Read:
    """What an answer says: why it was refused, with the boxes it is about, and a verdict."""

    reasons: tuple[str, ...] = ()
    boxes: tuple[object, ...] | None = None
    verdict: str = ""


class Player(Protocol):
    """What the rehearsal does by itself, and what it asks of the program."""

    def wish(self, step: Step) -> None:
        """Ask the program for something and read the answer."""
        ...

    def scan(self, step: Step) -> None:
        """Scan a text."""
        ...

    def expect(self, step: Step, what: str) -> None:
        """Compare what is expected with what was heard: `verdict`, `refused` or `sales`."""
        ...

    def plug(self, *, into: bool) -> None:
        """Put the scanner's cable in, or pull it."""
        ...

    def kill(self) -> None:
        """Kill the program and start it again."""
        ...

    def pause(self, seconds: float) -> None:
        """Do nothing for so long."""
        ...

    def line(self, step: Step, *, online: bool) -> None:
        """Open or cut the lines to the outside."""
        ...

    def shot(self, name: str) -> None:
        """Take a picture of the screen."""
        ...


# Made up, as the persons of the practice platform are.
_PRACTICE_NAME = "示例顾客"


# --- how the words are checked: what is wrong with them, empty when nothing is ------------------


def _right(_: Words) -> str:
    return ""


def _number(place: int) -> Callable[[Words], str]:
    """The word at a place, if it is there, is a number."""

    def check(words: Words) -> str:
        if place < len(words) and not re.fullmatch(r"[0-9]{1,6}", words[place]):
            return f"{words[place][:20]!r} is not a number"
        return ""

    return check


def _seconds(words: Words) -> str:
    fits = re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", words[0])
    return "" if fits else f"{words[0][:20]!r} is no number of seconds"


def _which_line(words: Words) -> str:
    fits = not words or words[0] in ("upload", "settlement")
    return "" if fits else "offline takes upload, settlement or nothing"


def _payment(words: Words) -> str:
    if not re.fullmatch(r"self|insured(:(account|pooled|chronic|dual|injury))?", words[0]):
        return f"{words[0][:20]!r} is not a payment"
    if len(words) > 1 and not re.fullmatch(r"[^:]+(:\d{1,9}){4}|[^:]+", words[1]):
        return "pay takes SETL_ID or SETL_ID:FUND:ACCOUNT:MUTUAL:CASH in fen"
    return ""


# The parts of a prescription a script may tell (contracts, section 4), and two of our own.
_RX_PARTS = frozenset(
    {
        "institution",
        "area",
        "prescriber",
        "date",
        "diagnosis",
        "drugs",
        "checker",
        "reviewer",
        "dispenser",
    }
)


def _rx_right(words: Words) -> str:
    """`NUMBER part=…`, or `electronic TOKEN`."""
    if words[0] == "electronic":
        return "" if len(words) == 2 else "rx electronic takes TOKEN"
    told = _rx_told(words)
    strange = sorted(told.keys() - _RX_PARTS)
    if strange:
        return f"{strange[0][:20]!r} is no part of a prescription"
    drugs = [one for one in told.get("drugs", "").split(";") if one]
    wrong = [one for one in drugs if not re.fullmatch(r"[^*]+\*[0-9]{1,3}", one)]
    return f"{wrong[0][:20]!r} is not ITEM*QTY" if wrong else ""


def _rx_told(words: Words) -> dict[str, str]:
    """The parts by name; a word without = belongs to the part before it."""
    told: dict[str, str] = {}
    name = ""
    for word in words[1:]:
        part, equals, value = word.partition("=")
        if equals:
            name, told[part] = part, value
        else:
            told[name] = f"{told.get(name, '')} {word}".strip()
    return told


def _tenders(words: Words) -> str:
    kinds = r"cash|wechat|alipay|card|commercial:[^:]+"
    right = len(words) % 2 == 0 and all(
        re.fullmatch(kinds, kind) and re.fullmatch(r"[0-9]{1,9}", fen)
        for kind, fen in zip(words[::2], words[1::2], strict=False)
    )
    return "" if right else "tender takes cash, wechat, alipay or card, each with its sum in fen"


def _in_or_out(words: Words) -> str:
    return "" if words[0] in ("in", "out") else "transfer takes in or out"


def _shift(words: Words) -> str:
    right = words[0] in ("open", "close") and re.fullmatch(r"[0-9]{1,9}", words[1])
    return "" if right else "shift takes open FLOAT_FEN or close COUNTED_FEN"


def _close(words: Words) -> str:
    return "" if words[0] == "close" else "day takes close"


def _on_or_off(words: Words) -> str:
    return "" if words[0] in ("on", "off") else "duty takes on or off"


def _recalled_by(words: Words) -> str:
    fits = words[0] in ("lot", "drug", "supplier", "code")
    return "" if fits else "recall takes lot, drug, supplier or code"


def _proof_kind(words: Words) -> str:
    return "" if words[0] in ("id", "card", "voucher") else "person takes id, card or voucher"


def _dates(words: Words) -> str:
    made, expiry = parse_day(words[2]), parse_day(words[3])
    if not words[1] or made is None or expiry is None or expiry <= made:
        return "lot takes ITEM LOT MADE EXPIRY, the expiry after the production"
    return ""


# --- what is wished of the program, and the keys for it -----------------------------------------


@dataclass(slots=True)
class Clerk:
    """The wishes of the program under rehearsal; `tendered` is how what is paid next is paid.

    `move` posts what a file says: the kind of its documents, and where it is; `ticket` tells what
    another till would tell, and settles it where the file says that it was paid.
    """

    sale: SaleWishes
    stock: StockWishes
    duty: DutyWishes
    day: DayWishes
    move: Callable[[str, Path], Future[MoveAnswer]]
    ticket: Callable[[Path], Future[TicketAnswer]]
    tendered: Tendered = EXACT_CASH

    def tender(self, words: Words) -> Future[None]:
        """How the customer pays what is paid next; it is told with that."""
        pairs = [(kind.partition(":"), int(fen)) for kind, fen in _pairs(words)]
        self.tendered = Tendered(
            tuple(Tender(TenderKind(kind), fen, number) for (kind, _, number), fen in pairs)
        )
        return answered(None)

    def pay(self, words: Words) -> Future[Any]:
        """Pay as it was tendered; the next payment is cash again."""
        kind, _, how = words[0].partition(":")
        payment = PaymentKind("self" if kind == "self" else how or "pooled")
        settled = _settled(words[1]) if words[1:] else None
        tendered, self.tendered = self.tendered, EXACT_CASH
        return self.sale.pay(PayOrder(payment, settled, tendered=tendered))

    def prescription(self, words: Words) -> Future[Any]:
        """One on paper with its parts, or an electronic one that is looked up."""
        if words[0] == "electronic":
            return self.sale.rx.electronic(words[1])
        return self.sale.rx.keep(_rx(words))

    def person(self, words: Words) -> Future[Any]:
        """Who shows an identity card in a script without a name is called so as she types it."""
        kind, name = ProofKind(words[0]), _rest(words, 2)
        shown = name or (_PRACTICE_NAME if kind is ProofKind.ID else "")
        return self.sale.customer.see(words[1], kind, shown)

    def shift(self, words: Words) -> Future[Any]:
        """Begin a shift or end it."""
        fen = int(words[1])
        return self.day.open_shift(fen) if words[0] == "open" else self.day.close_shift(fen)


Wish: TypeAlias = Callable[[Clerk, Words], Future[Any]]


def _rest(words: Words, at: int) -> str:
    """The last part of a step: all words that are left."""
    return " ".join(words[at:])


def _pairs(words: Words) -> Iterator[tuple[str, str]]:
    return zip(words[::2], words[1::2], strict=True)


def _settled(text: str) -> Settlement:
    """A typed settlement: its number, and its split in fen where that is told too."""
    number, *parts = text.split(":")
    return typed_settlement(number, None, [int(part) for part in parts] or [None] * 4)


def _batch(words: Words) -> Batch:
    return Batch(words[1], parse_day(words[2]), parse_day(words[3]))


def _rx(words: Words) -> RxOrder:
    """A prescription as a script tells it."""
    told = _rx_told(words)
    today = date.today()  # noqa: DTZ011 - as it stands on the paper
    issued = told.get("date", "")
    drugs = [one.split("*") for one in told.get("drugs", "").split(";") if one]
    return RxOrder(
        number=words[0],
        institution=told.get("institution", ""),
        area=told.get("area", ""),
        prescriber=told.get("prescriber", ""),
        # A script that is played for years says today.
        issued=today if issued == "today" else parse_day(issued),
        drugs=tuple((key, int(packs)) for key, packs in drugs),
        checkers=Checkers(
            told.get("reviewer", ""), told.get("dispenser", ""), told.get("checker", "")
        ),
        diagnosis=told.get("diagnosis", ""),
    )


# No key: what is waited for until the insurance has told how it would split the sale.
SPLIT = "split"


def _none(_: Words) -> list[str] | None:
    """It needs the mouse or another screen."""
    return None


def _keys(*keys: str) -> Callable[[Words], list[str] | None]:
    """The keys of the checkout for a step without words."""
    return lambda words: None if words else list(keys)


def _item_keys(words: Words) -> list[str] | None:
    return ["F1", "=" + words[0], "Return"] if len(words) == 1 else None


def _pay_keys(words: Words) -> list[str] | None:
    if len(words) > 1 or words[0] not in ("self", "insured", "insured:pooled"):
        return None
    if words[0] == "self":
        return ["…", "F3", "Return"]
    # F2 asks by which kind, the usual one, pooled, first in a home of a rehearsal; then whether it
    # is the insured person herself. Then the split is shown, and Enter settles.
    return ["…", "F2", "Return", "Return", SPLIT, "Return"]


# --- how an answer is read ----------------------------------------------------------------------


def read(told: Told) -> Read:
    """An answer of any wish: a failure, reasons and their boxes, or one word."""
    if told.get("answer") == "failed":
        named = told["fault"] == Fault.PERSON_NUMBER.name
        return Read((str(told["fault"] if named else told["error"]),))
    refused, reasons = told.get("refused"), tuple(told.get("reasons", ()))
    if reasons or (refused and "reasons" in told and told["answer"] != "sale"):
        return Read(reasons or ("NO_SETTLEMENT",), tuple(told.get("boxes", ())))
    return Read(_reasons(told["what"] if refused is True else refused), verdict=_verdict(told))


def _reasons(refused: object) -> tuple[str, ...]:
    """A refusal's words: one, or one for every box that stayed behind."""
    if isinstance(refused, list):
        return tuple(dict.fromkeys(str(one["why"]) for one in refused))
    return (str(refused),) if refused else ()


def _verdict(told: Told) -> str:
    """The verdict of an answer that stands for a scan."""
    if told.get("what") in ("item_added", "exempt_added"):
        return "ITEM"
    if told.get("answer") == "units" and not told["refused"]:
        return "OK_SPLIT"
    return str(told.get("verdict") or "")


def _read_yes(told: Told) -> Read:
    """A yes that was taken comes with the answer of what it let happen."""
    return read(told["then"] if told.get("then") else told)


@dataclass(frozen=True, slots=True)
class Row:
    """One step. `wish` is None for what the rehearsal does by itself, `most` for any number.

    `judged` steps count as scans: their answer is a verdict.
    """

    fewest: int
    most: int | None
    wish: Wish | None = None
    check: Callable[[Words], str] = _right
    keys: Callable[[Words], Sequence[str] | None] = _none
    read: Callable[[Told], Read] = read
    judged: bool = False
    play: Callable[[Player, Step], None] = lambda player, step: player.wish(step)


STEPS: dict[str, Row] = {
    "scan": Row(0, None, play=lambda player, step: player.scan(step)),
    "type": Row(1, 1, lambda at, words: at.sale.type_code(words[0]), judged=True),
    "item": Row(
        1,
        2,
        lambda at, words: at.sale.add_item(words[0], int(words[1]) if words[1:] else None),
        _number(1),
        _item_keys,
    ),
    "undo": Row(0, 0, lambda at, _: at.sale.undo(), keys=_keys("Backspace")),
    "hold": Row(0, 0, lambda at, _: at.sale.held.hold(), keys=_keys("F4")),
    "resume": Row(1, 1, lambda at, words: at.sale.held.resume(int(words[0])), _number(0)),
    "void": Row(0, 0, lambda at, _: at.sale.held.void(), keys=_keys("Esc", "Return")),
    "pay": Row(1, 2, Clerk.pay, _payment, _pay_keys),
    "tender": Row(2, None, Clerk.tender, _tenders),
    "lot": Row(4, 4, lambda at, words: at.sale.set_batch(words[0], _batch(words)), _dates),
    "map": Row(2, 2, lambda at, words: at.sale.answer_map(words[0], words[1])),
    "split": Row(2, 2, lambda at, words: at.sale.split(words[0], int(words[1])), _number(1)),
    "gift": Row(
        0,
        1,
        lambda at, words: at.sale.turn_gift(int(words[0]) if words else None),
        _number(0),
        _keys("Ctrl+G"),
    ),
    "order": Row(2, 2, lambda at, words: at.sale.set_order(words[0], words[1])),
    "person": Row(2, None, Clerk.person, _proof_kind),
    "disease": Row(1, 1, lambda at, words: at.sale.tell_disease(words[0])),
    "rx": Row(2, None, Clerk.prescription, _rx_right),
    "receive": Row(1, 1, lambda at, words: at.move("delivery", Path(words[0]))),
    "transfer": Row(
        2, 2, lambda at, words: at.move(f"transfer_{words[0]}", Path(words[1])), _in_or_out
    ),
    "ticket": Row(1, 1, lambda at, words: at.ticket(Path(words[0]))),
    "stocktake": Row(1, 1, lambda at, words: at.move("stocktake", Path(words[0]))),
    "recall": Row(
        2, None, lambda at, words: at.stock.recall(words[0], _rest(words, 1)), _recalled_by
    ),
    # A script speaks for a person: what was typed off the terminal is cancelled there.
    "return": Row(
        3,
        None,
        lambda at, words: at.sale.returns.take_back(
            words[0], words[1], _rest(words, 2), confirmed=True
        ),
    ),
    "cancel": Row(
        2,
        None,
        lambda at, words: at.sale.returns.cancel_sale(words[0], _rest(words, 1), confirmed=True),
    ),
    "restore": Row(
        3, None, lambda at, words: at.sale.returns.put_back(words[0], words[1], _rest(words, 2))
    ),
    "operator": Row(2, 2, lambda at, words: at.sale.people.sign_in(words[0], words[1])),
    "shift": Row(2, 2, Clerk.shift, _shift),
    "day": Row(1, 1, lambda at, _: at.day.close_day(), _close),
    "duty": Row(2, 2, lambda at, words: at.duty.sign(words[1], on=words[0] == "on"), _on_or_off),
    "approve": Row(
        2,
        None,
        lambda at, words: at.sale.people.answer_approval(words[0], words[1], _rest(words, 2)),
        read=_read_yes,
    ),
    "unplug": Row(0, 0, play=lambda player, _: player.plug(into=False)),
    "replug": Row(0, 0, play=lambda player, _: player.plug(into=True)),
    "kill": Row(0, 0, play=lambda player, _: player.kill()),
    "wait": Row(1, 1, check=_seconds, play=lambda player, step: player.pause(float(step.words[0]))),
    "offline": Row(
        0, 1, check=_which_line, play=lambda player, step: player.line(step, online=False)
    ),
    "online": Row(0, 0, play=lambda player, step: player.line(step, online=True)),
    "expect": Row(1, 1, play=lambda player, step: player.expect(step, "verdict")),
    "expect_refused": Row(1, 1, play=lambda player, step: player.expect(step, "refused")),
    "expect_sales": Row(
        1, 1, check=_number(0), play=lambda player, step: player.expect(step, "sales")
    ),
    "shot": Row(1, 1, play=lambda player, step: player.shot(step.words[0])),
}


def wish(clerk: Clerk, name: str, words: Sequence[str]) -> Future[Any]:
    """Make the wish of a step, in the program under rehearsal."""
    made = STEPS[name].wish
    if made is None:
        raise ValueError(name)  # what the rehearsal does by itself is no wish
    return made(clerk, tuple(words))


# Steps of the contract whose flows are not in this version; said plainly instead of guessed at.
LATER = frozenset(
    {
        "platform",
        "inspect",
    }
)
