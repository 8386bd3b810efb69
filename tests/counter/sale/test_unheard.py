"""What the keeper of reservations has yet to hear lies on the disk, and is told until it has."""

import random
from pathlib import Path
from typing import Any

import pytest

from pharmacy_desk.adapters.reservations.local import LocalReservations
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.people.people import Approval, Operator, Request, Subject
from pharmacy_desk.core.ports.reservations import Reservations
from pharmacy_desk.core.stock.facts import ClaimState
from pharmacy_desk.core.stock.reservation import Claim, NotKnown, TakenBy, Word, Yours
from tests import plain
from tests.conftest import NOON, Shop, box
from tests.fakes.reservations import BookKeeper, ToldReservations

BOXES = [box(number) for number in range(1, 9)]


def _problems(shop: Shop) -> tuple[str, ...]:
    return check(Path(shop.ledger.path)).problems


def _unheard(shop: Shop) -> list[tuple[Word, str]]:
    return [(one.word, one.code) for one in shop.ledger.claims.unheard()]


def _ledgers_book(shop: Shop) -> dict[str, tuple[str, str]]:
    """The codes that the ledger has claimed, as its keeper should have them."""
    found = plain.rows(shop.ledger.path, "SELECT code, sale, state FROM claims")
    return {row["code"]: (row["sale"], row["state"]) for row in found}


def _keepers_book(keeper: BookKeeper) -> dict[str, tuple[str, str]]:
    return {code: (one.sale, one.state.value) for code, one in keeper.book.items()}


# What every keeper promises, by the doors there are and a store's keeper as a fake.


@pytest.fixture(params=["local", "book"])
def keeper(request: pytest.FixtureRequest, shop: Shop) -> Reservations:
    if request.param == "local":
        return LocalReservations(shop.ledger.basket.earlier)
    return BookKeeper()


def test_a_keeper_hears_anything_twice_and_of_codes_it_does_not_know(keeper: Reservations) -> None:
    claim = Claim(box(1), "S1", "01", "007", NOON)
    for _ in range(2):
        assert keeper.reserve(claim) == Yours()
    for _ in range(2):
        assert keeper.release("S1", (box(1), box(2))) is None
        assert keeper.carry_over("S1", "S2", (box(1), box(2))) is None
        assert keeper.finalise("S1", (box(3),)) is None
        assert keeper.give_back("S1", box(3), on_sale=True) is None
        assert keeper.give_back("S1", box(4), on_sale=False) is None
    assert keeper.who_has(box(1)) == Yours()
    assert list(keeper.settle_doubts((claim,))) == [Yours()]


def test_a_keeper_takes_nothing_from_another_sale() -> None:
    keeper = BookKeeper()
    keeper.reserve(Claim(box(1), "S1", "01", "007", NOON))
    keeper.release("S2", (box(1),))
    keeper.finalise("S2", (box(1),))
    keeper.carry_over("S2", "S3", (box(1),))
    keeper.give_back("S2", box(1), on_sale=True)
    answer = keeper.who_has(box(1))
    assert isinstance(answer, TakenBy)
    assert (answer.earlier.sale, answer.earlier.state) == ("S1", ClaimState.LIVE)


# The counter with a keeper that does not always hear.


def test_what_a_silent_keeper_did_not_hear_is_told_again_in_its_order(
    ledger: Any, clock: Any, profile: Any
) -> None:
    door = ToldReservations()
    shop = Shop(ledger, clock, profile, door=door)
    shop.scan(box(1))
    shop.scan(box(2))
    door.usual = NotKnown(NOON, "hub")
    shop.open_sale.lines.undo()
    sale = shop.pay()
    shop.open_sale.returns.take_back(sale.number, box(1), "质量")
    assert _unheard(shop) == [
        (Word.RELEASED, box(2)), (Word.SOLD, box(1)), (Word.GIVEN_BACK, box(1)),
    ]  # fmt: skip
    assert _problems(shop) == ()
    door.told.clear()
    shop.desk.settle_doubts()
    assert door.told == [("release", box(2))]  # it is silent still: nothing overtakes that
    door.usual = Yours()
    door.told.clear()
    shop.desk.settle_doubts()
    assert door.told == [("release", box(2)), ("finalise", box(1)), ("give_back", box(1))]
    assert _unheard(shop) == []
    assert _problems(shop) == ()


def test_a_kill_between_the_payment_and_its_keeper_loses_nothing(
    ledger: Any, open_ledger: Any, clock: Any, profile: Any
) -> None:
    door = ToldReservations()
    shop = Shop(ledger, clock, profile, door=door)
    shop.scan(box(1))
    door.usual = NotKnown(NOON, "hub")
    shop.pay()
    path = ledger.path
    ledger.close()
    door.usual = Yours()
    door.told.clear()
    again = Shop(open_ledger(path), clock, profile, door=door)
    again.desk.settle_doubts()
    assert door.told == [("finalise", box(1))]
    assert _unheard(again) == []


