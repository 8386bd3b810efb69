"""Cut the byte stream of a serial scanner into scans: by terminator, else by an idle gap.

Source: facts on codes, section 3.2 (CR by default; CRLF, LF, Tab and none occur; partial chunks
are normal; buffer of at least 4 KiB).
"""

from dataclasses import dataclass, field

# The longest DataMatrix holds 2 335 characters; beyond this a stream without end is noise.
MAX_FRAME_BYTES = 4096
_TERMINATORS = {
    "auto": b"\r\n\t",
    "cr": b"\r",
    "lf": b"\n",
    "crlf": b"\r\n",
    "tab": b"\t",
    "none": b"",
}
# Once a port has been seen to end its scans by a terminator, a pause is only a slow scanner and
# a code may be continued after it; half a second is far beyond any gap inside a code.
_PATIENT_S = 0.5


@dataclass(slots=True)
class Framer:
    """Feeds on chunks of bytes, gives back whole frames. Time is told in seconds, monotonic.

    A frame longer than `MAX_FRAME_BYTES` comes out once, cut, and the rest is dropped until the
    next end: the recogniser then refuses it as too long or damaged, and nothing is invented.
    """

    terminator: str = "auto"
    idle_s: float = 0.05
    _buffer: bytearray = field(default_factory=bytearray)
    _last: float = 0.0
    _seen_end: bool = False
    _overflow: bool = False

    def feed(self, chunk: bytes, now: float) -> list[bytes]:
        """Frames completed by `chunk`, received at `now`. Empty frames are no scans."""
        frames = self.idle(now) if self._buffer or self._overflow else []
        self._last = now
        ends = _TERMINATORS[self.terminator]
        for byte in chunk:
            if byte in ends:
                self._seen_end = True
                self._end(frames)
            elif not self._overflow:
                self._buffer.append(byte)
                if len(self._buffer) > MAX_FRAME_BYTES:
                    frames.append(bytes(self._buffer))
                    self._buffer.clear()
                    self._overflow = True
        return frames

    def idle(self, now: float) -> list[bytes]:
        """The frame that ended by silence, if the silence is long enough."""
        frames: list[bytes] = []
        if now - self._last >= self.gap_s:
            self._end(frames)
        return frames

    @property
    def gap_s(self) -> float:
        """The silence that ends a frame: short until a terminator was seen on this port."""
        patient = self._seen_end or self.terminator in ("cr", "lf", "crlf", "tab")
        return max(self.idle_s, _PATIENT_S) if patient else self.idle_s

    @property
    def pending(self) -> bool:
        """True while half a frame is held."""
        return bool(self._buffer)

    def _end(self, frames: list[bytes]) -> None:
        if self._buffer:
            frames.append(bytes(self._buffer))
        self._buffer.clear()
        self._overflow = False
