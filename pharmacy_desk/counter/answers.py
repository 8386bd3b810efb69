"""What became of a wish: an enum of what happened, with its values, for the one who wished.

News tell facts to everybody who looks; an answer comes by the future that its wish returned, so
that nobody has to guess which news belongs to which wish.
"""

from concurrent.futures import Future
from dataclasses import field
from enum import StrEnum
from typing import TypeAlias

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Action
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.by_hand import BadCell
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.people.people import Request
from pharmacy_desk.core.people.sealing import SealedData
from pharmacy_desk.core.ports.till import TicketAnswer
from pharmacy_desk.core.sale.counting import CountRefusal
from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.gifts import GiftRefusal
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.limits import LimitKind
from pharmacy_desk.core.sale.person import SalePerson
from pharmacy_desk.core.sale.prescription import Prescription
from pharmacy_desk.core.sale.prices import PriceRefusal
from pharmacy_desk.core.sale.refund import ReturnDocument, ReturnRefusal
from pharmacy_desk.core.sale.restore import RestoreRefusal
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.sale.settlement import Preview
from pharmacy_desk.core.sale.shift import Closing
from pharmacy_desk.core.sale.special import Bought
from pharmacy_desk.core.sale.tender import TenderKind
from pharmacy_desk.core.sale.undo import Refund
from pharmacy_desk.core.scanning.scan import Reading
from pharmacy_desk.core.upload.slip import Slip
from pharmacy_desk.counter.views import count_view, moving_view, receiving_view
from pharmacy_desk.counter.views.stock_answers import MoveAnswer, NoCodeAnswer, RecallAnswer

# What a session of the stock says of a scan.
StockScanned: TypeAlias = receiving_view.Answer | count_view.Answer | moving_view.Answer


class SaleDid(StrEnum):
    """What a wish about the open sale did, or why it did nothing; the values are the report's."""

    ITEM_ADDED = "item_added"
    EXEMPT_ADDED = "exempt_added"
    UNDONE = "undone"
    GIFT_UNDONE = "gift_undone"
    LINE_REMOVED = "line_removed"
    LINE_BACK = "line_back"
    LINE_CHOSEN = "line_chosen"
    REPRICED = "repriced"
    PRICE_BACK = "price_back"
    COUNTED = "counted"
    COUNTED_LACKING = "counted_lacking"
    GIFT = "gift"
    GIFT_BACK = "gift_back"
    DISEASE_TOLD = "disease_told"
    BAD_DISEASE = "bad_disease"
    ORDER_SET = "order_set"
    ORDER_GONE = "order_gone"
    ORDER_TWICE = "order_twice"
    HELD = "held"
    HELD_SETTLING = "held_settling"
    RESUMED = "resumed"
    VOIDED = "voided"
    BATCH_SET = "batch_set"
    LOCKED = "locked"
    SETTLING = "settling"
    TICKET_FIXED = "ticket_fixed"
    TILL_PAYS = "till_pays"
    MANAGER_AWAITED = "manager_awaited"
    NO_SUCH_ITEM = "no_such_item"
    BAD_QUANTITY = "bad_quantity"
    BAD_ORDER = "bad_order"
    NO_GIFT_NOTHING_THERE = "no_gift_nothing_there"
    NO_GIFT_PRESCRIPTION = "no_gift_prescription"
    NO_GIFT_OTC_A = "no_gift_otc_a"
    NO_GIFT_CLASS_UNKNOWN = "no_gift_class_unknown"
    NO_GIFT_UNITS = "no_gift_units"
    NO_COUNT_NOTHING_THERE = "no_count_nothing_there"
    NO_COUNT_UNITS = "no_count_units"
    NO_COUNT_GIFT = "no_count_gift"
    NO_COUNT_SCANNED = "no_count_scanned"
    NO_COUNT_LAST = "no_count_last"
    NO_PRICE_NOTHING_THERE = "no_price_nothing_there"
    NO_PRICE_GIFT = "no_price_gift"
    NO_PRICE_INSURED = "no_price_insured"
    NO_PRICE_BAD = "no_price_bad"
    NO_PRICE_NO_REASON = "no_price_no_reason"
    NO_PRICE_PERSONAL_REASON = "no_price_personal_reason"
    NOTHING_TO_UNDO = "nothing_to_undo"
    NOTHING_TO_HOLD = "nothing_to_hold"
    NOTHING_TO_RESUME = "nothing_to_resume"
    NOTHING_TO_VOID = "nothing_to_void"
    NOTHING_TO_PAY = "nothing_to_pay"

    @property
    def refused(self) -> bool:
        """True when nothing was done."""
        return self in _SALE_REFUSED


