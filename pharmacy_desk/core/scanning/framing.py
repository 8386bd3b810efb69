"""Cut the byte stream of a serial scanner into scans: by terminator, else by an idle gap.

Source: facts on codes, section 3.2 (CR by default; CRLF, LF, Tab, none and STX/ETX occur; partial
chunks are normal; a CR inside a 2-D payload splits the scan; buffer of at least 4 KiB).

Two kinds of frame may hold a CR of their own and are called open: one that began with STX, and one
that began with the AIM id of a 2-D symbology. In an open frame an end only holds the frame back:

* it is complete at once when its text is a whole trace code, which nothing can continue;
* it is complete when silence follows, or the start of another scan (`]` of the next AIM id, STX);
* otherwise what follows belongs to it, unless that is a whole trace code by itself. So a truncated
  2-D code is never mistaken for a shorter one, and two boxes are never merged.
"""

import re
from dataclasses import field

from pharmacy_desk.core.basics.values import dataclass

# The longest DataMatrix holds 2 335 characters; beyond this a stream without end is noise.
MAX_FRAME_BYTES = 4096
# ASCII CAN, "the data before this is in error": ends a frame whose tail was lost. The recogniser
# refuses control characters, so that half a serial number is never taken for a whole one.
BROKEN_OFF = b"\x18"
_TERMINATORS = {
    "auto": b"\r\n\t",
    "cr": b"\r",
    "lf": b"\n",
    "crlf": b"\r\n",
    "tab": b"\t",
    "none": b"",
}
# Line ends in a row that may still be empty lines of one payload: far more than anyone prints.
_MOST_HELD = 64
# Where these are set, a CR is a possible end and open frames are held back at it. A store that
# chose LF or Tab has said that CR is data.
_HOLDING = ("auto", "cr", "crlf")
_STX, _ETX, _AIM_FLAG = 0x02, 0x03, 0x5D
_LINE_ENDS = b"\r\n\t"
# Only controls frame anything inside a frame, and `]` only at its beginning: a run of other bytes
# is looked at by its first byte.
_PARTS = re.compile(rb"[\x20-\xff]+|[\x00-\x1f]")
# AIM letters of symbologies that carry any byte: DataMatrix, QR, Aztec, Han Xin, PDF417, MaxiCode,
# DotCode (ISO/IEC 15424; facts on codes, sections 1.4 and 3.2).
_AIM_2D = re.compile(rb"\][dQzhLUJ]")
# The one form that is surely complete when it stands alone (facts on codes, section 1.2), with or
# without an AIM id before it.
_WHOLE_CODE = re.compile(rb"(?:\][A-Za-z][0-9A-Za-z])?8[0-9]{19}")
# Once a port has been seen to end its scans by a terminator, a pause is only a slow scanner and
# a code may be continued after it; half a second is far beyond any gap inside a code.
_PATIENT_S = 0.5


