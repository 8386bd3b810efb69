"""The commands about the ledger: prove it, count it, write its event log out."""

import argparse
import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.core.basics.errors import WorldError

_DONE, _FAULTS_FOUND = 0, 1
# What a command answers: the exit code, the JSON document and its text for people.
_Answer = tuple[int, dict[str, Any], str]


def add_commands(add: Callable[..., Any], home_of: Callable[[argparse.Namespace], Home]) -> None:
    """Add `ledger check`, `ledger stats` and `ledger export FILE` to the parser."""

    def made(run: Callable[[argparse.Namespace, Home], _Answer]) -> Any:
        def command(arguments: argparse.Namespace) -> int:
            code, found, text = run(arguments, home_of(arguments))
            print(json.dumps(found, ensure_ascii=False, indent=2) if arguments.json else text)
            return code

        return command

    ledger = add("ledger", made(_check), "prove the ledger, count what it holds, or export its log")
    whats = ledger.add_subparsers(metavar="check|stats|export|accept", required=True)
    for name, run, help_ in (
        ("check", _check, "prove chain, constraints, and state against events"),
        ("stats", _stats, "count by state, document and day"),
        ("export", _export, "write the event log, one JSON line an event, for verify_log.py"),
    ):
        what = whats.add_parser(name, help=help_, description=help_)
        what.set_defaults(command=made(run))
        what.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
        what.add_argument("--home", type=Path, default=argparse.SUPPRESS)
        if name == "check":
            what.add_argument(
                "--against",
                metavar="HEAD|FILE",
                help="a head noted elsewhere (on a receipt, by a check), or an exported log",
            )
        if name == "export":
            what.add_argument("file", type=Path)
    _add_accept(whats, home_of)


def _add_accept(whats: Any, home_of: Callable[[argparse.Namespace], Home]) -> None:
    help_ = "decide, as a manager, to go on without what is missing of the past"
    what = whats.add_parser("accept", help=help_, description=help_)
    what.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    what.add_argument("--home", type=Path, default=argparse.SUPPRESS)
    for name in ("operator", "pin", "reason"):
        what.add_argument(f"--{name}", required=True)

    def command(arguments: argparse.Namespace) -> int:
        code, found, text = _accept(arguments, home_of(arguments))
        print(json.dumps(found, ensure_ascii=False, indent=2) if arguments.json else text)
        return code

    what.set_defaults(command=command)


def _check(arguments: argparse.Namespace, home: Home) -> _Answer:
    from pharmacy_desk.adapters.secrets import SecretHeadKey, Secrets
    from pharmacy_desk.adapters.store.check.against import differs
    from pharmacy_desk.adapters.store.check.run import NOTHING, check

    ledger, gone = home.ledger, _gone(home)
    there = not gone or ledger.exists()
    key = SecretHeadKey(Secrets(ledger.parent), ledger.stem)
    result = check(ledger, key) if there else NOTHING
    problems = list(result.problems)
    if gone and not any(problem.startswith("history:") for problem in problems):
        problems.insert(0, gone)
    other = differs(ledger, arguments.against) if arguments.against and there else None
    if other:
        problems.append(f"against: {other}")
    found = {
        "ok": not problems,
        "problems": problems,
        "events": result.events,
        "head": result.head,
        "unproven": list(result.unproven),
    }
    lines = problems or [f"The ledger is in order: {result.events} events."]
    text = "\n".join([*lines, *(f"note: {what}" for what in result.unproven)])
    return _FAULTS_FOUND if problems else _DONE, found, text


def _gone(home: Home) -> str | None:
    """What the marks around a ledger say is missing of it, also before a start has found it."""
    from pharmacy_desk.adapters.outside_mark import OutsideMark, mark_file
    from pharmacy_desk.adapters.store.base import past

    try:
        loss = past.look(home.ledger, OutsideMark(mark_file(home.place, home.ledger)).read())
    except WorldError:  # the file is damaged: the check itself says how
        return None
    return f"history: {loss.value} missing, and nobody has decided yet" if loss else None


def _stats(_: argparse.Namespace, home: Home) -> _Answer:
    from pharmacy_desk.adapters.store.base.database import world_errors
    from pharmacy_desk.adapters.store.reading import Reader

    with world_errors(home.ledger), contextlib.closing(Reader(home.ledger)) as reader:
        stats = reader.stats()
    return _DONE, stats, "\n".join(f"{name}: {value}" for name, value in stats.items())


def _export(arguments: argparse.Namespace, home: Home) -> _Answer:
    from pharmacy_desk.adapters.store.base.export import export

    written = export(home.ledger, arguments.file)
    found = {
        "file": str(arguments.file),
        "events": written.events,
        "heads": list(written.heads),
    }
    lines = [f"{written.events} events written to {arguments.file}", *written.heads]
    return _DONE, found, "\n".join(lines)


def _accept(arguments: argparse.Namespace, home: Home) -> _Answer:
    """`ledger accept`: a manager goes on without what is missing."""
    from pharmacy_desk.wiring import history

    home.make()
    home.acquire()
    try:
        lost = history.accept(home, arguments.operator, arguments.pin, arguments.reason)
    finally:
        home.release()
    asked = history.platform_is_asked(home)
    lines = [
        f"Decided: this home goes on without its {' and '.join(lost)}.",
        "The platform is asked what was sold in the missing time; those boxes are not sold again."
        if asked
        else "This region's platform cannot be asked what was sold in the missing time: the boxes"
        " sold then are not known here.",
    ]
    found = {"accepted": True, "missing": list(lost), "platform_is_asked": asked}
    return _DONE, found, "\n".join(lines)
