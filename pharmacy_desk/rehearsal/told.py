"""Answers of the program as the report of a rehearsal tells them: JSON, written by the program."""

from collections.abc import Sequence
from typing import Any

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.ports.till import TicketAnswer
from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.counter.answers import (
    Answer,
    ApprovalAnswer,
    DayAnswer,
    DrugAnswer,
    DrugDid,
    DutyAnswer,
    DutyDid,
    GateAnswer,
    GateDid,
    MapAnswer,
    PayAnswer,
    PayDid,
    PersonAnswer,
    ReturnAnswer,
    ReturnDid,
    RxAnswer,
    SaleAnswer,
    SaleDid,
    ScanAnswer,
    ScanDid,
    SignInAnswer,
    UnitsAnswer,
    UnitsDid,
)
from pharmacy_desk.counter.views.stock_answers import (
    MoveAnswer,
    MoveDid,
    NoCodeAnswer,
    RecallAnswer,
    RecallDid,
)

# The reason of every answer that waits for a second person.
_APPROVAL = "APPROVAL"
_AWAITED = (ReturnDid.APPROVAL_AWAITED, DrugDid.APPROVAL_AWAITED, DutyDid.APPROVAL_AWAITED)
# What the report calls the answer to a scan that has no verdict, where that is not its own name.
_SCAN_WORDS = {
    ScanDid.SIGNED_IN: "BADGE",
    ScanDid.BADGE_REFUSED: "BADGE",
    ScanDid.TENDER: "NOT_TRACE",
    ScanDid.LOOKED_UP: "LookedUp",
    ScanDid.MANAGER_AWAITED: "ScanFailed",
    ScanDid.SETTLING: "ScanFailed",
    ScanDid.FAILED: "ScanFailed",
}


def _of_scan(answer: ScanAnswer) -> dict[str, Any]:
    """What became of a scan: its verdict, or the word of the report for what has none."""
    word = _SCAN_WORDS.get(answer.what, answer.what.name)
    told: dict[str, Any] = {"answer": "scan", "verdict": word}
    told["refused"] = _APPROVAL if answer.awaits else answer.refused
    if answer.reading:
        told["kind"] = answer.reading.kind.value
    if answer.error:
        told["error"] = str(answer.error)
    return told | (_verdict(answer.verdict) if answer.verdict else {})


def told_of(answer: Answer | None) -> dict[str, Any]:
    """An answer as a JSON object; `none` where news tell what became of the wish."""
    match answer:
        case SaleAnswer(what=what, doubts=doubts):
            refused = _APPROVAL if what is SaleDid.MANAGER_AWAITED else what.refused
            return {"answer": "sale", "what": what, "refused": refused, **_why(doubts)}
        case GateAnswer() | PayAnswer():
            return _of_payment(answer)
        case UnitsAnswer():
            waits = answer.what is UnitsDid.APPROVAL_AWAITED
            why = _APPROVAL if waits else answer.reason
            return {"answer": "units", "left": answer.left, "refused": why}
        case ScanAnswer():
            return _of_scan(answer)
        case ReturnAnswer() | DrugAnswer() | DutyAnswer() | RxAnswer() | DayAnswer():
            return _or_awaited(answer)
        case MapAnswer(verdict=verdict):
            name = verdict.name.value if verdict else ""
            return {"answer": "map", "refused": answer.reason, "verdict": name}
        case SignInAnswer() | PersonAnswer():
            return _of_person(answer)
        case ApprovalAnswer(request=asked, then=then):
            told = {"subject": asked.subject.value if asked else "", "refused": answer.reason}
            return {"answer": "approval", **told, "then": told_of(then) if then else None}
        case None:
            return {"answer": "none"}
    return _of_stock_or_till(answer)


def _of_person(answer: SignInAnswer | PersonAnswer) -> dict[str, Any]:
    """Who signed in; or that a customer was seen, never who."""
    if isinstance(answer, SignInAnswer):
        return {"answer": "sign_in", "operator": answer.person, "refused": answer.reason}
    what = answer.what
    return {"answer": "person", "what": what, "refused": what if what.refused else ""}


