"""A posted document as a table for another program: the ERP, or the desk of a sister store.

A receiving is written as a delivery note (随货同行单), everything else as a list of codes with
lots and dates, which `read_delivery` and `read_codes` read back (contracts, section 6).
"""

from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.stock.files.codes_file import CodeRow, codes_export
from pharmacy_desk.core.stock.files.delivery_file import (
    DeliveryRow,
    ItemKey,
    KeyKind,
    delivery_export,
)
from pharmacy_desk.core.stock.movement import RECORDED, Movement, MovementKind

# What other stores receive: there our store is the one that sends.
_SENT = frozenset({MovementKind.TRANSFER_OUT, MovementKind.TO_SUPPLIER})


def document_table(document: Movement, store: str) -> list[list[str]]:
    """Header and rows of a document; `store` is our own name. No cell is a formula."""
    if document.kind in RECORDED:
        return delivery_export(_delivery(document))
    return codes_export(_codes(document, store))


def uncoded(document: Movement) -> int:
    """Smallest packs without a code, which a list of codes cannot name."""
    if document.kind in RECORDED:
        return 0
    return sum(line.quantity - len(line.codes) for line in document.lines)


def _delivery(document: Movement) -> list[DeliveryRow]:
    number = document.reference or document.number
    rows = []
    for at, line in enumerate(document.lines, start=2):
        first, *others = _keys(line.item)
        rows.append(
            DeliveryRow(
                row=at,
                number=number,
                supplier=document.party,
                item_key=first,
                lot=line.batch.lot,
                made=line.batch.made,
                expiry=line.batch.expiry,
                quantity=line.quantity,
                price_fen=line.price_fen,
                codes=line.codes,
                level=1 if line.codes else None,
                other_keys=tuple(others),
                name=line.item.name,
                spec=line.item.spec,
                maker=line.item.maker,
            )
        )
    return rows


def _keys(item: Item) -> list[ItemKey]:
    """By what the drug is named: the store's own code, and what other systems know it by."""
    keys = [ItemKey(KeyKind.ITEM_CODE, item.code)]
    if len(item.identifications) == 1:
        keys.append(ItemKey(KeyKind.IDENTIFICATION, item.identifications[0]))
    if item.approval and item.spec:
        keys.append(ItemKey(KeyKind.APPROVAL, item.approval, item.spec))
    return keys


def _codes(document: Movement, store: str) -> list[CodeRow]:
    sent = document.kind in _SENT
    supplier, receiver = (store, document.party) if sent else (document.party, store)
    boxes = [(line, code) for line in document.lines for code in line.codes]
    return [
        CodeRow(
            row=at,
            code=code,
            item=line.item.code,
            lot=line.batch.lot,
            expiry=line.batch.expiry,
            made=line.batch.made,
            number=document.number,
            supplier=supplier,
            receiver=receiver,
        )
        for at, (line, code) in enumerate(boxes, start=2)
    ]
