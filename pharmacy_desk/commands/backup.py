"""The commands `backup` and `restore`."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pharmacy_desk.adapters.clock import SystemClock
from pharmacy_desk.adapters.home import Home
from pharmacy_desk.core.basics.errors import WorldError

_DONE, _FAULTS_FOUND = 0, 1


def add_commands(
    add: Callable[..., Any],
    home_of: Callable[[argparse.Namespace], Home],
    sentence: Callable[[WorldError], str],
) -> None:
    """Add `backup FILE` and `restore FILE` to the parser."""

    def save(arguments: argparse.Namespace) -> int:
        return _save(arguments, home_of(arguments))

    def restore(arguments: argparse.Namespace) -> int:
        return _restore(arguments, home_of(arguments), sentence)

    for name, run, help_ in (
        ("backup", save, "write ledger, settings and the file of secrets into one file"),
        ("restore", restore, "bring a backup back; what it replaces is kept aside"),
    ):
        add(name, run, help_).add_argument("file", type=Path)


def _save(arguments: argparse.Namespace, home: Home) -> int:
    from pharmacy_desk.adapters import backup

    made = backup.save(home, arguments.file, SystemClock().now())
    found = {
        "file": str(arguments.file),
        "events": made.events,
        "head": made.head,
        "problems": list(made.problems),
    }
    lines = [f"{arguments.file}: {made.events} events, head {made.head}", *made.problems]
    print(json.dumps(found, ensure_ascii=False, indent=2) if arguments.json else "\n".join(lines))
    return _FAULTS_FOUND if made.problems else _DONE


def _restore(
    arguments: argparse.Namespace, home: Home, sentence: Callable[[WorldError], str]
) -> int:
    from pharmacy_desk.adapters import backup
    from pharmacy_desk.wiring.history import still_missing

    aside = backup.restore(home, arguments.file, SystemClock().now())
    lacking = still_missing(home)
    missing = sentence(lacking) if lacking else None
    found = {"restored": True, "replaced": str(aside), "missing": missing}
    text = f"Restored. What was replaced is in {aside}." + (f"\n{missing}" if missing else "")
    print(json.dumps(found, ensure_ascii=False, indent=2) if arguments.json else text)
    return _DONE
