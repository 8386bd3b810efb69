"""Cutting a stream of bytes, or of keys, into scans."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmacy_desk.core.burst import CONFIRM_KEYS, Burst, KeyFate
from pharmacy_desk.core.framing import MAX_FRAME_BYTES, Framer

CODE = b"84362820442053402132"
OPEN = settings(max_examples=200, deadline=None)


def _frames(stream: bytes, cuts: list[int], terminator: str = "auto") -> list[bytes]:
    framer = Framer(terminator)
    edges = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    found: list[bytes] = []
    for start, end in itertools.pairwise(edges):
        found += framer.feed(stream[start:end], 1.0)
    return found + framer.idle(1e9)


_SCAN = st.one_of(st.just(CODE), st.binary(max_size=30), st.binary(min_size=4090, max_size=4200))
_END = st.sampled_from([b"\r", b"\n", b"\r\n", b"\t", b"\r\r", b""])


@OPEN
@given(
    st.lists(st.tuples(_SCAN, _END), max_size=5), st.lists(st.integers(0, 9000), max_size=8),
    st.sampled_from(["auto", "cr", "lf", "crlf", "tab", "none"]),
)  # fmt: skip
def test_the_frames_are_the_same_however_the_stream_is_chunked(
    scans: list[tuple[bytes, bytes]], cuts: list[int], terminator: str
) -> None:
    stream = b"".join(scan + end for scan, end in scans)
    assert _frames(stream, cuts, terminator) == _frames(stream, [], terminator)


@OPEN
@given(st.lists(st.binary(min_size=1, max_size=60), max_size=6), st.lists(st.integers(0, 400)))
def test_scans_with_ends_come_out_as_they_went_in(scans: list[bytes], cuts: list[int]) -> None:
    plain = [bytes(b if b not in b"\r\n\t" else 0x41 for b in scan) for scan in scans]
    assert _frames(b"".join(scan + b"\r\n" for scan in plain), cuts) == plain


@pytest.mark.parametrize(
    ("terminator", "end"), [("auto", b"\r"), ("auto", b"\n"), ("auto", b"\t"), ("cr", b"\r"),
                            ("lf", b"\n"), ("crlf", b"\r\n"), ("tab", b"\t")],
)  # fmt: skip
def test_a_frame_ends_at_its_terminator_at_once(terminator: str, end: bytes) -> None:
    assert Framer(terminator).feed(CODE + end, 0.0) == [CODE]


def test_empty_frames_are_no_scans() -> None:
    framer = Framer()
    assert framer.feed(b"\r\n\r\n\t\r" + CODE + b"\r\n\r\n", 0.0) == [CODE]
    assert framer.idle(10.0) == []


def test_a_scanner_without_terminator_ends_its_scan_by_silence() -> None:
    framer = Framer(idle_s=0.05)
    assert framer.feed(CODE[:10], 1.0) == []
    assert framer.feed(CODE[10:], 1.04) == []
    assert framer.idle(1.08) == []
    assert framer.pending
    assert framer.idle(1.091) == [CODE]
    assert not framer.pending


def test_the_next_scan_after_silence_is_not_glued_to_the_one_before() -> None:
    framer = Framer(idle_s=0.05)
    assert framer.feed(CODE, 1.0) == []
    assert framer.feed(CODE, 2.0) == [CODE]


def test_a_pause_inside_a_code_is_bridged_once_the_port_is_known_to_send_ends() -> None:
    framer = Framer(idle_s=0.05)
    framer.feed(CODE + b"\r", 1.0)
    assert framer.feed(CODE[:8], 2.0) == []
    assert framer.feed(CODE[8:] + b"\r", 2.3) == [CODE]
    assert Framer("cr").gap_s > Framer("auto").gap_s == Framer("none").gap_s


def test_with_no_terminator_ends_are_part_of_the_code() -> None:
    framer = Framer("none", 0.05)
    assert framer.feed(b"a\rb\n", 1.0) == []
    assert framer.idle(2.0) == [b"a\rb\n"]


def test_a_stream_without_end_comes_out_once_cut_and_the_next_scan_is_whole() -> None:
    framer = Framer()
    found = framer.feed(b"9" * 20_000, 0.0) + framer.feed(b"9" * 20_000, 0.01)
    assert [len(frame) for frame in found] == [MAX_FRAME_BYTES + 1]
    assert framer.feed(b"99\r" + CODE + b"\r", 0.02) == [CODE]


def test_silence_ends_an_overflow_too() -> None:
    framer = Framer(idle_s=0.05)
    assert len(framer.feed(b"9" * 5000, 0.0)) == 1
    assert framer.feed(CODE, 1.0) == []
    assert framer.idle(2.0) == [CODE]


def _type(burst: Burst, text: str, start: int, gap: int) -> tuple[list[KeyFate], int]:
    fates = []
    at = start
    for at, ch in zip(itertools.count(start, gap), text, strict=False):
        fates.append(burst.character(ch, at))
    return fates, at


CODE_TEXT = CODE.decode()


@OPEN
@given(st.integers(0, 60), st.integers(CONFIRM_KEYS, 60), st.integers(0, 60))
def test_keys_at_scanner_speed_are_one_scan_and_its_suffix_is_swallowed(
    gap: int, size: int, late: int
) -> None:
    burst = Burst(60)
    text = ("0123456789" * 6)[:size]
    fates, last = _type(burst, text, 1000, gap)
    assert fates == [KeyFate.PASS] * (CONFIRM_KEYS - 1) + [KeyFate.CONFIRM] + [KeyFate.SWALLOW] * (
        size - CONFIRM_KEYS
    )
    assert burst.active
    assert burst.suffix(last + late) == (KeyFate.SWALLOW, text)
    assert not burst.active


@OPEN
@given(st.integers(61, 400), st.text(min_size=1, max_size=30), st.integers(0, 400))
def test_a_persons_keys_and_enter_pass(gap: int, text: str, enter: int) -> None:
    burst = Burst(60)
    fates, last = _type(burst, text, 1000, gap)
    assert set(fates) == {KeyFate.PASS}
    assert burst.suffix(last + enter) == (KeyFate.PASS, None)


def test_a_short_fast_run_is_typing() -> None:
    burst = Burst()
    fates, last = _type(burst, "12345", 0, 5)
    assert set(fates) == {KeyFate.PASS}
    assert burst.suffix(last + 5) == (KeyFate.PASS, None)
    assert burst.character("6", last + 10) is KeyFate.PASS


def test_a_line_feed_behind_the_return_belongs_to_the_scan_and_a_later_one_to_the_person() -> None:
    burst = Burst()
    _, last = _type(burst, CODE_TEXT, 0, 10)
    assert burst.suffix(last + 10) == (KeyFate.SWALLOW, CODE_TEXT)
    assert burst.suffix(last + 20) == (KeyFate.SWALLOW, None)
    assert burst.suffix(last + 500) == (KeyFate.PASS, None)


def test_typing_before_a_scan_is_no_part_of_it() -> None:
    burst = Burst()
    _type(burst, "abc", 0, 100)
    _, last = _type(burst, CODE_TEXT, 1000, 10)
    assert burst.suffix(last + 10)[1] == CODE_TEXT


def test_a_key_no_scanner_sends_ends_a_run_but_not_a_scan() -> None:
    burst = Burst()
    _type(burst, "12345", 0, 10)
    burst.other_key()
    assert burst.starts_run
    assert burst.character("6", 50) is KeyFate.PASS
    _, last = _type(burst, CODE_TEXT, 1000, 10)
    burst.other_key()
    assert burst.suffix(last + 10)[1] == CODE_TEXT


def test_a_scan_without_suffix_is_taken_by_whoever_notices_the_silence() -> None:
    burst = Burst()
    _type(burst, CODE_TEXT, 0, 10)
    assert burst.active
    assert burst.take() == CODE_TEXT
    assert not burst.active
    _, last = _type(burst, CODE_TEXT, 1000, 10)
    assert burst.suffix(last + 5)[1] == CODE_TEXT


def test_a_late_suffix_never_loses_the_scan_before_it() -> None:
    burst = Burst(60)
    _, last = _type(burst, CODE_TEXT, 0, 10)
    assert burst.suffix(last + 100) == (KeyFate.SWALLOW, CODE_TEXT)
    assert not burst.active
