"""The Chinese of the window: complete, in step with the source, and what the program loads."""

import importlib.util
import re
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QTranslator

ROOT = Path(__file__).resolve().parents[3]
UPDATE = "run: .venv/bin/python packaging/translate.py update"

_PLACEHOLDER = re.compile(r"%\d|\{\w+\}")
_KEY = re.compile(r"(?<![A-Za-z0-9])(?:Ctrl\+[A-Z]|F\d{1,2}|Enter|Esc|Backspace)(?![A-Za-z0-9])")
_LATIN = re.compile(r"[A-Za-z]{4,}")
# Written so on the keyboard, on a menu, or in a command one has to type.
_LATIN_ALLOWED = {
    *("Enter", "Backspace", "Ctrl", "Shift", "Windows"),
    *("XLSX", "xlsx", "jpeg", "WeChat", "paasid"),
    *("pharmacy", "desk", "doctor"),
    # Told to those who connect a till.
    *("JSON", "json", "till", "api", "wait", "openapi", "refused", "XSDH"),
}
_CHINESE = "\u3400-\u9fff。，；：？！（）“”"
# A half-width mark that touches a Chinese sign.
_HALF_WIDTH = re.compile(rf"[{_CHINESE}][,;:?!()\"']|[,;:?!()\"'][{_CHINESE}]|[{_CHINESE}]\.(?!\w)")
# Words shown at 46 px: the verdict panel makes longer ones smaller.
_VERDICT_MOST = 6


def _script() -> ModuleType:
    """packaging/translate.py; its folder is no package, so it is loaded by its path."""
    spec = importlib.util.spec_from_file_location(
        "translate_script", ROOT / "packaging" / "translate.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


script = _script()


@pytest.fixture(scope="module")
def entries() -> dict[tuple[str, str], str]:
    """(context, English) → Chinese."""
    return {text: entry.chinese for text, entry in script.entries().items()}


def bad(entries, says_what) -> list[str]:
    """The entries about which `says_what(english, chinese)` has something to say."""
    found = ((text, chinese, says_what(text[1], chinese)) for text, chinese in entries.items())
    return [f"{text}: {chinese!r}: {what}" for text, chinese, what in found if what]


def test_every_source_text_has_finished_chinese_and_no_other_text_has():
    assert len(script.texts()) > 400  # the walk found the source
    assert list(script.problems()) == [], UPDATE


def test_a_text_lupdate_passes_over_is_found(tmp_path, monkeypatch):
    (tmp_path / "one.py").write_text(
        'translate("C", ("in parentheses" " and two"))\nword.translate(TABLE)\n'
        'texts.translate("C", "by module")\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(script, "SOURCE", tmp_path)
    monkeypatch.setattr(script, "ROOT", tmp_path)
    assert set(script.texts()) == {("C", "in parentheses and two"), ("C", "by module")}


@pytest.mark.parametrize(
    "call", ['translate("C", name)', 'translate("C", f"a {b}")', "translate()"]
)
def test_a_text_that_is_not_written_out_is_refused(call, tmp_path, monkeypatch):
    (tmp_path / "one.py").write_text(call, encoding="utf-8")
    monkeypatch.setattr(script, "SOURCE", tmp_path)
    monkeypatch.setattr(script, "ROOT", tmp_path)
    with pytest.raises(SystemExit, match=r"one\.py:1"):
        script.texts()


def test_problems_name_the_missing_the_unfinished_and_the_vanished(tmp_path, monkeypatch):
    (tmp_path / "one.py").write_text(
        'translate("C", "new")\ntranslate("C", "open")\ntranslate("C", "empty")\n'
        'translate("C", "done")\n',
        encoding="utf-8",
    )
    ts = tmp_path / "zh.ts"
    ts.write_text(
        '<TS version="2.1"><context><name>C</name>'
        '<message><source>open</source><translation type="unfinished">开</translation></message>'
        "<message><source>empty</source><translation></translation></message>"
        "<message><source>done</source><translation>好</translation></message>"
        "<message><source>old</source><translation>旧</translation></message>"
        "</context></TS>",
        encoding="utf-8",
    )
    for name, value in {"SOURCE": tmp_path, "ROOT": tmp_path, "TS": ts}.items():
        monkeypatch.setattr(script, name, value)
    states = [line.split("\t")[:2] for line in script.problems()]
    assert states == [
        ["missing: C", "new"],
        ["unfinished: C", "empty"],
        ["vanished: C", "old"],
        ["unfinished: C", "open"],
    ]


def test_placeholders_agree(entries):
    def says(english: str, chinese: str) -> str:
        wanted, held = (Counter(_PLACEHOLDER.findall(text)) for text in (english, chinese))
        return "" if wanted == held else f"{dict(wanted)} became {dict(held)}"

    assert bad(entries, says) == []


def test_keys_agree(entries):
    def says(english: str, chinese: str) -> str:
        wanted, held = (set(_KEY.findall(text)) for text in (english, chinese))
        return "" if wanted <= held else f"lacks {wanted - held}"

    assert bad(entries, says) == []


def test_the_sign_in_front_stays(entries):
    def says(english: str, chinese: str) -> str:
        return "" if english[0] not in "✓✕!?" or chinese[:2] == english[:2] else "sign lost"

    assert bad(entries, says) == []


def test_no_english_is_left(entries):
    def says(_: str, chinese: str) -> str:
        words = set(_LATIN.findall(_PLACEHOLDER.sub("", chinese))) - _LATIN_ALLOWED
        return ", ".join(sorted(words))

    assert bad(entries, says) == []


def test_punctuation_is_full_width(entries):
    def says(_: str, chinese: str) -> str:
        # The sign in front of a state, and the list of endings that a file dialog reads.
        text = re.sub(r"^[!?] | \(\*\..*\)$", "", chinese)
        return ", ".join(_HALF_WIDTH.findall(text))

    assert bad(entries, says) == []


def test_a_sentence_ends_as_a_sentence(entries):
    def says(english: str, chinese: str) -> str:
        return "" if not english.endswith(".") or chinese.endswith(("。", "！")) else "no full stop"

    assert bad(entries, says) == []


def test_verdict_words_fit_at_their_size(entries):
    # The short English texts of these contexts are the words; the rest are sentences.
    words = {
        text: chinese
        for text, chinese in entries.items()
        if text[0] in ("Verdict", "Checkout")
        and len(text[1]) <= 16
        and not re.search(r"[.%]|  ", text[1])
    }
    assert len(words) > 20
    assert [w for w in words.items() if len(w[1]) > _VERDICT_MOST] == []


def test_the_qm_says_what_the_ts_says(entries):
    translator = QTranslator()
    assert translator.load(str(script.QM))
    found = {text: translator.translate(*text) for text in entries}
    assert found == entries, UPDATE
