"""The receipt as rows of text cells, the same for screen, PDF, picture and receipt printer.

Every trace code is printed in full (the four-agency notice of 2025-03-19; facts on the trade, 1).
A cell is half a Chinese character: 58 mm paper holds 32, 80 mm paper 48 of font A. Money is written
with ￥ (U+FFE5): ¥ (U+00A5) has no two-byte code in GB18030, so receipt printers lack it.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Batch, RxFlag
from pharmacy_desk.core.sale.dispensing import dispensed
from pharmacy_desk.core.sale.sale import Line, PaymentKind, Sale
from pharmacy_desk.core.sale.tender import Taken

CELLS = {58: 32, 80: 48}


class Look(StrEnum):
    """How a row is set."""

    PLAIN = "plain"
    BOLD = "bold"
    TITLE = "title"
    RULE = "rule"
    BARCODE = "barcode"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: text that already fits its cells (a title counts double), or a barcode's text."""

    text: str
    look: Look = Look.PLAIN


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above and below the sale: the store, marks, the operator's name."""

    store: str
    operator: str
    footer: str = ""
    practice: bool = False
    reprint: bool = False


def width(text: str) -> int:
    """Cells that `text` takes: two for wide characters, one for others, none for combining."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(ch) else 2 if unicodedata.east_asian_width(ch) in "WFA" else 1
        for ch in text
    )


def wrap(text: str, cells: int) -> list[str]:
    """`text` broken into rows of at most `cells` cells, at any character, nothing dropped."""
    rows: list[str] = []
    row, used = "", 0
    for ch in clean(text):
        size = width(ch)
        if used + size > cells:
            rows.append(row)
            row, used = "", 0
        row, used = row + ch, used + size
    return [*rows, row] if row or not rows else rows


def clean(text: str) -> str:
    """`text` on one line: control characters, which a printer would obey, become blanks."""
    return "".join(ch if ch.isprintable() else " " for ch in text)


def spread(left: str, right: str, cells: int) -> list[str]:
    """`left` and `right` at the two edges of a row, or on rows of their own when too long."""
    left, right = clean(left), clean(right)
    gap = cells - width(left) - width(right)
    if gap >= 1:
        return [left + " " * gap + right]
    last = wrap(right, cells)
    return [*wrap(left, cells), *(" " * (cells - width(row)) + row for row in last)]


def compose(sale: Sale, heading: Heading, mm: int, words: Mapping[str, str]) -> tuple[Row, ...]:
    """The whole receipt of a paid sale for paper `mm` wide (58 or 80)."""
    return tuple(_rows(sale, heading, CELLS[mm], words))


def captured_texts(sale: Sale, mm: int, words: Mapping[str, str]) -> tuple[str, ...]:
    """The codes under each drug, for another till to print on its own receipt: no price, no sum."""
    cells = CELLS[mm]
    return tuple(
        row.text
        for line in sale.lines
        if line.quantity
        for rows in (_name(line, cells, words), _captured(line, cells, words))
        for row in rows
    )


def _prescription(sale: Sale, cells: int, w: Mapping[str, str]) -> Iterator[Row]:
    """The number of the prescription that stands behind it, which names nobody."""
    if sale.prescription and dispensed(sale):
        yield from (Row(row) for row in spread(w["prescription"], sale.prescription.number, cells))


def _rows(sale: Sale, heading: Heading, cells: int, w: Mapping[str, str]) -> Iterator[Row]:
    if width(heading.store) * 2 <= cells:
        yield Row(clean(heading.store), Look.TITLE)
    else:  # a long name in plain size reads better than one broken in double size
        yield from _plain([heading.store], cells, Look.BOLD)
    if heading.practice:
        yield from _plain([w["practice"]], cells, Look.BOLD)
    if heading.reprint:
        yield from _plain([w["reprint"]], cells, Look.BOLD)
    for left, right in (
        (w["number"], sale.number),
        (w["time"], f"{sale.paid_at:%Y-%m-%d %H:%M:%S}" if sale.paid_at else ""),
        (w["counter"].format(counter=sale.counter.lstrip("0")), heading.operator),
    ):
        yield from (Row(row) for row in spread(left, right, cells))
    for word, told in _of(sale, w):
        yield from (Row(row, Look.BOLD) for row in spread(word, told, cells))
    yield from _prescription(sale, cells, w)
    yield Row("", Look.RULE)
    for line in sale.lines:
        if line.quantity:
            yield from _line(line, cells, w)
    yield Row("", Look.RULE)
    yield from _totals(sale, cells, w)
    yield Row(sale.number, Look.BARCODE)
    yield from _plain([w["notice"], heading.footer], cells)
    if sale.head:
        yield from _plain([f"{w['ledger']} {sale.head}"], cells)


def _of(sale: Sale, w: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What else the sale belongs to: another till's ticket, a sale of before, an order."""
    if sale.ticket:
        yield w["ticket"], sale.ticket
    if sale.resettles:
        yield w["resettles"], sale.resettles
    if sale.order:
        yield w["order"], f"{sale.order.platform} {sale.order.number}"


def _given(sale: Sale, w: Mapping[str, str]) -> list[tuple[str, str]]:
    """What the customer gave; of a sale of before tenders were kept the cash, if it was told."""
    if sale.taken is not None:
        return _tenders(sale, sale.taken, w)
    if sale.tendered_fen is None:
        return []
    pairs = [(w["tendered"], f"￥{yuan(sale.tendered_fen)}")]
    if sale.owed_fen is not None:
        pairs.append((w["change"], f"￥{yuan(sale.change_fen)}"))
    return pairs