_SALE_REFUSED = frozenset(
    {
        SaleDid.LOCKED,
        SaleDid.SETTLING,
        SaleDid.TICKET_FIXED,
        SaleDid.TILL_PAYS,
        SaleDid.MANAGER_AWAITED,
        SaleDid.NO_SUCH_ITEM,
        SaleDid.BAD_QUANTITY,
        SaleDid.BAD_ORDER,
        SaleDid.BAD_DISEASE,
        SaleDid.NO_GIFT_NOTHING_THERE,
        SaleDid.NO_GIFT_PRESCRIPTION,
        SaleDid.NO_GIFT_OTC_A,
        SaleDid.NO_GIFT_CLASS_UNKNOWN,
        SaleDid.NO_GIFT_UNITS,
        SaleDid.NO_COUNT_NOTHING_THERE,
        SaleDid.NO_COUNT_UNITS,
        SaleDid.NO_COUNT_GIFT,
        SaleDid.NO_COUNT_SCANNED,
        SaleDid.NO_COUNT_LAST,
        SaleDid.NO_PRICE_NOTHING_THERE,
        SaleDid.NO_PRICE_GIFT,
        SaleDid.NO_PRICE_INSURED,
        SaleDid.NO_PRICE_BAD,
        SaleDid.NO_PRICE_NO_REASON,
        SaleDid.NO_PRICE_PERSONAL_REASON,
        SaleDid.NOTHING_TO_UNDO,
        SaleDid.NOTHING_TO_HOLD,
        SaleDid.NOTHING_TO_RESUME,
        SaleDid.NOTHING_TO_VOID,
        SaleDid.NOTHING_TO_PAY,
    }
)

NO_GIFT = {
    GiftRefusal.NOTHING_THERE: SaleDid.NO_GIFT_NOTHING_THERE,
    GiftRefusal.PRESCRIPTION: SaleDid.NO_GIFT_PRESCRIPTION,
    GiftRefusal.OTC_A: SaleDid.NO_GIFT_OTC_A,
    GiftRefusal.CLASS_UNKNOWN: SaleDid.NO_GIFT_CLASS_UNKNOWN,
    GiftRefusal.UNITS: SaleDid.NO_GIFT_UNITS,
}

NO_PRICE = {
    PriceRefusal.NOTHING_THERE: SaleDid.NO_PRICE_NOTHING_THERE,
    PriceRefusal.GIFT: SaleDid.NO_PRICE_GIFT,
    PriceRefusal.INSURED: SaleDid.NO_PRICE_INSURED,
    PriceRefusal.BAD_PRICE: SaleDid.NO_PRICE_BAD,
    PriceRefusal.NO_REASON: SaleDid.NO_PRICE_NO_REASON,
    PriceRefusal.PERSONAL_REASON: SaleDid.NO_PRICE_PERSONAL_REASON,
}
NO_COUNT = {
    CountRefusal.NOTHING_THERE: SaleDid.NO_COUNT_NOTHING_THERE,
    CountRefusal.UNITS: SaleDid.NO_COUNT_UNITS,
    CountRefusal.GIFT: SaleDid.NO_COUNT_GIFT,
    CountRefusal.SCANNED: SaleDid.NO_COUNT_SCANNED,
    CountRefusal.LAST: SaleDid.NO_COUNT_LAST,
    CountRefusal.TOO_MANY: SaleDid.BAD_QUANTITY,
}


