"""Build resources/samples/catalogue.csv: real names and insurance codes, all else made up.

The names and national insurance codes come from the limits table the insurance bureau published
(``insurance_code,drug_name,limit,value``). Prices, makers, barcodes, identification codes, lots
and approval numbers are generated, which is why every row says 示例. The same input always gives
the same bytes: choices hang on digests of the code and name, and numbers that must not repeat
come from a permutation of the row number.

    python packaging/make_samples.py LIMITS.csv
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import math
import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pypinyin import Style, lazy_pinyin, load_phrases_dict, load_single_dict

SAMPLES = Path(__file__).resolve().parents[1] / "resources" / "samples"
MAX_BYTES = 3_100_000
NOTE = "示例"
FIRST_EXPIRY = date(2027, 6, 1)

COLUMNS = (
    "商品编码",
    "商品名称",
    "规格",
    "剂型",
    "生产企业",
    "批准文号",
    "医保编码",
    "医保类别",
    "商品条码",
    "药品标识码",
    "处方标志",
    "类别",
    "零售价",
    "购进价",
    "单位",
    "拆零单位",
    "拆零比",
    "含麻",
    "含兴奋剂",
    "冷藏",
    "生产批号",
    "生产日期",
    "有效期至",
    "拼音码",
    "备注",
)

# Never generated: quoted by other samples, or kept unknown on purpose (8499999).
RESERVED_IDENTIFICATIONS = frozenset(
    {"8177322", "8206233", "8385793", "8436282", "8400001", "8400002", "8400003", "8499999"}
)
RESERVED_BARCODE_STEMS = ("69000000", "690123456789", "692456188407")

SHORT_MAKERS = (
    "示例药业一厂",
    "示例二厂",
    "示例三厂",
    "示例药厂",
    "示例中药",
    "示例药业",
    "示例生物",
    "示例制药",
)
LONG_MAKERS = (
    "示例（广东）制药股份有限公司第二分公司",
    "示例（内蒙古）民族药业有限责任公司",
    "示例（华东）医药科技有限公司",
    "示例（北方）生物制品有限责任公司",
)
LONG_MAKERS_PERCENT = 2


@dataclass(frozen=True)
class Form:
    """A dosage form and the sizes it is sold in.

    Args:
        name: what the 剂型 column says.
        strengths: what one unit holds.
        packs: how many units a box holds.
        unit: the unit counted in 规格.
        splits: whether single units may be sold.
    """

    name: str
    strengths: tuple[str, ...]
    packs: tuple[int, ...]
    unit: str
    splits: bool = False

    def spec(self, strength: int, pack: int) -> tuple[str, int]:
        """The 规格 text for two running numbers, and the units in a box."""
        count = self.packs[pack % len(self.packs)]
        return f"{self.strengths[strength % len(self.strengths)]}×{count}{self.unit}", count


_GRAMS = ("0.1g", "0.2g", "0.25g", "0.3g", "0.35g", "0.4g", "0.5g", "50mg", "10mg", "5mg")
_COUNTS = (24, 12, 36, 48, 20, 30, 60, 10)
_SMALL = (6, 10, 12, 5, 8, 20)
_POWDER = ("3g", "5g", "10g", "2g", "6g", "8g", "12g")
_ML = ("10ml", "5ml", "20ml", "2ml")
_BOTTLE = ("100ml", "60ml", "120ml", "150ml", "50ml", "200ml")
_TUBE = ("10g", "15g", "20g", "30g", "5g")

INJECTION = Form("注射剂", ("2ml", "5ml", "10ml", "1ml", "100ml", "250ml"), (5, 1, 10, 2), "支")
POWDER_INJECTION = Form("粉针剂", ("0.1g", "0.25g", "0.5g", "20mg", "50mg"), (1, 5, 10), "瓶")
INFUSION = Form("注射剂", ("250ml", "500ml", "1000ml", "1440ml"), (1, 4, 6), "袋")

# First hit wins; tried on the name without its brackets.
FORMS: tuple[tuple[str, Form], ...] = (
    (r"疫苗", Form("注射剂", ("0.5ml", "1.0ml"), (1, 5), "支")),
    (r"脂肪乳|电解质注射液|氨基酸.*注射液", INFUSION),
    (r"^注射用", POWDER_INJECTION),
    (r"注射液", INJECTION),
    (r"(软胶囊|胶丸)$", Form("软胶囊", _GRAMS, _COUNTS, "粒", True)),
    (r"胶囊$", Form("胶囊", _GRAMS, _COUNTS, "粒", True)),
    (r"片$", Form("片", _GRAMS, _COUNTS, "片", True)),
    (r"颗粒$", Form("颗粒", _POWDER, _SMALL, "袋")),
    (r"滴丸$", Form("滴丸", ("27mg", "25mg", "40mg"), (180, 100, 150, 60), "丸")),
    (r"(丸|丹)$", Form("丸", ("3g", "6g", "9g", "1.5g", "5g"), (10, 6, 12, 8), "丸")),
    (r"糖浆$", Form("糖浆", _BOTTLE, (1, 2), "瓶")),
    (r"口服液$", Form("口服液", _ML, (6, 10, 12, 8), "支")),
    (r"(合剂|露|汁)$", Form("合剂", _BOTTLE, (1, 2), "瓶")),
    (r"(滴剂|滴液)$", Form("滴剂", ("10ml", "15ml", "20ml"), (1, 2), "瓶")),
    (r"(洗剂|洗液)$", Form("洗剂", _BOTTLE, (1, 2), "瓶")),
    (r"(灌肠剂|灌肠液)$", Form("灌肠剂", ("50ml", "100ml"), (1, 5), "支")),
    (r"混悬(剂|液)$", Form("混悬剂", _BOTTLE, (1, 2), "瓶")),
    (r"(喷雾剂|气雾剂)$", Form("喷雾剂", ("10ml", "15ml", "20ml"), (1, 2), "瓶")),
    (r"泡沫剂$", Form("泡沫剂", ("20g", "30g"), (1, 2), "瓶")),
    (r"(液|酊|浸膏)$", Form("溶液剂", _BOTTLE, (1, 2), "瓶")),
    (r"乳膏$", Form("乳膏剂", _TUBE, (1, 2), "支")),
    (r"凝胶$", Form("凝胶剂", ("5g", "10g", "15g", "30g"), (1, 3, 6), "支")),
    (r"(软膏|油膏)$", Form("软膏剂", _TUBE, (1, 2), "支")),
    (r"(贴|贴膏)$", Form("贴膏剂", ("7cm×10cm", "5cm×6cm"), (4, 6, 8), "贴")),
    (r"膏$", Form("煎膏剂", ("100g", "125g", "200g", "250g"), (1, 2), "瓶")),
    (r"栓$", Form("栓", ("0.1g", "0.2g", "1g", "50mg", "2g"), (7, 5, 10, 6), "粒")),
    (r"(撒粉|外用散)$", Form("散", ("10g", "20g", "50g"), (1, 2), "瓶")),
    (r"(散|粉)$", Form("散", ("0.5g", "1g", "2g", "3g", "1.5g"), (10, 6, 12, 9), "袋")),
    (r"膜$", Form("膜剂", ("4mg", "5mg", "10mg"), (10, 14, 6), "片")),
    (r"(茶|糖)$", Form("茶剂", _POWDER, _SMALL, "袋")),
    (r"植入剂$", Form("植入剂", ("0.7mg",), (1,), "支")),
    (r"系统$", Form("宫内节育系统", ("52mg",), (1,), "套")),
    (r"组合包装$|合包装$", Form("组合包装", ("1套",), (1,), "盒")),
)
OTHER_FORM = Form("颗粒", _POWDER, _SMALL, "袋")

PRESCRIPTION = re.compile(
    r"注射|疫苗|霉素|沙星|头孢|西林|孕|雌|睾|那非|替尼|曲唑|他胺|米芬|鲁胺|托君|缩宫|诺酮|特龙"
    r"|唑酮|棉酚|拉非|列特|美坦|肉毒|干扰素|系统|植入|司特"
)
EPHEDRINE = re.compile(r"麻黄碱|伪麻")
COLD = re.compile(
    r"胰岛素|疫苗|单抗|干扰素|肉毒|糖肽|那肽|利钠肽|缩宫素|胸腺法新|球蛋白|白蛋白|活菌"
)
COSTLY = re.compile(r"注射|疫苗|替尼|系统|植入|干扰素")

# Readings pharmacists use where the general dictionary prefers another.
load_single_dict({ord("参"): "shēn", ord("术"): "zhú", ord("芎"): "xiōng", ord("炔"): "quē"})
load_phrases_dict(
    {
        "调经": [["tiáo"], ["jīng"]],
        "重组": [["chóng"], ["zǔ"]],
        "长链": [["cháng"], ["liàn"]],
        "阿胶": [["ē"], ["jiāo"]],
        "枳壳": [["zhǐ"], ["qiào"]],
        "复方": [["fù"], ["fāng"]],
    }
)

Row = dict[str, str]


def pick(key: str, size: int) -> int:
    """A number below ``size`` that depends on ``key`` alone."""
    digest = hashlib.blake2b(key.encode("utf-8"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % size


def permuted(size: int, step: int) -> Iterator[int]:
    """All numbers below ``size``, each once, well spread."""
    if math.gcd(size, step) != 1:
        raise ValueError(f"step {step} and size {size} share a factor")
    value = step // 2 % size
    for _ in range(size):
        yield value
        value = (value + step) % size


def check_digit(body: str) -> str:
    """GS1 check digit (weights 3, 1 from the right) of ``body``."""
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(body)))
    return str(-total % 10)


def has_good_check(code: str) -> bool:
    """Whether the last digit of an EAN-13 or GTIN-14 is right."""
    return code.isascii() and code.isdigit() and check_digit(code[:-1]) == code[-1]


def barcodes() -> Iterator[str]:
    """EAN-13 codes with prefixes 690 to 699, none reserved."""
    for number in permuted(10**10, 2_718_281_829):
        body = f"69{number:010d}"
        if not body.startswith(RESERVED_BARCODE_STEMS):
            yield body + check_digit(body)


def identifications() -> Iterator[str]:
    """Seven-digit identification codes from 8100000 to 8499999, none reserved."""
    for number in permuted(400_000, 161_803):
        code = str(8_100_000 + number)
        if code not in RESERVED_IDENTIFICATIONS:
            yield code


def approval_numbers() -> Iterator[str]:
    """Eight digits: a year from 1990 to 2023 and a running number."""
    for number in permuted(34 * 10_000, 112_357):
        yield f"{1990 + number // 10_000}{number % 10_000:04d}"


def add_years(day: date, years: int) -> date:
    """The day ``years`` later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def yuan(fen: int) -> str:
    """Fen as yuan with two decimals."""
    return f"{fen // 100}.{fen % 100:02d}"


