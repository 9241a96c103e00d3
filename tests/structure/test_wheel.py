"""A wheel holds everything that the program needs at run time, and nothing that only we need."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel_names(root: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names of all files of a freshly built wheel; built without isolation, so without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == built.returncode, built.stderr
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def test_every_file_of_the_five_packages_is_in_the_wheel(
    wheel_names: set[str], kept_files: tuple[Path, ...], packages: tuple[str, ...], root: Path
) -> None:
    names = {path.relative_to(root).as_posix() for path in kept_files}
    wanted = {name for name in names if name.partition("/")[0] in packages}
    assert set(packages) == {name.partition("/")[0] for name in wanted}
    assert set() == wanted - wheel_names


def test_the_wheel_holds_documents_fonts_with_licence_and_the_template(wheel_names: set[str]) -> None:
    for part in ("tariffs/documents/shanghai/city.toml", "settlement/export/fonts/OFL.txt"):
        assert part in wheel_names
    for suffix in (".otf", ".typ", ".toml"):
        assert any(name.startswith("settlement/") and name.endswith(suffix) for name in wheel_names), suffix
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in wheel_names)


def test_the_wheel_holds_only_the_five_packages(wheel_names: set[str], packages: tuple[str, ...]) -> None:
    tops = {name.partition("/")[0] for name in wheel_names}
    assert set(packages) == {top for top in tops if not top.endswith(".dist-info")}