@dataclass(frozen=True, slots=True)
class SaleAnswer:
    """What a wish about the open sale did; `detail` names what it was about, for the words.

    `lacking` are codes still to be scanned. `sale` is the sale that was held or taken up; `doubts`
    name boxes of the one taken up that may not be sold any more; `out` are the verdicts on boxes of
    a line brought back that did not come with it.
    """

    what: SaleDid
    detail: str = ""
    sale: Sale | None = None
    doubts: tuple[Refusal, ...] = ()
    lacking: int = 0
    out: tuple[Verdict, ...] = ()


class PersonDid(StrEnum):
    """What became of showing whom the sale is for, or why nothing did."""

    SEEN = "person_seen"
    NAMED = "person_named"
    BEARER_TOLD = "bearer_told"
    FORGOTTEN = "person_forgotten"
    NOTHING = "no_proof"
    WRONG_CHECK = "wrong_check"
    PAYMENT_CODE = "payment_code"
    OTHER_KIND = "other_kind"
    BAD_NAME = "bad_name"
    NOBODY = "nobody_seen"

    @property
    def refused(self) -> bool:
        """True when the sale knows nobody more than before."""
        return self not in _PERSON_TAKEN


_PERSON_TAKEN = frozenset(
    {PersonDid.SEEN, PersonDid.NAMED, PersonDid.BEARER_TOLD, PersonDid.FORGOTTEN}
)


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """Whom the sale is for now; `bought` is what the register holds of her, `days` days back."""

    what: PersonDid
    person: SalePerson | None = None
    bought: tuple[Bought, ...] = ()
    days: int = 0


class RxDid(StrEnum):
    """What a wish about the sale's prescription did.

    `KNOWN`: sales have taken of it before; `ASKED`: an electronic one is being looked up.
    """

    KEPT = "rx_kept"
    KNOWN = "rx_known"
    TAKEN_OFF = "rx_taken_off"
    NONE_THERE = "rx_none_there"
    BAD = "rx_bad"
    NO_SUCH_PERSON = "rx_no_such_person"
    NO_SUCH_DRUG = "rx_no_such_drug"
    NO_DRUGS = "rx_no_drugs"
    WAITS_ELSEWHERE = "rx_waits_elsewhere"
    ASKED = "rx_asked"
    NO_DOOR = "rx_no_door"
    NOT_FOUND = "rx_not_found"
    NOT_REACHED = "rx_not_reached"
    SALE_GONE = "rx_sale_gone"
    OPENED = "rx_opened"
    DROPPED = "rx_dropped"

    @property
    def refused(self) -> bool:
        """True when nothing was done."""
        return self not in (RxDid.KEPT, RxDid.KNOWN, RxDid.TAKEN_OFF, RxDid.OPENED)


@dataclass(frozen=True, slots=True)
class RxAnswer:
    """What became of it; `detail` is its number, or what was wrong: a field, a person, a drug.

    `opened` is what was sealed, shown to who asked and nowhere else.
    """

    what: RxDid
    detail: str = ""
    prescription: Prescription | None = None
    opened: SealedData | None = field(default=None, repr=False)

    @property
    def reason(self) -> str:
        """Why nothing was done; empty when it was."""
        return self.what.value if self.what.refused else ""


class GateDid(StrEnum):
    """What stands before a way of paying that was chosen; `WAITS`: only a second person's yes."""

    OPEN = "open"
    WAITS = "waits"
    STOPPED = "stopped"
    NO_SALE = "no_sale"


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """What the gate says of paying `sale` so, before it is paid; `refusals` are all reasons.

    `reminders` are told and stop nothing; `unchecked` are kinds of limits that could not be looked
    at, because nobody has told them of the person.
    """

    what: GateDid
    sale: Sale | None = None
    payment: PaymentKind | None = None
    refusals: tuple[Refusal, ...] = ()
    reminders: tuple[Refusal, ...] = ()
    unchecked: tuple[LimitKind, ...] = ()


