"""Drives the window for a rehearsal: orders come as JSON lines on standard input, news go out.

It presses the real keys of the real window, or asks the counter for what a screen would ask; it can
also take pictures of the screens.
"""

import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TextIO

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.catalogue.drug_list import parse_day
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.people.identity import ProofKind
from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.prescription import Checkers, RxOrder
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.sale.settlement import typed_settlement
from pharmacy_desk.core.sale.tender import EXACT_CASH, Tender, Tendered, TenderKind
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import (
    Answer,
    ApprovalAnswer,
    DayAnswer,
    DrugAnswer,
    DrugDid,
    DutyAnswer,
    DutyDid,
    GateAnswer,
    GateDid,
    MapAnswer,
    PayAnswer,
    PayDid,
    PersonAnswer,
    PersonDid,
    ReturnAnswer,
    ReturnDid,
    RxAnswer,
    SaleAnswer,
    SaleDid,
    ScanAnswer,
    ScanDid,
    SignInAnswer,
    UnitsAnswer,
    UnitsDid,
)
from pharmacy_desk.counter.people.duty_wishes import DutyWishes
from pharmacy_desk.counter.sale.day_wishes import DayWishes
from pharmacy_desk.counter.sale.open_sale import PayOrder
from pharmacy_desk.counter.sale.wishes import SaleWishes
from pharmacy_desk.counter.stock.answers import (
    MoveAnswer,
    MoveDid,
    NoCodeAnswer,
    RecallAnswer,
    RecallDid,
)
from pharmacy_desk.gui.base.bridge import Bridge
from pharmacy_desk.gui.base.desk_view import StockView
from pharmacy_desk.gui.shell.main_window import MainWindow

# People need 80 ms a key and more (facts on codes, 3.1).
_PERSON_MS = 120
# Between two keys of a fast scanner; 1 to 50 ms are seen (facts on codes, 3.1).
_SCANNER_MS = 4
# The reason of every answer that waits for a second person.
_APPROVAL = "APPROVAL"
_AWAITED = (ReturnDid.APPROVAL_AWAITED, DrugDid.APPROVAL_AWAITED, DutyDid.APPROVAL_AWAITED)
# What the report calls the answer to a scan that has no verdict, where that is not its own name.
_SCAN_WORDS = {
    ScanDid.SIGNED_IN: "BADGE",
    ScanDid.BADGE_REFUSED: "BADGE",
    ScanDid.TENDER: "NOT_TRACE",
    ScanDid.LOOKED_UP: "LookedUp",
    ScanDid.MANAGER_AWAITED: "ScanFailed",
    ScanDid.SETTLING: "ScanFailed",
    ScanDid.FAILED: "ScanFailed",
}
# The answer to a scan has this instead of an order's number.
_SCAN = "scan"
_GS_KEY = Qt.Key.Key_BracketRight  # Ctrl+] is how a keyboard sends GS (0x1D)


