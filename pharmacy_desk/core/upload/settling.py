"""The settlement's messages (1101, 2101, 2102, 2103, 2601) and what is told in their answers.

Pure, and driven by the region profile (facts on platforms, 1.4, 2.10, 2.11). An answer that does
not say in so many words what was settled is a doubt, as everywhere (invariant 4).
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.sale.dispensing import prescribed_for
from pharmacy_desk.core.sale.patient import Patient
from pharmacy_desk.core.sale.sale import Line, Sale, Settlement
from pharmacy_desk.core.upload.message import stamp, wire_code
from pharmacy_desk.core.upload.profile import Profile
from pharmacy_desk.core.upload.profile_field import Field
from pharmacy_desk.core.upload.settling_form import Ask, SettlementForm

_Words = Mapping[str, str]


class NotTold(ValueError):
    """A part of an answer that cannot be read as what it should be; the text says which."""


def form_of(profile: Profile) -> SettlementForm:
    """The region's settlement. Raises `ValueError` where it has none."""
    if profile.settlement is None:
        raise ValueError("this region's profile has no settlement")
    return profile.settlement


# --- what is asked ------------------------------------------------------------------------------


def person_payload(form: SettlementForm, kind: str, text: str, at: datetime) -> dict[str, object]:
    """1101: who is it, by a proof of this kind (`id`, `card`, `voucher`)."""
    words = {
        "cert_kind": form.word("cert_kind", kind),
        "cert_no": text,
        "card_sn": "",
        "psn_cert_type": form.word("paper_kind", kind),
        "certno": text if kind == "id" else "",
        "time": stamp(at),
    }
    return {form.person.node: _node(form.person.fields, words)}


def sale_payload(
    ask: Ask, sale: Sale, payment: PaymentKind, patient: Patient, at: datetime, profile: Profile
) -> dict[str, object]:
    """2101 and 2102: a sale's lines, for whom and by which kind of insurance."""
    form = form_of(profile)
    words = _patient_words(patient) | {
        "time": stamp(at),
        "total": yuan(sale.total_fen),
        "document": sale.number,
        "med_type": form.word("med_type", payment.value),
        "use_account": form.word("use_account", payment.value),
        "disease": "",
        "disease_name": "",
    }
    lines = [(_place(sale, n), line) for n, line in enumerate(sale.lines, 1) if line.quantity]
    payload: dict[str, object] = {
        ask.node: _node(ask.fields, words),
        ask.line_node: [
            _node(
                ask.line_fields,
                {**_line_words(place, line, at, profile), **_rx_words(sale, line, form)},
            )
            for place, line in lines
        ],
    }
    if form.trace:
        rows = [row for place, line in lines for row in _traces(place, line, profile)]
        payload[form.trace.node] = [_node(form.trace.fields, row) for row in rows]
    return payload


def cancel_payload(form: SettlementForm, patient: Patient, known: Settlement) -> dict[str, object]:
    """2103: undo this settlement."""
    words = _patient_words(patient) | {
        "setl_id": known.setl_id,
        "mdtrt_id": known.mdtrt_id or "",
    }
    return {form.cancel.node: _node(form.cancel.fields, words)}


def reverse_payload(form: SettlementForm, patient: Patient, msgid: str) -> dict[str, object]:
    """2601: undo whatever this message of ours has done, if anything (facts, 1.4)."""
    words = _patient_words(patient) | {"lost_msgid": msgid, "lost_infno": form.settle.infno}
    return {form.reverse.node: _node(form.reverse.fields, words)}


def _node(fields: Sequence[Field], words: _Words) -> dict[str, object]:
    """The fields of a node, each within its length. A value that is too long stops the message."""
    row: dict[str, object] = {}
    for spec in fields:
        value = spec.source[1:] if spec.source.startswith("=") else words.get(spec.source, "")
        if len(value) > spec.length and not spec.cut:
            raise ValueError(f"{spec.name} is too long")
        if value or not spec.omit_empty:
            row[spec.name] = value[: spec.length]
    return row


def _patient_words(patient: Patient) -> dict[str, str]:
    return {
        "psn_no": patient.psn_no,
        "cert_kind": patient.cert_kind,
        "cert_no": patient.cert_no,
        "insutype": patient.insutype,
    }


def _place(sale: Sale, number: int) -> str:
    """feedetl_sn: one line of one sale, as the upload line's key has it."""
    return f"{sale.number.replace('-', '')}{number:03d}"


def _rx_words(sale: Sale, line: Line, form: SettlementForm) -> _Words:
    """The prescription that stands behind a line, where one does."""
    known = prescribed_for(sale, line)
    if known is None:
        return {}
    return {"rx_number": known.number, "rx_outside": form.word("rx_outside", "yes")}


