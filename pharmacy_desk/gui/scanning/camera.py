"""A camera inside the window: QtMultimedia, an optional part that is asked for only when used.

It comes with the extra `camera` (175 MB); without it, or without a camera, one sentence says so and
pictures come from files or a folder. Not tried on hardware: no camera was attached.
"""

import importlib
from collections.abc import Callable
from types import ModuleType

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.scanning.tray import Photo
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import button, plain

Load = Callable[[str], ModuleType]


def photo(image: QImage) -> Photo:
    """A Qt picture as the reader takes it."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    wide, high, stride = grey.width(), grey.height(), grey.bytesPerLine()
    rows = bytes(grey.constBits())
    return Photo(b"".join(rows[y * stride : y * stride + wide] for y in range(high)), wide, high)


class CameraDialog(QDialog):
    """What the camera sees; Enter takes the picture. Raises `WorldError` when there is none."""

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None, load: Load = importlib.import_module) -> None:
        media, widgets = _parts(load)
        inputs = media.QMediaDevices.videoInputs()
        if not inputs:
            raise WorldError(
                Fault.CAMERA_ABSENT, detail=translate("Camera", "no camera is connected")
            )
        super().__init__(parent)
        self.setWindowTitle(translate("Camera", "Camera"))
        self._hint = plain(translate("Camera", "Lay all boxes into the picture, then Enter."))
        self._view = widgets.QVideoWidget()
        self._camera = media.QCamera(media.QMediaDevices.defaultVideoInput())
        self._capture = media.QImageCapture()
        self._session = media.QMediaCaptureSession()
        self._session.setCamera(self._camera)
        self._session.setVideoOutput(self._view)
        self._session.setImageCapture(self._capture)
        self._capture.imageCaptured.connect(self._took)
        self._capture.errorOccurred.connect(self._failed)
        self._camera.errorOccurred.connect(self._failed)
        row = QHBoxLayout()
        row.addWidget(self._hint, 1)
        row.addWidget(button(translate("Camera", "Take (Enter)"), self.take, primary=True))
        layout = QVBoxLayout(self)
        layout.addWidget(self._view, 1)
        layout.addLayout(row)
        self.resize(900, 640)
        self._camera.start()

    def take(self) -> None:
        """Take the picture."""
        self._capture.capture()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: Enter takes, Esc leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt's hook: the camera's light goes out with the window."""
        self._camera.stop()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """Qt's hook: also when it is left by Esc or after the picture."""
        self._camera.stop()
        super().done(result)

    def _took(self, _: int, image: QImage) -> None:
        self.taken.emit(photo(image))
        self.accept()

    def _failed(self, *words: object) -> None:
        said = str(words[-1]) if words else ""
        self._hint.setText(
            translate("Camera", "The camera does not work: %1").replace("%1", said[:120])
        )


def _parts(load: Load) -> tuple[ModuleType, ModuleType]:
    try:
        return load("PySide6.QtMultimedia"), load("PySide6.QtMultimediaWidgets")
    except ImportError as error:
        detail = translate("Camera", "its optional part, “camera”, is not installed")
        raise WorldError(Fault.CAMERA_ABSENT, detail=detail) from error
