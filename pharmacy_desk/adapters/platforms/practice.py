"""The practice settlement door (`SettlementDoor`): the insurance settlement of training.

A real settlement is the insurance's own dialogue and comes with its own door.
"""

import requests

from pharmacy_desk.adapters.platforms.line import session
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.sale.sale import Sale, Settlement

_TIMEOUT_S = (3.05, 10.0)


class PracticeSettlement:
    """Asks the practice platform to settle a sale; ids begin with TRAIN."""

    def __init__(self, base_url: str, store: str) -> None:
        self._url = base_url.rstrip("/") + "/practice/settlement"
        self._store = store
        self._session = session(loopback_only=True)

    def settle(self, sale: Sale, payment: str) -> Settlement:
        """Settle; the same document gets the same ids. Raises `WorldError` when it cannot.

        A document that was settled before it could be written down, and was changed since, is
        cancelled there and settled anew.
        """
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
        try:
            answer = self._post("", question)
            if answer.status_code == requests.codes.bad_request:
                self._post("/cancel", {"store": self._store, "document": sale.number})
                answer = self._post("", question)
            return _read(answer)
        except (requests.RequestException, OSError, ValueError, KeyError, TypeError) as error:
            raise WorldError(Fault.SETTLEMENT_FAILED, detail=type(error).__name__) from error

    def _post(self, path: str, question: dict[str, object]) -> requests.Response:
        return self._session.post(
            self._url + path, json=question, timeout=_TIMEOUT_S, allow_redirects=False
        )

    def close(self) -> None:
        """Close pooled connections."""
        self._session.close()


def _read(answer: requests.Response) -> Settlement:
    """What was settled; an answer of any other status, a redirect too, is no settlement."""
    if answer.status_code != requests.codes.ok:
        raise ValueError(answer.status_code)
    said = answer.json()
    return Settlement(
        str(said["setl_id"]),
        str(said["mdtrt_id"]),
        int(said["fund_fen"]),
        int(said["account_fen"]),
        int(said["cash_fen"]),
    )
