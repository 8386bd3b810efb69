"""What a verdict or a gate reason leads to: the policy cells and their defaults.

Every verdict that may be softened and every gate reason has a cell for each payment kind.
Defaults are those of contracts, section 5; a store changes cells in its settings. While the
boxes are scanned nobody knows yet how the sale will be paid: the strictest cell warns then, and
the gate looks again with the real kind.
"""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from pharmacy_desk.core.basics.payment import KINDS, PaymentKind
from pharmacy_desk.core.basics.values import dataclass


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
    NOT_KNOWN = "NOT_KNOWN"
    NOT_TRACE = "NOT_TRACE"
    DAMAGED = "DAMAGED"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a sale cannot be paid; declared in the file of its rule (`core/sale/gate/`).

    The name is part of the contract. `self_paid` and `insured` are its default cells, and `row` is
    what the policy's table calls it, in English; no row shows cells that are fixed, as those of a
    `fixed` reason: it blocks whatever it finds. One of a `verdict` is what the gate looks at again
    once it is known how the sale is paid: the verdict's cells are its cells.
    """

    name: str
    row: str = ""
    self_paid: Action = Action.ALLOW
    # The law settles no insured sale without codes and settlement (facts on the trade, 1).
    insured: Action = Action.BLOCK
    verdict: VerdictName | None = None
    fixed: bool = False


_STRICTNESS = (Action.ALLOW, Action.WARN, Action.ASK, Action.APPROVE, Action.BLOCK)
_VERDICT_DEFAULTS = {
    VerdictName.OK: Action.ALLOW,
    VerdictName.OK_SPLIT: Action.ALLOW,
    VerdictName.OK_UNRECEIVED: Action.WARN,
    VerdictName.NEAR_EXPIRY: Action.WARN,
    VerdictName.NOT_KNOWN: Action.WARN,
    VerdictName.EXEMPT: Action.ALLOW,
    VerdictName.ITEM: Action.ASK,
    VerdictName.UNMAPPED: Action.ASK,
    VerdictName.OUTER_PACK: Action.ASK,
}
# What an insured payment wants beyond that: a box that another counter may have sold is settled
# only when a second person answers for it (contracts, section 5).
_INSURED_DEFAULTS = {VerdictName.NOT_KNOWN: Action.APPROVE}
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


@dataclass(frozen=True, slots=True)
class Policy:
    """The cells a store has changed; every other cell is its default.

    `verdicts` hold for every payment kind; `self_paid` and `insured` (the default of the five
    insured kinds) for verdicts and gate reasons alike, and `by_kind` for one kind alone: the
    narrower cell counts. `served` are the kinds the store takes.
    """

    verdicts: Mapping[VerdictName, Action] = field(default_factory=dict)
    insured: Mapping[str, Action] = field(default_factory=dict)
    self_paid: Mapping[str, Action] = field(default_factory=dict)
    by_kind: Mapping[tuple[str, PaymentKind], Action] = field(default_factory=dict)
    served: tuple[PaymentKind, ...] = KINDS
    # Every scan asks; the answers of one policy never change.
    _at_scan: dict[tuple[VerdictName, PaymentKind | None], Action] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )
    _at_payment: dict[VerdictName, tuple[tuple[PaymentKind, Action], ...]] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )

    def of_verdict(self, name: VerdictName, payment: PaymentKind | None = None) -> Action:
        """The cell of this verdict for a payment kind; without one the strictest of all served."""
        default = _VERDICT_DEFAULTS.get(name, Action.BLOCK)
        if name in FIXED_VERDICTS:
            return default
        if payment is None:
            cells = (self.of_verdict(name, kind) for kind in self.served)
            return max(cells, key=_STRICTNESS.index)
        if payment.insured:
            default = _INSURED_DEFAULTS.get(name, default)
        own = self._own(name, payment)
        return self.verdicts.get(name, default) if own is None else own

    def at_scan(self, name: VerdictName, payment: PaymentKind | None = None) -> Action:
        """What the verdict leads to at the scan, `payment` being chosen already or not.

        A box that some way of paying lets through goes in with a warning: the gate asks the
        manager or refuses once the way is known. One that none lets through stays out.
        """
        key = (name, payment)
        if key not in self._at_scan:
            self._at_scan[key] = self._work_out(name, payment)
        return self._at_scan[key]

    def _work_out(self, name: VerdictName, payment: PaymentKind | None) -> Action:
        strictest = self.of_verdict(name, payment)
        if name in FIXED_VERDICTS or strictest in (Action.ALLOW, Action.WARN, Action.ASK):
            return strictest
        kinds = (payment,) if payment else self.served
        blocked = all(self.of_verdict(name, kind) is Action.BLOCK for kind in kinds)
        return Action.BLOCK if blocked else Action.WARN

    def at_payment(self, name: VerdictName) -> tuple[tuple[PaymentKind, Action], ...]:
        """The kinds whose payment a box of this verdict will stop, with what each wants."""
        if name in FIXED_VERDICTS:
            return ()
        if name not in self._at_payment:
            cells = ((kind, self.of_verdict(name, kind)) for kind in self.served)
            stopping = (cell for cell in cells if cell[1] in (Action.APPROVE, Action.BLOCK))
            self._at_payment[name] = tuple(stopping)
        return self._at_payment[name]

    def of_reason(self, reason: Reason, payment: PaymentKind) -> Action:
        """What this gate reason leads to for a payment kind."""
        if reason.verdict:
            return self.of_verdict(reason.verdict, payment)
        own = self._own(reason.name, payment)
        if own is not None:
            return own
        return reason.insured if payment.insured else reason.self_paid

    def _own(self, name: str, payment: PaymentKind) -> Action | None:
        """The cell the store has set for a kind: its own, else that of all insured ones."""
        own = self.by_kind.get((name, payment))
        wide = self.insured if payment.insured else self.self_paid
        return own or wide.get(name)
