"""A damaged read says what is wrong with it, and where that shows."""

from datetime import date, datetime, timedelta, timezone

import pytest

from pharmacy_desk.core.basics.policy import Policy
from pharmacy_desk.core.sale.judge import Bench, BoxFacts, judge
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.gui.words.verdicts import rows as verdict_words

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("scan", "shown"),
    [
        ("]d2010690123456789210ABC12321SN0001", "(10)ABC123 (21)SN0001"),
        ("]d2010690123456789221A\x1d21B", "(21)A (21)B"),
        ("]d201069012345678921727130121A", "(17)271301"),
        ("]d2010690123456789221A%1D10LOT7", "%1D"),
    ],
)
def test_the_evidence_of_a_damaged_gs1_code_is_shown(scan: str, shown: str) -> None:
    bench = Bench(None, frozenset(), TODAY, Policy(), 30)
    said = judge(recognise_text(scan, TODAY), BoxFacts(), bench)
    assert shown in verdict_words.verdict(said, NOW).evidence


def test_a_damage_without_evidence_is_one_sentence() -> None:
    bench = Bench(None, frozenset(), TODAY, Policy(), 30)
    said = judge(recognise_text("8436282044205340213", TODAY), BoxFacts(), bench)
    text = verdict_words.verdict(said, NOW).evidence
    assert text
    assert text == text.strip()
