"""The real courier and the real HTTP door against the real practice platform, faults included."""

import itertools
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from threading import Event
from typing import Any

import pytest
import requests

from pharmacy_desk.adapters.platforms.electronic import PlatformRx
from pharmacy_desk.adapters.platforms.national import NationalSettlement
from pharmacy_desk.adapters.platforms.nhsa import NhsaPlatform
from pharmacy_desk.adapters.platforms.signers import no_signature, tif_signer
from pharmacy_desk.adapters.resources import load_profile
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.adapters.store.upload.waiting import OutboxQueue
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.ports.electronic import RxFound, RxNotFound, RxNotReached
from pharmacy_desk.core.ports.settlement import Bill
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.stock.movement import Movement, MovementKind, MovementLine
from pharmacy_desk.core.stock.no_code import Draft, NoCodeReason
from pharmacy_desk.core.upload.movements import count_lines, movement_lines
from pharmacy_desk.core.upload.outbox import LineState
from pharmacy_desk.counter.upload.courier import Courier
from pharmacy_desk.wiring.doors import TRAINING_PATIENT

STORE = "P44030000001"
FAULTS = ("refuse", "before_commit", "after_commit", "half", "slow", "500", "html", "encoding",
          "infcode_text", "no_output", "other_message", "huge")  # fmt: skip
# Short enough for a test; a slow answer takes longer than this.
READ_S, SLOW_S = 0.4, 0.5
# The platform outlives a test and the clock stands still: each test has a second of its own, or the
# drawn tails of two tests' message ids meet once in a hundred.
SECONDS = itertools.count(1)


