"""What names a person lies sealed: proved while it is there, erased for good, the chain verifies."""

import sqlite3
from dataclasses import replace
from datetime import date, timedelta

import pytest

from pharmacy_desk.adapters.secrets import RecordSealer, Secrets
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.people.identity import ProofKind, Sex
from pharmacy_desk.core.people.sealing import SealedKind
from pharmacy_desk.core.sale.person import InsuredFacts, Relation, SalePerson
from tests.conftest import NOON, OTC, box

WHO, NAME, BEARER = "11010519491231002X", "欧阳示例", "司马代购"
UNTIL = date(2028, 11, 22)
SEEN = SalePerson(
    kind=ProofKind.ID,
    masked="11********2X",
    name_masked="欧**",
    sex=Sex.FEMALE,
    age=76,
    fingerprint="ab" * 32,
    insured=InsuredFacts(area="440300", other_area=False, insurance_type="310"),
)


def _said(ledger: SqliteLedger) -> str:
    return "\n".join(
        row["kind"] + row["payload"]
        for row in ledger.chain.conn.execute("SELECT kind, payload FROM events ORDER BY seq")
    )


def _hidden(ledger: SqliteLedger, *words: str) -> None:
    """None of the words stands in an event, nor in the file or its log."""
    told = _said(ledger)
    for path in ledger.path.parent.glob("ledger.db*"):
        held = path.read_bytes()
        for word in words:
            assert word not in told
            assert word.encode() not in held


