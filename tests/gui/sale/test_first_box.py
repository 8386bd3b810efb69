"""What README tells a newcomer sells the first box: a click at the left, F3, Enter."""

from pathlib import Path

from PySide6.QtCore import Qt

from pharmacy_desk.counter import news
from tests.gui import seen
from tests.gui.conftest import opened
from tests.practice import practice_home

ROOT = Path(__file__).parents[3]


def test_the_first_box_is_sold_as_the_readme_says(qapp, qtbot, tmp_path) -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8")
                        for name in ("README.md", "README.zh-CN.md"))  # fmt: skip
    assert "click 布洛芬缓释胶囊 there, then F3 and Enter" in english
    assert "点那里的“布洛芬缓释胶囊”，再按 F3、Enter" in chinese
    with opened(practice_home(tmp_path / "home"), qtbot, play=True) as shop:
        shop.wait_for(news.Judged, lambda: seen.press(shop.whole.practice, "布洛芬缓释胶囊"))
        shop.rest()
        shop.key(Qt.Key.Key_F3)
        shop.settle()
        paid = shop.wait_for(news.Paid, lambda: shop.key(Qt.Key.Key_Return))
        assert paid.sale.code_count == 1
