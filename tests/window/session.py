"""A desktop session for window tests: waiting for it, and an input method at work in it."""

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest


def wait_until(true, seconds=30.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def pinyin_chosen(env):
    """Choose the pinyin engine; whether it is the one at work."""
    subprocess.run(["ibus", "engine", "libpinyin"], env=env, capture_output=True, check=False)
    asked = subprocess.run(["ibus", "engine"], env=env, capture_output=True, text=True, check=False)
    return asked.stdout.strip() == "libpinyin"


@contextmanager
def pinyin_session(engine_told="", *, x11=False):
    """The environment of a session with ibus and its pinyin engine; `x11` serves plain X clients.

    Its home is not the test's folder: Qt finds no ibus behind a path of more than a socket's 108
    characters.
    """
    if not (shutil.which("ibus-daemon") and shutil.which("dbus-launch")):
        pytest.skip("ibus, ibus-libpinyin and dbus-x11 are not installed")
    with tempfile.TemporaryDirectory(prefix="ibus-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        (folder / "run").mkdir(mode=0o700)
        told = folder / ".config" / "glib-2.0" / "settings" / "keyfile"
        told.parent.mkdir(parents=True)
        told.write_text(engine_told, encoding="ascii")
        env = os.environ | {
            "QT_QPA_PLATFORM": "xcb", "QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=ibus",
            "LANG": "C.UTF-8", "XDG_RUNTIME_DIR": str(folder / "run"), "HOME": str(folder),
            "GSETTINGS_BACKEND": "keyfile",
        }  # fmt: skip
        said = subprocess.run(["dbus-launch"], env=env, capture_output=True, text=True, check=True)
        bus = dict(line.split("=", 1) for line in said.stdout.splitlines())
        env |= {"DBUS_SESSION_BUS_ADDRESS": bus["DBUS_SESSION_BUS_ADDRESS"]}
        more = ["-x"] if x11 else []
        try:
            subprocess.run(
                ["ibus-daemon", "-d", "-r", *more, "--panel=disable"], env=env, check=True,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            wait_until(lambda: pinyin_chosen(env))
            yield env
        finally:
            subprocess.run(["ibus", "exit"], env=env, capture_output=True, check=False)
            subprocess.run(["kill", bus["DBUS_SESSION_BUS_PID"]], check=False)
