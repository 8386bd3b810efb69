"""The ledger is put together of parts: no part inherits another, no port asks for too much."""

import importlib
import inspect
import pkgutil
from pathlib import Path
from typing import Any

import pytest

from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.core import ports
from pharmacy_desk.core.ports.doors import Ledger

# What one caller can keep in the head; a port that needs more is two.
MOST_METHODS = 12
PORTS = sorted(module.name for module in pkgutil.iter_modules(ports.__path__))


def _asked(protocol: type) -> set[str]:
    """The names that a Protocol of ours asks for, its bases counted in."""
    own = [c for c in protocol.__mro__ if c.__module__.startswith("pharmacy_desk")]
    return {name for c in own for name in vars(c) if not name.startswith("_")}


@pytest.mark.parametrize("name", PORTS)
def test_no_port_of_the_ledger_asks_for_more_than_a_caller_needs(name: str) -> None:
    module = importlib.import_module(f"{ports.__name__}.{name}")
    for _, protocol in inspect.getmembers(module, inspect.isclass):
        if getattr(protocol, "_is_protocol", False) and protocol is not Ledger:
            assert len(_asked(protocol)) <= MOST_METHODS, protocol


@pytest.mark.parametrize("name", PORTS)
def test_who_acts_and_when_is_told_a_port_as_one_value_and_first(name: str) -> None:
    module = importlib.import_module(f"{ports.__name__}.{name}")
    for _, protocol in inspect.getmembers(module, inspect.isclass):
        for method in filter(inspect.isfunction, vars(protocol).values()):
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
