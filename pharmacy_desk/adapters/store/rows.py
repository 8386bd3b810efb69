"""Rows of the ledger as values of the trade, and back."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from pharmacy_desk.core.drugs import Batch, Category, InsuranceClass, Item, RxFlag
from pharmacy_desk.core.outbox import LineState, OutboxLine, QueuedLine, Waiting
from pharmacy_desk.core.sale import Box, Line, PaymentKind, Sale, SaleState, Settlement

ITEM_COLUMNS = (
    "code, name, spec, dosage_form, maker, approval, insurance_code, insurance_class, rx,"
    " category, price_fen, cost_fen, unit, split_unit, split_ratio, ephedrine, doping, cold,"
    " lot, made, expiry, pinyin"
)


def day(text: str | None) -> date | None:
    """An ISO date, or none."""
    return date.fromisoformat(text) if text else None


def moment(text: str) -> datetime:
    """An ISO moment with its offset."""
    return datetime.fromisoformat(text)


def batch_columns(batch: Batch) -> tuple[str | None, str | None, str | None]:
    """A batch as its three columns."""
    return (
        batch.lot,
        batch.made.isoformat() if batch.made else None,
        batch.expiry.isoformat() if batch.expiry else None,
    )


def item_values(item: Item) -> tuple[object, ...]:
    """An item as the values of `ITEM_COLUMNS`."""
    return (
        item.code, item.name, item.spec, item.dosage_form, item.maker, item.approval,
        item.insurance_code, item.insurance_class.value, item.rx.value, item.category.value,
        item.price_fen, item.cost_fen, item.unit, item.split_unit, item.split_ratio,
        int(item.ephedrine), int(item.doping), int(item.cold), *batch_columns(item.batch),
        item.pinyin,
    )  # fmt: skip


def item_of(
    row: sqlite3.Row,
    barcodes: Iterable[str] = (),
    identifications: Iterable[str] = (),
    lots: Iterable[Batch] = (),
) -> Item:
    """An item from a row of `ITEM_COLUMNS`."""
    return Item(
        code=row["code"],
        name=row["name"],
        spec=row["spec"],
        dosage_form=row["dosage_form"],
        maker=row["maker"],
        approval=row["approval"],
        insurance_code=row["insurance_code"],
        insurance_class=InsuranceClass(row["insurance_class"]),
        rx=RxFlag(row["rx"]),
        category=Category(row["category"]),
        price_fen=row["price_fen"],
        cost_fen=row["cost_fen"],
        unit=row["unit"],
        split_unit=row["split_unit"],
        split_ratio=row["split_ratio"],
        ephedrine=bool(row["ephedrine"]),
        doping=bool(row["doping"]),
        cold=bool(row["cold"]),
        batch=Batch(row["lot"], day(row["made"]), day(row["expiry"])),
        pinyin=row["pinyin"],
        barcodes=tuple(barcodes),
        identifications=tuple(identifications),
        lots=tuple(lots),
    )


def item_json(item: Item) -> str:
    """An item as it is kept with a paid sale, so that a later catalogue changes no old sale."""
    values: dict[str, object] = {name: getattr(item, name) for name in Item.__slots__}
    lot, made, expiry = batch_columns(item.batch)
    values["batch"] = {"lot": lot, "made": made, "expiry": expiry}
    values["lots"] = [batch_columns(known) for known in item.lots]
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=512)
def item_from_json(text: str) -> Item:
    """The inverse of `item_json`; keys a newer program wrote are passed over."""
    values = json.loads(text)
    batch = values.pop("batch")
    known = {name: values[name] for name in Item.__slots__ if name in values}
    return Item(
        **known
        | {
            "insurance_class": InsuranceClass(values["insurance_class"]),
            "rx": RxFlag(values["rx"]),
            "category": Category(values["category"]),
            "barcodes": tuple(values["barcodes"]),
            "identifications": tuple(values["identifications"]),
            "lots": tuple(
                Batch(lot, day(made), day(expiry)) for lot, made, expiry in values.get("lots", ())
            ),
            "batch": Batch(batch["lot"], day(batch["made"]), day(batch["expiry"])),
        }
    )


def sale_of(
    row: sqlite3.Row, lines: Iterable[tuple[int, Item, int, bool]], entries: Iterable[sqlite3.Row]
) -> Sale:
    """A sale from its row, its lines (number, item, price in fen, split) and its entries in order.

    Entries that have ended do not count.
    """
    boxes: dict[int, list[Box]] = {}
    asked: dict[int, int] = {}
    last = 0
    for entry in entries:
        last = entry["entry"]
        if entry["state"] == "ended":
            continue
        number = entry["line"]
        if entry["code"] is None:
            asked[number] = asked.get(number, 0) + entry["asked"]
        else:
            batch = Batch(entry["lot"], day(entry["made"]), day(entry["expiry"]))
            boxes.setdefault(number, []).append(
                Box(entry["entry"], entry["code"], batch, entry["units"], bool(entry["typed"]))
            )
            asked[number] = asked.get(number, 0) + entry["asked"]
    made = tuple(
        Line(
            number=number,
            item=item,
            asked=asked.get(number, 0),
            price_fen=price_fen,
            boxes=tuple(boxes.get(number, ())),
            split=split,
        )
        for number, item, price_fen, split in lines
    )
    settled = row["setl_id"] is not None
    return Sale(
        number=row["number"],
        state=SaleState(row["state"]),
        counter=row["counter"],
        operator=row["operator"],
        opened_at=moment(row["opened_at"]),
        lines=tuple(line for line in made if line.quantity),
        held_at=moment(row["changed_at"]) if row["state"] == SaleState.HELD else None,
        paid_at=moment(row["paid_at"]) if row["paid_at"] else None,
        payment=PaymentKind(row["payment"]) if row["payment"] else None,
        settlement=Settlement(
            row["setl_id"], row["mdtrt_id"], row["fund_fen"], row["account_fen"], row["cash_fen"]
        )
        if settled
        else None,
        tendered_fen=row["tendered_fen"],
        upload_serial=row["upload_serial"],
        last_entry=last,
    )


def outbox_of(row: sqlite3.Row) -> QueuedLine:
    """An outbox row as a value."""
    return QueuedLine(
        line=OutboxLine(
            key=row["key"],
            document=row["document"],
            line=row["line"],
            infno=row["infno"],
            item=row["item"],
            words=json.loads(row["words"]),
            codes=tuple(json.loads(row["codes"])),
            waiting=Waiting(row["waiting"]) if row["waiting"] else None,
        ),
        state=LineState(row["state"]),
        attempts=row["attempts"],
        due_at=moment(row["due_at"]),
        created_at=moment(row["created_at"]),
        changed_at=moment(row["changed_at"]),
        message_id=row["msgid"],
        platform_words=row["platform_words"],
    )
