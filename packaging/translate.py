"""Keep the Chinese of the window in step with its source: ``translate.py update|check|fill FILE``.

  update     read the source again: texts that stayed keep their Chinese, new ones are listed, gone
             ones are removed; then make the .qm that the program loads
  check      list what is missing, unfinished or vanished, as ``state: Context<tab>English``; exit
             code 1 if there is anything, 0 if not
  fill FILE  take Chinese from a UTF-8 file with lines ``Context<tab>English<tab>Chinese``, then
             update; a text that has Chinese already gets the new one

One text can as well be written into resources/i18n/zh_CN.ts by hand: put it between the
translation marks, take ``type="unfinished"`` out, and run update.
"""

import argparse
import ast
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "pharmacy_desk"
TS = ROOT / "resources" / "i18n" / "zh_CN.ts"
QM = TS.with_suffix(".qm")


class Text(NamedTuple):
    """A source text as Qt looks it up."""

    context: str
    english: str


class Entry(NamedTuple):
    """What the .ts holds for a text; `state` is empty when the Chinese is finished."""

    chinese: str
    state: str


def main() -> int:
    """Run one command; the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("update", help="read the source again and make the .qm")
    commands.add_parser("check", help="list what is missing, unfinished or vanished")
    commands.add_parser("fill", help="take Chinese from a file").add_argument("file", type=Path)
    given = parser.parse_args()
    if given.command == "fill":
        update()
        fill(given.file)
    if given.command != "check":
        update()
    found = list(problems())
    for line in found:
        print(line)
    return 1 if found and given.command == "check" else 0


def texts() -> dict[Text, str]:
    """Every text of the source with the place where it stands first.

    Found with Python's own parser and not with lupdate's, which passes over a string in
    parentheses of its own: what lupdate does not see is then listed as missing.
    """
    found: dict[Text, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and _translates(call.func):
                place = f"{path.relative_to(ROOT).as_posix()}:{call.lineno}"
                found.setdefault(_text(call, place), place)
    return found


def _translates(called: ast.expr) -> bool:
    """True for `translate`, `marked`, and an attribute of a module or of Qt, not of a `str`."""
    if isinstance(called, ast.Attribute):
        owner = called.value
        known = isinstance(owner, ast.Name) and owner.id in ("texts", "QCoreApplication")
        return called.attr == "translate" and known
    return isinstance(called, ast.Name) and called.id in ("translate", "marked")


def _text(call: ast.Call, place: str) -> Text:
    plain = [
        part.value
        for part in call.args
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    if len(plain) != 2 or len(call.args) != 2 or call.keywords:
        raise SystemExit(f"{place}: translate() takes a context and a text, both written out")
    return Text(plain[0], plain[1])


def entries() -> dict[Text, Entry]:
    """What the .ts holds."""
    found: dict[Text, Entry] = {}
    if not TS.is_file():
        return found
    for text, translation in _messages(ET.parse(TS)):
        chinese, state = translation.text or "", translation.get("type", "")
        found[text] = Entry(chinese, state or ("" if chinese else "unfinished"))
    return found


def _messages(tree: "ET.ElementTree[ET.Element]") -> Iterator[tuple[Text, ET.Element]]:
    for context in tree.iter("context"):
        for message in context.iter("message"):
            text = Text(context.findtext("name", ""), message.findtext("source", ""))
            translation = message.find("translation")
            if translation is not None:
                yield text, translation


def problems() -> Iterator[str]:
    """What keeps the translation from being complete, a line each."""
    wanted, held = texts(), entries()
    for text in sorted(wanted.keys() - held.keys()):
        yield f"missing: {text.context}\t{text.english}\t({wanted[text]})"
    for text, entry in sorted(held.items()):
        if text not in wanted:
            yield f"vanished: {text.context}\t{text.english}"
        elif entry.state:
            yield f"{entry.state}: {text.context}\t{text.english}\t({wanted[text]})"


def update() -> None:
    """Bring the .ts up to the source and make the .qm from it."""
    TS.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        names = Path(folder) / "sources"
        paths = sorted(path.as_posix() for path in SOURCE.rglob("*.py"))
        names.write_text("\n".join(paths) + "\n", encoding="utf-8")
        run_tool(
            "pyside6-lupdate",
            f"@{names}",
            "-silent",
            "-tr-function-alias",
            "translate+=marked",
            "-no-obsolete",
            "-locations",
            "none",
            "-source-language",
            "en",
            "-target-language",
            "zh_CN",
            "-ts",
            str(TS),
        )
    # An unfinished text is a guess: English is shown rather than a sentence that may say
    # something else.
    run_tool("pyside6-lrelease", "-silent", "-nounfinished", str(TS), "-qm", str(QM))


def run_tool(name: str, *words: str) -> None:
    """Run one of PySide6's programs from the running Python's environment."""
    program = shutil.which(name, path=str(Path(sys.executable).parent))
    if program is None:
        raise SystemExit(
            f"{name} is not beside {sys.executable}: run this with the Python of .venv"
        )
    subprocess.run([program, *words], check=True)


def fill(file: Path) -> None:
    """Write the Chinese of a file into the .ts; a text that the source has not is an error."""
    tree = ET.parse(TS)
    held = dict(_messages(tree))
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        words = line.split("\t")
        if len(words) != 3 or not words[2] or Text(words[0], words[1]) not in held:
            raise SystemExit(f"{file}:{number}: no such text, or not three columns: {line}")
        translation = held[Text(words[0], words[1])]
        translation.text = words[2]
        translation.attrib.pop("type", None)
    tree.write(TS, encoding="utf-8", xml_declaration=True)


if __name__ == "__main__":
    sys.exit(main())
