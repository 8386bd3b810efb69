"""The settlement's part of a region's profile: which door, which numbers, which words, as data."""

from collections.abc import Mapping

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.upload.profile_field import Field
from pharmacy_desk.core.upload.slip import SlipForm


@dataclass(frozen=True, slots=True)
class Ask:
    """One transaction of the settlement: its number, the node of its fields, that of its lines."""

    infno: str
    node: str
    fields: tuple[Field, ...]
    line_node: str = ""
    line_fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class TraceNode:
    """Where the trace codes of a settlement stand, if its form carries them (facts, 2.10)."""

    node: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class SettlementForm:
    """How a region settles. No province's text is in code (facts on platforms, first paragraph).

    `settled` and `person_told` say where in an answer's output a thing stands (`node.field`).
    `suspended_states` are the words of `psn_insu_stas` that mean that nothing is paid now.
    `gone_words` in a refusal say that there is no such message or settlement (any more).
    """

    person: Ask
    preview: Ask
    settle: Ask
    cancel: Ask
    reverse: Ask
    settled: Mapping[str, str]
    person_told: Mapping[str, str]
    suspended_states: frozenset[str]
    gone_words: tuple[str, ...]
    dictionaries: Mapping[str, Mapping[str, str]]
    trace: TraceNode | None = None
    slip: SlipForm | None = None

    def word(self, dictionary: str, key: str) -> str:
        """A word of one of the dictionaries; empty where the region has none for it."""
        return self.dictionaries.get(dictionary, {}).get(key, "")
