"""Build the platform's messages: pure, and driven by the region profile.

Sources: facts on platforms, sections 1 and 2 (envelope, 3505A, 3506A, queries). What the answers
mean is in `core.answers`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.basics.numbers import line_key
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch, Item, RxFlag
from pharmacy_desk.core.people.sealing import SealedData
from pharmacy_desk.core.sale.dispensing import prescribed_for
from pharmacy_desk.core.sale.sale import Cover, Line, PaymentKind, Sale
from pharmacy_desk.core.upload.outbox import OutboxLine, Waiting
from pharmacy_desk.core.upload.profile import Field, Message, Profile, Query

# Words of a line: the reference of the person's sealed record, and where she is insured.
PERSON, AREA = "person", "insured_in"
_IDENTITY = frozenset({"psn_no", "certno", "psn_name"})


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: the store, its counter's operator and its pharmacist, as the envelope wants.

    `insured_in` is where the person of the message is insured, if it is about one; else the
    store's own area stands there.
    """

    store: str
    store_name: str
    area: str
    operator: str
    operator_name: str
    pharmacist: str
    pharmacist_cert: str
    insured_in: str = ""


def sale_lines(sale: Sale, sender: Sender, profile: Profile) -> tuple[OutboxLine, ...]:
    """The outbox lines of a paid sale: one for each drug and lot of the uploaded categories."""
    lines: list[OutboxLine] = []
    for line in sale.lines:
        if line.item.category.value not in profile.upload_categories or not line.quantity:
            continue
        for part in line.parts():
            number = len(lines) + 1
            codes = tuple(box.code for box in part.boxes)
            words = _common_words(line, part.batch, part.count, sender, profile) | _sale_words(
                sale, line, profile
            )
            if part.no_code:
                words["memo"] = profile.fillers.get("no_code", "")
            elif sale.resettles:
                words["memo"] = f"{profile.fillers.get('resettled', '')} {sale.resettles}".strip()
            words["key"] = line_key(sale.number, number, "S")
            words["time"] = stamp(sale.paid_at)
            lines.append(
                outbox_line(
                    profile=profile,
                    message=profile.sale,
                    document=sale.number,
                    number=number,
                    item=line.item,
                    words=words,
                    codes=codes,
                )
            )
    return tuple(lines)


def return_line(
    number: str,
    sale: Sale,
    line: Line,
    codes: tuple[str, ...],
    sold: OutboxLine,
    reason: str,
    at: datetime,
    sender: Sender,
    profile: Profile,
    place: int = 1,
    count: int = 1,
) -> OutboxLine:
    """The outbox line of returned goods; it names the sale line it takes back, and its lot.

    `place` numbers it in its document, `count` are the boxes. Those of the no-code library, and
    goods that were sold without a code, have no `codes`.
    """
    words = _common_words(line, NO_BATCH, count, sender, profile) | _sale_words(sale, line, profile)
    words |= {name: sold.words.get(name, "") for name in batch_words(NO_BATCH)}
    words |= {
        "key": line_key(number, place, "R"),
        "time": stamp(at),
        "memo": reason,
        "original_key": sold.key,
    }
    line_back = outbox_line(
        profile=profile,
        message=profile.sale_return,
        document=number,
        number=place,
        item=line.item,
        words=words,
        codes=codes,
    )
    # Who told of the sale tells of what comes back.
    return replace(line_back, channel=sold.channel)


def outbox_line(
    profile: Profile,
    message: Message,
    document: str,
    number: int,
    item: Item,
    words: dict[str, str],
    codes: tuple[str, ...],
) -> OutboxLine:
    """A line for the outbox, `words["key"]` its key; it waits without a lot or if it is too long.

    No line is sent without lot and both dates: every upload of goods asks for them
    (facts on platforms, 2.1 to 2.6).
    """
    waiting = None
    if not all(words[name] for name in batch_words(NO_BATCH)):
        waiting = Waiting.NO_LOT
    elif _too_long(words, codes, message, profile):
        waiting = Waiting.TOO_LONG
    return OutboxLine(
        key=words["key"],
        document=document,
        line=number,
        infno=message.infno,
        item=item.code,
        words=words,
        codes=codes,
        waiting=waiting,
    )


