"""The practice settlement: 1101, 2101, 2102, 2103 and 2601 as the national platform has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pharmacy_desk.sandbox import persons
from pharmacy_desk.sandbox.check import Refused, field_problem
from pharmacy_desk.sandbox.persons import Insured
from pharmacy_desk.sandbox.records import Records, Sender
from pharmacy_desk.sandbox.replies import local
from pharmacy_desk.sandbox.tables import Field, Transaction

NUMBERS = ("1101", "2101", "2102", "2103", "2601")
# What decides about a settlement: faults of "settlement" strike these.
DECIDING = ("2102", "2601")
# The personal account alone pays a purchase at a designated pharmacy; of the others the fund
# pays seven tenths.
_ACCOUNT_ONLY = "41"


@dataclass(frozen=True)
class _Parts:
    """How a sum is split, in fen."""

    fund: int
    account: int
    mutual: int
    cash: int


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
    if transaction.infno == "1101":
        return _person(node, sender, now)
    if transaction.infno == "2103":
        return _cancel(records, sender, node)
    if transaction.infno == "2601":
        return _reverse(records, sender, node)
    lines, codes = _lines(transaction, given), _codes(transaction, given)
    person = _settled_for(node, now)
    total = _total(node, lines)
    parts = _split(person, node, total)
    if transaction.infno == "2101":
        return {"setlinfo": _told(node, parts, "", "")}
    row = _settle(records, sender, node, person, total=total, parts=parts, codes=codes, now=now)
    wrong = _Parts(parts.fund + 1, parts.account, parts.mutual, parts.cash)
    shown = wrong if at == "split" else parts
    return {
        "setlinfo": _told(node, shown, row["setl_id"], row["mdtrt_id"])
        | {"medins_setl_id": sender.msgid},
        "setldetail": [],
    }


def _person(node: Mapping[str, Any], sender: Sender, now: float) -> dict[str, Any]:
    """1101: who shows this proof."""
    found = persons.by_proof(node["mdtrt_cert_type"], node["mdtrt_cert_no"])
    paused = found.suspended_since
    output: dict[str, Any] = {
        "baseinfo": {
            "psn_no": found.psn_no,
            "psn_cert_type": "01",
            "certno": found.id,
            "psn_name": found.name,
            "gend": found.sex,
            "brdy": found.born,
            "age": _age(found.born, local(now).date()),
        },
        "insuinfo": [
            {
                "balc": "" if found.balance_fen is None else _yuan(found.balance_fen),
                "insutype": found.insutype,
                "psn_type": "11",
                "psn_insu_stas": "2" if paused else "1",
                "psn_insu_date": "2015-01-01",
                "paus_insu_date": paused,
                "cvlserv_flag": "0",
                "insuplc_admdvs": found.area or sender.area,
            }
        ],
    }
    if found.diseases is not None:
        output["idetinfo"] = [{"psn_idet_type": one, "memo": ""} for one in found.diseases]
    return output


def _age(born: str, today: date) -> str:
    """Whole years as text; empty where no birth date is known."""
    if not born:
        return ""
    day = date.fromisoformat(born)
    return str(today.year - day.year - ((today.month, today.day) < (day.month, day.day)))


def _settled_for(node: Mapping[str, Any], now: float) -> Insured:
    """The person of a settlement. Raises `Refused` for none, or one who is not insured now."""
    person = persons.by_number(node["psn_no"])
    if person is None:
        raise Refused("人员编号不存在")
    if person.suspended_since and person.suspended_since <= f"{local(now):%Y-%m-%d}":
        raise Refused(f"参保人自{person.suspended_since}起暂停参保，待遇不可用")
    return person


def _lines(transaction: Transaction, given: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The lines of a settlement, checked."""
    lines = given.get(transaction.details)
    if not isinstance(lines, list) or not lines:
        raise Refused(f"{transaction.details} 应为非空数组")
    return [_checked(transaction.details, transaction.detail_fields, line) for line in lines]


def _codes(transaction: Transaction, given: Mapping[str, Any]) -> list[str]:
    """The trace codes of a settlement; a form without them has none."""
    rows = given.get(transaction.traces) or []
    if not isinstance(rows, list):
        raise Refused(f"{transaction.traces} 应为数组")
    name, fields = transaction.traces, transaction.trace_fields
    codes = [str(_checked(name, fields, row)["drug_trac_codg"]) for row in rows]
    if len(set(codes)) < len(codes):
        raise Refused(f"{transaction.traces} 中追溯码重复")
    return codes


def _checked(node: str, fields: Sequence[Field], row: Any) -> Mapping[str, Any]:
    if not isinstance(row, dict):
        raise Refused(f"{node} 的明细应为JSON对象")
    for field in fields:
        problem = field_problem(field, row)
        if problem:
            raise Refused(f"{node}.{problem}")
    return row


