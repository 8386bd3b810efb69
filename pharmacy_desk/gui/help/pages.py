"""What the help says, as values: read from the shipped files by the fuse box."""

from collections.abc import Iterable, Mapping, Sequence

from pharmacy_desk.core.basics.values import dataclass


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One screen: its name in the window's bar, what it is for, its keys, what can go wrong.

    `keys` are (key, what it does), `wrong` (what one sees, what to do).
    """

    name: str
    title: str
    purpose: str
    keys: tuple[tuple[str, str], ...]
    wrong: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class About:
    """The program's version and licence, and each library as (name, version, licence)."""

    version: str
    licence: str
    libraries: tuple[tuple[str, str, str], ...]


def page_of(table: Mapping[str, object]) -> HelpPage:
    """A page from its table in the shipped file. Raises `KeyError` where a part is missing."""
    return HelpPage(
        name=str(table["name"]),
        title=str(table["title"]),
        purpose=str(table["for"]),
        keys=_pairs(table["keys"]),
        wrong=_pairs(table["wrong"]),
    )


def all_keys(pages: Iterable[HelpPage]) -> tuple[tuple[str, str], ...]:
    """The keys of all screens as pairs; the name of a screen stands alone before its own."""
    return tuple(pair for page in pages for pair in ((page.title, ""), *page.keys))


def _pairs(rows: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(rows, Sequence):
        return ()
    return tuple((str(word), str(says)) for word, says in rows)
