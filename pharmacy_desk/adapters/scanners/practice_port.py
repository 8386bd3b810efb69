"""The far end of a practice scanner: a pty, so that its scans come through the real serial reader.

Where there is no pty (Windows) a file is appended to that the replay reader follows.
"""

import os
import sys
from pathlib import Path

if sys.platform != "win32":
    import tty


class PracticePort:
    """Owns the port; `send` delivers one scan with the terminator a scanner would add."""

    def __init__(self, link: Path) -> None:
        self.is_serial = sys.platform != "win32"
        self._link = link
        self._master = -1
        self._slave = -1
        self.path = str(link)
        self.plug_in()

    @property
    def plugged(self) -> bool:
        """True while the port exists."""
        return self._master >= 0 or not self.is_serial

    def plug_in(self) -> None:
        """Make the port appear under its name."""
        if not self.is_serial:
            self._link.write_bytes(b"")
            return
        if sys.platform != "win32":
            self._master, self._slave = os.openpty()
            tty.setraw(self._slave)
            self._link.unlink(missing_ok=True)
            self._link.symlink_to(os.ttyname(self._slave))

    def unplug(self) -> None:
        """Make the port go away as when the cable is pulled."""
        self._link.unlink(missing_ok=True)
        for descriptor in (self._master, self._slave):
            if descriptor >= 0:
                os.close(descriptor)
        self._master = self._slave = -1

    def send(self, text: str) -> None:
        """Deliver one scan; nothing happens while unplugged."""
        self.send_bytes(text.encode("utf-8", "surrogateescape") + b"\r")

    def send_bytes(self, data: bytes) -> None:
        """Deliver bytes as they are."""
        if not self.is_serial:
            with self._link.open("ab") as file:
                file.write(data.replace(b"\r", b"\n"))
        elif self._master >= 0:
            os.write(self._master, data)

    def close(self) -> None:
        """Take the port away for good."""
        self.unplug()
