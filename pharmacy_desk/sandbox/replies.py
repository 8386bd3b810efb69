"""Answers in the platform's envelope, the spoilt ones included."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

CHINA = timezone(timedelta(hours=8))
_serial = itertools.count(1)


@dataclass(frozen=True)
class Frame:
    """What every answer to one message repeats: its area and when it came."""

    area: str
    received: float

    def reference(self, now: float) -> str:
        """A new inf_refmsgid: area 6, time 14, serial 10."""
        area = self.area if re.fullmatch("[0-9]{6}", self.area) else "000000"
        return f"{area}{local(now):%Y%m%d%H%M%S}{next(_serial):010d}"


def local(now: float) -> datetime:
    """The platform's clock reading in Chinese time."""
    return datetime.fromtimestamp(now, UTC).astimezone(CHINA)


def moment(now: float) -> str:
    """A C17 time: yyyyMMddHHmmssSSS."""
    at = local(now)
    return f"{at:%Y%m%d%H%M%S}{at.microsecond // 1000:03d}"


def envelope(frame: Frame, now: float, output: Any = None, problem: str = "") -> dict[str, Any]:
    """A whole answer: accepted when there is no problem."""
    return {
        "infcode": -1 if problem else 0,
        "inf_refmsgid": frame.reference(now),
        "refmsg_time": moment(frame.received),
        "respond_time": moment(now),
        "err_msg": problem[:200],
        "warn_msg": "",
        "output": output,
    }


def result(good: bool, message: str = "", memo: str = "") -> dict[str, str]:
    """The inner result of a stock transaction."""
    return {
        "retRslt": "1" if good else "0",
        "msgRslt": message[:2000] or ("成功" if good else "失败"),
        "memo": memo,
    }


def of_another(frame: Frame, now: float, infno: str) -> dict[str, Any]:
    """A well-formed answer that belongs to some other message, of another transaction."""
    other = Frame("420100", frame.received - 60)
    if infno == "9001":
        return envelope(other, now - 60, {"result": result(True)})
    return envelope(other, now - 60, sign_in(now - 60, "other"))


def sign_in(now: float, store: str) -> dict[str, Any]:
    """The output of a sign-in."""
    return {
        "signinoutb": {
            "sign_time": f"{local(now):%Y-%m-%d %H:%M:%S}",
            "sign_no": f"{store}{next(_serial):08d}"[:30],
        }
    }


def spoil(body: dict[str, Any], at: str) -> bytes:
    """The bytes of an answer, spoilt as the fault says; any other word leaves it whole."""
    if at == "infcode_text":
        body = {**body, "infcode": str(body["infcode"])}
    elif at == "no_output":
        body = {name: value for name, value in body.items() if name != "output"}
        body["infcode"] = 0
    elif at == "encoding":
        body = {**body, "warn_msg": "提示：请核对本次上传结果"}
        return json.dumps(body, ensure_ascii=False).encode("gbk", "replace")
    return text(body)


def text(body: Mapping[str, Any]) -> bytes:
    """JSON bytes in UTF-8."""
    return json.dumps(body, ensure_ascii=False).encode("utf-8")


HTML = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>系统维护</title></head>
<body><h1>系统维护中</h1><p>请稍后再试。</p></body></html>
"""