def initials(name: str) -> str:
    """Pinyin initials in capitals; letters and digits of the name stay."""
    plain = unicodedata.normalize("NFKC", name)
    letters = "".join(lazy_pinyin(plain, style=Style.FIRST_LETTER))
    return re.sub(r"[^A-Z0-9]", "", letters.upper())


def form_of(name: str) -> Form | None:
    """The dosage form a name speaks of; None when it does not say."""
    plain = unicodedata.normalize("NFKC", name)
    bare = re.sub(r"\([^()]*\)", "", plain)
    for text in (bare, plain.rstrip(")")):
        for pattern, form in FORMS:
            if re.search(pattern, text):
                return form
    return None


def maker_of(insurance_code: str) -> str:
    """A made-up maker; one for each real maker number (the code's last five digits)."""
    number = insurance_code[-5:]
    if pick(f"long {number}", 100) < LONG_MAKERS_PERCENT:
        return LONG_MAKERS[pick(number, len(LONG_MAKERS))]
    return SHORT_MAKERS[pick(number, len(SHORT_MAKERS))]


def sale_class(name: str, western: bool) -> str:
    """RX, OTC甲 or OTC乙, the same for every maker of a name."""
    if PRESCRIPTION.search(name):
        return "RX"
    if EPHEDRINE.search(name):
        return "OTC甲"
    draw = pick(f"class {name}", 100)
    prescription, class_a = (50, 85) if western else (25, 75)
    return "RX" if draw < prescription else "OTC甲" if draw < class_a else "OTC乙"


