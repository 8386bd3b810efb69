"""`python -m pharmacy_desk`: the command line."""

import gc
import sys


def main() -> int:
    """Load the commands and run one; what was loaded is never garbage, and not searched for any."""
    gc.disable()
    from pharmacy_desk.commands.main import main as run

    gc.freeze()
    gc.enable()
    return run()


if __name__ == "__main__":
    sys.exit(main())
