"""What is being done when the counter is killed: each flow of boxes, and days at random."""

import random
from collections.abc import Callable
from typing import Any, TypeAlias

from tests.drills.movement_books import RATIO, Books
from tests.drills.movement_mark_scenes import MarkScenes
from tests.drills.movement_worker import ITEMS

Steps: TypeAlias = list[dict[str, Any]]
# (steps that come first and are not killed in, steps that are)
Scene: TypeAlias = tuple[Steps, Steps]
_PARTY = "示例医药公司"


class Stage:
    """Makes scenes for the books as they stand; codes never repeat."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._serial = seed % 1000 * 10**9
        self.scenes: dict[str, Callable[[], Scene]] = {
            "receiving": self._receiving,
            "refusal": self._refusal,
            "opening stock": self._opening,
            "transfer out": lambda: self._away("transfer_out", "二店"),
            "transfer in": self._transfer_in,
            "loss": lambda: self._away("loss", reason="盘亏"),
            "destruction": lambda: self._away("destruction", reason="破损"),
            "other out": lambda: self._away("other_out", reason="抽检"),
            "other in": self._other_in,
            "return to supplier": lambda: self._away("to_supplier", _PARTY),
            "customer's return": self._customers_return,
            "returned to supplier": self._returned_to_supplier,
            "sold today and put back": self._restored,
            "sale": self._sale,
            "split sale": self._split,
            "split sale to the last unit": self._used_up,
            "hold and resume": self._hold,
            "undo and void": self._void,
            "outer pack": self._pack,
            "stock-take": self._count,
            "recall": self._recall,
            "recall and its end": self._end_recall,
        } | MarkScenes(self.codes, self.serial).scenes()

    def codes(self, letter: str, count: int) -> list[str]:
        """New codes of a drug."""
        self._serial += count
        return [f"{ITEMS[letter]}{self._serial - n:013d}" for n in range(count)]

    def serial(self) -> int:
        """A number that never repeats."""
        self._serial += 1
        return self._serial

    def _lot(self) -> str:
        return f"L{self._random.randrange(100):02d}"

    def _deliver(
        self, codes: list[str], letter: str = "B", kind: str = "delivery"
    ) -> dict[str, Any]:
        return {
            "do": "post", "kind": kind, "codes": codes, "item": f"D{letter}", "lot": self._lot(),
            "party": _PARTY,
        }  # fmt: skip

    def _receiving(self) -> Scene:
        codes = self.codes("B", 4)
        return [], [self._deliver(codes), self._deliver(self.codes("A", 2), "A")]

    def _refusal(self) -> Scene:
        return [], [
            self._deliver(self.codes("B", 2)),
            self._deliver(self.codes("B", 1), kind="refusal"),
        ]

    def _opening(self) -> Scene:
        lot = f"S{self._serial}"
        codes = self.codes("B", 3)
        return [], [{"do": "stock", "item": "DB", "lot": lot, "quantity": 9, "codes": codes}]

    def _away(self, kind: str, party: str = "", reason: str = "") -> Scene:
        codes = self.codes("B", 3)
        step = {"do": "post", "kind": kind, "codes": codes, "party": party, "reason": reason}
        return [self._deliver(codes)], [step]

    def _transfer_in(self) -> Scene:
        prepare, out = self._away("transfer_out", "二店")
        step = self._deliver(out[0]["codes"], kind="transfer_in") | {"lot": None, "party": "二店"}
        return prepare + out, [step, self._deliver(self.codes("B", 2), kind="transfer_in")]

    def _other_in(self) -> Scene:
        prepare, loss = self._away("loss", reason="盘亏")
        step = loss[0] | {"kind": "other_in", "reason": "找回"}
        return prepare + loss, [step]

    def _sold(self, count: int) -> tuple[Steps, list[str]]:
        codes = self.codes("B", count)
        return [self._deliver(codes), *_sell(codes)], codes

    def _customers_return(self) -> Scene:
        prepare, codes = self._sold(2)
        never_received = self.codes("B", 1)
        prepare += _sell(never_received)
        return prepare, [{"do": "give_back", "code": code} for code in (*codes, *never_received)]

    def _restored(self) -> Scene:
        prepare, codes = self._sold(2)
        back = [{"do": "restore", "code": code} for code in codes]
        return prepare, [*back, *_sell(codes)]

    def _returned_to_supplier(self) -> Scene:
        prepare, codes = self._sold(2)
        back = [{"do": "give_back", "code": code} for code in codes]
        step = {"do": "post", "kind": "to_supplier", "codes": codes, "party": _PARTY}
        return prepare, [*back, step]

    def _sale(self) -> Scene:
        codes = self.codes("B", 2)
        return [self._deliver(codes)], _sell([*codes, *self.codes("A", 1)])

    def _split(self) -> Scene:
        codes = self.codes("A", 1)
        return [self._deliver(codes, "A")], [_part(codes[0], 1), _PAY, _part(codes[0], 2), _PAY]

    def _used_up(self) -> Scene:
        codes = self.codes("A", 1)
        first = [_part(codes[0], 1), _PAY]
        return [self._deliver(codes, "A"), *first], [
            _part(codes[0], 2), {"do": "undo"}, _part(codes[0], RATIO - 1), _PAY,
        ]  # fmt: skip

    def _hold(self) -> Scene:
        codes = self.codes("B", 2)
        steps = [_scan(codes[0]), {"do": "hold"}, _scan(codes[1]), _PAY, {"do": "resume"}, _PAY]
        return [self._deliver(codes)], steps

    def _void(self) -> Scene:
        codes = self.codes("B", 2)
        part = self.codes("A", 1)
        prepare = [self._deliver(codes), self._deliver(part, "A"), _part(part[0], 1), _PAY]
        steps = [_scan(codes[0]), _scan(codes[1]), {"do": "undo"}, _part(part[0], 1)]
        return prepare, [*steps, {"do": "void"}]

    def _pack(self) -> Scene:
        outer, *inner = self.codes("B", 4)
        relations = [(code, outer, 1, False) for code in inner] + [(outer, None, 2, False)]
        packs = {"do": "packs", "relations": relations}
        whole = self._deliver(inner)
        return [], [packs, whole, *_sell(inner[:1])]

    def _count(self) -> Scene:
        codes = self.codes("C", 5)
        before = {"do": "count", "item": "DC", "codes": codes[:3]}
        steps = [{"do": "count", "item": "DC", "codes": codes[1:]}]
        return [self._deliver(codes[:4], "C"), before], steps

    def _recall(self) -> Scene:
        lot = f"R{self._serial}"
        return [], [
            self._deliver(self.codes("B", 2)) | {"lot": lot},
            {"do": "recall", "key": "lot", "value": lot},
        ]

    def _end_recall(self) -> Scene:
        code = self.codes("B", 1)[0]
        opened = {"do": "recall", "key": "code", "value": code}
        return [self._deliver([code])], [opened, opened | {"do": "end_recall"}, *_sell([code])]

    def day(self, count: int) -> Scene:
        """Some flows one after the other, in any order; all of it may be killed in."""
        steps: Steps = []
        for _ in range(count):
            prepare, then = self.scenes[self._random.choice(list(self.scenes))]()
            steps += prepare + then
        return [], steps

    def recover(self, books: Books) -> Steps:
        """What a person does after a start: the open and held sales are dealt with, recalls end."""
        # A kill between opening a sale and its first box leaves an empty one: it is voided, so
        # that each scene begins, and counts its commits, from the same place.
        void = {"do": "void"}
        # A locked counter takes no scan; the number without name is the drill's own person.
        steps: Steps = [{"do": "sign_in", "id": ""}] if books.marks.locked else []
        steps.append(self._random.choice((_PAY, void)) if books.open.has_lines else void)
        for _ in books.held:
            steps += [{"do": "resume"}, self._random.choice((_PAY, void))]
        steps += [
            {"do": "end_recall", "key": key, "value": value} for key, value in sorted(books.recalls)
        ]
        for number in books.marks.drafts:
            drop = {"do": "draft_drop", "draft": number}
            steps += [{"do": "draft_post", "draft": number}, drop][self._random.randrange(2) :]
        return steps


_PAY = {"do": "pay"}


def _scan(code: str) -> dict[str, Any]:
    return {"do": "scan", "code": code}


def _part(code: str, units: int) -> dict[str, Any]:
    return {"do": "split", "code": code, "units": units}


def _sell(codes: list[str]) -> Steps:
    return [*(_scan(code) for code in codes), _PAY]
