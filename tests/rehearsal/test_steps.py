"""The table of steps: every step of the contract is in it, with its words, its order, its keys."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.sale.tender import EXACT_CASH, Tender, Tendered, TenderKind
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.rehearsal.script import parse
from pharmacy_desk.rehearsal.steps import LATER, SPLIT, STEPS, Clerk, Read, read, wish
from pharmacy_desk.rehearsal.told import told_failure, told_of
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.options import Options
from pharmacy_desk.wiring.stock import StockDoors
from pharmacy_desk.wiring.till import tell_file
from tests.practice import practice_home

CONTRACTS = Path(__file__).parents[2] / "docs" / "contracts.md"
# One example of each step, and of words that it does not take.
GOOD = {
    "scan": "scan 84362820000000000001", "type": "type 84362820000000000001", "item": "item A1 2",
    "undo": "undo", "hold": "hold", "resume": "resume 1", "void": "void",
    "pay": "pay insured:chronic TRAIN1", "lot": "lot A1 L1 2026-01-02 2028-01-01",
    "map": "map 8436282 A1", "split": "split 84362820000000000001 3", "gift": "gift 1",
    "disease": "disease M01600", "duty": "duty on 001", "tender": "tender cash 1000 wechat 200",
    "shift": "shift open 10000", "day": "day close",
    "order": "order 美团 123", "receive": "receive in.csv", "transfer": "transfer out a.csv",
    "ticket": "ticket none.json",
    "stocktake": "stocktake a.csv", "recall": "recall lot L1", "return": "return last C 质量 问题",
    "cancel": "cancel last 顾客取消",
    "restore": "restore last C 扫错", "operator": "operator 001 123456",
    "approve": "approve 001 123456 看过 了", "unplug": "unplug", "replug": "replug", "kill": "kill",
    "wait": "wait 0.5", "offline": "offline upload", "online": "online", "expect": "expect OK",
    "expect_refused": "expect_refused APPROVAL", "expect_sales": "expect_sales 2",
    "shot": "shot one", "person": "person id 11010519491231002X 欧阳 示例",
    "rx": "rx P1 institution=示例 医院 area=440300 prescriber=张 date=2026-11-22 drugs=A1*2;A2*1",
}  # fmt: skip
BAD = (
    "item A1 two", "item", "undo 1", "resume x", "pay cash", "pay insured:other", "split C two",
    "lot A1 L1 2028-01-01 2026-01-02", "lot A1 L1 x y", "transfer away a.csv", "recall colour red",
    "wait long", "pay insured S1:1:2", "pay insured S1:a:b:c:d", "offline printer", "expect_sales many", "gift one", "rx 1", "rx 1 colour=red", "rx 1 drugs=A1", "rx electronic", "person passport 1", "person id", "ticket", "dance",
    "return last C", 'type "',
)  # fmt: skip


def contract() -> list[str]:
    """The first words of the steps in the contract's block, as it is written there."""
    text = CONTRACTS.read_text(encoding="utf-8")
    block = text.split("## 4. rehearse")[1].split("```")[1]
    block = re.sub(r"\([^)]*\)", "  ", block)
    parts = re.split(r"\s{2,}|\n|(?<=\S)\s\|\s", block)
    return [part.split()[0] for part in parts if part.strip()]


def test_every_step_of_the_contract_is_in_the_table_or_said_to_come_later() -> None:
    named = set(contract())
    assert named >= {"scan", "pay", "recall", "approve", "kill", "expect_sales", "ticket"}
    assert {name for name in named if name not in STEPS} == LATER


def test_each_step_has_an_example_here() -> None:
    assert set(GOOD) == set(STEPS)


@pytest.fixture(scope="module")
def clerk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clerk]:
    """A whole program without a window, as the steps wish of it; no file is where a step says."""
    home = practice_home(tmp_path_factory.mktemp("steps") / "home")
    counter = Counter(home, Options(own_practice_platform=False), lambda _: None)
    lane = Lane("import", lambda _: None)
    doors = StockDoors(counter, lane, lambda receiver, value: receiver(value))
    counter.start()
    yield Clerk(
        sale=counter.wishes,
        stock=counter.keeper,
        duty=counter.duty,
        day=counter.day,
        move=doors.move,
        ticket=lambda path: lane.wish(lambda: tell_file(counter.tickets, path)),
    )
    lane.stop()
    counter.stop()


@pytest.mark.parametrize("name", [name for name, row in STEPS.items() if row.wish])
def test_the_row_of_a_step_makes_its_wish_and_the_report_reads_the_answer(
    name: str, clerk: Clerk
) -> None:
    (step,) = parse(GOOD[name])
    wished = wish(clerk, step.name, step.words)
    failed = wished.exception(timeout=30)
    told = told_failure(failed) if failed else told_of(wished.result())
    assert (failed is not None) == (name in ("receive", "transfer", "stocktake", "ticket")), failed
    said = step.row.read(json.loads(json.dumps(told)))
    assert isinstance(said, Read)
    assert all(said.reasons), said