class Remote(QObject):
    """Orders in, news out."""

    _ordered = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        wishes: SaleWishes,
        stock: StockView,
        duty: DutyWishes,
        day: DayWishes,
        bridge: Bridge,
        orders: TextIO,
        out: TextIO,
    ) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window
        self._wishes = wishes
        self._stock = stock
        self._duty = duty
        self._day = day
        self._orders = orders
        self._out = out
        self._lock = threading.Lock()
        self._ordered.connect(self._obey, Qt.ConnectionType.QueuedConnection)
        window.heard.connect(self._tell)
        # What was told of the tenders of the next payment.
        self._tendered = EXACT_CASH
        # The answer of an order is being shown.
        self._ordered_one = False
        window.checkout.answered.connect(self._tell_answer)
        window.checkout.failed.connect(lambda error: self._answer(None, _failure(error)))

    def start(self, scanner_states: dict[str, tuple[str, str]]) -> None:
        """Say that the window is ready and begin to listen."""
        threading.Thread(target=self._listen, name="control", daemon=True).start()
        self._write({"news": "Ready", "window": int(self._window.winId())})
        for name, (state, _) in list(scanner_states.items()):
            self._tell_scanner(name, state)

    def _listen(self) -> None:
        for line in self._orders:
            self._ordered.emit(json.loads(line))
        self._ordered.emit({"do": "close"})

    def scanned(self, answer: Future[ScanAnswer]) -> None:
        """Tell what becomes of a scan of a scanner or the wedge. From any thread."""
        answer.add_done_callback(lambda ended: self._tell_failure(_SCAN, ended))
        self._bridge.follow(answer, lambda told: self._answer(_SCAN, describe_answer(told)))

    def _answer(self, number: int | str | None, told: dict[str, Any]) -> None:
        self._write({"news": "Answer", "id": number, **told})

    def _write(self, message: dict[str, Any]) -> None:
        with self._lock:
            self._out.write(json.dumps(message, ensure_ascii=False) + "\n")
            self._out.flush()

    def _obey(self, order: dict[str, Any]) -> None:
        actions: dict[str, Callable[[dict[str, Any]], Future[Any] | None]] = {
            "item": lambda o: self._wishes.add_item(o["key"], o.get("boxes")),
            "undo": lambda _: self._wishes.undo(),
            "hold": lambda _: self._wishes.hold(),
            "resume": lambda o: self._wishes.resume(int(o["place"])),
            "void": lambda _: self._wishes.void(),
            "pay": self._pay,
            "tender": self._tender,
            "approve": self._approve,
            "map": self._map,
            "lot": self._lot,
            # A script speaks for a person: what was typed off the terminal is cancelled there.
            "return": lambda o: self._wishes.take_back(
                o["receipt"], o["code"], o["reason"], confirmed=True
            ),
            "cancel": lambda o: self._wishes.cancel_sale(o["receipt"], o["reason"], confirmed=True),
            "restore": lambda o: self._wishes.put_back(o["receipt"], o["code"], o["reason"]),
            "type_code": lambda o: self._wishes.type_code(o["code"]),
            "split": lambda o: self._wishes.split(o["code"], int(o["units"])),
            "sign_in": lambda o: self._wishes.sign_in(o["person"], o["pin"]),
            "shift": self._shift,
            "day": lambda _: self._day.close_day(),
            "duty": lambda o: self._duty.sign(o["person"], on=o["turn"] == "on"),
            "gift": lambda o: self._wishes.turn_gift(o.get("line")),
            "disease": lambda o: self._wishes.tell_disease(o["code"]),
            "order": lambda o: self._wishes.set_order(o["platform"], o["number"]),
            "person": lambda o: self._wishes.customer.see(
                o["text"], ProofKind(o["kind"]), o.get("name", "")
            ),
            "rx": lambda o: self._wishes.rx.keep(_rx_order(o)),
            "rx_electronic": lambda o: self._wishes.rx.electronic(o["token"]),
            "recall": lambda o: self._stock.keeper.recall(o["key"], o["value"]),
            "file": lambda o: self._stock.files.move(o["kind"], Path(o["path"])),
            "send_now": lambda _: self._wishes.send_now(),
            "key": self._key,
            "type": self._type,
            "type_slowly": self._type_slowly,
            "look": self._look,
            "go": lambda o: self._window.go(o["section"]),
            "shot": self._shot,
            "barrier": self._barrier,
            "close": self._close,
        }
        wished, number = actions[order["do"]](order), order.get("id")
        if wished is not None:
            wished.add_done_callback(lambda answered: self._tell_failure(number, answered))
            self._bridge.follow(wished, lambda answer: self._take_answer(number, answer))

    def _take_answer(self, number: int | None, answer: Answer | None) -> None:
        """Let the window say the answer as if it had been wished there, and tell it."""
        self._ordered_one = True
        if answer:
            self._window.take_answer(answer)
        self._ordered_one = False
        self._answer(number, describe_answer(answer))

    def _tell_answer(self, answer: Answer | None) -> None:
        """Tell the answer of a wish made by a key of the checkout: it has no number.

        A way of paying that nothing stops is no answer yet, nor who fetches the goods: Enter
        follows.
        """
        passes = isinstance(answer, GateAnswer) and not answer.refusals
        if isinstance(answer, PersonAnswer):
            passes = answer.what is PersonDid.BEARER_TOLD
        if isinstance(answer, PayAnswer) and answer.preview:
            self._write({"news": "Previewed"})
        elif not self._ordered_one and not passes:
            self._answer(None, describe_answer(answer))

    def _tell_failure(self, number: int | str | None, answered: Future[Any]) -> None:
        error = None if answered.cancelled() else answered.exception()
        if error is not None:
            self._answer(number, _failure(error))

    def _close(self, order: dict[str, Any]) -> None:
        self._window.close()

    def _pay(self, order: dict[str, Any]) -> Future[Any]:
        told = order.get("settled")
        settled = typed_settlement(told["setl_id"], None, told["parts"]) if told else None
        tendered, self._tendered = self._tendered, EXACT_CASH
        kind = PaymentKind(order["payment"])
        return self._wishes.pay(PayOrder(kind, settled, tendered=tendered))

    def _shift(self, order: dict[str, Any]) -> Future[Any]:
        fen = int(order["fen"])
        opens = order["turn"] == "open"
        return self._day.open_shift(fen) if opens else self._day.close_shift(fen)

    def _tender(self, order: dict[str, Any]) -> None:
        """How the customer pays what is paid next."""
        told = order["tenders"]
        tenders = tuple(Tender(TenderKind(kind), fen, number) for kind, number, fen in told)
        self._tendered = Tendered(tenders)
        self._answer(order.get("id"), {"answer": "tender", "refused": ""})

    def _approve(self, order: dict[str, Any]) -> Future[Any]:
        """A second person says yes to what waits: a payment, a box, a document."""
        return self._wishes.answer_approval(order["person"], order["pin"], order["reason"])

    def _map(self, order: dict[str, Any]) -> Future[Any]:
        second = order.get("second")
        return self._wishes.answer_map(
            order["identification"], order["item"], tuple(second) if second else None
        )

    def _lot(self, order: dict[str, Any]) -> Future[Any] | None:
        batch = Batch(order["lot"], parse_day(order["made"]), parse_day(order["expiry"]))
        if batch.complete:
            return self._wishes.set_batch(order["item"], batch)
        no_date = {"answer": "sale", "what": "no_such_date", "refused": True}
        self._answer(order.get("id"), no_date)
        return None

    def _barrier(self, order: dict[str, Any]) -> None:
        """Answer once the desk has worked off everything before it and the window has heard it."""
        number = order["id"]

        def passed(_: object) -> None:
            self._write({"news": "Barrier", "id": number})

        self._wishes.lane.submit(lambda: self._bridge.answer(passed, None))

    def _key(self, order: dict[str, Any]) -> None:
        """Press one key as the window system would deliver it."""
        combination = QKeySequence(order["key"])[0]  # type: ignore[index]  # the stub lacks it
        window = QApplication.focusWindow() or self._window.windowHandle()
        QTest.keyClick(window, combination.key(), combination.keyboardModifiers())

    def _look(self, order: dict[str, Any]) -> None:
        """What a person sees in the search: what stands in it, and whether a drug is found."""
        search = self._window.checkout.search
        self._write({"news": "Looked", "text": search.field.text(), "hits": search.found})

    def _type(self, order: dict[str, Any]) -> None:
        """Type a text as a scanner does, Enter behind it."""
        burst(QApplication.focusWindow() or self._window.windowHandle(), order["text"] + "\r")

    def _type_slowly(self, order: dict[str, Any]) -> None:
        """Type a text as a person does; says so when the last key is down."""
        keys = list(order["text"])
        timer = QTimer(self)
        timer.setInterval(_PERSON_MS)

        def press() -> None:
            if keys:
                window = QApplication.focusWindow() or self._window.windowHandle()
                QTest.keyClick(window, keys.pop(0))
            else:
                timer.stop()
                timer.deleteLater()
                self._write({"news": "Typed"})

        timer.timeout.connect(press)
        timer.start()

    def _shot(self, order: dict[str, Any]) -> None:
        """Take a picture of the window when it has painted what it knows."""
        path = Path(order["path"])

        def take() -> None:
            self._window.grab().save(str(path), "PNG")
            self._write({"news": "Shot", "path": str(path)})

        QTimer.singleShot(int(order.get("wait_ms", 300)), take)

    def _tell(self, message: news.News) -> None:
        if isinstance(message, news.ScannerState):
            self._tell_scanner(message.name, message.state)

    def _tell_scanner(self, name: str, state: str) -> None:
        self._write({"news": "ScannerState", "name": name, "state": state})


