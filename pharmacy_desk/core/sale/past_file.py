"""Sales of the old system as a file: one row a code, or several codes in a cell, apart by `;`.

Years of sales are a million rows, so the common row (20 digits, a date in ISO's form, texts that
came before) is read without a detour; every other one goes through the readers of all tables.
"""

import re
from collections.abc import Container, Iterator, Sequence
from datetime import date, datetime, tzinfo
from operator import itemgetter
from typing import TypeVar

from pharmacy_desk.core.basics.money import parse_yuan
from pharmacy_desk.core.catalogue.drug_list import parse_day
from pharmacy_desk.core.sale.past import Finding, FindingKind, PastRow
from pharmacy_desk.core.scanning.codes.trace import TRACE_20
from pharmacy_desk.core.scanning.persons import masked, names_person
from pharmacy_desk.core.scanning.scan import normalise_digits
from pharmacy_desk.core.stock.files import cells
from pharmacy_desk.core.stock.files.cells import Codes, RowError, shown, unprotected
from pharmacy_desk.core.stock.files.headers import Header, Layout
from pharmacy_desk.core.stock.files.rows import Table

K = TypeVar("K")
T = TypeVar("T")

PAST = Layout(
    columns={
        "codes": ("追溯码", "药品追溯码", "追溯码信息", "商品追溯码", "drug_trac_codg"),
        "at": ("销售时间", "交易时间", "收款时间", "开单时间", "结算时间", "时间"),
        "day": ("销售日期", "日期", "交易日期", "业务日期", "开单日期"),
        "number": ("单号", "销售单号", "小票号", "流水号", "单据号", "单据编号", "交易号"),
        "item": ("商品编码", "货号", "商品编号", "药品编码"),
        "barcode": ("条码", "商品条码", "条形码", "69码"),
        "name": ("商品名称", "药品名称", "品名", "通用名", "通用名称"),
        "quantity": ("数量", "销售数量"),
        "price": ("单价", "零售价", "售价", "实售价", "成交价", "销售单价"),
        "payment": ("付款方式", "支付方式", "收款方式", "结算方式"),
        "setl_id": ("结算编号", "结算ID", "医保结算号", "setl_id"),
        "operator": ("营业员", "收银员", "操作员", "销售员", "店员"),
        "kind": ("类型", "业务类型", "单据类型", "销售类型", "交易类型"),
    },
    needed=((("codes",),), (("at",), ("day",))),
)
# setl_id is C30 (facts on platforms, 2.5); the other lengths are those of all tables.
_MOST_SETL, _MOST_WORD, _MOST_NAME = 30, 30, 200
_BACK = re.compile(r"退|红冲|冲红")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?(?:\.[0-9]+)?")
_MOMENT = re.compile(r"(\S+?)(?:[ T]+(\S+))?")
_ZEROED = "00000"
# What the rows of one sale share, and what those of one drug do.
_SALE = ("at", "day", "number", "payment", "setl_id", "operator", "quantity", "kind")
_DRUG = ("item", "barcode", "name", "price")
# Texts that come again and again (drugs, people, prices) are looked at once; a file whose every
# row brings new ones fills no memory.
_MOST_KEPT = 50_000


