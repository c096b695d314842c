"""pyproject.toml, the locks and environment.yml say the same, and none of them names an address."""

import re
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
from make_environment import read_pins, write_environment  # noqa: E402

OWNERS = {"jupyterlab", "pandas", "matplotlib", "nbconvert", "papermill"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def names(requirements: list[str]) -> set[str]:
    """The names of requirement lines, as package indexes compare them."""
    found = (re.match(r"[A-Za-z0-9._-]+", line) for line in requirements)
    return {re.sub(r"[-_.]+", "-", m[0]).lower() for m in found if m}


@pytest.fixture(scope="module")
def project() -> dict:
    return tomllib.loads(read("pyproject.toml"))["project"]


def test_the_lock_holds_every_dependency_with_a_hash(project: dict) -> None:
    lock = read("requirements.lock")
    assert names(project["dependencies"]) <= names(read_pins(lock))
    pins = re.split(r"\n(?=[a-z0-9])", lock)
    assert [pin.splitlines()[0] for pin in pins if "==" in pin and "--hash=sha256:" not in pin] == []


def test_the_development_lock_adds_to_the_lock_and_changes_nothing_in_it(project: dict) -> None:
    extras = [line for group in project["optional-dependencies"].values() for line in group]
    pins = read_pins(read("requirements-dev.lock"))
    assert names(extras) <= names(pins)
    assert {pin.split(" ")[0] for pin in read_pins(read("requirements.lock"))} <= {pin.split(" ")[0] for pin in pins}


def test_the_conda_file_is_valid_and_pins_what_the_lock_pins() -> None:
    assert read("environment.yml") == write_environment(read("requirements.lock")), "run: make lock"
    environment = yaml.safe_load(read("environment.yml"))
    pip = next(item["pip"] for item in environment["dependencies"] if isinstance(item, dict))
    assert names(pip) >= OWNERS
    assert pip[-1] == "-e ."
    assert not any("--hash" in line for line in pip)


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "environment.yml", "pyproject.toml"])
def test_no_address_is_named(name: str) -> None:
    assert not re.search(r"https?://|--(?:extra-)?index-url|--find-links|file:", read(name))
