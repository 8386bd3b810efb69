"""Build resources/sounds: three tones a cashier can tell apart without looking.

They differ in count, length and pitch together, so that a poor speaker or a noisy shop cannot
make one sound like another. The same bytes come out every time.

    python packaging/make_sounds.py
"""

from __future__ import annotations

import math
import struct
import sys
import wave
from collections.abc import Sequence
from pathlib import Path

SOUNDS = Path(__file__).resolve().parents[1] / "resources" / "sounds"
RATE = 44_100
FADE_MS = 5
LEVEL = 0.6
MAX_BYTES = 60_000


def tone(hertz: float, ms: int, third: float = 0.0) -> list[float]:
    """A sine with faded ends.

    Args:
        hertz: pitch.
        ms: length.
        third: share of the third harmonic, which small speakers carry when the pitch is low.
    """
    count, fade = RATE * ms // 1000, RATE * FADE_MS // 1000
    samples = []
    for i in range(count):
        angle = 2 * math.pi * hertz * i / RATE
        value = (math.sin(angle) + third * math.sin(3 * angle)) / (1 + third)
        edge = min(i, count - 1 - i, fade) / fade
        samples.append(value * (0.5 - 0.5 * math.cos(math.pi * edge)))
    return samples


def silence(ms: int) -> list[float]:
    """Nothing, for a while."""
    return [0.0] * (RATE * ms // 1000)


def write(path: Path, samples: Sequence[float]) -> int:
    """Write 16-bit mono and return the size of the file."""
    frames = [round(LEVEL * 32_767 * sample) for sample in samples]
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(frames)}h", *frames))
    return path.stat().st_size


def main() -> int:
    """Write yes, ask and no, and print their sizes."""
    middle = tone(880, 90)
    sounds = {
        "yes": tone(1760, 90),
        "ask": [*middle, *silence(60), *middle],
        "no": tone(220, 450, third=0.3),
    }
    sizes = {name: write(SOUNDS / f"{name}.wav", samples) for name, samples in sounds.items()}
    for name, size in sizes.items():
        print(f"{name}.wav {len(sounds[name]) * 1000 // RATE} ms {size} bytes")
    return 0 if max(sizes.values()) <= MAX_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())
