"""Lanes: named threads of one worker each. Work for a lane is a call; its order is kept.

Only the lane `desk` writes to the ledger, by construction (design, section 3).
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from pharmacy_desk.core.basics.errors import WorldError

T = TypeVar("T")
U = TypeVar("U")


_LOG = logging.getLogger(__name__)


class Lane:
    """One thread, one queue. `submit` from anywhere; calls run in the order they came."""

    def __init__(self, name: str, failed: Callable[[Exception], None]) -> None:
        self.name = name
        self._failed = failed
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._ident: int | None = None
        self._pool.submit(self._learn_ident).result()

    def _learn_ident(self) -> None:
        self._ident = threading.get_ident()
        threading.current_thread().name = self.name

    def submit(self, job: Callable[[], object]) -> None:
        """Run `job` later; what it raises goes to the one place that tells people."""
        self._pool.submit(self._guard, job)

    def call(self, job: Callable[[], T]) -> T:
        """Run `job` on the lane and wait for its answer; raises what it raised."""
        if threading.get_ident() == self._ident:
            return job()
        return self._pool.submit(job).result()

    def wish(self, job: Callable[[], T]) -> Future[T]:
        """Run `job` later; the future has its answer.

        What it raises goes to the one place that tells people as well: who wished may not look.
        """
        return self._pool.submit(self._told, job)

    def stop(self) -> None:
        """Finish what is queued, then end the thread."""
        self._pool.shutdown(wait=True)

    def _guard(self, job: Callable[[], object]) -> None:
        with contextlib.suppress(Exception):  # the top of a lane: a bug must not stop the counter
            self._told(job)

    def _told(self, job: Callable[[], T]) -> T:
        try:
            return job()
        except WorldError as error:
            _LOG.info("lane %s: %s", self.name, error.fault.value)
            self._failed(error)
            raise
        except Exception as error:
            _LOG.exception("lane %s: a job failed", self.name)
            self._failed(error)
            raise


def flat(wished: Future[Future[T]]) -> Future[T]:
    """The answer of a wish whose job only begins it: once, when it comes or when it fails."""
    answer: Future[T] = Future()

    def begun(came: Future[Future[T]]) -> None:
        error = came.exception()
        if error is None:
            give_on(came.result(), answer)
        else:
            answer.set_exception(error)

    wished.add_done_callback(begun)
    return answer


def give_on(wished: Future[T], answer: Future[U]) -> None:
    """Let `answer` end as `wished` does."""

    def ended(came: Future[T]) -> None:
        error = came.exception()
        if error is None:
            answer.set_result(came.result())  # type: ignore[arg-type]  # U is T or wider
        else:
            answer.set_exception(error)

    wished.add_done_callback(ended)


def answered(value: T) -> Future[T]:
    """An answer that is there already."""
    answer: Future[T] = Future()
    answer.set_result(value)
    return answer


class Ticker:
    """A thread that runs one call again and again: when woken, else every `every_s` seconds."""

    def __init__(self, name: str, job: Callable[[bool], None], every_s: float) -> None:
        self._job = job
        self._every_s = every_s
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._urgent = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin; the first run is at once."""
        self._thread.start()

    def wake(self, urgent: bool = False) -> None:
        """Run soon. `urgent` is handed to the job: look at everything, due or not."""
        self._urgent = self._urgent or urgent
        self._wake.set()

    @property
    def stopping(self) -> bool:
        """True once `stop` was called; long jobs look at it between two steps."""
        return self._stop.is_set()

    def stop(self, wait_s: float = 15.0) -> None:
        """End after the step that is under way."""
        self._stop.set()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join(timeout=wait_s)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            urgent, self._urgent = self._urgent, False
            try:
                self._job(urgent)
            except Exception:  # the top of a lane
                _LOG.exception("lane %s: a round failed", self._thread.name)
            self._wake.wait(self._every_s)


class Looked:
    """A question asked again and again, answered afresh at most so often; once yes, always yes."""

    def __init__(self, ask: Callable[[], bool], every_s: float = 0.25) -> None:
        self._ask = ask
        self._every_s = every_s
        self._asked_at = float("-inf")
        self._yes = False

    def __call__(self) -> bool:
        """The answer, at most `every_s` old."""
        now = time.monotonic()
        if not self._yes and now - self._asked_at >= self._every_s:
            self._asked_at = now
            self._yes = self._ask()
        return self._yes

    def pause(self, seconds: float) -> None:
        """Wait so long, or until the answer is yes."""
        until = time.monotonic() + seconds
        while not self() and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, self._every_s))
