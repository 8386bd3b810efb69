"""The commands of the contract: thin, each one a few calls. Loads no Qt before it is needed."""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import logging
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pharmacy_desk.adapters import resources, window_libraries
from pharmacy_desk.adapters.clock import SystemClock
from pharmacy_desk.adapters.home import Home, default_folder
from pharmacy_desk.commands import backup, documents, ledger, past, pictures, stock, till
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.fault_words import by_command, words_of
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.scanning.scan import decode, visible
from pharmacy_desk.version import VERSION

if TYPE_CHECKING:
    from pharmacy_desk.counter.catalogue.importing import ImportReport

_DONE, _FAULTS_FOUND, _BAD_USE = 0, 1, 2
_ESCAPES = {b"r": b"\r", b"t": b"\t", b"\\": b"\\"}
_ESCAPE = re.compile(rb"\\([rt\\]|x[0-9a-fA-F]{2})")


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit code is the contract's (0 done, 1 faults found, 2 bad use)."""
    arguments = _parser().parse_args(argv)
    logging.getLogger("pharmacy_desk").addHandler(logging.NullHandler())
    command: Callable[[argparse.Namespace], int] = arguments.command
    try:
        return command(arguments)
    except WorldError as error:
        print(sentence(error), file=sys.stderr)
        return _BAD_USE
    except BrokenPipeError:
        # Whoever read our output has had enough; Python's own flush at exit must not complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _DONE


def sentence(error: WorldError) -> str:
    """A failure of the world: what happened and what to do."""
    text = " ".join(part for part in (*words_of(error.fault), by_command(error.fault)) if part)
    for name, value in error.params.items():
        text = text.replace("{" + name + "}", visible(str(value), 300))
    return text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pharmacy-desk",
        description="Captures, sells and uploads drug trace codes at a pharmacy counter."
        " Without a command it opens the window.",
    )
    parser.add_argument("--home", type=Path, help="folder of data and settings")
    parser.add_argument("--training", action="store_true", help="open a practice home of its own")
    parser.add_argument("--platform", help="base address of the upload platform")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--version", action="version", version=f"pharmacy-desk {VERSION}")
    parser.set_defaults(command=_window)
    commands = parser.add_subparsers(metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], int], help_: str) -> Any:
        made = commands.add_parser(name, help=help_, description=help_)
        made.set_defaults(command=run)
        # Given behind the command too; SUPPRESS keeps what stood before it.
        made.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
        made.add_argument("--home", type=Path, default=argparse.SUPPRESS)
        return made

    add("recognise", _recognise, "say what each scanned line of standard input is")
    pictures.add_commands(add, sentence)
    stock.add_commands(add, _home)
    _add_rehearsal(add)
    sandbox = add("sandbox", _sandbox, "run the practice platform alone")
    sandbox.add_argument("--port", type=int, default=0)
    sandbox.add_argument("--store", type=Path)
    sandbox.add_argument("--faults", type=Path)
    sandbox.add_argument("--token", help="check TIF signatures made with this token")
    sandbox.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)
    sync = add("sync", _sync, "bring what is due to the platform")
    sync.add_argument("--once", action="store_true", required=True, help="one round, then end")
    sync.add_argument("--platform", default=argparse.SUPPRESS)
    code = add("code", _code, "tell the life of one box")
    code.add_argument("code")
    documents.add_commands(add, _home)
    ledger.add_commands(add, _home)
    backup.add_commands(add, _home, sentence)
    till.add_commands(add, _home)
    load = add("import", _import, "import a table")
    load.add_argument("what", choices=("catalogue", *stock.IMPORTS))
    source = load.add_mutually_exclusive_group(required=True)
    source.add_argument("file", type=Path, nargs="?")
    source.add_argument(
        "--from-sql", action="store_true", help="the drug list by till.sql_catalogue"
    )
    load.add_argument("--dry-run", action="store_true")
    receipt = add("receipt", _receipt, "show or write the receipt of a paid sale")
    receipt.add_argument("number")
    for kind in ("pdf", "png", "escpos"):
        receipt.add_argument(f"--{kind}", type=Path)
    receipt.add_argument("--codes", type=Path, help="goods and codes for the invoice: CSV or XLSX")
    receipt.add_argument("--width", type=int, choices=(58, 80), help="paper in mm")
    add("doctor", _doctor, "check this machine and this home")
    return parser


