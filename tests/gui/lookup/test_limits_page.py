"""提醒: the page that tells how often limits were told of, and what followed."""

from concurrent.futures import Future
from datetime import date
from types import SimpleNamespace

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.sale.limits import LimitKind, LimitList, LimitMode
from pharmacy_desk.core.sale.limits_told import COLUMNS, Followed, LimitTold
from pharmacy_desk.counter.catalogue.importing import ImportReport
from pharmacy_desk.gui.lookup.limits_page import LimitsPage
from tests.conftest import NOON
from tests.fakes.reading import ToldLimits, ToldReading
from tests.gui import seen

TOLD = LimitTold(
    NOON, "01ABC-000001", "Y1", "小儿大黄碳酸氢钠片", LimitKind.AGE, LimitMode.LIMIT,
    PaymentKind.POOLED, 4030, "两库", "007", Followed.SELF_PAID,
)  # fmt: skip
LISTS = (LimitList("两库第1批", date(2026, 4, 22), ()), LimitList("门慢病种", None, ()))


def _page(part, tmp_path, answers):
    """The page over one told line; `answers` is what the files say."""
    saved = []

    def make(desk):
        lists = Future()
        lists.set_result(LISTS)
        desk.wishes = SimpleNamespace(limit_lists=lambda: lists)
        files = SimpleNamespace(
            save_table=lambda path, sheet, table, done: (saved.append(table), done(path)),
            import_limits=lambda path, done: done(answers.pop()),
        )
        desk.stock = SimpleNamespace(files=files)
        return LimitsPage(desk)

    return part(make, ToldReading(limits=ToldLimits([TOLD]))), saved


def test_it_tells_the_lists_in_use_each_kind_with_its_money_and_what_followed(
    part, tmp_path, qtbot
):
    page, saved = _page(part, tmp_path, [])
    qtbot.waitUntil(lambda: page.rows.rowCount() == 1 and page.sums.rowCount() == 1)
    assert "在用：门慢病种；两库第1批（截至 2026-04-22）" in seen.labels(page)
    told = [page.sums.index(0, column).data() for column in range(8)]
    assert told == ["年龄", "1", "¥40.30", "", "1", "", "", ""]
    row = [page.rows.index(0, column).data() for column in range(9)]
    assert row[3:8] == ["年龄", "按策略", "门诊统筹", "¥40.30", "改自费"]
    with qtbot.waitSignal(page.wanted) as opened:
        page.table.selectRow(0)
        page.open_chosen()
    assert opened.args == ["01ABC-000001"]
    page.save(tmp_path / "out")
    qtbot.waitUntil(lambda: bool(saved))
    assert saved == [[COLUMNS, TOLD.cells()]]


def test_a_list_is_imported_here_and_an_older_one_says_why_not(part, tmp_path, qtbot):
    older = WorldError(Fault.LIMITS_OLDER, day="2026-01-01", newest="2026-04-22")
    page, _ = _page(part, tmp_path, [older, ImportReport(read=3, added=2)])
    qtbot.waitUntil(lambda: page.rows.rowCount() == 1 and "¥" in seen.told(page))
    page.import_list(tmp_path / "list.csv")
    assert "3 行" in seen.told(page)
    page.import_list(tmp_path / "old.csv")
    assert seen.refused(page)
    assert "2026-01-01" in seen.told(page)
