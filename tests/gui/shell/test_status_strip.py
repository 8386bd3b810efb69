"""The strip's signs mean what they say: nothing set up is not "fine"."""

from datetime import datetime

import pytest

from pharmacy_desk.core.upload.outbox import QueueSummary
from pharmacy_desk.counter import news
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.shell.status_strip import SetUp, StatusStrip
from tests.gui.conftest import BOX

NOW = datetime.fromisoformat("2026-11-22T12:00:00+08:00")
OLD = datetime.fromisoformat("2026-11-22T11:00:00+08:00")


def _strip(qtbot, **setup) -> StatusStrip:
    whole = {"printer": "80 mm", "prints": True, "uploads": True, "settles": True}
    made = StatusStrip(SetUp(**(whole | {"training": False} | setup)))
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("missing", "part"), [("uploads", "upload"), ("settles", "settlement"), ("prints", "printer")]
)
def test_what_is_not_set_up_says_so_in_grey(qtbot, missing: str, part: str) -> None:
    button = _strip(qtbot, **{missing: False}).parts[part]
    assert button.text().startswith("○ ")
    assert theme.colours().quiet in button.styleSheet()
    there = _strip(qtbot).parts[part]
    assert there.text().startswith("○ ")
    assert "未用过" in there.text()
    assert "未设置" not in there.text()


PROOFS = {
    "scanner": (news.ScanArrived("wedge", NOW), news.ScannerState("wedge", "absent", "")),
    "printer": (news.Printed("R1", "file"), news.PrintFailed("R1", OSError())),
    "settlement": (
        news.LineState("settlement", True, NOW),
        news.LineState("settlement", False, NOW),
    ),
    "upload": (news.LineState("upload", True, NOW), news.LineState("upload", False, NOW)),
}


@pytest.mark.parametrize("part", PROOFS)
def test_a_dot_comes_with_the_first_proof_and_goes_with_the_first_fault(qtbot, part: str) -> None:
    strip = _strip(qtbot)
    button, (proof, fault) = strip.parts[part], PROOFS[part]
    assert button.text().startswith("○ ")
    assert theme.colours().quiet in button.styleSheet()
    assert button.toolTip().startswith("○")
    strip.hear(proof, NOW)
    assert button.text().startswith("● ")
    assert "未用过" not in button.text()
    assert theme.colours().quiet not in button.styleSheet()
    assert "2026-11-22 12:00" in button.toolTip()
    strip.hear(fault, NOW)
    assert button.text().startswith("▲ ")


@pytest.mark.parametrize("part", PROOFS)
def test_a_dot_needs_the_proof_of_its_own_part(qtbot, part: str) -> None:
    strip = _strip(qtbot)
    for other, (proof, _) in PROOFS.items():
        if other != part:
            strip.hear(proof, NOW)
    assert strip.parts[part].text().startswith("○ ")


def test_a_scan_at_the_counter_proves_the_scanner_it_came_from(shop) -> None:
    part = shop.window.strip.parts["scanner"]
    shop.scan(BOX)
    shop.settle()
    assert part.text().startswith("○ ")  # not typed by the keyboard scanner
    shop.scan(BOX, port="wedge")
    shop.settle()
    assert part.text().startswith("● ")


def test_a_line_that_is_not_set_up_stays_so_whatever_waits(qtbot) -> None:
    strip = _strip(qtbot, uploads=False, settles=False)
    strip.hear(news.LineState("upload", False, OLD, "no_platform"), NOW)
    strip.show_queue(QueueSummary(queued=12, oldest=OLD), NOW)
    text = strip.parts["upload"].text()
    assert text.startswith("○ 追溯上传未设置")
    assert "12" in text
    assert "断开" not in text
    assert "未设置" in strip.parts["settlement"].text()


def test_a_store_without_platform_says_so_at_its_counter(shop) -> None:
    parts = shop.window.strip.parts
    assert parts["upload"].text().startswith("○ 追溯上传未设置")
    assert parts["settlement"].text().startswith("○ 医保结算未设置")


def test_bad_and_warning_signs_have_their_colours(qtbot) -> None:
    strip = _strip(qtbot)
    strip.hear(news.LineState("upload", False, OLD, ""), NOW)
    assert strip.parts["upload"].text().startswith("▲ ")
    assert theme.ASK.ink in strip.parts["upload"].styleSheet()
    strip.show_queue(QueueSummary(refused=1), NOW)
    assert strip.parts["upload"].text().startswith("✕ ")
    assert theme.NO.ink in strip.parts["upload"].styleSheet()


def test_a_store_without_insurance_has_no_sign_of_settlement(qtbot):
    assert _strip(qtbot, designated=False).parts["settlement"].isHidden()
    assert not _strip(qtbot).parts["settlement"].isHidden()
