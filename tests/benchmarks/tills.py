"""Beside another till: a ticket's first answer against an empty handler, and what it costs at rest."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter_ns
from typing import Any
from urllib.parse import urlsplit

import psutil
import uvicorn
from fastapi import FastAPI

from pharmacy_desk.gui.words.till import WordsForTills
from pharmacy_desk.wiring.look import make_application
from pharmacy_desk.wiring.till import listen
from tests.benchmarks import counters
from tests.benchmarks.figures import Result, Row, compared, milliseconds, spread

BOUND = 3.0
AT_REST_BOUND = 1.0
MEMORY_BOUND = 40.0
_WARM_UP = 20
# Two calls a sample, and a till may make 50 a second.
_PACE_S = 0.05
_AGAINST = "an empty handler of FastAPI under uvicorn that reads the same body, in the same process"
_START_S = 120.0
# What is begun late (lists, fonts, warnings that age) is done by then.
_SETTLE_S = 20.0
_NO_PLATFORM = "http://127.0.0.1:9"
_MB = 1e6


class _Line:
    """A till's connection, kept open."""

    def __init__(self, url: str, token: str = "") -> None:
        self._line = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
        self._line.connect()
        self._line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, int]:
        """(status, nanoseconds to the end of the answer)."""
        told = json.dumps(body)
        begin = perf_counter_ns()
        self._line.request("POST", path, told, self._head)
        answer = self._line.getresponse()
        answer.read()
        return answer.status, perf_counter_ns() - begin


@contextlib.contextmanager
def _bare() -> Iterator[str]:
    app = FastAPI()

    @app.post("/v1/tickets")
    async def empty(told: dict[str, Any]) -> dict[str, Any]:
        return {}

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # a call that comes before the server has begun waits
        config = uvicorn.Config(app, log_config=None, access_log=False, http="h11", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def _ticket(number: int) -> dict[str, Any]:
    lines = [
        {"line": line, "item": f"B{line:06d}", "quantity": 2, "unit_price_fen": 1990}
        for line in (1, 2, 3)
    ]
    return {"ticket": f"bench-{time.time_ns()}-{number}", "payment": "self", "lines": lines}


def measure(folder: Path, count: int) -> Result:
    """`count` tickets that are told and dropped, each after a call of the empty handler."""
    make_application("zh_CN")
    ours: list[int] = []
    plain: list[int] = []
    with counters.counter(folder, lambda _: None) as counter, _bare() as url:
        doors = listen(counter, WordsForTills(counter.clock.now))
        try:
            told = json.loads((folder / "till-api.json").read_text(encoding="utf-8"))
            till, bare = _Line(told["url"], told["token"]), _Line(url)
            for number in range(count + _WARM_UP):
                body = _ticket(number)
                plain.append(bare.post("/v1/tickets", body)[1])
                status, spent = till.post("/v1/tickets", body)
                ours.append(spent)
                ended, _ = till.post(f"/v1/tickets/{body['ticket']}/cancel", {})
                if (status, ended) != (201, 200):
                    return Result(broken=[f"a ticket was answered {status} and {ended}"])
                time.sleep(_PACE_S)
        finally:
            doors.stop()
    name = "a till's ticket → first answer, p50"
    mine, other = (milliseconds(taken[_WARM_UP:]) for taken in (ours, plain))
    return Result([compared(name, mine, other, BOUND, _AGAINST)])


def measure_rest(seconds: int) -> Result:
    """The program at rest beside a till and alone, offscreen, at the same time."""
    with contextlib.ExitStack() as ends:
        alone, beside = (ends.enter_context(_living(mode)) for mode in ("own", "ticket"))
        time.sleep(_SETTLE_S)
        before = [sum(one.cpu_times()[:2]) for one in (alone, beside)]
        time.sleep(seconds)
        after = [sum(one.cpu_times()[:2]) for one in (alone, beside)]
        spent = [100 * (b - a) / seconds for a, b in zip(before, after, strict=True)]
        held = [one.memory_full_info().uss / _MB for one in (alone, beside)]
    at_rest = Row(f"at rest beside a till for {seconds} s: processor", "%", spread(spent[1:]),
                  spread(spent[:1]), bound=AT_REST_BOUND, against="the counter alone")  # fmt: skip
    more = Row("memory (USS) that the till's calls take", "MB", spread([held[1] - held[0]]),
               bound=MEMORY_BOUND)  # fmt: skip
    return Result([at_rest, more])


@contextlib.contextmanager
def _living(mode: str) -> Iterator[psutil.Process]:
    with tempfile.TemporaryDirectory() as made:
        home = Path(made)
        (home / "practice.toml").write_text(f'[till]\nmode = "{mode}"\n', encoding="utf-8")
        env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PHARMACY_DESK_STATE": str(home / "s")}
        command = [sys.executable, "-m", "pharmacy_desk", "--home", made]
        with subprocess.Popen([*command, "--platform", _NO_PLATFORM], env=env) as process:
            try:
                _wait_for(home / ("till-api.json" if mode == "ticket" else "practice-ledger.db"))
                yield psutil.Process(process.pid)
            finally:
                process.terminate()


def _wait_for(file: Path) -> None:
    until = time.monotonic() + _START_S
    while not file.exists():
        if time.monotonic() > until:
            raise AssertionError(f"{file.name} did not come")
        time.sleep(0.1)
