"""Read what the program ships: profiles, words, samples, sounds (package resources)."""

import tomllib
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date, timedelta
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from pharmacy_desk.adapters.cover_tables import cover_rules
from pharmacy_desk.adapters.limit_tables import limit_terms, published
from pharmacy_desk.adapters.rx_tables import look_up, rx_rules
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.catalogue.drugs import Category
from pharmacy_desk.core.people.sealing import Retention, SealedKind
from pharmacy_desk.core.people.working_days import Calendar
from pharmacy_desk.core.sale.limits import LimitList
from pharmacy_desk.core.sale.special import SpecialRule
from pharmacy_desk.core.upload.profile import Field, Message, Profile, Query, Transport
from pharmacy_desk.core.upload.settling_form import Ask, SettlementForm, TraceNode
from pharmacy_desk.core.upload.slip import SlipForm

_PACKAGE = "pharmacy_desk_resources"


def resource(*parts: str) -> Traversable:
    """A shipped file or folder."""
    return resources.files(_PACKAGE).joinpath(*parts)


def toml_resource(*parts: str) -> dict[str, object]:
    """A shipped TOML file, parsed."""
    return tomllib.loads(resource(*parts).read_text(encoding="utf-8"))


def sample_catalogue() -> AbstractContextManager[Path]:
    """The sample catalogue of training mode, as a file for the length of a `with`."""
    return resources.as_file(resource("samples", "catalogue.csv"))


def scan_samples() -> list[dict[str, str]]:
    """What the practice scanner offers to scan."""
    rows = toml_resource("samples", "scans.toml")["sample"]
    return [_texts(row) for row in rows] if isinstance(rows, list) else []


def profile_titles() -> list[tuple[str, str]]:
    """Every shipped region profile: (name, title)."""
    files = sorted(file.name for file in resource("profiles").iterdir())
    names = [name.removesuffix(".toml") for name in files if name.endswith(".toml")]
    return [(name, f"{name} · {_profile_tables(name)['title']}") for name in names]


def shipped_limits() -> LimitList:
    """The insurance bureau's published list of limits that came with the program."""
    source = toml_resource("limits", "source.toml")
    return published(resource("limits"), str(source["name"]), _day(source["as_of"]))


def words(name: str) -> Mapping[str, str]:
    """A shipped table of words: `receipt.zh_CN`."""
    return {key: str(value) for key, value in toml_resource("words", f"{name}.toml").items()}


def load_profile(name: str) -> Profile:
    """The region profile `name`. Raises `WorldError` when it is missing or incomplete."""
    try:
        return _profile(name, _profile_tables(name))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise WorldError(Fault.PROFILE_BAD, name=name, detail=repr(error)) from error


def _profile_tables(name: str) -> dict[str, object]:
    """A profile's tables, over those of the profile it extends."""
    own = toml_resource("profiles", f"{name}.toml")
    base = own.pop("extends", None)
    return _over(own, _profile_tables(str(base))) if base else own


def _over(own: dict[str, object], base: dict[str, object]) -> dict[str, object]:
    merged = dict(base)
    for key, value in own.items():
        below = merged.get(key)
        both = isinstance(value, dict) and isinstance(below, dict)
        merged[key] = _over(value, below) if both else value  # type: ignore[arg-type]  # both
    return merged


def _profile(name: str, data: dict[str, object]) -> Profile:
    table: dict[str, dict[str, object]] = {
        key: value for key, value in data.items() if isinstance(value, dict)
    }
    trace = table["trace"]
    queries = {infno: _query(infno, value) for infno, value in table["queries"].items()}
    until = trace.get("no_code_until")
    return Profile(
        name=name,
        title=str(data["title"]),
        transport=Transport(**table["transport"]),  # type: ignore[arg-type]  # checked by type
        paths=_texts(table["paths"]),
        envelope=_texts(table["envelope"]),
        dictionaries={key: _texts(value) for key, value in table["dictionaries"].items()},
        fillers=_texts(table["fillers"]),
        sale=_message(table["sale"], queries),
        sale_return=_message(table["sale_return"], queries),
        count=_message(table["count"], queries),
        change=_message(table["change"], queries),
        purchase=_message(table["purchase"], queries),
        purchase_return=_message(table["purchase_return"], queries),
        upload_categories=frozenset(_list(table["upload"]["categories"])),
        busy_words=tuple(_list(table["upload"]["busy_words"])),
        doubt_words=tuple(_list(table["upload"]["doubt_words"])),
        double_words=tuple(_list(table["upload"]["double_words"])),
        not_found_words=tuple(_list(table["upload"]["not_found_words"])),
        settled_words=tuple(_list(table["upload"]["settled_words"])),
        trace_node=str(trace["node"]),
        trace_field=str(trace["field"]),
        trace_length=int(str(trace["length"])),
        gs1_form=str(trace["gs1_form"]),
        no_code_until=until if isinstance(until, date) else None,
        rx=rx_rules(_table(table["prescriptions"])),
        electronic=look_up(table["electronic"]) if "electronic" in table else None,
        dispensed=_message(table["dispensed"], queries) if "dispensed" in table else None,
        cover=cover_rules(data.get("cover")),
        limits=limit_terms(data.get("limits", [])),
        udi_since={Category(kind): _day(since) for kind, since in table.get("udi", {}).items()},
        settlement=_settlement(table["settlement"]) if "settlement" in table else None,
        calendar=_calendar(table.get("calendar", {})),
        special=_special(data["special"]),
        retention=Retention(_years(table["retention"])),
    )


