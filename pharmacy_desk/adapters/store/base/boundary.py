"""The boundary of the store: behind it rows are values, and damage is one sentence.

A flipped byte shows anywhere: in SQLite, in a number, a date, a JSON text, an enum. So that no
reader needs a guard of its own, every public method of a door (the class with its bases) is one.
"""

import functools
import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

from pharmacy_desk.adapters.store.base import database
from pharmacy_desk.core.basics.errors import WorldError

C = TypeVar("C", bound=type)
# Called inside guarded methods only, some of them at every event.
_INSIDE = frozenset({"append", "begin", "commit", "roll_back", "transaction", "close", "path"})


def reads_rows(door: C) -> C:
    """A class decorator: what fails inside a public method leaves it as `WorldError`.

    A refused constraint and what the class asserts of its callers are left as they are.
    """
    for name in dir(door):
        if name.startswith("_") or name in _INSIDE:
            continue
        found = _found(door, name)
        if isinstance(found, property) and found.fget:
            setattr(door, name, property(_guarded(found.fget), found.fset, found.fdel))
        elif callable(found) and not isinstance(found, type):
            setattr(door, name, _guarded(found))
    return door


def _found(door: type, name: str) -> object:
    """As it stands in the class, not bound; None for a static or class method."""
    return next((vars(base)[name] for base in door.__mro__ if name in vars(base)), None)


def _guarded(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def guarded(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except (WorldError, sqlite3.IntegrityError):
            raise
        except sqlite3.Error as error:
            raise database.world_error(error, self.path) from error
        except database.UNREADABLE as error:
            raise database.unreadable(error, self.path) from error

    return guarded
