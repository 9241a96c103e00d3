"""What `huchu dispatch` reads before it plans: stations, settings, signals, and the steps asked for."""

from dataclasses import dataclass
from pathlib import Path

from dispatch.horizon import Horizon, horizon_between
from dispatch.options import PlanOptions
from dispatch.signals import Signals, read_signals
from huchu.cli.asked import instant
from huchu.cli.fleet.asked import is_fleet
from huchu.cli.places import SETTINGS_FILE, STATIONS_FILE, beside, chosen_stations, found_file
from huchu.cli.request import Request
from tariffs.settings import NaiveInstants, Settings, read_settings
from tariffs.stations import Station, read_stations
from tariffs.vocabulary.errors import UsageError, Words
from tariffs.vocabulary.timegrid import DEFAULT_MINUTES
from tariffs.zones import Zone, read_zones


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The inputs of a request, read.

    Shape   `stations` are those to be planned, `listed` all of their file, with its zones; zones are read for a fleet only
    """

    stations: tuple[Station, ...]
    listed: tuple[Station, ...]
    zones: tuple[Zone, ...]
    settings: Settings | None
    signals: Signals | None
    horizon: Horizon
    options: PlanOptions
    files: tuple[Path, ...]


def result_folder(request: Request) -> Path:
    """Where a result goes that is given no folder: named for its signals, else for its first day."""
    if request.signals is not None:
        return Path(f"dispatch-{request.signals.name.split('.')[0]}")
    return Path("dispatch" if request.from_at is None else f"dispatch-{request.from_at[:10]}")


def read(request: Request, options: PlanOptions) -> Given:
    """The inputs of a request.

    Raises  InputError or Refused if a file cannot be read; UsageError if the steps asked for are not those of the signals
    """
    named = [path for path in (request.signals, request.stations) if path is not None]
    stations_file = found_file(request.stations, STATIONS_FILE, named, "--stations")
    settings_file = request.settings or beside(SETTINGS_FILE, [*named, stations_file])
    settings = None if settings_file is None else read_settings(settings_file)
    signals = None
    if request.signals is not None:
        naive = NaiveInstants.ASIA_SHANGHAI if settings is None else settings.naive_instants
        signals = read_signals(request.signals, naive, request.accept_unterminated)
    signals, horizon = _steps(request, signals)
    files = (stations_file, settings_file, request.signals)
    listed = read_stations(stations_file)
    return Given(
        stations=chosen_stations(listed, request.only),
        listed=listed,
        zones=read_zones(stations_file) if is_fleet(request.asked) else (),
        settings=settings,
        signals=signals,
        horizon=horizon,
        options=options,
        files=tuple(path for path in files if path is not None),
    )


def _steps(request: Request, signals: Signals | None) -> tuple[Signals | None, Horizon]:
    """The signals between --from and --until, and their steps; without signals the steps that the options say."""
    first = None if request.from_at is None else instant(request.from_at, "--from")
    until = None if request.until_at is None else instant(request.until_at, "--until")
    if signals is not None:
        if request.step_minutes not in (None, signals.horizon.minutes):
            raise UsageError(
                Words("--step 与信号的步长不同", "--step is not the step of the signals"),
                found=Words(
                    f"{request.step_minutes} 分钟，信号 {signals.horizon.minutes} 分钟",
                    f"{request.step_minutes} minutes, signals {signals.horizon.minutes} minutes",
                ),
                do=Words("去掉 --step，或先换算信号", "leave out --step, or convert the signals first"),
            )
        cut = signals.cut(first, until)
        return cut, cut.horizon
    if first is None or until is None:
        raise UsageError(
            Words("没有信号时须给出起止", "without signals the horizon must be given"),
            found=Words("缺 --from 或 --until", "--from or --until is missing"),
            do=Words("例如 --from 2025-06-01 --until 2026-06-01", "for example --from 2025-06-01 --until 2026-06-01"),
        )
    return None, horizon_between(
        first, until, DEFAULT_MINUTES if request.step_minutes is None else request.step_minutes
    )
