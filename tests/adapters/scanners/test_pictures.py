"""Pictures: every code once and in order, none invented, nothing located kept silent."""

import io
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from pharmacy_desk.adapters.scanners.pictures import load as loading
from pharmacy_desk.adapters.scanners.pictures import reader
from pharmacy_desk.adapters.scanners.pictures.folder import FolderScanner
from pharmacy_desk.adapters.scanners.pictures.load import Grey, load
from pharmacy_desk.adapters.scanners.pictures.locate import locate
from pharmacy_desk.adapters.scanners.pictures.reader import read_file, read_photo, read_tray
from pharmacy_desk.adapters.scanners.pictures.views import levelled
from pharmacy_desk.commands.main import main
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.scanning.tray import Photo, Tray
from tests.benchmarks.trays import Look, Made, mixed, symbol, tray

TODAY = date(2026, 11, 22)
NOW = datetime.fromisoformat("2026-11-22T12:00:00+08:00")
SMALL = (1500, 900)
FIVE = mixed(5)
FORMATS = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.DataMatrix]
)


def five(seed: int = 1, look: Look | None = None) -> Made:
    """A small tray of five boxes in two rows."""
    return tray(seed, look or Look(), FIVE, SMALL, columns=3)


def data(read: Tray) -> list[bytes]:
    return [one.data for one in read.symbols]


def truth(made: Made) -> set[bytes]:
    return {one.data for one in made.truths}


def put(sheet: Image.Image, code: bytes, kind: str, x: int, y: int, angle: float = 0) -> None:
    """A symbol on paper at a place."""
    made = symbol(code, kind, 4, 150)
    if angle:
        made = made.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    sheet.paste(made, (x, y))


def paper() -> Image.Image:
    return Image.new("L", SMALL, 255)


def grey(image: Image.Image) -> Grey:
    return np.asarray(image.convert("L"))


@pytest.mark.parametrize("expect", [5, None])
def test_a_clean_tray_is_read_whole_with_places_on_the_symbols(expect: int | None) -> None:
    made = five()
    read = read_tray(made.grey, expect, TODAY)
    assert set(data(read)) == truth(made)
    assert (read.unread, read.width, read.height) == ((), *SMALL)
    for one in read.symbols:
        where = next(t for t in made.truths if t.data == one.data)
        x, y = (sum(c) / 4 for c in zip(*one.corners, strict=True))
        assert abs(x - where.x) < 90
        assert abs(y - where.y) < 90


@pytest.mark.parametrize("seed", range(4))
def test_a_tilted_blurred_noisy_tray_is_read_whole(seed: int) -> None:
    made = five(seed, Look(tilt=30, blur=1.2, noise=8, px=3))
    read = read_tray(made.grey, 5, TODAY)
    assert set(data(read)) == truth(made)
    assert read.unread == ()


@pytest.mark.parametrize("angle", [45, 60, 90, 135, 180])
def test_a_box_that_lies_any_way_round_is_read(angle: float) -> None:
    sheet = paper()
    put(sheet, b"84362820442053402132", "linear", 300, 60, angle)
    read = read_tray(grey(sheet), 1, TODAY)
    assert data(read) == [b"84362820442053402132"]


def test_codes_come_in_reading_order() -> None:
    sheet = paper()
    codes = [b"8436282%013d" % n for n in range(4)]
    for code, (x, y) in zip(codes, [(20, 40), (760, 60), (20, 400), (760, 420)], strict=True):
        put(sheet, code, "linear", x, y)
    assert data(read_tray(grey(sheet), 4, TODAY)) == codes


def test_the_same_code_twice_in_view_is_one() -> None:
    sheet = paper()
    put(sheet, b"84362820442053402132", "linear", 20, 40)
    put(sheet, b"84362820442053402132", "qr", 900, 40)
    put(sheet, b"84362820442053402132", "linear", 20, 400)
    read = read_tray(grey(sheet), None, TODAY)
    assert data(read) == [b"84362820442053402132"]
    assert read.unread == ()


def test_gs_comes_through_and_a_commodity_barcode_does_not() -> None:
    sheet = paper()
    put(sheet, b"010690123456789221S1\x1d10L1\x1d17290101", "gs1", 100, 100)
    ean = zxingcpp.create_barcode("6924561884074", zxingcpp.BarcodeFormat.EAN13)
    sheet.paste(
        Image.fromarray(np.array(zxingcpp.write_barcode_to_image(ean, scale=4))), (700, 100)
    )
    read = read_tray(grey(sheet), None, TODAY)
    assert data(read) == [b"010690123456789221S1\x1d10L1\x1d17290101"]
    assert read.symbols[0].aim == "]d2"
    assert read.unread == ()  # the barcode is no box's code that was missed


