"""Before an insured sale is settled: whom the insurance knows (1101), how it would split (2101).

Both change nothing there, so nothing of them is on the disk: after a kill the sale is open and
asked anew. The settlement itself is `payments`.
"""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeAlias, TypeVar

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Action
from pharmacy_desk.core.people.identity import PersonProof
from pharmacy_desk.core.ports.settlement import (
    Bill,
    Refused,
    SettlementDoor,
    Split,
    Unknown,
)
from pharmacy_desk.core.sale.gate.rules import reminders
from pharmacy_desk.core.sale.patient import Patient
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.sale.settlement import Preview
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import PayAnswer, PayDid, SaleAnswer, SaleDid
from pharmacy_desk.counter.lanes import answered, give_on
from pharmacy_desk.counter.sale.open_sale import OpenSale
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.patients import Patients
from pharmacy_desk.counter.sale.settling import failed, line_of, split_wrong, stops, suspended

Told: TypeAlias = Future[PayAnswer | SaleAnswer]
T = TypeVar("T")
A = TypeVar("A", Patient | Refused | Unknown, Split | Refused | Unknown)


class Dialogue:
    """Asks the door on the settlement lane; its answers come back to the desk lane."""

    def __init__(
        self,
        *,
        open_sale: OpenSale,
        patients: Patients,
        door: SettlementDoor,
        to_desk: Callable[[Callable[[], object]], None],
        to_settlement: Callable[[Callable[[], object]], None],
        post: Callable[[news.News], None],
        line: Callable[[bool, str], None],
    ) -> None:
        self._open_sale = open_sale
        self._patients = patients
        self._door = door
        self._to_desk = to_desk
        self._to_settlement = to_settlement
        self._post = post
        self._line = line

    def whom(self, then: Callable[[], Future[T]]) -> Future[T | PayAnswer | SaleAnswer]:
        """Let the insurance tell who was shown for the open sale, if it has not; then go on.

        Where it does not know her, or pays her nothing, the answer is that, and nothing goes on.
        """
        sale, customer = self._open_sale.sale, self._open_sale.customer
        proof = customer.proof(sale) if sale else None
        if sale is None or proof is None or customer.patient(sale):
            return _widened(then())
        told: Future[T | PayAnswer | SaleAnswer] = Future()
        sender, msgid = self._open_sale.who.sender(), self._open_sale.settlements.message_id()

        def ask() -> Patient | Refused | Unknown:
            return self._door.identify(proof.kind.value, proof.text, sender, msgid)

        def heard(answer: Patient | Refused | Unknown) -> None:
            stopped = self._learned(sale, proof, answer)
            if stopped:
                told.set_result(stopped)
            else:
                give_on(then(), told)

        self._ask(ask, heard, told)
        return told

    def _learned(
        self, sale: Sale, proof: PersonProof, answer: Patient | Refused | Unknown
    ) -> PayAnswer | SaleAnswer | None:
        """Keep what the insurance told of her; why it does not go on, if it does not.

        It told nothing of another person, who was shown while it was asked.
        """
        now = self._open_sale.sale
        if now is None or now.number != sale.number:
            return SaleAnswer(SaleDid.NOTHING_TO_PAY)
        if self._open_sale.customer.proof(now) != proof:
            return PayAnswer(PayDid.CHANGED, now)
        if not isinstance(answer, Patient):
            return failed(now, answer)
        self._open_sale.customer.learn(answer)
        now = self._open_sale.sale or now
        self._post(news.SaleChanged(now, self._open_sale.held.count()))
        return suspended(now, answer)

    def preview(self, payment: PaymentKind) -> Told:
        """Ask how the open sale would be split by this kind; what stops it is told first."""
        sale = self._open_sale.sale
        if sale is None or not sale.lines:
            return answered(SaleAnswer(SaleDid.NOTHING_TO_PAY))
        refusals = self._open_sale.gate.refusals(PayOrder(payment), settled=True)
        if any(refusal.action is not Action.APPROVE for refusal in refusals):
            return answered(PayAnswer(PayDid.REFUSED, sale, refusals))
        stopped = stops(self._door, self._patients, sale)
        if stopped:
            return answered(stopped)
        covered = self._open_sale.gate.covered(payment) or sale
        bill = Bill(
            sale=covered.insured_part(),
            payment=payment,
            sender=self._open_sale.who.sender(),
            msgid="",
            fresh=self._open_sale.settlements.message_id(),
            patient=self._patients.of(sale),
        )
        told: Told = Future()

        def came_to(answer: Split | Refused | Unknown) -> PayAnswer:
            if not isinstance(answer, Split):
                return failed(sale, answer)
            if not answer.parts.adds_up(covered.insured_fen):
                wrong = split_wrong(answer.parts, covered)
                return PayAnswer(PayDid.SPLIT_WRONG, sale, error=wrong)
            preview = Preview(covered, payment, answer.parts)
            now = self._open_sale.sale
            if now is None or not preview.fits(now, payment):
                return PayAnswer(PayDid.CHANGED, now or sale)
            return PayAnswer(
                PayDid.PREVIEWED,
                sale,
                preview=preview,
                reminders=reminders(self._open_sale.gate.said(payment, settled=True)),
                unchecked=self._open_sale.gate.unchecked(payment),
            )

        def heard(answer: Split | Refused | Unknown) -> None:
            told.set_result(came_to(answer))

        self._ask(lambda: self._door.preview(bill), heard, told)
        return told

    def _ask(self, ask: Callable[[], A], heard: Callable[[A], None], told: Future[T]) -> None:
        """One question on the settlement lane; a bug of ours ends the wish, not the counter."""

        def end(answer: A) -> None:
            try:
                heard(answer)
            except BaseException as error:
                told.set_exception(error)
                raise

        def job() -> None:
            try:
                answer = ask()
            except BaseException as error:  # nothing was changed there
                told.set_exception(error)
                raise
            self._line(*line_of(answer))
            self._to_desk(lambda: end(answer))

        self._to_settlement(job)


def _widened(wished: Future[T]) -> Future[T | PayAnswer | SaleAnswer]:
    """The same answer, where others may stand too."""
    told: Future[T | PayAnswer | SaleAnswer] = Future()
    give_on(wished, told)
    return told
