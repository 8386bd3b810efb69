"""The drill over random days itself: it passes on the program, and finds what it must find."""

from pathlib import Path

import pytest

from pharmacy_desk.counter.sale.parts.boxes import Boxes
from pharmacy_desk.counter.sale.second_look import SecondLook
from tests.drills.days import Days, drill


def test_a_few_random_days_end_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert drill(4, 20261122) == []
    assert "4 random days" in capsys.readouterr().out


def _found(folder: Path, seed: int) -> list[str]:
    folder.mkdir()
    life = Days(folder, seed)
    faults: list[str] = []
    while not faults and life.day < 10:
        faults = life.live()
    life.store.close()
    return faults


@pytest.mark.parametrize(("part", "lost"), [(SecondLook, "judged"), (Boxes, "found_again")])
def test_the_days_find_a_till_that_does_not_look_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: type[object], lost: str
) -> None:
    # A till as it was: facts that come late are not asked for, a missing box is not booked in.
    monkeypatch.setattr(part, lost, lambda self, *_: {})
    assert any(_found(tmp_path / str(seed), seed) for seed in range(4))
