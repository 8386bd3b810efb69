"""Cutting a stream of bytes, or of keys, into scans."""

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmacy_desk.core.scanning.burst import CONFIRM_KEYS, Burst, KeyFate
from pharmacy_desk.core.scanning.framing import BROKEN_OFF, MAX_FRAME_BYTES, Framer
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.scanning.scan import Kind, decode
from pharmacy_desk.core.scanning.setup_reply import SetupReply, setup_reply

CODE = b"84362820442053402132"
OPEN = settings(max_examples=200, deadline=None)


def _frames(stream: bytes, cuts: list[int], terminator: str = "auto") -> list[bytes]:
    framer = Framer(terminator)
    edges = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    found: list[bytes] = []
    for start, end in itertools.pairwise(edges):
        found += framer.feed(stream[start:end], 1.0)
    return found + framer.idle(1e9)


_SCAN = st.one_of(
    st.just(CODE),
    st.binary(max_size=30),
    st.binary(min_size=4090, max_size=4200),
    # Everything that frames of their own kind are made of, thickly.
    st.text("\x02\x03\r\n\t]dQ28A", max_size=40).map(str.encode),
    st.lists(st.sampled_from([b"]d1", b"]Q3", b"\x02", b"\x03", b"\r", b"\n", CODE, b"x"])).map(
        b"".join
    ),
)
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
    plain = [bytes(b if b not in b"\r\n\t\x02\x03]" else 0x41 for b in scan) for scan in scans]
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


GS1_HEAD = b"]d20106901234567892"


def test_a_cr_inside_a_2d_payload_does_not_cut_it() -> None:
    framer = Framer()
    payload = GS1_HEAD + b"21AB\rCD\r\nEF"
    assert framer.feed(payload + b"\r\n", 0.0) == []
    assert framer.idle(0.06) == [payload]


def test_a_2d_scan_ends_at_its_cr_when_silence_follows() -> None:
    framer = Framer(idle_s=0.05)
    assert framer.feed(GS1_HEAD + b"21ABC\r", 1.0) == []
    assert framer.idle(1.04) == []
    assert framer.feed(GS1_HEAD + b"21ABD\r", 1.06) == [GS1_HEAD + b"21ABC"]


def test_line_ends_without_end_are_no_payload() -> None:
    framer = Framer()
    assert framer.feed(GS1_HEAD + b"21A" + b"\r" * 5000, 0.0) == [GS1_HEAD + b"21A"]
    assert framer.feed(CODE + b"\r", 0.0) == [CODE]


def test_two_2d_scans_back_to_back_are_two() -> None:
    framer = Framer()
    assert framer.feed(GS1_HEAD + b"21A\r" + GS1_HEAD + b"21B\r", 0.0) == [GS1_HEAD + b"21A"]
    assert framer.feed(b"]C0" + CODE + b"\r", 0.01) == [GS1_HEAD + b"21B", b"]C0" + CODE]


def test_a_whole_trace_code_ends_at_its_cr_at_once_whatever_carries_it() -> None:
    framer = Framer()
    assert framer.feed(b"]Q1" + CODE + b"\r", 0.0) == [b"]Q1" + CODE]
    assert framer.feed(b"\x02" + CODE + b"\r", 0.1) == [CODE]


@pytest.mark.parametrize("head", [GS1_HEAD + b"21ABC", b"]Q1http://example.cn/x"])
def test_a_box_behind_a_2d_scan_is_never_merged_into_it(head: bytes) -> None:
    framer = Framer()
    assert framer.feed(head + b"\r" + CODE + b"\r", 0.0) == [head, CODE]
    assert framer.feed(head + b"\r" + CODE, 1.0) == []
    assert framer.idle(2.0) == [head, CODE]


def test_a_line_of_a_linear_code_is_cut_at_each_cr() -> None:
    assert Framer().feed(b"]C0AB\rCD\r", 0.0) == [b"]C0AB", b"CD"]


@pytest.mark.parametrize("terminator", ["auto", "cr", "lf", "crlf", "tab", "none"])
def test_stx_and_etx_frame_a_scan_whichever_terminator_is_set(terminator: str) -> None:
    framer = Framer(terminator)
    assert framer.feed(b"\x02" + CODE + b"\x03\x02" + CODE[::-1] + b"\x03", 0.0) == [
        CODE, CODE[::-1],
    ]  # fmt: skip
    assert not framer.pending


