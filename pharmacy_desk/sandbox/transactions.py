"""What each transaction number does to the book, and the output it is answered with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pharmacy_desk.sandbox import prescriptions, questions, replies, settle
from pharmacy_desk.sandbox.check import Refused, codes_of, node_problem
from pharmacy_desk.sandbox.faults import Sold
from pharmacy_desk.sandbox.records import (
    CHANGE,
    COUNT,
    PURCHASE,
    PURCHASE_RETURN,
    RETURN,
    SALE,
    Records,
    Sender,
)
from pharmacy_desk.sandbox.tables import Tables, Transaction


class _Decides(Protocol):
    """What decides about the numbers of a room of their own. Raises `Refused`."""

    def __call__(
        self,
        records: Records,
        transaction: Transaction,
        sender: Sender,
        given: Mapping[str, Any],
        now: float,
        at: str,
    ) -> dict[str, Any]:
        """The output of one message; `at` is the fault that bites."""
        ...


# Numbers that have a room of their own.
_DECIDES: dict[str, _Decides] = {
    **dict.fromkeys(settle.NUMBERS, settle.answer),
    **dict.fromkeys(prescriptions.NUMBERS, prescriptions.answer),
}
# What is kept by which number; the array form of a number keeps the same.
_KINDS = {
    "3501": COUNT,
    "3502": CHANGE,
    "3503": PURCHASE,
    "3504": PURCHASE_RETURN,
    "3505": SALE,
    "3506": RETURN,
}
# inv_data_type of a deletion (2.7).
_DELETED = {
    "1": (COUNT,),
    "2": (CHANGE,),
    "3": (PURCHASE, PURCHASE_RETURN),
    "4": (SALE, RETURN),
}
# What a return may name as the line it takes back: the field, the kind it must be of, the words.
_ORIGINALS = {
    RETURN: ("medins_prod_sel_no", SALE, "原销售记录不存在"),
    PURCHASE_RETURN: ("medins_prod_purc_no", PURCHASE, "原采购记录不存在"),
}


@dataclass(frozen=True)
class Manner:
    """How this one message is treated: the duplicate policy and the fault that bites the lines.

    `sold` are codes that another store has settled, besides those in the book.
    """

    duplicates: str = "reject"
    fault: str = ""
    sold: tuple[Sold, ...] = ()


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
            if sender.infno[:4] in _KINDS:
                return self._store(transaction, sender, lines, manner)
            if sender.infno in ("3507", "3507A"):
                return self._delete(transaction, sender, lines, manner)
            if sender.infno in _DECIDES:
                return self._decide(transaction, sender, body["input"], now, manner)
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
        """Keeps the lines of a stock transaction, each for itself."""
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
        kind = _KINDS[sender.infno[:4]]
        key = key_of(line)
        if key:
            self._records.note_line(sender.store, kind, key)
        if manner.fault == "refuse" and place == 0:
            return "平台拒收该明细"
        problem = node_problem(self._tables, transaction, line)
        if problem:
            return problem
        why = self._missing_original(sender, kind, line)
        why = why or self._settled_elsewhere(sender, kind, line, manner)
        if why:
            return why
        if self._records.holds(sender.store, kind, key):
            if manner.duplicates == "reject":
                return "流水号重复"
            if manner.duplicates == "overwrite":
                self._records.drop(sender.store, key, (kind,))
        known = {field.name: line.get(field.name) for field in transaction.fields}
        self._records.keep(sender, kind, known, codes_of(self._tables, line))
        return ""

    def _missing_original(self, sender: Sender, kind: str, line: Mapping[str, Any]) -> str:
        """Why a return that names a line not kept is refused, or an empty text."""
        if kind not in _ORIGINALS:
            return ""
        name, of, words = _ORIGINALS[kind]
        original = line.get(name)
        return words if original and not self._records.holds(sender.store, of, original) else ""

    def _settled_elsewhere(
        self, sender: Sender, kind: str, line: Mapping[str, Any], manner: Manner
    ) -> str:
        """Why a sale of a box that another store has sold is refused, or an empty text.

        Whether the real platform does so is not known (facts, "not found"); the practice one does,
        so that what a counter makes of it can be tried. Units of opened boxes are let through.
        """
        if kind != SALE or line.get("trdn_flag") == "1":
            return ""
        for code in codes_of(self._tables, line):
            told = next((sold for sold in manner.sold if sold.code == code), None)
            where = (told.store, told.at) if told else self._records.sold_by(code)
            if where and where[0] != sender.store:
                return f"追溯码{code}已结算：{where[0]}，{where[1]}"
        return ""

    def _delete(
        self, transaction: Transaction, sender: Sender, lines: list[Any], manner: Manner
    ) -> dict[str, Any]:
        """Deletes lines by their key and what they are."""
        failed = []
        wanted = lines[: len(lines) // 2] if manner.fault == "half" else lines
        for place, line in enumerate(wanted):
            problem = node_problem(self._tables, transaction, line)
            if manner.fault == "refuse" and place == 0:
                problem = "平台拒收该明细"
            if not problem:
                gone = self._records.drop(
                    sender.store, line["fixmedins_bchno"], _DELETED[line["inv_data_type"]]
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

    def _decide(
        self,
        transaction: Transaction,
        sender: Sender,
        given: Mapping[str, Any],
        now: float,
        manner: Manner,
    ) -> dict[str, Any]:
        """Answers the numbers that a room of their own decides about."""
        problem = node_problem(self._tables, transaction, given[transaction.node])
        if problem:
            raise Refused(problem)
        decide = _DECIDES[sender.infno]
        return decide(self._records, transaction, sender, given, now=now, at=manner.fault)

    def _ask(
        self,
        transaction: Transaction,
        sender: Sender,
        node: dict[str, Any],
        now: float,
        manner: Manner,
    ) -> dict[str, Any]:
        """Answers the numbers that write no lines: sign-in and the queries."""
        if manner.fault == "refuse":
            raise Refused("平台拒绝本次请求")
        problem = node_problem(self._tables, transaction, node)
        if problem:
            raise Refused(problem)
        if sender.infno == "9001":
            return replies.sign_in(now, sender.store)
        if node["fixmedins_code"] != sender.store:
            raise Refused("只能查询本机构数据")
        return {"data": questions.answer(self._records, transaction, sender.store, node)}


def key_of(line: Any, name: str = "fixmedins_bchno") -> str:
    """A key field of a line that may be anything, as text of a bearable length."""
    value = line.get(name) if isinstance(line, dict) else None
    return value if isinstance(value, str) and len(value) <= 100 else ""