def box(number: int, item: str = "8436282") -> str:
    return f"{item}{number:013d}"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    book = tmp_path_factory.mktemp("platform") / "book.db"
    process = subprocess.Popen(
        [sys.executable, "-m", "pharmacy_desk", "sandbox", "--port", "0", "--store", str(book),
         "--with-parent"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    yield process.stdout.readline().strip()
    process.communicate(timeout=10)


class AtWork:
    """A shop whose outbox goes to the practice platform."""

    def __init__(self, shop: Any, url: str) -> None:
        transport = replace(
            shop.profile.transport, read_timeout_s=READ_S, unknown_wait_s=0.05, backoff_first_s=0.1
        )
        shop.begin(replace(shop.profile, transport=transport))
        self.shop, self.url = shop, url
        shop.clock.advance(next(SECONDS))
        self.platform = NhsaPlatform(url, shop.profile, no_signature, shop.clock.now)
        self.courier = Courier(
            outbox=shop.ledger.outbox,
            sold_there=shop.ledger.sold_there,
            sealed=shop.ledger.sealed,
            waiting=OutboxQueue(shop.ledger.path),
            platform=self.platform,
            profile=shop.profile,
            clock=shop.clock,
            sender=shop.open_sale.who.sender,
            counter="01",
            on_desk=lambda job: job(),
            post=lambda _: None,
            pause=self.pause,
        )

    def pause(self, seconds: float) -> None:
        """The door's clock stands still, but a slow platform needs its time: pauses are real."""
        Event().wait(seconds)

    def faults(self, *faults: dict[str, Any], **top: Any) -> None:
        answer = requests.post(f"{self.url}/_faults", json={"faults": faults, **top}, timeout=5)
        assert answer.status_code == 200, answer.text

    def records(self) -> list[dict[str, Any]]:
        """What the platform holds of this shop's own documents."""
        epoch = self.shop.ledger.chain.origin.epoch
        found = requests.get(f"{self.url}/_records", timeout=5).json()["records"]
        return [row for row in found if epoch in row["fixmedins_bchno"]]

    def states(self) -> dict[str, LineState]:
        reader = Reader(self.shop.ledger.path)
        try:
            return {line.line.key: line.state for line in reader.outbox.lines()}
        finally:
            reader.close()

    def drain(self) -> None:
        """Rounds until nothing is open; a person sends refused lines again."""
        for _ in range(8):
            self.courier.round(everything=True)
            states = self.states()
            refused = [key for key, state in states.items() if state is LineState.REFUSED]
            self.shop.ledger.outbox.requeue(Actor(self.shop.clock.now(), "007"), refused)
            if set(states.values()) == {LineState.ACCEPTED}:
                return
        raise AssertionError(f"still open: {self.states()}")

    def every_line_is_there_once(self) -> None:
        records = self.records()
        assert sorted(row["fixmedins_bchno"] for row in records) == sorted(self.states())
        assert check(self.shop.ledger.path).problems == ()


@pytest.fixture
def at_work(shop: Any, url: str) -> Iterator[AtWork]:
    made = AtWork(shop, url)
    made.faults()
    yield made
    made.platform.close()
    made.faults()


@pytest.mark.parametrize("duplicates", ["reject", "double"])
@pytest.mark.parametrize("at", FAULTS)
def test_whatever_befalls_a_message_each_line_is_at_the_platform_once(
    at_work: AtWork, at: str, duplicates: str
) -> None:
    fault = {"nth": 1, "infno": "3505A", "at": at, "seconds": SLOW_S}
    at_work.faults(fault, duplicates=duplicates)
    at_work.shop.sell(box(1), box(2), box(1, "8385793"))
    at_work.shop.sell(box(3))
    at_work.drain()
    at_work.every_line_is_there_once()
    assert {code for row in at_work.records() for code in row["codes"]} == {
        box(1), box(2), box(3), box(1, "8385793"),
    }  # fmt: skip


@pytest.mark.parametrize("duplicates", ["reject", "overwrite", "double"])
@pytest.mark.parametrize(
    "status", [201, 204, 301, 302, 307, 400, 401, 403, 404, 405, 413, 415, 429, 500, 502, 503]
)
def test_after_a_status_that_came_behind_the_commit_nothing_is_sent_twice(
    at_work: AtWork, status: int, duplicates: str
) -> None:
    fault = {"nth": [1, 3], "infno": "3505A", "at": "status", "status": status}
    at_work.faults(fault, duplicates=duplicates)
    at_work.shop.sell(box(1), box(1, "8385793"))
    at_work.shop.sell(box(3))
    at_work.shop.sell(box(4))
    at_work.drain()
    at_work.every_line_is_there_once()
    assert {row["received"] for row in at_work.records()} == {1}


@pytest.mark.parametrize("at", ["before_commit", "500", "html", "no_output", "other_message"])
def test_a_question_that_fails_sends_nothing_twice(at_work: AtWork, at: str) -> None:
    at_work.faults(
        {"nth": 1, "infno": "3505A", "at": "after_commit"},
        {"nth": [1, 2], "infno": "3513", "at": at, "seconds": SLOW_S},
        duplicates="double",
    )
    at_work.shop.sell(box(1), box(1, "8385793"))
    at_work.drain()
    at_work.every_line_is_there_once()


def test_returns_arrive_once_and_behind_their_sale(at_work: AtWork) -> None:
    paid = at_work.shop.sell(box(1), box(2))
    at_work.faults({"nth": 1, "infno": "3506A", "at": "after_commit"}, duplicates="double")
    assert at_work.shop.open_sale.returns.take_back(paid.number, box(2), "错发").number
    at_work.drain()
    at_work.every_line_is_there_once()
    assert [row["infno"] for row in at_work.records()] == ["3505A", "3506A"]


def post(shop: Any, kind: MovementKind, *codes: str) -> None:
    """Post a movement of two lots, its boxes among them, and of one pack without a code."""
    item = shop.ledger.catalogue.find_item("Y1")
    now = shop.clock.now()
    lots = [Batch(lot, date(2025, 1, 2), date(2028, 1, 1)) for lot in ("L1", "L2")]
    lines = (
        MovementLine(item, lots[0], len(codes) - 1, codes[:-1], 1500),
        MovementLine(item, lots[1], 2, codes[-1:]),
    )
    movement = Movement(
        shop.ledger.chain.take_document(), kind, now, "007", "示例医药公司", "FH0001", lines=lines
    )
    uploads = movement_lines(movement, shop.open_sale.who.sender(), shop.profile)
    shop.ledger.boxes.post_movement(movement, uploads)


@pytest.mark.parametrize("at", ["after_commit", "half", "before_commit", "slow", "refuse"])
def test_a_delivery_and_a_transfer_arrive_once_whatever_befalls_them(
    at_work: AtWork, at: str
) -> None:
    at_work.faults(
        {"nth": 1, "infno": "3503A", "at": at, "seconds": SLOW_S},
        {"nth": 1, "infno": "3502A", "at": at, "seconds": SLOW_S},
        duplicates="double",
    )
    boxes = [box(number) for number in range(1, 5)]
    post(at_work.shop, MovementKind.DELIVERY, *boxes)
    post(at_work.shop, MovementKind.TRANSFER_OUT, *boxes[:3])
    at_work.drain()
    at_work.every_line_is_there_once()
    records = at_work.records()
    codes = {
        infno: sorted(code for row in records if row["infno"] == infno for code in row["codes"])
        for infno in ("3503A", "3502A")
    }
    assert codes == {"3503A": boxes, "3502A": boxes[:3]}
    assert {row["inv_chg_type"] for row in records if row["infno"] == "3502A"} == {"102"}
    assert {row["spler_name"] for row in records if row["infno"] == "3503A"} == {"示例医药公司"}


@pytest.mark.parametrize("at", ["before_commit", "500", "no_output", "refuse"])
def test_questions_about_movements_that_fail_send_nothing_twice(at_work: AtWork, at: str) -> None:
    at_work.faults(
        {"nth": 1, "infno": "3503A", "at": "after_commit"},
        {"nth": 1, "infno": "3504A", "at": "after_commit"},
        {"nth": 1, "infno": "3501A", "at": "after_commit"},
        {"nth": [1, 2], "infno": "3510", "at": at},
        {"nth": 1, "infno": "3508", "at": at},
        duplicates="double",
    )
    shop = at_work.shop
    post(shop, MovementKind.DELIVERY, box(1), box(2))
    post(shop, MovementKind.TO_SUPPLIER, box(1), box(2))
    counted = [MovementLine(shop.ledger.catalogue.find_item("Y1"), quantity=0)]
    number, now = shop.ledger.chain.take_document(), shop.clock.now()
    lines = count_lines(number, now, counted, shop.open_sale.who.sender(), shop.profile)
    shop.ledger.boxes.post_movement(Movement(number, MovementKind.LOSS, now, "007"), lines)
    at_work.drain()
    at_work.every_line_is_there_once()
    found = [row["infno"] for row in at_work.records()]
    assert sorted(found) == ["3501A", "3503A", "3503A", "3504A", "3504A"]


def test_a_platform_that_counts_calls_gets_every_line_once(at_work: AtWork) -> None:
    at_work.faults(calls_per_second=2)
    for number in range(5):
        at_work.shop.sell(box(number + 1))
    for _ in range(40):
        at_work.courier.round(everything=True)
        if set(at_work.states().values()) == {LineState.ACCEPTED}:
            break
        at_work.pause(0.2)
    at_work.every_line_is_there_once()


def test_an_insured_sale_settles_and_arrives_with_its_ids(at_work: AtWork) -> None:
    till = at_work.shop.open_sale
    door = NationalSettlement(
        at_work.platform, at_work.shop.profile, at_work.shop.clock.now, TRAINING_PATIENT
    )
    at_work.shop.scan(box(1))
    sale = till.sale
    answer = door.settle(
        Bill(sale, PaymentKind.POOLED, till.who.sender(), till.settlements.message_id())
    )
    settled = answer.settlement
    assert settled.setl_id.startswith("TRAIN")
    assert settled.adds_up(sale.total_fen)
    at_work.shop.pay(PaymentKind.POOLED, settled)
    at_work.drain()
    (row,) = at_work.records()
    assert (row["setl_id"], row["mdtrt_sn"]) == (settled.setl_id, settled.mdtrt_id)


def _nowhere() -> str:
    """An address on which nobody listens."""
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def test_a_refused_connection_means_not_sent(shop: Any) -> None:
    platform = NhsaPlatform(_nowhere(), shop.profile, no_signature, shop.clock.now)
    reply = platform.send("3505A", b"{}")
    platform.close()
    assert (reply.body, reply.sent) == (None, False)
    assert "127.0.0.1" not in reply.detail


def test_a_handshake_that_fails_and_a_name_that_is_none_mean_not_sent(at_work: AtWork) -> None:
    for url in (at_work.url.replace("http:", "https:"), "http://no-such-name.invalid"):
        door = NhsaPlatform(url, at_work.shop.profile, no_signature, at_work.shop.clock.now)
        reply = door.send("3505A", b"{}")
        door.close()
        assert (reply.body, reply.sent) == (None, False)


@pytest.mark.parametrize(
    "said",
    [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n{",
     b"HTTP/1.1 204 No Content\r\n\r\n", b"nonsense\r\n\r\n",
     b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"],
)  # fmt: skip
def test_once_a_body_has_left_what_is_no_answer_is_in_doubt(shop: Any, said: bytes) -> None:
    import socket
    from threading import Thread

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            line, _ = listener.accept()
            with line:
                while not line.recv(65_536).endswith(b"{}"):
                    pass
                line.sendall(said)

        thread = Thread(target=answer)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        door = NhsaPlatform(url, shop.profile, no_signature, shop.clock.now)
        reply = door.send("3505A", b"{}")
        door.close()
        thread.join(timeout=10)
    assert reply.sent
    assert not reply.body  # a head cut short may look like an empty answer: no answer either


def test_each_number_goes_to_its_own_address_and_single_style_to_one() -> None:
    profile = load_profile("generic")
    platform = NhsaPlatform("http://h/", profile, no_signature, lambda: None)  # type: ignore[arg-type, return-value]
    assert platform.url("3505A") == "http://h/fsi/api/goodsService/goodsSell"
    assert platform.url("9999").endswith(profile.transport.single_path)
    single = replace(profile, transport=replace(profile.transport, style="single"))
    other = NhsaPlatform("http://h", single, no_signature, lambda: None)  # type: ignore[arg-type, return-value]
    assert other.url("3505A") == "http://h/fsi/api/rsfComIfsService/callService"


def test_the_tif_signature_is_the_published_one(shop: Any) -> None:
    import hashlib

    signed = tif_signer("PAAS", "TOKEN")(b"{}", shop.clock.now())
    stamp, nonce = signed["x-tif-timestamp"], signed["x-tif-nonce"]
    expected = hashlib.sha256(f"{stamp}TOKEN{nonce}{stamp}".encode()).hexdigest()
    assert signed["x-tif-signature"] == expected
    assert signed["x-tif-paasid"] == "PAAS"
    assert stamp == str(int(shop.clock.now().timestamp()))
    assert tif_signer("PAAS", "TOKEN")(b"{}", shop.clock.now())["x-tif-nonce"] != nonce
    assert load_profile("generic-tif").transport.signer == "tif"


def test_boxes_without_a_code_are_taken_by_the_platform_too(at_work: AtWork) -> None:
    shop = at_work.shop
    old = Batch("OLD1", date(2025, 1, 2), date(2028, 1, 1))
    draft = Draft("Y1", old, 3, NoCodeReason.MADE_BEFORE, date(2025, 3, 1), "发票 7")
    now = shop.clock.now()
    number = shop.ledger.no_code.keep_no_code(Actor(now, "007"), draft).number
    assert shop.ledger.no_code.approve_no_code(Actor(now, "007"), number, "001")
    shop.open_sale.lines.add_item(shop.ledger.catalogue.find_item("Y1"), 2)
    sale = shop.open_sale.sale.number
    assert (
        shop.ledger.no_code_sales.take_no_code(Actor(now, "007"), sale, 1, number, now.date())
        is None
    )
    shop.open_sale.refresh()
    shop.scan(box(7))
    shop.pay(PaymentKind.SELF)
    at_work.drain()
    at_work.every_line_is_there_once()
    held = {row["manu_lotnum"]: row["codes"] for row in at_work.records()}
    assert held["OLD1"] == []
    assert box(7) in held[shop.ledger.catalogue.find_item("Y1").batch.lot]


# --- electronic prescriptions: looked up, and marked as dispensed with one effect ----------------


def _electronic_sale(shop: Any, at_work: AtWork, token: str) -> str:
    """A paid sale on the electronic prescription behind a token; its receipt."""
    door = PlatformRx(at_work.platform, shop.profile, shop.profile.electronic, shop.clock.now)
    msgid = shop.open_sale.settlements.message_id()
    found = door.look_up(token, shop.open_sale.who.sender(), msgid)
    assert isinstance(found, RxFound)
    drugs = tuple(replace(drug, item="Y2") for drug in found.order.prescribed)
    shop.scan(box(700 + len(token), "8385793"))
    actor, sale = shop.open_sale.who.actor(), shop.open_sale.sale
    shop.ledger.prescriptions.keep_prescription(
        actor, sale.number, found.order, drugs, date(2031, 1, 1)
    )
    return str(shop.pay().number)


@pytest.mark.parametrize("at", ["after_commit", "before_commit", "refuse", "slow", "html"])
def test_a_prescription_is_marked_once_whatever_the_answer(shop: Any, url: str, at: str) -> None:
    at_work = AtWork(shop, url)
    at_work.faults({"infno": "7206", "at": at, "nth": [1], "seconds": SLOW_S})
    number = _electronic_sale(shop, at_work, f"RX{at}")
    at_work.drain()
    at_work.faults()
    serial = number.replace("-", "")
    told = requests.get(f"{url}/_records", timeout=5).json()["dispensed"]
    (mine,) = [row for row in told if row["bchno"].startswith(serial)]
    assert mine["hi_rxno"] == f"RRX{at}"
    assert check(shop.ledger.path).problems == ()


def test_what_is_not_there_is_said_in_the_platforms_words(shop: Any, url: str) -> None:
    at_work = AtWork(shop, url)
    door = PlatformRx(at_work.platform, shop.profile, shop.profile.electronic, shop.clock.now)
    said = door.look_up(
        "NONE", shop.open_sale.who.sender(), shop.open_sale.settlements.message_id()
    )
    assert isinstance(said, RxNotFound)
    at_work.faults({"infno": "7203", "at": "html"})
    lost = door.look_up("RX1", shop.open_sale.who.sender(), shop.open_sale.settlements.message_id())
    at_work.faults()
    assert isinstance(lost, RxNotReached)
