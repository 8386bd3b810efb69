"""The HTTP side of the practice platform: routes, faults on the wire, and the loopback server."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from pharmacy_desk.sandbox import check, replies, settle
from pharmacy_desk.sandbox import faults as faulty
from pharmacy_desk.sandbox.check import Refused
from pharmacy_desk.sandbox.faults import Fault, Faults
from pharmacy_desk.sandbox.records import (
    CHANGE,
    COUNT,
    PURCHASE,
    PURCHASE_RETURN,
    Records,
    Sender,
)
from pharmacy_desk.sandbox.tables import load
from pharmacy_desk.sandbox.transactions import Manner, Platform
from pharmacy_desk.sandbox.wire import Dated, Dropped, OwnOnly, Protocol, endless

_JSON_TYPE = "application/json"
MOST_BYTES = 2 * 1024 * 1024
_SHOWN = (
    "infno",
    "setl_id",
    "mdtrt_sn",
    "rtal_docno",
    "fixmedins_hilist_id",
    "fixmedins_hilist_name",
    "sel_retn_cnt",
    "trdn_flag",
    "manu_lotnum",
    "codes",
    "msgid",
    "opter",
    "at",
    "received",
)
# What is shown of a settlement; whose it is stays inside.
_SETTLED_SHOWN = (
    "setl_id",
    "mdtrt_id",
    "msgid",
    "document",
    "med_type",
    "total_fen",
    "fund_fen",
    "account_fen",
    "mutual_fen",
    "cash_fen",
    "codes",
)
# What is shown of a movement besides.
_PURCHASE_SHOWN = ("spler_name", "dynt_no", "purc_retn_cnt", "manu_date", "expy_end")
_MOVEMENT_SHOWN = {
    COUNT: ("inv_cnt", "invdate", "manu_date", "expy_end"),
    CHANGE: ("inv_chg_type", "cnt", "pric", "memo"),
    PURCHASE: (*_PURCHASE_SHOWN, "prodentp_name", "aprvno"),
    PURCHASE_RETURN: (*_PURCHASE_SHOWN, "purc_invo_no"),
}


class _BadBody(Exception):
    """A body that is too large, or not a JSON object in UTF-8; the text says which."""


def _json(body: Any, status: int = 200) -> Response:
    """A JSON answer outside the platform's envelope."""
    return _reply(json.dumps(body, ensure_ascii=False).encode("utf-8"), status)


def _reply(content: bytes, status: int = 200) -> Response:
    """Bytes declared as JSON in UTF-8."""
    return Response(content, status, headers={"content-type": "application/json;charset=utf-8"})


