"""What is packaged is what is there."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_list_of_packages_is_the_list_of_folders() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = listed["tool"]["setuptools"]["packages"]
    folders = {
        ".".join(found.parent.relative_to(ROOT).parts)
        for found in (ROOT / "pharmacy_desk").rglob("__init__.py")
    }
    assert folders, "nothing found"
    assert set(packages) == folders | {"pharmacy_desk_resources"}
    assert len(packages) == len(set(packages))


def test_every_folder_with_code_is_a_package() -> None:
    bare = {
        str(found.parent.relative_to(ROOT))
        for found in (ROOT / "pharmacy_desk").rglob("*.py")
        if not (found.parent / "__init__.py").exists()
    }
    assert bare == set()
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_every_shipped_resource_is_packed() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = listed["tool"]["setuptools"]["package-data"]["pharmacy_desk_resources"]
    kinds = {pattern.rsplit(".", 1)[1] for pattern in patterns}
    for found in (ROOT / "resources").rglob("*"):
        if found.is_file() and "__pycache__" not in found.parts:
            assert found.suffix[1:] in kinds | {"py", "md"}, found
