"""The hands at another till's keyboard, and what the ledger knows of what they typed."""

from collections.abc import Sequence
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.sale.guarding import NotTyped, Typed


class Typist(Protocol):
    """Types into the window that has the focus, unless that is one of our own."""

    def type(self, text: str) -> Typed | NotTyped:
        r"""Type a text, its `\r` as Enter and its `\t` as Tab; never twice, never by itself."""
        ...

    def close(self) -> None:
        """Leave the keyboard as it was found."""
        ...


class TypedLedger(Protocol):
    """Which codes of a sale were typed on into the other till."""

    def keep_typed(self, actor: Actor, sale: str, code: str, *, by_person: bool) -> None:
        """A box's code was typed on; `by_person` where somebody saw it stand there."""
        ...

    def typed(self, sale: str, codes: Sequence[str]) -> frozenset[str]:
        """Those of `codes` that were typed on since they came into the sale."""
        ...