def _settlement(table: Mapping[str, object]) -> SettlementForm:
    """The settlement's part; 2102 has the form of 2101 unless it says another."""
    parts = {name: _table(value) for name, value in table.items() if isinstance(value, dict)}
    trace = parts.get("trace", {})
    return SettlementForm(
        person=_ask(parts["person"]),
        preview=_ask(parts["preview"]),
        settle=_ask({**parts["preview"], **parts["settle"]}),
        cancel=_ask(parts["cancel"]),
        reverse=_ask(parts["reverse"]),
        settled=_texts(parts["settled"]),
        person_told=_texts(parts["person_told"]),
        suspended_states=frozenset(_list(table["suspended_states"])),
        gone_words=tuple(_list(table["gone_words"])),
        dictionaries={name: _texts(words) for name, words in parts["dictionaries"].items()},
        trace=_trace(trace) if trace.get("node") else None,
        slip=_slip(parts["slip"]) if "slip" in parts else None,
    )


def _trace(table: Mapping[str, object]) -> TraceNode:
    return TraceNode(str(table["node"]), _fields(table["fields"]))


def _slip(table: Mapping[str, object]) -> SlipForm:
    columns = _table(table["columns"])
    names = {word: tuple(_list(told)) for word, told in columns.items()}
    return SlipForm(names, str(table.get("barcode", "")))


def _ask(table: Mapping[str, object]) -> Ask:
    lines = table.get("line_fields")
    return Ask(
        infno=str(table["infno"]),
        node=str(table["node"]),
        fields=_fields(table["fields"]),
        line_node=str(table.get("line_node", "")),
        line_fields=_fields(lines) if lines else (),
    )


def _calendar(table: Mapping[str, object]) -> Calendar:
    return Calendar(_days(table.get("holidays", [])), _days(table.get("worked", [])))


def _days(value: object) -> frozenset[date]:
    """Days as TOML has them, or stretches of days: `[first, last]`, both included."""
    if not isinstance(value, list):
        raise TypeError("days")
    found = set[date]()
    for one in value:
        first, last = one if isinstance(one, list) else (one, one)
        found |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return frozenset(found)


def _special(rows: object) -> tuple[SpecialRule, ...]:
    if not isinstance(rows, list):
        raise TypeError("special")
    return tuple(SpecialRule(**row) for row in rows)


def _years(table: Mapping[str, object]) -> dict[SealedKind, int]:
    """Years by kind, as `person_years`. Raises `ValueError` for a kind nobody knows."""
    return {
        SealedKind(name.removesuffix("_years")): int(str(value)) for name, value in table.items()
    }


def _query(infno: str, table: object) -> Query:
    if not isinstance(table, dict):
        raise TypeError("queries")
    return Query(
        infno=infno,
        node=str(table["node"]),
        key_field=str(table["key_field"]),
        fields=_texts(table["fields"]),
        row_keys=tuple(_list(table["row_keys"])),
        row_node=str(table["row_node"]),
        code_fields=tuple(_list(table["code_fields"])),
        page_fields=tuple(_list(table["page_fields"])),
        period=tuple(_list(table.get("period", []))),
        item_fields=tuple(_list(table.get("item_fields", []))),
    )


def _message(table: dict[str, object], queries: Mapping[str, Query]) -> Message:
    return Message(
        infno=str(table["infno"]),
        node=str(table["node"]),
        error_node=str(table["error_node"]),
        query=queries[str(table["query"])],
        fields=_fields(table["fields"]),
        head_node=str(table.get("head_node", "")),
        head=_fields(table.get("head", [])),
    )


def _fields(rows: object) -> tuple[Field, ...]:
    if not isinstance(rows, list):
        raise TypeError("fields")
    return tuple(Field(**row) for row in rows)


def _table(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError("table expected")
    return value


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError("a day expected")
    return value


def _texts(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise TypeError("table expected")
    return {str(key): str(text) for key, text in value.items()}


def _list(value: object) -> list[str]:
    if not isinstance(value, list):
        raise TypeError("list expected")
    return [str(entry) for entry in value]


def help_tables(language: str) -> list[dict[str, object]]:
    """The pages of the help in a language, as the shipped file has them."""
    pages = toml_resource("help", f"{language}.toml")["page"]
    return list(pages) if isinstance(pages, list) else []


def lesson_tables(language: str) -> list[dict[str, object]]:
    """The lessons of training mode in a language, as the shipped file has them."""
    lessons = toml_resource("lessons", f"{language}.toml")["lesson"]
    return list(lessons) if isinstance(lessons, list) else []
