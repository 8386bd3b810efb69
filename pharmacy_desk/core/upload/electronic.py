"""Electronic prescriptions: how one is asked for, and what of its answer is believed.

Facts on platforms, 2.10 (7206). How one is looked up is published nowhere at hand: number, node and
names are the profile's.
"""

from collections.abc import Mapping
from datetime import date

from pharmacy_desk.core.catalogue.drug_list import parse_day
from pharmacy_desk.core.sale.prescription import Prescribed, RxOrder
from pharmacy_desk.core.upload.profile import RxLookUp


def look_up_payload(form: RxLookUp, token: str, store: str) -> dict[str, object]:
    """The question for one prescription."""
    return {form.node: {form.token_field: token, "fixmedins_code": store}}


def order_of(output: Mapping[str, object], form: RxLookUp) -> RxOrder | None:
    """The prescription in an answer; None where a part that is needed is missing."""
    node = output.get(form.node)
    if not isinstance(node, dict):
        return None
    told = {name: _text(node.get(field)) for name, field in form.told.items()}
    rows = _rows(node.get(form.told["drugs"]))
    whole = [drug for n, row in enumerate(rows, 1) if (drug := _drug(n, row, form))]
    issued: date | None = parse_day(told["issued"][:10])
    if not told["number"] or not told["download"] or issued is None:
        return None
    if not whole or len(whole) != len(rows):
        return None
    return RxOrder(
        number=told["number"],
        institution=told["institution"],
        area=told["area"],
        prescriber=told["prescriber"],
        issued=issued,
        diagnosis=told["diagnosis"],
        download=told["download"],
        prescribed=tuple(whole),
    )


def _rows(rows: object) -> list[Mapping[str, object]]:
    """The drugs as they are told; none where one of them is no object."""
    told = rows if isinstance(rows, list) else []
    return told if all(isinstance(row, dict) for row in told) else []


def _drug(line: int, row: Mapping[str, object], form: RxLookUp) -> Prescribed | None:
    code, name = _text(row.get(form.told["code"])), _text(row.get(form.told["name"]))
    packs = _text(row.get(form.told["packs"]))
    if not code or not packs.isdecimal() or int(packs) < 1:
        return None
    return Prescribed(line, "", name or code, int(packs), code)


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int) else ""
