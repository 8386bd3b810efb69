"""Put the input reports of a HID-POS scanner together again: reports in, scans out.

Source: facts on codes, section 3.3. Two layouts of 64 bytes are known, told apart by report id:

* 2 (Honeywell, HHP, Access-IS): length (at most 56), AIM id of three bytes, data in bytes 5–60,
  vendor's symbology, reserved, and bit 0 of byte 63: more data follows in the next report.
* 1 (Microscan): length (at most 62) and data, which begins with the AIM id. It has no bit for more:
  a full report goes on in the next one unless that begins with an AIM id.

The length counts, not NUL: data may hold any byte. A code whose reports do not all come, and a
report that fits no layout, come out marked with `BROKEN_OFF`, so that the recogniser refuses them
and the person scans again: nothing is lost silently, and no half code is taken for a whole one.
"""

from collections.abc import Sequence
from dataclasses import field

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.framing import BROKEN_OFF, MAX_FRAME_BYTES

_HHP, _MICROSCAN = 2, 1
_HHP_AIM, _HHP_DATA, _HHP_MOST, _HHP_MORE = 2, 5, 56, 63
_HHP_BYTES = 64
_MICROSCAN_DATA, _MICROSCAN_MOST = 2, 62
_AIM_FLAG = b"]"
# A scanner sends the reports of one code at the rate of its USB endpoint, at most 10 ms apart
# (bInterval of a full-speed HID device is usually 1 to 10 ms). What has not come after ten times
# that does not come. Only an empty read counts as silence: a reader that was held up finds the
# next report waiting.
GAP_S = 0.1


@dataclass(slots=True)
class ReportAssembler:
    """Feeds on input reports, gives back scans: AIM id and data. Time in seconds, monotonic."""

    _kept: bytearray = field(default_factory=bytearray)
    _aim: bytes = b""
    _more: bool = False
    _last: float = 0.0

    def feed(self, report: Sequence[int], now: float) -> list[bytes]:
        """Scans completed by one report, received at `now`. An empty report is no scan."""
        self._last = now
        data = bytes(report)
        if not any(data):
            return []
        if data[0] == _HHP and len(data) == _HHP_BYTES:
            return self._hhp(data)
        if data[0] == _MICROSCAN and len(data) > _MICROSCAN_DATA:
            return self._microscan(data)
        return [*self.break_off(), data.rstrip(b"\0") + BROKEN_OFF]

    def idle(self, now: float) -> list[bytes]:
        """What waited for another report that had not come at `now`, after an empty read."""
        return self.break_off() if self._kept and now - self._last >= GAP_S else []

    def break_off(self) -> list[bytes]:
        """What is held when no more reports can come; marked unless it may well be whole."""
        if not self._kept:
            return []
        scan = bytes(self._kept) + (BROKEN_OFF if self._more else b"")
        self._clear()
        return [scan]

    def _hhp(self, report: bytes) -> list[bytes]:
        size, aim = report[1], report[_HHP_AIM:_HHP_DATA]
        if size > _HHP_MOST or not aim.startswith(_AIM_FLAG):
            return [*self.break_off(), report.rstrip(b"\0") + BROKEN_OFF]
        scans = self.break_off() if aim != self._aim else []
        if not self._kept:
            self._aim = aim
            self._kept += aim
        self._kept += report[_HHP_DATA : _HHP_DATA + size]
        self._more = bool(report[_HHP_MORE] & 1)
        if not self._more:
            whole = bytes(self._kept)
            self._clear()
            return [*scans, whole] if whole != aim else scans
        return scans + self._unless_endless()

    def _microscan(self, report: bytes) -> list[bytes]:
        size = report[1]
        if size > _MICROSCAN_MOST or size > len(report) - _MICROSCAN_DATA:
            return [*self.break_off(), report.rstrip(b"\0") + BROKEN_OFF]
        data = report[_MICROSCAN_DATA : _MICROSCAN_DATA + size]
        scans = self.break_off() if data.startswith(_AIM_FLAG) or self._aim else []
        self._kept += data
        if size == _MICROSCAN_MOST:
            return scans + self._unless_endless()
        return scans + self.break_off()

    def _unless_endless(self) -> list[bytes]:
        """A code that never ends is cut where a serial one is."""
        if len(self._kept) <= MAX_FRAME_BYTES:
            return []
        self._more = True
        return self.break_off()

    def _clear(self) -> None:
        self._kept.clear()
        self._aim = b""
        self._more = False
