"""The national settlement (`SettlementDoor`): 1101, 2101, 2102, 2103 and 2601 over one platform.

What stands in the messages is the region profile's; the practice platform plays the same numbers.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from pharmacy_desk.core.ports.doors import Platform
from pharmacy_desk.core.ports.settlement import (
    Bill,
    Cancelled,
    NoneThere,
    Refused,
    Settled,
    SettlementAnswer,
    Split,
    Unknown,
)
from pharmacy_desk.core.sale.patient import Patient
from pharmacy_desk.core.sale.sale import Settlement
from pharmacy_desk.core.upload import settling
from pharmacy_desk.core.upload.answers import Asked, read_plain
from pharmacy_desk.core.upload.message import Sender, message_body
from pharmacy_desk.core.upload.profile import Profile
from pharmacy_desk.core.upload.settling import NotTold

# What is told where nothing of an answer could be read.
_UNREADABLE = "unreadable_answer"
# Of whom the insurance has to be told, and nobody was shown.
_NO_PERSON = "no_person"


class NationalSettlement:
    """Speaks the national settlement. `stand_in` is who is settled for in training."""

    def __init__(
        self,
        platform: Platform,
        profile: Profile,
        now: Callable[[], datetime],
        stand_in: Patient | None = None,
    ) -> None:
        self._platform = platform
        self._profile = profile
        self._form = settling.form_of(profile)
        self._now = now
        self._stand_in = stand_in

    @property
    def wants_person(self) -> bool:
        """Somebody has to be shown, unless somebody stands in."""
        return self._stand_in is None

    def identify(
        self, kind: str, text: str, sender: Sender, msgid: str
    ) -> Patient | Refused | Unknown:
        """1101."""
        now = self._now()
        payload = settling.person_payload(self._form, kind, text, now)
        said = self._ask(self._form.person.infno, msgid, payload, sender)
        if not isinstance(said, dict):
            return said
        try:
            return settling.patient_of(said, self._form, kind, text, now.date())
        except NotTold as why:
            return Unknown(f"{_UNREADABLE} {why}")

    def preview(self, bill: Bill) -> Split | Refused | Unknown:
        """2101."""
        said = self._about(bill, self._form.preview.infno, bill.fresh)
        if not isinstance(said, dict):
            return said
        try:
            return Split(settling.settled_of(said, self._form))
        except NotTold as why:
            return Unknown(f"{_UNREADABLE} {why}")

    def settle(self, bill: Bill) -> SettlementAnswer:
        """2102. An answer without a number settles nothing that could be told to anybody."""
        said = self._about(bill, self._form.settle.infno, bill.msgid)
        if not isinstance(said, dict):
            return said
        try:
            settled = settling.settled_of(said, self._form)
        except NotTold as why:
            return Unknown(f"{_UNREADABLE} {why}")
        return Settled(settled) if settled.setl_id else Unknown(_UNREADABLE)

    def ask_again(self, bill: Bill) -> SettlementAnswer:
        """2601: what the lost message did is undone, and what it did not do needs no undoing."""
        patient = self._whom(bill)
        if patient is None:
            return Unknown(_NO_PERSON)
        payload = settling.reverse_payload(self._form, patient, bill.msgid)
        said = self._ask(self._form.reverse.infno, bill.fresh, payload, bill.sender, patient)
        if isinstance(said, dict) or self._says_gone(said):
            return NoneThere()
        # A refusal does not say that the lost message did nothing.
        return said if isinstance(said, Unknown) or not said.reached else Unknown(said.words)

    def cancel(self, bill: Bill, known: Settlement) -> Cancelled | Refused | Unknown:
        """2103."""
        patient = self._whom(bill)
        if patient is None:
            return Refused(_NO_PERSON, reached=False)
        payload = settling.cancel_payload(self._form, patient, known)
        said = self._ask(self._form.cancel.infno, bill.fresh, payload, bill.sender, patient)
        if isinstance(said, dict) or self._says_gone(said):
            return Cancelled()
        return said

    def _about(self, bill: Bill, infno: str, msgid: str) -> dict[str, object] | Refused | Unknown:
        """Ask about a sale: by 2101 or 2102."""
        patient = self._whom(bill)
        if patient is None:
            return Refused(_NO_PERSON, reached=False)
        ask = self._form.preview if infno == self._form.preview.infno else self._form.settle
        try:
            payload = settling.sale_payload(
                ask,
                bill.sale,
                bill.payment,
                patient=patient,
                at=self._now(),
                profile=self._profile,
            )
        except ValueError as why:
            return Refused(str(why), reached=False)
        return self._ask(infno, msgid, payload, bill.sender, patient)

    def _whom(self, bill: Bill) -> Patient | None:
        return bill.patient or self._stand_in

    def _ask(
        self,
        infno: str,
        msgid: str,
        payload: dict[str, object],
        sender: Sender,
        patient: Patient | None = None,
    ) -> dict[str, object] | Refused | Unknown:
        """One message out, its output in; where the person is insured stands in the envelope."""
        insured_in = patient.area if patient and patient.area else sender.area
        body = message_body(
            infno=infno,
            msgid=msgid,
            payload=payload,
            at=self._now(),
            sender=replace(sender, insured_in=insured_in),
            profile=self._profile,
        )
        reply = self._platform.send(infno, body)
        if reply.body is None:
            return Unknown(reply.detail) if reply.sent else Refused(reply.detail, reached=False)
        said = read_plain(reply.body, Asked(infno, msgid), self._profile)
        if said.doubt:
            return Unknown(said.doubt)
        return Refused(said.refused) if said.output is None else dict(said.output)

    def _says_gone(self, said: dict[str, object] | Refused | Unknown) -> bool:
        """Whether a refusal says that there is nothing (any more) to undo."""
        gone = self._form.gone_words
        return isinstance(said, Refused) and any(word in said.words for word in gone)