def _add_rehearsal(add: Callable[..., Any]) -> None:
    rehearse = add("rehearse", _rehearse, "play a script of a counter's day on the real program")
    rehearse.add_argument("script", type=Path)
    rehearse.add_argument("--platform", default=argparse.SUPPRESS)
    rehearse.add_argument("--port", choices=("pty", "replay", "wedge"))
    rehearse.add_argument("--shots", type=Path, help="folder for pictures of the screens")
    child = add("rehearsed", _rehearsed, argparse.SUPPRESS)
    child.add_argument("--platform", default=argparse.SUPPRESS)
    child.add_argument("--settlement")
    child.add_argument("--scanner")
    child.add_argument("--replay", type=Path)


def _home(arguments: argparse.Namespace) -> Home:
    chosen = arguments.home or os.environ.get("PHARMACY_DESK_HOME")
    folder = Path(chosen) if chosen else default_folder()
    return Home(folder / "training" if arguments.training else folder)


def _print(arguments: argparse.Namespace, document: Any, text: str) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=2) if arguments.json else text)


def _window(arguments: argparse.Namespace) -> int:
    _require_window(arguments)
    with _starting():
        from pharmacy_desk.wiring.options import Options
        from pharmacy_desk.wiring.window import run_window, show_problem

        home = _home(arguments)
        options = Options(platform_url=arguments.platform)
        try:
            return run_window(home, options, rehearsed=False, training=arguments.training)
        except WorldError as error:
            if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.name == "nt":
                show_problem(error, "zh_CN")
            raise


def _require_window(arguments: argparse.Namespace) -> None:
    """Qt would end the process without a word; and whoever clicks an icon sees no terminal."""
    try:
        window_libraries.require(os.environ)
    except WorldError as error:
        if not sys.stderr.isatty():
            from pharmacy_desk.wiring import no_window

            no_window.tell(error, _home(arguments), os.environ)
        raise


def _rehearsed(arguments: argparse.Namespace) -> int:
    """The program under a rehearsal: the same window, driven from standard input."""
    with _starting():
        from pharmacy_desk.wiring.options import Options
        from pharmacy_desk.wiring.window import run_window

        options = Options(
            arguments.platform,
            arguments.settlement,
            own_practice_platform=False,
            serial_port=arguments.scanner,
            replay_file=arguments.replay,
        )
        return run_window(_home(arguments), options, rehearsed=True, training=False)


@contextlib.contextmanager
def _starting() -> Iterator[None]:
    """Qt comes first, and no search for garbage while the program starts: it keeps what it makes.

    The window turns the search on again when it is shown.
    """
    gc.disable()
    try:
        from pharmacy_desk.wiring.load import load_qt

        load_qt()
        yield
    finally:
        gc.enable()


def _recognise(arguments: argparse.Namespace) -> int:
    """Standard input to one JSON line per input line, always; the home is never read."""
    today = SystemClock().now().date()
    for line in sys.stdin.buffer:
        data = unescape(line.removesuffix(b"\n").removesuffix(b"\r"))
        reading = recognise_text(decode(data), today)
        personal = reading.is_personal
        shown = reading.shown() if personal else reading.text
        print(
            json.dumps(
                {
                    "raw": shown,
                    "kind": reading.kind.value,
                    "code": shown if personal else reading.code,
                    "identification": reading.identification,
                    "gtin": reading.gtin,
                    "serial": reading.serial,
                    "lot": reading.lot,
                    "expiry": reading.expiry.isoformat() if reading.expiry else None,
                    "problem": reading.problem.value if reading.problem else None,
                    "evidence": reading.evidence or None,
                    "masked": personal,
                }
            )
        )
    return _DONE


def unescape(line: bytes) -> bytes:
    r"""`\xHH`, `\r`, `\t` and `\\` as the bytes they stand for; anything else stays.

    In one pass: a line may be a megabyte of backslashes.
    """
    return _ESCAPE.sub(_escaped, line)


