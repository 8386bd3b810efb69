"""A rehearsed day full of persons' numbers leaves none in the home's files, nor on a receipt."""

import json
import random

from tests import persons_kit as kit
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
