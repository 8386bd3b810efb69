"""What several flows need of the world: a disk that is soon full, a platform."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SMALL = 12_000_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 12 MB."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(place)]
    if os.name == "nt" or os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a file system of its own can only be mounted by root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@contextmanager
def practice_platform(folder: Path, *more: str) -> Iterator[str]:
    """The practice platform as its own process; gives its address."""
    words = ["sandbox", "--port", "0", "--store", str(folder / "platform.db"), "--with-parent"]
    process = subprocess.Popen(
        [sys.executable, "-m", "pharmacy_desk", *words, *more],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process.stdout.readline().strip()
    process.stdin.close()
    process.wait(timeout=10)
    process.stdout.close()


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[str]:
    """The practice platform without faults."""
    with practice_platform(tmp_path) as url:
        yield url
