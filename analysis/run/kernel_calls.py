"""The few calls to the operating system that Python 3.11 lacks; each does nothing where the system does not allow it."""

import ctypes
import fcntl
import os
import socket
import struct
import sys
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
SIGKILL = 9
CLONE_NEWNS = 0x00020000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
MS_PRIVATE_RECURSIVE = (1 << 18) | 0x4000
AT_FDCWD = -100
RENAME_EXCHANGE = 2
SIOCSIFFLAGS = 0x8914
IFF_UP_RUNNING = 0x1 | 0x40


def _load_libc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


_LIBC = _load_libc()


def _call(name: str, *arguments: object) -> bool:
    """Whether the call exists here and succeeded; `ctypes.get_errno()` tells why not."""
    function: Callable[..., int] | None = getattr(_LIBC, name, None)
    return function is not None and function(*arguments) == 0


def adopt_orphans() -> None:
    """Children of children that outlive their parents become ours."""
    _call("prctl", PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def die_with_parent() -> None:
    """SIGKILL this process when its parent ends. (Where the parent has ended already, the closed pipes tell.)"""
    _call("prctl", PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)


def isolate(network: bool) -> list[str]:
    """Put the next child into namespaces of its own: `process`, and `network` unless `network` is allowed.

    Returns those that were made. An ordinary user gets them by way of a user namespace, where the system permits.
    """
    wanted = CLONE_NEWPID if network else CLONE_NEWPID | CLONE_NEWNET
    if not _call("unshare", wanted):
        # Some systems give a user namespace and refuse what it takes to live there: a child tries first.
        if not _succeeds_in_child(lambda: _enter_user_namespace(wanted)):
            return []
        _enter_user_namespace(wanted)
    if not network:
        _raise_loopback()
    return ["process"] if network else ["process", "network"]


def mount_processes() -> None:
    """As the first process of a namespace: let /proc show that namespace, and only to it."""
    if (
        os.getpid() == 1
        and _call("unshare", CLONE_NEWNS)
        and _call("mount", b"none", b"/", None, MS_PRIVATE_RECURSIVE, None)
    ):
        _call("mount", b"proc", b"/proc", b"proc", 0, None)


def _enter_user_namespace(wanted: int) -> None:
    """Namespaces of an ordinary user, with the same ids inside as outside. Raises OSError."""
    user, group = os.getuid(), os.getgid()
    if not _call("unshare", wanted | CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "no user namespace")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def _succeeds_in_child(attempt: Callable[[], None]) -> bool:
    """Whether something can be done, tried where it changes nothing here."""
    child = os.fork()
    if child == 0:
        try:
            attempt()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def _raise_loopback() -> None:
    """A fresh network namespace has its loopback down; local helpers need it up."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            fcntl.ioctl(probe, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", IFF_UP_RUNNING))
        except OSError:
            return


def exchange_folders(first: Path, second: Path) -> bool:
    """Swap two folders in one step, so that neither name is ever missing; False where the system cannot."""
    return _call("renameat2", AT_FDCWD, os.fsencode(first), AT_FDCWD, os.fsencode(second), RENAME_EXCHANGE)
