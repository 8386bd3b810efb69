"""A region's profile: names, lengths, paths and dictionaries of its platform, as data.

Nothing about a province is in code (facts on platforms, first paragraph): this module gives the
profile file its types and refuses one that is incomplete.
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Category
from pharmacy_desk.core.people.sealing import Retention
from pharmacy_desk.core.people.working_days import Calendar
from pharmacy_desk.core.sale.cover import NO_LISTS, CoverRules
from pharmacy_desk.core.sale.limits import LimitTerms
from pharmacy_desk.core.sale.rx_rules import NO_RX_RULES, RxRules
from pharmacy_desk.core.sale.special import SpecialRule
from pharmacy_desk.core.upload.profile_field import Field as Field
from pharmacy_desk.core.upload.settling_form import SettlementForm


@dataclass(frozen=True, slots=True)
class Query:
    """How the platform is asked what became of a line (facts on platforms, 2.9).

    `key_field` takes the line's own serial; `fields` are the others of the question, each with
    its source: `store`, the name of a filler, or `=text`. `row_keys` are the names under which
    an answer's row may give the serial, `code_fields` those for its trace code. The rows stand in
    the output's `row_node`; `page_fields` beside it tell of pages, not of rows. The scope of these
    questions is not confirmed (facts, section 7), so a region may name another number for any
    message. A question that also tells what was sold on given days names the two fields of its
    `period`, and under which names its rows give our item code.
    """

    infno: str
    node: str
    key_field: str
    fields: Mapping[str, str]
    row_keys: tuple[str, ...]
    row_node: str
    code_fields: tuple[str, ...]
    page_fields: tuple[str, ...]
    period: tuple[str, ...] = ()
    item_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One transaction: its number, the node of its lines, the node of failed lines, its fields.

    `query` asks what became of its lines when no answer came. `head` are fields that all lines of
    a document share, in a node of their own.
    """

    infno: str
    node: str
    error_node: str
    query: Query
    fields: tuple[Field, ...]
    head_node: str = ""
    head: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class RxLookUp:
    """How a region looks an electronic prescription up, and how its answer names things.

    `token_field` takes what the patient shows. `told` says under which names the answer's `node`
    has the parts of a prescription, its drugs in the list `drugs`.
    """

    infno: str
    node: str
    token_field: str
    told: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Transport:
    """How the platform is reached. Times in seconds.

    So many lines (`batch_lines`) are read, stored and settled together; each document travels in
    a message of its own all the same.
    """

    style: str
    prefix: str
    single_path: str
    signer: str
    connect_timeout_s: float
    read_timeout_s: float
    unknown_wait_s: float
    min_gap_s: float
    backoff_first_s: float
    backoff_most_s: float
    batch_lines: int


@dataclass(frozen=True, slots=True)
class Profile:
    """One region."""

    name: str
    title: str
    transport: Transport
    paths: Mapping[str, str]
    envelope: Mapping[str, str]
    dictionaries: Mapping[str, Mapping[str, str]]
    fillers: Mapping[str, str]
    sale: Message
    sale_return: Message
    count: Message
    change: Message
    purchase: Message
    purchase_return: Message
    upload_categories: frozenset[str]
    busy_words: tuple[str, ...]
    doubt_words: tuple[str, ...]
    double_words: tuple[str, ...]
    not_found_words: tuple[str, ...]
    settled_words: tuple[str, ...]
    trace_node: str
    trace_field: str
    trace_length: int
    gs1_form: str
    no_code_until: date | None
    cover: CoverRules = NO_LISTS
    settlement: SettlementForm | None = None
    calendar: Calendar = field(default_factory=Calendar)
    special: tuple[SpecialRule, ...] = ()
    retention: Retention = field(default_factory=Retention)
    limits: tuple[LimitTerms, ...] = ()
    udi_since: Mapping[Category, date] = field(default_factory=dict)
    rx: RxRules = NO_RX_RULES
    electronic: RxLookUp | None = None
    dispensed: Message | None = None

    def word(self, dictionary: str, key: str) -> str:
        """A word of one of the region's dictionaries."""
        return self.dictionaries[dictionary][key]

    def limit_terms(self, today: date) -> LimitTerms | None:
        """What the region says of limits by today; None where it says nothing yet."""
        begun = [terms for terms in self.limits if terms.since <= today]
        return max(begun, key=lambda terms: terms.since, default=None)

    def coded(self, today: date) -> frozenset[Category]:
        """Classes of devices whose UDI is the code of their box, and wanted, by today."""
        return frozenset(kind for kind, since in self.udi_since.items() if since <= today)

    @property
    def messages(self) -> tuple[Message, ...]:
        """Every transaction by which lines are uploaded."""
        return (
            self.sale,
            self.sale_return,
            self.count,
            self.change,
            self.purchase,
            self.purchase_return,
            *((self.dispensed,) if self.dispensed else ()),
        )

    def message_of(self, infno: str) -> Message | None:
        """The transaction of this number; None when the region has none of it."""
        return next((message for message in self.messages if message.infno == infno), None)