def _escaped(found: re.Match[bytes]) -> bytes:
    mark = found.group(1)
    return _ESCAPES.get(mark) or bytes([int(mark[1:], 16)])


def _sandbox(arguments: argparse.Namespace) -> int:
    import sqlite3

    from pharmacy_desk.sandbox import server
    from pharmacy_desk.sandbox.faults import FaultsError

    try:
        server.serve(
            arguments.port,
            arguments.store,
            arguments.faults,
            arguments.token,
            stop_with_stdin=arguments.with_parent,
        )
    except (FaultsError, OSError, OverflowError, sqlite3.Error) as error:
        raise WorldError(
            Fault.FILE_UNREADABLE, path=str(arguments.faults or arguments.port), detail=str(error)
        ) from error
    return _DONE


@contextlib.contextmanager
def _counter(arguments: argparse.Namespace, *, gives_way: bool = False) -> Iterator[Any]:
    """A counter without window, the one writer of its home while it lasts."""
    from pharmacy_desk.wiring.counter import Counter
    from pharmacy_desk.wiring.options import Options

    home = _home(arguments)
    home.make()
    home.acquire_giving_way() if gives_way else home.acquire()
    try:
        counter = Counter(home, Options(platform_url=arguments.platform), lambda _: None)
        try:
            yield counter
        finally:
            counter.stop()
    finally:
        home.release()


def _sync(arguments: argparse.Namespace) -> int:
    from pharmacy_desk.counter.lanes import Looked

    with _counter(arguments, gives_way=True) as counter:
        counter.open_platform()
        wanted = Looked(counter.home.wanted)
        counter.make_asker(wanted, wanted.pause).round()
        courier = counter.make_courier(wanted, wanted.pause)
        counts = courier.round(everything=True)
    found = {
        "accepted": counts.accepted,
        "refused": counts.refused,
        "unknown": counts.unknown,
        "queued": counts.queued,
        "errors": counts.errors,
    }
    text = "  ".join(f"{name} {count}" for name, count in found.items())
    if counts.gave_way:
        text += "\ngave way to another program on this home; what is left stays in the queue"
    _print(arguments, {**found, "gave_way": counts.gave_way}, text)
    clean = not (counts.refused or counts.unknown or counts.errors)
    return _DONE if clean else _FAULTS_FOUND


@contextlib.contextmanager
def _reader(arguments: argparse.Namespace) -> Iterator[Any]:
    from pharmacy_desk.adapters.store.base.database import world_errors
    from pharmacy_desk.adapters.store.reading import Reader

    ledger = _home(arguments).ledger
    with world_errors(ledger), contextlib.closing(Reader(ledger)) as reader:
        yield reader


def _code(arguments: argparse.Namespace) -> int:
    from pharmacy_desk.wiring.box_life import box_life

    with _reader(arguments) as reader:
        found = box_life(reader, arguments.code, SystemClock().now().date())
    if found is None:
        raise WorldError(Fault.NOT_A_TRACE_CODE)
    drug, events = found["drug"], found["events"]
    lines = [f"{found['code']}  {found['state']}  {drug['name'] if drug else '-'}"]
    lines += [f"{e['at']}  {e['event']}  {e['document'] or '-'}" for e in events]
    _print(arguments, found, "\n".join(lines))
    return _DONE


def _import(arguments: argparse.Namespace) -> int:
    from pharmacy_desk.wiring.files import (
        import_drugs,
        import_file,
        import_limits_file,
        import_map_file,
        import_trade_file,
    )

    file, dry_run = arguments.file, arguments.dry_run
    if arguments.from_sql and arguments.what != "catalogue":
        print("Only the catalogue comes from a database.", file=sys.stderr)
        return _BAD_USE
    if arguments.what == "sales":
        return past.import_sales(arguments, _counter)
    with _counter(arguments) as counter:
        if arguments.from_sql:
            from pharmacy_desk.wiring.till_sql import drug_list

            table = iter(drug_list(counter.settings, counter.home.folder))
            report = import_drugs(
                counter, table, counter.desk_lane.call, dry_run=dry_run, whole=True
            )
        elif arguments.what == "catalogue":
            report = import_file(counter, file, counter.desk_lane.call, dry_run=dry_run, whole=True)
        elif arguments.what == "map":
            report = import_map_file(counter, file, dry_run=dry_run, whole=True)
        elif arguments.what == "limits":
            report = import_limits_file(counter, file, dry_run)
        else:
            report = import_trade_file(counter, arguments.what, file, dry_run)
    found, lines = _import_told(report)
    _print(arguments, found, "\n".join(lines))
    return _FAULTS_FOUND if report.rejected else _DONE


