"""The machine check: what a counter needs, looked at one by one, each with what to do."""

import contextlib
import importlib.util
import os
import shlex
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from pharmacy_desk.adapters import resources, window_libraries
from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.outside_mark import OutsideMark, mark_file
from pharmacy_desk.adapters.private_files import others_may_read
from pharmacy_desk.adapters.scanners.discovery import SystemPorts
from pharmacy_desk.adapters.scanners.hid_pos import UDEV_RULE, HidFound, choose, may_read
from pharmacy_desk.adapters.store.base import past
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.basics.web_address import web_address
from pharmacy_desk.core.people.roles import Role
from pharmacy_desk.core.scanning.found_port import FoundPort
from pharmacy_desk.core.scanning.scan import visible
from pharmacy_desk.core.scanning.scanner_ports import (
    LEAST_BAUD,
    RefusedPort,
    SerialPort,
    parse_ports,
    wanted_text,
)

# Below this a morning's sales may still fit, but an upgrade's copy of the ledger may not.
_LEAST_FREE_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `ok`, `fault`, `absent` (not there, not needed) or `skipped`."""

    name: str
    state: str
    detail: str
    fix: str = ""

    def as_json(self) -> dict[str, str | None]:
        """The check as the contract words it."""
        return {
            "name": self.name,
            "state": self.state,
            "detail": self.detail,
            "fix": self.fix or None,
        }


def examine(home: Home, platform: str | None) -> list[Check]:
    """Look at everything; nothing is changed but a trial file that is removed again."""
    looks: list[Callable[[], Check]] = [
        _python,
        _qt,
        _font,
        lambda: _home(home),
        lambda: _space(home),
        lambda: _settings(home),
        lambda: _history(home),
        lambda: _ledger(home),
        lambda: _people(home),
        lambda: _secrets(home),
    ]
    return [*(look() for look in looks), *_scanners(home), _platform(home, platform)]


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info >= (3, 11)
    return Check("python", "ok" if good else "fault", version, "" if good else "Install 3.11.")


def _qt() -> Check:
    if importlib.util.find_spec("PySide6.QtWidgets") is None:
        return Check("qt", "fault", "PySide6 is missing", "Install pharmacy-desk again.")
    lacking = window_libraries.missing(os.environ)
    if lacking:
        fix = window_libraries.command(lacking)
        return Check("qt", "fault", f"{', '.join(lacking)} missing: no window opens", fix)
    shown = ", ".join(window_libraries.candidates(os.environ))
    if shown != "offscreen":
        return Check("qt", "ok", f"PySide6 and the system libraries of its plugin {shown}")
    # Asked without a display, over a line or in a service: say what a window would lack.
    lacking = window_libraries.missing({"DISPLAY": ":0"})
    if lacking:
        fix = window_libraries.command(lacking)
        return Check("qt", "absent", f"no display here; a window lacks {', '.join(lacking)}", fix)
    return Check("qt", "ok", "PySide6 and its system libraries are there")


def _font() -> Check:
    if not sys.platform.startswith("linux"):
        return Check("font", "skipped", "Windows has Chinese fonts of its own")
    found = any(
        name.lower().endswith((".ttc", ".otf", ".ttf"))
        and any(mark in name.lower() for mark in ("cjk", "wqy", "sourcehan", "droidsansfallback"))
        for base in ("/usr/share/fonts", str(Path.home() / ".fonts"))
        for _, _, names in os.walk(base)
        for name in names
    )
    if found:
        return Check("font", "ok", "a Chinese font is installed")
    return Check("font", "fault", "no Chinese font", "apt-get install fonts-noto-cjk")


def _home(home: Home) -> Check:
    try:
        home.make()
    except WorldError as error:
        return Check(
            "home",
            "fault",
            f"{home.folder}: {error.params.get('detail', '')}",
            "Give this user the right to write there.",
        )
    if others_may_read(home.folder):
        return Check(
            "home",
            "fault",
            f"others on this machine may read {home.folder}",
            f"chmod -R go-rwx {shlex.quote(str(home.folder))}",
        )
    kind = "practice home" if home.practice else "store set up"
    return Check("home", "ok", f"{home.folder} ({kind})")


def _space(home: Home) -> Check:
    place = home.folder if home.folder.exists() else Path.cwd()
    free = shutil.disk_usage(place).free
    state = "ok" if free > _LEAST_FREE_BYTES else "fault"
    fix = "" if state == "ok" else "Free some disk space before selling."
    return Check("space", state, f"{free // 1_000_000} MB free", fix)


def _settings(home: Home) -> Check:
    try:
        settings = home.load_settings()
        resources.load_profile(settings.text("region.profile"))
    except WorldError as error:
        return Check("settings", "fault", str(error), "Correct the settings file.")
    return Check("settings", "ok", f"profile {settings.text('region.profile')}")


def _history(home: Home) -> Check:
    """Is anything missing of what was sold here?"""
    mark = OutsideMark(mark_file(home.place, home.ledger)).read()
    try:
        loss = past.look(home.ledger, mark)
    except WorldError as error:
        return Check("history", "fault", str(error), "Restore the last backup.")
    if loss:
        fix = "Do not sell; restore a backup, or decide with pharmacy-desk ledger accept."
        return Check("history", "fault", f"{loss.value} missing, and nobody has decided", fix)
    return Check("history", "ok", "nothing is missing")


def _ledger(home: Home) -> Check:
    if not home.ledger.exists():
        return Check("ledger", "absent", "no ledger yet; it is made at the first start")
    try:
        from pharmacy_desk.adapters.secrets import SecretHeadKey, Secrets

        result = check(home.ledger, SecretHeadKey(Secrets(home.folder), home.ledger.stem))
    except WorldError as error:
        return Check("ledger", "fault", str(error), "Restore the last backup.")
    if result.problems:
        return Check("ledger", "fault", result.problems[0], "Do not sell; run ledger check.")
    return Check("ledger", "ok", f"{result.events} events, chain intact")


def _people(home: Home) -> Check:
    """Is there somebody who may approve and free a locked number?"""
    if not home.ledger.exists():
        return Check("people", "absent", "no ledger yet; the first-run assistant adds the manager")
    try:
        with contextlib.closing(Reader(home.ledger)) as reader:
            people = [one for one in reader.people.people() if one.active]
    except WorldError as error:
        return Check("people", "skipped", str(error))
    if any(one.operator.role == Role.MANAGER.value for one in people):
        return Check("people", "ok", f"{len(people)} may sign in, a manager among them")
    return Check(
        "people",
        "fault",
        "no manager (店长) is set up: nobody can approve anything",
        "Open the window, Settings, People (F8): add the manager.",
    )


def _secrets(home: Home) -> Check:
    from pharmacy_desk.adapters.secrets import Secrets

    file = home.folder / "secrets.json"
    if file.exists() and sys.platform != "win32" and file.stat().st_mode & 0o077:
        return Check("secrets", "fault", f"{file} can be read by others", f"chmod 600 {file}")
    return Check("secrets", "ok", f"kept in {Secrets(home.folder).place}")


def _scanners(home: Home) -> list[Check]:
    """A check for each serial scanner that is set up, and one for HID-POS."""
    try:
        settings = home.load_settings()
    except WorldError:
        return [Check("scanner", "skipped", "the settings cannot be read")]
    wanted = parse_ports(settings.text("scanner.serial_port"), LEAST_BAUD, "none")
    assert not isinstance(wanted, RefusedPort)  # the settings would not have loaded
    found = SystemPorts().find()
    checks = [serial_check(port, found) for port in wanted]
    if not wanted:
        here = _names(found)
        checks = [Check("scanner", "absent", f"no serial scanner is set up; ports here: {here}")]
    if not settings.flag("scanner.hid"):
        return [*checks, Check("hid", "absent", "HID-POS is switched off in the settings")]
    # Late, as everywhere: its library opens the system's device database.
    from pharmacy_desk.adapters.scanners import hidapi_door

    return [*checks, hid_check(choose(hidapi_door.list_collections()), may_read)]


def serial_check(port: SerialPort, found: Sequence[FoundPort]) -> Check:
    """Is the scanner of one element of the setting there, and may it be opened?"""
    wanted = port.where
    if isinstance(wanted, str):
        there = Path(wanted).exists() or any(one.device == wanted for one in found)
        device = wanted if there else None
    else:
        device = next(
            (one.device for one in found if wanted.matches(one.vid, one.pid, one.serial)), None
        )
    if device is None:
        return Check(
            "scanner",
            "fault",
            f"{wanted} is not connected; ports here: {_names(found)}",
            "Plug the scanner in, or choose its port in the settings.",
        )
    if not may_read(os.fsencode(device)):
        return Check(
            "scanner",
            "fault",
            f"{device} may not be opened by this user",
            f"{rule_command()}; or add the user to the group of {device}.",
        )
    return Check("scanner", "ok", device if device == wanted else f"{wanted} is {device}")


def hid_check(found: HidFound, readable: Callable[[bytes], bool]) -> Check:
    """Is a HID-POS scanner there, does it not type, and may it be read?"""
    names = ", ".join(name for name, _ in found.readable)
    if any(not readable(path) for _, path in found.readable):
        return Check(
            "hid",
            "fault",
            f"{names}: this user may not read it",
            f"{rule_command()}, then plug the scanner in again.",
        )
    if names:
        return Check("hid", "ok", names)
    if found.typing:
        return Check(
            "hid",
            "fault",
            f"{', '.join(found.typing)} types like a keyboard",
            "Scan “USB HID-POS” in its manual, or switch HID-POS off.",
        )
    return Check("hid", "fault", "no HID-POS scanner is connected", "Plug the scanner in.")


def rule_command() -> str:
    """The command that lets this user read scanners (Linux)."""
    rule = shlex.quote(str(resources.resource("udev", UDEV_RULE)))
    reload = "sudo udevadm control --reload && sudo udevadm trigger"
    return f"sudo cp {rule} /etc/udev/rules.d/ && {reload}"


def _names(found: Sequence[FoundPort]) -> str:
    names = [wanted_text(one.device, one.vid, one.pid, one.serial) for one in found]
    return ", ".join(names) or "none"


def _platform(home: Home, given: str | None) -> Check:
    import socket

    try:
        url = given or home.load_settings().text("platform.url")
    except WorldError:
        return Check("platform", "skipped", "the settings cannot be read")
    if not url:
        return Check("platform", "absent", "no platform is set up")
    address = web_address(url)
    if address is None:
        return Check("platform", "fault", f"{visible(url)} is no address", "Write it anew.")
    there = f"{address.host}:{address.port}"
    if home.practice and not address.loopback:
        return Check("platform", "skipped", f"a practice home does not reach {there}")
    try:
        with socket.create_connection((address.host, address.port), timeout=5):
            return Check("platform", "ok", f"{there} answers")
    except OSError as error:
        return Check(
            "platform",
            "fault",
            f"{there}: {type(error).__name__}",
            "Check the line and the address.",
        )
