"""The program as a child process: orders in, news out, killed and started again on one home."""

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.rehearsal.steps import Told

# Starting means Python, Qt and a window, on a slow counter with other work besides.
_START_S = 90.0
_STEP_S = 30.0
# What the answer to a scan has instead of an order's number.
SCAN = "scan"


class Child:
    """One running program. Every piece of news it tells is kept until somebody waits for it."""

    def __init__(self, home: Path, arguments: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pharmacy_desk", "--home", str(home), "rehearsed", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._news: queue.Queue[Told] = queue.Queue()
        self._late: list[Told] = []
        self._barriers = 0
        self._wishes = 0
        self._reader = threading.Thread(target=self._read, name="child-news", daemon=True)
        self._reader.start()
        self.window = int(self.wait(lambda n: n["news"] == "Ready", "start", _START_S)["window"])

    def _read(self) -> None:
        stdout = self._process.stdout
        if stdout is None:
            return
        for line in stdout:
            try:
                told = json.loads(line)
            except ValueError:
                continue
            self._news.put(told)
        self._news.put({"news": "Gone"})

    def order(self, **order: object) -> None:
        """Send one order."""
        stdin = self._process.stdin
        if stdin is None:
            raise WorldError(Fault.TIMES_OUT, step="order")
        try:
            stdin.write(json.dumps(order, ensure_ascii=False) + "\n")
            stdin.flush()
        except OSError as error:
            raise WorldError(Fault.TIMES_OUT, step=str(order.get("do"))) from error

    def wish(self, **order: object) -> int:
        """Send an order that has an answer; the number that the answer carries too."""
        self._wishes += 1
        self.order(id=self._wishes, **order)
        return self._wishes

    def answer(self, number: int | str | None, step: str, seconds: float = _STEP_S) -> Told:
        """The answer to the wish of this number; None: to what the keys wished; `SCAN`: a scan."""

        def mine(told: Told) -> bool:
            return told["news"] == "Answer" and told["id"] == number and not _aside(told)

        return self.wait(mine, step, seconds)

    def wait(self, wanted: Callable[[Told], bool], step: str, seconds: float = _STEP_S) -> Told:
        """The next news that is wanted; others are put aside in their order."""
        for place, told in enumerate(self._late):
            if wanted(told):
                return self._late.pop(place)
        deadline = time.monotonic() + seconds
        while True:
            try:
                told = self._news.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                raise WorldError(Fault.TIMES_OUT, step=step) from None
            if told["news"] == "Gone":
                raise WorldError(Fault.TIMES_OUT, step=step)
            if wanted(told):
                return told
            self._late.append(told)

    def barrier(self) -> None:
        """Wait until everything ordered so far is done; news that came meanwhile are kept."""
        self._barriers += 1
        number = self._barriers
        self.order(do="barrier", id=number)
        self.wait(lambda n: n["news"] == "Barrier" and n["id"] == number, "barrier")

    def has_news(self, kind: str) -> bool:
        """True when news of this kind came and nobody has waited for it."""
        return any(told["news"] == kind for told in self._late)

    def has_answer(self, kind: str) -> bool:
        """True when an answer of this kind came and nobody has waited for it."""
        return any(told.get("answer") == kind for told in self._late)

    def forget_approvable(self) -> bool:
        """Drop a refused payment that only waits for a second person; False when there is none."""
        before = len(self._late)
        self._late = [told for told in self._late if not told.get("approvable")]
        return len(self._late) < before

    def forget(self) -> None:
        """Drop news nobody waited for."""
        self._late.clear()

    def kill(self) -> None:
        """SIGKILL: as when the power goes."""
        self._process.kill()
        self._process.wait()
        self._reader.join(timeout=5)
        self._close_pipes()

    def close(self) -> int:
        """Close the window as a person would; its exit code."""
        try:
            self.order(do="close")
            code = self._process.wait(timeout=_STEP_S)
        except (WorldError, subprocess.TimeoutExpired):
            self._process.kill()
            code = self._process.wait()
        self._reader.join(timeout=5)
        self._close_pipes()
        return code

    def _close_pipes(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue


def _aside(told: Told) -> bool:
    """True for the answer to the checkout's own wish: the line under the keyboard."""
    return told.get("what") == "line_chosen"
