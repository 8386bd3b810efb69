"""Both sides of the ledger are put together of parts.

No part inherits another, and no port asks for too much.
"""

import importlib
import inspect
import pkgutil
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.part import Part, ReadPart
from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core import ports
from pharmacy_desk.core.ports.doors import Ledger
from pharmacy_desk.core.ports.reading.ledger import LedgerReading
from tests.fakes.reading import ToldReading

# What one caller can keep in the head; a port that needs more is two.
MOST_METHODS = 12
_WITHIN = f"{ports.__name__}."
PORTS = sorted(
    module.name.removeprefix(_WITHIN) for module in pkgutil.walk_packages(ports.__path__, _WITHIN)
)


def _asked(protocol: type) -> set[str]:
    """The names that a Protocol of ours asks for, its bases counted in."""
    own = [c for c in protocol.__mro__ if c.__module__.startswith("pharmacy_desk")]
    return {name for c in own for name in vars(c) if not name.startswith("_")}


@pytest.mark.parametrize("name", PORTS)
def test_no_port_of_the_ledger_asks_for_more_than_a_caller_needs(name: str) -> None:
    module = importlib.import_module(f"{ports.__name__}.{name}")
    for _, protocol in inspect.getmembers(module, inspect.isclass):
        # The two sides as wholes name their parts only; nobody asks them for anything else.
        if getattr(protocol, "_is_protocol", False) and protocol not in (Ledger, LedgerReading):
            assert len(_asked(protocol)) <= MOST_METHODS, protocol


@pytest.mark.parametrize("name", PORTS)
def test_who_acts_and_when_is_told_a_port_as_one_value_and_first(name: str) -> None:
    module = importlib.import_module(f"{ports.__name__}.{name}")
    for _, protocol in inspect.getmembers(module, inspect.isclass):
        asked = vars(protocol).values() if getattr(protocol, "_is_protocol", False) else ()
        for method in filter(inspect.isfunction, asked):
            told = list(inspect.signature(method).parameters)
            assert not {"at", "operator"} <= set(told), method
            assert "actor" not in told[2:], method


def test_the_ledger_has_every_part_its_port_names_and_inherits_none(
    ledger: SqliteLedger,
) -> None:
    assert SqliteLedger.__bases__ == (object,)
    for name in _asked(Ledger):
        part: Any = getattr(ledger, name)
        assert type(part).__bases__ in ((Part,), (object,)), name


def test_every_part_writes_in_the_one_transaction_of_the_one_chain(ledger: SqliteLedger) -> None:
    chain: Chain = ledger.chain
    parts = [part for part in vars(ledger).values() if isinstance(part, Part)]
    assert len(parts) > 10
    for part in parts:
        assert part.transaction == chain.transaction
        assert part.append == chain.append
        assert part.path == Path(chain.path)


def test_the_reader_has_every_part_the_read_port_names_and_inherits_none(
    ledger: SqliteLedger,
) -> None:
    assert Reader.__bases__ == (object,)
    with closing(Reader(ledger.path)) as reader:
        parts = {name: part for name, part in vars(reader).items() if isinstance(part, ReadPart)}
    for name, part in parts.items():
        assert type(part).__bases__ == (ReadPart,), name
        assert len(_asked(type(part)) - {"path"}) <= MOST_METHODS, name
    assert _asked(LedgerReading) - {"close"} <= set(parts)
    for name in _asked(LedgerReading) - {"close"}:
        port = inspect.signature(vars(LedgerReading)[name].fget).return_annotation
        assert _asked(port) <= _asked(type(parts[name])), name


def test_nobody_of_the_counter_takes_the_whole_ledger() -> None:
    folder = Path(str(importlib.import_module("pharmacy_desk.counter").__file__)).parent
    rooms = [path.read_text(encoding="utf-8") for path in folder.rglob("*.py")]
    assert len(rooms) > 20
    assert not [text for text in rooms if re.search(r"\bLedger\b", text)]


def test_what_is_told_in_place_of_the_reader_has_every_question_of_its_port() -> None:
    told = ToldReading()
    for name, part in vars(told).items():
        port = inspect.signature(vars(LedgerReading)[name].fget).return_annotation
        assert _asked(port) <= set(dir(part)), name
