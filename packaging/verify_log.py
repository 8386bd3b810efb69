"""Prove a log that `pharmacy-desk ledger export` wrote: python verify_log.py FILE [HEAD ...].

A HEAD is `counter-epoch-seq:hash` as `ledger check` or an earlier run printed it: with it a log
cut at its end or made anew shows. Exit 0 in order, 1 problems, 2 no log. Standard library only.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

KEYS = ["counter", "epoch", "seq", "at", "kind", "code", "document", "operator", "payload", "hash"]
START = {"seq": 0, "hash": "0" * 64, "age": 0.0}  # before the first event of counter and epoch
SLACK_S = 5  # the program notes a clock that was set back by more than this
Row = dict[str, Any]


def event(line: str) -> Row:
    """A line as an event that has exactly the fields that are hashed, and its hash."""
    pairs: list[tuple[str, Any]] = json.loads(line, object_pairs_hook=list)
    row, told = dict(pairs), json.loads(dict(pairs)["payload"])
    if [key for key, _ in pairs] != KEYS or type(row["seq"]) is not int:
        raise ValueError(line)
    row |= {"place": (str(row["counter"]), str(row["epoch"])), "box": str(row["code"])}
    row["name"] = f"{row['counter']}-{row['epoch']}-{row['seq']}"
    row["age"] = datetime.fromisoformat(row["at"]).timestamp()
    row["codes"] = list(map(str, told["codes"])) if row["kind"] == "sale_paid" else []
    row["after"] = dict(told.get("previous", {})) if row["kind"] == "home_opened" else {}
    return row


def faults(row: Row, last: Row, ended: Row) -> Iterator[str]:
    """What is wrong with an event behind `last` of its epoch; `ended` ended the epoch before."""
    text = json.dumps([last["hash"], *(row[key] for key in KEYS[:-1])], separators=(",", ":"))
    if row["seq"] != last["seq"] + 1:
        yield f"follows {last['seq']}: something was taken out, put in or moved"
    if hashlib.sha256(text.encode()).hexdigest() != row["hash"]:
        yield "does not match its hash"
    if row["age"] < last["age"] - SLACK_S and row["kind"] != "clock_doubtful":
        yield "comes after the clock was set back, and no event says so"
    if last is START and row["kind"] not in ("home_opened", "clock_doubtful"):
        yield "begins an epoch and is not home_opened"
    seq, digest = row["after"].get("seq"), row["after"].get("hash")
    if row["after"].get("epoch") and (seq, digest) != (ended["seq"], ended["hash"]):
        yield f"follows event {seq} of epoch {row['after']['epoch']}, which does not end so"


def chain(lines: Iterable[str], ends: dict[Any, Row], found: list[str]) -> Iterator[Row]:
    """The events of a log in their order, each checked against the one before it."""
    for number, line in enumerate(lines, 1):
        try:
            row = event(line)
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError):
            found.append(f"line {number} is no event as the program exports it")
            continue
        ended = ends.get((row["place"][0], str(row["after"].get("epoch"))), START)
        last, ends[row["place"]] = ends.get(row["place"], START), row
        found += [f"event {row['name']} {what}" for what in faults(row, last, ended)]
        yield row


def sold_twice(rows: Iterable[Row], heads: set[str]) -> Iterator[str]:
    """Boxes sold for good again with no return between; an opened box is sold in units often."""
    clock, timed = dict[str, float](), list[tuple[float, Row]]()
    for row in rows:  # a counter's events keep their order whatever its clock said
        at = clock[row["place"][0]] = max(row["age"], clock.get(row["place"][0], 0.0))
        if row["kind"] in ("sale_paid", "units_sold", "box_returned", "box_restored"):
            timed.append((at, row))
        heads.discard(f"{row['name']}:{row['hash']}")
    sales, units = dict[str, str](), set[tuple[str, str]]()
    for _, row in sorted(timed, key=lambda one: one[0]):
        document, opened = str(row["document"]), row["kind"] == "units_sold"
        units |= {(row["box"], document)} if opened else set()
        if row["kind"] in ("box_returned", "box_restored"):
            sales.pop(row["box"], None)
        for box in [row["box"]] if opened else row["codes"]:
            whole = (box, document) not in units
            if box in sales and (opened or whole):
                yield f"event {row['name']} sells box {box} again, sold before in {sales[box]}"
            sales |= {box: document} if whole else {}


def main(arguments: list[str]) -> int:
    """Check a file and say what is wrong with it."""
    ends, found, heads = dict[Any, Row](), list[str](), set(arguments[1:])
    try:
        with open(arguments[0], encoding="utf-8", newline="\n") as log:
            found += list(sold_twice(chain(log, ends, found), heads))
    except (IndexError, OSError, UnicodeDecodeError) as error:
        print(f"No log to check ({error}). {__doc__}", file=sys.stderr)
        return 2
    found += [f"event {head} is not in the log" for head in sorted(heads)]
    print(*found, *(f"head {row['name']}:{row['hash']}" for row in ends.values()), sep="\n")
    return 1 if found else 0 if ends else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
