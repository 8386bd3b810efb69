"""What an answer of the platform means, by a strict parse: what cannot be read whole is unknown.

Nothing is accepted that was not said in so many words: two levels of yes (facts on platforms,
1.3), to this message, with every part that could name a refused line understood. Anything else is
a doubt, and a doubt is asked about before the line is sent again (invariant 4).
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.upload.platform_words import kept
from pharmacy_desk.core.upload.profile import Message, Profile, Query

# An honest answer to a sale is a few kilobytes; output is at most 40 000 characters (facts, 1.2).
MAX_REPLY_BYTES = 1_000_000
# How an answer names the message it answers, and its transaction, where it does (some regions).
_ECHOES = ("infno", "msgid")
_REFERENCE = "inf_refmsgid"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer must belong to: the message that was sent.

    `heard` are the answer ids (`inf_refmsgid`) that came before, each with the message it
    answered: one that comes again for another message is not the answer to that one.
    """

    infno: str
    msgid: str
    heard: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer means, line by line. `doubt` says why lines in neither map are unknown.

    `busy` means that the platform asks to be tried later; lines are then unknown like any other.
    """

    accepted: frozenset[str] = frozenset()
    refused: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    doubt: str = ""
    busy: bool = False


class Found(StrEnum):
    """What the platform holds of one line."""

    YES = "yes"
    NO = "no"
    OTHER_CODES = "other_codes"
    """A line of this number is there, with other codes than ours."""


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to a question: `found` is None when it cannot be trusted; `words` if refused."""

    found: Found | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Plain:
    """The answer to a message without lines: its output, or why it was refused, or a doubt.

    Exactly one of `output`, `refused` and `doubt` is told. `busy` says that nothing was done.
    """

    output: Mapping[str, object] | None = None
    refused: str = ""
    doubt: str = ""
    busy: bool = False


class _Doubt(Exception):
    """A part of an answer that cannot be read as what it should be."""


def reference(body: bytes) -> str:
    """The answer's own id, to know it again; empty when it has none."""
    try:
        return _scalar(_envelope(body).get(_REFERENCE)) or ""
    except _Doubt:
        return ""


def read_answer(
    body: bytes, keys: Sequence[str], asked: Asked, message: Message, profile: Profile
) -> Outcome:
    """What the platform said about the lines `keys`."""
    try:
        envelope = _envelope(body)
        _belongs(envelope, asked)
        words = kept(envelope.get("err_msg"))
        if not _is_yes(envelope.get("infcode"), "0"):
            return _refusal(envelope, keys, words, profile)
        output = _object(envelope.get("output"), "no_output")
        result = _object(output.get("result"), "no_output")
        failed = _failed_lines(output, message.error_node, keys)
    except _Doubt as doubt:
        return Outcome(doubt=str(doubt))
    said = kept(result.get("msgRslt")) or words
    state = _word(result.get("retRslt"))
    if state == "1":
        return Outcome(frozenset(keys) - failed.keys(), failed, said)
    if state != "0":
        return Outcome(words=said, doubt="no_output")
    if failed and len(failed) < len(set(keys)):
        return Outcome(refused=failed, words=said, doubt="partly_refused")
    return Outcome(refused=failed or dict.fromkeys(keys, said or "retRslt != 1"), words=said)


def read_plain(body: bytes, asked: Asked, profile: Profile) -> Plain:
    """What the platform said to a message that carries no lines (settlement, person)."""
    try:
        envelope = _envelope(body)
        _belongs(envelope, asked)
        words = kept(envelope.get("err_msg"))
        if _is_yes(envelope.get("infcode"), "0"):
            return Plain(output=_object(envelope.get("output") or {}, "no_output"))
    except _Doubt as doubt:
        return Plain(doubt=str(doubt))
    if any(word in words for word in profile.doubt_words):
        return Plain(doubt="platform_unsure")
    busy = any(word in words for word in profile.busy_words)
    return Plain(refused=words or "infcode != 0", busy=busy)