def _rx_order(order: dict[str, Any]) -> RxOrder:
    """A prescription as a script tells it."""
    told = order["told"]
    return RxOrder(
        number=order["number"],
        institution=told.get("institution", ""),
        area=told.get("area", ""),
        prescriber=told.get("prescriber", ""),
        issued=parse_day(told.get("date", "")),
        drugs=tuple((key, packs) for key, packs in order["drugs"]),
        checkers=Checkers(
            told.get("reviewer", ""), told.get("dispenser", ""), told.get("checker", "")
        ),
        diagnosis=told.get("diagnosis", ""),
    )


def burst(window: QWindow, text: str) -> None:
    """Send the keys of a scan to a window.

    Each key carries the time at which a scanner would have sent it, as the window system's own
    events do: a busy moment of this process must not look like a pause of the scanner.
    """
    at_ms = _time_stamp(window)
    for ch in text:
        at_ms += _SCANNER_MS
        event = QKeyEvent(QEvent.Type.KeyPress, *_key_of(ch))
        event.setTimestamp(at_ms)
        QApplication.sendEvent(window, event)


class _Clock(QObject):
    """Reads the time stamp of the next key event of a window."""

    def __init__(self) -> None:
        super().__init__()
        self.at_ms = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook."""
        if isinstance(event, QKeyEvent):
            self.at_ms = event.timestamp()
        return False


def _time_stamp(window: QWindow) -> int:
    """The window system's present time, learned from a key that does nothing."""
    clock = _Clock()
    window.installEventFilter(clock)
    QTest.keyClick(window, Qt.Key.Key_Shift)
    window.removeEventFilter(clock)
    return clock.at_ms


