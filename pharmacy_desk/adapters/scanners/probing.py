"""Find a serial scanner's speed and parity while a person scans one known code again and again.

Source: facts on codes, section 3.2: 9600 8N1 is the usual default, others send at 115200, NCR at
9600 with odd parity. **Not tried on hardware**: a pseudo terminal has no speed and no parity, so
this was tried against a small stand-in for the port only.
"""

import re
import time
from collections.abc import Callable, Sequence
from typing import Protocol

import serial

from pharmacy_desk.adapters.scanners.serial_port import PARITY
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.framing import Framer

# How long one setting is listened to, in seconds: a person scans about once a second when asked to.
LISTEN_S = 4.0
# Every setting gets its turn twice: the person may have begun late.
ROUNDS = 2
_POLL_S = 0.02
# A scan at a wrong speed is garbage: too few bytes, or bytes that no code printed on a box has. A
# clean one is printable ASCII throughout, GS allowed, and long enough not to be chance.
_CLEAN = re.compile(rb"[\x20-\x7e\x1d]{8,}")
_AIM = re.compile(rb"\][A-Za-z][0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Line:
    """One way to read a port: speed in baud and parity (`none`, `even`, `odd`); 8 data bits."""

    baud: int
    parity: str


LINES = (Line(9600, "none"), Line(115200, "none"), Line(9600, "odd"))


class ByteSource(Protocol):
    """An open port, as pyserial gives it: `read` answers at once or empty after a short wait."""

    def read(self, size: int) -> bytes:
        """At most `size` bytes. Raises `OSError` when the port is gone."""
        ...

    def close(self) -> None:
        """Close the port."""
        ...


@dataclass(frozen=True, slots=True)
class Heard:
    """What one setting gave: how many bytes came, and whether they were clean text.

    The text itself is not kept: the person may have scanned something personal.
    """

    line: Line
    received: int
    clean: bool


@dataclass(frozen=True, slots=True)
class ProbeAnswer:
    """The setting that gave clean text, or None; and everything that was tried, in order."""

    line: Line | None
    heard: tuple[Heard, ...]

    @property
    def silent(self) -> bool:
        """True when nothing came at all: a wrong port, or nobody scanned."""
        return not any(heard.received for heard in self.heard)


def open_serial(port: str, line: Line) -> ByteSource:
    """Open a port for probing. Raises `OSError` when it is gone, forbidden or in use."""
    opened: ByteSource = serial.Serial(
        port, line.baud, parity=PARITY[line.parity], timeout=_POLL_S, exclusive=None
    )
    return opened


def probe(
    port: str,
    expected: str | None,
    listening: Callable[[Line], bool],
    open_: Callable[[str, Line], ByteSource] = open_serial,
    lines: Sequence[Line] = LINES,
    listen_s: float = LISTEN_S,
    now: Callable[[], float] = time.monotonic,
) -> ProbeAnswer:
    """Try each setting in turn while the person scans; the first that gives clean text.

    `expected` is the code on the test card; without it any long printable text is clean.
    `listening` is told each setting when its turn begins, so that the window can ask for another
    scan; False ends the probe. A scanner already reading the port must be stopped first. Blocks
    for at most `listen_s` seconds a setting, twice round: not for the window's thread. Raises
    `OSError` when the port cannot be opened.
    """
    heard: list[Heard] = []
    for line in tuple(lines) * ROUNDS:
        if not listening(line):
            break
        source = open_(port, line)
        try:
            heard.append(_listen(source, line, expected, listen_s, now))
        finally:
            source.close()
        if heard[-1].clean:
            return ProbeAnswer(line, tuple(heard))
    return ProbeAnswer(None, tuple(heard))


def _listen(
    source: ByteSource,
    line: Line,
    expected: str | None,
    listen_s: float,
    now: Callable[[], float],
) -> Heard:
    """Listen for one scan; garbage ends the turn at once, silence when its time is over."""
    framer = Framer()
    received = 0
    until = now() + listen_s
    while (moment := now()) < until:
        chunk = source.read(1)  # more would wait for all of them
        received += len(chunk)
        frames = framer.feed(chunk, moment) if chunk else framer.idle(moment)
        if frames:
            # The rest of a garbled scan must not be taken for the next setting's.
            while now() < until and (rest := source.read(1)):
                received += len(rest)
            return Heard(line, received, _is_clean(frames[0], expected))
    return Heard(line, received, clean=False)


def _is_clean(frame: bytes, expected: str | None) -> bool:
    aim = _AIM.match(frame)
    text = (frame[aim.end() :] if aim else frame).strip()
    if expected is not None:
        return text == expected.encode()
    return bool(_CLEAN.fullmatch(text))
