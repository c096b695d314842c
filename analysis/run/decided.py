"""What people decided and what facts are compared with: files of the root besides its documents, hashed one by one.

An edition depends on all of them. A notebook depends on those that work on its facts, whose digests say so, and on those that
it hands the root to (`READERS`); a change of any other leaves its outputs as they are.
"""

from pathlib import Path

import yaml

from analysis.run.errors import RunError
from analysis.run.keys import hash_bytes, hash_tree
from analysis.run.layout import Layout

# As in the modules that read them, which load pandas: the runner's own process stays light.
HAND, REFERENCE, CEASEFIRES, HOUSE = "seeds/hand", "seeds/reference.yml", "seeds/ceasefires.csv", "house.yml"
# Reference data as it was fetched.
FETCHED = ".briefing/reference"
POPULATIONS, TRACKS, RATINGS, WAIVERS = (
    f"{HAND}/{name}.yml" for name in ("populations", "tracks", "sources", "waivers")
)
# The functions to which a notebook may hand the root, and all that each reads below it besides the facts.
READERS: dict[str, tuple[str, ...]] = {
    "analysis.audit.run_checks": (POPULATIONS, WAIVERS),
    "analysis.topics.casualties.compare_reference": (REFERENCE, FETCHED),
    "analysis.topics.humanitarian.find_implied_totals": (POPULATIONS,),
    "analysis.topics.negotiations.load_tracks": (TRACKS,),
    "analysis.topics.sources.load_ratings": (RATINGS,),
    "analysis.wording.compose.outlooks": (CEASEFIRES,),
    "analysis.wording.leads.implied_points": (POPULATIONS,),
}


def hash_decided(layout: Layout) -> dict[str, str]:
    """SHA-256 of each of these files, by its name as seen from the root."""
    root = layout.root
    hand = sorted((root / HAND).rglob("*")) if (root / HAND).is_dir() else []
    files = [*hand, root / REFERENCE, root / CEASEFIRES, *_find_house(root)]
    hashes = {path.relative_to(root).as_posix(): hash_bytes(path.read_bytes()) for path in files if path.is_file()}
    return hashes | {FETCHED: hash_tree(root / FETCHED)}


def check_unchanged(layout: Layout, before: dict[str, str]) -> None:
    """Raise RunError where one of these files is not what it was: what has been made since may be of the one or the other."""
    now = hash_decided(layout)
    changed = sorted(name for name in now.keys() | before.keys() if now.get(name) != before.get(name))
    if changed:
        raise RunError(
            f"{layout.root / changed[0]}: was changed while the edition was being made; run this again. Nothing was published"
        )


def _find_house(root: Path) -> list[Path]:
    """The house's file, and its logo where that lies in the root."""
    house = root / HOUSE
    try:
        logo = yaml.safe_load(house.read_bytes())["logo"]
    except (OSError, TypeError, KeyError, yaml.YAMLError):
        return [house]  # whoever makes the pages says what is wrong with it
    inside = isinstance(logo, str) and (root / logo).resolve().is_relative_to(root.resolve())
    return [house, root / logo] if inside else [house]
