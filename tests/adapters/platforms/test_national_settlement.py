"""The national settlement door against the practice platform that plays its numbers."""

import itertools
import pickle
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import requests

from pharmacy_desk.adapters.platforms.national import NationalSettlement
from pharmacy_desk.adapters.platforms.nhsa import NhsaPlatform
from pharmacy_desk.adapters.platforms.signers import no_signature
from pharmacy_desk.core.ports.settlement import (
    Bill,
    Cancelled,
    NoneThere,
    Refused,
    Settled,
    Split,
    Unknown,
)
from pharmacy_desk.core.sale.patient import Locality, Patient
from pharmacy_desk.core.sale.sale import PaymentKind, Settlement
from pharmacy_desk.wiring.doors import TRAINING_PATIENT
from tests.conftest import Shop, box

# Made-up persons of the practice platform, by their identity numbers.
WITH_BALANCE, OTHER_CITY, CHILD = "11010119850312902X", "110101195208059010", "110101201906209037"
SUSPENDED, FAMILY = "110101197801309040", "110101196611119057"
# The platform outlives a test and the clock stands still: each test has a second of its own, or the
# drawn tails of two tests' message ids meet once in a hundred.
SECONDS = itertools.count(1)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    book = tmp_path_factory.mktemp("settling") / "book.db"
    process = subprocess.Popen(
        [sys.executable, "-m", "pharmacy_desk", "sandbox", "--port", "0", "--store", str(book),
         "--with-parent"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    yield process.stdout.readline().strip()
    process.communicate(timeout=10)


class At:
    """A shop with a box in its sale, and the door to the practice platform."""

    def __init__(self, shop: Shop, url: str, stand_in: Patient | None = TRAINING_PATIENT) -> None:
        self.shop, self.url = shop, url
        shop.clock.advance(next(SECONDS))
        shop.profile = replace(
            shop.profile, transport=replace(shop.profile.transport, read_timeout_s=0.6)
        )
        platform = NhsaPlatform(url, shop.profile, no_signature, shop.clock.now, alone=True)
        self.door = NationalSettlement(platform, shop.profile, shop.clock.now, stand_in)
        shop.scan(box(1))

    def bill(self, kind: PaymentKind = PaymentKind.POOLED, whom: Patient | None = None) -> Bill:
        till = self.shop.open_sale
        assert till.sale
        return Bill(
            till.sale,
            kind,
            till.who.sender(),
            till.settlements.message_id(),
            till.settlements.message_id(),
            whom,
        )

    def whom(self, number: str, kind: str = "id") -> Any:
        till = self.shop.open_sale
        return self.door.identify(kind, number, till.who.sender(), till.settlements.message_id())

    def faults(self, **fault: Any) -> None:
        plan = {"faults": [fault] if fault else []}
        assert requests.post(f"{self.url}/_faults", json=plan, timeout=5).status_code == 200

    def there(self, bill: Bill) -> list[dict[str, Any]]:
        """What the platform holds of this message's settlement."""
        told = requests.get(f"{self.url}/_records", timeout=5).json()["settlements"]
        return [one for one in told if one["msgid"] == bill.msgid]


@pytest.fixture
def at(shop: Shop, url: str) -> Iterator[At]:
    made = At(shop, url)
    yield made
    made.faults()


@pytest.mark.parametrize(
    ("kind", "parts"),
    [(PaymentKind.ACCOUNT, (0, 2180, None, 0)), (PaymentKind.POOLED, (1526, 654, None, 0)),
     (PaymentKind.INJURY, (1526, 0, None, 654))],
)  # fmt: skip
def test_a_preview_tells_the_split_and_the_settlement_is_it_with_its_codes(
    at: At, kind: PaymentKind, parts: tuple[int | None, ...]
) -> None:
    bill = at.bill(kind)
    previewed = at.door.preview(bill)
    assert isinstance(previewed, Split)
    assert previewed.parts.parts == parts
    assert at.there(bill) == []
    settled = at.door.settle(bill)
    assert isinstance(settled, Settled)
    assert settled.settlement.parts == parts
    assert settled.settlement.setl_id.startswith("TRAIN")
    (kept,) = at.there(bill)
    assert (kept["codes"], kept["total_fen"], kept["cancelled"]) == ([box(1)], 2180, False)


def test_who_it_is_comes_with_sex_age_area_and_diseases(at: At) -> None:
    known = at.whom(OTHER_CITY)
    assert (known.sex, known.age, known.suspended) == ("male", 74, False)
    assert known.locality("440300") is Locality.OTHER
    assert known.diseases == {"M03900", "M01600"}
    assert known.balance_fen == 500
    child = at.whom(CHILD)
    assert (child.age, child.diseases, child.locality("440300")) == (7, None, Locality.LOCAL)
    card = at.whom("A10000001", "card")
    assert card.psn_no == at.whom(WITH_BALANCE).psn_no


def test_somebody_unknown_is_insured_here_and_told_no_more_than_the_proof(at: At) -> None:
    voucher = at.whom("2" * 28, "voucher")
    assert (voucher.sex, voucher.age, voucher.balance_fen) == ("", None, None)
    assert isinstance(at.door.settle(at.bill(whom=voucher)), Settled)


def test_what_the_balance_lacks_is_the_customers_and_the_familys(at: At) -> None:
    at.shop.scan(box(2))
    poor, family = at.whom(OTHER_CITY), at.whom(FAMILY)
    told = at.door.preview(at.bill(whom=poor))
    assert isinstance(told, Split)
    assert told.parts.parts == (3052, 500, None, 808)
    told = at.door.preview(at.bill(whom=family))
    assert isinstance(told, Split)
    assert told.parts.parts == (3052, 200, 1108, 0)


def test_a_suspended_insurance_is_told_and_settles_nothing(at: At) -> None:
    known = at.whom(SUSPENDED)
    assert (known.suspended, known.since) == (True, "2026-10-01")
    refused = at.door.settle(at.bill(whom=known))
    assert isinstance(refused, Refused)
    assert "暂停" in refused.words


@pytest.mark.parametrize("fault", ["before_commit", "after_commit", "slow", "500", "html",
                                   "no_output", "other_message"])  # fmt: skip
def test_a_lost_answer_is_undone_by_the_message_it_was_the_answer_to(at: At, fault: str) -> None:
    bill = at.bill()
    at.faults(infno="2102", at=fault, nth=1, seconds=1.0)
    assert isinstance(at.door.settle(bill), Unknown)
    at.faults()
    assert at.door.ask_again(bill) == NoneThere()
    assert all(one["cancelled"] for one in at.there(bill))
    # Whatever was still on its way settles nothing any more.
    late = at.door.settle(bill)
    assert isinstance(late, Refused)
    assert not [one for one in at.there(bill) if not one["cancelled"]]


def test_a_question_about_a_lost_answer_may_be_lost_too(at: At) -> None:
    bill = at.bill()
    at.faults(infno="settlement", at="after_commit", nth=[1, 2])
    assert isinstance(at.door.settle(bill), Unknown)
    assert isinstance(at.door.ask_again(bill), Unknown)
    assert (
        at.door.ask_again(replace(bill, fresh=at.shop.open_sale.settlements.message_id()))
        == NoneThere()
    )


def test_a_split_that_is_off_by_a_fen_is_told_as_it_came(at: At) -> None:
    at.faults(infno="2102", at="split")
    settled = at.door.settle(at.bill())
    assert isinstance(settled, Settled)
    assert not settled.settlement.adds_up(2180)


def test_a_settlement_is_cancelled_once_and_says_the_same_again(at: At) -> None:
    bill = at.bill()
    settled = at.door.settle(bill)
    assert isinstance(settled, Settled)
    for _ in range(2):
        assert at.door.cancel(bill, settled.settlement) == Cancelled()
    assert [one["cancelled"] for one in at.there(bill)] == [True]


def test_nothing_is_asked_for_nobody(shop: Shop, url: str) -> None:
    at = At(shop, url, stand_in=None)
    assert at.door.wants_person
    for answer in (at.door.settle(at.bill()), at.door.preview(at.bill())):
        assert answer == Refused("no_person", reached=False)


def test_where_nobody_listens_nothing_was_sent(shop: Shop) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        at = At(shop, f"http://127.0.0.1:{taken.getsockname()[1]}")
    answer = at.door.settle(at.bill())
    assert isinstance(answer, Refused)
    assert not answer.reached
    assert isinstance(at.door.ask_again(at.bill()), Refused)
    assert isinstance(at.door.cancel(at.bill(), Settlement("X")), Refused)


def test_a_patient_shows_nothing_and_is_never_pickled(at: At) -> None:
    known = at.whom(WITH_BALANCE)
    told = f"{known!r} {known} {at.bill(whom=known)!r}"
    assert not [one for one in (known.psn_no, known.name, WITH_BALANCE) if one in told]
    assert known.shown
    with pytest.raises(TypeError):
        pickle.dumps(known)