def batch_words(batch: Batch) -> dict[str, str]:
    """Lot and dates as message words."""
    return {
        "lot": batch.lot or "",
        "made": batch.made.isoformat() if batch.made else "",
        "expiry": batch.expiry.isoformat() if batch.expiry else "",
    }


def goods_words(item: Item, batch: Batch, profile: Profile) -> dict[str, str]:
    """What every message tells of a drug in whole packs: its codes, name, flags and lot."""
    rx = "yes" if item.rx is RxFlag.RX else "no"
    return batch_words(batch) | {
        "insurance_code": item.insurance_code,
        "item_code": item.code,
        "item_name": item.name,
        "rx": profile.word("rx", rx),
        "split": profile.word("split", "no"),
    }


def _common_words(
    line: Line, batch: Batch, count: int, sender: Sender, profile: Profile
) -> dict[str, str]:
    item = line.item
    return goods_words(item, batch, profile) | {
        "split": profile.word("split", "yes" if line.split else "no"),
        "price": yuan(line.price_fen),
        "barcode": item.barcodes[0] if item.barcodes else "",
        "quantity": str(count),
        "operator_name": sender.operator_name,
        "pharmacist": sender.pharmacist or profile.fillers["pharmacist"],
        "pharmacist_cert": sender.pharmacist_cert or profile.fillers["pharmacist_cert"],
        "cert_type": profile.fillers["cert_type"],
    }


def _sale_words(sale: Sale, line: Line, profile: Profile) -> dict[str, str]:
    """Insured lines carry the settlement's ids, self-paid ones their own serial, no identity."""
    paid = "insured" if _by_insurance(sale, line) else "self"
    settled = sale.settlement if paid == "insured" else None
    # What the insurance's terminal did not tell is not made up: the region says what stands there.
    visit = settled.mdtrt_id or profile.fillers["visit"] if settled else sale.upload_serial
    return _rx_words(sale, line, profile) | {
        "document": sale.number,
        "fee_settlement": _fee_settlement(sale, paid, profile),
        "settlement_kind": profile.word("settlement_kind", paid),
        "setl_id": settled.setl_id if settled else "",
        "visit_serial": visit or "",
        "online": profile.word("online", "yes" if sale.order else "no"),
        "order_platform": sale.order.platform if sale.order else "",
        "order_number": sale.order.number if sale.order else "",
        **(_person_words(sale) if settled else {}),
    }


def _person_words(sale: Sale) -> dict[str, str]:
    """Whose sale it was: the reference of what is sealed of her, and where she is insured."""
    person = sale.person
    if person is None or person.insured is None or person.record is None:
        return {}
    return {PERSON: person.record, AREA: person.insured.area or ""}


def identity_words(record: SealedData) -> dict[str, str]:
    """What a message may tell of a person, out of her sealed record.

    That is who is insured: the identity card may be of another, who buys for her.
    """
    number = record.get("certno") or record.get("number", "")
    name = record.get("insured_name") or record.get("name", "")
    told = {"psn_no": record.get("psn_no", ""), "psn_name": name}
    return {name: str(value) for name, value in {**told, "certno": number}.items()}


def tells_person(message: Message) -> bool:
    """Whether the region's form of this message has a field for who it was."""
    return any(spec.source in _IDENTITY for spec in message.fields)


def _fee_settlement(sale: Sale, paid: str, profile: Profile) -> str:
    """Here, or in another area where the insurance said so; nothing is made up where it did not."""
    words = profile.dictionaries["fee_settlement"]
    told = sale.person.insured if sale.person else None
    elsewhere = paid == "insured" and told is not None and told.other_area is True
    return words.get("other", words[paid]) if elsewhere else words[paid]


