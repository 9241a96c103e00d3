"""Many cases of a regulation in one table: `python -m benchmarks.rule_batch [ROWS]`; also makes the table and reads it bare.

Every case differs from the shipped example: its day is moved, its amounts are scaled and up to three other cells are changed at
random, from a fixed seed; what the regulation's own checks refuse is drawn again.
"""

import csv
import random
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

from benchmarks.measure import OUT, Result, child, least, print_table

TARGET_WALL_S = 10
FULL_SIZE = 100_000
SEED = 7
TABLES: Mapping[str, tuple[str, ...]] = {
    "car_quota_auction": ("person", "options"),
    "household_registration": ("application", "options"),
}
"""The regulations measured, and the tables of their cases that are filled in."""
AMOUNT = re.compile(r"(?<![-\d])\d{5,}(?:\.\d+)?(?![-\d])")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def run(rows: int, repeats: int) -> list[Result]:
    """The command on each regulation beside the bare reading and writing of its table, and its imports alone."""
    results = []
    for name in TABLES:
        file = OUT / f"{name}-{rows}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        child("-m", "benchmarks.rule_batch", "make", name, rows, file)
        told = OUT / f"{name}-{rows}-told.csv"
        command = ("-m", "huchu", "rule", name, "--batch", file, "--out", told, "--force")
        bare, imports, one, whole = least(
            [
                lambda file=file: child("-m", "benchmarks.rule_batch", "bare", file),  # type: ignore[misc]
                lambda name=name: child("-m", "huchu", "rule", name, "--example-csv"),  # type: ignore[misc]
                lambda command=command: child(*command, "--jobs", 1),  # type: ignore[misc]
                lambda command=command: child(*command),  # type: ignore[misc]
            ],
            repeats,
        )
        full = rows >= FULL_SIZE
        results += [
            Result(flow=f"{name}, {rows} cases", measured=measured, cost=cost, ratio=cost.cpu_s / bare.cpu_s)
            for measured, cost in (
                ("csv module: read, written again", bare),
                ("imports alone", imports),
                ("huchu rule --batch, one process", one),
            )
        ]
        results.append(
            Result(
                flow=f"{name}, {rows} cases",
                measured="huchu rule --batch",
                cost=whole,
                ratio=whole.cpu_s / bare.cpu_s,
                target=f"<= {TARGET_WALL_S} s" if full else "",
                met=whole.wall_s <= TARGET_WALL_S if full else None,
            )
        )
    return results


def make_table(name: str, rows: int, file: Path) -> None:
    """A table of cases that can all be judged, as the module's docstring says."""
    import regulations
    from huchu.cli.rule.columns import columns_of, example_csv
    from huchu.cli.rule.quick import NotAtOnce, maker

    draw = random.Random(SEED)
    record = regulations.leaf(name).Inputs
    kinds = columns_of(record)
    header, example = csv.reader(example_csv(name).splitlines())
    kept = [place for place, path in enumerate(header) if path.split(".")[0] in ("case_id", "on", *TABLES[name])]
    paths, texts = [header[place] for place in kept], [example[place] for place in kept]
    make = maker(record, {path: place for place, path in enumerate(paths) if path in kinds}, {})
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(paths)
        written = 0
        while written < rows:
            cells = _varied(texts, [kinds.get(path) for path in paths], draw)
            cells[0] = f"C{written + 1}"
            try:
                make(cells)
            except NotAtOnce:
                continue
            writer.writerow(cells)
            written += 1


def _varied(texts: Sequence[str], kinds: Sequence[Any], draw: random.Random) -> list[str]:
    factor = draw.randint(60, 140)
    cells = [AMOUNT.sub(lambda found: f"{float(found[0]) * factor / 100:.2f}", text) for text in texts]
    cells[1] = _moved(cells[1], draw)
    for place in draw.sample(range(2, len(cells)), draw.randint(0, 3)):
        kind = kinds[place]
        if kind is bool:
            cells[place] = draw.choice(("true", "false"))
        elif isinstance(kind, type) and issubclass(kind, Enum):
            cells[place] = str(draw.choice(list(kind)).value)
        elif kind is int:
            cells[place] = str(max(0, int(cells[place]) + draw.randint(-2, 2)))
        elif kind is date:
            cells[place] = _moved(cells[place], draw)
        else:
            cells[place] = DAY.sub(lambda found: _moved(found[0], draw), cells[place])
    return cells


def _moved(day: str, draw: random.Random) -> str:
    return (date.fromisoformat(day) + timedelta(days=draw.randint(-60, 60))).isoformat()


def read_bare(file: Path) -> None:
    """The floor: the same rows read and written again by the standard library."""
    with file.open(encoding="utf-8", newline="") as source, file.with_suffix(".bare").open("w", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows(csv.reader(source))


def main() -> None:
    """Measure, or do what a child is asked for."""
    match sys.argv[1:]:
        case ["make", name, rows, file]:
            make_table(name, int(rows), Path(file))
        case ["bare", file]:
            read_bare(Path(file))
        case [rows]:
            print_table(run(int(rows), 2))
        case _:
            print_table(run(FULL_SIZE, 3))


if __name__ == "__main__":
    main()