def test_a_light_code_on_dark_is_read() -> None:
    sheet = paper()
    put(sheet, b"84362820442053402132", "qr", 600, 300)
    dark = Image.eval(sheet, lambda v: 255 - v)
    assert data(read_tray(grey(dark), 1, TODAY)) == [b"84362820442053402132"]


def test_bars_too_blurred_to_read_are_told_and_not_guessed() -> None:
    sheet = paper()
    put(sheet, b"84362820442053402132", "linear", 40, 60)
    blurred = paper()
    put(blurred, b"84362829999999999999", "linear", 700, 500)
    sheet.paste(blurred.filter(ImageFilter.GaussianBlur(3)).crop((600, 400, 1500, 900)), (600, 400))
    read = read_tray(grey(sheet), 2, TODAY)
    assert data(read) == [b"84362820442053402132"]
    (place,) = read.unread
    x, y = (sum(c) / 4 for c in zip(*place, strict=True))
    assert 700 < x < 1400
    assert 500 < y < 700


@pytest.mark.parametrize("kind", ["qr", "gs1"])
def test_a_matrix_symbol_with_a_hole_is_told_as_unread(kind: str) -> None:
    code = b"84362820442053402132" if kind == "qr" else b"010690123456789221S1\x1d10L1\x1d17290101"
    sheet = paper()
    put(sheet, code, kind, 600, 300)
    box = symbol(code, kind, 4, 150).size
    hole = ImageDraw.Draw(sheet)
    hole.rectangle(
        (600 + box[0] * 0.5, 300 + box[1] * 0.5, 600 + box[0] * 0.8, 300 + box[1] * 0.8),
        fill=255,
    )
    read = read_tray(grey(sheet), 1, TODAY)
    assert data(read) == []
    assert len(read.unread) == 1


@pytest.mark.parametrize("noise", [0, 8, 40])
def test_nothing_is_found_where_nothing_is(noise: int) -> None:
    blank = np.random.default_rng(1).normal(170, noise, (900, 1500)).clip(0, 255)
    read = read_tray(blank.astype(np.uint8), None, TODAY)
    assert (read.symbols, read.unread) == ((), ())


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (2, 2), (15, 17), (31, 33)])
def test_a_tiny_picture_is_no_trouble(size: tuple[int, int]) -> None:
    assert read_tray(np.zeros(size, np.uint8), None, TODAY).symbols == ()


def test_a_first_read_that_no_second_confirms_is_not_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = five()
    real = zxingcpp.read_barcodes
    liar = next(t.data for t in made.truths if t.linear)

    def once_wrong(image, formats, **options):  # the reader is a port: here it misreads at first
        found = real(image, formats, **options)
        if image.shape == made.grey.shape and options.get("return_errors"):
            return [_Misread(one) if one.bytes == liar else one for one in found]
        return [one for one in found if one.bytes != liar]

    monkeypatch.setattr(zxingcpp, "read_barcodes", once_wrong)
    read = read_tray(made.grey, 5, TODAY)
    assert set(data(read)) == truth(made) - {liar}
    assert len(read.unread) == 1


class _Misread:
    """A read whose last digit is wrong."""

    def __init__(self, real):
        self.bytes = real.bytes[:-1] + b"%d" % ((real.bytes[-1] - 47) % 10)
        self.position, self.format, self.error = real.position, real.format, None
        self.symbology_identifier = real.symbology_identifier


@pytest.mark.parametrize("angle", [0, 8, 20, 33, 45, 70, 90, 115, 150])
def test_bars_are_located_and_laid_level_at_any_tilt(angle: int) -> None:
    sheet = paper()
    put(sheet, b"84362820442053402132", "linear", 100, 60, angle)
    (bars,) = locate(grey(sheet))
    assert 550 < bars.length < 720
    off = np.degrees(levelled(grey(sheet), bars).angle) + angle
    assert abs((off + 90) % 180 - 90) < 1


def test_text_is_not_taken_for_bars() -> None:
    words = paper()
    draw = ImageDraw.Draw(words)
    for row in range(20):
        draw.text((40, 40 + row * 40), "Batch 241230 EXP 2027-12-29 made by " * 5, font_size=28)
    assert locate(grey(words)) == []


# --- files --------------------------------------------------------------------------------


