"""The real counter on a generated home, with and without its window, for the length of a `with`."""

import contextlib
import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from pharmacy_desk.adapters.clock import SystemClock
from pharmacy_desk.adapters.home import Home
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter import news
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.logs import start_logging
from pharmacy_desk.wiring.options import Options

# As many boxes as a long sale has; then it is voided, outside what is measured.
BOXES_PER_SALE = 12
# Far beyond any scan that works: whoever waits longer has lost it.
LOST_S = 10.0


class LostError(Exception):
    """A scan got no answer."""


def raw(code: str) -> RawScan:
    """A scan as a port hands it over."""
    return RawScan(code.encode(), "bench", SystemClock().now())


class Inbox:
    """Moments of answers (nanoseconds), in their order, for the thread that scans."""

    def __init__(self) -> None:
        self._answers: queue.SimpleQueue[int] = queue.SimpleQueue()

    def put(self, answer: int) -> None:
        """Called where the answer arises."""
        self._answers.put(answer)

    def wait(self) -> int:
        """The next answer. Raises `LostError`."""
        try:
            return self._answers.get(timeout=LOST_S)
        except queue.Empty:
            raise LostError("a scan got no answer") from None


@contextlib.contextmanager
def held_home(folder: Path) -> Iterator[Home]:
    """The home, made and locked as the program does it."""
    home = Home(folder)
    home.make()
    home.acquire()
    try:
        start_logging(home)
        yield home
    finally:
        home.release()


@contextlib.contextmanager
def counter(
    folder: Path, post: Callable[[news.News], None], platform_url: str | None = None
) -> Iterator[Counter]:
    """The counter without its window, started; it has no platform unless an address is given."""
    with held_home(folder) as home:
        made = Counter(home, Options(platform_url, own_practice_platform=False), post)
        made.start()
        try:
            void(made)
            yield made
        finally:
            void(made)
            made.stop()


def void(made: Counter) -> None:
    """Cancel the open sale, if any, and wait until that is done."""
    made.wishes.held.void()
    made.desk_lane.call(lambda: None)


def in_thread(work: Callable[[], None], finished: Callable[[], None]) -> Callable[[], None]:
    """Run `work` on a thread of its own, as a port; the answer waits for it and raises its error.

    `finished` is called on that thread at the end, also after an error.
    """
    errors: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            errors.append(error)
        finally:
            finished()

    thread = threading.Thread(target=run, name="port-bench", daemon=True)
    thread.start()

    def join() -> None:
        thread.join()
        if errors:
            raise errors[0]

    return join
