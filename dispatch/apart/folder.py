"""Outcomes kept in a folder while a run goes on, one file a station, so that a run that was ended can be taken up."""

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

ENDING: Final = ".npz"
OURS: Final = re.compile(r"[A-Za-z0-9_-]+\.npz|\.[0-9a-f]{32}\.draft")


class Parts:
    """The kept outcomes of a run, in a folder of their own; whatever the disk says, a run goes on without them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def part(self, station_id: str) -> bytes | None:
        """What an earlier run kept of a station, unread; nothing if there is nothing."""
        try:
            return self._path(station_id).read_bytes()
        except OSError:
            return None

    def keep(self, station_id: str, part: bytes) -> bool:
        """Whether a part could be kept; it is there whole or not at all."""
        draft = self.folder / f".{uuid4().hex}.draft"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(part)
            draft.replace(self._path(station_id))
        except OSError:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            return False
        return True

    def count(self) -> int:
        """How many stations are kept."""
        return sum(path.suffix == ENDING for path in self._ours())

    def clear(self) -> None:
        """Remove the parts, and the folder where nothing of somebody else's is left in it."""
        with suppress(OSError):
            for path in self._ours():
                path.unlink(missing_ok=True)
            self.folder.rmdir()

    def _path(self, station_id: str) -> Path:
        return self.folder / f"{station_id}{ENDING}"

    def _ours(self) -> list[Path]:
        if not self.folder.is_dir() or self.folder.is_symlink():
            return []
        return [Path(entry.path) for entry in os.scandir(self.folder) if OURS.fullmatch(entry.name)]