@pytest.fixture
def sealing(ledger, tmp_path, shop):
    """The shop's ledger with a real sealer."""
    ledger.sealed._sealer = RecordSealer(Secrets(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return ledger


def _see(shop, ledger):
    shop.scan(box(1))
    sale = shop.open_sale.sale.number
    seen = ledger.persons.see(
        shop.open_sale.who.actor(), sale, SEEN, {"number": WHO, "name": NAME}, UNTIL
    )
    return sale, seen


def test_a_person_is_loaded_with_the_sale_and_names_nobody(shop, sealing):
    sale, seen = _see(shop, sealing)
    sealing.persons.tell_bearer(shop.open_sale.who.actor(), sale, Relation.CHILD, BEARER, UNTIL)
    person = sealing.sales.load_sale(sale).person
    assert person.record == seen.record
    assert (person.kind, person.sex, person.age) == (ProofKind.ID, Sex.FEMALE, 76)
    assert person.insured == InsuredFacts(seen.record, "440300", False, "310")
    assert person.bearer.relation is Relation.CHILD
    assert person.bearer.name_masked == "司**"
    assert person.proved
    _hidden(sealing, WHO, NAME, BEARER)
    assert check(sealing.path).problems == ()


def test_opening_is_an_event_that_says_who_which_and_why(shop, sealing):
    _, seen = _see(shop, sealing)
    data = sealing.sealed.open(Actor(NOON, "009"), seen.record, "register shown")
    assert data == {"number": WHO, "name": NAME}
    row = sealing.chain.conn.execute(
        "SELECT operator, payload FROM events WHERE kind = 'sealed_opened'"
    ).fetchone()
    assert row["operator"] == "009"
    assert seen.record in row["payload"]
    assert "register shown" in row["payload"]
    assert sealing.sealed.open(Actor(NOON, "009"), "0" * 32, "look") is None


def test_a_picture_is_sealed_too(sealing):
    record = sealing.sealed.keep(
        Actor(NOON, "007"), SealedKind.PRESCRIPTION, {"picture": b"\x89PNG\x00"}, UNTIL
    )
    assert sealing.sealed.open(Actor(NOON, "007"), record, "shown") == {"picture": b"\x89PNG\x00"}


def test_past_its_time_the_key_is_destroyed_and_the_chain_still_verifies(shop, sealing):
    sale, seen = _see(shop, sealing)
    shop.pay()
    before = sealing.chain.conn.execute("SELECT wrapped_key FROM sealed_records").fetchone()[0]
    assert before in sealing.path.read_bytes() + sealing.path.with_suffix(".db-wal").read_bytes()
    late = Actor(NOON + timedelta(days=740), "007")
    assert sealing.sealed.drop_due(Actor(NOON, "007")) == 0
    assert sealing.sealed.drop_due(late) == 0  # nothing was done since: the clock may be wrong
    passed = Actor(NOON + timedelta(days=732), "007").event(EventKind.LESSON_BEGUN)
    sealing.chain.note(passed)
    assert sealing.sealed.drop_due(late) == 1
    assert sealing.sealed.drop_due(late) == 0
    for path in sealing.path.parent.glob("ledger.db*"):
        assert before not in path.read_bytes()
    assert sealing.sealed.open(late, seen.record, "look") is None
    person = sealing.sales.load_sale(sale).person
    assert (person.masked, person.name_masked, person.fingerprint, person.age) == (
        "",
        "",
        None,
        None,
    )
    assert check(sealing.path).problems == ()


def test_a_register_keeps_the_record_longer(shop, sealing):
    _, seen = _see(shop, sealing)
    later = date(2031, 11, 22)
    sealing.sealed.prolong(shop.open_sale.who.actor(), seen.record, SealedKind.REGISTER, later)
    passed = Actor(NOON + timedelta(days=732), "007").event(EventKind.LESSON_BEGUN)
    sealing.chain.note(passed)
    assert sealing.sealed.drop_due(Actor(NOON + timedelta(days=740), "007")) == 0
    assert check(sealing.path).problems == ()


def test_payment_and_register_are_one_transaction(shop, sealing, clock):
    """What fails while the register is written leaves the sale open, and nothing half done."""
    cold = replace(OTC, code="E1", identifications=("8111111",), barcodes=(), ephedrine=True)
    sealing.catalogue.put_items(Actor(NOON, "007"), [cold])
    shop.scan(box(1, cold))
    shop.open_sale.customer.see(WHO, name=NAME)
    conn = sealing.chain.conn
    conn.execute(
        "CREATE TEMP TRIGGER stop BEFORE INSERT ON main.register_entries"
        " BEGIN SELECT RAISE(ABORT, 'stopped'); END"
    )
    with pytest.raises((WorldError, sqlite3.Error)):
        shop.pay()
    assert sealing.sales.current_sale().lines
    assert conn.execute("SELECT count(*) FROM outbox").fetchone()[0] == 0
    assert check(sealing.path).problems == ()
    conn.execute("DROP TRIGGER temp.stop")
    shop.open_sale.refresh()
    shop.pay()
    assert conn.execute("SELECT count(*) FROM register_entries").fetchone()[0] == 1
    assert check(sealing.path).problems == ()


def test_a_voided_sale_forgets_whom_it_was_for(shop, sealing):
    sale, seen = _see(shop, sealing)
    shop.open_sale.ending.void()
    assert sealing.sales.load_sale(sale).person is None
    assert sealing.sealed.open(shop.open_sale.who.actor(), seen.record, "look") is None
    assert check(sealing.path).problems == ()


def test_who_is_seen_anew_takes_the_place_of_who_was_there(shop, sealing):
    sale, first = _see(shop, sealing)
    second = sealing.persons.see(
        shop.open_sale.who.actor(),
        sale,
        SalePerson(kind=ProofKind.VOUCHER, masked="12****34"),
        {},
        UNTIL,
    )
    assert second.record is None
    assert second.fingerprint is None
    assert sealing.sealed.open(shop.open_sale.who.actor(), first.record, "look") is None
    assert check(sealing.path).problems == ()


def test_an_unpaid_sale_keeps_its_person_through_a_new_epoch(shop, sealing, open_ledger, clock):
    _see(shop, sealing)
    path = sealing.path
    sealing.close()
    again = open_ledger(path, place="elsewhere")
    sale = again.sales.current_sale()
    assert (sale.person.kind, sale.person.masked) == (ProofKind.ID, "11********2X")
    assert check(path).problems == ()


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE sale_persons SET age = 12", "person: of sale"),
        ("UPDATE sale_persons SET fingerprint = 'other'", "person: of sale"),
        ("UPDATE sale_persons SET salt = NULL", "person: of sale"),
        ("DELETE FROM sale_persons", "person: sale"),
        ("UPDATE sealed_records SET sealed = x'00'", "sealed: record"),
        ("UPDATE sealed_records SET kept_until = '2027-01-01'", "sealed: record"),
        ("UPDATE sealed_records SET wrapped_key = NULL, sealed = NULL, dropped_at = at", "sealed:"),
        ("DELETE FROM sealed_records", "sealed: record"),
    ],
)
def test_what_was_changed_behind_the_chain_is_found(shop, sealing, sql, told):
    _see(shop, sealing)
    sealing.chain.conn.execute(sql)
    assert any(problem.startswith(told) for problem in check(sealing.path).problems)
