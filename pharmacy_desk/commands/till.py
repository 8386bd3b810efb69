"""The command `till`: what a chain's IT sets up and tries of the till's database."""

import argparse
import getpass
import json
import sys
from collections.abc import Callable
from typing import Any

from pharmacy_desk.adapters.clock import SystemClock
from pharmacy_desk.adapters.home import Home

_DONE, _FAULTS_FOUND, _BAD_USE = 0, 1, 2


def add_commands(add: Callable[..., Any], home_of: Callable[[argparse.Namespace], Home]) -> None:
    """Add `till password` and `till query` to the parser."""

    def till(arguments: argparse.Namespace) -> int:
        home = home_of(arguments)
        return _password(home) if arguments.what == "password" else _query(arguments, home)

    made = add("till", till, "the till's database: keep its password, or try its query")
    made.add_argument("what", choices=("password", "query"))


def _password(home: Home) -> int:
    """Keep the password where the home's secrets are; it is read, never an argument."""
    from pharmacy_desk.adapters.secrets import Secrets
    from pharmacy_desk.wiring.till_sql import PASSWORD

    told = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if not told:
        print("No password was given.", file=sys.stderr)
        return _BAD_USE
    home.make()
    secrets = Secrets(home.folder)
    secrets.set(PASSWORD, told)
    print(f"kept in {secrets.place}")
    return _DONE


def _query(arguments: argparse.Namespace, home: Home) -> int:
    """Ask for the open tickets once and say what is understood; nothing is taken."""
    from pharmacy_desk.core.catalogue.drug_list import BadRow
    from pharmacy_desk.core.sale.ticket_file import learned_columns, read_tickets
    from pharmacy_desk.core.stock.files.headers import HeaderRefusal
    from pharmacy_desk.wiring.till_sql import open_tickets

    settings = home.load_settings()
    now = SystemClock().now()
    rows = open_tickets(settings, home.folder, now.replace(hour=0, minute=0, second=0))
    found = read_tickets(iter(rows), learned_columns(settings.text("till.columns")) or {})
    told: dict[str, object] = {"rows": len(rows) - 1, "columns": rows[0][1]}
    if isinstance(found, HeaderRefusal):
        told["missing"] = list(found.missing)
    elif isinstance(found, BadRow):
        told["bad"] = {"row": found.row, "reason": found.reason, "detail": found.detail}
    else:
        told["tickets"] = [one.order.ticket for one in found]
    lines = [f"{name}: {value}" for name, value in told.items()]
    print(json.dumps(told, ensure_ascii=False, indent=2) if arguments.json else "\n".join(lines))
    return _DONE if "tickets" in told else _FAULTS_FOUND