def _save(made: Made, path: Path, mode: str, **options: object) -> None:
    image = Image.fromarray(made.grey)
    if mode == "I;16":
        image = Image.fromarray(made.grey.astype(np.uint16) * 40 + 7)
    elif mode == "F":
        image = Image.fromarray(made.grey.astype(np.float32) / 255)
    elif mode == "RGBA":
        ink = Image.eval(image, lambda v: 255 - v)
        image = Image.merge("RGBA", (*[Image.new("L", image.size, 0)] * 3, ink))
    elif mode == "P":
        image = image.convert("RGB").convert("P", palette=Image.Palette.ADAPTIVE)
    else:
        image = image.convert(mode)
    image.save(path, **options)


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("a.png", "L"), ("a.png", "RGB"), ("a.png", "RGBA"), ("a.png", "P"), ("a.png", "1"),
        ("a.png", "I;16"), ("a.png", "LA"), ("a.jpg", "L"), ("a.jpg", "CMYK"), ("a.gif", "P"),
        ("a.tif", "I;16"), ("a.tif", "F"), ("a.tif", "CMYK"), ("a.bmp", "RGB"), ("a.webp", "RGB"),
        ("a.ppm", "RGB"),
    ],
)  # fmt: skip
def test_every_mode_a_camera_or_its_program_writes_is_read(
    tmp_path: Path, name: str, mode: str
) -> None:
    made = five()
    _save(made, tmp_path / name, mode)
    assert set(data(read_file(tmp_path / name, 5, TODAY).tray)) == truth(made)


def test_exif_turns_the_picture_and_the_places_with_it(tmp_path: Path) -> None:
    made = five()
    exif = Image.Exif()
    exif[0x0112] = 6  # shown after a quarter turn to the right
    Image.fromarray(made.grey).save(tmp_path / "a.jpg", exif=exif)
    read = read_file(tmp_path / "a.jpg", 5, TODAY)
    assert set(data(read.tray)) == truth(made)
    assert (read.tray.width, read.tray.height) == (SMALL[1], SMALL[0])
    for one in read.tray.symbols:
        where = next(t for t in made.truths if t.data == one.data)
        x = sum(c[0] for c in one.corners) / 4
        assert abs(x - (SMALL[1] - where.y)) < 90


def test_a_photo_in_memory_is_read_as_a_file_is() -> None:
    made = five()
    read = read_photo(Photo(made.grey.tobytes(), *SMALL), 5, TODAY)
    assert set(data(read.tray)) == truth(made)


def _png(tmp_path: Path) -> bytes:
    Image.fromarray(five().grey).save(tmp_path / "whole.png")
    return (tmp_path / "whole.png").read_bytes()


def test_broken_files_of_every_kind_are_refused_with_a_fault(tmp_path: Path) -> None:
    whole = _png(tmp_path)
    broken = {
        "empty.png": b"", "text.jpg": b"no picture", "cut.png": whole[: len(whole) // 3],
        "head.png": whole[:40], "flip.png": whole[:60] + bytes(200) + whole[260:],
        "script.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n",
        "tail.gif": b"GIF89a\x01\x00", "t.tif": b"II*\x00\xff\xff\xff\x7f",
    }  # fmt: skip
    for name, content in broken.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(WorldError) as refused:
            load(tmp_path / name)
        assert refused.value.fault is Fault.PICTURE_UNREADABLE, name
    with pytest.raises(WorldError) as refused:
        load(tmp_path / "none.png")
    assert refused.value.fault is Fault.FILE_MISSING
    with pytest.raises(WorldError) as refused:
        load(tmp_path)
    assert refused.value.fault is Fault.NOT_A_FILE


@pytest.mark.parametrize("size", [(9000, 9000), (20_000, 20_000), (65_000, 3), (3, 20_000)])
def test_a_bomb_is_refused_and_a_long_strip_is_not(tmp_path: Path, size: tuple[int, int]) -> None:
    Image.new("1", size, 1).save(tmp_path / "bomb.png")
    if size[0] * size[1] <= loading.MOST_PIXELS and max(size) <= loading.MOST_SIDE:
        assert load(tmp_path / "bomb.png").shape == size[::-1]
        return
    with pytest.raises(WorldError) as refused:
        load(tmp_path / "bomb.png")
    assert refused.value.fault is Fault.PICTURE_TOO_LARGE


def _long_picture(width: int, height: int) -> bytes:
    """A PNG of one grey, small on the disk."""
    made = io.BytesIO()
    Image.new("L", (width, height), 128).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (20_000, 1), (1, 20_000), (20_000, 40)])
