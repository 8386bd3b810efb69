"""Limits of what the insurance pays (限定支付), and what in a sale goes beyond them.

The rules are the insurance bureau's published rule and knowledge base (智能监管"两库") and, in the
same form, a region's list of drugs and certified diseases (门慢双通道药店限病种用药规则): a drug,
a kind of limit, the values it pays for. Nothing is guessed of a person: what nobody has told gives
no hit, and is named as not checked.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Item, plain_drug
from pharmacy_desk.core.people.identity import Sex
from pharmacy_desk.core.sale.sale import Line
from pharmacy_desk.core.scanning.persons import names_person


class LimitKind(StrEnum):
    """What a limit is about; all but `repeat` are words of the published base."""

    SEX = "sex"
    AGE = "age"
    PAID_COURSE = "paid_course"
    INSTITUTION_LEVEL = "institution_level"
    VISIT = "visit"
    INSURANCE_TYPE = "insurance_type"
    DISEASE = "disease"
    REPEAT = "repeat"


class LimitMode(StrEnum):
    """What a store makes of a kind: nothing, 事前提醒, a limit of the policy, 事前结算拦截."""

    OFF = "off"
    REMIND = "remind"
    LIMIT = "limit"
    INTERCEPT = "intercept"


# What the base calls a limit to children, to injuries at work, and to maternity.
CHILD, INJURY, MATERNITY = "儿童", "工伤", "生育"
# What a person has is nobody's business: that it is another disease is all that is told.
_NOT_CERTIFIED = "-"
# A letter and five digits in the national list; a region may add to it.
_DISEASE = re.compile(r"[0-9A-Z.+-]{1,30}")
_SEXES = {"男": Sex.MALE, "女": Sex.FEMALE}


@dataclass(frozen=True, slots=True)
class LimitRule:
    """One drug's limit of one kind, by its national insurance code.

    `pack_days` is how long one pack lasts, where the list tells it. A rule without values was taken
    back by a later list.
    """

    code: str
    drug: str
    kind: LimitKind
    values: tuple[str, ...]
    pack_days: Fraction | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class LimitText:
    """The bureau's wording behind a drug's limit."""

    drug: str
    kind: LimitKind
    values: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class LimitList:
    """A published list: what it is called, as of which day (None: it does not tell), its rows."""

    name: str
    as_of: date | None
    rules: tuple[LimitRule, ...]
    texts: tuple[LimitText, ...] = ()


# A drug and one kind of its limits, as a wording stands behind them.
_Wording: TypeAlias = tuple[str, LimitKind, tuple[str, ...]]


@dataclass(frozen=True)
class LimitBase:
    """The rules in force, by code and by name, and the bureau's wordings.

    A drug whose own code is not listed is known by its name: the bureau's wording stands behind
    names, and its list counts the codes of its day. `names` leads to a listed code, `by_name`
    holds rules of lists that tell no codes at all.
    """

    rules: Mapping[str, Mapping[LimitKind, LimitRule]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    by_name: Mapping[str, Mapping[LimitKind, LimitRule]] = field(default_factory=dict)
    texts: Mapping[_Wording, str] = field(default_factory=dict)

    def of(self, item: Item) -> tuple[LimitRule, ...]:
        """Every limit of a drug that is in force."""
        name = plain_drug(item.name)
        found = self.rules.get(item.insurance_code)
        if found is None:
            found = self.rules.get(self.names.get(name, ""), {})
        whole = {**self.by_name.get(name, {}), **found}
        return tuple(rule for rule in whole.values() if rule.values)

    def text(self, rule: LimitRule) -> str:
        """The bureau's own words behind a rule, empty where it has none."""
        return self.texts.get((rule.drug, rule.kind, rule.values), "")


def in_force(lists: Iterable[LimitList]) -> LimitBase:
    """Lists in their order as one base: of two rules for one drug and kind the later one counts."""
    rules: dict[str, dict[LimitKind, LimitRule]] = {}
    by_name: dict[str, dict[LimitKind, LimitRule]] = {}
    names: dict[str, str] = {}
    texts: dict[_Wording, str] = {}
    for one in lists:
        texts |= {(row.drug, row.kind, row.values): row.text for row in one.texts}
        for rule in one.rules:
            if rule.code:
                rules.setdefault(rule.code, {})[rule.kind] = rule
                names.setdefault(rule.drug, rule.code)
            else:
                by_name.setdefault(plain_drug(rule.drug), {})[rule.kind] = rule
    return LimitBase(rules, {plain_drug(drug): names[drug] for drug in names}, by_name, texts)