class PastReader:
    """Reads the rows of one file. `today` bounds dates, `zone` is the counter's own time.

    `mapped` are identifications for which the three-code map knows a drug; `uncoded` counts rows
    that tell of goods without a code.
    """

    def __init__(
        self, header: Header, today: date, zone: tzinfo | None, mapped: Container[str]
    ) -> None:
        self._header = header
        self._codes = Codes(today, mapped)
        self._today = today
        self._zone = zone
        # A column that the file lacks is read from an empty cell that is put behind each row.
        self._pick = itemgetter(*(header.places.get(column, -1) for column in _SALE + _DRUG))
        self._width = max(header.places.values()) + 1
        self._place = header.places["codes"]
        self._days: dict[str, str] = {}
        self._times: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._offsets: dict[str, str] = {}
        self._drugs: dict[tuple[str, ...], tuple[str, str, int | None]] = {}
        self._sales: dict[tuple[str, ...], tuple[str, int, str, str, str, str]] = {}
        self.uncoded = 0

    def rows(self, table: Table) -> Iterator[tuple[int, Sequence[PastRow] | Finding]]:
        """What each row of data tells, with its number; a row without a code tells nothing."""
        above = ""
        for (number, row), following in with_next(table):
            code = row[self._place].strip() if self._place < len(row) else ""
            if TRACE_20.match(code) and not code.endswith(_ZEROED):
                yield number, self._taken(number, row, (code,))
            elif not self._header.passes_over(row):
                beside = following[self._place] if self._place < len(following) else ""
                told = self._unusual(number, row, code, f"{above} {beside}")
                if told is not None:
                    yield number, told
            above = code

    def _unusual(
        self, number: int, row: Sequence[str], text: str, beside: str
    ) -> Sequence[PastRow] | Finding | None:
        """A row with several codes, none, or something else in their place."""
        try:
            codes = self._codes.several(text, beside)
        except RowError as error:
            return Finding(number, "", FindingKind.UNREAD, _refusal(error))
        if not codes:
            self.uncoded += 1
            return None
        return self._taken(number, row, codes)

    def _taken(
        self, number: int, row: Sequence[str], codes: Sequence[str]
    ) -> Sequence[PastRow] | Finding:
        """One row a code. Rows of one sale, and of one drug, share what was read of them."""
        picked = self._pick([*row, *[""] * (self._width + 1 - len(row)), ""])
        sale, drug = picked[: len(_SALE)], picked[len(_SALE) :]
        told = self._sales.get(sale)
        try:
            if told is None:
                told = self._sale(*map(unprotected, sale))
                _remember(self._sales, sale, told)
        except RowError as error:
            return Finding(number, ";".join(codes), FindingKind.UNREAD, _refusal(error))
        goods = self._drugs.get(drug)
        if goods is None:
            goods = self._drug(*map(unprotected, drug))
            _remember(self._drugs, drug, goods)
        at, returned, receipt, payment, setl_id, operator = told
        rest = (at, returned, receipt, *goods, payment, setl_id, operator)
        return [PastRow._make((number, code, *rest)) for code in codes]

    def _sale(
        self,
        at: str,
        day: str,
        number: str,
        payment: str,
        setl_id: str,
        operator: str,
        quantity: str,
        kind: str,
    ) -> tuple[str, int, str, str, str, str]:
        back = quantity.startswith(("-", "－", "(")) or _BACK.search(kind) is not None
        return (
            self._moment(at, day),
            int(back),
            _kept(number, cells.MAX_NUMBER),
            self._word(payment),
            _kept(setl_id, _MOST_SETL),
            self._word(operator),
        )

    def _word(self, text: str) -> str:
        """A word of few: how it was paid, who sold it."""
        if text not in self._words:
            _remember(self._words, text, _kept(text, _MOST_WORD))
        return self._words[text]

    def _drug(self, item: str, barcode: str, name: str, price: str) -> tuple[str, str, int | None]:
        """The drug's code and name, and its price; one that cannot be read was not told."""
        fen = parse_yuan(price.lstrip("-")) if price else None
        return _kept(item or barcode, cells.MAX_NUMBER), _kept(name, _MOST_NAME), fen

    def _moment(self, at: str, day: str) -> str:
        """When it was, as it is kept: one column tells both, or two tell day and time."""
        on, clock = self._days.get(at[:10]), self._times.get(at[10:])
        if on is None or clock is None:
            alone = _TIME.fullmatch(at)
            text = normalise_digits(f"{day} {at}" if alone and day else at or day)
            found = _MOMENT.fullmatch(text)
            time = _TIME.fullmatch(found[2] or "0:00") if found else None
            told = parse_day(found[1]) if found else None
            if told is None or time is None or told > self._today:
                raise RowError("bad_at", text)
            clock = ":".join(f"{int(part or 0):02}" for part in time.groups())
            on = told.isoformat()
            if text == at and on == at[:10]:  # as databases write it: known from now on
                _remember(self._days, on, on)
                _remember(self._times, at[10:], clock)
        offset = self._offsets.get(on)
        if offset is None:
            offset = datetime.fromisoformat(on).replace(tzinfo=self._zone).isoformat()[19:]
            _remember(self._offsets, on, offset)
        return f"{on}T{clock}{offset}"


def with_next(table: Table) -> Iterator[tuple[tuple[int, Sequence[str]], Sequence[str]]]:
    """Each row with the cells of the one after it."""
    last = next(table, None)
    for row in table:
        if last:
            yield last, row[1]
        last = row
    if last:
        yield last, ()


def _kept(text: str, most: int) -> str:
    """A text as it is kept: in one line, cut to `most`, a person's number in it masked.

    What is only told beside a code costs no row: it is the code that history is asked for.
    """
    if text and (not text.isascii() or not text.isalnum() or names_person(text, date.max)):
        line = "".join(ch if ch.isprintable() else " " for ch in text)
        text = masked(" ".join(line.split()), date.max, prose=False)
    return text[:most]


def _refusal(error: RowError) -> str:
    return f"{error.reason} {shown(error.detail)}".strip()


def _remember(known: dict[K, T], text: K, found: T) -> None:
    if len(known) >= _MOST_KEPT:
        known.clear()
    known[text] = found
