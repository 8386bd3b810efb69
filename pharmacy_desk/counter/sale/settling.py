"""What a settlement's answers come to, in the answers of the counter.

That nobody was shown yet (`stops`) is no reason not to pay, so the gate knows nothing of it: it is
a step that comes before the insurance is asked, as a card that has to be inserted. All that speaks
against the payment the gate has told by then.
"""

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.ports.settlement import (
    NoneThere,
    Refused,
    Settled,
    SettlementDoor,
    Split,
    Unknown,
)
from pharmacy_desk.core.sale.patient import Patient
from pharmacy_desk.core.sale.sale import Sale, Settlement
from pharmacy_desk.counter.answers import PayAnswer, PayDid
from pharmacy_desk.counter.sale.patients import Patients


def stops(door: SettlementDoor | None, patients: Patients | None, sale: Sale) -> PayAnswer | None:
    """Why the insurance is not asked about this sale yet: nobody was shown for whom it is."""
    patient = patients.of(sale) if patients else None
    if patient and patient.shown:
        return None
    if door and door.wants_person:
        return PayAnswer(
            PayDid.PERSON_WANTED, sale, error=WorldError(Fault.SETTLEMENT_NEEDS_PERSON)
        )
    return None


def suspended(sale: Sale, patient: Patient) -> PayAnswer | None:
    """That her insurance pays nothing now, if it does not."""
    if not patient.suspended:
        return None
    error = WorldError(Fault.INSURANCE_SUSPENDED, since=patient.since or "?")
    return PayAnswer(PayDid.SUSPENDED, sale, error=error)


def failed(sale: Sale, answer: Refused | Unknown) -> PayAnswer:
    """A question that changes nothing there was refused, or not answered."""
    no = isinstance(answer, Refused) and answer.reached
    words = answer.words if isinstance(answer, Refused) else answer.why
    fault = Fault.SETTLEMENT_REFUSED if no else Fault.SETTLEMENT_FAILED
    return PayAnswer(PayDid.NOT_SETTLED, sale, error=WorldError(fault, detail=words))


def split_wrong(settlement: Settlement, sale: Sale) -> WorldError:
    """The parts of the split, and what they should have come to."""
    told = sum(part or 0 for part in settlement.parts)
    return WorldError(
        Fault.SETTLEMENT_SPLIT,
        number=settlement.setl_id,
        parts=yuan(told),
        total=yuan(sale.insured_fen),
    )


def line_of(
    answer: Settled | Refused | Unknown | NoneThere | Patient | Split,
) -> tuple[bool, str]:
    """Whether the line to the insurance is up, by its answer."""
    match answer:
        case Unknown(why) | Refused(why, reached=False):
            return False, why
    return True, ""
