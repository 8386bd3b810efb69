"""Every wish returns a future: a method of the wishes that answers nobody fails here."""

import importlib
import pkgutil
from collections.abc import Iterator
from concurrent.futures import Future
from typing import get_origin, get_type_hints

import pytest

from pharmacy_desk import counter
from pharmacy_desk.counter.people.trainer import Trainer

# What other rooms of the counter call on the desk's own thread says so, and answers at once.
_AT_ONCE = ("desk's thread", "told at once")


def wishes() -> Iterator[type]:
    """Every class of wishes there is."""
    for found in pkgutil.walk_packages(counter.__path__, f"{counter.__name__}."):
        if found.name.endswith("wishes"):
            module = importlib.import_module(found.name)
            for name, one in vars(module).items():
                if name.endswith("Wishes") and one.__module__ == found.name:
                    yield one


def methods() -> Iterator[tuple[type, str]]:
    for one in (*wishes(), Trainer):
        for name, what in vars(one).items():
            at_once = any(words in (what.__doc__ or "") for words in _AT_ONCE)
            if callable(what) and not at_once and not name.startswith("_"):
                yield one, name


def test_the_wishes_are_found() -> None:
    assert {one.__name__ for one in wishes()} >= {
        "SaleWishes",
        "StockWishes",
        "StaffWishes",
        "DutyWishes",
    }


@pytest.mark.parametrize(
    ("of", "name"), tuple(methods()), ids=lambda one: getattr(one, "__name__", one)
)
def test_a_wish_is_answered_by_its_future(of: type, name: str) -> None:
    told = get_type_hints(getattr(of, name))["return"]
    assert get_origin(told) is Future, f"{of.__name__}.{name} answers nobody: {told}"
