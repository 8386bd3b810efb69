"""What the comments cite stands in the repository: each named section is a heading of its document."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCUMENTS = {
    "codes": "facts/codes.md",
    "the trade": "facts/domain.md",
    "platforms": "facts/platform.md",
    "design": "design.md",
    "contracts": "contracts.md",
    "contract": "contracts.md",
}
# "facts on codes, section 3.1", "facts on platforms, 2.5", "design, section 7"; a comment may break
# the line inside one.
_CITED = re.compile(
    r"(?:facts on (codes|the trade|platforms)|\b(design|contracts?)),"
    r"\s(?:#\s)?(?:sections?\s(?:#\s)?)?(\d+(?:\.\d+)?)"
)
# "facts, 2.5" without a name: the platforms' facts, where the upload is described.
_UNNAMED = re.compile(r"\bfacts,?\s(?:#\s)?(?:section\s)?(\d+(?:\.\d+)?)")


def sections(document: str) -> set[str]:
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    return set(re.findall(r"^#+ (\d+(?:\.\d+)?)[. ]", text, re.MULTILINE))


def sources() -> list[Path]:
    rooms = ("pharmacy_desk", "packaging", "resources", "tests")
    files = (path for room in rooms for path in (ROOT / room).rglob("*"))
    return [path for path in files if path.suffix in (".py", ".toml") and path != Path(__file__)]


def citations() -> list[tuple[str, str, str]]:
    found = []
    for path in sources():
        text = path.read_text(encoding="utf-8")
        shown = str(path.relative_to(ROOT))
        for match in _CITED.finditer(text):
            found.append((shown, DOCUMENTS[match[1] or match[2]], match[3]))
        found += [(shown, DOCUMENTS["platforms"], cited[1]) for cited in _UNNAMED.finditer(text)]
    return found


def test_every_cited_section_is_in_the_repository():
    there = {document: sections(document) for document in set(DOCUMENTS.values())}
    lost = [cited for cited in citations() if cited[2] not in there[cited[1]]]
    assert not lost


def test_the_comments_do_cite():
    assert len(citations()) > 100  # 140 when this was written: the search still finds them
