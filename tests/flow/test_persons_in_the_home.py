"""A rehearsed day full of persons' numbers leaves none in the home's files, nor on a receipt."""

import json
import random
import shutil

from tests import persons_kit as kit
from tests import plain
from tests.flow.test_rehearsals import program, rehearse

BOX = "84362820442053402132"


def _search(home, numbers):
    files = [one for one in home.rglob("*") if one.is_file()]
    assert files
    return {one.name: found for one in files if (found := kit.lying_in(one.read_bytes(), numbers))}


def test_a_day_full_of_numbers_leaves_none_in_the_home(tmp_path):
    rng = random.Random(7)
    number = {kind: make(rng) for kind, make in kit.LASTING.items()}
    who, voucher, phone, old = number["id"], number["voucher"], number["phone"], number["old id"]
    home, script = tmp_path / "h", tmp_path / "s.txt"
    refused = "expect_refused PERSON_NUMBER\n"
    script.write_text(
        f"scan {BOX}\n"
        f"pay insured {who}\n{refused}pay insured {voucher}\n{refused}"
        f"lot Y00001 {who} 2026-01-01 2028-01-01\n{refused}map {voucher} Y00001\n{refused}"
        f"recall lot {phone}\n{refused}recall supplier 示例{phone}\n"
        f"scan {voucher}{voucher}\nscan 8{voucher}\nscan 6901234567892{voucher}\n"
        f"scan ]C110{voucher}\nscan https://x.cn/q?id={who}\ntype {BOX}{voucher}\n"
        f"scan {BOX}{who}\npay insured\n",
        encoding="utf-8",
    )
    done, report = rehearse(home, script)
    assert done.returncode == 0, (report, done.stderr)
    receipt = report["sales"][0]["receipt"]
    script.write_text(f"return {receipt} {BOX} 顾客{who}说的{old}\n", encoding="utf-8")
    done, report = rehearse(home, script)
    assert done.returncode == 0, report
    delivery = tmp_path / f"{old}.csv"
    delivery.write_text(
        "单号,供货单位,商品编码,生产批号,生产日期,有效期至,数量\n"
        f"D {old},医药{phone}公司,Y00003,L1,2026-01-01,2028-01-01,3\n"
        f"D2,甲,Y00003,{voucher},2026-01-01,2028-01-01,3\n",
        encoding="utf-8",
    )
    catalogue = tmp_path / "c.csv"
    catalogue.write_text(
        "商品编码,商品名称,规格,生产企业,零售价,生产批号,生产日期,有效期至\n"
        f"Z1,名{who},x,厂{phone},1.00,L1,2026-01-01,2028-01-01\n"
        f"Z2,名,x,厂,1.00,{who},2026-01-01,2028-01-01\n",
        encoding="utf-8",
    )
    for what, file in (("delivery", delivery), ("catalogue", catalogue)):
        told = program("--home", home, "import", what, file, "--json")
        assert "personal_code" in told.stdout
        assert not kit.lying_in(told.stdout.encode(), set(number.values()))
    exported = tmp_path / "events.jsonl"
    program("--home", home, "ledger", "export", exported)
    assert _search(home, set(number.values())) == {}
    assert json.loads(program("--home", home, "ledger", "check", "--json").stdout)["ok"]


NAMES = ("欧阳示例", "司马示例")
COLD = "840000300000000000{:02d}"


def _named(data):
    """Which of the names lie in these bytes, however they are written."""
    written = ("utf-8", "utf-16-le", "gb18030")
    return {n for n in NAMES if any(n.encode(how) in data for how in written)}


def test_every_identity_shown_at_its_step_lies_sealed_or_nowhere(tmp_path):
    """Each kind, a kill between, a register entry: home, receipts, exports, reports."""
    rng = random.Random(11)
    makers = {**kit.LASTING, **kit.PASSING}
    number = {kind: make(rng) for kind, make in makers.items()}
    home, script = tmp_path / "h", tmp_path / "s.txt"
    script.write_text(
        f"scan {COLD.format(1)}\nperson id {number['id']} {NAMES[0]}\npay self\n"
        f"scan {COLD.format(2)}\nperson id {number['id']} {NAMES[0]}\n"
        f"person voucher {number['voucher']}\nkill\npay self\n"
        f"scan {BOX}\nperson card {number['card']}\npay insured\n"
        f"person id {number['wechat']}\nexpect_refused payment_code\n"
        f"person voucher {number['alipay']}\nexpect_refused payment_code\n"
        f"person id {number['id']} {NAMES[1]}\nscan {COLD.format(3)}\nvoid\n"
        f"scan {number['id']}\nexpect NOT_TRACE\nscan {number['wechat']}\nexpect NOT_TRACE\n",
        encoding="utf-8",
    )
    done, report = rehearse(home, script)
    assert done.returncode == 0, (report, done.stderr)
    told = program("--home", home, "ledger", "export", tmp_path / "events.jsonl")
    paper = tmp_path / "first.escpos"
    program("--home", home, "receipt", report["sales"][0]["receipt"], "--escpos", paper)
    assert paper.exists()
    said = (done.stdout + done.stderr + told.stdout).encode()
    assert not kit.lying_in(said, set(number.values()))
    assert not _named(said)
    shutil.copy(script, tmp_path / "kept.txt")
    assert _named((tmp_path / "kept.txt").read_bytes()) == set(NAMES)  # the search finds them
    for path in (script, tmp_path / "kept.txt"):
        path.unlink()
    assert _search(tmp_path, set(number.values())) == {}
    assert not [one for one in tmp_path.rglob("*") if one.is_file() and _named(one.read_bytes())]
    rows = plain.rows(home / "practice-ledger.db", "SELECT record FROM register_entries")
    assert len({row["record"] for row in rows}) == 2
    assert json.loads(program("--home", home, "ledger", "check", "--json").stdout)["ok"]