def test_a_picture_of_any_shape_within_the_bounds_is_looked_at(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    (tmp_path / "thin.png").write_bytes(_long_picture(*size))
    assert reader.read_file(tmp_path / "thin.png", None, TODAY).tray.symbols == ()


# --- the command --------------------------------------------------------------------------


def test_decode_tells_each_picture_in_one_line_and_bad_ones_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = five(1), five(2)
    for number, made in enumerate((first, second)):
        Image.fromarray(made.grey).save(tmp_path / f"{number}.png")
    (tmp_path / "bad.png").write_bytes(b"x")
    names = [str(tmp_path / name) for name in ("0.png", "bad.png", "1.png", "gone.png")]
    (tmp_path / "long.png").write_bytes(_long_picture(1_000_000, 1))
    names.append(str(tmp_path / "long.png"))
    assert main(["decode", "--expect", "5", *names]) == 0
    said = capsys.readouterr()
    lines = [json.loads(line) for line in said.out.splitlines()]
    assert [line["file"] for line in lines] == names
    assert [bool(line["error"]) for line in lines] == [False, True, False, True, True]
    assert [line["error"] for line in lines if line["error"]] == said.err.splitlines()
    for line, made in zip((lines[0], lines[2]), (first, second), strict=True):
        assert {code["raw"].encode() for code in line["codes"]} == truth(made)
        assert line["unread"] == 0
        assert line["ms"] > 0
        assert {"kind", "code", "format", "corners"} <= line["codes"][0].keys()
    assert all(line["codes"] == [] for line in lines if line["error"])


def test_decode_masks_personal_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = paper()
    put(sheet, b"11010519491231002X", "qr", 100, 100)
    sheet.save(tmp_path / "id.png")
    assert main(["decode", str(tmp_path / "id.png")]) == 0
    said = capsys.readouterr().out
    (code,) = json.loads(said)["codes"]
    assert (code["kind"], code["masked"]) == ("id_card", True)
    assert "0105194912310" not in said


@pytest.mark.parametrize("words", [["--expect", "-1", "x.png"], ["--expect", "x", "x.png"], []])
def test_decode_refuses_bad_use(words: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["decode", *words])
    assert left.value.code == 2


# --- the folder ---------------------------------------------------------------------------


@dataclass
class Heard:
    """What a folder delivered, and which pictures were still there at each delivery."""

    folder: Path
    scans: list[RawScan] = field(default_factory=list)
    there: list[set[str]] = field(default_factory=list)
    states: list[str] = field(default_factory=list)

    def deliver(self, scan: RawScan) -> None:
        self.there.append({path.name for path in self.folder.glob("*.png")})
        self.scans.append(scan)

    def state(self, word: str, detail: str) -> None:
        self.states.append(word)


def wait_until(true: Callable[[], object], within_s: float = 30.0) -> None:
    until = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < until, "still not so"
        threading.Event().wait(0.005)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Heard]:
    heard = Heard(tmp_path / "camera")
    heard.folder.mkdir()
    scanner = FolderScanner(heard.folder, lambda: NOW, poll_s=0.02)
    scanner.start(heard.deliver, heard.state)
    yield heard
    scanner.stop()


def _drop(heard: Heard, made: Made, name: str) -> None:
    """Write beside, then rename: as a careful program does."""
    beside = heard.folder.parent / name
    Image.fromarray(made.grey).save(beside)
    beside.rename(heard.folder / name)


def test_a_folder_delivers_each_code_and_then_moves_the_picture(watched: Heard) -> None:
    made = five()
    _drop(watched, made, "a.png")
    wait_until(lambda: (watched.folder / "read" / "a.png").exists())
    expected = read_tray(made.grey, None, TODAY).symbols
    assert [scan.data for scan in watched.scans] == [one.scanned for one in expected]
    assert {scan.port for scan in watched.scans} == {"folder:camera"}
    assert {scan.at for scan in watched.scans} == {NOW}
    assert watched.there == [{"a.png"}] * 5
    assert set(watched.states) == {"ok"}


def test_a_folder_takes_pictures_in_the_order_they_were_made(watched: Heard) -> None:
    made = {name: five(seed) for seed, name in enumerate(("b.png", "a.png"), start=1)}
    for age, name in ((200, "b.png"), (100, "a.png")):
        beside = watched.folder.parent / name
        Image.fromarray(made[name].grey).save(beside)
        os.utime(beside, (time.time() - age,) * 2)
    for name in made:
        (watched.folder.parent / name).rename(watched.folder / name)
    wait_until(lambda: len(watched.scans) == 10)
    first = {scan.data[3:] for scan in watched.scans[:5]}
    assert first == truth(made["b.png"])


