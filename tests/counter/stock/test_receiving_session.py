"""Receiving as a session of the clerk: scans, lacks, drafts and documents, without any window."""

from dataclasses import replace
from datetime import date

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.errors import Fault
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.stock.acceptance import Differs, Lack, NotCold
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.drafts import to_body
from pharmacy_desk.core.stock.files.delivery_file import DeliveryRow, ItemKey, KeyKind
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.core.stock.receiving import Match
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.counter.stock.movements import Wanted
from pharmacy_desk.counter.stock.receiving_session import ReceivingSession
from pharmacy_desk.counter.stock.wishes import Order
from pharmacy_desk.counter.views import receiving_view as view
from pharmacy_desk.counter.views.stock_answers import MoveDid, NotMoved
from tests import plain
from tests.conftest import box

LOT = Batch("L1", date(2026, 1, 2), date(2028, 1, 1))
KEY = ItemKey(KeyKind.ITEM_CODE, "Y1")


def note(quantity=2, supplier="示例医药"):
    return [
        DeliveryRow(
            row=2, number="SH-1", supplier=supplier, item_key=KEY, other_keys=(), lot=LOT.lot,
            made=LOT.made, expiry=LOT.expiry, quantity=quantity, price_fen=1200, codes=(),
            level=None,
        )
    ]  # fmt: skip


@pytest.fixture
def begin(shop, told, book, keeper):
    """Makes a session, as each start of the program does; scans go to the newest."""

    def make(tell=told.append):
        made = ReceivingSession(book, keeper, shop.clock, lambda: shop.settings, tell)
        shop.desk.sessions[ScanTarget.RECEIVING] = made.scan
        shop.desk.target = ScanTarget.RECEIVING
        return made

    return make


@pytest.fixture
def session(begin):
    return begin()


def scan(shop, code):
    shop.desk.scan(RawScan(code.encode(), "test", shop.clock.now()))


def shown(told):
    return next(one for one in reversed(told) if isinstance(one, news.ReceivingShown))


def lacks(answer):
    assert isinstance(answer, view.Lacking), answer
    return [one.lack for one in answer.missing]


def test_a_scan_goes_from_the_desk_to_the_session_and_is_told_once_it_is_on_the_disk(
    shop, begin, told, reader
):
    on_disk = []

    def tell(one):
        on_disk.append([draft.scanned for draft in reader.drafts.waiting()])
        told.append(one)

    begin(tell).open_note(note(), ())
    on_disk.clear()
    scan(shop, box(1))
    heard = shown(told)
    assert heard.scan_number == 1
    assert heard.answer.arrival.match is Match.IN_LIST
    assert [(t.scanned, t.missing) for t in heard.view.tallies] == [(1, 1)]
    assert on_disk == [[1]]


def test_everything_that_lacks_is_told_at_once_the_lot_first(shop, session):
    scan(shop, box(1))
    assert lacks(session.post()) == [Lack.LOT, Lack.SUPPLIER]
    session.set_batch(0, LOT)
    assert lacks(session.post()) == [Lack.SUPPLIER]
    session.name("示例医药", "SH-9", "", "")
    assert isinstance(session.post(), view.Posted)
    assert shop.ledger.boxes.record(box(1)).batch == LOT
    assert lacks(session.post()) == [Lack.BOXES, Lack.SUPPLIER]


@pytest.mark.parametrize(
    ("celsius", "arrived", "missing"),
    [
        ("", "", [Lack.CELSIUS, Lack.ARRIVED]),
        ("nan", "2026-11-22 09:30", [Lack.CELSIUS]),
        ("inf", "2026-11-22 09:30", [Lack.CELSIUS]),
        ("5", "yesterday", [Lack.ARRIVED]),
    ],
)
def test_cold_goods_lack_their_temperature_and_hour(shop, session, celsius, arrived, missing):
    plain.write(shop.ledger.path, "UPDATE items SET cold = 1 WHERE code = 'Y1'")
    session.open_note(note(1), ())
    scan(shop, box(1))
    session.name("示例医药", "SH-1", celsius, arrived)
    assert lacks(session.post()) == missing


def test_each_doubt_is_told_once_and_anew_after_a_scan(shop, session):
    plain.write(shop.ledger.path, "UPDATE items SET cold = 1 WHERE code = 'Y1'")
    session.open_note(note(3), ())
    scan(shop, box(1))
    session.name("示例医药", "SH-1", "8.1", "2026-11-22 09:30")
    assert session.post() == view.Doubtful(NotCold("8.1"))
    assert session.post() == view.Doubtful(Differs(2, 0, 0))
    scan(shop, box(2))
    assert session.post() == view.Doubtful(NotCold("8.1"))
    assert session.post() == view.Doubtful(Differs(1, 0, 0))
    assert isinstance(session.post(), view.Posted)


