"""How much one notebook may take: seconds, memory, processes, output; and how much a tree of processes takes now."""

import os
import resource
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

MEBIBYTE = 1024 * 1024
# Libraries map far more address space than they touch; the watched tree total is the real limit.
ADDRESS_SPACE_SLACK = 1024 * MEBIBYTE
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Limits:
    """What a run may use. Seconds and bytes; memory, CPU and processes count all of a run's processes together."""

    start_seconds: float = 60
    cell_seconds: float = 300
    run_seconds: float = 1800
    cpu_seconds: float = 1800
    memory_bytes: int = 2048 * MEBIBYTE
    processes: int = 128
    file_bytes: int = 1024 * MEBIBYTE
    output_bytes: int = 16 * MEBIBYTE
    stream_bytes: int = 1 * MEBIBYTE
    network: bool = True

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for passing to another process."""
        return asdict(self)


def apply_limits(limits: Limits) -> None:
    """Set the kernel's own limits on this process and its children (each by itself; the guard counts them together)."""
    own = read_memory("self", field=0)
    _lower(resource.RLIMIT_AS, own + limits.memory_bytes + ADDRESS_SPACE_SLACK)
    _lower(resource.RLIMIT_CPU, int(limits.cpu_seconds) + 5)
    _lower(resource.RLIMIT_FSIZE, limits.file_bytes)
    _lower(resource.RLIMIT_CORE, 0)


def _lower(which: int, value: int) -> None:
    _, hard = resource.getrlimit(which)
    ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (ceiling, ceiling))


def read_memory(pid: int | str, field: int = 1) -> int:
    """Bytes of a process: `field` 0 is its address space, 1 its resident memory; 0 where the process is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[field]) * _PAGE
    except (OSError, IndexError, ValueError):
        return 0


def read_shared_memory(pid: int) -> int:
    """Proportional resident memory: pages shared with the preloaded parent are counted once among those who share them."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        return 0
    return read_memory(pid)


def read_cpu_seconds(pid: int) -> float:
    """User and system seconds of a process and of those children that it has waited for."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICKS


def find_descendants(pid: int) -> Iterator[int]:
    """The ids of all processes below one, parents first."""
    for child in _find_children(pid):
        yield child
        yield from find_descendants(child)


def _find_children(pid: int) -> list[int]:
    try:
        tasks = os.listdir(f"/proc/{pid}/task")
        found = [Path(f"/proc/{pid}/task/{task}/children").read_text().split() for task in tasks]
    except OSError:
        return []
    return [int(child) for children in found for child in children]
