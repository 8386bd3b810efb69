"""What waits for a second person, as an answer that comes later."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def awaited(
    ask: Callable[[Callable[P, T], Callable[[], None]], None], yes: Callable[P, T], no: T
) -> Future[T]:
    """Ask a second person by `ask`; the future has what `yes` did, or `no` when nobody said it.

    It is there already where nobody had to be asked.
    """
    later: Future[T] = Future()

    def approved(*said: P.args, **more: P.kwargs) -> T:
        try:
            done = yes(*said, **more)
        except Exception as error:
            later.set_exception(error)
            raise  # to the one place that tells people
        later.set_result(done)
        return done

    ask(approved, lambda: later.set_result(no))
    return later
