"""The house: who publishes, in which colours, language and paper; and dates as that language writes them."""

import os
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analysis.errors import BriefingError

HOUSE_FILE = "house.yml"
ISO_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2})?(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?")
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
Marking = Literal["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]
Language = Literal["ar", "de", "en", "es", "fr", "he", "pt", "ru", "uk"]


class HouseError(BriefingError):
    """Raised when house.yml cannot be used."""


class Colours(BaseModel):
    """Colours as #rrggbb."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    accent: Colour
    second: Colour
    ink: Colour
    quiet: Colour


class House(BaseModel):
    """What house.yml says; every key is explained in the default file beside this module."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    publisher: str
    contact: str | None = None
    logo: str | None = None
    logo_alt: str | None = None
    marking: Marking | None = None
    language: Language = "en"
    paper: Literal["a4", "us-letter"] = "a4"
    word: bool = True
    evidence: Literal["full", "passages"] = "full"
    colours: Colours
    folder: Path | None = None


def load_house(root: Path | str | None = None) -> House:
    """The package's defaults, overridden by `<root>/house.yml` where there is one. Raises HouseError."""
    values = _defaults()
    path = Path(root) / HOUSE_FILE if root else None
    if path is not None and path.is_file():
        values = _override(values, _read(path), path)
    try:
        house = House(**values, folder=Path(root) if root else None)
    except ValidationError as error:
        first = error.errors()[0]
        raise HouseError(f"{path or HOUSE_FILE}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    if house.logo and not house.logo_alt:
        raise HouseError(f"{path}: a logo needs logo_alt, for those who do not see it")
    return house


@cache
def _defaults() -> dict[str, Any]:
    return yaml.safe_load(resources.files(__package__).joinpath(HOUSE_FILE).read_text("utf-8"))


def default_house() -> House:
    """The house of BRIEFING_ROOT where set (by the runner), else the package's."""
    return load_house(os.environ.get("BRIEFING_ROOT"))


def find_house(start: Path) -> House:
    """The house of a notebook: of BRIEFING_ROOT where set, else of the nearest folder upwards that has a house.yml."""
    named = os.environ.get("BRIEFING_ROOT")
    folders = [Path(named)] if named else [start.resolve(), *start.resolve().parents]
    return load_house(next((folder for folder in folders if (folder / HOUSE_FILE).is_file()), None))


def _read(path: Path) -> dict[str, Any]:
    try:
        values = yaml.safe_load(path.read_text("utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise HouseError(f"{path}: cannot be read: {error}") from error
    if not isinstance(values, dict):
        raise HouseError(f"{path}: must be a list of `key: value` lines")
    return values


def _override(values: dict[str, Any], own: dict[str, Any], path: Path) -> dict[str, Any]:
    colours = own.get("colours") or {}
    if not isinstance(colours, dict):
        raise HouseError(f'{path}: colours: must be `name: "#rrggbb"` lines')
    return {**values, **own, "colours": {**values["colours"], **colours}}


def logo_bytes(house: House) -> tuple[bytes, str] | None:
    """The logo and its suffix (`svg` or `png`), or None. Raises HouseError for a file that is not there or another kind."""
    if not house.logo:
        return None
    path = (house.folder or Path()) / house.logo
    suffix = path.suffix.lower().lstrip(".")
    if suffix not in ("svg", "png"):
        raise HouseError(f"{path}: a logo is .svg or .png")
    try:
        return path.read_bytes(), suffix
    except OSError as error:
        raise HouseError(f"{path}: the logo cannot be read: {error.strerror}") from error


@cache
def _calendar() -> dict[str, Any]:
    return yaml.safe_load(resources.files(__package__).joinpath("dates.yml").read_text("utf-8"))


def format_day(day: Any, language: str = "en", short: bool = False) -> str:
    """An ISO day or month as the language writes it; with a time of day, that too. Anything else comes back as it is.

    >>> format_day("2024-10-30"), format_day("2024-10-30", short=True), format_day("2024-10-30T18:00:00Z")
    ('30 October 2024', '30 Oct 2024', '30 October 2024, 18:00 UTC')
    >>> format_day("2024-10-30", "es"), format_day("2024-09", short=True), format_day(None)
    ('30 de octubre de 2024', 'Sep 2024', '')
    """
    if ISO_MONTH.fullmatch(str(day)):
        month = _calendar()[language]["short" if short else "long"][int(str(day)[5:]) - 1]
        return f"{month} {str(day)[:4]}"
    matched = ISO_DAY.fullmatch(str(day)) if day else None
    if matched is None:
        return str(day or "")
    year, month, number, clock, zone = matched.groups()
    if not 1 <= int(month) <= 12:
        return str(day)
    names = _calendar()[language]
    written = names["order"].format(d=int(number), m=names["short" if short else "long"][int(month) - 1], y=year)
    zone = "UTC" if zone in ("Z", "+00:00") else f"UTC{zone}" if zone else ""
    return f"{written}, {clock} {zone}".rstrip() if clock else written
