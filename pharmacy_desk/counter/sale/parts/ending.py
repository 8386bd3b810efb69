"""How an open sale ends: paid by one transaction, or cancelled. On the desk lane."""

from collections.abc import Callable
from dataclasses import replace

from pharmacy_desk.core.ports.people import PeopleLedger
from pharmacy_desk.core.ports.sales import SalesLedger
from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.prescription import Checkers
from pharmacy_desk.core.sale.sale import Sale, SaleOrigin, SaleState, Settlement
from pharmacy_desk.core.sale.tender import Rounding, Taken, Tendered, as_told, take
from pharmacy_desk.core.sale.ticket import TillTold
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.upload.dispensed import Handlers, dispensed_lines
from pharmacy_desk.core.upload.message import Sender, sale_lines
from pharmacy_desk.core.upload.outbox import Channel
from pharmacy_desk.core.upload.profile import Profile
from pharmacy_desk.counter.people.at_counter import AtCounter
from pharmacy_desk.counter.people.roster import Roster
from pharmacy_desk.counter.sale.customer import Customer
from pharmacy_desk.counter.sale.keeper import Keeper
from pharmacy_desk.counter.sale.parts.in_hand import InHand
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.second_look import SecondLook


class Ending:
    """Pays the sale in hand or cancels it."""

    def __init__(
        self,
        *,
        hand: InHand,
        who: AtCounter,
        sales: SalesLedger,
        people: PeopleLedger,
        second: SecondLook,
        keeper: Keeper,
        customer: Customer,
        roster: Roster,
        settings: Callable[[], Settings],
        profile: Profile,
    ) -> None:
        self._hand = hand
        self._who = who
        self._sales = sales
        self._people = people
        self._second = second
        self._keeper = keeper
        self._customer = customer
        self._roster = roster
        self._settings = settings
        self._profile = profile

    def complete(
        self,
        order: PayOrder,
        settlement: Settlement | None,
        *,
        judged: bool = False,
        aside: Sale | None = None,
        till: TillTold | None = None,
    ) -> Sale | tuple[Refusal, ...] | None:
        """Pay the open sale: one transaction. None when no sale with lines is open.

        `till` is what another till told that was paid for it: by what tenders it did not tell.

        A box that may not be sold by now keeps it open: the answer is why. `judged` says that
        the gate has looked in the very job that pays. A sale that was put aside is paid where it
        is; the open one stays as it is.
        """
        sale = aside or self._hand.refresh()
        if sale is None or not sale.lines:
            return None
        if not judged and (doubts := self._second.doubts(sale)):
            return doubts
        # What the insurance was asked about stays as it was asked.
        asked = None if till else aside or self._hand.settling
        sale = sale if asked and settlement else self._second.covered(sale, order.payment)
        actor = self._who.actor()
        approval = order.approval.event(actor.at, sale.number) if order.approval else None
        paid = replace(
            sale,
            state=SaleState.PAID,
            held_at=None,
            operator=actor.operator,
            paid_at=actor.at,
            payment=order.payment,
            settlement=settlement,
            tendered_fen=order.cash_fen,
            upload_serial=sale.number.replace("-", ""),
        )
        if till:
            paid = replace(paid, origin=SaleOrigin.TILL, tendered_fen=None)
        else:
            paid = replace(paid, taken=self._taken(order.handed, paid.owed_fen))
        sender = self._responsible(paid)
        lines = sale_lines(paid, sender, self._profile)
        lines += dispensed_lines(paid, lines, self._handlers(paid), sender, self._profile)
        if till and self._settings().text("till.uploads") == Channel.TILL:
            lines = tuple(replace(line, channel=Channel.TILL) for line in lines)
        until = self._customer.register_until(actor.at.date())
        self._sales.pay(actor, paid, lines, approval=approval, register_until=until, till=till)
        self._keeper.tell_unheard()
        self._hand.refresh()
        return paid

    def void(self) -> bool:
        """Cancel the whole open sale; its codes are free again."""
        if self._hand.sale is None:
            return False
        self._sales.void(self._who.actor(), self._hand.sale.number)
        self._keeper.tell_unheard()
        self._hand.refresh()
        return True

    @property
    def rounding(self) -> Rounding:
        """How cash is rounded down here (抹零)."""
        return Rounding(self._settings().text("sale.cash_rounding"))

    def _taken(self, handed: Tendered, owed_fen: int | None) -> Taken:
        """What is taken for what the customer owes.

        The insurance may have settled another part than was thought: tenders stand as told then.
        """
        if owed_fen is None:
            return as_told(handed)
        taken = take(handed, owed_fen, self.rounding)
        return taken if isinstance(taken, Taken) else as_told(handed)

    def _responsible(self, sale: Sale) -> Sender:
        """Who sends a sale: its pharmacist is who reviewed its prescription, where one did.

        The licence is that of the staff register; the one in the settings is the pharmacist's who
        is named there, and nobody else's.
        """
        sender, checkers = self._who.sender(), sale.prescription and sale.prescription.checkers
        number = (checkers.reviewer or checkers.checker) if checkers else ""
        known = self._people.operator(number) if number else None
        if known is None or known.name == sender.pharmacist:
            return sender
        entry = self._roster.entry(number)
        licence = entry.licence if entry else ""
        return replace(sender, pharmacist=known.name, pharmacist_cert=licence)

    def _handlers(self, sale: Sale) -> Handlers:
        """The names of those who reviewed, dispensed and checked its prescription."""
        told = sale.prescription.checkers if sale.prescription else Checkers()
        numbers = (told.reviewer, told.dispenser, told.checker)
        known = [self._people.operator(number) if number else None for number in numbers]
        return Handlers(*(person.name if person else "" for person in known))
