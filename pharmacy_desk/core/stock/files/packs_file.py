"""Pack relations as a table: which code stands inside which, and at what level.

Two layouts (contracts, section 6): a row per code with its parent, as the platforms' relation
files have it (`curCode`, `packLayer`, `parentCode`; facts on codes, 1.2), or a row per parent
with its children.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import field
from datetime import date

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drug_list import BadRow
from pharmacy_desk.core.stock.files import cells
from pharmacy_desk.core.stock.files.cells import Codes, RowError
from pharmacy_desk.core.stock.files.headers import Header, Layout
from pharmacy_desk.core.stock.files.rows import Table, read_each

PACKS = Layout(
    columns={
        "codes": ("追溯码", "curCode", "code", "药品追溯码", "本级码"),
        "parent": ("上级码", "parentCode", "parent", "父码", "上级追溯码"),
        "level": ("包装级别", "packLayer", "level"),
        "children": ("下级码", "children", "childCodes", "子码", "下级追溯码"),
        "smallest": ("是否最小包装", "is_smallest", "isSmallest"),
    },
    # A code alone tells no relation; one with its level tells what it is.
    needed=(
        (("codes", "parent"), ("parent", "children"), ("codes", "children"), ("codes", "level")),
    ),
)
# Box, bundle, carton, pallet: a real relation has four levels; packLayer has one digit.
_MOST_LEVELS = 9
_YES_NO = {"Y": True, "是": True, "1": True, "TRUE": True} | {
    "N": False,
    "否": False,
    "0": False,
    "FALSE": False,
}


@dataclass(frozen=True, slots=True)
class PackRow:
    """One code and what its row tells of it; None is what the row does not tell.

    A row with several codes gives one value for each. In a row of a parent with its children,
    level and `smallest` are the parent's: they come in a value of its own without a parent.
    `smallest` is said of a pack that its relation marks as the smallest itself, whatever its
    level (a carton sold as one piece).
    """

    row: int
    code: str
    parent: str | None = None
    level: int | None = None
    smallest: bool | None = None


@dataclass(slots=True)
class _Packs:
    """What the file has told so far: each code's row and parent, and each parent's own values."""

    codes: Codes
    parents: dict[str, str] = field(default_factory=dict)
    headings: dict[str, PackRow] = field(default_factory=dict)

    def put(self, found: tuple[str, ...], parent: str | None, row: int) -> None:
        """Take a row's codes under their parent, all or none.

        Raises `RowError` when one came before or would stand inside itself.
        """
        over = parent
        for _ in range(_MOST_LEVELS):
            if over in found:
                raise RowError("pack_inside_itself", over or "")
            over = self.parents.get(over) if over else None
        if over:
            raise RowError("too_many_levels", parent or "")
        self.codes.take(found, row)
        if parent:
            self.parents.update(dict.fromkeys(found, parent))

    def heading(self, told: PackRow) -> list[PackRow]:
        """What a row of a parent tells of the parent itself: nothing twice, nothing against it.

        Raises `RowError` when an earlier row told another level: long lists of children go over
        several rows.
        """
        before = self.headings.get(told.code)
        if before and (before.level, before.smallest) != (told.level, told.smallest):
            raise RowError("conflicting_level", f"{told.code} (row {before.row})")
        return [] if before or (told.level is None and told.smallest is None) else [told]


def read_packs(
    header: Header, table: Table, today: date, mapped: Container[str] = frozenset()
) -> Iterator[PackRow | BadRow]:
    """Each data row as its codes with their parent, or as a bad row; see `Codes` for `mapped`."""
    codes = Codes(today, mapped)
    packs = _Packs(codes)

    def make(number: int, row: Mapping[str, str], beside: str) -> list[PackRow]:
        level, smallest = cells.level_of(row), _smallest(row)
        if level == 1 and smallest is False:
            raise RowError("bad_smallest", row["smallest"])
        if row.get("children"):
            return _family(packs, number, row, level, smallest)
        found = codes.several(row.get("codes", ""), beside)
        if not found:
            raise RowError("code_missing")
        parent = codes.one(row["parent"]) if row.get("parent") else None
        packs.put(found, parent, number)
        return [PackRow(number, code, parent, level, smallest) for code in found]

    return read_each(PACKS, header, table, make)


def _family(
    packs: _Packs, number: int, row: Mapping[str, str], level: int | None, smallest: bool | None
) -> list[PackRow]:
    """A row of a parent with its children; the parent is the row's own code if it has one."""
    if row.get("codes") and row.get("parent"):
        raise RowError("parent_and_children", row["parent"])
    parent = packs.codes.one(row.get("codes") or row.get("parent", ""))
    children = packs.codes.several(row["children"])
    if not children:
        raise RowError("code_missing")
    told = PackRow(number, parent, None, level, smallest)
    heading = packs.heading(told)
    packs.put(children, parent, number)
    packs.headings.setdefault(parent, told)
    return heading + [PackRow(number, child, parent) for child in children]


def _smallest(row: Mapping[str, str]) -> bool | None:
    text = row.get("smallest", "").strip()
    if text and text.upper() not in _YES_NO:
        raise RowError("bad_smallest", text)
    return _YES_NO.get(text.upper())
