"""Flows of what is no box: library, gifts, orders, drafts, map, people, approvals."""

from collections.abc import Callable
from typing import Any, TypeAlias

Steps: TypeAlias = list[dict[str, Any]]
Scene: TypeAlias = tuple[Steps, Steps]
Step: TypeAlias = dict[str, Any]

_PAY: Step = {"do": "pay"}
_UNDO: Step = {"do": "undo"}
_HOLD: Step = {"do": "hold"}
_RESUME: Step = {"do": "resume"}
_VOID: Step = {"do": "void"}
_PARTY = "示例医药公司"
_TRIES = 5


class MarkScenes:
    """Makes scenes; `codes` gives new codes of a drug, `serial` a number that never repeats."""

    def __init__(self, codes: Callable[[str, int], list[str]], serial: Callable[[], int]) -> None:
        self._codes = codes
        self._serial = serial

    def scenes(self) -> dict[str, Callable[[], Scene]]:
        """Every flow by its name."""
        return {
            "no-code entry": self._entry_made,
            "no-code boxes sold": self._no_code_sold,
            "no-code boxes let go": self._no_code_void,
            "no-code box on hold": self._no_code_hold,
            "no-code return": self._no_code_return,
            "no-code entry closed": self._no_code_closed,
            "gift": self._gift,
            "gift and back": self._gift_back,
            "gift of an asked box": self._gift_asked,
            "gift undone": self._gift_undone,
            "online order": self._order,
            "online order taken back": self._order_back,
            "draft posted": self._draft_posted,
            "drafts put aside": self._drafts_aside,
            "draft with a box at the checkout": self._draft_in_sale,
            "draft thrown away": self._draft_dropped,
            "map": self._map,
            "map by two persons": self._map_two,
            "wrong PINs and the right one": self._sign_in,
            "lock-out": self._lock_out,
            "badge, leaving and coming back": self._badge,
            "lock": self._lock,
            "approved loss": lambda: self._approved("loss", "盘亏"),
            "approved destruction": lambda: self._approved("destruction", "破损"),
            "approved payment": self._approved_payment,
        }

    # --- the no-code library --------------------------------------------------------------

    def _entry(self, quantity: int) -> tuple[str, Steps]:
        label = f"发票{self._serial()}"
        keep = {"do": "keep_no_code", "label": label, "item": "DB", "quantity": quantity}
        return label, [keep, {"do": "approve_no_code", "label": label}]

    def _entry_made(self) -> Scene:
        return [], self._entry(3)[1]

    def _no_code_sold(self) -> Scene:
        label, made = self._entry(3)
        box = self._codes("B", 1)[0]
        steps = [_ask("DB", 3), _scan(box), _take(label), _take(label), _UNDO, _take(label), _PAY]
        return made, steps

    def _no_code_void(self) -> Scene:
        label, made = self._entry(2)
        return made, [_ask("DB", 2), _take(label), _take(label), _VOID]

    def _no_code_hold(self) -> Scene:
        label, made = self._entry(2)
        box = self._codes("B", 1)[0]
        steps = [_ask("DB", 1), _take(label), _HOLD, _scan(box), _PAY, _RESUME, _PAY]
        return made, steps

    def _no_code_return(self) -> Scene:
        label, made = self._entry(2)
        sold = [_ask("DB", 2), _take(label), _take(label), _PAY]
        back = {"do": "return_no_code", "label": label}
        return [*made, *sold], [back, back]

    def _no_code_closed(self) -> Scene:
        label, made = self._entry(4)
        close = {"do": "close_no_code", "label": label}
        return made, [_ask("DB", 2), _take(label), _take(label), close, _UNDO, _PAY]

    # --- gifts and online orders ----------------------------------------------------------

    def _shelf(self, count: int) -> tuple[Step, list[str]]:
        codes = self._codes("D", count)
        step = {
            "do": "post", "kind": "delivery", "codes": codes, "item": "DD", "lot": "G1",
            "party": _PARTY,
        }  # fmt: skip
        return step, codes

    def _gift(self) -> Scene:
        come, codes = self._shelf(2)
        return [come], [*(_scan(code) for code in codes), _turn(codes[1:]), _PAY]

    def _gift_back(self) -> Scene:
        come, codes = self._shelf(2)
        there, back = _turn(codes, whole=True), _turn(codes, whole=True, gift=False)
        steps = [*(_scan(code) for code in codes), there, back, _UNDO, _UNDO, there, back, there]
        return [come], [*steps, _PAY]

    def _gift_asked(self) -> Scene:
        come, codes = self._shelf(1)
        turn = _turn(codes)
        return [come], [_ask("DD", 1), _scan(codes[0]), turn, _UNDO, turn, _PAY]

    def _gift_undone(self) -> Scene:
        come, codes = self._shelf(2)
        steps = [_scan(codes[0]), _turn(codes[:1]), _scan(codes[1]), _UNDO, _UNDO, _PAY]
        return [come], steps

    def _order(self) -> Scene:
        come, codes = self._shelf(3)
        first, second = self._ordered(), self._ordered()
        steps = [first, _scan(codes[0]), _HOLD, _scan(codes[1]), _PAY, _RESUME, second]
        return [come], [*steps, _scan(codes[2]), _turn(codes[2:]), _PAY]

    def _order_back(self) -> Scene:
        come, codes = self._shelf(1)
        return [come], [self._ordered(), _scan(codes[0]), {"do": "order", "number": None}, _PAY]

    def _ordered(self) -> Step:
        return {"do": "order", "number": f"MT{self._serial()}"}

    # --- drafts of receiving --------------------------------------------------------------

    def _draft(self, codes: list[str], quantity: int) -> tuple[Step, Steps]:
        """(the step of posting it, the steps that lead to it)."""
        number = f"R{self._serial()}"
        opened = {"do": "draft", "draft": number, "quantity": quantity, "lot": f"L{number}"}
        scans = [{"do": "draft_scan", "draft": number, "code": code} for code in codes]
        return {"do": "draft_post", "draft": number}, [opened, *scans]

    def _draft_posted(self) -> Scene:
        codes = self._codes("B", 3)
        post, steps = self._draft(codes, 4)
        refuse = post | {"do": "draft_refuse", "code": codes[1]}
        learn = {"do": "learn", "party": _PARTY, "header": f"批{self._serial()}", "column": "lot"}
        return [], [learn, learn | {"column": "code"}, *steps, refuse, post]

    def _drafts_aside(self) -> Scene:
        first, one = self._draft(self._codes("B", 2), 3)
        second, two = self._draft(self._codes("B", 2), 2)
        aside = first | {"do": "draft_aside"}
        more = first | {"do": "draft_scan", "code": self._codes("B", 1)[0]}
        return [], [*one, aside, *two, second, more, first]

    def _draft_in_sale(self) -> Scene:
        codes = self._codes("B", 2)
        post, steps = self._draft(codes, 2)
        drop = post | {"do": "draft_drop"}
        return steps, [_scan(codes[0]), post, _PAY, drop]

    def _draft_dropped(self) -> Scene:
        post, steps = self._draft(self._codes("B", 2), 2)
        return [], [*steps, post | {"do": "draft_drop"}]

    # --- the three-code map ---------------------------------------------------------------

    def _map(self) -> Scene:
        one = self._mapped()
        out = one | {"do": "unmap"}
        return [], [one, one | {"level": 2}, one | {"item": "DA"}, out, one, out]

    def _map_two(self) -> Scene:
        one = self._mapped() | {"two": True}
        second = one | {"second": True}
        return [], [one, second, one | {"item": "DC"}, second | {"do": "unmap"}]

    def _mapped(self) -> Step:
        # No drug of the drill begins with 85.
        identification = f"85{self._serial() % 10**5:05d}"
        return {
            "do": "map", "identification": identification, "item": "DB", "level": 1, "two": False,
        }  # fmt: skip

    # --- people ---------------------------------------------------------------------------

    def _person(self) -> Step:
        number = f"P{self._serial()}"
        return {"do": "person", "id": number, "name": f"店员{number}"}

    def _sign_in(self) -> Scene:
        person = self._person()
        wrong, right = person | {"do": "wrong_pin"}, person | {"do": "sign_in"}
        return [], [person, wrong, wrong, right, _OWN]

    def _lock_out(self) -> Scene:
        person = self._person()
        wrong, free = person | {"do": "wrong_pin"}, person | {"do": "free"}
        renamed = person | {"name": "新名"}
        return [person, *[wrong] * (_TRIES - 2)], [wrong, wrong, wrong, free, wrong, renamed]

    def _badge(self) -> Scene:
        person = self._person()
        given = person | {"do": "badge", "given": True}
        leaves = person | {"do": "active", "active": False}
        back = leaves | {"active": True}
        return [person], [given, leaves, back, given | {"given": False}]

    def _lock(self) -> Scene:
        box, person = self._codes("B", 1)[0], self._person()
        # A wrong PIN is written and leaves the lock: a kill there tells whether it is kept.
        wrong = person | {"do": "wrong_pin"}
        return [person], [_scan(box), {"do": "lock"}, wrong, _OWN, _PAY]

    # --- approvals ------------------------------------------------------------------------

    def _approved(self, kind: str, reason: str) -> Scene:
        come, codes = self._shelf(2)
        step = {"do": "approved_post", "kind": kind, "codes": codes, "reason": reason}
        return [come], [step | {"do": "dropped_post"}, step]

    def _approved_payment(self) -> Scene:
        box = self._codes("B", 1)[0]
        return [], [_ask("DB", 2), _scan(box), {"do": "approved_pay"}]


_OWN: Step = {"do": "sign_in", "id": ""}


def _scan(code: str) -> Step:
    return {"do": "scan", "code": code}


def _ask(item: str, boxes: int) -> Step:
    return {"do": "ask", "item": item, "boxes": boxes}


def _take(label: str) -> Step:
    return {"do": "take_no_code", "label": label, "item": "DB"}


def _turn(codes: list[str], *, whole: bool = False, gift: bool = True) -> Step:
    return {"do": "gift", "codes": codes, "whole": whole, "gift": gift}
