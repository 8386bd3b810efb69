"""Prepare this machine and run one of the project's commands: ``bootstrap.py TARGET [ARG ...]``.

  setup        prepare everything and stop
  run          open the program in training mode; without a display, rehearse it offscreen
  test         check the code, then run the test suite offscreen
  test-window  run the window tests in a real X window with a window manager
  bench        run the benchmarks
  drill        run the drills
  check        check the code only: ruff, mypy, import contracts
  shots        take the pictures of the screens

What a target needs is looked for first and fetched only if missing: the system libraries Qt loads,
a Chinese font, an X server, the virtual environment in .venv. The exit code is the command's; 2
also means that something is missing which only the machine's owner can install.
"""

# Standard library only, and nothing newer than Python 3.8 before the version check. This folder
# must never become a package: ``packaging`` is the name of a library.
from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import NoReturn

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "bootstrap-stamp"
UNFINISHED = VENV / "bootstrap-unfinished"
LINUX = sys.platform.startswith("linux")
VENV_BIN = VENV / ("Scripts" if sys.platform == "win32" else "bin")
VENV_PYTHON = VENV_BIN / ("python.exe" if sys.platform == "win32" else "python")

TARGETS = ("setup", "run", "test", "test-window", "bench", "drill", "check", "shots")
IN_WINDOW = ("test-window", "shots")

# The shared libraries Qt's wheels expect from the system, each with its Debian package.
LIBRARIES = ROOT / "resources" / "system-libraries.toml"
X_PROGRAMS = (
    "Xvfb:xvfb openbox:openbox xdotool:xdotool xprop:x11-utils xrandr:x11-xserver-utils"
    " setxkbmap:x11-xkb-utils dbus-launch:dbus-x11 ibus-daemon:ibus"
)
# The pinyin engine is no program on the path.
PINYIN = ("/usr/share/ibus/component/libpinyin.xml", "ibus-libpinyin")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
FONT_NAMES = ("notosanscjk", "notosanssc", "sourcehansans", "wqy-", "droidsansfallback", "simsun")


def say(text: str) -> None:
    """Tell the person at the terminal what is going on."""
    print(text, file=sys.stderr, flush=True)


def stop(text: str, code: int = 2) -> NoReturn:
    """Say why this cannot go on and leave with ``code``."""
    say(text)
    raise SystemExit(code)


