"""Movements as lines for the outbox: 3501A counts, 3502A changes, 3503A purchases, 3504A returns.

Quantities are smallest packs and codes are those of smallest packs, as the platform counts
(facts on platforms, 2.1 to 2.4). Which kinds are told, and in which words, the region's profile
says; this module only gives its fields something to take.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.basics.numbers import line_key
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.stock.movement import Movement, MovementKind, MovementLine
from pharmacy_desk.core.upload.message import Sender, goods_words, outbox_line, stamp
from pharmacy_desk.core.upload.outbox import OutboxLine
from pharmacy_desk.core.upload.profile import Message, Profile

# The last letter of a line's key. Each kind has its own, so that a stock-take's count, surplus
# and loss may share one document number. Sale and return have S and R; I, L, O and U are left
# out because they are misheard (core.numbers).
KEY_LETTERS: dict[MovementKind, str] = {
    MovementKind.DELIVERY: "D",
    MovementKind.OPENING: "E",
    MovementKind.TO_SUPPLIER: "B",
    MovementKind.TRANSFER_OUT: "F",
    MovementKind.TRANSFER_IN: "H",
    MovementKind.DESTRUCTION: "X",
    MovementKind.OTHER_OUT: "Y",
    MovementKind.OTHER_IN: "N",
    MovementKind.SURPLUS: "P",
    MovementKind.LOSS: "M",
}
COUNT_LETTER = "T"

# Codes in one line at most. A message's `input` holds 40 000 characters (facts, 1.1) and a line is
# never divided between two messages: 250 codes of the greatest length 100, with brackets and the
# node's own 24 characters each, are 33 000; the line's other fields are at most 2 000.
MOST_CODES = 250

# Boxes that come from outside: their lot is only what their papers say. A box that was here is
# of the item's current lot when it tells none itself, as in a sale.
_FROM_OUTSIDE = frozenset(
    {MovementKind.DELIVERY, MovementKind.TRANSFER_IN, MovementKind.OPENING, MovementKind.OTHER_IN}
)


def movement_lines(movement: Movement, sender: Sender, profile: Profile) -> tuple[OutboxLine, ...]:
    """The outbox lines of a movement; none for a kind of movement the region does not upload.

    Goods refused at the door were never in stock: the platform has no word for them.
    """
    message = _message(movement.kind, profile)
    if message is None:
        return ()
    common = _document_words(movement, sender, profile)
    letter = KEY_LETTERS[movement.kind]
    lines: list[OutboxLine] = []
    for part in _parts(movement.lines, profile):
        if not part.quantity:
            continue
        batch = _batch(part.line, outside=movement.kind in _FROM_OUTSIDE)
        words = goods_words(part.line.item, batch, profile) | common | _part_words(part, profile)
        words["price"] = _price(part.line, required=message is profile.change)
        number = len(lines) + 1
        words["key"] = line_key(movement.number, number, letter)
        item = part.line.item
        lines.append(
            outbox_line(
                profile=profile,
                message=message,
                document=movement.number,
                number=number,
                item=item,
                words=words,
                codes=part.codes,
            )
        )
    return tuple(lines)


def count_lines(
    number: str,
    at: datetime,
    counted: Iterable[MovementLine],
    sender: Sender,
    profile: Profile,
    memo: str = "",
) -> tuple[OutboxLine, ...]:
    """The outbox lines of a stock-take: what was counted of each drug and lot, none included."""
    common = {
        "document": number,
        "date": f"{at:%Y-%m-%d}",
        "time": stamp(at),
        "operator_name": sender.operator_name,
        "memo": memo,
    }
    lines: list[OutboxLine] = []
    for place, part in enumerate(_parts(counted, profile), 1):
        batch = _batch(part.line, outside=False)
        words = goods_words(part.line.item, batch, profile) | common | _part_words(part, profile)
        words["key"] = line_key(number, place, COUNT_LETTER)
        item = part.line.item
        lines.append(
            outbox_line(
                profile=profile,
                message=profile.count,
                document=number,
                number=place,
                item=item,
                words=words,
                codes=part.codes,
            )
        )
    return tuple(lines)


def _message(kind: MovementKind, profile: Profile) -> Message | None:
    if kind is MovementKind.DELIVERY:
        return profile.purchase
    if kind is MovementKind.TO_SUPPLIER:
        return profile.purchase_return
    return profile.change if _change_word(kind, profile) else None


def _change_word(kind: MovementKind, profile: Profile) -> str:
    """`inv_chg_type` of a kind; empty when the region is not told of it (facts, 2.2)."""
    return profile.dictionaries["stock_change"].get(kind.value, "")


@dataclass(frozen=True, slots=True)
class _Part:
    """As much of a movement's line as one uploaded line may carry."""

    line: MovementLine
    codes: tuple[str, ...]
    quantity: int


def _parts(lines: Iterable[MovementLine], profile: Profile) -> Iterator[_Part]:
    """The lines of uploaded goods; packs without a code go with the last part of their line."""
    for line in lines:
        if line.item.category.value not in profile.upload_categories:
            continue
        codes, rest = line.codes, max(line.quantity, len(line.codes))
        while len(codes) > MOST_CODES:
            yield _Part(line, codes[:MOST_CODES], MOST_CODES)
            codes, rest = codes[MOST_CODES:], rest - MOST_CODES
        yield _Part(line, codes, rest)


def _batch(line: MovementLine, *, outside: bool) -> Batch:
    if outside and not line.batch.lot:
        return line.batch
    return line.item.batch_of(line.batch)


def _price(line: MovementLine, *, required: bool) -> str:
    """What one pack costs, in yuan; where a price is required the catalogue's stands in.

    A purchase without its price says none: the catalogue's is of an earlier one.
    """
    price = line.price_fen
    if price is None and required:
        price = line.item.price_fen if line.item.cost_fen is None else line.item.cost_fen
    return "" if price is None else yuan(price)


def _part_words(part: _Part, profile: Profile) -> dict[str, str]:
    item = part.line.item
    return {
        "quantity": str(part.quantity),
        "maker": item.maker or profile.fillers["maker"],
        "approval": item.approval or profile.fillers["approval"],
        "barcode": item.barcodes[0] if item.barcodes else "",
    }


def _document_words(movement: Movement, sender: Sender, profile: Profile) -> dict[str, str]:
    """What a movement's paper says. A stock change has no field for the other side: memo has it."""
    said = [movement.reason]
    if _message(movement.kind, profile) is profile.change:
        said += [movement.party, movement.reference]
    return {
        "document": movement.number,
        "date": f"{movement.at:%Y-%m-%d}",
        "time": stamp(movement.at),
        "operator_name": sender.operator_name,
        "change": _change_word(movement.kind, profile),
        "party": movement.party or profile.fillers["supplier"],
        "reference": movement.reference,
        "invoice": movement.reference or profile.fillers["invoice"],
        "memo": " ".join(word for word in said if word),
    }