@pytest.mark.parametrize("celsius", ["2", "8", "2.0", "5.5"])
def test_two_to_eight_degrees_are_cold(shop, session, celsius):
    plain.write(shop.ledger.path, "UPDATE items SET cold = 1 WHERE code = 'Y1'")
    session.open_note(note(1), ())
    scan(shop, box(1))
    session.name("示例医药", "SH-1", celsius, "2026-11-22 09:30")
    assert isinstance(session.post(), view.Posted)


def test_a_refused_box_goes_into_a_document_of_its_own(shop, session, told):
    session.open_note(note(), ())
    scan(shop, box(1))
    scan(shop, box(2))
    assert session.refuse(box(2), "包装破损") == view.BoxRefused("包装破损")
    posted = session.post()
    assert (posted.moved, posted.back, len(posted.documents)) == (1, 1, 2)
    kinds = [one.kind for one in told if isinstance(one, news.Moved)]
    assert kinds == [MovementKind.DELIVERY, MovementKind.REFUSAL]
    assert shop.ledger.boxes.state(box(2)) is BoxState.REFUSED
    assert shown(told).view.documents == posted.documents
    assert check(shop.ledger.path).problems == ()


def test_an_expired_box_that_was_scanned_last_may_be_refused_in_writing(shop, session, told):
    old = replace(note(1)[0], expiry=date(2026, 1, 1))
    session.open_note([old], ())
    scan(shop, box(1))
    assert shown(told).view.refusable == box(1)
    assert session.refuse(box(7), "其他") == view.NothingToRefuse()
    session.refuse(box(1), "已过期")
    assert [b.refused for b in session.unfinished.receiving.boxes] == ["已过期"]


def test_a_kill_loses_no_box_whose_answer_was_told(shop, begin):
    first = begin()
    first.open_note(note(), (("#4", "quantity_bad"),))
    scan(shop, box(1))
    second = begin()  # a new life of the program over the same disk
    (waiting,) = second.offer(everything=False).waiting
    assert (waiting.reference, waiting.scanned) == ("SH-1", 1)
    assert second.take_up(waiting) == view.TakenUp(waiting)
    assert to_body(second.unfinished) == to_body(first.unfinished)


def test_put_aside_is_offered_again_only_when_everything_is_wanted(shop, session):
    assert session.put_aside() == view.NothingToPutAside()
    session.open_note(note(), ())
    scan(shop, box(1))
    assert session.put_aside() == view.PutAside()
    assert session.unfinished.receiving.empty
    assert session.offer(everything=False) is None
    (waiting,) = session.offer(everything=True).waiting
    assert session.discard(waiting) == view.Discarded(waiting)
    assert session.offer(everything=True) == view.NothingWaits()


def test_what_is_in_hand_waits_when_another_is_taken_up(shop, session, reader):
    session.open_note(note(), ())
    scan(shop, box(1))
    session.put_aside()
    session.open_note([replace(one, number="SH-2") for one in note()], ())
    scan(shop, box(2))
    (waiting,) = session.offer(everything=True).waiting
    session.take_up(waiting)
    assert session.unfinished.receiving.reference == "SH-1"
    assert sorted(one.reference for one in reader.drafts.waiting()) == ["SH-1", "SH-2"]


def test_a_full_disk_costs_no_box_and_the_next_answer_tries_again(
    shop, session, told, reader, disk
):
    session.open_note(note(), ())
    disk.fill("drafts")
    scan(shop, box(1))
    assert isinstance(shown(told).answer, view.NotKept)
    assert shown(told).answer.error.fault is Fault.DISK_FULL
    assert len(session.unfinished.receiving.boxes) == 1
    disk.clear()
    scan(shop, box(1))  # the same box again
    assert shown(told).answer.arrival.match is Match.TWICE
    assert reader.drafts.waiting()[0].scanned == 1


def test_a_disk_that_fails_at_the_second_document_leaves_the_rest_in_hand(shop, session, disk):
    session.open_note(note(), ())
    scan(shop, box(1))
    scan(shop, box(2))
    session.refuse(box(2), "其他")
    disk.fill("documents", 1)
    assert isinstance(session.post(), view.PostFailed)
    assert [b.code for b in session.unfinished.receiving.boxes] == [box(2)]
    disk.clear()
    assert isinstance(session.post(), view.Posted)
    assert check(shop.ledger.path).problems == ()