def test_what_the_rehearsal_does_by_itself_wishes_nothing_and_has_no_keys(clerk: Clerk) -> None:
    alone = [name for name, row in STEPS.items() if row.wish is None]
    assert {"scan", "kill", "expect"} <= set(alone)
    for name in alone:
        (step,) = parse(GOOD[name])
        assert step.row.keys(step.words) is None
        with pytest.raises(ValueError, match=name):
            wish(clerk, name, step.words)


@pytest.mark.parametrize("line", BAD)
def test_words_that_a_step_does_not_take_are_refused_with_the_line(line: str) -> None:
    with pytest.raises(WorldError) as failed:
        parse(f"# first\n{line}\n")
    assert failed.value.fault is Fault.SCRIPT_BAD
    assert failed.value.params["line"] == 2


def test_the_last_word_of_a_step_is_all_that_are_left(clerk: Clerk) -> None:
    (step,) = parse("recall supplier 示例 医药 公司")
    answer = wish(clerk, step.name, step.words).result(timeout=30)
    assert answer.value == "示例 医药 公司"


def test_tenders_are_told_with_the_next_payment_and_no_other(clerk: Clerk) -> None:
    (step,) = parse("tender cash 1000 commercial:P1 200")
    assert wish(clerk, step.name, step.words).result(timeout=30) is None
    assert clerk.tendered == Tendered(
        (Tender(TenderKind.CASH, 1000), Tender(TenderKind.COMMERCIAL, 200, "P1"))
    )
    (pay,) = parse("pay self")
    wish(clerk, pay.name, pay.words).result(timeout=30)
    assert clerk.tendered == EXACT_CASH


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("pay self", ["…", "F3", "Return"]),
        ("pay insured", ["…", "F2", "Return", "Return", SPLIT, "Return"]),
        ("pay insured:chronic", None), ("pay self S1", None), ("item A1", ["F1", "=A1", "Return"]),
        ("item A1 2", None), ("gift", ["Ctrl+G"]), ("gift 1", None), ("undo", ["Backspace"]),
        ("hold", ["F4"]), ("void", ["Esc", "Return"]), ("recall lot L1", None),
    ],
)  # fmt: skip
def test_the_keys_of_a_step_are_those_of_the_screen(line: str, keys: list[str] | None) -> None:
    (step,) = parse(line)
    assert step.row.keys(step.words) == keys


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"answer": "sale", "what": "item_added", "refused": False, "reasons": [], "boxes": []},
         Read(verdict="ITEM")),
        ({"answer": "sale", "what": "undone", "refused": False, "reasons": [], "boxes": []}, Read()),
        ({"answer": "sale", "what": "locked", "refused": True, "reasons": [], "boxes": []},
         Read(("locked",))),
        ({"answer": "sale", "what": "resumed", "refused": False, "reasons": ["NOT_PAYABLE"],
          "boxes": [{"code": "C"}]}, Read(("NOT_PAYABLE",), ({"code": "C"},))),
        ({"answer": "pay", "receipt": "R", "refused": ""}, Read()),
        ({"answer": "pay", "refused": "refused", "reasons": [], "boxes": []},
         Read(("NO_SETTLEMENT",), ())),
        ({"answer": "gate", "approvable": False, "reasons": ["MISSING_CODES"], "boxes": []},
         Read(("MISSING_CODES",), ())),
        ({"answer": "units", "left": 3, "refused": ""}, Read(verdict="OK_SPLIT")),
        ({"answer": "units", "left": 0, "refused": "too_many_units"}, Read(("too_many_units",))),
        ({"answer": "moved", "what": "partly_posted", "number": "M1", "boxes": 1,
          "refused": [{"code": "A", "why": "sold"}, {"code": "B", "why": "sold"}]},
         Read(("sold",))),
        ({"answer": "moved", "refused": "APPROVAL"}, Read(("APPROVAL",))),
        ({"answer": "failed", "fault": "DISK_FULL", "error": "no room"}, Read(("no room",))),
        ({"answer": "failed", "fault": "PERSON_NUMBER", "error": "x"}, Read(("PERSON_NUMBER",))),
        ({"answer": "map", "refused": "", "verdict": "OK"}, Read(verdict="OK")),
        ({"answer": "approval", "subject": "gate", "refused": "bad_pin", "then": None},
         Read(("bad_pin",))),
    ],
)  # fmt: skip
def test_an_answer_is_read_as_the_report_tells_it(told: dict[str, object], said: Read) -> None:
    assert read(told) == said


def test_a_yes_is_read_by_what_it_let_happen() -> None:
    then = {"answer": "moved", "refused": [{"code": "A", "why": "sold"}]}
    told = {"answer": "approval", "subject": "movement", "refused": "", "then": then}
    assert STEPS["approve"].read(told) == Read(("sold",))
    assert STEPS["approve"].read(told | {"then": None}) == Read()
