"""Scans that came while a payment was being settled: the next customer's. On the desk lane."""

from collections.abc import Callable
from concurrent.futures import Future

from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter.answers import ScanAnswer
from pharmacy_desk.counter.lanes import give_on


class WaitingScans:
    """Keeps scans in their order, each with the answer that its scanner waits for.

    `scan` takes one as if it came now; `refused` answers that one was not taken.
    """

    def __init__(
        self,
        scan: Callable[[RawScan], Future[ScanAnswer]],
        refused: Callable[[], ScanAnswer],
    ) -> None:
        self._scan = scan
        self._refused = refused
        self._waiting: list[tuple[RawScan, Future[ScanAnswer]]] = []

    def put(self, raw: RawScan) -> Future[ScanAnswer]:
        """This one waits; its answer comes when it is released or refused."""
        waits: Future[ScanAnswer] = Future()
        self._waiting.append((raw, waits))
        return waits

    def release(self) -> None:
        """After a payment: the scans that came meanwhile, in their order."""
        waiting, self._waiting = self._waiting, []
        broken: Exception | None = None
        for raw, answer in waiting:
            try:
                give_on(self._scan(raw), answer)
            except Exception as error:  # noqa: BLE001 - raised behind the other boxes
                answer.set_exception(error)
                broken = error
        if broken:
            raise broken

    def refuse(self) -> None:
        """After a settlement that failed: whose boxes came meanwhile is not known; scan again."""
        waiting, self._waiting = self._waiting, []
        for _, answer in waiting:
            answer.set_result(self._refused())
