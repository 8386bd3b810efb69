"""What stops the way of paying that was chosen, told while the sale changes. On the desk lane."""

from collections.abc import Callable

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Action
from pharmacy_desk.core.sale.gate.rules import blocking, reminders
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import GateAnswer, GateDid
from pharmacy_desk.counter.sale.parts.gate_look import GateLook


class GateWatch:
    """Knows how the sale will be paid, and looks at the gate for that after every change."""

    def __init__(self, gate: GateLook, post: Callable[[news.News], None]) -> None:
        self._gate = gate
        self._post = post
        self.payment: PaymentKind | None = None
        # Whether a settlement can be asked for at all; the fuse box knows the doors.
        self.can_settle = False

    def choose(self, payment: PaymentKind | None) -> GateAnswer:
        """Say how the sale will be paid: from here on scans are judged for that kind."""
        self.payment = payment
        return self.look()

    def look(self) -> GateAnswer:
        """Tell what stops the way of paying that was chosen, after every change of the sale."""
        payment = self.payment
        sale = self._gate.covered(payment) if payment else None
        if sale is None or payment is None:
            return GateAnswer(GateDid.NO_SALE)
        said = self._gate.said(payment, settled=self.can_settle)
        stops, told = blocking(said, frozenset()), reminders(said)
        self._post(news.GateLooked(sale, payment, stops, told))
        waits = all(refusal.action is Action.APPROVE for refusal in stops)
        what = GateDid.OPEN if not stops else GateDid.WAITS if waits else GateDid.STOPPED
        return GateAnswer(
            what=what,
            sale=sale,
            payment=payment,
            refusals=stops,
            reminders=told,
            unchecked=self._gate.unchecked(payment),
        )
