"""What the fuzzing drill and the fuzzing tests throw bytes at: the recogniser and the framer."""

import itertools
import random
from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from pharmacy_desk.core.scanning.framing import MAX_FRAME_BYTES, Framer
from pharmacy_desk.core.scanning.recognise import promote, recognise
from pharmacy_desk.core.scanning.scan import PERSONAL_KINDS, TRACE_KINDS, RawScan
from tests.drills.code_judge import TODAY, complaint
from tests.drills.random_codes import (
    ALWAYS_TRACE,
    MUST_BE_PERSONAL,
    NEVER_TRACE,
    spelled_gs1,
)

AT = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
TERMINATORS = ("auto", "cr", "lf", "crlf", "tab", "none")
# Bytes a frame may be longer than its limit: the one that overflowed, and the mark of a break.
_OVER = 2
_BROKEN_OFF = b"\x18"  # the framer's mark of a frame whose tail was lost
_NOISE_BYTES = 160  # longer noise finds little more and takes its time
# Parts of real codes: noise made of them comes nearer to a code than noise of bytes.
PIECES = [piece.encode() for piece in (
    "]C1", "]d2", "]Q1", "]E0", "]", "01", "06901234567892", "21", "10", "17", "271231", "\x1d",
    "8436282", "0442053402132", "84362820442053402132", "134567890123456789", "110101199003070011",
    "(01)", "(21)", "https://", "weixin://", "a.cn", "/01/", "/21/", "?17=", "?code=", "&", "%1D",
    "MA.156.M0.100472.11103316", ".S", "869", "69", "药品标识码", "序列号", "\ufeff", "１２３",
    "\x00", "\x02", "\x03", "\r", "\n", "\t", '{"mn"', "SF", "9" * 20, "8", "0", "X", " ", "O", "²",
    "<GS>", "{GS}", "<FNC1>", "<0x1D>", "^]", "␝", "_x001D_", "<CR>", "%3CGS%3E", "<", ">", "GS",
)]  # fmt: skip


def check_scan(data: bytes) -> str | None:
    """One delivery through the recogniser, and what the judge has against the reading."""
    return complaint(data, recognise(RawScan(data, "fuzz", AT)))


def check_stream(data: bytes) -> str | None:
    """One stream through the framer: the first byte chooses the terminator, three more the cuts.

    Time stands still, so that only the bytes decide. Frames must be pieces of the stream, in
    their order, and the same ones however the stream was cut.
    """
    if len(data) < 4:
        return None
    terminator, stream = TERMINATORS[data[0] % len(TERMINATORS)], data[4:]
    cuts = sorted(byte * max(len(stream), 1) // 256 for byte in data[1:4])
    whole = _frames(terminator, [stream])
    edges = [0, *cuts, len(stream)]
    pieces = [stream[start:end] for start, end in itertools.pairwise(edges)]
    if _frames(terminator, pieces) != whole:
        return f"other frames when cut at {cuts}"
    if _frames(terminator, [bytes([byte]) for byte in stream]) != whole:
        return "other frames byte by byte"
    return _pieces_of(stream, whole)


def _frames(terminator: str, chunks: Sequence[bytes]) -> list[bytes]:
    framer = Framer(terminator)
    found: list[bytes] = []
    for chunk in chunks:
        found += framer.feed(chunk, 1.0)
    return found + framer.idle(1e9)


def _pieces_of(stream: bytes, frames: Sequence[bytes]) -> str | None:
    place = 0
    for frame in frames:
        if not frame or len(frame) > MAX_FRAME_BYTES + _OVER:
            return "an empty frame, or one beyond the limit"
        found = stream.find(frame, place)
        if frame.endswith(_BROKEN_OFF):
            cut = stream.find(frame[:-1], place)
            if cut >= 0 and (found < 0 or cut < found):
                found, frame = cut, frame[:-1]
        if found < 0:
            return "a frame that is not in the stream"
        place = found + len(frame)
        told = check_scan(frame)
        if told:
            return told
    return None


TARGETS: dict[str, Callable[[bytes], str | None]] = {
    "recogniser": check_scan,
    "framer": check_stream,
}


def noise(dice: random.Random, corpus: Sequence[bytes] = ()) -> bytes:
    """Bytes near to codes: pieces of real ones, digits, anything else; or a changed known input."""
    if corpus and dice.random() < 0.5:
        known = dice.choice(corpus)
        cut = dice.randrange(len(known) + 1)
        middle = dice.choice((b"", dice.choice(PIECES), dice.choice(corpus)))
        return _changed(dice, known[:cut] + middle + known[cut + dice.randrange(4) :])
    parts = []
    for _ in range(dice.randrange(1, 8)):
        kind = dice.random()
        if kind < 0.6:
            parts.append(dice.choice(PIECES))
        elif kind < 0.85:
            size = dice.randrange(1, 30)
            parts.append(b"%0*d" % (size, dice.randrange(10**size)))
        else:
            parts.append(dice.randbytes(dice.randrange(1, 12)))
    return _changed(dice, b"".join(parts))


def _changed(dice: random.Random, known: bytes) -> bytes:
    """None, one or two bytes become others."""
    data = bytearray(known or b"8")
    for _ in range(dice.randrange(3)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    return bytes(data[:_NOISE_BYTES])


def count_false(family: str, dice: random.Random, inputs: int) -> list[str]:
    """Random codes of a family that are no trace codes, but were taken for one (or not hidden).

    Each is also tried as the desk would promote it, had the map known its first seven digits.
    """
    make, personal = NEVER_TRACE[family], family in MUST_BE_PERSONAL
    wrong = []
    for _ in range(inputs):
        code = make(dice)
        reading = promote(recognise(RawScan(code.encode(), "fuzz", AT)))
        if reading.kind in TRACE_KINDS or (personal and reading.kind not in PERSONAL_KINDS):
            wrong.append(f"{family}: {len(code)} characters taken for {reading.kind}")
    return wrong


def count_missed(family: str, dice: random.Random, inputs: int) -> list[str]:
    """Genuine-looking trace codes of a family that were taken for anything else."""
    make = ALWAYS_TRACE[family]
    wrong = []
    for _ in range(inputs):
        code = make(dice)
        reading = recognise(RawScan(code.encode(), "fuzz", AT))
        if reading.kind.value != family:
            wrong.append(f"{family}: {code!r} taken for {reading.kind} {reading.problem}")
    return wrong


def count_other(dice: random.Random, inputs: int) -> list[str]:
    """Boxes whose separators are written out that were taken for other boxes than they are."""
    wrong = []
    for _ in range(inputs):
        text, code = spelled_gs1(dice)
        reading = recognise(RawScan(text.encode(), "fuzz", AT))
        if reading.code not in (None, code):
            wrong.append(f"spelled separators: {text!r} taken for {reading.code!r}")
    return wrong
