"""A settlement door for tests: it answers as told and notes what it was asked."""

from dataclasses import dataclass, field

from pharmacy_desk.core.ports.settlement import (
    Bill,
    Cancelled,
    Refused,
    SettlementAnswer,
    Split,
    Unknown,
)
from pharmacy_desk.core.sale.patient import Patient
from pharmacy_desk.core.sale.sale import Settlement
from pharmacy_desk.core.upload.message import Sender


@dataclass
class ToldDoor:
    """`SettlementDoor`: each question gets the answer that was put in for it."""

    answer: SettlementAnswer = field(default_factory=lambda: Unknown("nobody told"))
    whom: Patient | Refused | Unknown = field(default_factory=lambda: Unknown("nobody told"))
    split: Split | Refused | Unknown = field(default_factory=lambda: Unknown("nobody told"))
    cancelled: Cancelled | Refused | Unknown = field(default_factory=Cancelled)
    wants_person: bool = False
    asked: list[tuple[str, Bill]] = field(default_factory=list)

    def identify(
        self, kind: str, text: str, sender: Sender, msgid: str
    ) -> Patient | Refused | Unknown:
        return self.whom

    def preview(self, bill: Bill) -> Split | Refused | Unknown:
        self.asked.append(("preview", bill))
        return self.split

    def settle(self, bill: Bill) -> SettlementAnswer:
        self.asked.append(("settle", bill))
        return self.answer

    def ask_again(self, bill: Bill) -> SettlementAnswer:
        self.asked.append(("ask_again", bill))
        return self.answer

    def cancel(self, bill: Bill, known: Settlement) -> Cancelled | Refused | Unknown:
        self.asked.append(("cancel", bill))
        return self.cancelled