def has_display() -> bool:
    """Whether a window can be shown to somebody."""
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return False
    return not LINUX or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def loads(library: str) -> bool:
    """Whether the dynamic linker finds ``library`` (asked directly: ldconfig may be absent)."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def qt_libraries(in_window: bool) -> list[list[str]]:
    """List the libraries Qt needs with their packages, those of a shown window if wanted."""
    every, window = LIBRARIES.read_text("utf-8").split("[window]")
    lines = (every + window if in_window else every).splitlines()
    pairs = [line.replace('"', "").split(" = ") for line in lines]
    return [pair for pair in pairs if len(pair) == 2 and not pair[0].startswith("#")]


def has_chinese_font() -> bool:
    """Whether some font here can draw Chinese, by fontconfig or by the usual file names."""
    if shutil.which("fc-list"):
        asking = ["fc-list", ":lang=zh-cn", "file"]
        if subprocess.run(asking, check=False, stdout=subprocess.PIPE).stdout.strip():
            return True
    walks = (os.walk(os.path.expanduser(folder)) for folder in FONT_FOLDERS)
    files = (name.lower() for walk in walks for _, _, names in walk for name in names)
    return any(name.startswith(FONT_NAMES) for name in files)


def missing_packages(target: str) -> list[str]:
    """List the Debian packages of what ``target`` needs from the system and does not find."""
    missing: list[str] = []
    if importlib.util.find_spec("ensurepip") is None:
        default = os.path.realpath("/usr/bin/python3") == os.path.realpath(sys.executable)
        version = "3" if default else f"{sys.version_info[0]}.{sys.version_info[1]}"
        missing.append(f"python{version}-venv")
    if target == "check":
        return missing
    in_window = target in IN_WINDOW or (target == "run" and has_display())
    pairs = qt_libraries(in_window)
    missing += [package for library, package in pairs if not loads(library)]
    if not has_chinese_font():
        missing.append("fonts-noto-cjk")
    if target in IN_WINDOW:
        pairs = [pair.split(":") for pair in X_PROGRAMS.split()]
        missing += [package for program, package in pairs if not shutil.which(program)]
        missing += [] if os.path.exists(PINYIN[0]) else [PINYIN[1]]
    return missing


def package_manager() -> list[str]:
    """Return the words that start apt-get with the rights to install; none if not allowed to."""
    words = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    words += ["-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Use-Pty=0"]
    if os.geteuid() == 0:
        return words
    probe = ["sudo", "-n", "true"]
    if shutil.which("sudo") and subprocess.call(probe, stderr=subprocess.DEVNULL) == 0:
        return ["sudo", "-n", *words]
    return []


def ensure_system(target: str) -> None:
    """Install what ``target`` misses, or name the one command that does and leave with 2."""
    missing = missing_packages(target)
    has_apt = shutil.which("apt-get") is not None
    apt = package_manager() if missing and has_apt else []
    install = ["install", "-y", "--no-install-recommends"]
    if apt:
        say(f"Installing what the system lacks (apt-get, a minute or two): {' '.join(missing)}")
        # A failed update is not the end: the lists at hand may do.
        for words in (["update"], [*install, *missing]):
            subprocess.call([*apt, *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        missing = missing_packages(target)
    if missing and not has_apt:
        stop("Please install what Debian calls by these names, then retry: " + " ".join(missing))
    if missing:
        as_root = "sudo sh -c" if shutil.which("sudo") else "su -c"
        say("The system lacks a few things. Type this one command, then retry:\n")
        stop(f"{as_root} 'apt-get update && apt-get {' '.join(install + missing)}'\n")


def is_current(stamp: str) -> bool:
    """Whether ``.venv`` was finished with ``stamp``."""
    return VENV_PYTHON.exists() and STAMP.exists() and STAMP.read_text("ascii") == stamp


def usable_venv() -> bool:
    """Whether ``.venv`` is whole: finished, of this Python's version, with a pip that starts."""
    if UNFINISHED.exists() or not VENV_PYTHON.exists():
        return False
    test = f"import pip, sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    return subprocess.call([str(VENV_PYTHON), "-c", test], stderr=subprocess.DEVNULL) == 0


def ensure_venv() -> None:
    """Make ``.venv``, or bring it up to date, unless its stamp says that it already is."""
    made_with = f"{sys.version_info} {ROOT}".encode()
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + made_with).hexdigest()
    if is_current(wanted):
        return
    (ROOT / ".cache").mkdir(exist_ok=True)
    with open(ROOT / ".cache" / "bootstrap.lock", "w", encoding="ascii") as lock:
        if sys.platform != "win32":  # of two at a time, the second waits
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_current(wanted):
            make_venv(wanted)


def make_venv(stamp: str) -> None:
    """Make ``.venv`` unless it is whole, install what pyproject.toml asks for, leave ``stamp``."""
    whole = usable_venv()
    if VENV.exists() and not whole:
        say("The virtual environment in .venv is unfinished or of another Python: remaking it.")
        shutil.rmtree(VENV)
    VENV.mkdir(exist_ok=True)
    STAMP.unlink(missing_ok=True)
    UNFINISHED.write_text("Removed when everything is installed.\n", "ascii")
    if not whole:
        python = getattr(sys, "_base_executable", sys.executable)
        if subprocess.call([python, "-m", "venv", str(VENV)]):
            stop("The virtual environment could not be made; the reason is above.", 1)
    say("Installing the program, Qt and the test tools into .venv (130 MB to fetch, 470 MB on")
    say("disk); the first time this takes some minutes and shows nothing until it is done ...")
    pip = [str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "--no-input"]
    pip += ["--disable-pip-version-check", "--editable", ".[dev]"]
    code = subprocess.call(pip, cwd=ROOT, stdin=subprocess.DEVNULL)
    UNFINISHED.unlink()  # also when pip gave up by itself: the next time takes it from there
    if code:
        stop("The Python packages could not be installed; pip's reason is above.", 1)
    STAMP.write_text(stamp, "ascii")