def _or_awaited(
    answer: ReturnAnswer | DrugAnswer | DutyAnswer | RxAnswer | DayAnswer,
) -> dict[str, Any]:
    """What is done, or why not, or that a second person is asked."""
    if isinstance(answer, RxAnswer):
        return {"answer": "rx", "what": answer.what, "refused": answer.reason}
    waits = answer.what in _AWAITED
    why = _APPROVAL if waits else answer.reason
    if isinstance(answer, DrugAnswer):
        return {"answer": "drug", "item": answer.code, "refused": why}
    if isinstance(answer, DayAnswer):
        return {"answer": "day", "number": answer.number, "refused": why}
    if isinstance(answer, DutyAnswer):
        return {"answer": "duty", "person": answer.person, "refused": why}
    return {"answer": "return", "number": answer.number, "refused": why}


def _of_payment(answer: GateAnswer | PayAnswer) -> dict[str, Any]:
    if isinstance(answer, GateAnswer):
        waits = answer.what is GateDid.WAITS
        return {"answer": "gate", "approvable": waits, **_why(answer.refusals)}
    if answer.what is PayDid.PAID:
        return {"answer": "pay", "receipt": answer.sale.number, "refused": ""}
    why = _why(answer.refusals)
    if answer.what is PayDid.PERSON_NUMBER and answer.error:
        why["reasons"] = [answer.error.fault.name]
    return {"answer": "pay", "refused": answer.what, **why}


def _of_stock_or_till(
    answer: MoveAnswer | RecallAnswer | NoCodeAnswer | TicketAnswer,
) -> dict[str, Any]:
    match answer:
        case TicketAnswer(what=what, ticket=ticket):
            state = ticket.state.value if ticket else ""
            refused = what.value if what.refused else ""
            return {"answer": "ticket", "what": what.value, "refused": refused, "state": state}
        case MoveAnswer(what=MoveDid.APPROVAL_AWAITED):
            return {"answer": "moved", "refused": _APPROVAL}
        case MoveAnswer(error=WorldError() as error):
            return told_failure(error)
        case MoveAnswer():
            stayed = [{"code": one.code, "why": one.why} for one in answer.stayed]
            told = {"what": answer.what, "number": answer.number, "boxes": answer.boxes}
            return {"answer": "moved", **told, "refused": stayed}
        case RecallAnswer(what=RecallDid.APPROVAL_AWAITED):
            return {"answer": "recall", "refused": _APPROVAL}
        case RecallAnswer(what=what):
            told = {"what": what, "number": answer.number}
            return {"answer": "recall", **told, "refused": what if answer.refused else ""}
        case NoCodeAnswer(what=what):
            why = answer.flaw or answer.bar
            return {"answer": "no_code", "what": what, "refused": why.value if why else ""}


def told_failure(error: BaseException) -> dict[str, Any]:
    """A wish that the world, or a bug of ours, has kept from its answer."""
    return {"answer": "failed", "fault": _fault(error), "error": str(error)}


def _fault(error: BaseException) -> str | None:
    return error.fault.name if isinstance(error, WorldError) else None


def _verdict(verdict: Verdict) -> dict[str, object]:
    return {
        "verdict": verdict.name.value,
        "action": verdict.action.value,
        "kind": verdict.reading.kind.value,
        "problem": verdict.reading.problem.value if verdict.reading.problem else None,
        "silent": verdict.silent,
    }


def _why(refusals: Sequence[Refusal]) -> dict[str, object]:
    """The reasons of a refused payment, and the boxes that were judged again with the verdicts."""
    return {
        "reasons": [refusal.reason.name for refusal in refusals],
        "boxes": [
            {"code": said.reading.code, "verdict": said.name.value}
            for refusal in refusals
            for said in refusal.doubts
        ],
    }
