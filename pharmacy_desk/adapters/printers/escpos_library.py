"""What we use of python-escpos, loaded so that nothing of the loading stays behind.

Its `capabilities` make a temporary folder for a copy of its printer list each time it is loaded,
and a handler that repeats every program's log on standard error. We use neither: the folder is
removed and the handler taken off once it is loaded.
"""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

# With it set the folder is made all the same, and nobody is told its name.
_ELSEWHERE = "ESCPOS_CAPABILITIES_PICKLE_DIR"


@contextmanager
def _nothing_stays() -> Iterator[None]:
    handlers = list(logging.root.handlers)
    elsewhere = os.environ.pop(_ELSEWHERE, None)
    try:
        yield
    finally:
        if elsewhere is not None:
            os.environ[_ELSEWHERE] = elsewhere
        logging.root.handlers[:] = handlers


with _nothing_stays():
    from escpos import capabilities
    from escpos.exceptions import Error as EscposError
    from escpos.image import EscposImage
    from escpos.printer import Network

shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)

__all__ = ["EscposError", "EscposImage", "Network"]
