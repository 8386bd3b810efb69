"""`python -m pharmacy_desk`: the command line."""

import sys

from pharmacy_desk.cli import main

if __name__ == "__main__":
    sys.exit(main())
