"""A home's first start says that it is opening; nothing else does, and it never stays."""

import pytest
from PySide6.QtWidgets import QApplication

from pharmacy_desk.gui.shell.opening import Opening
from pharmacy_desk.wiring.window import say_opening
from tests.gui import seen


def _shown():
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, Opening)
            and one.isVisible()]  # fmt: skip


def test_the_first_start_says_so_until_its_window_is_there(qapp) -> None:
    with say_opening(first=True):
        (shown,) = _shown()
        assert "正在打开…" in seen.labels(shown)
        assert shown.windowHandle().isExposed()  # before anything that takes long
        room = shown.screen().availableGeometry()
        assert room.contains(shown.geometry())
        assert shown.width() < room.width() / 2
    assert not _shown()


def test_a_start_that_fails_leaves_nothing_standing(qapp) -> None:
    with pytest.raises(OSError, match="full"), say_opening(first=True):
        raise OSError("full")
    assert not _shown()


def test_a_start_after_the_first_shows_its_window_alone(qapp) -> None:
    with say_opening(first=False):
        assert not _shown()
