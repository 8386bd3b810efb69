"""Make the pictures of the README: every screen and both receipts, from the running program.

Run it through `make shots`, which brings an X screen with a window manager. The pictures are made
at 1366×768 and once more as a 1920×1080 screen at 150 % shows them (into `out/shots-150`).
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "tests" / "data" / "rehearsals" / "pictures.txt"
PICTURES = ROOT / "docs" / "pictures"


def program(home: Path, *words: str, scale: str = "1") -> str:
    """Run one command of the program on `home`; its standard output."""
    done = subprocess.run(
        [sys.executable, "-m", "pharmacy_desk", "--home", str(home), *words],
        env=os.environ | {"QT_SCALE_FACTOR": scale},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def take(folder: Path, scale: str) -> None:
    """Play the script and keep the pictures in `folder`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        words = ("--json", "rehearse", str(SCRIPT), "--shots", str(folder))
        report = json.loads(program(home, *words, scale=scale))
        if not report["ok"]:
            sys.exit(f"the rehearsal failed: {report['failed'] or report['problems']}")
        receipt = report["sales"][0]["receipt"]
        for width in ("58", "80"):
            file = folder / f"receipt-{width}mm.png"
            program(home, "receipt", receipt, "--width", width, "--png", str(file))


def main() -> None:
    """Both sizes; the README shows the first."""
    take(PICTURES, "1")
    take(ROOT / "out" / "shots-150", "1.5")
    print(f"pictures: {PICTURES} and {ROOT / 'out' / 'shots-150'}")


if __name__ == "__main__":
    main()
