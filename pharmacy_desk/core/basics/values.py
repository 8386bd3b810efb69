"""The dataclass of the house: its methods are written when a value of it is first made.

The standard library writes a dataclass's methods as text and compiles them, half a millisecond for
each class. A counter loads four hundred frozen ones at its start and makes values of sixty before
the first scan; the others' methods were a sixth of a second of every start. They are still the
standard library's own, and types are checked as with its decorator. Only what makes a value is
written here where its fields are plain, for that is often all that is ever asked of a class.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from types import FunctionType
from typing import TYPE_CHECKING, Any, TypeVar

_Class = TypeVar("_Class", bound=type)
# The desk and the window may make the first value of a class at the same moment.
_WRITING = threading.RLock()


def _written() -> tuple[str, ...]:
    """Which names the standard library writes, by an example: another version writes other ones."""

    class Example:
        field: int

    declared = set(vars(Example))
    whole: type = dataclasses.dataclass(frozen=True, slots=True)(Example)
    return tuple(set(vars(whole)) - declared - {"__slots__", "field"})


_WRITTEN = _written()


def _plain_init(declared: type) -> Callable[..., None] | None:
    """What makes a value whose fields are plain ones; None leaves it to the standard library."""
    defaults: dict[str, object] = {}
    for name, annotation in declared.__annotations__.items():
        there = vars(declared).get(name, dataclasses.MISSING)
        # What it refuses, and what is no field, it shall see itself.
        odd = isinstance(there, dataclasses.Field) or there.__class__.__hash__ is None
        if odd or "Var" in str(annotation) or (there is dataclasses.MISSING and defaults):
            return None
        if there is not dataclasses.MISSING:
            defaults[name] = there
    kept = [f"_set(self, {name!r}, {name})" for name in declared.__annotations__]
    if hasattr(declared, "__post_init__"):
        kept.append("self.__post_init__()")
    names: dict[str, Any] = {"_set": object.__setattr__}
    taken = ", ".join(("self", *declared.__annotations__))
    exec(f"def __init__({taken}): {'; '.join(kept) or 'pass'}", names)
    init: FunctionType = names["__init__"]
    init.__defaults__ = tuple(defaults.values())
    init.__annotations__ = declared.__annotations__ | {"return": None}
    init.__qualname__ = f"{declared.__qualname__}.__init__"
    init.__module__ = declared.__module__
    return init


class _Unwritten:
    """A class of values as it was declared, until its methods are written."""

    __slots__ = ("declared", "made")

    def __init__(self, declared: type) -> None:
        self.declared: type | None = declared
        self.made: type

    def write_init(self) -> bool:
        """Write what makes a value, and no more; False when that is for the standard library."""
        with _WRITING:
            if self.declared is None:
                return True
            if isinstance(vars(self.made)["__init__"], _Late):
                init = _plain_init(self.declared)
                if init is None:
                    return False
                setattr(self.made, "__init__", init)  # noqa: B010
            return True

    def write(self) -> None:
        """Have the methods written; a second call does nothing."""
        with _WRITING:
            if self.declared is None:
                return
            whole: type = dataclasses.dataclass(frozen=True, slots=True)(self.declared)
            if vars(whole)["__slots__"] != vars(self.made)["__slots__"]:
                raise TypeError(f"{self.made.__qualname__}: an annotation that is no field")
            for name in _WRITTEN:
                if isinstance(vars(self.made)[name], _Late):
                    setattr(self.made, name, vars(whole)[name])
            self.declared = None


class _Late:
    """Stands for one method until it is first asked for."""

    __slots__ = ("_name", "_unwritten")

    def __init__(self, unwritten: _Unwritten, name: str) -> None:
        self._unwritten = unwritten
        self._name = name

    def __get__(self, value: object, owner: type) -> Any:
        if self._name != "__init__" or not self._unwritten.write_init():
            self._unwritten.write()
        there = vars(self._unwritten.made)[self._name]
        return there.__get__(value, owner) if hasattr(there, "__get__") else there


def _late(declared: _Class) -> _Class:
    """The class with slots, its methods to come."""
    unwritten = _Unwritten(declared)
    fields = tuple(declared.__annotations__)
    # Defaults and the two of a class without slots stay with what was declared.
    left = {*fields, "__dict__", "__weakref__"}
    names = {name: value for name, value in vars(declared).items() if name not in left}
    names |= {name: _Late(unwritten, name) for name in _WRITTEN}
    names |= {"__slots__": fields, "__qualname__": declared.__qualname__}
    made = type(declared)(declared.__name__, declared.__bases__, names)
    unwritten.made = made
    return made


def _is_plain(declared: type) -> bool:
    """True for a class that leaves all that is written to the decorator."""
    return declared.__bases__ == (object,) and not any(name in vars(declared) for name in _WRITTEN)


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(
        declared: type | None = None, /, *, frozen: bool = False, slots: bool = False, **how: bool
    ) -> type | Callable[[type], type]:
        """`dataclasses.dataclass`; late for frozen classes with slots that ask for nothing else."""

        def decorate(cls: type) -> type:
            if frozen and slots and not how and _is_plain(cls):
                return _late(cls)
            return dataclasses.dataclass(cls, frozen=frozen, slots=slots, **how)

        return decorate if declared is None else decorate(declared)
