"""The practice settlement door (`SettlementDoor`): the insurance settlement of training.

A real settlement is the insurance's own dialogue and comes with its own door.
"""

import json
from collections.abc import Mapping

import requests

from pharmacy_desk.adapters.platforms.line import Leaving, session
from pharmacy_desk.core.ports.settlement import (
    Cancelled,
    Refused,
    Settled,
    SettlementAnswer,
    Unknown,
)
from pharmacy_desk.core.sale.sale import Sale, Settlement

_TIMEOUT_S = (3.05, 10.0)
# A connection of its own for each question: one that was closed meanwhile would take the question
# and lose it, and what may have arrived is unknown.
_HEADERS = {"Content-Type": "application/json", "Connection": "close"}


class PracticeSettlement:
    """Asks the practice platform to settle a sale; ids begin with TRAIN."""

    def __init__(self, base_url: str, store: str) -> None:
        self._url = base_url.rstrip("/") + "/practice/settlement"
        self._store = store
        self._session = session(loopback_only=True)

    def settle(self, sale: Sale, payment: str) -> SettlementAnswer:
        """Settle; the same document gets the same ids.

        A document that was settled before it could be written down, and was changed since, is
        cancelled there and settled anew.
        """
        answer = self.ask_again(sale, payment)
        refused = isinstance(answer, Refused) and answer.reached
        if refused and isinstance(self.cancel(sale, ""), Cancelled):
            return self.ask_again(sale, payment)
        return answer

    def ask_again(self, sale: Sale, payment: str) -> SettlementAnswer:
        """The same question: the platform repeats what it answered for this document."""
        question = {
            "store": self._store,
            "document": sale.number,
            "payment": payment,
            "total_fen": sale.total_fen,
            "lines": [
                {
                    "item": line.item.code,
                    "quantity": line.quantity,
                    "amount_fen": line.amount_fen,
                }
                for line in sale.lines
            ],
        }
        said = self._post("", question)
        if not isinstance(said, dict):
            return said
        try:
            return Settled(_read(said))
        except (ValueError, KeyError, TypeError) as error:
            return Unknown(type(error).__name__)

    def cancel(self, sale: Sale, setl_id: str) -> Cancelled | Refused | Unknown:
        """Undo the settlement of this document; without an id whichever it has."""
        question = {"store": self._store, "document": sale.number, "setl_id": setl_id}
        said = self._post("/cancel", question)
        return Cancelled() if isinstance(said, dict) else said

    def _post(
        self, path: str, question: Mapping[str, object]
    ) -> dict[str, object] | Refused | Unknown:
        """The answer's object. Refused is what says 400, unknown whatever else is no answer."""
        leaving = Leaving(json.dumps(question).encode())
        try:
            answer = self._session.post(
                self._url + path,
                data=leaving,
                headers=_HEADERS,
                timeout=_TIMEOUT_S,
                allow_redirects=False,
            )
            said = answer.json()
        except (requests.RequestException, OSError, ValueError) as error:
            why = type(error).__name__
            return Unknown(why) if leaving.begun else Refused(why, reached=False)
        if answer.status_code == requests.codes.bad_request and isinstance(said, dict):
            return Refused(str(said.get("error", "")))
        if answer.status_code != requests.codes.ok or not isinstance(said, dict):
            return Unknown(f"HTTP {answer.status_code}")
        return said

    def close(self) -> None:
        """Close pooled connections."""
        self._session.close()


def _read(said: dict[str, object]) -> Settlement:
    """What was settled. Raises where it is not the form of an answer."""
    mutual = said.get("mutual_fen")
    return Settlement(
        setl_id=str(said["setl_id"]),
        mdtrt_id=str(said["mdtrt_id"]),
        fund_fen=int(str(said["fund_fen"])),
        account_fen=int(str(said["account_fen"])),
        mutual_fen=None if mutual is None else int(str(mutual)),
        cash_fen=int(str(said["cash_fen"])),
    )
