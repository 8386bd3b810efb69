"""People at the counter: badges, the lock, lock-outs, and approvals of boxes that leave."""

import json

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.people.people import ApprovalRefusal, Operator, Right
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.movement import MovementKind as K
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import ApprovalDid
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.people.staff_wishes import StaffDid, StaffWishes
from pharmacy_desk.counter.stock.movements import Movements, Wanted
from pharmacy_desk.counter.stock.wishes import Order, StockWishes
from pharmacy_desk.counter.views.stock_answers import MoveDid
from tests import plain
from tests.conftest import NOON, OTC, Shop, box

MANAGER, CLERK = Operator("001", "王芳", "店长"), Operator("008", "李四", "营业员")
PIN = {"001": "135790", "008": "246810"}
BADGE = "OPCARDOFLISI23456789AB"
REASON = "找过两遍"


@pytest.fixture
def staffed(shop):
    for person in (MANAGER, CLERK):
        shop.ledger.people.put_operator(Actor(shop.clock.now(), ""), person, PIN[person.id])
    return shop


@pytest.fixture
def lane():
    made = Lane("desk", lambda error: pytest.fail(repr(error)))
    yield made
    made.stop()


@pytest.fixture
def keeper(staffed, lane):
    shop = staffed
    movements = Movements(
        sales=shop.ledger.sales,
        boxes=shop.ledger.boxes,
        catalogue=shop.ledger.catalogue,
        mappings=shop.ledger.map,
        events=shop.ledger.chain,
        who=shop.open_sale.who,
        open_sale=shop.open_sale,
        clock=shop.clock,
        settings=lambda: shop.settings,
        profile=shop.profile,
        wake_courier=lambda _: None,
    )
    return StockWishes(
        lane=lane,
        boxes=shop.ledger.boxes,
        drafts=shop.ledger.drafts,
        movements=movements,
        approvals=shop.desk.approvals,
        actor=shop.open_sale.who.actor,
        post=shop.news.append,
    )


@pytest.fixture
def staff(staffed, lane):
    desk = staffed.desk
    return StaffWishes(
        lane=lane,
        people=staffed.ledger.people,
        who=staffed.open_sale.who,
        roster=staffed.open_sale.roster,
        porter=desk.porter,
        approvals=desk.approvals,
        post=staffed.news.append,
    )


def raw(shop, text):
    shop.desk.scan(RawScan(text.encode(), "test", shop.clock.now()))
    return shop.news[-1]


def told(shop, kind):
    return [one for one in shop.news if isinstance(one, kind)]


def events(shop, *kinds):
    marks = ", ".join("?" * len(kinds))
    found = plain.rows(
        shop.ledger.path,
        f"SELECT kind, operator, payload FROM events WHERE kind IN ({marks}) ORDER BY seq",
        kinds,
    )
    return [(row["kind"], row["operator"], json.loads(row["payload"])) for row in found]


def clean(shop):
    return check(shop.ledger.path).problems


# --- badges -----------------------------------------------------------------------------------


def give_badge(shop, person="008", text=BADGE):
    shop.desk.porter.begin_enrolling(person)
    raw(shop, text)
    return raw(shop, text)


def test_a_card_is_enrolled_by_two_scans_and_switches_the_person_with_the_sale_open(staffed):
    staffed.scan(box(1))
    assert give_badge(staffed).scans == 2
    said = raw(staffed, BADGE)
    assert (said.operator, said.refused) == ("008", "")
    assert staffed.open_sale.who.operator == "008"
    staffed.scan(box(2))
    by = plain.rows(
        staffed.ledger.path,
        "SELECT code, operator FROM events WHERE kind = 'box_reserved' ORDER BY seq",
    )
    assert [tuple(row) for row in by] == [(box(1), "007"), (box(2), "008")]
    assert staffed.pay().operator == "008"
    assert clean(staffed) == ()


def test_the_text_of_a_badge_is_nowhere_but_on_the_card(staffed, tmp_path):
    give_badge(staffed)
    raw(staffed, BADGE)
    assert not any(BADGE in repr(one) for one in staffed.news)
    assert not any(BADGE in entry.shown for entry in staffed.desk.log.ring)
    staffed.ledger.chain.tidy()
    for file in staffed.ledger.path.parent.glob("ledger*"):
        assert BADGE.encode() not in file.read_bytes()


