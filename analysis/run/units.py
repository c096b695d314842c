"""The two files with which systemd calls `briefing due`."""

import sys
from pathlib import Path

SERVICE = """[Unit]
Description=Briefings due in {root}

[Service]
Type=oneshot
WorkingDirectory={root}
ExecStart={command} --root {argument} due
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
    values = {"root": _double_percent(root.resolve()), "argument": _quote(root.resolve()), "command": _find_command()}
    name = "briefing-" + "".join(c if c.isalnum() else "-" for c in root.name.lower())
    return {f"{name}.service": SERVICE.format(**values), f"{name}.timer": TIMER.format(**values)}


def _find_command() -> str:
    """The command of the environment that writes the files, whatever the PATH of a service is."""
    beside = Path(sys.executable).with_name("briefing")
    return _quote(beside) if beside.is_file() else f"{_quote(Path(sys.executable))} -m analysis.cli"


def _double_percent(path: Path) -> str:
    """A path as the settings that take one path spell it: to the end of the line, blanks and all."""
    return str(path).replace("%", "%%")


def _quote(path: Path) -> str:
    """A path as one word of a command line."""
    return _double_percent(path).replace("\\", "\\\\").replace(" ", "\\x20").replace('"', '\\"').replace("$", "$$")