def _import_told(report: ImportReport) -> tuple[dict[str, object], list[str]]:
    """What an import did, for `--json` and as lines to read."""
    rejected = [
        {"row": bad.row, "reason": bad.reason, "detail": visible(bad.detail)}
        for bad in report.rejected
    ]
    kept = [
        {"row": c.row, "column": c.column, "value": visible(c.text), "taken_as": c.taken_as}
        for c in report.kept
    ]
    found: dict[str, object] = {
        "read": report.read,
        "added": report.added,
        "changed": report.changed,
        "rejected": rejected,
        "unknown_columns": list(report.unknown_columns),
        "kept": kept,
    }
    lines = [
        f"{report.read} rows read, {report.added} added, {report.changed} changed,"
        f" {len(rejected)} rejected"
    ]
    lines += [f"row {bad['row']}: {bad['reason']} {bad['detail']}" for bad in rejected]
    told = "row {row}: {column} {value} is not known, taken as {taken_as}"
    lines += [told.format_map(cell) for cell in kept]
    if report.unknown_columns:
        lines.append("kept aside: " + ", ".join(map(visible, report.unknown_columns)))
    return found, lines


def _receipt(arguments: argparse.Namespace) -> int:
    from pharmacy_desk.counter.paper.press import composed

    with _reader(arguments) as reader:
        number = reader.sales.find_sale(arguments.number)
        sale = reader.sales.sale(number) if number else None
    if sale is None or sale.paid_at is None:
        raise WorldError(Fault.NO_SUCH_RECEIPT, number=arguments.number)
    settings = _home(arguments).load_settings()
    mm = arguments.width or settings.number("receipt.width_mm")
    rows = composed(sale, settings, mm, resources.words("receipt.zh_CN"), reprint=True)
    if arguments.escpos:
        from pharmacy_desk.adapters.printers.escpos_printer import encode

        _write(arguments.escpos, encode(rows, mm))
    if arguments.pdf or arguments.png:
        from pharmacy_desk.gui.paper import receipt
        from pharmacy_desk.wiring.look import make_application

        make_application("zh_CN")
        if arguments.pdf:
            receipt.save_pdf(rows, mm, arguments.pdf)
        if arguments.png:
            receipt.save_png(rows, mm, arguments.png)
    if arguments.codes:
        from pharmacy_desk.adapters.files.records import write_table
        from pharmacy_desk.core.paper.invoice import invoice_table

        write_table(arguments.codes, "开票明细", invoice_table(sale))
    found = {
        "receipt": sale.number,
        "paid": "insured" if sale.payment and sale.payment.insured else "self",
        "codes": list(sale.codes()),
        "total_fen": sale.total_fen,
        "at": sale.paid_at.isoformat(),
        "rows": [row.text for row in rows],
    }
    _print(arguments, found, "\n".join(row.text or "-" * 32 for row in rows))
    return _DONE


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise WorldError(Fault.HOME_NOT_WRITABLE, path=str(path)) from error


def _doctor(arguments: argparse.Namespace) -> int:
    from pharmacy_desk.commands.doctor import examine

    checks = examine(_home(arguments), arguments.platform)
    found = {"checks": [check.as_json() for check in checks]}
    text = "\n".join(f"{c.state:8}{c.name:12}{c.detail}  {c.fix}".rstrip() for c in checks)
    _print(arguments, found, text)
    return _FAULTS_FOUND if any(check.state == "fault" for check in checks) else _DONE


def _rehearse(arguments: argparse.Namespace) -> int:
    from pharmacy_desk.commands.rehearse import rehearse

    named = arguments.home is not None or "PHARMACY_DESK_HOME" in os.environ
    return rehearse(arguments, _home(arguments), named)