class PayDid(StrEnum):
    """What a payment came to.

    `NOT_SETTLED`: the insurance said no, or was not reached; `UNDECIDED`: whether it settled is
    not known yet; `STANDS`: it settled a sale that may not be sold by now, and could not undo it;
    `SPLIT_WRONG`: the parts told of the settlement do not come to the sale's sum.
    On the way there: `PERSON_WANTED`, nobody was shown; `SUSPENDED`, her insurance pays nothing
    now; `PREVIEWED`, how it would be split; `CHANGED`, the sale is not the one that was previewed.
    """

    PAID = "paid"
    REFUSED = "refused"
    APPROVAL_AWAITED = "approval_awaited"
    PERSON_NUMBER = "person_number"
    NOT_SETTLED = "not_settled"
    UNDECIDED = "undecided"
    STANDS = "stands"
    SPLIT_WRONG = "split_wrong"
    PERSON_WANTED = "person_wanted"
    SUSPENDED = "suspended"
    PREVIEWED = "previewed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class PayAnswer:
    """What a payment came to; `sale` is the paid one, or the open one as it stands.

    `refusals` are all the reasons that stop it or want a second person, `error` is how the world
    failed it. `aside`: the sale was put aside meanwhile, and another may be open. `preview` is
    how it would be split; with it comes what is reminded of, and what could not be looked at.
    """

    what: PayDid
    sale: Sale
    refusals: tuple[Refusal, ...] = ()
    error: WorldError | None = None
    aside: bool = False
    preview: Preview | None = None
    reminders: tuple[Refusal, ...] = ()
    unchecked: tuple[LimitKind, ...] = ()


class UnitsDid(StrEnum):
    """Whether units of a box were sold (拆零), or why not; `VERDICT`: the box itself may not be."""

    TAKEN = "taken"
    VERDICT = "verdict"
    NOT_SPLITTABLE = "not_splittable"
    TOO_MANY = "too_many_units"
    APPROVAL_AWAITED = "approval_awaited"
    REVIEWER_MISSING = "reviewer_missing"
    BAD_PIN = "bad_pin"
    LOCKED_OUT = "locked_out"
    OWN_REVIEW = "own_review"


@dataclass(frozen=True, slots=True)
class UnitsAnswer:
    """What became of selling units of a box; `left` remain in it."""

    what: UnitsDid
    code: str
    units: int
    left: int = 0
    verdict: Verdict | None = None

    @property
    def reason(self) -> str:
        """The refusal as the report names it; empty when the units are in."""
        if self.what is UnitsDid.VERDICT and self.verdict:
            return self.verdict.name.value
        return "" if self.what is UnitsDid.TAKEN else self.what.value


class ScanDid(StrEnum):
    """What became of a scan, or of a typed code; the values are what support reads of it.

    `JUDGED`: it has a verdict, which tells too whether it asks something. `STOCK`: the stock's
    session in hand took it. Not taken, and to be scanned again: `MANAGER_AWAITED`, a box scanned
    too often waits for one; `SETTLING`, a settlement is asked for and not decided; `NO_TICKET`, the
    till has told no sale; `FAILED`, the world failed it.
    """

    JUDGED = "judged"
    SIGNED_IN = "signed_in"
    BADGE_REFUSED = "badge_refused"
    ENROLLED = "enrolled"
    LOCKED = "locked"
    LOOKED_UP = "looked_up"
    TRIED = "tried"
    STOCK = "stock"
    TENDER = "tender"
    SLIP = "slip"
    PERSON = "person"
    TILL_END = "till_end"
    MANAGER_AWAITED = "manager_awaited"
    SETTLING = "settling"
    NO_TICKET = "no_ticket"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ScanAnswer:
    """What became of the scan with this number since the start, as news count them too.

    A verdict comes with the `sale` after it and the `line` that the box, or its drug, is on;
    `split` holds the codes that a merged read can only be cut into, `awaits` the second person's
    yes that is asked for because of it. `refused` tells why a badge is not enough, or is none.
    """

    what: ScanDid
    number: int
    verdict: Verdict | None = None
    sale: Sale | None = None
    line: int | None = None
    split: tuple[str, ...] = ()
    awaits: Request | None = None
    refused: str = ""
    reading: Reading | None = None
    stock: StockScanned | None = None
    person: PersonAnswer | None = None
    tender: TenderKind | None = None
    slip: Slip | None = None
    error: WorldError | None = None

    @property
    def action(self) -> Action | None:
        """What the verdict wants of the person; None where there is no verdict."""
        return self.verdict.action if self.verdict else None

    @property
    def code(self) -> str | None:
        """The code that was judged."""
        return self.verdict.reading.code if self.verdict else None