def _refusal(
    envelope: Mapping[str, object], keys: Sequence[str], words: str, profile: Profile
) -> Outcome:
    """A message that was not taken as a whole, in the platform's words."""
    if _says_yes_below(envelope):
        return Outcome(words=words, doubt="contradiction")
    if any(word in words for word in profile.doubt_words):
        return Outcome(words=words, doubt="platform_unsure")
    if any(word in words for word in profile.busy_words):
        return Outcome(words=words, doubt="platform_busy", busy=True)
    return Outcome(refused=dict.fromkeys(keys, words or "infcode != 0"), words=words)


def _says_yes_below(envelope: Mapping[str, object]) -> bool:
    output = envelope.get("output")
    result = output.get("result") if isinstance(output, dict) else None
    return isinstance(result, dict) and str(result.get("retRslt")) == "1"


def _failed_lines(
    output: Mapping[str, object], error_node: str, keys: Sequence[str]
) -> dict[str, str]:
    """The lines the answer names as failed, with the platform's words.

    The name of the list is recalled, not seen (facts, 2.0): any other list or object in the
    output may be that list under its true name, so it is not passed over.
    """
    for name, value in output.items():
        if name not in ("result", error_node) and isinstance(value, (list, dict)) and value:
            raise _Doubt("other_lines")
    rows = output.get(error_node)
    if rows is None:
        return {}
    if not isinstance(rows, list):
        raise _Doubt("other_lines")
    failed: dict[str, str] = {}
    for row in rows:
        key = _word(row.get("fixmedins_bchno")) if isinstance(row, dict) else None
        # A row that says 1 among the failed ones contradicts its place.
        if key is None or key not in keys or _word(row.get("retRslt")) != "0":
            raise _Doubt("other_lines")
        failed[key] = kept(row.get("msgRslt")) or kept(row.get("memo")) or "retRslt != 1"
    return failed


def read_query(
    query: Query,
    body: bytes,
    key: str,
    codes: Collection[Collection[str]],
    asked: Asked,
    profile: Profile,
) -> Told:
    """Whether the platform holds the line `key` with its codes.

    `codes` gives the forms in which our codes may be told, each whole. Some platforms say "nothing
    found", or that a code is settled elsewhere, as a failure, in words the profile knows.
    """
    try:
        envelope = _envelope(body)
        _belongs(envelope, asked)
        if not _is_yes(envelope.get("infcode"), "0"):
            return _nothing_found(envelope, profile)
        output = _object(envelope.get("output"), "no_output")
        rows = output.get(query.row_node)
        if not isinstance(rows, list):
            return Told()
        ours = [row for row in rows if _is_ours(row, query, key)]
        if ours:
            return Told(_compared(ours, query, codes))
        return Told(Found.NO if not rows and _is_all(output, query) else None)
    except _Doubt:
        return Told()


def read_rows(
    query: Query, body: bytes, asked: Asked, profile: Profile
) -> tuple[Mapping[str, object], ...] | None:
    """The rows of a question about more than one line; None when the answer cannot be trusted."""
    try:
        envelope = _envelope(body)
        _belongs(envelope, asked)
        if not _is_yes(envelope.get("infcode"), "0"):
            return () if _nothing_found(envelope, profile).found is Found.NO else None
        rows = _object(envelope.get("output"), "no_output").get(query.row_node)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            return None
        return tuple(rows)
    except _Doubt:
        return None


def _nothing_found(envelope: Mapping[str, object], profile: Profile) -> Told:
    words = kept(envelope.get("err_msg"))
    if envelope.get("output"):
        return Told()
    settled = any(word in words for word in profile.settled_words)
    if settled or any(word in words for word in profile.not_found_words):
        return Told(Found.NO, words if settled else "")
    return Told()


