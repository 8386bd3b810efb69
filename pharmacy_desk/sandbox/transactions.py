"""What each transaction number does to the book, and the output it is answered with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pharmacy_desk.sandbox import replies
from pharmacy_desk.sandbox.check import codes_of, node_problem
from pharmacy_desk.sandbox.records import RETURN, SALE, Records, Sender
from pharmacy_desk.sandbox.tables import Tables, Transaction

_KINDS = {"3505": SALE, "3505A": SALE, "3506": RETURN, "3506A": RETURN}


class Refused(Exception):
    """The whole message is answered with infcode -1; the text says why."""


@dataclass(frozen=True)
class Manner:
    """How this one message is treated: the duplicate policy and the fault that bites the lines."""

    duplicates: str = "reject"
    fault: str = ""


class Platform:
    """The transactions of the practice platform over one book."""

    def __init__(self, tables: Tables, records: Records) -> None:
        """Takes the tables it checks against and the book it writes."""
        self._tables = tables
        self._records = records

    def answer(
        self, sender: Sender, body: Mapping[str, Any], now: float, manner: Manner
    ) -> dict[str, Any]:
        """Processes one checked message and gives its output; raises Refused."""
        transaction = self._tables.transactions[sender.infno]
        lines = self._lines(transaction, body)
        with self._records.transaction():
            self._records.note_message(sender)
            if sender.infno in _KINDS:
                return self._store(transaction, sender, lines, manner)
            if sender.infno in ("3507", "3507A"):
                return self._delete(transaction, sender, lines, manner)
        return self._ask(transaction, sender, lines[0], now, manner)

    def _lines(self, transaction: Transaction, body: Mapping[str, Any]) -> list[Any]:
        """The nodes of the input, one or many."""
        node = body["input"].get(transaction.node)
        if not transaction.array:
            if not isinstance(node, dict):
                raise Refused(f"{transaction.node} 应为JSON对象")
            return [node]
        if not isinstance(node, list) or not node:
            raise Refused(f"{transaction.node} 应为非空数组")
        return node

    def _store(
        self, transaction: Transaction, sender: Sender, lines: list[Any], manner: Manner
    ) -> dict[str, Any]:
        """Keeps the lines of a sale or a return, each for itself."""
        failed = []
        wanted = lines[: len(lines) // 2] if manner.fault == "half" else lines
        for place, line in enumerate(wanted):
            problem = self._keep(transaction, sender, line, manner, place)
            if problem:
                failed.append((line, problem))
        return self._outcome(transaction, len(wanted), failed)

    def _keep(
        self,
        transaction: Transaction,
        sender: Sender,
        line: Any,
        manner: Manner,
        place: int,
    ) -> str:
        """Keeps one line; gives the reason when it is refused, or an empty text."""
        kind = _KINDS[sender.infno]
        key = key_of(line)
        if key:
            self._records.note_line(sender.store, kind, key)
        if manner.fault == "refuse" and place == 0:
            return "平台拒收该明细"
        problem = node_problem(self._tables, transaction, line)
        if problem:
            return problem
        original = line.get("medins_prod_sel_no") if kind == RETURN else ""
        if original and not self._records.holds(sender.store, SALE, original):
            return "原销售记录不存在"
        if self._records.holds(sender.store, kind, key):
            if manner.duplicates == "reject":
                return "流水号重复"
            if manner.duplicates == "overwrite":
                self._records.drop(sender.store, key, (kind,))
        known = {field.name: line.get(field.name) for field in transaction.fields}
        self._records.keep(sender, kind, known, codes_of(self._tables, line))
        return ""

    def _delete(
        self, transaction: Transaction, sender: Sender, lines: list[Any], manner: Manner
    ) -> dict[str, Any]:
        """Deletes sale and return lines by their key."""
        failed = []
        wanted = lines[: len(lines) // 2] if manner.fault == "half" else lines
        for place, line in enumerate(wanted):
            problem = node_problem(self._tables, transaction, line)
            if manner.fault == "refuse" and place == 0:
                problem = "平台拒收该明细"
            if not problem:
                gone = line["inv_data_type"] == "4" and self._records.drop(
                    sender.store, line["fixmedins_bchno"]
                )
                problem = None if gone else "记录不存在"
            if problem:
                failed.append((line, problem))
        return self._outcome(transaction, len(wanted), failed)

    def _outcome(
        self, transaction: Transaction, count: int, failed: list[tuple[Any, str]]
    ) -> dict[str, Any]:
        """The output of a stock transaction."""
        if not failed:
            return {"result": replies.result(True)}
        reason = f"{len(failed)}条明细失败：{failed[0][1]}" if transaction.array else failed[0][1]
        output: dict[str, Any] = {"result": replies.result(len(failed) < count, reason)}
        if transaction.errors:
            output[transaction.errors] = [
                {
                    "fixmedins_bchno": key_of(line),
                    "fixmedins_hilist_id": key_of(line, "fixmedins_hilist_id"),
                    **replies.result(False, reason),
                }
                for line, reason in failed
            ]
        return output

    def _ask(
        self,
        transaction: Transaction,
        sender: Sender,
        node: dict[str, Any],
        now: float,
        manner: Manner,
    ) -> dict[str, Any]:
        """Answers the numbers that write no lines: sign-in and the sold-trace query."""
        if manner.fault == "refuse":
            raise Refused("平台拒绝本次请求")
        problem = node_problem(self._tables, transaction, node)
        if problem:
            raise Refused(problem)
        if sender.infno == "9001":
            return replies.sign_in(now, sender.store)
        if node["fixmedins_code"] != sender.store:
            raise Refused("只能查询本机构数据")
        return {"data": self._sold(transaction, sender, node)}

    def _sold(
        self, transaction: Transaction, sender: Sender, node: Mapping[str, Any]
    ) -> list[dict[str, str]]:
        """The rows of 3513: one for each code of each line that answers the question."""
        where, values = _question(sender.store, node)
        code = node.get("drug_trac_codg")
        rows: list[dict[str, str]] = []
        for line in self._records.lines(where, values):
            for one in line["codes"] or [""]:
                if not code or one == code:
                    rows.append(_row(transaction, line, one, len(rows)))
        return rows


def key_of(line: Any, name: str = "fixmedins_bchno") -> str:
    """A key field of a line that may be anything, as text of a bearable length."""
    value = line.get(name) if isinstance(line, dict) else None
    return value if isinstance(value, str) and len(value) <= 100 else ""


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


def _question(store: str, node: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The condition a 3513 question makes; returns are told only to who asks by their key."""
    parts, values = ["l.store = ?"], [store]
    if not node.get("fixmedins_bchno"):
        parts.append(f"l.kind = '{SALE}'")
    for asked, column in _ASKED.items():
        if node.get(asked):
            parts.append(f"l.{column} = ?")
            values.append(node[asked])
    for asked, sign in (("begndate", ">="), ("enddate", "<=")):
        if node.get(asked):
            parts.append(f"substr(l.sel_retn_time, 1, 10) {sign} ?")
            values.append(node[asked])
    if node.get("drug_trac_codg"):
        parts.append("l.id IN (SELECT line FROM codes WHERE code = ?)")
        values.append(node["drug_trac_codg"])
    return " AND ".join(parts), values


