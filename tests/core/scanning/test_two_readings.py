"""The two readings of the published tables: the region profile's and the practice platform's.

Each was transcribed by itself; what they say differently stands here with its reason.
"""

from typing import Any

import pytest

from pharmacy_desk.adapters.resources import load_profile
from pharmacy_desk.core.upload.message import Sender, query_payload
from pharmacy_desk.core.upload.profile import Message
from pharmacy_desk.sandbox import tables

PROFILE = load_profile("generic")
SENDER = Sender("P44030000001", "示例大药房", "440300", "007", "营业员", "", "")

SALE_ONLY_HERE: dict[str, str] = {}
SALE_ONLY_THERE = {
    "prsc_dr_cert_type": "identity of the prescriber: optional, and never sent",
    "prsc_dr_certno": "identity of the prescriber: optional, and never sent",
    "phar_cert_type": "identity of the pharmacist: optional, and never sent",
    "phar_certno": "identity of the pharmacist: optional, and never sent",
    "psn_no": "identity of the buyer: optional, and never sent",
    "certno": "identity of the buyer: optional, and never sent",
    "psn_name": "identity of the buyer: optional, and never sent",
    "stoout_no": "no stock document of our own",
    "bchno": "an internal lot number, which we do not have",
    "drug_trac_codg": "the old flat field; the child list is sent instead",
    "shelf_posi": "no shelf places",
}
SALE_REQUIRED_BY_US = {
    "med_list_codg": "sent always; the platform wants it of insured lines",
    "prsc_dr_name": "sent always with a filler; the platform wants it of prescription drugs",
    "phar_name": "sent always with a filler; the platform wants it of prescription drugs",
    "phar_prac_cert_no": "sent always with a filler; the platform wants it of prescription drugs",
    "psn_cert_type": "sent always as the default; the platform wants it of insured lines",
    "expy_end": "an upload line is complete with its expiry only",
    "finl_trns_pric": "the price is always known",
}
RETURN_ONLY_THERE = {
    "psn_no": "identity of the buyer: optional, and never sent",
    "certno": "identity of the buyer: optional, and never sent",
    "psn_name": "identity of the buyer: optional, and never sent",
}
RETURN_REQUIRED_BY_US = {
    "psn_cert_type": "sent always as the default",
    "expy_end": "an upload line is complete with its expiry only",
    "finl_trns_pric": "the price is always known",
    "memo": "the reason of a return is always asked",
    "medins_prod_sel_no": "a return always names its sale line",
}
COUNT_REQUIRED_BY_US = {"manu_lotnum": "an upload line is complete with its lot only"}
CHANGE_REQUIRED_BY_US = {"inv_chg_opter_name": "who did it is always known"}
PURCHASE_ONLY_THERE = {
    "spler_pmtno": "the supplier's licence number is not kept",
    "purc_invo_codg": "the invoice comes later than the goods",
    "purc_invo_no": "the invoice comes later than the goods",
    "prod_geay_flag": "a delivery does not say which of its lines are gifts",
}
PURCHASE_RETURN_ONLY_THERE = {
    "spler_pmtno": "the supplier's licence number is not kept",
    "purc_invo_codg": "of an invoice only the number is asked",
    "medins_prod_purc_no": "goods sent back are not traced to one purchase",
}