@pytest.mark.parametrize(
    ("policy", "role", "refused"),
    [("none", "营业员", "needs_pin"), ("staff", "营业员", ""), ("staff", "药师", ""),
     ("staff", "店长", "needs_pin"), ("staff", "信息员", "needs_pin"), ("all", "店长", "")],
)  # fmt: skip
def test_whose_badge_is_enough_is_what_the_setting_says(staffed, policy, role, refused):
    staffed.set(people__badge_alone=policy)
    staffed.ledger.people.put_operator(Actor(NOON, "001"), Operator("009", "赵六", role), "975310")
    give_badge(staffed, "009")
    assert raw(staffed, BADGE).refused == refused
    assert staffed.open_sale.who.operator == ("007" if refused else "009")


def test_a_badge_is_of_one_person_and_two_different_scans_are_none(staffed):
    give_badge(staffed)
    assert give_badge(staffed, "001").refused == "somebody_elses"
    staffed.desk.porter.begin_enrolling("001")
    raw(staffed, "OPSOMETHING1")
    assert raw(staffed, "OPSOMETHING2").refused == "not_the_same"
    assert raw(staffed, box(1)).refused == "not_a_badge"
    staffed.desk.porter.stop_enrolling()
    assert staffed.scan(box(1)).accepted
    assert clean(staffed) == ()


def test_a_withdrawn_badge_and_that_of_somebody_who_left_are_unknown_codes(staffed):
    give_badge(staffed)
    staffed.ledger.people.set_active(Actor(NOON, "001"), "008", active=False)
    assert isinstance(raw(staffed, BADGE), news.Judged)
    staffed.ledger.people.set_active(Actor(NOON, "001"), "008", active=True)
    assert raw(staffed, BADGE).operator == "008"
    staffed.ledger.people.set_badge(Actor(NOON, "001"), "008", None)
    assert isinstance(raw(staffed, BADGE), news.Judged)
    assert clean(staffed) == ()


def test_a_trace_code_never_asks_for_badges(staffed):
    give_badge(staffed)
    staffed.ledger.people.badge_holder = lambda _: pytest.fail(
        "a trace code was looked for as a badge"
    )
    assert staffed.scan(box(1)).accepted


# --- PINs -------------------------------------------------------------------------------------


def test_lock_outs_grow_survive_a_restart_and_are_told_without_the_pin(staffed, open_ledger):
    def wrong(times):
        return [staffed.open_sale.who.sign_in("008", "000000") for _ in range(times)]

    assert wrong(5) == ["bad_pin"] * 5
    assert staffed.open_sale.who.sign_in("008", PIN["008"]) == "locked_out"
    again = open_ledger(staffed.ledger.path)
    assert again.people.prove(Actor(NOON, "007"), "008", PIN["008"]) == "locked_out"
    again.chain.conn.close()
    staffed.clock.advance(301)
    assert wrong(4) == ["bad_pin"] * 4
    assert wrong(1) == ["bad_pin"]
    staffed.clock.advance(599)
    assert staffed.open_sale.who.sign_in("008", PIN["008"]) == "locked_out"
    staffed.clock.advance(2)
    assert staffed.open_sale.who.sign_in("008", PIN["008"]) == CLERK
    counts = [payload["tries"] for _, _, payload in events(staffed, "pin_refused")]
    assert counts == list(range(1, 11))
    assert "000000" not in str(events(staffed, "pin_refused", "pin_accepted"))
    assert clean(staffed) == ()


def test_a_number_nobody_has_is_not_kept_it_may_be_a_pin(staffed):
    assert staffed.open_sale.who.sign_in("482615", "008") == "bad_pin"
    assert events(staffed, "pin_refused") == [("pin_refused", "007", {"id": None})]


def test_a_manager_frees_a_number_and_a_new_pin_frees_it_too(staffed, staff, lane):
    for free in (lambda: staff.free("008"), lambda: staff.keep(CLERK, "864201")):
        for _ in range(5):
            staffed.open_sale.who.sign_in("008", "000000")
        assert staffed.open_sale.who.sign_in("008", PIN["008"]) == "locked_out"
        free()
        lane.call(lambda: None)
    assert staffed.open_sale.who.sign_in("008", "864201") == CLERK
    assert clean(staffed) == ()


def test_a_locked_out_person_is_kept_out_by_badge_too(staffed):
    give_badge(staffed)
    for _ in range(5):
        staffed.open_sale.who.sign_in("008", "000000")
    assert raw(staffed, BADGE).refused == "locked_out"


# --- the lock ---------------------------------------------------------------------------------


