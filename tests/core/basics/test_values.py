"""A value behaves as the standard library's dataclass does, only its methods come later."""

import copy
import dataclasses
import inspect
import pickle
import subprocess
import sys
import threading
from typing import Any

import pytest

from pharmacy_desk.core.basics.values import dataclass


@dataclass(frozen=True, slots=True)
class Money:
    """Some money."""

    fen: int
    of: str = "CNY"
    notes: tuple[str, ...] = dataclasses.field(default_factory=tuple)
    seen: int = dataclasses.field(default=0, compare=False, repr=False)

    @property
    def yuan(self) -> float:
        return self.fen / 100


@dataclasses.dataclass(frozen=True, slots=True)
class Plain:
    """Some money."""

    fen: int
    of: str = "CNY"
    notes: tuple[str, ...] = dataclasses.field(default_factory=tuple)
    seen: int = dataclasses.field(default=0, compare=False, repr=False)

    @property
    def yuan(self) -> float:
        return self.fen / 100


def declared() -> Any:
    @dataclass(frozen=True, slots=True)
    class Fresh:
        """Of no other test."""

        a: int
        b: str = "b"

    return Fresh


def is_late(cls: type) -> bool:
    """No method has been written: what stands in its place is no function."""
    return not inspect.isfunction(vars(cls)["__init__"])


def test_it_is_equal_hashed_shown_changed_and_kept_as_the_standard_one() -> None:
    one, same, other = Money(5), Money(5, seen=3), Money(6, "EUR", ("a",))
    assert one == same
    assert hash(one) == hash(same) == hash(Plain(5))
    assert one != other
    assert one != Plain(5)
    assert repr(other) == repr(Plain(6, "EUR", ("a",))).replace("Plain", "Money")
    assert dataclasses.replace(other, fen=7) == Money(7, "EUR", ("a",))
    assert dataclasses.asdict(other) == dataclasses.asdict(Plain(6, "EUR", ("a",)))
    assert pickle.loads(pickle.dumps(other)) == other
    assert copy.deepcopy(other) == other
    assert other.yuan == 0.06
    match other:
        case Money(fen, of):
            assert (fen, of) == (6, "EUR")


def test_it_cannot_be_changed_and_has_no_room_for_more() -> None:
    one = Money(5)
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.fen = 6  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.fen
    with pytest.raises(TypeError):
        Money()  # type: ignore[call-arg]
    assert not hasattr(one, "__dict__")
    assert Money.__slots__ == Plain.__slots__  # type: ignore[attr-defined]


def test_the_class_tells_of_itself_as_the_standard_one() -> None:
    assert sorted(set(dir(Money)) ^ set(dir(Plain))) == []
    for name in ("__doc__", "__module__", "__match_args__", "__annotations__"):
        assert getattr(Money, name) == getattr(Plain, name), name
    assert Money.__qualname__ == "Money"
    assert repr(Money.__dataclass_params__) == repr(Plain.__dataclass_params__)
    assert inspect.signature(Money) == inspect.signature(Plain)
    assert [one.name for one in dataclasses.fields(Money)] == ["fen", "of", "notes", "seen"]


@pytest.mark.parametrize(
    "ask",
    [
        lambda cls: cls(1),
        lambda cls: cls.__init__,
        lambda cls: dataclasses.fields(cls),
        lambda cls: inspect.signature(cls),
        lambda cls: hash(cls(2)),
        lambda cls: cls.__match_args__,
    ],
)
def test_its_methods_are_written_when_first_asked_for_and_not_before(ask: Any) -> None:
    cls = declared()
    assert is_late(cls)
    ask(cls)
    assert not is_late(cls)
    assert cls(1) == cls(1, "b")


