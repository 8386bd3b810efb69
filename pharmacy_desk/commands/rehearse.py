"""The command `rehearse`: a practice home, a platform, the stage, and the report it prints."""

import argparse
import contextlib
import json
import os
import sys
from datetime import datetime
from typing import Any

from pharmacy_desk.adapters.given_files import read_text
from pharmacy_desk.adapters.home import Home, default_folder
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.rehearsal import script, stage
from pharmacy_desk.wiring.doors import require_address
from pharmacy_desk.wiring.history import look
from pharmacy_desk.wiring.practice_platform import PracticePlatform

# A day of 300 scans is 10 kB.
_MAX_SCRIPT_BYTES = 10_000_000


def rehearse(arguments: argparse.Namespace, home: Home, named: bool) -> int:
    """Play a script on the real program; `named` tells whether the home was chosen by hand."""
    steps = script.parse(read_text(arguments.script, _MAX_SCRIPT_BYTES))
    if not named:
        stamp = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}-{os.getpid()}"
        home = Home(default_folder() / "rehearsals" / stamp)
    home.make()
    if not home.practice:
        raise WorldError(Fault.SCRIPT_BAD, line=0, why="a rehearsal needs a practice home")
    require_address(arguments.platform or "", practice=True)
    look(home)
    home.acquire()  # an open window is told apart at once, not after waiting for the child
    home.release()
    port = arguments.port or ("replay" if sys.platform == "win32" else "pty")
    with contextlib.ExitStack() as stack:
        upload = settlement = arguments.platform
        if not upload or not stage.settles(upload):
            own = PracticePlatform(home.folder / "practice-platform.db")
            stack.callback(own.stop)
            settlement = own.url()
            upload = upload or settlement

        def say(text: str) -> None:
            if not arguments.json:
                print(text, flush=True)

        report = stage.Stage(
            home=home,
            platform_url=upload,
            settlement_url=settlement,
            port=port,
            shots=arguments.shots,
            say=say,
        ).play(steps)
    print(
        json.dumps(report.as_json(), ensure_ascii=False, indent=2)
        if arguments.json
        else _rehearsal_text(report, home)
    )
    return 0 if report.ok else 1


def _rehearsal_text(report: Any, home: Home) -> str:
    outbox = report.outbox
    lines = [
        f"{report.scans} scans, {len(report.sales)} sales, {len(report.refused)} refused steps",
        f"at the platform: {outbox.accepted} lines accepted, {outbox.queued} queued,"
        f" {outbox.refused} refused, {outbox.unknown} unknown",
        f"receipts: {home.receipts}",
        *(f"picture:  {path}" for path in report.shots),
        *(f"✕ line {f['line']}: {f['step']}: found {f['found']}" for f in report.failed),
        *(f"✕ {problem}" for problem in report.problems),
        "The rehearsal went as expected." if report.ok else "The rehearsal failed.",
    ]
    return "\n".join(lines)