def _tenders(sale: Sale, taken: Taken, w: Mapping[str, str]) -> list[tuple[str, str]]:
    """How the customer paid her part, what cash was rounded down by, and the change."""
    pairs = [
        (f"{w[f'tender_{one.kind.value}']} {one.number}".strip(), f"￥{yuan(one.amount_fen)}")
        for one in taken.tenders
    ]
    if taken.rounded_fen:
        pairs.append((w["rounded"], f"-￥{yuan(taken.rounded_fen)}"))
    if sale.tendered_fen is not None or taken.change_fen:
        pairs.append((w["change"], f"￥{yuan(taken.change_fen)}"))
    return pairs


def _plain(texts: list[str], cells: int, look: Look = Look.PLAIN) -> Iterator[Row]:
    for text in texts:
        if text:
            yield from (Row(row, look) for row in wrap(text, cells))


def _name(line: Line, cells: int, w: Mapping[str, str]) -> Iterator[Row]:
    return _plain([f"{line.number}. {_marks(line, w)}{line.item.name}"], cells, Look.BOLD)


def _line(line: Line, cells: int, w: Mapping[str, str]) -> Iterator[Row]:
    item = line.item
    yield from _name(line, cells, w)
    about = " ".join(part for part in (item.dosage_form, item.spec) if part)
    yield from _plain([about, item.maker], cells)
    if item.doping:
        yield from _plain([w["doping"]], cells)
    left = f"  ￥{yuan(line.price_fen)} × {line.quantity} {item.unit}"
    # A customer reads this; the classes of OTC are Chinese as they stand.
    rx = w["rx"] if item.rx is RxFlag.RX else item.rx.value
    who = w[f"cover_{line.cover.value}"] if line.cover else ""
    tags = " ".join(tag for tag in (rx, item.insurance_class.value, who) if tag)
    yield from (Row(r) for r in spread(f"{left}  {tags}", f"￥{yuan(line.amount_fen)}", cells))
    if line.repriced:
        was = w["was"].format(price=yuan(line.list_fen))
        less = w["less"].format(sum=yuan(line.discount_fen)) if line.discount_fen > 0 else ""
        yield from (Row(r) for r in spread(f"  {was}", less, cells))
    yield from _captured(line, cells, w)


def _captured(line: Line, cells: int, w: Mapping[str, str]) -> Iterator[Row]:
    """Lots and codes of a line, and what it was sold without."""
    item = line.item
    for part in line.parts():
        if item.needs_code or part.batch.lot:
            yield from _plain([_batch(part.batch, w)], cells)
        for box in part.boxes:
            yield from _code(box.code, cells, w["udi" if item.carries_udi else "code"])
        if not part.boxes and item.needs_code:
            word = w["from_library"] if part.no_code else w["no_code"]
            yield from _plain([word.format(count=part.count)], cells)
    if not item.needs_code and not line.boxes:
        yield from _plain([w["exempt"]], cells)


def _marks(line: Line, w: Mapping[str, str]) -> str:
    """What sets a line apart: a gift, goods to keep cold, 特药 (codes from 89; facts on codes)."""
    marks = (("gift", line.gift), ("cold", line.item.cold), ("special", line.special))
    return "".join(w[name] for name, there in marks if there)


def _code(code: str, cells: int, word: str) -> Iterator[Row]:
    """A trace code in one piece, as it is uploaded: what the customer's app looks for."""
    label = word + " "
    if width(label) + len(code) <= cells:
        yield Row(label + clean(code))
    else:
        yield from _plain([word, code], cells)


def _batch(batch: Batch, w: Mapping[str, str]) -> str:
    lot = batch.lot or w["unknown"]
    expiry = batch.expiry.isoformat() if batch.expiry else w["unknown"]
    return f"{w['lot']} {lot}  {w['expiry']} {expiry}"


def _totals(sale: Sale, cells: int, w: Mapping[str, str]) -> Iterator[Row]:
    counts = w["counts"].format(boxes=sale.box_count, codes=sale.code_count)
    for row in spread(counts, f"{w['total']} ￥{yuan(sale.total_fen)}", cells):
        yield Row(row, Look.BOLD)
    if sale.discount_fen > 0:
        yield from (Row(r) for r in spread(w["saved"], f"￥{yuan(sale.discount_fen)}", cells))
    payment = sale.payment or PaymentKind.SELF
    pairs = [(w["payment"], w[f"payment_{payment.value}"])]
    if sale.mixed:
        pairs.append((w["insured_sum"], f"￥{yuan(sale.insured_fen)}"))
        pairs.append((w["own_sum"], f"￥{yuan(sale.own_fen)}"))
    if sale.settlement:
        done = sale.settlement
        pairs.append((w["setl_id"], done.setl_id))
        names = ("fund", "account", "mutual", "cash")
        told = [(w[name], fen) for name, fen in zip(names, done.parts, strict=True) if fen]
        pairs += [(word, f"￥{yuan(fen)}") for word, fen in told]
        if all(part is None for part in done.parts):
            pairs.append((w["split"], w["split_unknown"]))
        if sale.mixed and sale.owed_fen is not None:
            pairs.append((w["owed"], f"￥{yuan(sale.owed_fen)}"))
    for left, right in (*pairs, *_given(sale, w)):
        yield from (Row(row) for row in spread(left, right, cells))