def price_fen(name: str, insurance_code: str) -> int:
    """A retail price from 3.00 to 300.00 yuan: near one level for all makers of a name."""
    low, high = (2_800, 22_000) if COSTLY.search(name) else (500, 6_500)
    spread = pick(f"level {name}", 10_000) / 10_000
    level = low * math.pow(high / low, spread)
    fen = round(level * (0.8 + pick(f"price {insurance_code}", 41) / 100) / 10) * 10
    return min(30_000, max(300, fen))


def lot_columns(made: date, years: int) -> Row:
    """Lot, production date and expiry of the lot now on the shelf."""
    expiry = add_years(made, years) - timedelta(days=1)
    return {
        "生产批号": made.strftime("%y%m%d"),
        "生产日期": made.isoformat(),
        "有效期至": expiry.isoformat(),
    }


def read_names(path: Path) -> dict[str, str]:
    """Insurance code to drug name, in the order of the file.

    A few codes stand under two spellings of one name; the first one is kept.
    """
    names: dict[str, str] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            names.setdefault(row["insurance_code"].strip(), row["drug_name"].strip())
    return names


def generated_rows(names: dict[str, str]) -> list[Row]:
    """One row for every real insurance code."""
    ean, identification, approval = barcodes(), identifications(), approval_numbers()
    rows: list[Row] = []
    for number, (code, name) in enumerate(names.items(), start=1):
        western = code.startswith("X")
        form = form_of(name) or OTHER_FORM
        # The digits before the maker number count specification and packing; patent medicine
        # has no strengths in mg, the last three of the list.
        spec, count = form.spec(
            (pick(f"strength {name}", 10) + int(code[-9:-7])) % (10 if western else 7),
            pick(f"pack {name}", 10) + int(code[-7:-5]),
        )
        retail = price_fen(name, code)
        made = date(2025, 6, 12) + timedelta(days=pick(f"made {code}", 280))
        rows.append(
            {
                "商品编码": f"S{number:05d}",
                "商品名称": name,
                "规格": spec,
                "剂型": form.name,
                "生产企业": maker_of(code),
                "批准文号": f"国药准字{'H' if western else 'Z'}{next(approval)}",
                "医保编码": code,
                "医保类别": "甲" if pick(f"paid {name}", 100) < 35 else "乙",
                "商品条码": next(ean),
                "药品标识码": next(identification),
                "处方标志": sale_class(name, western),
                "类别": "西药" if western else "中成药",
                "零售价": yuan(retail),
                "购进价": yuan(round(retail * 0.7)),
                "单位": "盒",
                "拆零单位": form.unit if form.splits else "",
                "拆零比": str(count) if form.splits else "",
                "含麻": "是" if EPHEDRINE.search(name) else "否",
                "含兴奋剂": "否",
                "冷藏": "是" if COLD.search(name) else "否",
                **lot_columns(made, 2 + pick(f"years {code}", 2)),
                "拼音码": initials(name),
                "备注": NOTE,
            }
        )
    return rows