def _key_of(ch: str) -> tuple[int, Qt.KeyboardModifier, str]:
    """Key, modifiers and text of a character as a keyboard sends it."""
    plain = Qt.KeyboardModifier.NoModifier
    if ch in "\r\t":
        return (Qt.Key.Key_Return if ch == "\r" else Qt.Key.Key_Tab).value, plain, ch
    if ch == "\x1d":
        return _GS_KEY.value, Qt.KeyboardModifier.ControlModifier, ch
    return ord(ch.upper()[0]), plain, ch


def _of_scan(answer: ScanAnswer) -> dict[str, Any]:
    """What became of a scan: its verdict, or the word of the report for what has none."""
    word = _SCAN_WORDS.get(answer.what, answer.what.name)
    told: dict[str, Any] = {"answer": "scan", "verdict": word}
    told["refused"] = _APPROVAL if answer.awaits else answer.refused
    if answer.reading:
        told["kind"] = answer.reading.kind.value
    if answer.error:
        told["error"] = str(answer.error)
    return told | (_verdict(answer.verdict) if answer.verdict else {})


def describe_answer(answer: Answer | None) -> dict[str, Any]:
    """An answer as a JSON object; `none` where news tell what became of the wish."""
    match answer:
        case SaleAnswer(what=what, doubts=doubts):
            refused = _APPROVAL if what is SaleDid.MANAGER_AWAITED else what.refused
            return {"answer": "sale", "what": what, "refused": refused, **_why(doubts)}
        case GateAnswer() | PayAnswer():
            return _of_payment(answer)
        case UnitsAnswer():
            waits = answer.what is UnitsDid.APPROVAL_AWAITED
            why = _APPROVAL if waits else answer.reason
            return {"answer": "units", "left": answer.left, "refused": why}
        case ScanAnswer():
            return _of_scan(answer)
        case ReturnAnswer() | DrugAnswer() | DutyAnswer() | RxAnswer() | DayAnswer():
            return _or_awaited(answer)
        case MapAnswer(verdict=verdict):
            name = verdict.name.value if verdict else ""
            return {"answer": "map", "refused": answer.reason, "verdict": name}
        case SignInAnswer() | PersonAnswer():
            return _of_person(answer)
        case ApprovalAnswer(request=asked, then=then):
            told = {"subject": asked.subject.value if asked else "", "refused": answer.reason}
            return {"answer": "approval", **told, "then": describe_answer(then) if then else None}
        case None:
            return {"answer": "none"}
    return _of_stock(answer)


