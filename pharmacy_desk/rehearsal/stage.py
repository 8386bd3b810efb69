"""Plays a script on the real program and reports what happened (contracts, section 4)."""

import contextlib
import time
from collections.abc import Callable
from dataclasses import field
from pathlib import Path
from typing import Any

import requests

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.platforms.line import session
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.sale.sale import Settlement
from pharmacy_desk.core.sale.settlement import SettlementState
from pharmacy_desk.core.upload.outbox import QueueSummary
from pharmacy_desk.rehearsal.child import SCAN, Child
from pharmacy_desk.rehearsal.hands import Hands, KeyHands, PortHands
from pharmacy_desk.rehearsal.relay import Relay
from pharmacy_desk.rehearsal.steps import Read, Step, Told

_DRAIN_S = 60.0
_SCAN_S = 20.0
_SCREENS = ("checkout", "receiving", "stock", "uploads", "lookup", "catalogue", "settings")


@dataclass(slots=True)
class Report:
    """What a rehearsal prints; `as_json` is the contract's object."""

    scans: int = 0
    verdicts: list[str] = field(default_factory=list)
    details: list[dict[str, Any]] = field(default_factory=list)
    sales: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    failed: list[dict[str, Any]] = field(default_factory=list)
    outbox: QueueSummary = field(default_factory=QueueSummary)
    problems: list[str] = field(default_factory=list)
    home: str = ""
    shots: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Every expectation held and the ledger is clean."""
        return not self.failed and not self.problems

    def as_json(self) -> dict[str, Any]:
        """The report as the contract words it, with more beside it."""
        return {
            "scans": self.scans,
            "verdicts": self.verdicts,
            "sales": self.sales,
            "refused": self.refused,
            "outbox": {
                "accepted": self.outbox.accepted,
                "queued": self.outbox.queued,
                "refused": self.outbox.refused,
                "unknown": self.outbox.unknown,
            },
            "ok": self.ok,
            "scan_details": self.details,
            "failed": self.failed,
            "problems": self.problems,
            "home": self.home,
            "shots": self.shots,
        }


class Stage:
    """One rehearsal: the child, its hands, the lines to the platform, and what is expected."""

    def __init__(
        self,
        home: Home,
        platform_url: str,
        settlement_url: str,
        port: str,
        shots: Path | None,
        say: Callable[[str], None],
    ) -> None:
        self._home = home.folder
        self._ledger = home.ledger
        self._shots = shots
        self._say = say
        self._upload = Relay(platform_url)
        self._settlement = Relay(settlement_url)
        self._online = {"upload": True, "settlement": True}
        self._hands: Hands = (
            KeyHands() if port == "wedge" else PortHands(home.folder, serial=port == "pty")
        )
        self._report = Report(home=str(home.folder))
        self._last_verdict = ""
        self._plugged = True
        self._last_refused: list[str] = []
        self._before = set(self._paid())
        self._child = self._start()

    def _start(self) -> Child:
        urls = ["--platform", self._upload.url, "--settlement", self._settlement.url]
        child = Child(self._home, [*urls, *self._hands.arguments])
        self._wait_for_port(child)
        return child

    def _wait_for_port(self, child: Child) -> None:
        if isinstance(self._hands, PortHands) and self._hands.port_name:
            name = self._hands.port_name
            child.wait(
                lambda n: n["news"] == "ScannerState" and n["name"] == name and n["state"] == "ok",
                "scanner",
            )

    def play(self, steps: tuple[Step, ...]) -> Report:
        """Play all steps, drain the outbox, close the program, check the ledger."""
        try:
            for step in steps:
                self._say(f"{step.line:4d}  {step.text}")
                step.row.play(self, step)
            if self._shots:
                self._take_shots()
            self._drain()
        finally:
            code = self._child.close()
            self._hands.close()
            self._upload.close()
            self._settlement.close()
        if code != 0:
            self._report.failed.append({"step": "close", "why": f"exit {code}"})
        self._finish()
        return self._report

    def scan(self, step: Step) -> None:
        """Scan a text, as a scanner would, and report the verdict."""
        text = step.words[0]
        if not text.strip("\r\n\t"):
            return  # an empty frame is no scan
        self._report.scans += 1
        self._child.forget()
        if not self._hands.scan(self._child, text):
            self._judged(step, {"verdict": "UNPLUGGED"})
            return
        self._judged(step, self._child.answer(SCAN, step.text, _SCAN_S))

    def _judged(self, step: Step, told: Told) -> None:
        self._last_verdict = str(told.get("verdict") or "ScanFailed")
        self._report.verdicts.append(self._last_verdict)
        keys = ("verdict", "kind", "problem", "action", "silent", "error")
        detail = {key: told[key] for key in keys if key in told}
        self._report.details.append({"line": step.line, **detail})

    def wish(self, step: Step) -> None:
        """A step that asks for something, and the answer to its own wish."""
        self._child.forget()
        self._last_refused = []
        told = self._hands.wish(self._child, step)
        read = step.row.read(told)
        if step.row.judged and not read.reasons:
            self._report.scans += 1
            self._judged(step, told)
            return
        self._last_verdict = read.verdict or self._last_verdict
        if read.reasons:
            self._refused(step, read)

    def _refused(self, step: Step, read: Read) -> None:
        """The report names every reason, and the boxes that would be refused when paid."""
        reasons = self._last_refused = list(read.reasons)
        said = {"step": step.text, "reason": reasons[0], "reasons": reasons, "line": step.line}
        boxes = {} if read.boxes is None else {"boxes": list(read.boxes)}
        self._report.refused.append({**said, **boxes})

    def expect(self, step: Step, what: str) -> None:
        """Compare what is expected with the last verdict, the last refusal or the sales."""
        found = {
            "verdict": lambda: [self._last_verdict],
            "refused": lambda: self._last_refused,
            "sales": lambda: [str(len(self._paid() - self._before))],
        }[what]()
        if step.words[0] not in found:
            shown = ",".join(found)
            self._report.failed.append({"line": step.line, "step": step.text, "found": shown})
            self._say(f"      ✕ {step.text}: found {shown or 'nothing'}")

    def kill(self) -> None:
        """Kill the program and start it again on the same home."""
        self._child.kill()
        self._child = self._start()

    def pause(self, seconds: float) -> None:
        """Do nothing for so long."""
        time.sleep(seconds)

    def plug(self, *, into: bool) -> None:
        """Put the scanner's cable in, or pull it."""
        if into is self._plugged:
            return
        self._plugged = into
        self._child.forget()
        self._hands.plug(into=into)
        if isinstance(self._hands, PortHands) and self._hands.port_name:
            name, state = self._hands.port_name, "ok" if into else "absent"
            self._child.wait(
                lambda n: n["news"] == "ScannerState" and n["name"] == name and n["state"] == state,
                "scanner",
            )

    def line(self, step: Step, *, online: bool) -> None:
        """Open or cut the lines to the outside."""
        which = step.words[0] if step.words else "both"
        for name, relay in (("upload", self._upload), ("settlement", self._settlement)):
            if online:
                relay.open()
                self._online[name] = True
            elif which in (name, "both"):
                relay.close()
                self._online[name] = False
        if online:
            self._child.order(do="send_now")

    def shot(self, name: str) -> None:
        """Take a picture of the screen, where pictures are wanted."""
        if self._shots is None:
            return
        self._shots.mkdir(parents=True, exist_ok=True)
        path = self._shots / f"{Path(name).name}.png"
        self._child.order(do="shot", path=str(path))
        self._child.wait(lambda n: n["news"] == "Shot", "shot")
        self._report.shots.append(str(path))

    def _take_shots(self) -> None:
        for section in _SCREENS:
            self._child.order(do="go", section=section)
            self.shot(f"screen-{section}")
        self._child.order(do="go", section="checkout")

    def _drain(self) -> None:
        """Give the courier time to bring everything to the platform, if there is a line."""
        if not self._online["upload"]:
            return
        deadline = time.monotonic() + _DRAIN_S
        self._child.order(do="send_now")
        with contextlib.closing(Reader(self._ledger)) as reader:
            while time.monotonic() < deadline:
                queue = reader.outbox.queue()
                if queue.open <= queue.waiting:
                    return
                time.sleep(0.2)

    def _paid(self) -> set[str]:
        if not (self._ledger).exists():
            return set()
        with contextlib.closing(Reader(self._ledger)) as reader:
            return set(reader.sales.paid_sales())

    def _finish(self) -> None:
        report = self._report
        with contextlib.closing(Reader(self._ledger)) as reader:
            report.outbox = reader.outbox.queue()
            for number in reader.sales.paid_sales():
                sale = reader.sales.sale(number)
                if number in self._before or sale is None or sale.payment is None:
                    continue
                report.sales.append(
                    {
                        "receipt": number,
                        "paid": "insured" if sale.payment.insured else "self",
                        "kind": sale.payment.value,
                        "settlement": _settlement(sale.settlement),
                        "codes": list(sale.codes()),
                        "lines": len(sale.lines),
                        "total_fen": sale.total_fen,
                        "insured_fen": sale.insured_fen,
                        "own_fen": sale.own_fen,
                        "resettles": sale.resettles or None,
                        "tenders": [
                            {"kind": one.kind.value, "fen": one.amount_fen} for one in sale.tenders
                        ],
                        "change_fen": sale.change_fen,
                        "rounded_fen": sale.taken.rounded_fen if sale.taken else 0,
                    }
                )
        report.problems = list(check(self._ledger).problems)


def _settlement(done: Settlement | None) -> dict[str, object] | None:
    """What is known of a sale's settlement; what nobody told is null."""
    if done is None:
        return None
    return {
        "setl_id": done.setl_id,
        "mdtrt_id": done.mdtrt_id,
        "fund_fen": done.fund_fen,
        "account_fen": done.account_fen,
        "mutual_fen": done.mutual_fen,
        "cash_fen": done.cash_fen,
        "state": (SettlementState.CANCELLED if done.cancelled else SettlementState.SETTLED).value,
    }


def settles(url: str) -> bool:
    """True when the platform at `url` is one that plays the settlement too."""
    with contextlib.suppress(requests.RequestException, ValueError):
        there = f"{url.rstrip('/')}/_health"
        answer = session(loopback_only=True).get(there, timeout=5, allow_redirects=False)
        told = answer.json() if answer.status_code == requests.codes.ok else None
        return isinstance(told, dict) and bool(told.get("settles"))
    return False