def fixed_rows(names: dict[str, str]) -> list[Row]:
    """The rows lessons and tests name: Y00001 to Y00010.

    The identification codes of the first three, the barcode of the third and the lots of the
    first and third are quoted in public sources; everything else is made up.
    """
    real = {name: code for code, name in reversed(names.items())}
    base: Row = {
        **dict.fromkeys(COLUMNS, ""),
        "单位": "盒",
        "含麻": "否",
        "含兴奋剂": "否",
        "冷藏": "否",
    }

    def stem(number: int) -> str:
        body = f"690000000{number:03d}"
        return body + check_digit(body)

    def fixed(number: int, name: str, spec: str, form: str, fen: int, **more: str) -> Row:
        return {
            **base,
            "商品编码": f"Y{number:05d}",
            "商品名称": name,
            "规格": spec,
            "剂型": form,
            "生产企业": SHORT_MAKERS[0],
            "医保编码": real.get(name, "") or sample_insurance_code(number, more),
            "商品条码": stem(number),
            "零售价": yuan(fen),
            "购进价": yuan(round(fen * 0.7)),
            "拼音码": initials(name),
            "备注": NOTE,
            **more,
        }

    def sample_insurance_code(number: int, more: dict[str, str]) -> str:
        """A code in the shape of a real one, for rows the fund pays and the source lacks."""
        if more.get("医保类别") not in ("甲", "乙"):
            return ""
        western = more.get("类别") == "西药"
        return f"XZ99AAZ999A999{number:09d}" if western else f"ZZ99AAZ9999999{number:06d}"

    def drug(category: str, paid: str, rx: str, approval: str, identification: str) -> Row:
        return {
            "类别": category,
            "医保类别": paid,
            "处方标志": rx,
            "批准文号": f"国药准字{approval}",
            "药品标识码": identification,
        }

    def split(unit: str, count: int) -> Row:
        return {"拆零单位": unit, "拆零比": str(count)}

    return [
        fixed(
            1,
            "布洛芬缓释胶囊",
            "0.3g×24粒",
            "胶囊",
            2180,
            **drug("西药", "乙", "OTC甲", "H20990001", "8436282"),
            **split("粒", 24),
            **lot_columns(date(2024, 12, 30), 3),
        ),
        fixed(
            2,
            "复方丹参滴丸",
            "27mg×180丸",
            "滴丸",
            2760,
            **drug("中成药", "甲", "OTC甲", "Z20990002", "8177322"),
            **lot_columns(date(2025, 8, 6), 3),
        ),
        fixed(
            3,
            "示例：阿莫西林胶囊",
            "0.25g×24粒",
            "胶囊",
            1250,
            **drug("西药", "甲", "RX", "H20990003", "8385793"),
            **split("粒", 24),
            **lot_columns(date(2025, 10, 21), 2),
            商品条码="6924561884074",
        ),
        fixed(
            4,
            "枸杞子（中药饮片）",
            "250g",
            "饮片",
            3200,
            类别="中药饮片",
            医保类别="自费",
            单位="袋",
            生产企业="示例中药",
        ),
        fixed(
            5,
            "示例血压计",
            "上臂式 1台",
            "",
            19900,
            类别="二类医疗器械",
            医保类别="自费",
            单位="台",
            **lot_columns(date(2025, 9, 15), 3),
        ),
        fixed(
            6,
            "示例保健食品",
            "1.2g×60片",
            "片",
            8800,
            类别="保健食品",
            医保类别="自费",
            单位="瓶",
            **lot_columns(date(2025, 11, 3), 2),
        ),
        fixed(
            7,
            "示例进口吸入剂",
            "160μg×60吸",
            "吸入剂",
            18600,
            **drug("西药", "乙", "RX", "H20990007", "06901234567892"),
            **lot_columns(date(2025, 12, 31), 2),
            商品条码="6901234567892",
            冷藏="是",
        ),
        fixed(
            8,
            "示例复方氨酚烷胺人工牛黄马来酸氯苯那敏咖啡因缓释胶囊（儿童与成人通用型）",
            "0.35g×12粒",
            "胶囊",
            1680,
            **drug("西药", "乙", "OTC甲", "H20990008", "8400001"),
            **split("粒", 12),
            **lot_columns(date(2025, 7, 18), 2),
            生产企业=LONG_MAKERS[0],
        ),
        fixed(
            9,
            "示例ω-3甘油三酯(2%)中/长链脂肪乳/氨基酸(16)/葡萄糖(36%)/电解质三腔袋注射液",
            "1440ml×1袋",
            "注射剂",
            29800,
            **drug("西药", "乙", "RX", "H20990009", "8400002"),
            **lot_columns(date(2025, 9, 1), 2),
            生产企业=LONG_MAKERS[3],
        ),
        fixed(
            10,
            "示例伪麻黄碱感冒片",
            "30mg×12片",
            "片",
            1590,
            **drug("西药", "乙", "OTC甲", "H20990010", "8400003"),
            **split("片", 12),
            **lot_columns(date(2025, 8, 20), 2),
            含麻="是",
            含兴奋剂="是",
        ),
    ]


