"""The three tones, played by whatever the system has; a missing player is silence, not an error."""

import shutil
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

_PLAYERS = (("paplay",), ("pw-play",), ("aplay", "-q"))


class Tones:
    """Plays `yes`, `ask` and `no`. The wave files lie in `folder`."""

    def __init__(self, folder: Path, enabled: bool) -> None:
        self._folder = folder
        self.enabled = enabled
        self._player = next((p for p in _PLAYERS if shutil.which(p[0])), None)
        self._playing: subprocess.Popen[bytes] | None = None

    def play(self, name: str) -> None:
        """Begin a tone and return at once; a tone still sounding is cut short."""
        if not self.enabled or not name:
            return
        wave = self._folder / f"{name}.wav"
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(wave), winsound.SND_FILENAME | winsound.SND_ASYNC)
        elif self._player:
            self.stop()
            self._playing = subprocess.Popen(
                [*self._player, str(wave)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        else:
            QApplication.beep()

    def stop(self) -> None:
        """End the tone and its player."""
        if self._playing:
            if self._playing.poll() is None:
                self._playing.terminate()
            self._playing.wait()
            self._playing = None
