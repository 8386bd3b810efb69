"""What tells apart drugs that a list of hits would show alike: same name, same maker."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pharmacy_desk.core.catalogue.drugs import Item

# So many last characters of a code are shown; more where they are the same.
_ENDINGS = (4, 6, 8)


def told_apart(items: Iterable[Item]) -> dict[str, tuple[str, ...]]:
    """By item code: approval number and the end of the code on the box, of those that need it.

    The spec, which is shown of every drug, need not tell them apart: 12 and 24 capsules are taken
    for each other at a glance.
    """
    groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        groups[(item.name.casefold(), item.maker.casefold())].append(item)
    return {
        item.code: tuple(part for part in (item.approval, ending) if part)
        for alike in groups.values()
        if len(alike) > 1
        for item, ending in zip(alike, _endings([_on_the_box(one) for one in alike]), strict=True)
    }


def _on_the_box(item: Item) -> str:
    """What can be read off the box in hand, else the number in the list."""
    return next(iter((*item.barcodes, *item.identifications)), item.code)


def _endings(codes: Sequence[str]) -> list[str]:
    for most in _ENDINGS:
        short = [f"…{code[-most:]}" if len(code) > most else code for code in codes]
        if len(set(short)) == len(short):
            return short
    return list(codes)