def test_a_locked_counter_takes_no_scan_and_keeps_the_sale(staffed, open_ledger):
    staffed.scan(box(1))
    staffed.desk.porter.lock("key")
    assert isinstance(raw(staffed, box(2)), news.ScannedWhileLocked)
    assert staffed.desk.log.ring[-1].answer == "locked"
    assert staffed.open_sale.refresh().codes() == (box(1),)
    assert staffed.ledger.basket.earlier(box(2)) is None
    again = open_ledger(staffed.ledger.path)
    assert again.people.counter_locked
    again.chain.conn.close()
    staffed.desk.porter.sign_in("008", "000000")
    assert staffed.desk.porter.locked
    staffed.desk.porter.sign_in("008", PIN["008"])
    assert not staffed.desk.porter.locked
    assert staffed.scan(box(2)).accepted
    assert staffed.pay().codes() == (box(1), box(2))
    assert clean(staffed) == ()


def test_a_badge_unlocks(staffed):
    give_badge(staffed)
    staffed.desk.porter.lock("idle")
    assert raw(staffed, BADGE).refused == ""
    assert not staffed.desk.porter.locked


def test_a_store_nobody_could_sign_in_to_is_not_locked(shop):
    shop.desk.porter.lock("idle")
    assert shop.news == [news.CounterLocked(False)]
    assert shop.scan(box(1)).accepted


# --- approvals --------------------------------------------------------------------------------


def receive(shop, keeper, *numbers):
    wanted = tuple(Wanted(box(n), OTC.code, OTC.batch) for n in numbers)
    return keeper.lane.call(lambda: keeper.post(Order(K.DELIVERY, wanted, "示例医药公司")))


def leave(shop, keeper, kind, *numbers):
    order = Order(kind, tuple(Wanted(box(n)) for n in numbers), "二店", reason="破损")
    return keeper.lane.call(lambda: keeper.move((order,), ()))


@pytest.mark.parametrize(
    ("kind", "asked"),
    [(K.LOSS, True), (K.DESTRUCTION, True), (K.OTHER_OUT, True), (K.TRANSFER_OUT, False),
     (K.TO_SUPPLIER, False)],
)  # fmt: skip
def test_what_makes_a_box_vanish_is_approved_first(staffed, keeper, kind, asked):
    receive(staffed, keeper, 1)
    answer = leave(staffed, keeper, kind, 1)
    assert answer.what is (MoveDid.APPROVAL_AWAITED if asked else MoveDid.POSTED)
    if asked:
        assert isinstance(staffed.news[-1], news.ApprovalWanted)
        assert staffed.ledger.boxes.state(box(1)) is BoxState.ON_SHELF
        staffed.desk.approvals.answer("001", PIN["001"], REASON)
        answer = answer.later.result(timeout=0)
        (posted,) = [p for _, _, p in events(staffed, "document_posted") if p["kind"] == kind]
        assert posted["approver"] == "001"
        ((_, asker, given),) = events(staffed, "approval_given")
        assert (asker, given["approver"], given["reason"]) == ("007", "001", REASON)
    assert (answer.what, answer.boxes) == (MoveDid.POSTED, 1)
    assert clean(staffed) == ()


@pytest.mark.parametrize("kind", [K.DELIVERY, K.TRANSFER_IN, K.REFUSAL, K.OTHER_IN])
def test_what_comes_in_is_never_asked_about(staffed, keeper, kind):
    order = Order(kind, (Wanted(box(1), OTC.code, OTC.batch),), "示例医药公司")
    answer = keeper.lane.call(lambda: keeper.move((order,), ()))
    assert (answer.what, answer.boxes) == (MoveDid.POSTED, 1)


def test_the_setting_says_which_documents_are_approved(staffed, keeper):
    staffed.set(approval__loss="none", approval__transfer_out="approve")
    receive(staffed, keeper, 1, 2)
    assert leave(staffed, keeper, K.LOSS, 1).what is MoveDid.POSTED
    assert leave(staffed, keeper, K.TRANSFER_OUT, 2).what is MoveDid.APPROVAL_AWAITED