class AimDid(StrEnum):
    """Whether what scans are for is another thing than before, as the screen in front wants it."""

    TURNED = "turned"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class AimAnswer:
    """What became of saying what the next scans are for."""

    what: AimDid


class QuestionDid(StrEnum):
    """Whether the box that had raised a question was put aside, or none had."""

    DISMISSED = "dismissed"
    NONE_ASKED = "none_asked"


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """A question that is not answered any more; `code` is that of the box."""

    what: QuestionDid
    code: str | None = None


class ReturnDid(StrEnum):
    """What became of a sold box that comes back, to the returns or on the shelf, or why not.

    Of an insured sale: `AT_TERMINAL` a person cancels its settlement first, at the insurance's own
    terminal; `AT_TILL` it is another till's, and comes back there first; `NOT_CANCELLED` the
    insurance did not; `NOT_KNOWN_YET` whether it did; `TO_SETTLE` it
    came back, and what the customer keeps is still to be settled anew.
    """

    TAKEN_BACK = "taken_back"
    PUT_BACK = "put_back"
    APPROVAL_AWAITED = "approval_awaited"
    RESTORE_OFF = "restore_off"
    NO_SUCH_RECEIPT = "no_such_receipt"
    NOT_ON_RECEIPT = "not_on_receipt"
    NOT_TODAY = "not_sold_today"
    IN_PARTS = "sold_in_parts"
    BEFORE = "already_returned"
    NOTHING_CHOSEN = "nothing_chosen"
    NO_REASON = "no_reason"
    SETTLED_ELSEWHERE = "settled_elsewhere"
    NOBODY = "nobody_to_approve"
    KEPT_WITHOUT_CODE = "kept_without_code"
    AT_TERMINAL = "cancel_at_terminal"
    AT_TILL = "cancel_at_till"
    NOT_CANCELLED = "not_cancelled"
    NOT_KNOWN_YET = "not_known_yet"
    TO_SETTLE = "to_settle_anew"
    INSURED = "settled_with_insurance"

    @property
    def refused(self) -> bool:
        """True when the box stays sold, whoever is asked."""
        return self not in _BOX_NOT_REFUSED


_BOX_NOT_REFUSED = frozenset(
    {
        ReturnDid.TAKEN_BACK,
        ReturnDid.PUT_BACK,
        ReturnDid.APPROVAL_AWAITED,
        ReturnDid.TO_SETTLE,
    }
)


@dataclass(frozen=True, slots=True)
class ReturnAnswer:
    """What became of goods that come back; `number` is their document's, once it is on the disk.

    `code` is a single box's, `on_shelf` tells that it was to go back on the shelf (撤销), not to
    the returns. `refund_fen` is what is given for them; of an insured sale `refund` is what its
    undoing comes to, `anew` the sale that what is kept goes on as, `setl_id` the settlement that is
    to be cancelled at the terminal, `error` why the insurance did not do what it was asked.
    """

    what: ReturnDid
    code: str
    number: str = ""
    on_shelf: bool = False
    refund_fen: int = 0
    refund: Refund | None = None
    anew: str = ""
    setl_id: str = ""
    error: WorldError | None = None

    @property
    def reason(self) -> str:
        """The refusal as the report names it; empty when none is."""
        return self.what.value if self.what.refused else ""