def write(rows: Sequence[Row], path: Path) -> None:
    """Write the table as UTF-8 with a header row."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def id_card_holds(text: str) -> bool:
    """Whether 18 characters carry the ISO 7064 mod 11-2 check of an id card."""
    total = sum(int(digit) * 2 ** (17 - i) for i, digit in enumerate(text[:17]))
    return "0123456789X"[(12 - total % 11) % 11] == text[17]


def _row_faults(  # noqa: C901 - one flat list of checks
    row: Row,
) -> Iterator[str]:
    """What is wrong with one row."""
    code, fen = row["商品编码"], int(row["零售价"].replace(".", ""))
    if row["备注"] != NOTE:
        yield "not marked as a sample"
    if not (re.fullmatch(r"69\d{11}", row["商品条码"]) and has_good_check(row["商品条码"])):
        yield f"barcode {row['商品条码']}"
    if not 300 <= fen <= 30_000 or not re.fullmatch(r"\d+\.\d\d", row["零售价"]):
        yield f"price {row['零售价']}"
    if not re.fullmatch(r"[A-Z0-9]+", row["拼音码"]):
        yield f"pinyin {row['拼音码']}"
    if bool(row["拆零单位"]) != bool(row["拆零比"]):
        yield "half a split rule"
    if row["拆零比"] and not row["规格"].endswith(f"×{row['拆零比']}{row['拆零单位']}"):
        yield f"split {row['拆零比']} against {row['规格']}"
    if row["有效期至"]:
        made, expiry = (date.fromisoformat(row[c]) for c in ("生产日期", "有效期至"))
        if expiry < FIRST_EXPIRY or not 729 <= (expiry - made).days <= 1096:
            yield f"dates {made} {expiry}"
    if code.startswith("S"):
        if not re.fullmatch(r"8[1-4]\d{5}", row["药品标识码"]):
            yield f"identification {row['药品标识码']}"
        if not re.fullmatch(r"国药准字[HZ]\d{8}", row["批准文号"]):
            yield f"approval {row['批准文号']}"
        if re.search(r"注射", row["商品名称"]) and row["处方标志"] != "RX":
            yield "an injection without prescription"
        if row["处方标志"] not in {"RX", "OTC甲", "OTC乙"} or not row["有效期至"]:
            yield "class or lot missing"


def _scan_faults(rows: Sequence[Row], path: Path) -> Iterator[str]:
    """What in the practice scans does not agree with the catalogue."""
    eans = {row["商品条码"] for row in rows}
    known = {row["药品标识码"] for row in rows}
    with path.open("rb") as file:
        samples: list[dict[str, str]] = tomllib.load(file)["sample"]
    for sample in samples:
        text, what = sample["text"], sample["what"]
        plain = re.sub(r"\{(?:fresh|stock):(\d+)\}", r"\g<1>0000000000000", text)
        if what == "barcode" and text not in eans:
            yield f"{text}: not in the catalogue"
        if what in ("good", "unreceived") and not (len(plain) == 20 and plain[:7] in known):
            yield f"{text}: not a code of the catalogue"
        if what == "unmapped" and plain[:7] in known:
            yield f"{text}: is in the catalogue"
        if what == "gs1" and plain.removeprefix("]d2")[2:16] not in known:
            yield f"{text}: not in the catalogue"
        if what == "idcard" and not id_card_holds(text):
            yield f"{text}: wrong check character"


def self_test(rows: Sequence[Row], names: dict[str, str], folder: Path) -> list[str]:
    """Everything wrong with what was written; empty when all is well."""
    with (folder / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        read = list(reader)
        header = tuple(reader.fieldnames or ())
    faults = [] if header == COLUMNS and read == list(rows) else ["written and read rows differ"]
    if {row["医保编码"] for row in rows if row["商品编码"][0] == "S"} != set(names):
        faults.append("insurance codes do not match the source")
    for column in ("商品编码", "商品条码", "药品标识码", "批准文号", "医保编码"):
        values = [row[column] for row in rows if row[column]]
        if column == "医保编码":  # A fixed row may share the code of the row it stands for.
            values = [r[column] for r in rows if r["商品编码"][0] == "S"]
        if len(values) != len(set(values)):
            faults.append(f"{column} repeats")
    for row in rows:
        faults += [f"{row['商品编码']}: {fault}" for fault in _row_faults(row)]
    if sum(len(row["商品名称"]) >= 28 for row in rows if row["商品编码"][0] == "Y") != 2:
        faults.append("not two long names")
    size = (folder / "catalogue.csv").stat().st_size
    if size > MAX_BYTES:
        faults.append(f"{size} bytes, more than {MAX_BYTES}")
    scans = folder / "scans.toml"
    if scans.exists():
        faults += [f"scans.toml: {fault}" for fault in _scan_faults(rows, scans)]
    return faults


def main() -> int:
    """Write the catalogue, check it and print the counts."""
    parser = argparse.ArgumentParser(description="Build the sample catalogue.")
    parser.add_argument("limits", type=Path, help="the bureau's limits table (CSV)")
    parser.add_argument("--out", type=Path, default=SAMPLES, help="folder to write to")
    args = parser.parse_args()
    names = read_names(args.limits)
    fixed, generated = fixed_rows(names), generated_rows(names)
    rows = [{column: row[column] for column in COLUMNS} for row in (*fixed, *generated)]
    write(rows, args.out / "catalogue.csv")
    faults = self_test(rows, names, args.out)
    unclear = sorted({name for name in names.values() if form_of(name) is None})
    size = (args.out / "catalogue.csv").stat().st_size
    print(f"rows {len(rows)}: fixed {len(fixed)}, real codes {len(generated)}; {size} bytes")
    for column in ("类别", "剂型", "处方标志", "医保类别", "含麻", "冷藏"):
        values = [row[column] for row in rows]
        counts = {value or "-": values.count(value) for value in dict.fromkeys(values)}
        print(column, " ".join(f"{value} {count}" for value, count in counts.items()))
    print(f"names without a dosage form: {len(unclear)} {' '.join(unclear)}")
    for fault in faults[:20]:
        print("FAULT", fault, file=sys.stderr)
    print("self-test", "ok" if not faults else f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
