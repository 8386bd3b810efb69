"""Tenders as the ledger keeps them: one JSON text a sale, the same as its event tells."""

import json

from pharmacy_desk.core.basics.events import canonical
from pharmacy_desk.core.sale.tender import EXACT_CASH, Taken, Tender, Tendered, TenderKind


def told_taken(taken: Taken) -> dict[str, object]:
    """What was taken, as an event tells it."""
    return {
        "tenders": [_told(tender) for tender in taken.tenders],
        "rounded_fen": taken.rounded_fen,
        "change_fen": taken.change_fen,
    }


def taken_json(taken: Taken | None) -> str | None:
    """The same as a row keeps it; nothing where tenders are not kept."""
    return canonical(told_taken(taken)) if taken is not None else None


def taken_of(text: str | None) -> Taken | None:
    """What a row keeps of a sale's tenders."""
    if text is None:
        return None
    told = json.loads(text)
    tenders = tuple(_tender(one) for one in told["tenders"])
    return Taken(tenders, int(told["rounded_fen"]), int(told["change_fen"]))


def tendered_json(tendered: Tendered) -> str:
    """What was told of tenders before an insured sale is settled."""
    rest = tendered.rest.value if tendered.rest else None
    return canonical({"told": [_told(tender) for tender in tendered.told], "rest": rest})


def tendered_of(text: str | None) -> Tendered:
    """The same from its row; a row of before tenders were kept told nothing."""
    if text is None:
        return EXACT_CASH
    told = json.loads(text)
    rest = TenderKind(told["rest"]) if told["rest"] else None
    return Tendered(tuple(_tender(one) for one in told["told"]), rest)


def _told(tender: Tender) -> list[object]:
    return [tender.kind.value, tender.amount_fen, tender.number]


def _tender(told: list[object]) -> Tender:
    kind, amount_fen, number = told
    return Tender(TenderKind(str(kind)), int(str(amount_fen)), str(number))
