"""Find the header of a table and learn what its columns are, by names and never by position.

Suppliers put titles above the header, repeat it on every page and call columns as they like. A
name that no list of synonyms knows is said once by a person and kept by the caller per supplier
(`learn`), so that the next file of that supplier is read without a question.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import islice, zip_longest

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.stock.files.cells import shown, unprotected

# Titles and address blocks stand above the header; printed delivery notes have up to a dozen rows.
HEADER_WITHIN_ROWS = 20
_TOTAL = re.compile(r"(?:本页|本单|整单|累计|总)?(?:合计|小计|总计|共计)")
# What tells a row's drug or box: a line of totals has none of these.
_KEYS = ("code", "identification", "approval", "codes", "parent", "children")
# A title cell holds `单号：SH-1`, several of them apart by blanks, or `单号：` alone.
_TITLED = re.compile(r"([^:：\s]{2,12})\s*[:：]\s*((?:(?!\s+[^:：\s]{2,12}\s*[:：]).)*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Layout:
    """What a kind of table may hold.

    `columns` gives for each of our columns the header names it is known by; the first is what we
    write. Each entry of `needed` is a choice of groups of columns of which one must be there
    whole. `carried` are columns whose merged cells are empty below their first row, and that a
    title row above the header may tell for the whole file.
    """

    columns: Mapping[str, tuple[str, ...]]
    needed: tuple[tuple[tuple[str, ...], ...], ...]
    carried: tuple[str, ...] = ()

    def written(self, column: str) -> str:
        """The header name that we write for a column of ours."""
        return self.columns[column][0]

    def missing(self, there: Mapping[str, object]) -> tuple[str, ...]:
        """What is needed and not in `there`: `数量`, `商品编码 / 药品标识码 / 批准文号+规格`."""
        return tuple(
            " / ".join("+".join(map(self.written, group)) for group in choice)
            for choice in self.needed
            if not any(all(column in there for column in group) for group in choice)
        )

    def own(self, said: str) -> str | None:
        """A column said by our word for it or by the name we write; None for another layout's."""
        if said in self.columns:
            return said
        return next((key for key, names in self.columns.items() if names[0] == said), None)


@dataclass(frozen=True, slots=True)
class Header:
    """Where our columns stand in a file, and what else the file has.

    `row` is the header's row number and `cells` the row as it stood. `unknown` are columns kept
    aside, `absent` are names of ours that the file lacks. `fixed` holds values that are one for
    the whole file: from title rows, or said by a person. `above` are the rows before the header.
    """

    row: int
    cells: tuple[str, ...]
    places: Mapping[str, int]
    unknown: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)
    above: tuple[int, ...] = ()

    def cell(self, cells: Sequence[str], column: str) -> str:
        """The text of our column in a row; empty when the row or the file has none."""
        index = self.places.get(column, len(cells))
        return unprotected(cells[index]) if index < len(cells) else ""

    def passes_over(self, cells: Sequence[str]) -> bool:
        """True for a row that is no data: the header again on a new page, or a line of totals."""
        told = [at for at in self.places.values() if at < len(cells) and cells[at].strip()]
        # Asked of every row: it ends at the first cell that is no header name.
        if told and all(plain_name(cells[at]) == plain_name(self.cells[at]) for at in told):
            return True
        first = next((cell for cell in cells if cell.strip()), "")
        if first.isascii() or not _TOTAL.match(re.sub(r"\s", "", first)):
            return False
        return all(self.cell(cells, key) in ("", first) for key in _KEYS)


@dataclass(frozen=True, slots=True)
class HeaderRefusal:
    """No header: what is missing by the names we write, and what was found for a person to name.

    `row` is the row that came nearest (0 for an empty table); `found` are its cells, safe to
    show; `cells` the same as they stand, for `learn`. `told` is what title rows above it tell.
    """

    row: int
    missing: tuple[str, ...]
    found: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    told: Mapping[str, str] = field(default_factory=dict)


def plain_name(text: str) -> str:
    """A header name without what changes from file to file: width, case, blanks, `*`, brackets."""
    if text.isascii() and text.isdigit():
        return text
    name = re.sub(r"[(【\[].*?[)】\]]", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"[\s*:]", "", name).casefold()


