"""A region's profile: names, lengths, paths and dictionaries of its platform, as data.

Nothing about a province is in code (facts on platforms, first paragraph): this module gives the
profile file its types and refuses one that is incomplete.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a message: its name on the wire, what fills it, its greatest length.

    `source` is one of the words of `upload.line_words`, or `=text` for a fixed text. `cut` lets a
    name be shortened to its length; any other value that is too long stops the line.
    """

    name: str
    source: str
    length: int
    cut: bool = False
    omit_empty: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One transaction: its number, the node of its lines, the node of failed lines, its fields."""

    infno: str
    node: str
    error_node: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Transport:
    """How the platform is reached. Times in seconds."""

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
    query_infno: str
    query_key_field: str
    upload_categories: frozenset[str]
    busy_words: tuple[str, ...]
    doubt_words: tuple[str, ...]
    double_words: tuple[str, ...]
    not_found_words: tuple[str, ...]
    trace_node: str
    trace_field: str
    trace_length: int
    gs1_form: str
    no_code_until: date | None

    def word(self, dictionary: str, key: str) -> str:
        """A word of one of the region's dictionaries."""
        return self.dictionaries[dictionary][key]
