"""Types into the focused window of an X11 session, through XTEST.

Each sign gets a key of its own that no keyboard has, with a symbol that says the sign itself
(`0x01000000` + its Unicode number). So it means the same in every layout and with CapsLock on,
and an input method lets it through: engines take letters and digits by their own symbols (tried
with ibus and libpinyin: `aBcd` by the usual keys arrives as 阿兹的). A key once given to a sign
stays its own until the end: a client reads the new map before it reads the key, in that order,
and a map that changed again in between would be read for both.
"""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import xcffib
import xcffib.xproto
import xcffib.xtest

from pharmacy_desk.core.sale.guarding import NotTyped, Typed

_PRESS, _RELEASE = 2, 3
_FIRST, _LAST = 8, 255
_UNICODE = 0x01000000
_LAST_SIGN = 0x10FFFF
_KEYS: Mapping[str, int] = {"\r": 0xFF0D, "\t": 0xFF09}
# Symbols of keys for music, mail and screens; above this key code hardly a keyboard has any.
_RARE = range(0x1008FF00, 0x10090000)
_RARE_FROM = 177
# Shift, Control, Alt and Super: what changes a key's meaning while a person holds it.
_HELD = 1 | 4 | 8 | 64
# Properties of 32 bits a number.
_WIDE = 32
# A key combination is let go of within this time; the next scan may wait for it.
_LET_GO_S = 1.0
_LOOK_S = 0.01
# An input method asked key by key mostly answers within this time; keys that wait for it together
# may change places in Qt.
_BETWEEN_S = 0.0004


