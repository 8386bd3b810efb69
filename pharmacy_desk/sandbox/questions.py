"""The queries 3508, 3509, 3510 and 3513: which kept lines answer one, and the rows it gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pharmacy_desk.sandbox.records import (
    CHANGE,
    COUNT,
    KEPT,
    PURCHASE,
    PURCHASE_RETURN,
    RETURN,
    SALE,
    Records,
)
from pharmacy_desk.sandbox.tables import Transaction


@dataclass(frozen=True)
class _Topic:
    """What a query is about: the kinds it tells, the ones told by key alone, the line's time."""

    kind: str
    by_key: str
    time: str
    operator: str = ""


_TOPICS = {
    "3508": _Topic(COUNT, COUNT, "invdate"),
    "3509": _Topic(CHANGE, CHANGE, "inv_chg_time", "inv_chg_opter_name"),
    "3510": _Topic(PURCHASE, PURCHASE_RETURN, "purc_retn_stoin_time", "purc_retn_opter_name"),
    "3513": _Topic(SALE, RETURN, "sel_retn_time", "sel_retn_opter_name"),
}
_ASKED = {
    "fixmedins_bchno": "bchno",
    "medins_list_codg": "fixmedins_hilist_id",
    "med_list_codg": "med_list_codg",
    "mdtrt_id": "mdtrt_sn",
    "psn_no": "psn_no",
    "certno": "certno",
    "psn_name": "psn_name",
    "sel_retn_opter_name": "sel_retn_opter_name",
}


def answer(
    records: Records, transaction: Transaction, store: str, node: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The rows of a query: one for each code of each line that answers it."""
    topic = _TOPICS[transaction.infno]
    where, values = _question(topic, store, node)
    code = node.get("drug_trac_codg")
    rows: list[dict[str, Any]] = []
    for line in records.lines(where, values):
        for one in line["codes"] or [""]:
            if not code or one == code:
                rows.append(_row(transaction, topic, line, one, len(rows)))
    return rows


def _question(topic: _Topic, store: str, node: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The condition a question makes; returns are told only to who asks by their key."""
    by_key = topic.by_key if node.get("fixmedins_bchno") else topic.kind
    parts, values = ["l.store = ?", "l.kind IN (?, ?)"], [store, topic.kind, by_key]
    for asked, column in _ASKED.items():
        if node.get(asked):
            parts.append(f"l.{column} = ?")
            values.append(node[asked])
    for asked, sign in (("begndate", ">="), ("enddate", "<=")):
        if node.get(asked):
            parts.append(f"substr(l.{topic.time}, 1, 10) {sign} ?")
            values.append(node[asked])
    if node.get("drug_trac_codg"):
        parts.append("l.id IN (SELECT line FROM codes WHERE code = ?)")
        values.append(node["drug_trac_codg"])
    return " AND ".join(parts), values


def _camel(name: str) -> str:
    """A field's name as answers spell it: `inv_chg_type` → `invChgType`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _row(
    transaction: Transaction, topic: _Topic, line: Mapping[str, Any], code: str, place: int
) -> dict[str, Any]:
    """One row of an answer, in the columns of its number."""
    told = {_camel(name): line[name] for name in KEPT} | {
        "fixmedinsCode": line["store"],
        "medinsListCodg": line["fixmedins_hilist_id"],
        "medinsListName": line["fixmedins_hilist_name"],
        "fixmedinsBchno": line["bchno"],
        "mdtrtId": line["mdtrt_sn"],
        "bkkpSn": line["rtal_docno"],
        "drugTracCodg": code,
        "memo": "退货" if line["kind"] in (RETURN, PURCHASE_RETURN) else line["memo"],
        "updtTime": line["at"][:19].replace("T", " "),
        "opterName": line[topic.operator] if topic.operator else line["opter_name"],
        "rid": f"{line['id']:032d}{place:08d}",
        "crteTime": line["at"][:19].replace("T", " "),
        "optTime": line[topic.time],
        "opterId": line["opter"],
        "crterName": line["opter_name"],
        "crterId": line["opter"],
        "optinsNo": line["store"],
    }
    return {column: told[column] for column in transaction.columns}