def test_a_picture_that_is_still_growing_is_left_alone(watched: Heard) -> None:
    _drop(watched, five(1), "first.png")
    content = (watched.folder / "first.png").read_bytes()
    with (watched.folder / "slow.png").open("wb") as slow:
        for start in range(0, len(content), 2000):
            slow.write(content[start : start + 2000])
            slow.flush()
            threading.Event().wait(0.01)
    wait_until(lambda: (watched.folder / "read" / "slow.png").exists())
    assert not (watched.folder / "unread").exists()


def test_an_unreadable_picture_is_put_aside_and_the_next_is_read(watched: Heard) -> None:
    (watched.folder / "bad.png").write_bytes(b"x")
    _drop(watched, five(), "good.png")
    wait_until(lambda: (watched.folder / "read" / "good.png").exists())
    wait_until(lambda: (watched.folder / "unread" / "bad.png").exists())
    assert len(watched.scans) == 5


def test_a_picture_that_is_all_side_is_put_aside_and_the_next_is_read(watched: Heard) -> None:
    (watched.folder / "long.png").write_bytes(_long_picture(1_000_000, 1))
    (watched.folder / "high.png").write_bytes(_long_picture(1, 1_000_000))
    _drop(watched, five(), "good.png")
    wait_until(lambda: (watched.folder / "read" / "good.png").exists())
    for name in ("long.png", "high.png"):
        wait_until(lambda n=name: (watched.folder / "unread" / n).exists())  # type: ignore[misc]
    assert len(watched.scans) == 5


@pytest.mark.may_log("a look failed")
def test_whatever_fails_is_a_state_and_the_folder_is_read_on(tmp_path: Path) -> None:
    class Fails(Heard):
        def deliver(self, scan: RawScan) -> None:
            if not self.there:
                self.there.append(set())
                raise RuntimeError("the first one is not taken")
            super().deliver(scan)

    heard = Fails(tmp_path / "camera")
    heard.folder.mkdir()
    scanner = FolderScanner(heard.folder, lambda: NOW, poll_s=0.02)
    scanner.start(heard.deliver, heard.state)
    try:
        _drop(heard, five(1), "first.png")
        wait_until(lambda: "failed" in heard.states)
        wait_until(lambda: (heard.folder / "unread" / "first.png").exists())
        _drop(heard, five(2), "next.png")
        wait_until(lambda: (heard.folder / "read" / "next.png").exists())
    finally:
        scanner.stop()
    assert len(heard.scans) == 5
    assert heard.states[-1] == "ok"


def test_names_that_are_taken_are_numbered_and_other_files_stay(watched: Heard) -> None:
    (watched.folder / "notes.txt").write_text("x", encoding="utf-8")
    for seed in (1, 2):
        _drop(watched, five(seed), "a.png")
        name = "a.png" if seed == 1 else "a-2.png"
        wait_until(lambda n=name: (watched.folder / "read" / n).exists())  # type: ignore[misc]
    assert len(watched.scans) == 10
    assert (watched.folder / "notes.txt").exists()


def test_a_picture_that_cannot_be_moved_is_not_delivered_twice(watched: Heard) -> None:
    (watched.folder / "read").write_text("a file where the folder should be", encoding="utf-8")
    _drop(watched, five(), "a.png")
    wait_until(lambda: "denied" in watched.states)
    threading.Event().wait(0.3)
    assert len(watched.scans) == 5
    (watched.folder / "a.png").unlink()
    wait_until(lambda: watched.states[-1] == "ok")


def test_a_folder_that_is_not_there_is_said_and_then_found(tmp_path: Path) -> None:
    heard = Heard(tmp_path / "later")
    scanner = FolderScanner(heard.folder, lambda: NOW, poll_s=0.02)
    scanner.start(heard.deliver, heard.state)
    wait_until(lambda: heard.states == ["absent"])
    heard.folder.mkdir()
    wait_until(lambda: heard.states == ["absent", "ok"])
    scanner.stop()


def test_the_reader_s_formats_leave_commodity_barcodes_out() -> None:
    names = {one.name for one in reader.FORMATS}
    assert names == {"Code128", "DataMatrix", "QRCode"}