def _line_words(place: str, line: Line, at: datetime, profile: Profile) -> dict[str, str]:
    return {
        "place": place,
        "rx_number": "",
        "rx_outside": form_of(profile).word("rx_outside", "no"),
        "time": stamp(at),
        "insurance_code": line.item.insurance_code,
        "item_code": line.item.code,
        "item_name": line.item.name,
        "amount": yuan(line.amount_fen),
        "quantity": str(line.quantity),
        "price": yuan(line.price_fen),
        "split": profile.word("split", "yes" if line.split else "no"),
    }


def _traces(place: str, line: Line, profile: Profile) -> list[dict[str, str]]:
    form = form_of(profile)
    split = "yes" if line.split else "no"
    return [
        {
            "place": place,
            "code": wire_code(box.code, profile.gs1_form),
            "split": profile.word("split", split),
            "unit_kind": form.word("unit_kind", split),
        }
        for box in line.boxes
    ]


# --- what is told -------------------------------------------------------------------------------


def settled_of(output: Mapping[str, object], form: SettlementForm) -> Settlement:
    """What 2101 and 2102 tell of a settlement. Raises `NotTold` where a needed part is none."""
    told = {name: _at(output, path) for name, path in form.settled.items()}
    return Settlement(
        setl_id=_text(told.get("setl_id")),
        mdtrt_id=_text(told.get("mdtrt_id")) or None,
        fund_fen=_fen(told.get("fund")),
        account_fen=_fen(told.get("account")),
        mutual_fen=_fen(told.get("mutual")),
        cash_fen=_fen(told.get("cash")),
    )


def patient_of(
    output: Mapping[str, object], form: SettlementForm, kind: str, text: str, today: date
) -> Patient:
    """Whom 1101 tells. Raises `NotTold` without a number of the insurance."""
    told = {name: _at(output, path) for name, path in form.person_told.items()}
    psn_no = _text(told.get("psn_no"))
    if not psn_no:
        raise NotTold("psn_no")
    insured = _insured(told.get("insurances"), form)
    sexes = {word: sex for sex, word in form.dictionaries.get("sex", {}).items()}
    born = _day(told.get("born"))
    diseases = told.get("diseases")
    return Patient(
        psn_no=psn_no,
        cert_kind=form.word("cert_kind", kind),
        cert_no=text,
        certno=_text(told.get("certno")),
        name=_text(told.get("name")),
        area=_text(insured.get("insuplc_admdvs")),
        insutype=_text(insured.get("insutype")),
        person_type=_text(insured.get("psn_type")),
        sex=sexes.get(_text(told.get("sex")), ""),
        age=_whole(told.get("age")) if born is None else _years(born, today),
        born=born,
        suspended=_text(insured.get("psn_insu_stas")) in form.suspended_states
        or _begun(_day(insured.get("paus_insu_date")), today),
        since=_text(insured.get("paus_insu_date")),
        balance_fen=_fen(insured.get("balc")),
        diseases=_diseases(diseases) if isinstance(diseases, list) else None,
    )


def _insured(rows: object, form: SettlementForm) -> Mapping[str, object]:
    """The insurance that counts: the first that is in force, else the first there is."""
    told = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    in_force = [row for row in told if _text(row.get("psn_insu_stas")) not in form.suspended_states]
    return next(iter(in_force or told), {})


def _diseases(rows: Sequence[object]) -> frozenset[str]:
    named = (_text(row.get("psn_idet_type")) for row in rows if isinstance(row, dict))
    return frozenset(name for name in named if name)


def _begun(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _at(output: Mapping[str, object], path: str) -> object:
    """What stands at `node.field` of an answer; None where nothing does."""
    here: object = output
    for name in path.split("."):
        here = here.get(name) if isinstance(here, dict) else None
    return here


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise NotTold("text")
    return str(value).strip()


def _number(value: object) -> Decimal | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise NotTold("number")
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise NotTold("number") from error
    if not number.is_finite():
        raise NotTold("number")
    return number


def _fen(value: object) -> int | None:
    """Yuan in fen; None where nothing is told. Raises `NotTold` for parts of a fen."""
    number = _number(value)
    if number is None:
        return None
    fen = number * 100
    if fen != fen.to_integral_value() or abs(fen) >= 10**15:
        raise NotTold("amount")
    return int(fen)


def _whole(value: object) -> int | None:
    number = _number(value)
    return None if number is None else int(number)


def _day(value: object) -> date | None:
    text = _text(value)[:10]
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise NotTold("day") from error
