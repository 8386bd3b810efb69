"""A ticket: a sale as another till tells it, and what is captured for it (contracts, section 7).

The till keeps prices, money and settlement; the codes are captured here, and are its answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch, Item
from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.sale import Line, Sale, Settlement


class TillMode(StrEnum):
    """Beside which till the counter stands: none but its own, one that tells, one that is typed to.

    `TICKET`: the till tells its sale and is told its codes. `GUARD`: what is accepted is typed on.
    """

    OWN = "own"
    TICKET = "ticket"
    GUARD = "guard"


class TillGate(StrEnum):
    """What lacking codes do to a ticket: they are told, or withhold its completion."""

    INFORM = "inform"
    STRICT = "strict"


class TicketState(StrEnum):
    """Where a ticket stands; the names are part of the contract. The last two are final."""

    CAPTURING = "capturing"
    COMPLETE = "complete"
    SETTLED = "settled"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """True when nothing about it changes any more."""
        return self in (TicketState.SETTLED, TicketState.CANCELLED)


@dataclass(frozen=True, slots=True)
class TicketLine:
    """One line as the till tells it: its number there, which drug, how many, for how much.

    `item` is the till's own code of the drug; it or the barcode says which one it is. A price or
    a lot that was not told is None, and nothing is made up for it.
    """

    line: int | str
    quantity: int
    item: str = ""
    barcode: str = ""
    name: str = ""
    spec: str = ""
    unit_price_fen: int | None = None
    batch: Batch = NO_BATCH

    @property
    def key(self) -> str:
        """By what the till names the drug."""
        return self.item or self.barcode


@dataclass(frozen=True, slots=True)
class TicketOrder:
    """A sale as the till tells it, under the till's own number. `operator` is the till's clerk."""

    ticket: str
    payment: PaymentKind
    lines: tuple[TicketLine, ...]
    operator: str = ""


@dataclass(frozen=True, slots=True)
class TicketEnd:
    """What the till tells when it has settled: what the insurance said, and its receipt's number.

    A sum that was not told is None.
    """

    setl_id: str = ""
    mdtrt_id: str = ""
    fund_fen: int | None = None
    account_fen: int | None = None
    mutual_fen: int | None = None
    cash_fen: int | None = None
    receipt: str = ""

    @property
    def settlement(self) -> Settlement | None:
        """The insurance's settlement, where the till told one."""
        if not self.setl_id:
            return None
        return Settlement(
            setl_id=self.setl_id,
            mdtrt_id=self.mdtrt_id or None,
            fund_fen=self.fund_fen,
            account_fen=self.account_fen,
            mutual_fen=self.mutual_fen,
            cash_fen=self.cash_fen,
        )