def in_order(shipped: LimitList, imported: Sequence[LimitList]) -> tuple[LimitList, ...]:
    """The list that came with the program before those that people brought since, by their days.

    One without a day was brought by somebody who wants it: it counts.
    """

    def older(one: LimitList) -> bool:
        return bool(one.as_of and shipped.as_of and one.as_of < shipped.as_of)

    return (
        *(one for one in imported if older(one)),
        shipped,
        *(one for one in imported if not older(one)),
    )


@dataclass(frozen=True, slots=True)
class LimitTerms:
    """What a region says of limits from a day on.

    `applies` are the kinds looked at for each way of paying; `insurance_types` the codes of the
    person's insurance (险种) that a value of the base stands for. A child is younger than
    `child_until` years. A pack of which nobody told how long it lasts counts `pack_days` days (0:
    the course is not counted). A drug bought again within `repeat_days` is a repeat from
    `repeat_times` purchases on (0: none is).
    """

    since: date
    applies: Mapping[PaymentKind, frozenset[LimitKind]]
    insurance_types: Mapping[str, frozenset[str]]
    child_until: int
    pack_days: int
    repeat_days: int
    repeat_times: int


@dataclass(frozen=True, slots=True)
class LimitPerson:
    """What is known of who the drugs are for; None is what nobody has told."""

    sex: Sex | None = None
    age: int | None = None
    insurance_type: str | None = None
    diseases: frozenset[str] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Bought:
    """One drug of an earlier sale to the same person, as far as it did not come back."""

    receipt: str
    on: date
    item: str
    insurance_code: str
    packs: Fraction