@dataclass(slots=True)
class Framer:
    """Feeds on chunks of bytes, gives back whole frames. Time is told in seconds, monotonic.

    The frames are the same however the bytes are cut into chunks while time stands still. STX and
    ETX around a frame are taken off, whichever terminator is set. A frame longer than
    `MAX_FRAME_BYTES` comes out once, cut, and the rest up to the next end is dropped and counted
    in `dropped` (bytes): the recogniser then refuses it as too long or damaged, and nothing is
    invented.
    """

    terminator: str = "auto"
    idle_s: float = 0.05
    dropped: int = 0
    _buffer: bytearray = field(default_factory=bytearray)
    _held: bytearray = field(default_factory=bytearray)
    _segment: int = 0
    _last: float = 0.0
    _seen_end: bool = False
    _overflow: bool = False
    _stx: bool = False

    def feed(self, chunk: bytes, now: float) -> list[bytes]:
        """Frames completed by `chunk`, received at `now`. Empty frames are no scans."""
        frames = self.idle(now) if self.pending or self._overflow or self._stx else []
        self._last = now
        for part in _PARTS.findall(chunk):
            self._byte(part[0], frames)
            rest = part[1:]
            if rest and self._takes(len(rest)):
                self._buffer += rest
            else:
                for byte in rest:
                    self._byte(byte, frames)
        return frames

    def idle(self, now: float) -> list[bytes]:
        """The frames that ended by silence, if the silence is long enough."""
        return self._ended() if now - self._last >= self.gap_s else []

    def _begins_at_stx(self) -> bool:
        """True where STX opens a frame; elsewhere it is a byte of the payload.

        Inside an STX frame it means that the ETX before it was lost.
        """
        return not self._overflow and (not self._buffer or bool(self._held) or self._stx)

    def break_off(self) -> list[bytes]:
        """What is left when the port went away in the middle, marked with `BROKEN_OFF`.

        A frame that was only held back at its end is whole and is not marked.
        """
        whole = bool(self._held)
        frames = self._ended()
        if frames and not whole:
            frames[-1] += BROKEN_OFF
        return frames

    @property
    def gap_s(self) -> float:
        """The silence that ends a frame: short until a terminator was seen on this port.

        A frame that is held back at an end, and noise that is being dropped, end by the short one.
        """
        patient = self._seen_end or self.terminator in ("cr", "lf", "crlf", "tab") or self._stx
        if self._held or self._overflow or not patient:
            return self.idle_s
        return max(self.idle_s, _PATIENT_S)

    @property
    def pending(self) -> bool:
        """True while half a frame is held."""
        return bool(self._buffer)

    def _takes(self, more: int) -> bool:
        """True when so many bytes that are no controls only make the frame longer."""
        return 0 < len(self._buffer) <= MAX_FRAME_BYTES - more and not self._held

    def _byte(self, byte: int, frames: list[bytes]) -> None:
        if byte in _TERMINATORS[self.terminator]:
            self._seen_end = True
            self._line_end(byte, frames)
        elif byte == _STX and self._begins_at_stx():
            frames += self.break_off() if self._stx else self._ended()
            self._stx = True
        elif byte == _ETX and (self._stx or not self._buffer) and not self._overflow:
            self._seen_end = self._seen_end or self._stx
            self._end(frames)
        else:
            self._data(byte, frames)

    def _line_end(self, byte: int, frames: list[bytes]) -> None:
        """A terminator: it ends a frame, or holds an open one back."""
        holds = self._buffer and self._open and not self._whole_segment()
        if self._held or holds:
            self._hold(byte, frames)
        else:
            self._end(frames)

    def _hold(self, byte: int, frames: list[bytes]) -> None:
        """One more line end behind an open frame; too many of them are no payload."""
        self._held.append(byte)
        if len(self._held) > _MOST_HELD:
            self._end(frames)

    def _data(self, byte: int, frames: list[bytes]) -> None:
        if self._overflow:
            self.dropped += 1
            return
        if self._held:
            if byte in _LINE_ENDS:
                self._hold(byte, frames)
                return
            self._go_on_or_begin(byte, frames)
        if not self._buffer and byte in b"\r\n" and self.terminator != "none":
            return  # the second half of a CRLF where only the first was set
        self._buffer.append(byte)
        if len(self._buffer) > MAX_FRAME_BYTES:
            frames.append(bytes(self._buffer))
            self._clear()
            self._overflow = True

    def _go_on_or_begin(self, byte: int, frames: list[bytes]) -> None:
        """More after an end in an open frame: the next scan, or a line of the same payload."""
        if byte == _AIM_FLAG and not self._stx:
            self._end(frames)
            return
        self._buffer += self._held
        self._held.clear()
        self._segment = len(self._buffer)

    @property
    def _open(self) -> bool:
        """True when the frame may hold ends of its own."""
        if self.terminator not in _HOLDING or self._overflow:
            return False
        return self._stx or bool(_AIM_2D.match(self._buffer))

    def _whole_segment(self) -> bool:
        """True when the text since the last end is a whole trace code."""
        return bool(_WHOLE_CODE.fullmatch(self._buffer, self._segment))

    def _end(self, frames: list[bytes]) -> None:
        frames += self._ended()

    def _ended(self) -> list[bytes]:
        """What the buffer holds, as frames; the buffer is empty after it."""
        cut = self._segment if self._segment and self._whole_segment() else 0
        parts = (bytes(self._buffer[:cut].rstrip(_LINE_ENDS)), bytes(self._buffer[cut:]))
        self._clear()
        return [part for part in parts if part]

    def _clear(self) -> None:
        self._buffer.clear()
        self._held.clear()
        self._segment = 0
        self._overflow = self._stx = False
