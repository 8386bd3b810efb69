"""The gate asked about the open sale: while it changes, and at its payment. On the desk lane."""

from pharmacy_desk.core.sale.gate.facts import NOTHING_TOLD, Refusal, Told
from pharmacy_desk.core.sale.gate.limit import found as limits_found
from pharmacy_desk.core.sale.gate.rules import blocking, gate
from pharmacy_desk.core.sale.limits import LimitKind
from pharmacy_desk.core.sale.sale import PaymentKind, Sale
from pharmacy_desk.counter.people.at_counter import AtCounter
from pharmacy_desk.counter.sale.limits import Limits
from pharmacy_desk.counter.sale.parts.in_hand import InHand
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.second_look import SecondLook


class GateLook:
    """Tells what speaks against a way of paying, all at once."""

    def __init__(
        self,
        *,
        hand: InHand,
        who: AtCounter,
        second: SecondLook,
        limits: Limits,
    ) -> None:
        self._hand = hand
        self._who = who
        self._second = second
        self._limits = limits

    def covered(self, payment: PaymentKind) -> Sale | None:
        """The open sale with who would pay each line; as it was asked while that is not known."""
        if self._hand.sale is None or self._hand.settling:
            return self._hand.sale
        return self._second.covered(self._hand.sale, payment)

    def refusals(
        self, order: PayOrder, settled: bool, told: Told = NOTHING_TOLD
    ) -> tuple[Refusal, ...]:
        """What stops this payment now; what was said of limits is written down."""
        if self._hand.sale is None or not self._hand.sale.lines:
            return ()
        found = gate(self._second.facts(self._hand.sale, order.payment, settled=settled, told=told))
        self._limits.note(self._who.actor(), self._hand.sale.number, order.payment, found)
        return blocking(found, order.approved)

    def stops(self, payment: PaymentKind, *, settled: bool) -> tuple[Refusal, ...]:
        """What stops this way of paying as far as the sale tells; the payment looks deeper."""
        return blocking(self.said(payment, settled=settled), frozenset())

    def said(self, payment: PaymentKind, *, settled: bool) -> tuple[Refusal, ...]:
        """The same with what is only told and stops nothing."""
        if self._hand.sale is None or not self._hand.sale.lines:
            return ()
        return gate(self._second.known(self._hand.sale, payment, settled=settled))

    def unchecked(self, payment: PaymentKind) -> tuple[LimitKind, ...]:
        """Kinds of limits that nobody can look at for this sale: the person is not known so far."""
        if self._hand.sale is None:
            return ()
        return limits_found(self._second.known(self._hand.sale, payment, settled=True)).unchecked

    def doubts(self) -> tuple[Refusal, ...]:
        """Boxes of the open sale that may not be sold by what has become known since."""
        return self._second.doubts(self._hand.sale) if self._hand.sale else ()