def _row(
    transaction: Transaction, line: Mapping[str, Any], code: str, place: int
) -> dict[str, str]:
    """One output row of 3513."""
    told = {
        "fixmedinsCode": line["store"],
        "medListCodg": line["med_list_codg"],
        "medinsListCodg": line["fixmedins_hilist_id"],
        "medinsListName": line["fixmedins_hilist_name"],
        "fixmedinsBchno": line["bchno"],
        "mdtrtId": line["mdtrt_sn"],
        "mdtrtSetlType": line["mdtrt_setl_type"],
        "bkkpSn": line["rtal_docno"],
        "drugTracCodg": code,
        "psnNo": line["psn_no"],
        "psnCertType": line["psn_cert_type"],
        "certno": line["certno"],
        "psnName": line["psn_name"],
        "memo": "退货" if line["kind"] == RETURN else line["memo"],
        "trdnFlag": line["trdn_flag"],
        "updtTime": line["at"][:19].replace("T", " "),
        "opterName": line["sel_retn_opter_name"],
        "rid": f"{line['id']:032d}{place:08d}",
        "crteTime": line["at"][:19].replace("T", " "),
        "optTime": line["sel_retn_time"],
        "opterId": line["opter"],
        "crterName": line["opter_name"],
        "crterId": line["opter"],
        "optinsNo": line["store"],
    }
    return {column: told[column] for column in transaction.columns}