async def _body(request: Request) -> dict[str, Any]:
    """The body of a request as a JSON object; raises _BadBody."""
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > MOST_BYTES:
            raise _BadBody("报文超过2MB")
    try:
        body = json.loads(read.decode("utf-8"))
        json.dumps(body, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise _BadBody("报文不是UTF-8编码的JSON") from error
    if not isinstance(body, dict):
        raise _BadBody("报文应为JSON对象")
    return body


class _Desk:
    """The routes over one book and one plan of faults."""

    def __init__(
        self, records: Records, faults: Faults, token: str | None, clock: Callable[[], float]
    ) -> None:
        """Takes the book, the faults, the signing token and the clock."""
        self._records = records
        self._faults = faults
        self._token = token
        self._clock = clock
        self._tables = load()
        self._platform = Platform(self._tables, records)

    def now(self) -> float:
        """The platform's clock, skew included."""
        return self._clock() + self._faults.plan.clock_skew_s

    async def call(self, request: Request) -> Response:
        """One message of the platform's own protocol."""
        frame = replies.Frame("", self.now())
        try:
            body = await _body(request)
            frame = replies.Frame(str(body.get("mdtrtarea_admvs", "")), frame.received)
            self._admit(request, body)
        except (_BadBody, Refused) as error:
            return _reply(replies.text(replies.envelope(frame, self.now(), None, str(error))))
        return await self._process(frame, body, self._strike(body["infno"]))

    def _strike(self, infno: str) -> Fault | None:
        """The fault that is due; those of any number do not strike the settlement."""
        if infno in settle.NUMBERS:
            return self._faults.strike_settlement(infno, deciding=infno in settle.DECIDING)
        return self._faults.strike(infno)

    def _admit(self, request: Request, body: dict[str, Any]) -> None:
        """Rate, signature, number and envelope, in that order; raises Refused."""
        counted = body.get("infno") not in settle.NUMBERS
        if counted and self._faults.too_fast(time.monotonic()):
            raise Refused("访问过于频繁")
        if self._token is not None:
            unsigned = check.signature_problem(request.headers, self._token, self.now())
            if unsigned:
                raise Refused(unsigned)
        infno = body.get("infno")
        if not isinstance(infno, str) or infno not in self._tables.transactions:
            raise Refused(f"不支持的交易编号 {str(infno)[:20]}")
        path = request.url.path.removeprefix(self._tables.prefix)
        listed = self._tables.number_at(path)
        if listed is not None and listed != infno[:4]:
            raise Refused(f"服务地址与交易编号 {infno} 不符")
        problem = check.envelope_problem(self._tables, body)
        if problem:
            raise Refused(problem)

    async def _process(
        self, frame: replies.Frame, body: dict[str, Any], fault: Fault | None
    ) -> Response:
        """Does what the message asks, with the fault that is due."""
        at = fault.at if fault else ""
        if fault and at == "slow":
            await asyncio.sleep(fault.seconds)
        if at == "before_commit":
            return Dropped()
        if at == "500":
            return Response("Internal Server Error", 500, media_type="text/plain")
        if at == "html":
            return Response(replies.HTML, media_type="text/html")
        answer = self._commit(frame, body, at)
        if at in ("after_commit", "half"):
            return Dropped()
        if fault and at == "status":
            return Response("", fault.status, media_type="text/plain")
        if at == "huge":
            return StreamingResponse(endless(answer), media_type="application/json")
        if at == "other_message":
            return _reply(replies.text(replies.of_another(frame, self.now(), body["infno"])))
        return _reply(replies.spoil(answer, at))

    def _commit(self, frame: replies.Frame, body: dict[str, Any], at: str) -> dict[str, Any]:
        """Writes the book and words the answer."""
        now = self.now()
        sender = Sender(
            store=body["fixmedins_code"],
            infno=body["infno"],
            msgid=body["msgid"],
            opter=body["opter"],
            opter_name=body["opter_name"],
            at=replies.local(now).isoformat(timespec="milliseconds"),
            area=body["mdtrtarea_admvs"],
        )
        manner = Manner(self._faults.plan.duplicates, at, self._faults.plan.sold)
        try:
            output = self._platform.answer(sender, body, now, manner)
        except Refused as error:
            return replies.envelope(frame, self.now(), None, str(error))
        except sqlite3.Error:
            return replies.envelope(frame, self.now(), None, "平台内部错误")
        return replies.envelope(frame, self.now(), output)

    async def show(self, request: Request) -> Response:
        """All kept lines, for judges and drills."""
        rows = [
            {"infno": line["infno"], "fixmedins_bchno": line["bchno"]}
            | {name: line[name] for name in (*_SHOWN, *_MOVEMENT_SHOWN.get(line["kind"], ()))}
            for line in self._records.lines()
        ]
        settled = [
            {name: one[name] for name in _SETTLED_SHOWN} | {"cancelled": bool(one["cancelled"])}
            for one in self._records.settlements()
        ]
        return _json(
            {"dispensed": self._records.dispensed(), "records": rows, "settlements": settled}
        )

    async def lay(self, request: Request) -> Response:
        """Another plan of faults, at run time."""
        if request.headers.get("content-type", "").partition(";")[0].strip() != _JSON_TYPE:
            return _json({"error": f"只接受{_JSON_TYPE}"}, 415)
        try:
            self._faults.replace(faulty.parse(await _body(request)))
        except (_BadBody, faulty.FaultsError) as error:
            return _json({"error": str(error)}, 400)
        return _json({"ok": True})

    async def health(self, request: Request) -> Response:
        """Whether it is there."""
        return _json({"ok": True, "settles": list(settle.NUMBERS)})


def build(
    records: Records,
    faults: Faults,
    token: str | None = None,
    clock: Callable[[], float] = time.time,
) -> Starlette:
    """The application over a book and a plan of faults; with a token, messages must be signed."""
    desk = _Desk(records, faults, token, clock)
    return Starlette(
        routes=[
            Route("/fsi/api/{path:path}", desk.call, methods=["POST"]),
            Route("/_faults", desk.lay, methods=["POST"]),
            Route("/_records", desk.show, methods=["GET"]),
            Route("/_health", desk.health, methods=["GET"]),
        ],
        middleware=[Middleware(Dated, now=desk.now), Middleware(OwnOnly)],
    )


def _watch_stdin(server: uvicorn.Server) -> None:
    """Ends the process once whoever started it has closed its end of stdin."""
    with suppress(OSError, ValueError):
        while os.read(0, 4096):
            pass
    server.should_exit = True
    time.sleep(2)
    os._exit(0)


def _listen(port: int) -> socket.socket:
    """A listening socket on loopback; port 0 takes any free one."""
    # The protocol by its name: only then asyncio turns Nagle's delay off on what is accepted, which
    # else holds the second half of every answer for 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def serve(
    port: int,
    store: Path | None,
    faults_file: Path | None,
    token: str | None = None,
    stop_with_stdin: bool = False,
) -> None:
    """Runs the practice platform until it is stopped, printing its URL as the first line.

    Raises FaultsError for a faults file that cannot be read, OSError for a port that is taken and
    sqlite3.Error for a store that cannot be opened, all before anything is printed.
    """
    faults = Faults(faulty.read(faults_file))
    records = Records(store)
    try:
        listener = _listen(port)
        config = uvicorn.Config(
            build(records, faults, token),
            http=Protocol,
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            date_header=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        if stop_with_stdin:
            threading.Thread(target=_watch_stdin, args=(server,), daemon=True).start()
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
    finally:
        records.close()
