"""`python -m tests.benchmarks [PART…]`: everything that is measured, in one table."""

import argparse
import sys
from collections.abc import Callable, Iterable

from tests.benchmarks.table import Row, lines

Part = Callable[[argparse.Namespace], Iterable[Row]]


def _conversation(given: argparse.Namespace) -> Iterable[Row]:
    from tests.benchmarks.conversation import Plan, rows

    return rows(Plan(given.rounds, given.seconds))


def _flatness(given: argparse.Namespace) -> Iterable[Row]:
    from tests.benchmarks.conversation import Plan
    from tests.benchmarks.flatness import rows

    return rows(Plan(given.rounds, given.seconds), 1_000_000 if given.full else 100_000)


def _startup(given: argparse.Namespace) -> Iterable[Row]:
    from tests.benchmarks.startup import rows

    return rows(given.rounds)


def _lag(_: argparse.Namespace) -> Iterable[Row]:
    from tests.benchmarks.lag import rows

    return rows()


def _documents(_: argparse.Namespace) -> Iterable[Row]:
    from tests.benchmarks.documents import rows

    return (Row(*row) for row in rows())


def _intake(given: argparse.Namespace) -> Iterable[Row]:
    from tests.benchmarks.intake import MEMBERS, rows

    return rows(100_000 if given.full else MEMBERS)


def _simulations(_: argparse.Namespace) -> Iterable[Row]:
    from tests.benchmarks.simulations import rows

    return rows()


def _robbery(_: argparse.Namespace) -> Iterable[Row]:
    from tests.benchmarks.robbery import rows

    return rows()


def _simulating(_: argparse.Namespace) -> Iterable[Row]:
    from tests.benchmarks.simulating import rows

    return rows()


def _certificates(given: argparse.Namespace) -> Iterable[Row]:
    from tests.benchmarks.certificates import FULL, SOME, rows

    return rows(FULL if given.full else SOME)


def _enumeration(given: argparse.Namespace) -> Iterable[Row]:
    from tests.benchmarks.enumeration import FEW, RUNS, rows

    return rows(RUNS if given.full else FEW)


def _flood(given: argparse.Namespace) -> Iterable[Row]:
    from tests.benchmarks.flood import rows

    return rows(60.0 if given.full else 10.0)


def _entries(given: argparse.Namespace) -> Iterable[Row]:
    from tests.benchmarks.entries import rows

    return rows(180.0 if given.full else 20.0)


def _profile(_: argparse.Namespace) -> Iterable[Row]:
    from tests.benchmarks.profile import rows

    return rows()


def _pushing(given: argparse.Namespace) -> Iterable[Row]:
    from tests.benchmarks.conversation import Plan
    from tests.benchmarks.pushing import rows

    return rows(Plan(given.rounds, given.seconds), 100_000 if given.full else 10_000)


PARTS: dict[str, Part] = {
    "conversation": _conversation,
    "flatness": _flatness,
    "startup": _startup,
    "lag": _lag,
    "documents": _documents,
    "certificates": _certificates,
    "intake": _intake,
    "pushing": _pushing,
    "entries": _entries,
    "enumeration": _enumeration,
    "flood": _flood,
    "simulations": _simulations,
    "robbery": _robbery,
    "simulating": _simulating,
    "profile": _profile,
}


def main() -> None:
    """Measure the named parts, or all of them, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of: {', '.join(PARTS)}")
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds (5)")
    parser.add_argument("--seconds", type=float, default=2.0, help="of each measured stretch (2)")
    parser.add_argument("--full", action="store_true", help="the sizes in the requirements")
    given = parser.parse_args()
    unknown = set(given.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {min(unknown)}")
    found: list[Row] = []
    for name in given.parts or PARTS:
        print(f"measuring {name} …", file=sys.stderr)
        found += PARTS[name](given)
    print("\n".join(lines(found)))


if __name__ == "__main__":
    main()
