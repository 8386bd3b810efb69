"""The people's part of the ledger as the counter sees it."""

from datetime import datetime
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.people.people import Operator, Person


class PeopleLedger(Protocol):
    """Who works here; every change is one transaction with its event."""

    def put_operator(self, actor: Actor, person: Operator, pin: str | None) -> None:
        """Add an operator or change name, role and PIN; without a PIN the old one stays.

        A new PIN ends a lock-out. Raises `ValueError` for a new person without a PIN.
        """
        ...

    def operator(self, number: str) -> Operator | None:
        """An operator by number, when it is one of ours and active."""
        ...

    def people(self) -> tuple[Person, ...]:
        """Everybody who is or was an operator here, by number."""
        ...

    def prove(self, actor: Actor, person: str, pin: str) -> Operator | str:
        """The person when the PIN is theirs; else `bad_pin` or `locked_out`, counted and kept."""
        ...

    def set_active(self, actor: Actor, person: str, *, active: bool) -> bool:
        """Let a person work here no more, or again; False when that is so already."""
        ...

    def free_operator(self, actor: Actor, person: str) -> bool:
        """End a lock-out; False when there is none and no wrong PIN is counted."""
        ...

    def set_badge(self, actor: Actor, person: str, text: str | None) -> bool:
        """Give a person a badge, or take it away (None); False when somebody else has it."""
        ...

    def badge_holder(self, text: str) -> Operator | None:
        """The active operator whose badge this is. Asks the disk only after a change."""
        ...

    @property
    def counter_locked(self) -> bool:
        """True while the counter waits for somebody to sign in, also after a restart."""
        ...

    def lock_counter(self, actor: Actor, why: str) -> None:
        """Lock the counter."""
        ...

    def note_sign_in(self, person: Operator, way: str, at: datetime) -> None:
        """Somebody works at the counter from now on (`way`: `pin` or `badge`); it is unlocked."""
        ...
