"""What the insurance was asked about a sale, from the question to its end. On the desk lane."""

from collections.abc import Callable

from pharmacy_desk.core.basics.numbers import message_id
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.ports.outbox import OutboxLedger
from pharmacy_desk.core.ports.sales import SalesLedger
from pharmacy_desk.core.ports.settlement import SettlementLedger
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.sale.settlement import Asked, Outcome
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.counter.people.at_counter import AtCounter
from pharmacy_desk.counter.sale.parts.in_hand import InHand
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.second_look import SecondLook


class AskedSettlements:
    """Writes down what is asked before it is asked, and what became of it."""

    def __init__(
        self,
        *,
        hand: InHand,
        who: AtCounter,
        sales: SalesLedger,
        settlements: SettlementLedger,
        outbox: OutboxLedger,
        second: SecondLook,
        clock: Clock,
        settings: Callable[[], Settings],
    ) -> None:
        self._hand = hand
        self._who = who
        self._sales = sales
        self._settlements = settlements
        self._outbox = outbox
        self._second = second
        self._clock = clock
        self._settings = settings

    def standing(self) -> tuple[tuple[Asked, Sale], ...]:
        """Settlements that could not be cancelled yet, each with its sale."""
        found = self._settlements.standing_settlements()
        sales = ((asked, self._sales.load_sale(asked.sale)) for asked in found)
        return tuple((asked, sale) for asked, sale in sales if sale)

    def put_aside(self, asked: str) -> Sale | None:
        """The held sale that this settlement is for; None when it is the open one's."""
        number = next((one.sale for one in self._hand.aside if one.id == asked), None)
        return self._sales.load_sale(number) if number else None

    def ask(self, order: PayOrder, aside: Sale | None = None) -> Asked:
        """Write down that a sale's settlement is asked for; from here on it is locked.

        It is the open one, unless one that was put aside is asked for anew. The id of the
        message is on the disk before it is sent.
        """
        sale = aside or self._hand.sale
        if sale is None:
            raise AssertionError("only an open sale is settled")
        actor = self._who.actor()
        approval = order.approval.event(actor.at, sale.number) if order.approval else None
        covered = self._second.covered(sale, order.payment)
        asked = self._settlements.ask_settlement(
            actor=actor,
            sale=sale.number,
            payment=order.payment,
            tendered_fen=order.tendered_fen,
            tendered=order.tendered,
            approval=approval,
            msgid=self.message_id(),
            covers={line.number: line.cover for line in covered.lines if line.cover},
        )
        self._hand.refresh()
        return asked

    def end(self, asked: str, outcome: Outcome) -> None:
        """Write down what became of a settlement."""
        self._settlements.end_settlement(self._who.actor(), asked, outcome)
        self._hand.learn_settlements()

    def message_id(self) -> str:
        """An id for one message to the platform, never given out before."""
        settings = self._settings()
        (tail,) = self._outbox.take_msgids(self._clock.now(), settings.text("counter.number"), 1)
        return message_id(settings.text("store.code"), tail)