@dataclass(frozen=True, slots=True)
class TicketRecord:
    """A ticket as the ledger holds it: what was told, its sale, and which line of it is which.

    `places` are the numbers of the sale's lines, None where nobody has said which drug it is.
    `end` is what was told when it was settled, `reason` why it was cancelled.
    """

    order: TicketOrder
    sale: str
    at: datetime
    places: tuple[int | None, ...]
    settled: bool = False
    cancelled: bool = False
    end: TicketEnd | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CapturedLine:
    """What has been captured for a line of a ticket.

    `needs` counts codes, nothing where the drug needs none or is not known yet; `lacking` how many
    of them are still to come. `reasons` are what the gate says of this line.
    """

    told: TicketLine
    item: Item | None = None
    needs: int = 0
    lacking: int = 0
    codes: tuple[str, ...] = ()
    units: int | None = None
    batch: Batch = NO_BATCH
    reasons: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as the till and the screen see it. `reasons` are those that name no line.

    `receipt` is what the till prints of a settled one, where it prints the codes.
    """

    order: TicketOrder
    sale: str
    state: TicketState
    lines: tuple[CapturedLine, ...]
    reasons: tuple[Refusal, ...] = ()
    receipt: tuple[str, ...] = ()

    @property
    def missing(self) -> int:
        """Codes that are still to be scanned, of drugs that are known."""
        return sum(line.lacking for line in self.lines)

    @property
    def unknown(self) -> tuple[CapturedLine, ...]:
        """Lines of which nobody has said yet which drug they are."""
        return tuple(line for line in self.lines if line.item is None)


def captured(
    record: TicketRecord,
    sale: Sale,
    refusals: Sequence[Refusal] = (),
    exempt: frozenset[int] = frozenset(),
    *,
    stopped: bool = False,
) -> Ticket:
    """What has been captured for a ticket in its sale; `refusals` are the gate's.

    `exempt` are lines whose drug needs no code for now. One that is `stopped` by them is not
    complete.
    """
    by_number = {line.number: line for line in sale.lines}
    lines = tuple(
        _captured(told, by_number.get(place) if place else None, refusals, exempt)
        for told, place in zip(record.order.lines, record.places, strict=True)
    )
    general = tuple(refusal for refusal in refusals if not refusal.lines)
    ticket = Ticket(record.order, record.sale, TicketState.CAPTURING, lines, general)
    if record.settled:
        state = TicketState.SETTLED
    elif record.cancelled:
        state = TicketState.CANCELLED
    elif ticket.missing or ticket.unknown or stopped:
        state = TicketState.CAPTURING
    else:
        state = TicketState.COMPLETE
    return Ticket(record.order, record.sale, state, lines, general)


def _captured(
    told: TicketLine, line: Line | None, refusals: Sequence[Refusal], exempt: frozenset[int]
) -> CapturedLine:
    if line is None:
        return CapturedLine(told)
    coded = line.item.needs_code and line.number not in exempt
    batches = {line.item.batch_of(box.batch) for box in line.boxes}
    return CapturedLine(
        told=told,
        item=line.item,
        needs=line.quantity if coded else 0,
        lacking=line.lacking if coded else 0,
        codes=tuple(box.code for box in line.boxes),
        batch=batches.pop() if len(batches) == 1 else NO_BATCH,
        reasons=tuple(refusal for refusal in refusals if line.number in refusal.lines),
    )


def told_order(order: TicketOrder) -> dict[str, object]:
    """An order as plain values: what is kept of it, and what a repeated one is compared by."""
    return {
        "ticket": order.ticket,
        "payment": order.payment.value,
        "operator": order.operator,
        "lines": [_told_line(line) for line in order.lines],
    }


def _told_line(line: TicketLine) -> dict[str, object]:
    return {
        "line": line.line,
        "item": line.item,
        "barcode": line.barcode,
        "name": line.name,
        "spec": line.spec,
        "quantity": line.quantity,
        "unit_price_fen": line.unit_price_fen,
        "lot": line.batch.lot,
        "expiry": line.batch.expiry.isoformat() if line.batch.expiry else None,
    }


def order_of(told: Mapping[str, object]) -> TicketOrder:
    """The order that was kept as `told_order`."""
    lines = told["lines"]
    if not isinstance(lines, list):
        raise TypeError("lines are a list")
    return TicketOrder(
        ticket=str(told["ticket"]),
        payment=PaymentKind(str(told["payment"])),
        operator=str(told["operator"]),
        lines=tuple(_line_of(line) for line in lines),
    )


def _line_of(told: Mapping[str, object]) -> TicketLine:
    price, quantity, number = told["unit_price_fen"], told["quantity"], told["line"]
    expiry, lot = told["expiry"], told["lot"]
    return TicketLine(
        line=number if isinstance(number, int) else str(number),
        quantity=quantity if isinstance(quantity, int) else 0,
        item=str(told["item"]),
        barcode=str(told["barcode"]),
        name=str(told["name"]),
        spec=str(told["spec"]),
        unit_price_fen=price if isinstance(price, int) else None,
        batch=Batch(
            str(lot) if lot else None, None, date.fromisoformat(str(expiry)) if expiry else None
        ),
    )


def told_end(end: TicketEnd) -> dict[str, object]:
    """What was told at the end, as plain values."""
    return {name: getattr(end, name) for name in TicketEnd.__dataclass_fields__}


def differences(kept: Mapping[str, object], told: Mapping[str, object]) -> tuple[str, ...]:
    """Names of what the same number was told with another content: `lines[2].quantity`."""
    found: list[str] = []
    for name in sorted(kept.keys() | told.keys()):
        before, now = kept.get(name), told.get(name)
        if isinstance(before, list) and isinstance(now, list):
            found += _list_differences(name, before, now)
        elif before != now:
            found.append(name)
    return tuple(found)


def _list_differences(name: str, kept: list[object], told: list[object]) -> list[str]:
    if len(kept) != len(told):
        return [name]
    pairs = zip(kept, told, strict=True)
    return [
        f"{name}[{place}].{inner}"
        for place, (before, now) in enumerate(pairs)
        if isinstance(before, Mapping) and isinstance(now, Mapping)
        for inner in differences(before, now)
    ]


@dataclass(frozen=True, slots=True)
class TillTold:
    """What is written with the payment of a sale that another till was paid for.

    `ticket` is its number there, empty where the till told none; `gap` is how many codes each line
    of the sale was sold without.
    """

    ticket: str = ""
    end: TicketEnd = field(default_factory=TicketEnd)
    gap: tuple[tuple[int, int], ...] = ()


def gap(sale: Sale, exempt: frozenset[int] = frozenset()) -> tuple[tuple[int, int], ...]:
    """Number of each line that lacks codes, and how many; an `exempt` one needs none for now."""
    lacking = (line for line in sale.lines if line.lacking and line.number not in exempt)
    return tuple((line.number, line.lacking) for line in lacking)
