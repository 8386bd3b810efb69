"""One atheris process: `python -m tests.drills.fuzz_child TARGET [libFuzzer options]`.

A module of its own: atheris watches the program's modules as they are imported, and libFuzzer ends
the process when its runs are done.
"""

import sys

import atheris

with atheris.instrument_imports(include=["pharmacy_desk.core"]):
    from tests.drills.fuzz_targets import TARGETS


def main() -> None:
    """Fuzz one target until the limit of runs; a finding ends the process with its input."""
    check = TARGETS[sys.argv[1]]

    def one_input(data: bytes) -> None:
        told = check(data)
        if told:
            raise AssertionError(f"{told}: {data!r}")

    atheris.Setup([sys.argv[0], *sys.argv[2:]], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