def _of_person(answer: SignInAnswer | PersonAnswer) -> dict[str, Any]:
    """Who signed in; or that a customer was seen, never who."""
    if isinstance(answer, SignInAnswer):
        return {"answer": "sign_in", "operator": answer.person, "refused": answer.reason}
    what = answer.what
    return {"answer": "person", "what": what, "refused": what if what.refused else ""}


def _or_awaited(
    answer: ReturnAnswer | DrugAnswer | DutyAnswer | RxAnswer | DayAnswer,
) -> dict[str, Any]:
    """What is done, or why not, or that a second person is asked."""
    if isinstance(answer, RxAnswer):
        return {"answer": "rx", "what": answer.what, "refused": answer.reason}
    waits = answer.what in _AWAITED
    why = _APPROVAL if waits else answer.reason
    if isinstance(answer, DrugAnswer):
        return {"answer": "drug", "item": answer.code, "refused": why}
    if isinstance(answer, DayAnswer):
        return {"answer": "day", "number": answer.number, "refused": why}
    if isinstance(answer, DutyAnswer):
        return {"answer": "duty", "person": answer.person, "refused": why}
    return {"answer": "return", "number": answer.number, "refused": why}


def _of_payment(answer: GateAnswer | PayAnswer) -> dict[str, Any]:
    if isinstance(answer, GateAnswer):
        waits = answer.what is GateDid.WAITS
        return {"answer": "gate", "approvable": waits, **_why(answer.refusals)}
    if answer.what is PayDid.PAID:
        return {"answer": "pay", "receipt": answer.sale.number, "refused": ""}
    why = _why(answer.refusals)
    if answer.flaw:
        why["reasons"] = [answer.flaw.value]
    if answer.what is PayDid.PERSON_NUMBER and answer.error:
        why["reasons"] = [answer.error.fault.name]
    return {"answer": "pay", "refused": answer.what, **why}


def _of_stock(answer: MoveAnswer | RecallAnswer | NoCodeAnswer) -> dict[str, Any]:
    match answer:
        case MoveAnswer(what=MoveDid.APPROVAL_AWAITED):
            return {"answer": "moved", "refused": _APPROVAL}
        case MoveAnswer(error=WorldError() as error):
            return _failure(error)
        case MoveAnswer():
            stayed = [{"code": one.code, "why": one.why} for one in answer.stayed]
            told = {"what": answer.what, "number": answer.number, "boxes": answer.boxes}
            return {"answer": "moved", **told, "refused": stayed}
        case RecallAnswer(what=RecallDid.APPROVAL_AWAITED):
            return {"answer": "recall", "refused": _APPROVAL}
        case RecallAnswer(what=what):
            told = {"what": what, "number": answer.number}
            return {"answer": "recall", **told, "refused": what if answer.refused else ""}
        case NoCodeAnswer(what=what):
            why = answer.flaw or answer.bar
            return {"answer": "no_code", "what": what, "refused": why.value if why else ""}


def _failure(error: BaseException) -> dict[str, Any]:
    """A wish that the world, or a bug of ours, has kept from its answer."""
    return {"answer": "failed", "fault": _fault(error), "error": str(error)}


def _fault(error: BaseException) -> str | None:
    return error.fault.name if isinstance(error, WorldError) else None


def _verdict(verdict: Verdict) -> dict[str, object]:
    return {
        "verdict": verdict.name.value,
        "action": verdict.action.value,
        "kind": verdict.reading.kind.value,
        "problem": verdict.reading.problem.value if verdict.reading.problem else None,
        "silent": verdict.silent,
    }


def _why(refusals: Sequence[Refusal]) -> dict[str, object]:
    """The reasons of a refused payment, and the boxes that were judged again with the verdicts."""
    return {
        "reasons": [refusal.reason.name for refusal in refusals],
        "boxes": [
            {"code": said.reading.code, "verdict": said.name.value}
            for refusal in refusals
            for said in refusal.doubts
        ],
    }