def test_a_cr_between_stx_and_etx_is_payload() -> None:
    framer = Framer()
    assert framer.feed(b"\x02AB\rCD\x03\r\n", 0.0) == [b"AB\rCD"]
    assert framer.idle(9.0) == []


def test_scans_with_stx_before_and_cr_behind_are_apart() -> None:
    framer = Framer()
    assert framer.feed(b"\x02AB\r\x02CD\r", 0.0) == [b"AB"]
    assert framer.idle(0.06) == [b"CD"]


def test_a_scan_whose_etx_was_lost_is_marked_and_the_next_is_whole() -> None:
    framer = Framer()
    assert framer.feed(b"\x02" + CODE[:9] + b"\x02" + CODE + b"\x03", 0.0) == [
        CODE[:9] + BROKEN_OFF, CODE,
    ]  # fmt: skip


def test_stx_inside_a_scan_is_a_byte_of_it() -> None:
    assert Framer().feed(b"A\x02B\x03C\r", 0.0) == [b"A\x02B\x03C"]


@pytest.mark.parametrize(
    "half", [CODE, GS1_HEAD + b"21ABC", b"\x02" + CODE, CODE[:9]], ids=["20", "gs1", "stx", "9"]
)
def test_half_a_scan_at_the_end_of_a_port_is_never_a_trace_code(half: bytes) -> None:
    framer = Framer()
    framer.feed(half, 0.0)
    (left,) = framer.break_off()
    assert recognise_text(decode(left), date(2026, 11, 22)).kind is Kind.DAMAGED
    assert framer.break_off() == []


def test_a_scan_held_back_at_its_end_is_whole_when_the_port_goes() -> None:
    framer = Framer()
    framer.feed(GS1_HEAD + b"21ABC\r", 0.0)
    assert framer.break_off() == [GS1_HEAD + b"21ABC"]


def test_noise_is_counted_and_a_scan_after_it_is_whole() -> None:
    framer = Framer(idle_s=0.05)
    framer.feed(CODE + b"\r", 0.0)
    found = framer.feed(b"\xa5" * 10_000, 1.0)
    assert [len(frame) for frame in found] == [MAX_FRAME_BYTES + 1]
    assert framer.dropped == 10_000 - len(found[0])
    assert framer.feed(CODE + b"\r", 1.06) == [CODE]


@OPEN
@given(st.binary(max_size=12_000), st.sampled_from(["auto", "cr", "lf", "crlf", "tab"]))
def test_binary_noise_never_swallows_the_scan_after_a_pause(noise: bytes, terminator: str) -> None:
    framer = Framer(terminator)
    framer.feed(noise, 0.0)
    framer.idle(1.0)
    assert framer.feed(
        CODE + (b"\n" if terminator == "lf" else b"\t" if terminator == "tab" else b"\r"), 2.0
    ) == [CODE]


@OPEN
@given(st.binary(max_size=12_000))
def test_every_byte_of_noise_is_delivered_or_counted_or_a_framing_byte(noise: bytes) -> None:
    framer = Framer("none")
    frames = framer.feed(noise, 0.0) + framer.idle(1e9)
    marks = noise.count(2) + noise.count(3)
    given_out = sum(len(frame) for frame in frames)
    assert len(noise) - marks <= given_out + framer.dropped <= len(noise) + marks


@pytest.mark.parametrize(
    ("frame", "reply"),
    [(b"@@@@", SetupReply.IN_SETUP), (b"!99900030;", SetupReply.IN_SETUP),
     (b"@@@@!99900030;\r\n", SetupReply.IN_SETUP), (b"!99900031AB12;", SetupReply.IN_SETUP),
     (b"^^^^", SetupReply.LEFT_SETUP), (b"!99900030;^^^^", SetupReply.LEFT_SETUP)],
)  # fmt: skip
def test_replies_of_the_setup_mode_are_recognised(frame: bytes, reply: SetupReply) -> None:
    assert setup_reply(frame) is reply


@pytest.mark.parametrize(
    "frame", [CODE, b"", b"@@@", b"@@@@" + CODE, b"!;", b"!12345678901234567;", b"!ABCDEFGH;",
              b"!999000301234567890;", b"]d2!99900030;"],
)  # fmt: skip
def test_a_scan_is_no_reply_of_the_setup_mode(frame: bytes) -> None:
    assert setup_reply(frame) is None


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
