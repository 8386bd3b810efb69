"""Rows of the ledger as values of the trade, and back."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeAlias

from pharmacy_desk.adapters.store.base.tenders import taken_of
from pharmacy_desk.core.catalogue.drugs import Batch, Category, InsuranceClass, Item, RxFlag
from pharmacy_desk.core.people.identity import ProofKind, Sex
from pharmacy_desk.core.sale.online import OnlineOrder
from pharmacy_desk.core.sale.person import Bearer, InsuredFacts, Relation, SalePerson
from pharmacy_desk.core.sale.prescription import Checkers, Prescribed, Prescription, Taken
from pharmacy_desk.core.sale.sale import (
    Box,
    Cover,
    Line,
    PaymentKind,
    Repriced,
    Sale,
    SaleOrigin,
    SaleState,
    Settlement,
)
from pharmacy_desk.core.stock.no_code import NoCodeBox
from pharmacy_desk.core.stock.reservation import NotKnown
from pharmacy_desk.core.upload.outbox import Channel, LineState, OutboxLine, QueuedLine, Waiting

ITEM_COLUMNS = (
    "code, name, spec, dosage_form, maker, approval, insurance_code, insurance_class, rx,"
    " category, price_fen, cost_fen, unit, split_unit, split_ratio, ephedrine, doping, cold,"
    " lot, made, expiry, pinyin, incomplete"
)

# Number, drug, price in fen, split, gift, its price before it was changed, who pays it.
LineRow: TypeAlias = tuple[int, Item, int, bool, bool, Repriced | None, Cover | None]
# An enum's own call takes ten times as long as a look into a table.
_INSURANCE_CLASSES = {member.value: member for member in InsuranceClass}
_RX_FLAGS = {member.value: member for member in RxFlag}
_CATEGORIES = {member.value: member for member in Category}


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
        item.code,
        item.name,
        item.spec,
        item.dosage_form,
        item.maker,
        item.approval,
        item.insurance_code,
        item.insurance_class.value,
        item.rx.value,
        item.category.value,
        item.price_fen,
        item.cost_fen,
        item.unit,
        item.split_unit,
        item.split_ratio,
        int(item.ephedrine),
        int(item.doping),
        int(item.cold),
        *batch_columns(item.batch),
        item.pinyin,
        int(item.incomplete),
    )


def item_of(
    row: Sequence[Any],
    barcodes: Iterable[str] = (),
    identifications: Iterable[str] = (),
    lots: Iterable[Batch] = (),
) -> Item:
    """An item from the values of `ITEM_COLUMNS`, by their order: a scan waits for this."""
    (
        code,
        name,
        spec,
        dosage_form,
        maker,
        approval,
        insurance_code,
        insurance_class,
        rx,
        category,
        price_fen,
        cost_fen,
        unit,
        split_unit,
        split_ratio,
        ephedrine,
        doping,
        cold,
        lot,
        made,
        expiry,
        pinyin,
        incomplete,
    ) = row
    return Item(
        code=code,
        name=name,
        spec=spec,
        dosage_form=dosage_form,
        maker=maker,
        approval=approval,
        insurance_code=insurance_code,
        insurance_class=_INSURANCE_CLASSES[insurance_class],
        rx=_RX_FLAGS[rx],
        category=_CATEGORIES[category],
        price_fen=price_fen,
        cost_fen=cost_fen,
        unit=unit,
        split_unit=split_unit,
        split_ratio=split_ratio,
        ephedrine=bool(ephedrine),
        doping=bool(doping),
        cold=bool(cold),
        batch=Batch(lot, day(made), day(expiry)),
        pinyin=pinyin,
        barcodes=tuple(barcodes),
        identifications=tuple(identifications),
        lots=tuple(lots),
        incomplete=bool(incomplete),
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
    row: sqlite3.Row,
    lines: Iterable[LineRow],
    entries: Iterable[sqlite3.Row],
    settled: sqlite3.Row | None = None,
) -> Sale:
    """A sale from its row, its lines and its entries in order, and its settlement's row.

    Entries that have ended do not count.
    """
    entries = list(entries)
    made = _lines_of(lines, entries)
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
        settlement=_settlement_of(row, settled),
        tendered_fen=row["tendered_fen"],
        taken=taken_of(row["taken"]),
        upload_serial=row["upload_serial"],
        last_entry=entries[-1]["entry"] if entries else 0,
        last_line=max((line.number for line in made), default=0),
        resettles=row["resettles"] or "",
        origin=SaleOrigin(row["origin"]),
        ticket=row["ticket"] or "",
        order=OnlineOrder(row["order_platform"], row["order_number"])
        if row["order_number"]
        else None,
    )


def _lines_of(
    lines: Iterable[LineRow],
    entries: Iterable[sqlite3.Row],
) -> tuple[Line, ...]:
    """The lines with what stands on them by their entries."""
    boxes: dict[int, list[Box]] = {}
    no_code: dict[int, list[NoCodeBox]] = {}
    asked: dict[int, int] = {}
    for entry in entries:
        if entry["state"] in ("ended", "gift"):
            continue
        number = entry["line"]
        if entry["no_code"] is not None:
            no_code.setdefault(number, []).append(_no_code_box(entry))
            continue
        asked[number] = asked.get(number, 0) + entry["asked"]
        if entry["code"] is not None:
            boxes.setdefault(number, []).append(_box_of(entry))
    return tuple(
        Line(
            number=number,
            item=item,
            asked=asked.get(number, 0),
            price_fen=price_fen,
            boxes=tuple(boxes.get(number, ())),
            split=split,
            no_code=tuple(no_code.get(number, ())),
            gift=gift,
            repriced=repriced,
            cover=cover,
        )
        for number, item, price_fen, split, gift, repriced, cover in lines
    )


def _settlement_of(row: sqlite3.Row, settled: sqlite3.Row | None) -> Settlement | None:
    """What the settlement's own row tells; a sale of before there were any tells it itself."""
    if row["setl_id"] is None:
        return None
    if settled is None:
        return Settlement(
            setl_id=row["setl_id"],
            mdtrt_id=row["mdtrt_id"],
            fund_fen=row["fund_fen"],
            account_fen=row["account_fen"],
            cash_fen=row["cash_fen"],
        )
    return Settlement(
        setl_id=settled["setl_id"],
        mdtrt_id=settled["mdtrt_id"],
        fund_fen=settled["fund_fen"],
        account_fen=settled["account_fen"],
        mutual_fen=settled["mutual_fen"],
        cash_fen=settled["cash_fen"],
        cancelled=settled["state"] == "cancelled",
    )