@contextmanager
def window_system(env: dict[str, str]) -> Iterator[dict[str, str]]:
    """Yield ``env`` for an X server of its own with a window manager; both end with the block."""
    # A session of its own: Ctrl-C must stop the tests before it stops their screen.
    cmd, pipe = ["bash", str(ROOT / "packaging" / "x_screen.sh")], subprocess.PIPE
    with subprocess.Popen(cmd, env=env, stdin=pipe, stdout=pipe, start_new_session=True) as screen:
        # Leaving closes its standard input, which ends it, and waits for that.
        display = screen.stdout.readline().decode().strip() if screen.stdout else ""
        if not display:
            stop("There is no screen to run on; the reason is above.", 1)
        shown = {**env, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        shown.pop("WAYLAND_DISPLAY", None)
        yield shown


def commands(target: str) -> list[list[str]]:
    """List what ``target`` runs inside the environment, in order, until one fails."""
    lint = [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"], ["lint-imports"]]
    tests = ["python", "-m", "pytest"]
    program = ["python", "-m", "pharmacy_desk"]
    rehearse = ["rehearse", "tests/data/rehearsals/first-look.txt", "--shots", "out/first-look"]
    return {
        "setup": [],
        "run": [[*program, *(["--training"] if has_display() else rehearse)]],
        "test": [*lint, [*tests, "-n", "2", "--dist", "worksteal", "-m", "not window"]],
        "test-window": [[*tests, "-m", "window", "tests/window"]],
        "bench": [["python", "-m", "tests.benchmarks"]],
        "drill": [["python", "-m", "tests.drills"]],
        "check": lint,
        "shots": [["python", "packaging/shots.py"]],
    }[target]


def call(command: list[str], env: dict[str, str]) -> int:
    """Run ``command`` in the project's folder and return its exit code as a shell would."""
    # Found here, as Windows looks programs up in the parent's PATH and not in the child's.
    program = shutil.which(command[0], path=env["PATH"]) or command[0]
    say("$ " + shlex.join(command))
    child = subprocess.Popen([program, *command[1:]], cwd=ROOT, env=env)
    try:
        while True:
            with suppress(KeyboardInterrupt):  # the child gets it as well, and decides
                code = child.wait()
                return code if code >= 0 else 128 - code
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()


def run(target: str, extra: list[str]) -> int:
    """Run the commands of ``target`` on the screen they need, the last with the words ``extra``."""
    env = {**os.environ, "VIRTUAL_ENV": str(VENV)}
    env["PATH"] = str(VENV_BIN) + os.pathsep + env.get("PATH", os.defpath)
    env.pop("PYTHONHOME", None)
    if not (target == "run" and has_display()):
        env["QT_QPA_PLATFORM"] = "offscreen"
    todo = commands(target)
    with window_system(env) if target in IN_WINDOW else nullcontext(env) as env:
        for command in todo:
            code = call([*command, *extra] if command is todo[-1] else command, env)
            if code:
                return code
    return 0


def main(words: list[str]) -> int:
    """Check the call, prepare the machine, run the target."""
    if tuple(sys.version_info[:2]) < OLDEST_PYTHON:
        stop(f"Python 3.{OLDEST_PYTHON[1]} or newer is needed; this is {sys.version.split()[0]}.")
    if not words or words[0] not in TARGETS:
        stop(str(__doc__))
    target, *extra = words
    if target in IN_WINDOW and not LINUX:
        stop(f"{target} needs an X server of its own and runs on Linux only.")
    # So that a plain kill, too, takes down what was started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if LINUX:
        ensure_system(target)
    ensure_venv()
    return run(target, extra)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except PermissionError as problem:
        stop(f"This folder belongs to another user: {problem}", 1)
    except KeyboardInterrupt:
        sys.exit(130)
