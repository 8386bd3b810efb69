"""Header names that people have said, per supplier: which of them count for a file, what to ask.

The names of one supplier are tried on its own files first. A file that does not tell its supplier
is read with names that fit it, as long as no two suppliers mean different columns by them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from itertools import chain, islice
from typing import TypeAlias

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.persons import names_person
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.stock.files.cells import shown, unprotected
from pharmacy_desk.core.stock.files.headers import (
    HEADER_WITHIN_ROWS,
    Header,
    HeaderRefusal,
    Layout,
    find_header,
    find_places,
    learn,
    plain_name,
)
from pharmacy_desk.core.stock.files.rows import Table

# A supplier's name, a plain header name, and our column for it.
Known: TypeAlias = Mapping[str, Mapping[str, str]]
NOTHING_KNOWN: Known = {}


@dataclass(frozen=True, slots=True)
class HeadersSaid:
    """What a person said of one file: header names by our columns, and what the file lacks.

    `given` are values for the whole file (`supplier`, `number`) that no column tells.
    """

    names: Mapping[str, str]
    given: Mapping[str, str] = field(default_factory=dict)

    def of(self, header_row: Sequence[str]) -> dict[str, str]:
        """The names to keep for the next file: those of the row that are no person's code."""
        learned = learn(header_row, self.names)
        return {
            name: column
            for name, column in learned.items()
            if not recognise_text(name, date.max).is_personal
            and not names_person(name, date.max, prose=True)
        }


@dataclass(frozen=True, slots=True)
class HeaderQuestion:
    """A table whose needed columns are not all known, for a person to name them.

    `cells` is the header row as it stands; `shown` the same, and `samples` the first row below
    it, safe to show. `places` are the columns that are known already, `told` what title rows say
    for the whole file. `party` is the one supplier whose earlier files had such headers, to be
    confirmed and never taken over by itself: other suppliers use the same software.
    """

    row: int
    cells: tuple[str, ...]
    shown: tuple[str, ...]
    samples: tuple[str, ...]
    places: Mapping[str, int]
    missing: tuple[str, ...]
    told: Mapping[str, str] = field(default_factory=dict)
    party: str = ""

    def can_be_answered(self, layout: Layout) -> bool:
        """False when there are fewer columns than a person would have to name.

        What may hold for the whole file (the carried columns) can be typed instead.
        """
        by_row = [
            choice
            for choice in layout.needed
            if not any(column in layout.carried for group in choice for column in group)
        ]
        return sum(bool(cell.strip()) for cell in self.cells) >= len(by_row)


@dataclass(frozen=True, slots=True)
class Found:
    """A header with the data rows behind it."""

    header: Header
    rows: Table


def find_known(
    layout: Layout, table: Table, known: Known, said: HeadersSaid | None = None
) -> Found | HeaderQuestion:
    """The header of a table by what is known and, if a person was asked, by what was `said`."""
    head = list(islice(table, HEADER_WITHIN_ROWS))
    names: Mapping[str, str] = {}
    if said:
        names = {plain_name(name): column for name, column in said.names.items()}
    else:
        names = _names(layout, head, known)
    rows = iter(head)
    header = find_header(layout, rows, names, said.given if said else None)
    if isinstance(header, Header):
        return Found(header, chain(rows, table))
    return _question(layout, head, header, known)


def _names(
    layout: Layout, head: Sequence[tuple[int, Sequence[str]]], known: Known
) -> Mapping[str, str]:
    """The learned names to read this file with; none when they are not needed or contradict."""
    plain = _try(layout, head, {})
    if plain:
        # The synonyms are enough; its own supplier's names may say more (or otherwise).
        own_names = known.get(plain[1], {})
        return own_names if _try(layout, head, own_names) else {}
    fits = {party: tried for party, names in known.items() if (tried := _try(layout, head, names))}
    own = next((party for party, (_, told) in fits.items() if told == party), None)
    if own is not None:
        return known[own]
    readings = {tuple(sorted(header.places.items())) for header, _ in fits.values()}
    return known[next(iter(fits))] if len(readings) == 1 else {}


def _try(
    layout: Layout, head: Sequence[tuple[int, Sequence[str]]], names: Mapping[str, str]
) -> tuple[Header, str] | None:
    """The header found with these names, and the supplier the file then tells."""
    rows = iter(head)
    header = find_header(layout, rows, names)
    if isinstance(header, HeaderRefusal):
        return None
    return header, _supplier(header, rows)


def _supplier(header: Header, rows: Iterator[tuple[int, Sequence[str]]]) -> str:
    """Who sent the first line of the file; empty when the file does not tell."""
    for _, cells in rows:
        if not header.passes_over(cells):
            return header.cell(cells, "supplier") or header.fixed.get("supplier", "")
    return header.fixed.get("supplier", "")


def _question(
    layout: Layout,
    head: Sequence[tuple[int, Sequence[str]]],
    refused: HeaderRefusal,
    known: Known,
) -> HeaderQuestion:
    """What to ask: the row nearest to a header with its first values, and the best guess."""
    below = next((cells for number, cells in head if number > refused.row), ())
    here = {plain_name(cell) for cell in refused.cells if cell.strip()}
    fitting = {party: names for party, names in known.items() if names and here >= set(names)}
    guesses = {tuple(sorted(names.items())) for names in fitting.values()}
    guessed = dict(next(iter(guesses))) if len(guesses) == 1 else {}
    places = find_places(layout, refused.cells, guessed)
    return HeaderQuestion(
        row=refused.row,
        cells=refused.cells,
        shown=tuple(shown(cell) for cell in refused.cells),
        samples=tuple(
            shown(unprotected(below[at])) if at < len(below) else ""
            for at in range(len(refused.cells))
        ),
        places=places,
        missing=layout.missing({**places, **refused.told}),
        told=refused.told,
        party=next(iter(fitting)) if len(fitting) == 1 else "",
    )
