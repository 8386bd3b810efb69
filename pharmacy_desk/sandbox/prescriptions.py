"""The practice platform's electronic prescriptions: looked up (7203), told as dispensed (7206)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib import resources
from typing import Any

from pharmacy_desk.sandbox import replies
from pharmacy_desk.sandbox.check import Refused, field_problem
from pharmacy_desk.sandbox.records import Records, Sender
from pharmacy_desk.sandbox.tables import Transaction

NUMBERS = ("7203", "7205", "7206")
_NONE = "NONE"


@dataclass(frozen=True)
class Written:
    """One prescription as it was written; drugs are (insurance code, name, packs)."""

    token: str
    institution: str
    prescriber: str
    diagnosis: str
    drugs: tuple[tuple[str, str, int], ...]
    area: str = ""
    days_old: int = 0


@cache
def known() -> tuple[Written, ...]:
    """The prescriptions that ship with the practice platform."""
    text = resources.files(__package__).joinpath("prescriptions.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["prescription"]
    return tuple(
        Written(**{**row, "drugs": tuple(tuple(drug) for drug in row["drugs"])}) for row in rows
    )


def answer(
    records: Records,
    transaction: Transaction,
    sender: Sender,
    given: Mapping[str, Any],
    now: float,
    at: str,
) -> dict[str, Any]:
    """The output of one message; `at` is the fault that bites. Raises `Refused`."""
    if at == "refuse":
        raise Refused("平台拒绝本次请求")
    node = given[transaction.node]
    if transaction.infno == "7203":
        return {transaction.node: _looked_up(node["rx_token"], sender, now)}
    if transaction.infno == "7205":
        return {transaction.node: records.dispensed(sender.store, node["bchno"])}
    return _dispensed(records, transaction, sender, given, node)


def _looked_up(token: str, sender: Sender, now: float) -> dict[str, Any]:
    if token.startswith(_NONE):
        raise Refused("未查询到电子处方")
    found = next((one for one in known() if one.token == token), known()[0])
    written = replies.local(now) - timedelta(days=found.days_old)
    return {
        "hi_rxno": f"R{token}"[:30],
        "fixmedins_name": found.institution,
        "mdtrtarea_admvs": found.area or sender.area,
        "prsc_dr_name": found.prescriber,
        "prsc_time": f"{written:%Y-%m-%d %H:%M:%S}",
        "diag_name": found.diagnosis,
        "download_ide_code": f"D{token}"[:50],
        "rxdetail": [
            {"med_list_codg": code, "drug_name": name, "drug_cnt": packs}
            for code, name, packs in found.drugs
        ],
    }


def _dispensed(
    records: Records,
    transaction: Transaction,
    sender: Sender,
    given: Mapping[str, Any],
    node: Mapping[str, Any],
) -> dict[str, Any]:
    """Keeps what was dispensed, each line once; one that is there already refuses the message."""
    lines = given.get(transaction.details)
    if not isinstance(lines, list) or not lines:
        raise Refused(f"{transaction.details} 应为非空数组")
    for line in lines:
        if not isinstance(line, dict):
            raise Refused(f"{transaction.details} 的明细应为JSON对象")
        for field in transaction.detail_fields:
            problem = field_problem(field, line)
            if problem:
                raise Refused(problem)
    if any(records.dispensed(sender.store, line["bchno"]) for line in lines):
        return {"result": replies.result(False, "流水号重复")}
    for line in lines:
        records.keep_dispensed(sender, {**line, "hi_rxno": node["hi_rxno"]})
    return {"result": replies.result(True)}
