"""Read what a region's profile asks of prescriptions."""

from collections.abc import Mapping
from datetime import date

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.catalogue.drugs import RxFlag
from pharmacy_desk.core.sale.rx_rules import KindNeeds, RxRules
from pharmacy_desk.core.upload.profile import RxLookUp


def rx_rules(table: Mapping[str, object]) -> RxRules:
    """What the region asks of prescriptions; a list that is not there checks nothing."""
    kinds, days = table.get("kinds", []), table.get("valid_days")
    return RxRules(
        valid_days=days if isinstance(days, int) else None,
        area_digits=int(str(table["area_digits"])),
        out_of_area=table.get("out_of_area") is True,
        institutions=frozenset(_names(table.get("institutions", []))),
        prescribers=frozenset(_names(table.get("prescribers", []))),
        kinds=tuple(_kind_needs(row) for row in kinds) if isinstance(kinds, list) else (),
        no_prescriber=frozenset(RxFlag(name) for name in _names(table["no_prescriber"])),
    )


def _kind_needs(row: Mapping[str, object]) -> KindNeeds:
    since, until = row["since"], row.get("until")
    if not isinstance(since, date):
        raise TypeError("since")
    return KindNeeds(
        kind=PaymentKind(str(row["kind"])),
        since=since,
        until=until if isinstance(until, date) else None,
        electronic=row.get("electronic") is True,
        institutions=frozenset(_names(row.get("institutions", []))),
    )


def look_up(table: Mapping[str, object]) -> RxLookUp:
    """How the region looks an electronic prescription up."""
    told = table["told"]
    if not isinstance(told, dict):
        raise TypeError("told")
    return RxLookUp(
        infno=str(table["infno"]),
        node=str(table["node"]),
        token_field=str(table["token_field"]),
        told={str(name): str(field) for name, field in told.items()},
    )


def _names(value: object) -> list[str]:
    if not isinstance(value, list):
        raise TypeError("list expected")
    return [str(entry) for entry in value]