def returned(taken: ReturnDocument | ReturnRefusal, code: str = "") -> ReturnAnswer:
    """Goods that were taken back by a document, or why they were not."""
    if isinstance(taken, ReturnRefusal):
        return ReturnAnswer(ReturnDid(taken.value), code)
    return ReturnAnswer(ReturnDid.TAKEN_BACK, code, taken.number, refund_fen=taken.give_fen)


def not_restored(why: RestoreRefusal, code: str) -> ReturnAnswer:
    """A box that does not go back on the shelf."""
    return ReturnAnswer(ReturnDid(why.value), code, on_shelf=True)


class MapDid(StrEnum):
    """What became of saying which drug an identification stands for, or of taking that back."""

    CONFIRMED = "confirmed"
    PROPOSED = "proposed"
    REMOVED = "removed"
    CONFLICT = "conflict"
    SECOND_PERSON = "second_person"
    NO_SUCH_ITEM = "no_such_item"
    NOT_THERE = "not_there"
    BAD_PIN = "bad_pin"
    LOCKED_OUT = "locked_out"

    @property
    def refused(self) -> bool:
        """True when the map is as it was."""
        return self not in (MapDid.CONFIRMED, MapDid.PROPOSED, MapDid.REMOVED)


@dataclass(frozen=True, slots=True)
class MapAnswer:
    """What became of a mapping; `item` is the drug's name, `other` that of one it contradicts.

    `verdict` is that of the box in hand which had raised the question, judged anew.
    """

    what: MapDid
    identification: str
    item: str
    other: str = ""
    verdict: Verdict | None = None

    @property
    def reason(self) -> str:
        """What the report names where the drug is not in use yet; empty when it is, or is out."""
        if self.what is MapDid.PROPOSED:
            return MapDid.SECOND_PERSON.value
        return self.what.value if self.what.refused else ""


class DrugDid(StrEnum):
    """What became of adding a drug by hand, or of changing one."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    APPROVAL_AWAITED = "approval_awaited"
    BAD_CELL = "bad_cell"
    ALREADY_THERE = "already_there"
    NO_SUCH_ITEM = "no_such_item"
    BAD_PIN = "bad_pin"
    LOCKED_OUT = "locked_out"

    @property
    def refused(self) -> bool:
        """True when the drug list is as it was, whoever is asked."""
        return self not in _DRUG_NOT_REFUSED


_DRUG_NOT_REFUSED = frozenset(
    {DrugDid.ADDED, DrugDid.CHANGED, DrugDid.SAME, DrugDid.APPROVAL_AWAITED}
)


@dataclass(frozen=True, slots=True)
class DrugAnswer:
    """What became of a drug that a person tells; `code` is empty while it is none of the list.

    `bad` is the cell that cannot be kept, `other` a drug that is there already. `lacking` are the
    columns that it still lacks, `mapped` tells what became of the box it was added for.
    """

    what: DrugDid
    name: str
    code: str = ""
    bad: BadCell | None = None
    other: Item | None = None
    lacking: tuple[str, ...] = ()
    mapped: MapAnswer | None = None

    @property
    def reason(self) -> str:
        """The refusal as the report names it; empty when none is."""
        return self.what.value if self.what.refused else ""


class SignInDid(StrEnum):
    """Whether somebody took over the counter by number and PIN, or why not."""

    SIGNED_IN = "signed_in"
    BAD_PIN = "bad_pin"
    LOCKED_OUT = "locked_out"
    SETTLING = "settling"


@dataclass(frozen=True, slots=True)
class SignInAnswer:
    """What became of signing in as `person`."""

    what: SignInDid
    person: str

    @property
    def reason(self) -> str:
        """The refusal as the report names it; empty when the person is in."""
        return "" if self.what is SignInDid.SIGNED_IN else self.what.value


class ApprovalDid(StrEnum):
    """Whether a second person's yes was taken, or why not; `DROPPED`: nobody is asked any more."""

    GIVEN = "given"
    DROPPED = "not_approved"
    NOTHING = "nothing_to_approve"
    NO_REASON = "no_reason"
    PERSONAL_REASON = "personal_reason"
    CHANGED = "changed"
    OWN = "own_approval"
    ROLE = "role_too_low"
    BAD_PIN = "bad_pin"
    LOCKED_OUT = "locked_out"


