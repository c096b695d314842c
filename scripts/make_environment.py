"""Write environment.yml from requirements.lock: python scripts/make_environment.py > environment.yml

For people who use conda. The pins are the lock's, without hashes: pip refuses an editable install beside hashes.
"""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PIN = re.compile(r"^([A-Za-z0-9_.-]+==[^\s;\\]+)(?:\s*;\s*([^\\]+?))?\s*\\?$")
HEAD = """\
# For conda users: conda env create -f environment.yml
# Written from requirements.lock by scripts/make_environment.py (make lock); do not edit.
name: ceasefire-briefing
channels:
  - conda-forge
dependencies:
  - python=3.11
  - pip
  - pip:
"""


def read_pins(lock: str) -> list[str]:
    """The lock's pins as pip requirement lines, with their markers."""
    pins = (PIN.match(line) for line in lock.splitlines())
    return [f"{m[1]} ; {m[2]}" if m[2] else m[1] for m in pins if m]


def write_environment(lock: str) -> str:
    """The text of environment.yml."""
    lines = [f'      - "{pin}"\n' for pin in read_pins(lock)]
    return HEAD + "".join(lines) + '      - "-e ."\n'


if __name__ == "__main__":
    print(write_environment((ROOT / "requirements.lock").read_text(encoding="utf-8")), end="")
