"""A code that the platform says was settled elsewhere is refused wherever it is scanned here."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.policy import Action
from pharmacy_desk.core.basics.policy import VerdictName as V
from pharmacy_desk.core.ports.doors import Reply
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.upload.outbox import LineState
from tests import plain
from tests.conftest import asked_of, box
from tests.counter.upload.courier_kit import accept, answer, found, work_of

WORDS = "追溯码{code}已结算：P44030000009，2026-11-20 10:00:00"


def refuse(words: str) -> Callable[[dict[str, Any]], Reply]:
    """The platform refuses every line with these words."""

    def tell(body: dict[str, Any]) -> Reply:
        keys = [line["fixmedins_bchno"] for line in body["input"]["selinfoDetail"]]
        rows = [{"fixmedins_bchno": key, "retRslt": "0", "msgRslt": words} for key in keys]
        return answer({"result": {"retRslt": "0"}, "selinfoErrDetail": rows})

    return tell


def _refused(shop: Any, *codes: str, words: str) -> Any:
    """Sell boxes whose line the platform refuses, and which it does not hold either."""
    shop.sell(*codes)
    work = work_of(shop)
    work.go(refuse(words))
    shop.clock.advance(60)
    work.go(found())
    return work


def test_the_line_is_refused_and_the_code_says_so_with_the_platforms_own_words(shop: Any) -> None:
    words = WORDS.format(code=box(1))
    work = _refused(shop, box(1), words=words)
    assert work.states() == [LineState.REFUSED]
    (line,) = work.lines().values()
    assert line.platform_words == words
    verdict = shop.scan(box(1))
    assert (verdict.name, verdict.action) == (V.SETTLED_ON_PLATFORM, Action.BLOCK)
    assert verdict.record.settled_words == words
    assert verdict.record.settled_at == shop.clock.now()
    assert check(shop.ledger.path).problems == ()


def test_it_is_said_after_a_return_too(shop: Any) -> None:
    _refused(shop, box(1), words=WORDS.format(code=box(1)))
    shop.open_sale.returns.take_back("last", box(1), "质量问题")
    assert shop.scan(box(1)).name is V.SETTLED_ON_PLATFORM
    assert shop.ledger.boxes.state(box(1)) is BoxState.RETURNED
    assert check(shop.ledger.path).problems == ()


def test_of_several_boxes_only_those_the_words_name_are_marked(shop: Any) -> None:
    _refused(shop, box(1), box(2), words=WORDS.format(code=box(2)))
    assert shop.scan(box(2)).name is V.SETTLED_ON_PLATFORM
    assert shop.scan(box(1)).name is V.SOLD_HERE


def test_words_that_name_no_code_mean_the_whole_line(shop: Any) -> None:
    _refused(shop, box(1), box(2), words="存在已出售的码")
    assert {shop.scan(box(n)).name for n in (1, 2)} == {V.SETTLED_ON_PLATFORM}


def test_a_double_that_names_the_code_is_one_when_the_platform_holds_no_line_of_ours(
    shop: Any,
) -> None:
    work = _refused(shop, box(1), words=f"追溯码 {box(1)} 重复")
    assert work.states() == [LineState.REFUSED]
    assert shop.scan(box(1)).name is V.SETTLED_ON_PLATFORM


def test_a_double_serial_is_no_word_about_the_code_and_is_sent_again(shop: Any) -> None:
    shop.sell(box(1))
    work = work_of(shop)
    work.go(refuse("流水号重复"))
    shop.clock.advance(60)
    work.go(found(), accept)
    assert work.states() == [LineState.ACCEPTED]
    assert shop.scan(box(1)).name is V.SOLD_HERE


def test_our_own_line_that_got_through_unseen_is_no_settlement_elsewhere(shop: Any) -> None:
    shop.sell(box(1))
    work = work_of(shop)
    work.go(refuse(WORDS.format(code=box(1))))
    (key,) = work.lines()
    shop.clock.advance(60)
    work.go(found(key))
    assert work.states() == [LineState.ACCEPTED]
    assert shop.scan(box(1)).name is V.SOLD_HERE


def test_a_question_may_be_answered_so_too(shop: Any) -> None:
    shop.sell(box(1))
    work = work_of(shop)
    work.go(lambda body: Reply(None, sent=True, detail="ReadTimeout"))
    shop.clock.advance(60)
    work.go(lambda body: answer(None, -1, WORDS.format(code=box(1))))
    assert work.states() == [LineState.REFUSED]
    assert shop.scan(box(1)).name is V.SETTLED_ON_PLATFORM


def test_the_mark_goes_when_the_platform_takes_the_line_after_all(shop: Any) -> None:
    work = _refused(shop, box(1), words=WORDS.format(code=box(1)))
    shop.ledger.outbox.requeue(Actor(shop.clock.now(), "007"), list(work.lines()))
    shop.clock.advance(60)
    work.go(found(), accept)
    assert shop.scan(box(1)).name is V.SOLD_HERE
    assert check(shop.ledger.path).problems == ()


def test_a_box_of_the_sale_at_the_counter_is_first_of_all_in_this_sale(shop: Any) -> None:
    shop.scan(box(1))
    plain.write(shop.ledger.path, "UPDATE boxes SET settled_at = NULL")
    number = shop.open_sale.sale.number
    plain.write(
        shop.ledger.path,
        "INSERT INTO boxes(code, state, item, document, party, at, counter, operator, settled_at,"
        " settled_words) VALUES (?, 'on_shelf', 'Y1', ?, '', ?, '01', '', ?, 'x')",
        (box(1), number, shop.clock.now().isoformat(), shop.clock.now().isoformat()),
    )
    assert shop.scan(box(1)).name is V.IN_THIS_SALE


def test_a_scan_asks_the_disk_no_more_than_before(shop: Any) -> None:
    shop.scan(box(1))
    with asked_of(shop.ledger) as said:
        shop.scan(box(2))
    asked = [sql for sql in said if sql.startswith("SELECT")]
    assert sum("boxes" in sql for sql in asked) == 1


def test_the_history_of_the_code_tells_it(shop: Any) -> None:
    words = WORDS.format(code=box(1))
    _refused(shop, box(1), words=words)
    row = plain.row(
        shop.ledger.path,
        "SELECT payload FROM events WHERE kind = 'code_settled_elsewhere' AND code = ?",
        (box(1),),
    )
    assert json.loads(row["payload"])["words"] == words


@pytest.mark.parametrize("change", [
    "UPDATE boxes SET settled_at = NULL", "UPDATE boxes SET settled_at = '2020-01-01T00:00:00+08:00'",
])  # fmt: skip
def test_the_check_finds_a_mark_its_events_do_not_tell(shop: Any, change: str) -> None:
    _refused(shop, box(1), words=WORDS.format(code=box(1)))
    plain.write(shop.ledger.path, change)
    assert any("settled" in problem for problem in check(shop.ledger.path).problems)
