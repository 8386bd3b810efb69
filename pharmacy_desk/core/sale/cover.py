"""What a payment kind pays of a line: the insurance, the customer alone, or nothing at all.

A mixed basket is one sale: insured lines are settled, drugs the insurance does not pay and gifts
stand beside them and are paid by the customer alone. Goods that are no drugs are barred from an
insured sale (串换: facts on the trade, section 5, families ② and ③), unless the region's dated
lists let this kind pay them. No list is in code: the region's profile holds them with their days.
"""

from dataclasses import replace
from datetime import date
from enum import StrEnum

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import DRUGS, Category, InsuranceClass, Item
from pharmacy_desk.core.sale.sale import Cover, Line, Sale


class Barred(StrEnum):
    """Why goods do not stand in an insured sale."""

    NO_DRUG = "no_drug"
    UNKNOWN = "unknown"
    NOT_LISTED = "not_listed"


@dataclass(frozen=True, slots=True)
class Term:
    """From which day on a list holds, and until which one; both included."""

    since: date = date.min
    until: date = date.max

    def holds(self, today: date) -> bool:
        """True when the list is in force."""
        return self.since <= today <= self.until


@dataclass(frozen=True, slots=True)
class PaidGoods:
    """Goods that these kinds pay besides drugs of class 甲 and 乙, as long as they have a code."""

    term: Term
    kinds: frozenset[PaymentKind]
    categories: frozenset[Category]
    classes: frozenset[InsuranceClass]

    def pays(self, item: Item, kind: PaymentKind, today: date) -> bool:
        """True when this list lets `kind` pay the item."""
        return (
            self.term.holds(today)
            and kind in self.kinds
            and item.category in self.categories
            and item.insurance_class in self.classes
            and bool(item.insurance_code)
        )


@dataclass(frozen=True, slots=True)
class OnlyListed:
    """National codes that these kinds pay, and no other drug (the dual-channel list, 双通道)."""

    term: Term
    kinds: frozenset[PaymentKind]
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class PriceCap:
    """The most that one pack of a national code may cost when the insurance pays it, in fen.

    `list` names whose cap it is, in the region's own words (集采, 限价).
    """

    term: Term
    code: str
    most_fen: int
    list: str = ""


@dataclass(frozen=True, slots=True)
class ExemptGoods:
    """Drugs that need no trace code in the region for now, by class of goods or national code.

    Pieces, granules, hospital preparations and devices need none anywhere (facts on the trade,
    section 1); these are drugs the agency has not yet required to carry one.
    """

    term: Term
    categories: frozenset[Category]
    codes: frozenset[str]

    def has(self, item: Item, today: date) -> bool:
        """True when an item is among them today."""
        return self.term.holds(today) and (
            item.category in self.categories or item.insurance_code in self.codes
        )


@dataclass(frozen=True, slots=True)
class CoverRules:
    """The region's dated lists. Without any, drugs of class 甲 and 乙 with a code are paid."""

    goods: tuple[PaidGoods, ...] = ()
    only: tuple[OnlyListed, ...] = ()
    caps: tuple[PriceCap, ...] = ()
    exempt: tuple[ExemptGoods, ...] = ()

    def barred(self, item: Item, kind: PaymentKind, today: date) -> Barred | None:
        """Why an item may not stand in a sale that this kind pays; None when it may.

        What nobody has told the class of may be no drug.
        """
        if self._unlisted(item, kind, today):
            return Barred.NOT_LISTED
        if item.category in DRUGS or self._paid(item, kind, today):
            return None
        return Barred.NO_DRUG if item.category is not Category.UNKNOWN else Barred.UNKNOWN

    def of(self, line: Line, kind: PaymentKind, today: date) -> Cover:
        """Who pays a line. A gift costs nothing, and the insurance is not asked for it."""
        if not kind.insured or line.gift:
            return Cover.OWN
        if self.barred(line.item, kind, today):
            return Cover.BARRED
        return Cover.INSURED if self._paid(line.item, kind, today) else Cover.OWN

    def cover(self, sale: Sale, kind: PaymentKind, today: date) -> Sale:
        """The sale with what this kind pays of each of its lines; self-paid ones bear no mark."""
        lines = (
            replace(line, cover=self.of(line, kind, today) if kind.insured else None)
            for line in sale.lines
        )
        return replace(sale, lines=tuple(lines))

    def exempts(self, item: Item, today: date) -> bool:
        """True for a drug whose boxes are settled without a code in the region for now."""
        return any(goods.has(item, today) for goods in self.exempt)

    def cap(self, item: Item, today: date) -> PriceCap | None:
        """The lowest cap in force on an item's price."""
        caps = [cap for cap in self.caps if cap.code == item.insurance_code]
        found = [cap for cap in caps if item.insurance_code and cap.term.holds(today)]
        return min(found, key=lambda cap: cap.most_fen, default=None)

    def _paid(self, item: Item, kind: PaymentKind, today: date) -> bool:
        return item.insurance_payable or any(goods.pays(item, kind, today) for goods in self.goods)

    def _unlisted(self, item: Item, kind: PaymentKind, today: date) -> bool:
        """True for a drug the insurance pays by other kinds, where this one has a list of its own.

        A drug of class 自费 stands beside it as always.
        """
        lists = [one for one in self.only if kind in one.kinds and one.term.holds(today)]
        if not lists or not self._paid(item, kind, today):
            return False
        return not any(item.insurance_code in one.codes for one in lists)


NO_LISTS = CoverRules()
