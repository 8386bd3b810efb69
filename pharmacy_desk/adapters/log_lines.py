"""Log lines as they are kept: nobody's number in them, not even in what an exception quotes."""

import logging
from datetime import date

from pharmacy_desk.core.scanning.persons import masked


class LogLines(logging.Formatter):
    """The form of a line in the home's log."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line, with a traceback if there is one."""
        # The last day there is: every birth date of the past counts.
        return masked(super().format(record), date.max)