def test_a_sale_that_goes_on_under_another_number_keeps_its_codes_at_the_keeper(
    ledger: Any, open_ledger: Any, clock: Any, profile: Any
) -> None:
    keeper = BookKeeper()
    shop = Shop(ledger, clock, profile, door=keeper)
    shop.scan(box(1))
    path = ledger.path
    ledger.close()
    again = Shop(open_ledger(path, "elsewhere"), clock, profile, door=keeper)
    assert _unheard(again) == [(Word.CARRIED_OVER, box(1))]
    assert _problems(again) == ()
    again.desk.settle_doubts()
    assert _unheard(again) == []
    assert _keepers_book(keeper) == _ledgers_book(again)


def test_a_code_is_not_asked_about_while_its_release_is_unheard(
    ledger: Any, clock: Any, profile: Any
) -> None:
    """Else the keeper would call this counter's own ended sale the one that has it."""
    keeper = BookKeeper()
    shop = Shop(ledger, clock, profile, door=keeper)
    shop.scan(box(1))
    keeper.drops = lambda: "lost"
    shop.open_sale.ending.void()
    assert shop.scan(box(1)).not_known is not None
    assert shop.scan(box(2)).not_known is not None
    keeper.drops = lambda: ""
    shop.desk.settle_doubts()
    assert shop.open_sale.sale is not None
    assert [one.not_known for line in shop.open_sale.sale.lines for one in line.boxes] == [None] * 2
    assert _keepers_book(keeper) == _ledgers_book(shop)
    assert _problems(shop) == ()


def test_what_the_ledger_refuses_is_given_back_to_its_keeper(
    ledger: Any, clock: Any, profile: Any
) -> None:
    keeper = BookKeeper()
    shop = Shop(ledger, clock, profile, door=keeper)
    shop.sell(box(1))
    keeper.book.clear()  # it knows nothing of that sale
    shop.scan(box(2))
    shop.scan(box(1))
    assert set(keeper.book) == {box(2)}
    assert _unheard(shop) == []


@pytest.mark.parametrize("seed", range(12))
def test_after_any_silences_and_kills_the_keepers_book_is_the_ledgers(
    open_ledger: Any, clock: Any, profile: Any, shop: Shop, seed: int
) -> None:
    chance = random.Random(seed)
    keeper = BookKeeper(lambda: chance.choice(("", "", "lost", "deaf")))
    shop = Shop(shop.ledger, clock, profile, door=keeper)
    shop.set(sale__same_day_restore=True)
    sold: list[tuple[str, str]] = []
    for _ in range(60):
        match chance.choice(
            ("scan", "scan", "scan", "undo", "line", "void", "pay", "back", "kill")
        ):
            case "scan":
                shop.scan(chance.choice(BOXES))
            case "undo":
                shop.open_sale.lines.undo()
            case "line" if shop.open_sale.sale and shop.open_sale.sale.lines:
                shop.open_sale.lines.remove_line(shop.open_sale.sale.lines[0].number)
            case "void":
                shop.open_sale.ending.void()
            case "pay" if shop.open_sale.sale and shop.open_sale.sale.lines:
                paid = shop.pay()
                sold += [(paid.number, code) for code in paid.codes()]
            case "back" if sold:
                _comes_back(
                    shop, *sold.pop(chance.randrange(len(sold))), on_sale=chance.random() < 0.7
                )
            case "kill":
                path = shop.ledger.path
                shop.ledger.close()
                shop = Shop(open_ledger(path), clock, profile, settings=shop.settings, door=keeper)
            case _:
                shop.desk.settle_doubts()
    keeper.drops = lambda: ""
    shop.desk.settle_doubts()
    assert _unheard(shop) == []
    assert _keepers_book(keeper) == _ledgers_book(shop)
    assert _problems(shop) == ()


def _comes_back(shop: Shop, receipt: str, code: str, *, on_sale: bool) -> None:
    if on_sale:
        clerk = Operator("007", "店员", "clerk")
        wished = Request(Subject.RESTORE, Subject.RESTORE.value, clerk, boxes=1, code=code)
        shop.open_sale.returns.put_back(receipt, code, "点错", Approval(wished, "001", "点错"))
    else:
        shop.open_sale.returns.take_back(receipt, code, "质量")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO unheard(word, sale, code) SELECT 'released', sale, code FROM claims LIMIT 1",
        "INSERT INTO unheard(word, sale, code) SELECT 'sold', sale, code FROM claims"
        " WHERE state = 'live'",
        "INSERT INTO unheard(word, sale, code) SELECT 'given_back', sale, code FROM claims LIMIT 1",
        "INSERT INTO unheard(word, sale, code) SELECT 'on_sale', sale, code FROM claims LIMIT 1",
        "INSERT INTO unheard(word, sale, code, to_sale) SELECT 'carried_over', sale, code, sale"
        " FROM claims LIMIT 1",
        "INSERT INTO unheard(word, sale, code) VALUES ('released', 'X', '84362820000000000077')",
    ],
)
def test_the_check_finds_a_word_that_the_ledger_does_not_say(shop: Shop, statement: str) -> None:
    shop.sell(box(1))
    shop.scan(box(2))
    assert _problems(shop) == ()
    plain.write(shop.ledger.path, statement)
    assert any("is to be told as" in problem for problem in _problems(shop))
