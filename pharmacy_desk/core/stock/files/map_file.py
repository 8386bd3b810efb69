"""The three-code map as a table: 药品标识码 · 商品编码 · 包装级别, in and out.

One row an identification. The level may be a number, 1 = smallest (contracts, section 6), or the
trade's words; a file without the column speaks of smallest packs.
"""

from collections.abc import Iterable, Iterator, Mapping

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue import drugs
from pharmacy_desk.core.catalogue.drug_list import BadRow
from pharmacy_desk.core.catalogue.drugs import PackLevel
from pharmacy_desk.core.scanning.scan import normalise_digits
from pharmacy_desk.core.stock.files import cells
from pharmacy_desk.core.stock.files.cells import RowError
from pharmacy_desk.core.stock.files.headers import Header, Layout
from pharmacy_desk.core.stock.files.rows import Table, read_each

MAP = Layout(
    columns={
        "identification": ("药品标识码", "标识码", "药品追溯标识码", "identification"),
        "code": ("商品编码", "货号", "商品编号", "item"),
        "level": ("包装级别", "包装层级", "级别", "packLayer", "level"),
    },
    needed=((("identification",),), (("code",),)),
)
_WORDS = {
    "小包装": PackLevel.SMALLEST,
    "小": PackLevel.SMALLEST,
    "最小": PackLevel.SMALLEST,
    "中包装": PackLevel.MIDDLE,
    "中": PackLevel.MIDDLE,
    "大包装": PackLevel.CARTON,
    "大": PackLevel.CARTON,
    "整件": PackLevel.CARTON,
}


@dataclass(frozen=True, slots=True)
class MapRow:
    """One row; `level` is None where the file tells none."""

    row: int
    identification: str
    item: str
    level: PackLevel | None = None


def read_map(header: Header, table: Table) -> Iterator[MapRow | BadRow]:
    """Each data row as a mapping, or as a bad row with its number and reason."""

    def make(number: int, row: Mapping[str, str], beside: str) -> list[MapRow]:
        identification = cells.identification_of(row)
        if not identification:
            raise RowError("identification_missing")
        item = cells.item_code_of(row, "code")
        if not item:
            raise RowError("item_code_missing")
        return [MapRow(number, identification, item, _level(row))]

    return read_each(MAP, header, table, make)


def _level(row: Mapping[str, str]) -> PackLevel | None:
    text = normalise_digits(row.get("level", ""))
    if text in _WORDS:
        return _WORDS[text]
    if text and text not in ("1", "2", "3"):
        raise RowError("bad_level", text)
    return PackLevel(int(text)) if text else None


def map_export(mappings: Iterable[drugs.Mapping]) -> list[list[str]]:
    """Header and one row a mapping, which `read_map` reads back."""
    table = [[MAP.written(column) for column in MAP.columns]]
    table += [[one.identification, one.item, str(int(one.level))] for one in mappings]
    return table
