"""What the practice platform refuses: envelope, required fields, types, and the signature."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from pharmacy_desk.sandbox.tables import Field, Tables, Transaction

_MSGID = re.compile(r"[HP][0-9]{11}[0-9]{14}[0-9]{4}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATETIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]+([.][0-9]+)?")
SIGNATURE_LIFE = 300


class Refused(Exception):
    """The whole message is answered with infcode -1; the text says why."""


def _text_problem(field: Field, value: Any) -> str | None:
    """Why a C field is refused."""
    if not isinstance(value, str):
        return f"{field.name} 应为字符串"
    if len(value) > field.length:
        return f"{field.name} 长度超过{field.length}"
    if field.values and value not in field.values:
        return f"{field.name} 不在字典范围内"
    return None


def _number_problem(field: Field, value: Any) -> str | None:
    """Why an N field is refused."""
    wrong = f"{field.name} 应为数值({field.length},{field.places})"
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return wrong
    if len(str(value)) > 2 * field.length:
        return wrong
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        return wrong
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return wrong
    if not number.is_finite():
        return wrong
    fits = abs(number) < Decimal(10) ** (field.length - field.places)
    return None if fits and number == round(number, field.places) else wrong


def _moment_problem(field: Field, value: Any) -> str | None:
    """Why a date or datetime field is refused."""
    day = field.kind == "date"
    shape, spelling = (_DATE, "yyyy-MM-dd") if day else (_DATETIME, "yyyy-MM-dd HH:mm:ss")
    wrong = f"{field.name} 格式应为{spelling}"
    if not isinstance(value, str) or not shape.fullmatch(value):
        return wrong
    try:
        date.fromisoformat(value) if day else datetime.fromisoformat(value)
    except ValueError:
        return wrong
    return None


def _object_problem(field: Field, value: Any) -> str | None:
    """Why an object field (the input) is refused."""
    if not isinstance(value, dict):
        return f"{field.name} 应为JSON对象"
    size = len(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    return f"{field.name} 长度超过{field.length}" if size > field.length else None


def _is_empty(field: Field, value: Any) -> bool:
    """Whether the field counts as not filled; a number that was left out is sent as 0."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return True
    if field.kind != "N" or field.rule.word == "Y0":
        return False
    return value in (0, "0") and not isinstance(value, bool)


def field_problem(field: Field, node: Mapping[str, Any]) -> str | None:
    """Why this field of the node is refused, or None."""
    value = node.get(field.name)
    if _is_empty(field, value):
        return f"{field.name} 不能为空" if field.rule.holds(node) else None
    if field.kind == "C":
        return _text_problem(field, value)
    if field.kind == "N":
        return _number_problem(field, value)
    if field.kind == "object":
        return _object_problem(field, value)
    return _moment_problem(field, value)


def codes_of(tables: Tables, line: Mapping[str, Any]) -> list[str]:
    """The trace codes of a checked line; the old flat field counts where the node is absent."""
    node = line.get(tables.trace_node) or []
    codes = [child[tables.trace_field.name] for child in node]
    flat = line.get(tables.trace_field.name)
    return codes or ([flat] if flat else [])


def _trace_problem(tables: Tables, line: Mapping[str, Any]) -> str | None:
    """Why the trace node of a line is refused."""
    node = line.get(tables.trace_node)
    if node is None or node == "":
        return None
    if not isinstance(node, list) or not all(isinstance(child, dict) for child in node):
        return f"{tables.trace_node} 应为对象数组"
    for child in node:
        problem = field_problem(tables.trace_field, child)
        if problem is not None:
            return f"{tables.trace_node}.{problem}"
    codes = codes_of(tables, line)
    return f"{tables.trace_node} 中追溯码重复" if len(set(codes)) < len(codes) else None


def node_problem(tables: Tables, transaction: Transaction, node: Any) -> str | None:
    """Why one node (one line of an array) is refused, or None."""
    if not isinstance(node, dict):
        return f"{transaction.node} 的明细应为JSON对象"
    for field in sorted(transaction.fields, key=lambda one: not one.required):
        problem = field_problem(field, node)
        if problem is not None:
            return problem
    return _trace_problem(tables, node) if transaction.trace else None


def _carries_person(value: Any) -> bool:
    """Whether a filled psn_no stands in any node of the input."""
    nodes = value.values() if isinstance(value, dict) else ()
    lines = [line for node in nodes for line in (node if isinstance(node, list) else [node])]
    return any(isinstance(line, dict) and line.get("psn_no") for line in lines)


def envelope_problem(tables: Tables, body: Mapping[str, Any]) -> str | None:
    """Why the envelope is refused, or None."""
    for field in tables.envelope:
        problem = field_problem(field, body)
        if problem is not None:
            return problem
    if not _MSGID.fullmatch(body["msgid"]):
        return "msgid 格式错误"
    if not body["msgid"].startswith(body["fixmedins_code"]) or len(body["fixmedins_code"]) != 12:
        return "msgid 与 fixmedins_code 不一致"
    if _carries_person(body["input"]) and not body.get("insuplc_admdvs"):
        return "insuplc_admdvs 不能为空"
    return None


def signature(token: str, timestamp: str, nonce: str) -> str:
    """The header signature: hex of SHA-256 over timestamp, token, nonce, timestamp."""
    return hashlib.sha256(f"{timestamp}{token}{nonce}{timestamp}".encode()).hexdigest()


def signature_problem(headers: Mapping[str, str], token: str, now: float) -> str | None:
    """Why the signed headers are refused, or None."""
    stamp = headers.get("x-tif-timestamp", "")
    nonce = headers.get("x-tif-nonce", "")
    given = headers.get("x-tif-signature", "").lower()
    whole = re.fullmatch(r"[0-9]{1,12}", stamp) and nonce and headers.get("x-tif-paasid")
    if not whole or abs(now - int(stamp)) > SIGNATURE_LIFE:
        return "签名验证失败"
    right = signature(token, stamp, nonce)
    same = hmac.compare_digest(given.encode(), right.encode())
    return None if same else "签名验证失败"
