"""A closed shift or day as rows of text cells, as the receipt printer and the screen have them."""

from collections.abc import Iterator, Mapping

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.paper.receipt import CELLS, Look, Row, spread, wrap
from pharmacy_desk.core.sale.shift import Closing, ClosingKind, Pending, Totals


def compose_closing(
    closing: Closing, store: str, mm: int, words: Mapping[str, str]
) -> tuple[Row, ...]:
    """The whole slip for paper `mm` wide."""
    cells = CELLS[mm]
    title = closing_title(closing, words)
    rows = [Row(text, Look.BOLD) for text in (*wrap(store, cells), *wrap(title, cells))]
    for pair in closing_pairs(closing, words):
        rows += [Row(text) for text in spread(*pair, cells)] if pair else [Row("", Look.RULE)]
    rows += [Row(""), *(Row(text) for text in wrap(words["closing_signature"], cells))]
    return tuple(rows)


def closing_title(closing: Closing, words: Mapping[str, str]) -> str:
    """What the slip is called."""
    return words["closing_shift" if closing.kind is ClosingKind.SHIFT else "closing_day"]


def closing_pairs(closing: Closing, words: Mapping[str, str]) -> Iterator[tuple[str, str] | None]:
    """All that was written down of it, in the order of the slip; None parts two groups."""
    yield words["closing_number"], closing.number
    yield words["closing_at"], f"{closing.at:%Y-%m-%d %H:%M:%S}"
    yield words["closing_by"], closing.operator
    yield from pending_pairs(closing.pending, words)
    yield None
    yield from total_pairs(closing.totals, words)
    yield None
    yield from _drawer(closing, words)
    yield words["ledger"], closing.head


def pending_pairs(pending: Pending, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is not at its end yet; nothing where all is."""
    for name in Pending.__dataclass_fields__:
        count = getattr(pending, name)
        if count:
            yield words[f"closing_{name}"], str(count)


def total_pairs(totals: Totals, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The sums by payment kind and tender; what is nothing is left out."""
    yield words["closing_sales"], f"{totals.sales}  {_money(totals.total_fen)}"
    for kind, (count, fen) in totals.payments.items():
        yield f"  {words[f'payment_{kind.value}']}", f"{count}  {_money(fen)}"
    for name, fen in (
        ("fund", totals.fund_fen),
        ("account", totals.account_fen),
        ("mutual", totals.mutual_fen),
    ):
        if fen:
            yield words[name], _money(fen)
    for tender, fen in totals.tenders.items():
        yield words[f"tender_{tender.value}"], _money(fen)
    for name, fen in (
        ("rounded", totals.rounded_fen),
        ("closing_gap", totals.open_fen),
        ("saved", totals.discount_fen),
    ):
        if fen:
            yield words[name], _money(fen)
    if totals.untold:
        yield words["closing_untold"], str(totals.untold)
    yield from _returned(totals, words)
    yield words["closing_boxes"], f"{totals.boxes} / {totals.codes}"


def _returned(totals: Totals, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What came back, by the tenders it was paid with."""
    if not totals.returns:
        return
    yield words["closing_returns"], f"{totals.returns}  {_money(totals.refund_fen)}"
    for tender, fen in totals.refunds.items():
        yield f"  {words['closing_back']} {words[f'tender_{tender.value}']}", _money(fen)
    if totals.refund_apart_fen:
        yield f"  {words['closing_apart']}", _money(totals.refund_apart_fen)


def _drawer(closing: Closing, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What lay in the drawer, should lie there, and was counted; of a shift alone."""
    if closing.shift is None or closing.count is None:
        return
    yield words["closing_float"], _money(closing.shift.float_fen)
    yield words["closing_expected"], _money(closing.expected_fen)
    yield words["closing_counted"], _money(closing.count.counted_fen)
    yield words["closing_difference"], _money(closing.difference_fen)
    signed = " ✓" if closing.count.signed else ""
    yield words["closing_giver"], f"{closing.count.giver}{signed}"
    yield words["closing_taker"], closing.count.taker or "—"


def _money(fen: int) -> str:
    return f"￥{yuan(fen)}"
