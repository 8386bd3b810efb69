"""What a verdict or a gate reason leads to: the policy cells and their defaults.

Defaults are those of contracts, section 5; a store changes cells in its settings.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Action(StrEnum):
    """What a cell says: let it pass, pass with a warning, ask, need a second person, refuse."""

    ALLOW = "allow"
    WARN = "warn"
    ASK = "ask"
    APPROVE = "approve"
    BLOCK = "block"


class VerdictName(StrEnum):
    """Box verdicts; the names are part of the contract."""

    OK = "OK"
    OK_UNRECEIVED = "OK_UNRECEIVED"
    OK_SPLIT = "OK_SPLIT"
    EXEMPT = "EXEMPT"
    ITEM = "ITEM"
    IN_THIS_SALE = "IN_THIS_SALE"
    HELD_ELSEWHERE = "HELD_ELSEWHERE"
    SOLD_HERE = "SOLD_HERE"
    SOLD_ELSEWHERE = "SOLD_ELSEWHERE"
    SETTLED_ON_PLATFORM = "SETTLED_ON_PLATFORM"
    WRONG_DRUG = "WRONG_DRUG"
    NOT_ON_SALE_LINE = "NOT_ON_SALE_LINE"
    UNMAPPED = "UNMAPPED"
    OUTER_PACK = "OUTER_PACK"
    INNER_OF_SOLD_PACK = "INNER_OF_SOLD_PACK"
    SPLIT_EXHAUSTED = "SPLIT_EXHAUSTED"
    RETURNED_HOLD = "RETURNED_HOLD"
    TRANSFERRED_OUT = "TRANSFERRED_OUT"
    DESTROYED = "DESTROYED"
    RECALLED = "RECALLED"
    EXPIRED = "EXPIRED"
    NEAR_EXPIRY = "NEAR_EXPIRY"
    NOT_TRACE = "NOT_TRACE"
    DAMAGED = "DAMAGED"


class Reason(StrEnum):
    """Why a sale cannot be paid; in the order in which they are told."""

    MISSING_CODES = "MISSING_CODES"
    NOT_PAYABLE = "NOT_PAYABLE"
    NO_LOT = "NO_LOT"
    NO_SETTLEMENT = "NO_SETTLEMENT"


_VERDICT_DEFAULTS = {
    VerdictName.OK: Action.ALLOW,
    VerdictName.OK_SPLIT: Action.ALLOW,
    VerdictName.OK_UNRECEIVED: Action.WARN,
    VerdictName.NEAR_EXPIRY: Action.WARN,
    VerdictName.EXEMPT: Action.ALLOW,
    VerdictName.ITEM: Action.ASK,
    VerdictName.UNMAPPED: Action.ASK,
    VerdictName.OUTER_PACK: Action.ASK,
}
# Verdicts that no setting can soften: a second sale, a code that is none, a returned box.
FIXED_VERDICTS = frozenset(
    {
        VerdictName.IN_THIS_SALE,
        VerdictName.HELD_ELSEWHERE,
        VerdictName.SOLD_HERE,
        VerdictName.SOLD_ELSEWHERE,
        VerdictName.SETTLED_ON_PLATFORM,
        VerdictName.WRONG_DRUG,
        VerdictName.OUTER_PACK,
        VerdictName.INNER_OF_SOLD_PACK,
        VerdictName.SPLIT_EXHAUSTED,
        VerdictName.TRANSFERRED_OUT,
        VerdictName.DESTROYED,
        VerdictName.RECALLED,
        VerdictName.OK,
        VerdictName.OK_SPLIT,
        VerdictName.RETURNED_HOLD,
        VerdictName.NOT_TRACE,
        VerdictName.DAMAGED,
        VerdictName.ITEM,
        VerdictName.UNMAPPED,
        VerdictName.EXEMPT,
    }
)
_SELF_DEFAULTS = {
    Reason.MISSING_CODES: Action.WARN,
    Reason.NO_LOT: Action.ALLOW,
    Reason.NOT_PAYABLE: Action.ALLOW,
    Reason.NO_SETTLEMENT: Action.ALLOW,
}


@dataclass(frozen=True, slots=True)
class Policy:
    """The cells a store has changed; every other cell is its default."""

    verdicts: Mapping[VerdictName, Action] = field(default_factory=dict)
    insured: Mapping[Reason, Action] = field(default_factory=dict)
    self_paid: Mapping[Reason, Action] = field(default_factory=dict)

    def of_verdict(self, name: VerdictName) -> Action:
        """What this verdict leads to."""
        default = _VERDICT_DEFAULTS.get(name, Action.BLOCK)
        return default if name in FIXED_VERDICTS else self.verdicts.get(name, default)

    def of_reason(self, reason: Reason, insured: bool) -> Action:
        """What this gate reason leads to; never softer than asking a person when insured.

        The law settles no insured sale without codes and settlement (facts on the trade, 1).
        """
        if insured:
            return self.insured.get(reason, Action.BLOCK)
        return self.self_paid.get(reason, _SELF_DEFAULTS[reason])
