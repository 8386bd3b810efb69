"""The command that takes the old system's sales as history: `import sales`."""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from pharmacy_desk.core.scanning.scan import visible

if TYPE_CHECKING:
    from pharmacy_desk.counter.sale.past_import import PastReport

_DONE, _FAULTS_FOUND = 0, 1


def import_sales(
    arguments: argparse.Namespace,
    counter_of: Callable[[argparse.Namespace], AbstractContextManager[Any]],
) -> int:
    """Import a file; how far it is goes to standard error, what came of it to standard output."""
    from pharmacy_desk.wiring.files import import_past_file

    def progress(row: int) -> bool:
        print(f"row {row}", file=sys.stderr, flush=True)
        return True

    with counter_of(arguments) as counter, _without_search():
        report = import_past_file(counter, arguments.file, progress, arguments.dry_run)
    found = _told(report)
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(report)))
    return _FAULTS_FOUND if report.findings else _DONE


@contextlib.contextmanager
def _without_search() -> Iterator[None]:
    """No search for garbage: rows by the ten thousand are kept and go, none in a circle."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _told(report: PastReport) -> dict[str, object]:
    return {
        "read": report.read,
        "added": report.added,
        "uncoded": report.uncoded,
        "went_on_after": report.went_on_after,
        "findings": [
            {"row": one.row, "code": one.code, "reason": one.kind.value, "detail": one.words}
            for one in report.findings
        ],
        "unknown_columns": list(report.unknown_columns),
    }


def _lines(report: PastReport) -> list[str]:
    lines = [
        f"{report.read} rows read, {report.added} codes added, {report.uncoded} rows without a"
        f" code, {len(report.findings)} findings"
    ]
    if report.went_on_after:
        lines.insert(0, f"this file was begun before: it goes on after row {report.went_on_after}")
    lines += [
        f"row {one.row}: {one.kind.value} {one.code} {visible(one.words)}"
        for one in report.findings
    ]
    if report.unknown_columns:
        lines.append("kept aside: " + ", ".join(map(visible, report.unknown_columns)))
    return lines