def learn(header_row: Sequence[str], known: Mapping[str, str]) -> Mapping[str, str]:
    """What a person said of a header row, as it is kept for the next file of the same supplier.

    `known` maps header names to our columns, by our word or by the name we write. Names that the
    row does not hold are dropped, and of two names for one column the first in the row stays. A
    name for the empty column is kept aside from now on, whatever the synonyms make of it.
    """
    said = {plain_name(name): column for name, column in known.items()}
    learned: dict[str, str] = {}
    for cell in header_row:
        column = said.get(plain_name(cell))
        if column is None or not plain_name(cell):
            continue
        if not column or column not in learned.values():
            learned[plain_name(cell)] = column
    return learned


def read_header(
    layout: Layout,
    cells: Sequence[str],
    learned: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
    row: int = 1,
) -> Header | HeaderRefusal:
    """One row as a header; a refusal names what is missing and what the row has instead.

    `learned` (see `learn`) wins over the synonyms. `given` are values a person said for the whole
    file (`supplier`, `number`); a column that the file lacks is not missed when it is given.
    """
    places = find_places(layout, cells, learned or {})
    fixed = {column: text for column, text in (given or {}).items() if column in layout.columns}
    missing = layout.missing({**places, **fixed})
    if missing:
        named = tuple(shown(cell) for cell in cells if cell.strip())
        return HeaderRefusal(row, missing, named, tuple(cells), fixed)
    taken = set(places.values())
    return Header(
        row=row,
        cells=tuple(cells),
        places=places,
        unknown=tuple(
            shown(cell) for index, cell in enumerate(cells) if cell.strip() and index not in taken
        ),
        absent=tuple(layout.written(column) for column in layout.columns if column not in places),
        fixed=fixed,
    )


def find_places(layout: Layout, cells: Sequence[str], learned: Mapping[str, str]) -> dict[str, int]:
    """Each column of ours where it stands first; what was learned is looked for before."""
    names = {plain_name(name): key for key, known in layout.columns.items() for name in known}
    places: dict[str, int] = {}
    for index, cell in enumerate(cells):
        column = layout.own(learned.get(plain_name(cell), ""))
        if column:
            places.setdefault(column, index)
    said = set(places.values())
    said |= {at for at, cell in enumerate(cells) if learned.get(plain_name(cell)) == ""}
    for index, cell in enumerate(cells):
        # `数量 盒` is a quantity, as `数量(盒)` is: the first word is tried too.
        candidates = (plain_name(cell), plain_name(re.sub(r"\s.*", "", cell.strip())))
        column = next((names[name] for name in candidates if name in names), None)
        if column and index not in said:
            places.setdefault(column, index)
    return places


def find_header(
    layout: Layout,
    table: Iterator[tuple[int, Sequence[str]]],
    learned: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
) -> Header | HeaderRefusal:
    """Read rows up to the header, which stands within the first `HEADER_WITHIN_ROWS` of them.

    What is left in `table` is data. A header in two rows (a merged name above, its parts below)
    is read as one. When there is none, the row that came nearest is refused.
    """
    nearest = HeaderRefusal(0, layout.missing(given or {}))
    before: list[tuple[int, Sequence[str]]] = []
    for number, cells in islice(table, HEADER_WITHIN_ROWS):
        values = {**_titles(layout, before), **(given or {})}
        found = read_header(layout, cells, learned, values, number)
        if isinstance(found, HeaderRefusal) and before:
            both = [own or over for over, own in zip_longest(before[-1][1], cells, fillvalue="")]
            joined = read_header(layout, both, learned, values, number)
            found = joined if isinstance(joined, Header) else found
        if isinstance(found, Header):
            return replace(found, above=tuple(above for above, _ in before))
        nearest = min((nearest, found), key=_distance) if nearest.row else found
        before.append((number, cells))
    return nearest


def _distance(refusal: HeaderRefusal) -> tuple[int, int]:
    """How far a row is from a header; of rows alike, a title has fewer cells than a header."""
    return len(refusal.missing), -len(refusal.found)


def _titles(layout: Layout, rows: Sequence[tuple[int, Sequence[str]]]) -> dict[str, str]:
    """What title rows tell for the whole file: `单号：SH-1`, in one cell or in two."""
    names = {plain_name(name): key for key in layout.carried for name in layout.columns[key]}
    told: dict[str, str] = {}
    for _, cells in rows:
        texts = [cell for cell in cells if cell.strip()]
        for text, following in zip_longest(texts, texts[1:], fillvalue=""):
            for label, value in _TITLED.findall(text):
                column = names.get(plain_name(label))
                # The next cell belongs to a label that stands alone, not to the next label.
                beside = "" if _TITLED.match(following) else following
                if column and (value.strip() or beside.strip()):
                    told.setdefault(column, unprotected(value.strip() or beside.strip()))
    return told
