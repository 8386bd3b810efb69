"""A till that sells through Pharmacy Desk: the smallest one that loses nothing.

    pip install requests
    python till.py HOME sell TICKET Y00001=2 Y00002=1 [--insured SETL_ID FUND ACCOUNT CASH]
    python till.py HOME resume

`HOME` is Pharmacy Desk's folder, where `till-api.json` tells address and token. The till keeps a
journal of its own beside it: what it has told stands there before it is told, so that after a
crash, of either side, `resume` tells it again under the same number and gets the same answer.
Type or scan the codes when asked, or scan them at Pharmacy Desk's own counter.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import requests


class Desk:
    """Pharmacy Desk on this machine; a call without an answer is made again, as it was."""

    def __init__(self, home: Path, patience_s: float = 60.0) -> None:
        self.file = home / "till-api.json"
        self.patience_s = patience_s

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """The answer of a call; `Refused` where the desk says no."""
        until = time.monotonic() + self.patience_s
        while True:
            try:
                told = json.loads(self.file.read_text(encoding="utf-8"))
                head = {"Authorization": f"Bearer {told['token']}"}
                url = told["url"] + path
                answer = requests.request(method, url, json=body, headers=head, timeout=40)
                if answer.status_code not in (423, 429) and answer.status_code < 500:
                    break
            except (requests.RequestException, OSError, ValueError):
                pass
            if time.monotonic() > until:
                raise TimeoutError("Pharmacy Desk does not answer. Start it, then: till.py resume")
            time.sleep(0.2)
        if answer.status_code >= 400:
            raise Refused(answer.json()["error"])
        return answer.json()


class Refused(Exception):
    """The desk did nothing: `error` has a reason, a sentence, and what to do."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(f"{error['words']} {error['what_to_do']}")
        self.error = error


class Journal:
    """The till's own memory: one JSON line a step, on the disk before the step is made."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def write(self, **step: Any) -> None:
        """Keep a step for good."""
        with self.file.open("a", encoding="utf-8") as out:
            out.write(json.dumps(step, ensure_ascii=False) + "\n")
            out.flush()
            os.fsync(out.fileno())

    def steps(self) -> list[dict[str, Any]]:
        """All steps; the half line of a crash is no step."""
        if not self.file.exists():
            return []
        text = self.file.read_text(encoding="utf-8")
        whole = text[: text.rfind("\n") + 1]
        self.file.write_text(whole, encoding="utf-8")
        return [json.loads(line) for line in whole.splitlines()]

    def unfinished(self) -> list[dict[str, Any]]:
        """Sales that were begun and not ended, in their order."""
        steps = self.steps()
        ended = {step["ticket"] for step in steps if step["step"] == "settled"}
        return [step for step in steps if step["step"] == "sale" and step["ticket"] not in ended]


def sell(desk: Desk, journal: Journal, sale: dict[str, Any], codes: Any = None) -> list[str]:
    """Tell a sale, have its codes captured, settle it: the codes for the receipt.

    `codes` are those the till's own scanner reads; without any it waits for the counter's.
    """
    ticket, order, end = sale["ticket"], sale["order"], sale["end"]
    path = f"/v1/tickets/{ticket}"
    state = desk.call("POST", "/v1/tickets", order)
    for code in codes or ():
        if state["state"] != "capturing":
            break
        said = desk.call("POST", path + "/scans", {"text": code})
        print(said["words"], file=sys.stderr)
    while state["state"] == "capturing":
        state = desk.call("GET", path + "?wait=20")
    journal.write(step="paid", ticket=ticket)  # here the customer has paid
    state = desk.call("POST", path + "/settle", end)
    sold = [code for line in state["lines"] for code in line["codes"]]
    journal.write(step="settled", ticket=ticket, sale=state["sale"], codes=sold)
    return sold


def sale_of(words: argparse.Namespace) -> dict[str, Any]:
    """A sale as it is told, from the command line."""
    pairs = [word.partition("=") for word in words.items]
    lines = [
        {"line": number, "item": item, "quantity": int(count or 1)}
        for number, (item, _, count) in enumerate(pairs, 1)
    ]
    order = {"ticket": words.ticket, "payment": "self", "lines": lines}
    end: dict[str, Any] = {"receipt": words.ticket}
    if words.insured:
        setl_id, *sums = words.insured
        order["payment"] = "insured"
        end |= {"setl_id": setl_id}
        end |= dict(zip(("fund_fen", "account_fen", "cash_fen"), map(int, sums), strict=True))
    return {"ticket": words.ticket, "order": order, "end": end}


def main() -> int:
    """Sell, or go on with what a crash has left."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("home", type=Path)
    commands = parser.add_subparsers(dest="command", required=True)
    selling = commands.add_parser("sell")
    selling.add_argument("ticket")
    selling.add_argument("items", nargs="+", metavar="ITEM=COUNT")
    selling.add_argument("--insured", nargs=4, metavar=("SETL_ID", "FUND", "ACCOUNT", "CASH"))
    commands.add_parser("resume")
    words = parser.parse_args()
    desk, journal = Desk(words.home), Journal(words.home / "example-till.jsonl")
    if words.command == "sell":
        sale = sale_of(words)
        journal.write(step="sale", **sale)
    for left in journal.unfinished():
        codes = None if sys.stdin.isatty() else (line.strip() for line in sys.stdin)
        print(left["ticket"], *sell(desk, journal, left, codes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