def test_one_that_is_built_by_hand_or_asks_for_more_is_the_standard_one_at_once() -> None:
    @dataclass(frozen=True, slots=True)
    class ByHand:
        a: int

        def __repr__(self) -> str:
            return "by hand"

    @dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        a: int

    @dataclass(frozen=True, slots=True)
    class Heir(Ordered):
        b: int

    @dataclass
    class Loose:
        a: int

    assert not any(is_late(cls) for cls in (ByHand, Ordered, Heir, Loose))
    assert repr(ByHand(1)) == "by hand"
    assert Ordered(1) < Ordered(2)
    assert Heir(1, 2) == Heir(a=1, b=2)
    loose = Loose(1)
    loose.a = 2
    assert loose == Loose(2)


def test_what_is_derived_from_an_unwritten_one_has_its_fields() -> None:
    base = declared()

    @dataclass(frozen=True, slots=True)
    class Derived(base):  # type: ignore[misc, valid-type]
        c: int = 3

    assert repr(Derived(1)).endswith("Derived(a=1, b='b', c=3)")
    assert base(1) == base(1)


def test_an_annotation_that_is_no_field_is_told() -> None:
    @dataclass(frozen=True, slots=True)
    class Odd:
        a: int
        b: "dataclasses.InitVar[int]"

    with pytest.raises(TypeError, match="no field"):
        Odd(1, 2)


def test_many_threads_may_make_the_first_value_at_once() -> None:
    for _ in range(20):
        cls, made, gate = declared(), [], threading.Barrier(8)

        def work(cls: Any = cls, made: list[Any] = made, gate: threading.Barrier = gate) -> None:
            gate.wait()
            made.append((cls(1), hash(cls(1)), repr(cls(1))))

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(made) == 8
        assert len(set(made)) == 1


def test_a_counters_values_are_not_written_by_loading_them() -> None:
    """Else the start of the program pays for all of them again."""
    code = (
        "import inspect, sys, pharmacy_desk.wiring.counter\n"
        "made = {c for name, m in list(sys.modules.items()) if name.startswith('pharmacy_desk.')"
        " for c in vars(m).values() if isinstance(c, type) and {'__slots__', '__init__'} <= {*vars(c)}}\n"
        "print(sum(not inspect.isfunction(c.__dict__['__init__']) for c in made))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(told.stdout) > 150


def _both(declare: Any) -> tuple[Any, Any]:
    return declare(dataclass), declare(dataclasses.dataclass)


def _with_defaults(decorator: Any) -> Any:
    @decorator(frozen=True, slots=True)
    class Some:
        """Some."""

        a: int
        b: "tuple[int, ...]" = (1, 2)
        c: str | None = None

        def __post_init__(self) -> None:
            object.__setattr__(self, "c", self.c or f"{self.a}")

    return Some


def _empty(decorator: Any) -> Any:
    @decorator(frozen=True, slots=True)
    class Nothing:
        """Nothing."""

    return Nothing


@pytest.mark.parametrize("declare", [_with_defaults, _empty])
def test_a_plain_one_is_made_as_the_standard_one(declare: Any) -> None:
    ours, theirs = _both(declare)
    assert inspect.signature(ours) == inspect.signature(theirs)
    for name in ("__annotations__", "__qualname__", "__module__", "__defaults__"):
        told, wanted = (getattr(cls.__init__, name) for cls in (ours, theirs))
        assert told == wanted or (name, told) == ("__defaults__", ())
    args: tuple[int, ...] = (7,) if declare is _with_defaults else ()
    assert dataclasses.asdict(ours(*args)) == dataclasses.asdict(theirs(*args))
    for wrong in ((*args, 1, 2, 3), {"no_such": 1}):
        for cls in (ours, theirs):
            with pytest.raises(TypeError):
                cls(**wrong) if isinstance(wrong, dict) else cls(*wrong)
    made = ours(*args)
    assert made == ours(*args)
    assert ours.__init__ is type(made).__init__


def test_what_the_standard_library_refuses_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Shared:
        a: list[int] = []  # noqa: RUF012 - what is to be refused

    with pytest.raises(ValueError, match="mutable default"):
        Shared()
