"""The two files with which systemd calls `briefing due`."""

import shutil
import sys
from pathlib import Path

SERVICE = """[Unit]
Description=Briefings due in {root}

[Service]
Type=oneshot
WorkingDirectory={root}
ExecStart={command} --root {root} due
# 75: the same edition is being made by somebody else.
SuccessExitStatus=75
KillMode=control-group
NoNewPrivileges=yes
PrivateTmp=yes
"""

TIMER = """[Unit]
Description=Look every minute what briefing is due in {root}

[Timer]
OnCalendar=*:*
AccuracySec=1s
# After the machine was off, look at once; what was missed is made good as schedules.yml says.
Persistent=true

[Install]
WantedBy=timers.target
"""


def make_units(root: Path) -> dict[str, str]:
    """File names and contents; the name comes from the root's folder."""
    command = shutil.which("briefing") or f"{sys.executable} -m analysis.cli"
    values = {"root": _quote(root), "command": command}
    name = "briefing-" + "".join(c if c.isalnum() else "-" for c in root.name.lower())
    return {f"{name}.service": SERVICE.format(**values), f"{name}.timer": TIMER.format(**values)}


def _quote(path: Path) -> str:
    """A path as a unit file spells it: percent signs doubled, blanks escaped."""
    return str(path.resolve()).replace("%", "%%").replace(" ", "\\x20")