def _is_ours(row: object, query: Query, key: str) -> bool:
    """Whether a row is about our line; one that cannot be read makes the answer worthless."""
    if not isinstance(row, dict):
        raise _Doubt("other_lines")
    named = [row[name] for name in query.row_keys if row.get(name) is not None]
    if not named or len({_word(name) for name in named}) > 1:
        raise _Doubt("other_lines")
    return _word(named[0]) == key


def _compared(
    rows: Sequence[Mapping[str, object]], query: Query, codes: Collection[Collection[str]]
) -> Found:
    """A line with our number is ours only if its codes are, where the rows tell codes at all.

    A row without the field, or with null in it, tells nothing of codes; an empty one tells that
    the line has none.
    """
    told: set[str] = set()
    tells = False
    for row in rows:
        for name in query.code_fields:
            if row.get(name) is not None:
                tells = True
                told.add(_scalar(row[name]) or "")
    told.discard("")
    if not tells or any(set(form) == told for form in codes):
        return Found.YES
    return Found.OTHER_CODES


def _is_all(output: Mapping[str, object], query: Query) -> bool:
    """Whether an empty list is all there is: nothing beside it counts rows, or holds others.

    A count above nothing tells of rows on another page; any list or object may hold them.
    """
    for name, value in output.items():
        if name == query.row_node or name in query.page_fields:
            continue
        if isinstance(value, (list, dict)):
            if value:
                return False
        elif _counts(value):
            return False
    return True


def _counts(value: object) -> bool:
    """Whether a plain value may be a number of rows, or say that there are more."""
    if isinstance(value, str):
        return value.strip().isdecimal() and int(value[:20]) > 0
    return bool(value)


def _envelope(body: bytes) -> dict[str, object]:
    """The answer's outer object. Raises `_Doubt` for anything that is not exactly one."""
    try:
        value = json.loads(
            body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant
        )
    except (ValueError, RecursionError) as error:
        raise _Doubt("unreadable_answer") from error
    if not isinstance(value, dict) or "infcode" not in value:
        raise _Doubt("unreadable_answer")
    return value


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object whose names each stand once: of two values nobody knows which counts."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Doubt("unreadable_answer")
    return made


def _no_constant(name: str) -> object:
    """NaN and Infinity are not JSON."""
    raise _Doubt("unreadable_answer")


def _belongs(envelope: Mapping[str, object], asked: Asked) -> None:
    """Raises `_Doubt` for the answer to another message."""
    ours = (asked.infno, asked.msgid)
    for name, own in zip(_ECHOES, ours, strict=True):
        told = _scalar(envelope.get(name))
        if told and told != own:
            raise _Doubt("other_message")
    told = _scalar(envelope.get(_REFERENCE))
    if told and asked.heard.get(told, asked.msgid) != asked.msgid:
        raise _Doubt("other_message")
    # A region that echoes a sender's id here (store, time, count) must echo ours.
    if told and _same_shape(told, asked.msgid) and told != asked.msgid:
        raise _Doubt("other_message")


def _same_shape(told: str, msgid: str) -> bool:
    """Whether an id is one a store makes: a letter and digits, as long as ours."""
    return len(told) == len(msgid) and told[:1].isalpha() and told[1:].isdigit()


def _is_yes(value: object, yes: str) -> bool:
    """Whether a code says yes. Raises `_Doubt` for what is no code at all."""
    told = _word(value)
    if told is None or not told.removeprefix("-").isalnum():
        raise _Doubt("unreadable_answer")
    return told == yes


def _object(value: object, doubt: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _Doubt(doubt)
    return value


def _word(value: object) -> str | None:
    """A code or a number as text, either way it may be written; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return None
    return str(value)


def _scalar(value: object) -> str | None:
    """As `_word`; None for nothing. Raises `_Doubt` for what is neither text nor number."""
    told = _word(value)
    if told is None and value is not None:
        raise _Doubt("unreadable_answer")
    return told
