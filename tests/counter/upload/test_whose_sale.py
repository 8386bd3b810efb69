"""Whose sale an upload tells: only where the region asks, out of the sealed record, never kept."""

import json
from dataclasses import replace
from typing import Any

import pytest

from pharmacy_desk.core.sale.patient import Patient
from pharmacy_desk.core.sale.sale import PaymentKind, Settlement
from pharmacy_desk.core.upload.profile_field import Field
from tests import plain
from tests.conftest import Shop, box
from tests.counter.upload.courier_kit import lost, work_of

SHE = Patient(
    "P7700001", cert_kind="03", cert_no="A10000002", certno="110101199003070476", name="示例乙",
    area="430100", insutype="310", sex="female", age=36,
)  # fmt: skip
SETTLED = Settlement("SETL1", "M1", fund_fen=1526, account_fen=654, cash_fen=0)


def _asking(shop: Shop) -> None:
    """A region whose 3505A asks for the person's number and identity card."""
    asked = (
        Field("psn_no", "psn_no", 30, omit_empty=True),
        Field("certno", "certno", 50, omit_empty=True),
    )
    sale = replace(shop.profile.sale, fields=(*shop.profile.sale.fields, *asked))
    shop.begin(replace(shop.profile, sale=sale))


def _sold(shop: Shop, whom: Patient | None = SHE) -> dict[str, Any]:
    """A settled sale for a person, carried to the platform: the message's body."""
    shop.scan(box(1))
    if whom:
        shop.open_sale.customer.see("A10000002")
        shop.open_sale.customer.learn(whom)
    shop.pay(PaymentKind.POOLED, SETTLED)
    at = work_of(shop)
    at.platform.answers = [lost]
    at.courier.round(everything=True)
    ((infno, body),) = at.platform.sent[:1]
    assert infno == "3505A"
    told: dict[str, Any] = json.loads(body)
    return told


def test_where_the_region_asks_the_person_is_told_and_lies_nowhere_in_the_clear(shop: Shop) -> None:
    _asking(shop)
    body = _sold(shop)
    (line,) = body["input"]["selinfoDetail"]
    assert (line["psn_no"], line["certno"]) == (SHE.psn_no, SHE.certno)
    assert (body["insuplc_admdvs"], body["mdtrtarea_admvs"]) == ("430100", "440300")
    opened = plain.rows(shop.ledger.path, "SELECT payload FROM events WHERE kind = 'sealed_opened'")
    assert [json.loads(row[0])["why"] for row in opened] == ["upload"]
    wal = shop.ledger.path.with_name(f"{shop.ledger.path.name}-wal")
    kept = shop.ledger.path.read_bytes() + wal.read_bytes()
    assert not [one for one in (SHE.psn_no, SHE.certno) if one.encode() in kept]


def test_where_it_does_not_nobody_is_told_and_nothing_opened(shop: Shop) -> None:
    (line,) = _sold(shop)["input"]["selinfoDetail"]
    assert not {"psn_no", "certno", "psn_name"} & line.keys()
    opened = plain.rows(shop.ledger.path, "SELECT 1 FROM events WHERE kind = 'sealed_opened'")
    assert not list(opened)


@pytest.mark.parametrize(
    ("whom", "told"), [(SHE, "2"), (replace(SHE, area="440300"), "1"), (replace(SHE, area=""), "1"),
                       (None, "1")],
)  # fmt: skip
def test_another_area_is_told_as_the_insurance_said_it(
    shop: Shop, whom: Patient | None, told: str
) -> None:
    (line,) = _sold(shop, whom)["input"]["selinfoDetail"]
    assert line["hi_feesetl_type"] == told