@pytest.mark.parametrize(
    ("message", "infno", "only_here", "only_there", "always"),
    [
        (PROFILE.sale, "3505A", SALE_ONLY_HERE, SALE_ONLY_THERE, SALE_REQUIRED_BY_US),
        (PROFILE.sale_return, "3506A", {}, RETURN_ONLY_THERE, RETURN_REQUIRED_BY_US),
        (PROFILE.count, "3501A", {}, {}, COUNT_REQUIRED_BY_US),
        (PROFILE.change, "3502A", {}, {}, CHANGE_REQUIRED_BY_US),
        (PROFILE.purchase, "3503A", {}, PURCHASE_ONLY_THERE, {}),
        (PROFILE.purchase_return, "3504A", {}, PURCHASE_RETURN_ONLY_THERE, {}),
    ],
    ids=["sale", "return", "count", "change", "purchase", "purchase return"],
)
def test_the_two_readings_of_the_tables_differ_only_where_it_is_written_down(
    message: Message, infno: str, only_here: dict[str, str], only_there: dict[str, str],
    always: dict[str, str],
) -> None:  # fmt: skip
    there = tables.load().transactions[infno]
    ours = {field.name: field for field in message.fields}
    theirs = {field.name: field for field in there.fields}
    assert (message.infno, message.node, message.error_node) == (infno, there.node, there.errors)
    assert set(ours) - set(theirs) == set(only_here)
    assert set(theirs) - set(ours) == set(only_there)
    shared = set(ours) & set(theirs)
    widths = {"date": 10, "datetime": 19}
    lengths = {
        name: (ours[name].length, widths.get(theirs[name].kind, theirs[name].length))
        for name in shared
        if ours[name].length != widths.get(theirs[name].kind, theirs[name].length)
    }
    assert lengths == {}
    assert {name for name in shared if theirs[name].required and ours[name].omit_empty} == set()
    sent = {name for name in shared if not ours[name].omit_empty and not theirs[name].required}
    assert sent == set(always)


def test_both_readings_name_the_trace_node_and_the_addresses_alike() -> None:
    there = tables.load()
    assert PROFILE.trace_node == there.trace_node
    assert (PROFILE.trace_field, PROFILE.trace_length) == (
        there.trace_field.name, there.trace_field.length,
    )  # fmt: skip
    assert (PROFILE.transport.prefix, PROFILE.transport.single_path) == (there.prefix, there.single)
    named = {number: path for number, path in PROFILE.paths.items() if number[:4] in there.paths}
    assert {number: there.paths[number[:4]] for number in named} == named
    # The queries have no published path: the practice platform takes them at any address.
    # Nor have electronic prescriptions (7203, 7205, 7206).
    unpublished = {"3508", "3509", "3510", "3513", "7203", "7205", "7206"}
    assert set(PROFILE.paths) - set(named) == unpublished
    assert {message.infno for message in PROFILE.messages} <= set(PROFILE.paths)


@pytest.mark.parametrize(
    ("message", "infno"),
    [
        (PROFILE.sale, "3513"), (PROFILE.sale_return, "3513"), (PROFILE.count, "3508"),
        (PROFILE.change, "3509"), (PROFILE.purchase, "3510"), (PROFILE.purchase_return, "3510"),
    ],
    ids=["sale", "return", "count", "change", "purchase", "purchase return"],
)  # fmt: skip
def test_both_readings_ask_alike_what_became_of_a_line(message: Message, infno: str) -> None:
    there = tables.load().transactions[infno]
    assert (message.query.infno, message.query.node) == (infno, there.node)
    asked: Any = query_payload(message.query, "K1", SENDER, PROFILE)[there.node]
    assert asked["fixmedins_bchno"] == "K1"
    assert set(asked) <= {field.name for field in there.fields}
    assert all(asked[field.name] for field in there.fields if field.required)
    assert set(message.query.row_keys) & set(there.columns) == {"fixmedinsBchno"}


def test_every_word_for_a_stock_change_is_in_the_platforms_dictionary() -> None:
    (kinds,) = (
        field.values
        for field in tables.load().transactions["3502A"].fields
        if field.name == "inv_chg_type"
    )
    said = {word for word in PROFILE.dictionaries["stock_change"].values() if word}
    assert said == {"101", "102", "103", "104", "105", "106", "107"}
    assert said <= set(kinds)


def test_both_readings_tell_alike_what_was_dispensed() -> None:
    there, ours = tables.load().transactions["7206"], PROFILE.dispensed
    assert ours is not None
    assert (ours.infno, ours.head_node, ours.node) == ("7206", there.node, there.details)
    for mine, theirs in ((ours.head, there.fields), (ours.fields, there.detail_fields)):
        assert {f.name for f in mine} == {f.name for f in theirs}
        lengths = {f.name: f.length for f in theirs if f.kind == "C"}
        assert all(f.length <= lengths[f.name] for f in mine if f.name in lengths)
        assert {f.name for f in theirs if f.required} <= {
            f.name for f in mine if not f.omit_empty
        }  # fmt: skip
