"""One fake for each port of the ledger, and it takes what the port takes."""

import inspect
from typing import Any

import pytest

from pharmacy_desk.core.ports.doors import Ledger
from tests.fakes import ledger, open_sale, persons, reservations, undoing

FAKES = [
    one
    for module in (ledger, open_sale, persons, reservations, undoing)
    for _, one in inspect.getmembers(module, inspect.isclass)
    if one.__module__ == module.__name__
]
PORTS = {name: part.fget for name, part in vars(Ledger).items() if isinstance(part, property)}


def _taken(method: Any) -> list[tuple[str, Any]]:
    return [(p.name, p.kind) for p in inspect.signature(method).parameters.values()]


@pytest.mark.parametrize("name", PORTS)
def test_a_port_of_the_ledger_has_a_fake(name: str) -> None:
    port = inspect.signature(PORTS[name], eval_str=True).return_annotation
    asked = {n: m for n, m in vars(port).items() if not n.startswith("_") and inspect.isfunction(m)}
    fakes = [one for one in FAKES if all(hasattr(one, method) for method in asked)]
    assert fakes, f"{port.__name__} has none"
    for method, told in asked.items():
        assert any(_taken(getattr(fake, method)) == _taken(told) for fake in fakes), method