@pytest.mark.parametrize(
    ("person", "pin", "reason", "refused"),
    [("001", "000000", REASON, "bad_pin"), ("008", PIN["008"], REASON, "role_too_low"),
     ("001", PIN["001"], " ", "no_reason"), ("555", "000000", REASON, "bad_pin"),
     ("001", PIN["001"], "11010519491231002X", "personal_reason")],
)  # fmt: skip
def test_an_approval_that_is_none_moves_nothing_and_waits_on(
    staffed, keeper, person, pin, reason, refused
):
    receive(staffed, keeper, 1)
    leave(staffed, keeper, K.LOSS, 1)
    assert staffed.desk.approvals.answer(person, pin, reason).result().what == refused
    assert staffed.ledger.boxes.state(box(1)) is BoxState.ON_SHELF
    staffed.desk.approvals.answer("001", PIN["001"], REASON)
    assert staffed.ledger.boxes.state(box(1)) is BoxState.MISSING


def test_who_asks_approves_only_where_one_person_runs_the_store(staffed, keeper):
    staffed.open_sale.who.sign_in("001", PIN["001"])
    receive(staffed, keeper, 1)
    leave(staffed, keeper, K.LOSS, 1)
    own = staffed.desk.approvals.answer("001", PIN["001"], REASON).result()
    assert own.what is ApprovalDid.OWN
    staffed.set(approval__single_person=True)
    staffed.desk.approvals.answer("001", PIN["001"], REASON)
    assert staffed.ledger.boxes.state(box(1)) is BoxState.MISSING
    assert clean(staffed) == ()


def test_wrong_pins_of_an_approval_lock_the_number_too(staffed, keeper):
    receive(staffed, keeper, 1)
    leave(staffed, keeper, K.LOSS, 1)
    for _ in range(5):
        staffed.desk.approvals.answer("001", "000000", REASON)
    sixth = staffed.desk.approvals.answer("001", PIN["001"], REASON).result()
    assert sixth.what is ApprovalDid.LOCKED_OUT
    assert staffed.open_sale.who.sign_in("001", PIN["001"]) == "locked_out"


def test_nobody_approves_and_the_screen_hears_that_nothing_moved(staffed, keeper):
    receive(staffed, keeper, 1)
    awaited = leave(staffed, keeper, K.LOSS, 1)
    staffed.desk.approvals.drop()
    moved = awaited.later.result(timeout=0)
    assert (moved.what, moved.number, moved.why) == (MoveDid.NOT_APPROVED, None, "not_approved")
    assert staffed.ledger.boxes.state(box(1)) is BoxState.ON_SHELF
    late = staffed.desk.approvals.answer("001", PIN["001"], REASON).result()
    assert late.what is ApprovalDid.NOTHING


def test_only_the_differences_that_were_shown_are_approved(staffed, keeper):
    values = dict(staffed.settings.values) | {"approval.count": "approve"}
    staffed.settings = staffed.settings.__class__(values, staffed.settings.practice)
    receive(staffed, keeper, 1, 2, 3)

    def take():
        place = frozenset({OTC.code})
        keeper.lane.call(lambda: keeper.stock_take([box(1)], (), place))

    take()
    assert staffed.news[-1].request.boxes == 2
    staffed.sell(box(3))
    stale = staffed.desk.approvals.answer("001", PIN["001"], REASON).result()
    assert stale.what is ApprovalDid.CHANGED
    assert ApprovalRefusal.CHANGED in [one.ended for one in told(staffed, news.ApprovalAnswered)]
    assert staffed.ledger.boxes.state(box(2)) is BoxState.ON_SHELF
    take()
    staffed.desk.approvals.answer("001", PIN["001"], REASON)
    assert staffed.ledger.boxes.state(box(2)) is BoxState.MISSING
    assert clean(staffed) == ()


def test_a_lock_drops_what_waits_for_approval(staffed, keeper):
    receive(staffed, keeper, 1)
    leave(staffed, keeper, K.LOSS, 1)
    staffed.desk.porter.lock("key")
    assert staffed.desk.approvals.waiting is None
    assert staffed.ledger.boxes.state(box(1)) is BoxState.ON_SHELF


def test_a_role_that_may_not_asks_somebody_who_may(staffed):
    done = []
    staffed.open_sale.who.sign_in("008", PIN["008"])
    staffed.desk.approvals.need(Right.SETTINGS, lambda: done.append("changed"))
    assert done == []
    staffed.desk.approvals.answer("001", PIN["001"], REASON)
    assert done == ["changed"]
    assert events(staffed, "approval_given")[0][2]["what"] == "settings"


# --- staff ------------------------------------------------------------------------------------


def did(wished):
    return wished.result(timeout=5).what