def test_what_stays_behind_stays_in_hand_with_its_reason(shop, session, keeper):
    session.open_note(note(), ())
    scan(shop, box(1))
    scan(shop, box(2))
    keeper.post(Order(MovementKind.DELIVERY, (Wanted(box(2), "Y1", LOT),), "示例医药", "SH-0"))
    posted = session.post()
    assert (posted.moved, posted.stayed) == (1, 1)
    assert [b.code for b in session.unfinished.receiving.boxes] == [box(2)]


def test_another_note_waits_until_what_is_scanned_is_posted(shop, session):
    session.open_note(note(), ())
    scan(shop, box(1))
    assert session.open_note(note(9), ()) == view.StillScanned(1)
    assert session.unfinished.receiving.rows[0].quantity == 2


def test_the_row_under_the_keyboard_decides_between_two_lots(shop, session, told):
    other = replace(note()[0], lot="L2", expiry=date(2028, 5, 1))
    session.open_note([note()[0], other], ())
    scan(shop, box(1))
    assert shown(told).answer.arrival.match is Match.WHICH_LOT
    assert session.choose(1) == view.RowChosen(1)
    scan(shop, box(1))
    assert session.unfinished.receiving.box(box(1)).row == 1


def test_a_file_is_received_beside_what_is_in_hand_and_told_at_once(shop, session, told):
    session.open_note(note(), ())
    scan(shop, box(1))
    orders = [
        Order(MovementKind.DELIVERY, (Wanted(box(n), "Y1", LOT),), "示例医药", f"SH-{n}")
        for n in (5, 6)
    ]
    moved = session.receive_file(orders, (NotMoved(None, "#9", "quantity_bad"),))
    assert (moved.what, moved.boxes, len(moved.documents)) == (MoveDid.PARTLY_POSTED, 2, 2)
    assert moved.why == "quantity_bad"
    assert news.Moved(MovementKind.DELIVERY, moved.documents, 2) in told
    assert [b.code for b in session.unfinished.receiving.boxes] == [box(1)]
    assert shop.ledger.boxes.record(box(5)).batch == LOT


def unknown(name="布洛芬胶囊", spec="0.3g×24粒", number="SH-1"):
    key = ItemKey(KeyKind.NAME, name, spec)
    (row,) = note()
    return replace(row, number=number, item_key=key, name=name, spec=spec)


def test_which_drug_a_suppliers_words_mean_is_asked_once_and_remembered(
    shop, session, told, reader, begin
):
    asked = session.open_note([unknown(), replace(unknown(), row=3, lot="L8")], ())
    assert shown(told).answer is None  # who wished has it
    assert isinstance(asked, view.WhichDrug)
    assert asked.likely[0].code == "Y1"
    answered = session.name_drug(asked.words, asked.likely[0])
    assert isinstance(answered, view.DrugNamed)
    assert [row.item.code for row in session.unfinished.receiving.rows] == ["Y1", "Y1"]
    scan(shop, box(1))
    session.choose(0)
    assert check(shop.ledger.path).problems == ()
    again = begin()
    assert isinstance(again.open_note([unknown(number="SH-2")], ()), view.Ready)
    assert again.unfinished.receiving.rows[0].item.code == "Y1"
    # Another supplier may mean another drug by the same words.
    other = begin()
    noted = other.open_note([replace(unknown(), supplier="别家医药")], ())
    assert isinstance(noted, view.WhichDrug)


def test_none_of_the_likely_is_an_answer_too_and_asked_again_only_by_a_person(
    shop, session, told, reader
):
    asked = session.open_note([unknown(), replace(unknown(name="某新药片"), row=3)], ())
    assert isinstance(session.name_drug(asked.words, None), view.Ready)
    assert session.unfinished.receiving.rows[0].item is None
    assert isinstance(session.ask_drug(0), view.WhichDrug)
    assert isinstance(session.ask_drug(1), view.NoneLikely)
    body = reader.drafts.unfinished(reader.drafts.waiting()[0].number)
    assert body.receiving.rows[0].words == asked.words


def test_a_note_that_tells_how_its_goods_came_fills_the_form_in(shop, session, told):
    row = replace(note(1)[0], celsius="4.5", arrived="2026-11-22 08:15")
    session.open_note((row,), ())
    assert (session.unfinished.celsius, session.unfinished.arrived) == ("4.5", "2026-11-22 08:15")
