"""The ledger whole: sales, catalogue, outbox and people over one chain and one connection."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pharmacy_desk.adapters.store.base import database
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.catalogue.catalogue import Catalogue
from pharmacy_desk.adapters.store.people.people import People
from pharmacy_desk.adapters.store.sale.carried import Carried
from pharmacy_desk.adapters.store.sale.returns import Returns
from pharmacy_desk.adapters.store.stock.custody import Custody
from pharmacy_desk.adapters.store.stock.drafts import Drafts
from pharmacy_desk.adapters.store.stock.settled import Settled
from pharmacy_desk.core.ports.doors import HeadKey, Sealer


@reads_rows
class SqliteLedger(Carried, Catalogue, Custody, Settled, People, Drafts, Returns):
    """The writing side of the store; only the desk lane calls it (design, section 3).

    `place` names where the home is (machine and folder); a home whose past is not proven unbroken
    there starts a new epoch. Raises `WorldError` when the file cannot be used.
    """

    def __init__(
        self,
        path: Path,
        counter: str,
        place: str,
        sealer: Sealer,
        now: datetime,
        operator: str,
        head_key: Callable[[], HeadKey] | None = None,
    ) -> None:
        self.sealer = sealer
        self.head_key = head_key
        with database.damage(path):
            super().__init__(path, counter, place, now, operator)
            self.carry_over(now, operator)
