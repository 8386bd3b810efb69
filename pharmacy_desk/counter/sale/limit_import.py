"""Import a published list of limits: all of it or nothing, an older one not at all."""

from collections.abc import Callable

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.sale.limit_file import LIMITS, list_of, read_limits
from pharmacy_desk.core.sale.limits import LimitKind, LimitList
from pharmacy_desk.core.stock.files.headers import HeaderRefusal, find_header
from pharmacy_desk.core.stock.files.rows import Table
from pharmacy_desk.counter.catalogue.importing import ImportReport
from pharmacy_desk.counter.sale.limits import Limits


def import_limits(
    table: Table,
    name: str,
    limits: Limits,
    actor: Callable[[], Actor],
    on_desk: Callable[[Callable[[], object]], object],
    dry_run: bool = False,
) -> ImportReport:
    """Import a list; `name` is what it is called where it tells no version.

    Added and changed are counted against the lists imported before. Raises `WorldError` when the
    file has no header that names drug and limit, and when it is older than one that is in use.
    """
    header = find_header(LIMITS, table)
    if isinstance(header, HeaderRefusal):
        raise WorldError(Fault.HEADER_MISSING, columns="、".join(header.missing))
    rows = list(read_limits(header, table))
    brought, bad = list_of(rows, name)
    report = ImportReport(len(rows), unknown_columns=header.unknown, rejected=bad)

    def write() -> None:
        _count(report, brought, limits)
        if not dry_run and (brought.rules or brought.texts):
            limits.keep(actor(), brought)

    on_desk(write)
    return report


def _count(report: ImportReport, brought: LimitList, limits: Limits) -> None:
    """What the list says anew, and what it says otherwise, than the lists imported before it."""
    newest = limits.newest_day()
    if brought.as_of and newest and brought.as_of < newest:
        raise WorldError(Fault.LIMITS_OLDER, day=brought.as_of, newest=newest)
    told: dict[tuple[str, str, LimitKind], tuple[str, ...]] = {}
    words: dict[tuple[str, LimitKind, tuple[str, ...]], str] = {}
    for one in limits.imported():
        told |= {(r.code, r.drug, r.kind): r.values for r in one.rules}
        words |= {(t.drug, t.kind, t.values): t.text for t in one.texts}
    for rule in brought.rules:
        before = told.get((rule.code, rule.drug, rule.kind))
        report.added += before is None
        report.changed += before is not None and before != rule.values
    for text in brought.texts:
        known = words.get((text.drug, text.kind, text.values))
        report.added += known is None
        report.changed += known is not None and known != text.text