def test_the_first_person_is_a_manager_and_the_last_manager_stays(shop, lane):
    staff = StaffWishes(
        lane=lane,
        people=shop.ledger.people,
        who=shop.open_sale.who,
        roster=shop.open_sale.roster,
        porter=shop.desk.porter,
        approvals=shop.desk.approvals,
        post=shop.news.append,
    )
    assert did(staff.keep(CLERK, "246810")) is StaffDid.FIRST_MANAGER
    assert not told(shop, news.PeopleChanged)
    assert did(staff.keep(MANAGER, "135790")) is StaffDid.KEPT
    assert did(staff.keep(CLERK, "246810")) is StaffDid.KEPT
    assert [one.operator for one in told(shop, news.PeopleChanged)] == ["001", "008"]
    for wish in (
        lambda: staff.set_active("001", active=False),
        lambda: staff.keep(Operator("001", "王芳", "药师"), None),
    ):
        assert did(wish()) is StaffDid.LAST_MANAGER
    staff.keep(Operator("002", "赵六", "店长"), "975310")
    assert did(staff.set_active("001", active=False)) is StaffDid.LEFT
    assert [(p.operator.id, p.active) for p in shop.ledger.people.people()] == [
        ("001", False), ("002", True), ("008", True),
    ]  # fmt: skip
    assert clean(shop) == ()


@pytest.mark.parametrize(
    ("person", "pin", "refused"),
    [(Operator("", "王", "店长"), "246810", "incomplete"), (Operator("9", "", "店长"), "246810", "incomplete"),
     (Operator("9", "王", "老板"), "246810", "no_such_role"), (Operator("9", "王", "店长"), None, "no_pin"),
     (Operator("9", "王", "店长"), "1234", "short"), (Operator("9", "王", "店长"), "111111", "plain")],
)  # fmt: skip
def test_what_is_filled_in_badly_is_not_kept(staffed, staff, lane, person, pin, refused):
    assert did(staff.keep(person, pin)).value == refused
    assert len(staffed.ledger.people.people()) == 2


def test_a_clerk_changes_people_only_with_the_managers_yes(staffed, staff, lane):
    staffed.open_sale.who.sign_in("008", PIN["008"])
    wished = staff.keep(Operator("009", "新人", "营业员"), "975310")
    lane.call(lambda: None)
    assert isinstance(staffed.news[-1], news.ApprovalWanted)
    assert not wished.done()
    staffed.desk.approvals.drop()
    assert did(wished) is StaffDid.NOT_APPROVED
    assert staffed.ledger.people.operator("009") is None


def test_a_made_badge_signs_in(staffed, staff, lane):
    made = staff.make_badge("008").result(timeout=5)
    assert made.what is StaffDid.BADGE_MADE
    assert made.badge not in repr(made)
    assert raw(staffed, made.badge).operator == "008"
    assert clean(staffed) == ()


@pytest.mark.parametrize(
    "change",
    ["UPDATE operators SET role = '店长' WHERE id = '008'",
     "UPDATE operators SET tries = 0, locked_until = NULL WHERE id = '008'",
     "UPDATE operators SET badge_hash = 'x' WHERE id = '001'",
     "UPDATE operators SET active = 0 WHERE id = '008'", "DELETE FROM operators WHERE id = '008'",
     "INSERT INTO operators(id, name, role, pin_hash, active) VALUES ('6', 'x', '店长', 'x', 1)",
     "INSERT INTO home(name, value) VALUES ('locked.01', 'x')"],
)  # fmt: skip
def test_a_person_changed_by_hand_is_found(staffed, change):
    for _ in range(5):
        staffed.open_sale.who.sign_in("008", "000000")
    assert clean(staffed) == ()
    plain.write(staffed.ledger.path, change)
    assert any("people" in problem for problem in clean(staffed))


def test_a_document_whose_approval_is_missing_is_found(staffed, keeper):
    receive(staffed, keeper, 1)
    leave(staffed, keeper, K.LOSS, 1)
    staffed.desk.approvals.answer("001", PIN["001"], REASON)
    conn = staffed.ledger.chain.conn
    conn.execute("DROP TRIGGER events_are_never_deleted")
    conn.execute("DELETE FROM events WHERE kind = 'approval_given'")
    assert any("people: document" in problem for problem in clean(staffed))


def test_who_is_not_in_the_list_has_a_clerks_rights_once_people_are_set_up(shop: Shop):
    shop.settings = shop.settings.__class__({"operator.id": "042"}, practice=False)
    assert shop.open_sale.who.role == "店长"
    shop.ledger.people.put_operator(Actor(NOON, ""), MANAGER, "135790")
    assert shop.open_sale.who.role == "营业员"