@dataclass(frozen=True, slots=True)
class ApprovalAnswer:
    """What became of a second person's yes to `request` (None: nothing waited).

    `then` is what the yes let happen, as the wish that waited would have been answered.
    """

    what: ApprovalDid
    request: Request | None
    then: "Answer | None" = None

    @property
    def reason(self) -> str:
        """The refusal as the report names it; empty when the yes was taken, or none is wanted."""
        return "" if self.what in (ApprovalDid.GIVEN, ApprovalDid.DROPPED) else self.what.value


class DayDid(StrEnum):
    """What became of opening or closing a shift or a day."""

    OPENED = "opened"
    CLOSED = "closed"
    DAY_CLOSED = "day_closed"
    ALREADY_OPEN = "already_open"
    NO_SHIFT = "no_shift"
    BAD_SUM = "bad_sum"
    SAME_PERSON = "same_person"
    BAD_PIN = "bad_pin"
    LOCKED_OUT = "locked_out"

    @property
    def refused(self) -> bool:
        """True when nothing was done."""
        return self not in (DayDid.OPENED, DayDid.CLOSED, DayDid.DAY_CLOSED)


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """What became of a shift or a day; `closing` is what was written down."""

    what: DayDid
    number: str = ""
    closing: Closing | None = None

    @property
    def reason(self) -> str:
        """The refusal as the report names it; empty when none is."""
        return self.what.value if self.what.refused else ""


class DutyDid(StrEnum):
    """What became of signing on or off, or of an entry in the staff register."""

    ON = "on_duty"
    OFF = "off_duty"
    KEPT = "kept"
    APPROVAL_AWAITED = "approval_awaited"
    NOT_ON = "not_on_duty"
    UNKNOWN = "unknown_person"
    NO_PHARMACIST = "not_a_pharmacist"
    PIN_WANTED = "pin_wanted"
    BAD_PIN = "bad_pin"
    LOCKED_OUT = "locked_out"
    BAD_LICENCE = "bad_licence"
    BAD_DAYS = "bad_days"
    BAD_POINTS = "bad_points"
    BAD_NOTICE = "bad_notice"
    NOTICE_THERE = "notice_there"
    NO_NOTICE = "no_such_notice"

    @property
    def refused(self) -> bool:
        """True when nothing was done, whoever is asked."""
        return self not in _DUTY_NOT_REFUSED


_DUTY_NOT_REFUSED = frozenset({DutyDid.ON, DutyDid.OFF, DutyDid.KEPT, DutyDid.APPROVAL_AWAITED})


@dataclass(frozen=True, slots=True)
class DutyAnswer:
    """What became of a wish about duty or the register; `person` is a number, `name` its name."""

    what: DutyDid
    person: str
    name: str = ""

    @property
    def reason(self) -> str:
        """The refusal as the report names it; empty when none is."""
        return self.what.value if self.what.refused else ""


Answer: TypeAlias = (
    SaleAnswer
    | GateAnswer
    | PersonAnswer
    | PayAnswer
    | RxAnswer
    | UnitsAnswer
    | ScanAnswer
    | ReturnAnswer
    | MapAnswer
    | DrugAnswer
    | SignInAnswer
    | DutyAnswer
    | DayAnswer
    | ApprovalAnswer
    | MoveAnswer
    | RecallAnswer
    | NoCodeAnswer
    | TicketAnswer
)
Wished: TypeAlias = Future[Answer]