def person_of(row: sqlite3.Row) -> SalePerson:
    """The person of a sale; what the ledger does not hold of her is not told."""
    return SalePerson(
        record=row["record"],
        kind=ProofKind(row["kind"]) if row["kind"] else None,
        masked=row["masked"] or "",
        name_masked=row["name_masked"] or "",
        sex=Sex(row["sex"]) if row["sex"] else None,
        age=row["age"],
        fingerprint=row["fingerprint"],
        bearer=Bearer(
            Relation(row["relation"]) if row["relation"] else None,
            row["bearer_record"],
            row["bearer_name"] or "",
        )
        if row["bearer"]
        else None,
        insured=InsuredFacts(
            psn_record=row["record"],
            area=row["area"],
            other_area=_flag(row["other_area"]),
            insurance_type=row["insurance_type"],
            person_type=row["person_type"],
            suspended=_flag(row["suspended"]),
        )
        if row["insured"]
        else None,
    )


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _no_code_box(entry: sqlite3.Row) -> NoCodeBox:
    batch = Batch(entry["lot"], day(entry["made"]), day(entry["expiry"]))
    bought_on = date.fromisoformat(entry["bought_on"])
    return NoCodeBox(entry["entry"], entry["no_code"], batch, bought_on)


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
            channel=Channel(row["channel"]),
        ),
        state=LineState(row["state"]),
        attempts=row["attempts"],
        due_at=moment(row["due_at"]),
        created_at=moment(row["created_at"]),
        changed_at=moment(row["changed_at"]),
        message_id=row["msgid"],
        platform_words=row["platform_words"],
    )


def prescription_of(
    row: sqlite3.Row, drugs: Iterable[sqlite3.Row], last: sqlite3.Row | None, waits_in: str
) -> Prescription:
    """A prescription from its row, its lines (each with what was `taken`) and its newest sale."""
    return Prescription(
        id=row["id"],
        number=row["number"],
        institution=row["institution"],
        area=row["area"],
        prescriber=row["prescriber"],
        issued=date.fromisoformat(row["issued"]),
        drugs=tuple(
            Prescribed(
                line=drug["line"],
                item=drug["item"],
                name=drug["name"],
                quantity=drug["quantity"],
                insurance_code=drug["insurance_code"],
                dispensed=drug["taken"],
            )
            for drug in drugs
        ),
        checkers=Checkers(row["reviewer"], row["dispenser"], row["checker"]),
        download=row["download"],
        sealed=row["sealed"],
        last=Taken(last["number"], moment(last["paid_at"])) if last else None,
        waits_in=waits_in,
    )


def doubt_of(row: sqlite3.Row) -> NotKnown | None:
    """The mark of a claim whose keeper was silent: its `since` and `keeper`."""
    return NotKnown(moment(row["since"]), row["keeper"]) if row["since"] else None


def _box_of(entry: sqlite3.Row) -> Box:
    batch = Batch(entry["lot"], day(entry["made"]), day(entry["expiry"]))
    return Box(
        entry["entry"],
        entry["code"],
        batch,
        entry["units"],
        bool(entry["typed"]),
        received=bool(entry["received"]),
        not_known=doubt_of(entry),
    )
