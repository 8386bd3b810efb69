"""Fuse box, the practice platform's part: a process of its own beside the counter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pharmacy_desk.core.basics.errors import Fault, WorldError


class PracticePlatform:
    """The practice platform as a process of its own, ended together with this one."""

    def __init__(self, store: Path) -> None:
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "pharmacy_desk",
                "sandbox",
                "--port",
                "0",
                "--store",
                str(store),
                "--with-parent",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def url(self) -> str:
        """Its address, waited for. Raises `WorldError` when it does not start."""
        line = self._process.stdout.readline().strip() if self._process.stdout else ""
        if not line.startswith("http://127.0.0.1:"):
            raise WorldError(Fault.PROGRAM_DID_NOT_START, program="practice platform")
        return line

    def stop(self) -> None:
        """End it; it also ends by itself when this process dies."""
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()
