"""The ledger whole: its parts over one chain, one connection and one transaction."""

from collections.abc import Callable
from pathlib import Path

from pharmacy_desk.adapters.store.base import database
from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.catalogue.catalogue import Catalogue
from pharmacy_desk.adapters.store.catalogue.three_code_map import ThreeCodeMap
from pharmacy_desk.adapters.store.people.duty import Duties
from pharmacy_desk.adapters.store.people.people import People
from pharmacy_desk.adapters.store.people.sealed import Sealed
from pharmacy_desk.adapters.store.sale.basket import Basket
from pharmacy_desk.adapters.store.sale.carried import Carried
from pharmacy_desk.adapters.store.sale.claims import Doubts
from pharmacy_desk.adapters.store.sale.gifts import Gifts
from pharmacy_desk.adapters.store.sale.limits import Limits
from pharmacy_desk.adapters.store.sale.no_code_sales import NoCodeSales
from pharmacy_desk.adapters.store.sale.past_sales import PastSales
from pharmacy_desk.adapters.store.sale.persons import SalePersons
from pharmacy_desk.adapters.store.sale.prescriptions import Prescriptions
from pharmacy_desk.adapters.store.sale.register import Register
from pharmacy_desk.adapters.store.sale.returns import Returns
from pharmacy_desk.adapters.store.sale.sales import Sales
from pharmacy_desk.adapters.store.sale.settlements import Settlements
from pharmacy_desk.adapters.store.sale.shifts import Shifts
from pharmacy_desk.adapters.store.sale.sold import Sold
from pharmacy_desk.adapters.store.sale.tickets import Tickets
from pharmacy_desk.adapters.store.sale.typed_on import TypedOn
from pharmacy_desk.adapters.store.sale.undoings import Undoings
from pharmacy_desk.adapters.store.stock.custody import Custody
from pharmacy_desk.adapters.store.stock.drafts import Drafts
from pharmacy_desk.adapters.store.stock.no_code import NoCodeLibrary
from pharmacy_desk.adapters.store.stock.settled import Settled
from pharmacy_desk.adapters.store.upload.outbox import Outbox
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.ports.doors import HeadKey, Sealer


class SqliteLedger:
    """The writing side of the store; only the desk lane calls it (design, section 3).

    `place` names where the home is (machine and folder); a home whose past is not proven unbroken
    there starts a new epoch. Raises `WorldError` when the file cannot be used.
    """

    def __init__(
        self,
        actor: Actor,
        path: Path,
        counter: str,
        place: str,
        sealer: Sealer,
        head_key: Callable[[], HeadKey] | None = None,
    ) -> None:
        self.sealer = sealer
        with database.damage(path):
            self.chain = Chain(
                actor=actor, path=path, counter=counter, place=place, head_key=head_key
            )
            self._put_together(self.chain, sealer)
            self._carried.carry_over(actor)

    def _put_together(self, chain: Chain, sealer: Sealer) -> None:
        """Each part is given the chain, and the parts whose rows it writes with."""
        self.people = People(chain, sealer)
        self.sealed = Sealed(chain, sealer)
        self.duty = Duties(chain)
        self.shifts = Shifts(chain)
        register = Register(chain, self.sealed)
        self.persons = SalePersons(chain, self.sealed, register)
        self.outbox = Outbox(chain, sealer)
        self.sold_there = Settled(chain, self.outbox)
        self.map = ThreeCodeMap(chain)
        self.catalogue = Catalogue(chain, self.map)
        self.boxes = Custody(chain)
        self.drafts = Drafts(chain)
        self.no_code = NoCodeLibrary(chain)
        self.gifts = Gifts(chain)
        self.settlements = Settlements(chain)
        self.limits = Limits(chain)
        self.past = PastSales(chain)
        self.prescriptions = Prescriptions(chain, self.sealed)
        self.returns = Returns(chain)
        self.claims = Doubts(chain)
        self.typed_on = TypedOn(chain)
        self.basket = Basket(chain, gifts=self.gifts, no_code=self.no_code)
        self.tickets = Tickets(chain, basket=self.basket)
        self.no_code_sales = NoCodeSales(chain, basket=self.basket)
        self._carried = Carried(
            chain, basket=self.basket, settlements=self.settlements, persons=self.persons
        )
        self.undoings = Undoings(
            chain,
            returns=self.returns,
            settlements=self.settlements,
            carried=self._carried,
            prescriptions=self.prescriptions,
        )
        self.sales = Sales(
            chain,
            basket=self.basket,
            carried=self._carried,
            settlements=self.settlements,
            persons=self.persons,
            register=register,
            prescriptions=self.prescriptions,
            sold=Sold(chain),
            tickets=self.tickets,
        )

    @property
    def path(self) -> Path:
        """The ledger's file."""
        return self.chain.path

    def close(self) -> None:
        """Sign the head, fold the write-ahead log in and close the file."""
        self.chain.close()
