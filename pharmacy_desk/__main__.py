"""`python -m pharmacy_desk`: the command line."""

import sys

from pharmacy_desk.commands.main import main

if __name__ == "__main__":
    sys.exit(main())
