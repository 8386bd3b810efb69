"""Held sales (挂单): put aside, taken up again, ended when their time is over. Desk lane."""

from collections.abc import Callable
from datetime import timedelta

from pharmacy_desk.core.ports.sales import SalesLedger
from pharmacy_desk.core.ports.settlement import SettlementLedger
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.counter.people.at_counter import AtCounter
from pharmacy_desk.counter.sale.customer import Customer
from pharmacy_desk.counter.sale.keeper import Keeper
from pharmacy_desk.counter.sale.parts.in_hand import InHand


class HeldSales:
    """Knows the held sales; at most one sale is open beside them."""

    def __init__(
        self,
        *,
        hand: InHand,
        who: AtCounter,
        sales: SalesLedger,
        settlements: SettlementLedger,
        keeper: Keeper,
        customer: Customer,
        settings: Callable[[], Settings],
    ) -> None:
        self._hand = hand
        self._who = who
        self._sales = sales
        self._settlements = settlements
        self._keeper = keeper
        self._customer = customer
        self._settings = settings

    def hold(self) -> bool:
        """Put the open sale aside; False when there is nothing to hold."""
        if self._hand.sale is None or not self._hand.sale.lines:
            return False
        self._hold(self._hand.sale)
        self._hand.refresh()
        return True

    def sales(self) -> tuple[Sale, ...]:
        """Held sales, oldest first; those past their time are ended first."""
        self.expire()
        return self._sales.held_sales()

    def waiting(self) -> tuple[tuple[Sale, bool], ...]:
        """Held sales, each with whether the insurance has been asked and has not answered."""
        waiting = {asked.sale for asked in self._hand.aside}
        return tuple((sale, sale.number in waiting) for sale in self.sales())

    def count(self) -> int:
        """How many sales are held."""
        return len(self._sales.held_sales())

    def resume(self, place: int) -> bool:
        """Take up the held sale at `place` (1 = oldest); an open sale with lines is held first."""
        held = self.sales()
        if not 1 <= place <= len(held):
            return False
        self.take_up(held[place - 1].number)
        return True

    def take_up(self, number: str) -> None:
        """Take up this held sale; an open sale with lines is held first."""
        actor = self._who.actor()
        if self._hand.sale and self._hand.sale.lines:
            self._hold(self._hand.sale)
        elif self._hand.sale:
            self._sales.void(actor, self._hand.sale.number)
        self._sales.resume(actor, number)
        self._hand.refresh()

    def expire(self) -> int:
        """End held sales that are older than the setting allows; how many.

        Never one the insurance may have settled, nor kept goods that are to be settled anew
        (退货重结): the customer has them. Nor a ticket: its till says what becomes of it.
        """
        actor = self._who.actor()
        limit = timedelta(hours=self._settings().number("sale.hold_hours"))
        old = [
            sale
            for sale in self._sales.held_sales()
            if sale.held_at
            and sale.held_at < actor.at - limit
            and not sale.resettles
            and not sale.ticket
            and not self._settlements.undecided_settlement(sale.number)
        ]
        for sale in old:
            self._sales.void(actor, sale.number, expired=True)
        if old:
            self._keeper.tell_unheard()
        return len(old)

    def _hold(self, sale: Sale) -> None:
        self._sales.hold(self._who.actor(), sale.number)
        self._customer.put_aside([one.number for one in self._sales.held_sales()])