def _by_insurance(sale: Sale, line: Line) -> bool:
    """True for lines the insurance settled; of sales of before that was kept, by the drug."""
    payment = sale.payment or PaymentKind.SELF
    if line.cover is None:
        return payment.insured and line.item.insurance_payable
    return payment.insured and line.cover is Cover.INSURED


def _rx_words(sale: Sale, line: Line, profile: Profile) -> dict[str, str]:
    """What the prescription tells of a line; without one the region's filler, where it takes it."""
    known = prescribed_for(sale, line)
    if known is None:
        allowed = line.item.rx in profile.rx.no_prescriber
        filler = profile.fillers["prescriber"] if allowed else ""
        return {"prescriber": filler, "rx_number": "", "rx_circ": ""}
    return {
        "prescriber": known.prescriber,
        "rx_number": known.number,
        "rx_circ": profile.word("rx_circ", "yes"),
    }


def stamp(at: datetime | None) -> str:
    """A moment as the platform writes it (facts, 1.1); empty when there is none."""
    return f"{at:%Y-%m-%d %H:%M:%S}" if at else ""


def _value(words: Mapping[str, str], spec: Field) -> str:
    value = spec.source[1:] if spec.source.startswith("=") else words.get(spec.source, "")
    return value[: spec.length] if spec.cut else value


def _too_long(
    words: Mapping[str, str], codes: Sequence[str], message: Message, profile: Profile
) -> bool:
    if any(len(code) > profile.trace_length for code in codes):
        return True
    fields = (*message.fields, *message.head)
    return any(len(_value(words, spec)) > spec.length for spec in fields)


def wire_line(line: OutboxLine, message: Message, profile: Profile) -> dict[str, object]:
    """One line in the platform's own field names."""
    row: dict[str, object] = {}
    for spec in message.fields:
        value = _value(line.words, spec)
        if value or not spec.omit_empty:
            row[spec.name] = value
    if line.codes:
        row[profile.trace_node] = [
            {profile.trace_field: wire_code(code, profile.gs1_form)} for code in line.codes
        ]
    return row


def wire_payload(
    lines: Sequence[OutboxLine], message: Message, profile: Profile
) -> dict[str, object]:
    """The input of one message: its lines, and beside them what they share."""
    payload: dict[str, object] = {message.node: [wire_line(ln, message, profile) for ln in lines]}
    if message.head_node:
        words = lines[0].words
        payload[message.head_node] = {
            spec.name: value
            for spec in message.head
            if (value := _value(words, spec)) or not spec.omit_empty
        }
    return payload


def wire_code(code: str, gs1_form: str) -> str:
    """A trace code as this region wants it; the generic region takes GS1 as we keep it."""
    if gs1_form == "brackets" and len(code) > 20 and code.startswith("01"):
        return f"(01){code[2:16]}(21){code[18:]}"
    return code


def message_body(
    infno: str,
    msgid: str,
    payload: dict[str, object],
    at: datetime,
    sender: Sender,
    profile: Profile,
) -> bytes:
    """The envelope around `payload`, as the bytes that are kept and sent."""
    envelope: dict[str, object] = {
        "infno": infno,
        "msgid": msgid,
        "mdtrtarea_admvs": sender.area,
        "insuplc_admdvs": sender.insured_in or sender.area,
        **profile.envelope,
        "opter": sender.operator,
        "opter_name": sender.operator_name,
        "inf_time": stamp(at),
        "fixmedins_code": sender.store,
        "fixmedins_name": sender.store_name,
        "input": payload,
    }
    return json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode()


def query_payload(query: Query, key: str, sender: Sender, profile: Profile) -> dict[str, object]:
    """The question about one line, by its own serial: lines without codes have it too."""
    words = {**profile.fillers, "store": sender.store}
    fields = {
        name: source[1:] if source.startswith("=") else words.get(source, "")
        for name, source in query.fields.items()
    }
    return {query.node: fields | {query.key_field: key}}