class X11Typist:
    """`Typist` of an X11 session. Raises `OSError` where there is none, or it lets nobody type.

    `slower_s` is waited between two keys in addition, for a till that loses quick ones.
    """

    def __init__(self, slower_s: float = 0.0, process: int | None = None) -> None:
        self._slower_s = slower_s
        self._process = os.getpid() if process is None else process
        try:
            self._conn = xcffib.connect()
            self._core = self._conn.core
            self._test = self._conn(xcffib.xtest.key)
            self._root = self._conn.get_setup().roots[self._conn.pref_screen].root
            self._pid = self._atom("_NET_WM_PID")
            self._state = self._atom("WM_STATE")
            self._manager = self._atom("_NET_SUPPORTING_WM_CHECK")
            self._borrowed: dict[int, tuple[int, ...]] = {}
            self._read_map()
        except xcffib.XcffibException as error:
            raise OSError("no X server, or none that can be typed to") from error

    def type(self, text: str) -> Typed | NotTyped:
        """Type all of it, or say why not; what the focus leaves on the way is typed in part."""
        try:
            window = self._focus()
            refused = self._refused(window) or self._held()
            if refused:
                return refused
            codes = self._codes(text)
            if codes is None:
                return NotTyped.NO_SUCH_SIGN
            return self._keys(codes, window)
        except (xcffib.XcffibException, OSError):
            return NotTyped.LOST

    def close(self) -> None:
        """Give the keys back, and leave the server."""
        try:
            for code, symbols in self._borrowed.items():
                self._set(code, symbols)
            self._conn.flush()
            self._focus()  # an answer says that all before it was done
        except (xcffib.XcffibException, OSError):
            return
        self._conn.disconnect()

    # --- the window -----------------------------------------------------------------------

    def _focus(self) -> int:
        return int(self._core.GetInputFocus().reply().focus)

    def _refused(self, window: int) -> NotTyped | None:
        if window in (0, 1, self._root):  # none, whatever the pointer is over, the desktop
            return NotTyped.NO_FOCUS
        managed = not self._property(self._root, self._manager)
        while window not in (0, self._root):
            managed = managed or bool(self._property(window, self._state))
            process = self._property(window, self._pid)
            if process:
                ours = process[0] == self._process
                return NotTyped.OWN_WINDOW if ours else None
            window = int(self._core.QueryTree(window).reply().parent)
        # A window manager keeps the focus in a window of its own where no client has it.
        return None if managed else NotTyped.NO_FOCUS

    def _property(self, window: int, name: int) -> Sequence[int]:
        """The numbers of a window's property; none where it has none of this name."""
        found = self._core.GetProperty(
            delete=False,
            window=window,
            property=name,
            type=xcffib.xproto.GetPropertyType.Any,
            long_offset=0,
            long_length=2,
        ).reply()
        return found.value.to_atoms() if found.format == _WIDE else ()

    def _held(self) -> NotTyped | None:
        """Wait until nobody holds Ctrl, Alt or the like: the till would take it for a command."""
        until = time.monotonic() + _LET_GO_S
        while self._core.QueryPointer(self._root).reply().mask & _HELD:
            if time.monotonic() > until:
                return NotTyped.KEY_HELD
            time.sleep(_LOOK_S)
        return None

    # --- keys -----------------------------------------------------------------------------

    def _keys(self, codes: Sequence[int], window: int) -> Typed | NotTyped:
        """Press them while the same window has the focus: all in one go, so that none goes astray.

        For a slow till one by one, as nobody else may wait so long for the server.
        """
        parts = [[code] for code in codes] if self._slower_s else [codes]
        for number, part in enumerate(parts):
            if number:
                time.sleep(self._slower_s)
            with self._alone():
                if self._focus() != window:
                    return NotTyped.FOCUS_LOST if number else NotTyped.NO_FOCUS
                self._press(part)
        self._focus()  # an answer says that all before it was done
        return Typed()

    def _press(self, codes: Sequence[int]) -> None:
        due = time.perf_counter()
        for code in codes:
            time.sleep(max(0.0, due - time.perf_counter()))
            for event in (_PRESS, _RELEASE):
                self._test.FakeInput(
                    type=event,
                    detail=code,
                    time=0,
                    root=self._root,
                    rootX=0,
                    rootY=0,
                    deviceid=0,
                )
            self._conn.flush()
            due += _BETWEEN_S

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody moves the focus between the look at it and the last key."""
        self._core.GrabServer()
        try:
            yield
        finally:
            self._core.UngrabServer()
            self._conn.flush()

    def _codes(self, text: str) -> list[int] | None:
        """The keys of a text; None where there is none left for one of its signs."""
        self._look_at_map()
        found = [self._code(sign) for sign in text]
        return None if None in found else [code for code in found if code is not None]

    def _code(self, sign: str) -> int | None:
        if sign in _KEYS:
            return self._named.get(_KEYS[sign])
        code = self._given.get(sign)
        if code is None and self._free:
            code = self._given[sign] = self._free.pop()
            self._borrowed[code] = self._symbols[code]
            # The same with Shift and without; two that are alike know no capital.
            self._set(code, (_UNICODE + ord(sign),) * 2)
        return code

    def _set(self, code: int, symbols: Sequence[int]) -> None:
        self._core.ChangeKeyboardMapping(1, code, len(symbols), list(symbols))

    def _look_at_map(self) -> None:
        """Begin anew where somebody has changed the layout since: it knows none of our keys."""
        changed = False
        while (event := self._conn.poll_for_event()) is not None:
            changed = changed or isinstance(event, xcffib.xproto.MappingNotifyEvent)
        if changed:
            self._read_map()

    def _read_map(self) -> None:
        """Which keys there are, which of them nobody misses, and which are given already."""
        reply = self._core.GetKeyboardMapping(_FIRST, _LAST - _FIRST + 1).reply()
        per, told = reply.keysyms_per_keycode, list(reply.keysyms)
        self._symbols = {
            _FIRST + row: tuple(told[row * per : (row + 1) * per])
            for row in range(_LAST - _FIRST + 1)
        }
        self._named = {symbols[0]: code for code, symbols in reversed(self._symbols.items())}
        self._given: dict[str, int] = {}
        before, self._borrowed = self._borrowed, {}
        unused, rare = [], []
        for code, symbols in self._symbols.items():
            told_here = [symbol for symbol in symbols if symbol]
            if not told_here:
                unused.append(code)
            elif told_here[0] > _UNICODE and set(told_here) == {told_here[0]}:
                if told_here[0] - _UNICODE <= _LAST_SIGN:
                    self._given[chr(told_here[0] - _UNICODE)] = code
                    # One of a guard that was killed meant nothing before, or nobody missed it.
                    self._borrowed[code] = before.get(code, (0,) * per)
            elif code >= _RARE_FROM and all(symbol in _RARE for symbol in told_here):
                rare.append(code)
        self._free = [*rare, *reversed(unused)]

    def _atom(self, name: str) -> int:
        return int(self._core.InternAtom(False, len(name), name).reply().atom)