def _total(node: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> int:
    """The sum in fen. Raises `Refused` where the lines do not come to it."""
    total = _fen(node["medfee_sumamt"])
    if sum(_fen(line["det_item_fee_sumamt"]) for line in lines) != total:
        raise Refused("明细金额合计与医疗费总额不符")
    return total


def _split(person: Insured, node: Mapping[str, Any], total: int) -> _Parts:
    """Fund, personal account, family's account, and what is left to the person."""
    fund = 0 if node["med_type"] == _ACCOUNT_ONLY else total * 7 // 10
    rest = total - fund
    if node["acct_used_flag"] != "1":
        return _Parts(fund, 0, 0, rest)
    account = rest if person.balance_fen is None else min(rest, person.balance_fen)
    mutual = min(rest - account, person.mutual_fen)
    return _Parts(fund, account, mutual, rest - account - mutual)


def _settle(
    records: Records,
    sender: Sender,
    node: Mapping[str, Any],
    person: Insured,
    *,
    total: int,
    parts: _Parts,
    codes: Sequence[str],
    now: float,
) -> Mapping[str, Any]:
    """Write a settlement down: each message settles once, and none that was reversed before."""
    key = (sender.store, sender.msgid)
    conn = records.connection
    if conn.execute("SELECT 1 FROM reversed WHERE store = ? AND msgid = ?", key).fetchone():
        raise Refused("该报文已冲正")
    if conn.execute("SELECT 1 FROM settled WHERE store = ? AND msgid = ?", key).fetchone():
        raise Refused("报文重复")
    number = conn.execute(
        "INSERT INTO settled (store, msgid, document, psn_no, med_type, total_fen, fund_fen,"
        " account_fen, mutual_fen, cash_fen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *key,
            node.get("invono") or "",
            person.psn_no,
            node["med_type"],
            total,
            parts.fund,
            parts.account,
            parts.mutual,
            parts.cash,
        ),
    ).lastrowid
    digits = f"{local(now):%Y%m%d%H%M%S}{number:06d}"
    ids = {"setl_id": f"TRAIN{digits}", "mdtrt_id": f"TRAINM{digits}"}
    conn.execute(
        "UPDATE settled SET setl_id = ?, mdtrt_id = ? WHERE id = ?", (*ids.values(), number)
    )
    conn.executemany(
        "INSERT INTO settled_codes VALUES (?, ?, ?)",
        [(number, place, code) for place, code in enumerate(codes)],
    )
    return ids


def _told(node: Mapping[str, Any], parts: _Parts, setl_id: str, mdtrt_id: str) -> dict[str, Any]:
    """Setlinfo (2.11); a preview has no numbers."""
    told = {
        "setl_id": setl_id,
        "mdtrt_id": mdtrt_id,
        "psn_no": node["psn_no"],
        "medfee_sumamt": node["medfee_sumamt"],
        "fund_pay_sumamt": _yuan(parts.fund),
        "psn_part_amt": _yuan(parts.account + parts.mutual + parts.cash),
        "acct_pay": _yuan(parts.account),
        "psn_cash_pay": _yuan(parts.cash),
        "clr_type": "41",
    }
    return told | ({"acct_mulaid_pay": _yuan(parts.mutual)} if parts.mutual else {})


def _cancel(records: Records, sender: Sender, node: Mapping[str, Any]) -> dict[str, Any]:
    """2103: undo one settlement of this person; a second time says that it is undone."""
    row = records.connection.execute(
        "SELECT * FROM settled WHERE store = ? AND setl_id = ? AND psn_no = ?",
        (sender.store, node["setl_id"], node["psn_no"]),
    ).fetchone()
    if row is None:
        raise Refused("结算记录不存在")
    if row["cancelled"]:
        raise Refused("该结算已撤销")
    records.connection.execute("UPDATE settled SET cancelled = 1 WHERE id = ?", (row["id"],))
    return {"setlinfo": {"setl_id": node["setl_id"]}}


def _reverse(records: Records, sender: Sender, node: Mapping[str, Any]) -> dict[str, Any]:
    """2601: undo what a message did; one that is still on its way settles nothing any more."""
    if node["oinfno"] != "2102":
        raise Refused(f"不支持冲正交易 {node['oinfno']}")
    conn, key = records.connection, (sender.store, node["omsgid"])
    conn.execute("INSERT OR IGNORE INTO reversed VALUES (?, ?)", key)
    row = conn.execute("SELECT * FROM settled WHERE store = ? AND msgid = ?", key).fetchone()
    if row is not None:
        conn.execute("UPDATE settled SET cancelled = 1 WHERE id = ?", (row["id"],))
    return {}


def _fen(value: Any) -> int:
    return int(Decimal(str(value)) * 100)


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