@dataclass(frozen=True, slots=True)
class LimitBook:
    """All that the limits of a sale are looked up in.

    `bought` is what the person has bought here before. Below `least_fen` a reminder stays silent.
    """

    base: LimitBase
    terms: LimitTerms
    modes: Mapping[LimitKind, LimitMode]
    person: LimitPerson = LimitPerson()
    bought: tuple[Bought, ...] = ()
    least_fen: Mapping[LimitKind, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LimitHit:
    """A line beyond a limit. `found` is what speaks against it: an age, a sex, days, times.

    `text` is the bureau's wording and `version` the list it stands in; a repeat has neither, but
    the `receipts` of before. `amount_fen` is the money it concerns. `assumed_days` is how long a
    pack was taken to last where nobody has told it.
    """

    line: int
    item: str
    drug: str
    kind: LimitKind
    mode: LimitMode
    values: tuple[str, ...]
    found: str
    amount_fen: int
    text: str = ""
    version: str = ""
    receipts: tuple[str, ...] = ()
    assumed_days: int = 0


@dataclass(frozen=True, slots=True)
class LimitsFound:
    """What goes beyond a limit, and the kinds that a limited drug could not be checked for."""

    hits: tuple[LimitHit, ...] = ()
    unchecked: tuple[LimitKind, ...] = ()

    def of(self, mode: LimitMode) -> tuple[LimitHit, ...]:
        """The hits of one mode."""
        return tuple(hit for hit in self.hits if hit.mode is mode)


NOTHING_FOUND = LimitsFound()


def look(lines: Iterable[Line], payment: PaymentKind, book: LimitBook, today: date) -> LimitsFound:
    """Every limit that these lines, paid so, would go beyond; each line by each kind."""
    hits: list[LimitHit] = []
    unchecked: dict[LimitKind, None] = {}
    kinds = book.terms.applies.get(payment, frozenset())
    for line in lines:
        for rule in (*book.base.of(line.item), _repeat_rule(line)):
            mode = book.modes.get(rule.kind, LimitMode.LIMIT)
            if rule.kind not in kinds or mode is LimitMode.OFF:
                continue
            said = _CHECKS[rule.kind](_Case(line, rule, payment, book, today))
            if said is None:
                unchecked[rule.kind] = None
            elif said:
                hits.append(_hit(line, rule, mode, said=said, book=book, today=today))
    told = tuple(hit for hit in hits if not _silent(hit, book))
    return LimitsFound(told, tuple(unchecked))


def _silent(hit: LimitHit, book: LimitBook) -> bool:
    return hit.mode is LimitMode.REMIND and hit.amount_fen < book.least_fen.get(hit.kind, 0)


def _hit(
    line: Line, rule: LimitRule, mode: LimitMode, said: str, book: LimitBook, today: date
) -> LimitHit:
    before = _before(line, book, today, _window(rule, book))
    return LimitHit(
        line=line.number,
        item=line.item.code,
        drug=line.item.name,
        kind=rule.kind,
        mode=mode,
        values=rule.values,
        found=said,
        amount_fen=line.amount_fen,
        text=book.base.text(rule),
        version=rule.version,
        receipts=tuple(dict.fromkeys(one.receipt for one in before)),
        assumed_days=book.terms.pack_days if _assumes(rule) else 0,
    )


def _assumes(rule: LimitRule) -> bool:
    """Whether a course is counted by what a pack is taken to last."""
    return rule.kind is LimitKind.PAID_COURSE and rule.pack_days is None


def _repeat_rule(line: Line) -> LimitRule:
    """The region's own rule about every drug: not bought again too soon."""
    return LimitRule(line.item.insurance_code, line.item.name, LimitKind.REPEAT, ())


def disease_code(text: str, today: date) -> str | None:
    """A disease as a person types its code (`M01600`), in one form; None for what is none."""
    plain = text.strip().upper()
    fits = _DISEASE.fullmatch(plain) and not names_person(plain, today)
    return plain if fits else None


# --- one check a kind: what speaks against the line, "" for nothing, None where it is not known --


@dataclass(frozen=True, slots=True)
class _Case:
    """One line before one rule."""

    line: Line
    rule: LimitRule
    payment: PaymentKind
    book: LimitBook
    today: date

    @property
    def person(self) -> LimitPerson:
        return self.book.person


def _sex(case: _Case) -> str | None:
    wanted, sex = {_SEXES.get(value) for value in case.rule.values}, case.person.sex
    if sex is None:
        return None
    return "" if sex in wanted else next(word for word, one in _SEXES.items() if one is sex)


def _age(case: _Case) -> str | None:
    """The base knows children only; how old they may be is the region's word."""
    age = case.person.age
    if CHILD not in case.rule.values:
        return ""
    if age is None:
        return None
    return str(age) if age >= case.book.terms.child_until else ""


def _paid_course(case: _Case) -> str | None:
    """Days of this sale and of what was bought within one course before it."""
    limit, days = course_days(case.rule), case.rule.pack_days
    if days is None:
        days = Fraction(case.book.terms.pack_days)
    before = _before(case.line, case.book, case.today, limit)
    whole = (packs_of(case.line, case.line.quantity) + sum(one.packs for one in before)) * days
    return str(-(-whole.numerator // whole.denominator)) if whole > limit else ""


def _institution_level(_: _Case) -> str | None:
    """A pharmacy is no hospital of any level: such a drug is not paid from it."""
    return "药店"


def _visit(_: _Case) -> str | None:
    """In-patients only: nobody is one at a counter."""
    return "药店"


def _insurance_type(case: _Case) -> str | None:
    """Injury at work is a way of paying; other types are told of the person."""
    values, told = case.rule.values, case.person.insurance_type
    if INJURY in values and case.payment is PaymentKind.INJURY:
        return ""
    if told is None:
        # By a way of paying of its own it is known that this is not it.
        return None if MATERNITY in values else case.payment.value
    types = frozenset[str]().union(
        *(case.book.terms.insurance_types.get(value, frozenset()) for value in values)
    )
    return "" if told in types else told


def _disease(case: _Case) -> str | None:
    certified = case.person.diseases
    if certified is None:
        return None
    return "" if certified & frozenset(case.rule.values) else _NOT_CERTIFIED


def _repeat(case: _Case) -> str | None:
    terms = case.book.terms
    times = len({one.receipt for one in _before_repeat(case)})
    return str(times) if terms.repeat_times and times >= terms.repeat_times else ""


def _before_repeat(case: _Case) -> tuple[Bought, ...]:
    return _before(case.line, case.book, case.today, case.book.terms.repeat_days)


_CHECKS: Mapping[LimitKind, Callable[[_Case], str | None]] = {
    LimitKind.SEX: _sex,
    LimitKind.AGE: _age,
    LimitKind.PAID_COURSE: _paid_course,
    LimitKind.INSTITUTION_LEVEL: _institution_level,
    LimitKind.VISIT: _visit,
    LimitKind.INSURANCE_TYPE: _insurance_type,
    LimitKind.DISEASE: _disease,
    LimitKind.REPEAT: _repeat,
}


def course_days(rule: LimitRule) -> int:
    """The paid course of a rule (`14天`) in days."""
    return int(rule.values[0].removesuffix("天"))


def _window(rule: LimitRule, book: LimitBook) -> int:
    """How many days before today count for a rule."""
    if rule.kind is LimitKind.PAID_COURSE:
        return course_days(rule)
    return book.terms.repeat_days if rule.kind is LimitKind.REPEAT else 0


def _before(line: Line, book: LimitBook, today: date, days: int) -> tuple[Bought, ...]:
    """What the person bought of the line's drug within so many days."""
    since, item = today - timedelta(days=days), line.item
    return tuple(
        one
        for one in book.bought
        if one.on > since and (one.item == item.code or _same_code(one, item))
    )


def _same_code(one: Bought, item: Item) -> bool:
    return bool(item.insurance_code) and one.insurance_code == item.insurance_code


def packs_of(line: Line, count: int) -> Fraction:
    """So many of a line in packs; units of an opened box are a part of one."""
    return Fraction(count, (line.item.split_ratio or 1) if line.split else 1)
