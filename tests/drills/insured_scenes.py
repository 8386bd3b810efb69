"""What a life of the drill over insured sales plays: scenes of steps, and the faults laid on them.

A step is its name and words. `{0}` … in a code is filled in by the life, so that each life of one
home scans boxes of its own.
"""

from dataclasses import dataclass
from typing import Any

Step = tuple[str, ...]

OTC, RX, COLD, CHILD = "8436282{0}", "8385793{0}", "8400003{0}", "8180901{0}"
PERSON, NAME = "11010119850312902X", "示例甲"
CARD, BEARER, DIAGNOSIS, CASE = "A10000002", "欧阳示例", "急性扁桃体炎", "示例外伤"
# Who is behind the card, as the practice platform tells of her.
BEHIND = ("110101195208059010", "示例乙", "TRAINP00000002")
# What must lie nowhere in the home's files, in any writing.
SECRETS = (PERSON, CARD, BEARER, DIAGNOSIS, CASE, *BEHIND)
NUMBERS = frozenset({PERSON, BEHIND[0]})

_SHOWN: tuple[Step, ...] = (
    ("person", "card", CARD, ""),
    ("bearer", "child", BEARER),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """Steps of one customer or one shift; `faults` are laid on the practice platform.

    `once`: the scene is played again in the next life only where nothing of it was paid.
    """

    steps: tuple[Step, ...]
    faults: tuple[dict[str, Any], ...] = ()
    once: bool = False


def _lost(infno: str, at: str, **how: float) -> tuple[dict[str, Any], ...]:
    return ({"infno": infno, "at": at, "nth": 1, **how},)


_INSURED: tuple[Step, ...] = (
    ("scan", OTC, "01"),
    ("scan", OTC, "02"),
    *_SHOWN,
    ("preview",),
    ("pay", "pooled", "wechat"),
)
SCENES = {
    "card": Scene(_INSURED),
    "paper prescription": Scene(
        (
            ("duty",),
            ("scan", RX, "01"),
            ("rx", "P1", CASE),
            ("person", "id", PERSON, NAME),
            ("bearer", "", ""),
            ("pay", "pooled", ""),
        )
    ),
    "electronic prescription": Scene(
        (
            ("duty",),
            ("electronic", "RXTRAIN0001"),
            ("scan", RX, "01"),
            ("scan", RX, "02"),
            *_SHOWN,
            ("pay", "pooled", ""),
        ),
        once=True,
    ),
    "register": Scene(
        (
            ("scan", COLD, "01"),
            ("scan", COLD, "02"),
            ("person", "id", PERSON, NAME),
            ("pay", "self", "wechat+cash"),
        )
    ),
    "limits": Scene(
        (
            ("duty",),
            ("scan", CHILD, "01"),
            ("person", "id", PERSON, NAME),
            ("disease", "M03900"),
            ("pay", "self", "alipay"),
        )
    ),
    "shift": Scene(
        (
            ("shift open", "20000"),
            ("scan", OTC, "01"),
            ("pay", "self", "cash"),
            ("scan", OTC, "02"),
            ("pay", "account", ""),
            ("shift close", "20000"),
            ("day close",),
        )
    ),
    "identity unanswered": Scene(_INSURED, _lost("1101", "after_commit")),
    "split unanswered": Scene(_INSURED, _lost("2101", "half")),
    "settlement not done": Scene(_INSURED, _lost("2102", "before_commit")),
    "settlement unanswered": Scene(_INSURED, _lost("2102", "after_commit")),
    "settlement garbled": Scene(_INSURED, _lost("2102", "half")),
    "split off by a fen": Scene(_INSURED, _lost("2102", "split")),
    "settlement and its reversal unanswered": Scene(
        _INSURED, (*_lost("2102", "after_commit"), *_lost("2103", "after_commit"))
    ),
}
