"""Migrations are frozen; ledgers made between them open, or are refused with one sentence."""

import hashlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from pharmacy_desk.adapters.store import migrations
from pharmacy_desk.adapters.store.base import database, schema
from pharmacy_desk.adapters.store.base.upgrade import bring_up_to_date
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.policy import VerdictName
from tests.conftest import Shop

# SHA-256 of each committed migration. A line is added, never changed: homes have been through it.
FROZEN = {
    "m001_ledger": "9978cc6b189963b7f2e99b057c680e832330249cba65c716a0d8bf4970021cd7",
    "m002_custody": "63cda6629ff217e40771f7814fe6531da5eb039c5aa64dec6123400b028d3b40",
    "m006_queue": "6f5a8ed0040396b92e4c85eeacef8931c0cc9f9172198549afb1f2b991d84a67",
    "m007_settlements": "92b6f77480200d11d9c35d20bc5d5d0095c284186283b8631e53a110863fc1ef",
    "m008_claims": "4533d4cde56e8e08262bb4fc61237434b6d8b04707cd724d2d9e56a5902920e3",
    "m010_returns": "6578bf30a3b59a4288e0bbb45c6e8f96dc4c41416bbf3a038432e945c235766c",
    "m011_drugs": "2a88b65cbfa47cd98e5dc4c2e46b8c915678184f7c3eacf4b25e6726ac161c12",
    "m013_supplier_drugs": "23a7b9446f522de0b3dbd01d053c4595b1d33728cbc99276d9116de1e99ea337",
    "m014_prices": "94a1736137fe0944595f04454244c9d5c08a6c99d992386e42ab7e070a048ec3",
    "m015_persons": "a09fa706d3112c0d6703ba8bd064e2ce6664925c841a73bf818d77d8b9c32dee",
    "m016_cover": "1c7775c955a76ddc87323f020223db8d92dfdbd82e9393ee2cfc1d1bd38fbf1d",
    "m017_unheard": "4dea580ac2867fec5d62155e2bd729e4ef7bb532999a4243b05f8e6284d9e02b",
    "m018_duty": "9cf87ee0259cd1ecd84e9d138fcfd3f406ea86812423ace7cd66652ba8b794c6",
    "m019_register": "5c97b885c2c0b5ae4149ccb016b40e629eec670534894f219579c0848453345d",
    "m020_limits": "e820eaccf59c2e15657a442af396bc2423b549e7c0db228fe92452a99d5cf1a9",
    "m021_prescriptions": "bcfa0c26812ddc08a3cebe7d18a3d7be73a32df79edc197cce96a0e6af2bc267",
    "m022_undoings": "00ce6d984e82b99edb48f9c91816beb4d684b4529e2a2ee02fde6a6519dd1325",
    "m023_tenders": "b5912f4dd2f280b2e3a0dac9ddae48b2688b7e680eda86ea8c79b8deee422293",
    "m024_shifts": "f88ae0b432572cc46cc46b2308538be60566dc6bd21ac12b5c025dbec5941488",
    "m025_tickets": "4d3400894562b845c37ba46caafb4e5ffa86bf716620fadd74543d763460ca93",
    "m026_past": "19581a47d3fa88e958ea770d0f33c8f83889f11951c64d95e4ec922b8b6b0688",
}
SAVED = Path(__file__).parents[2] / "data" / "ledgers" / "unreleased"
# What the commit's own schema lacks of the migrations of the same names; None: it opens.
# Each ledger was made by the program of its commit: a paid sale of one box and an open one of
# another. The program of 27823fe did not start; of it there is the schema alone.
MADE_BY = {
    "8d924f8": "lots",
    "c7c04fc": None,
    "27823fe": "boxes_by_lot",
    "afd93ff": "boxes_by_lot",
    "91954d0": "boxes_by_lot",
    "e75693c": "no_code_by_item",
    "19b2959": None,
}
SOLD, OPEN = "84362821234567890124", "84362821234567890125"


def test_a_committed_migration_is_never_edited() -> None:
    folder = Path(str(migrations.__file__)).parent
    now = {
        path.stem: hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
        for path in sorted(folder.glob("m[0-9]*.py"))
    }
    assert now == FROZEN
    assert tuple(now) == schema.SCHEMA_NAMES


def test_the_digest_is_of_todays_schema(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    bring_up_to_date(path)
    conn = sqlite3.connect(path)
    try:
        assert schema.digest(conn) == schema.DIGEST
    finally:
        conn.close()
    assert database.is_current(path)


@pytest.fixture
def made_by(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A ledger as the program of a commit wrote it."""
    path = tmp_path / "ledger.db"
    conn = sqlite3.connect(path)
    conn.executescript((SAVED / f"{request.param}.sql").read_text(encoding="utf-8"))
    conn.close()
    return path


def test_every_saved_schema_is_opened_here() -> None:
    assert {path.stem for path in SAVED.glob("*.sql")} == set(MADE_BY)


@pytest.mark.parametrize("made_by", [c for c, lacks in MADE_BY.items() if not lacks], indirect=True)
def test_a_ledger_of_a_commit_opens(made_by: Path, open_ledger: Any, shop: Shop) -> None:
    ledger = open_ledger(made_by)
    assert check(made_by).problems == ()
    old = Shop(ledger, shop.clock, shop.profile)
    assert old.open_sale.sale is not None
    assert old.open_sale.sale.codes() == (OPEN,)
    assert old.scan(SOLD).name is VerdictName.SOLD_HERE


@pytest.mark.parametrize(
    ("made_by", "lacks"), [pair for pair in MADE_BY.items() if pair[1]], indirect=["made_by"]
)
def test_a_ledger_of_no_release_is_refused_untouched(made_by: Path, lacks: str) -> None:
    before = made_by.read_bytes()
    with pytest.raises(WorldError) as refused:
        bring_up_to_date(made_by)
    assert refused.value.fault is Fault.LEDGER_OF_NO_RELEASE
    assert refused.value.params["part"] == lacks
    assert made_by.read_bytes() == before
    assert not made_by.with_suffix(".before-upgrade.db").exists()


def test_what_was_put_in_beside_the_schema_hinders_nobody(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    bring_up_to_date(path)
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE notes_of_the_chain(note TEXT)")
    conn.close()
    bring_up_to_date(path)
    assert not database.is_current(path)
