"""`python -m tests.benchmarks`: measure, print a table, write out/bench.json."""

import argparse
import sys
from pathlib import Path

from tests.benchmarks import runner


def main(argv: list[str] | None = None) -> int:
    """0 also when a bound is missed; 1 when a scan was lost or a measure broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", choices=tuple(runner.MEASURES), help="one measure alone")
    parser.add_argument("--quick", action="store_true", help="small files, few samples")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    if arguments.child == "memory-child":
        from tests.benchmarks import memory

        memory.child(arguments.home)
    elif arguments.child:
        plan = runner.QUICK if arguments.quick else runner.FULL
        runner.run_child(arguments.child, plan, arguments.home)
    else:
        names = [arguments.only] if arguments.only else list(runner.MEASURES)
        return runner.run(names, quick=arguments.quick)
    return 0


if __name__ == "__main__":
    sys.exit(main())
