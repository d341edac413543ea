"""A PostgreSQL server of the test's own: a fresh cluster in a folder of its own, reached over a Unix socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = ("initdb", "pg_ctl")
UNPRIVILEGED = ("postgres", "nobody")
SUPERUSER = "outlay"


class Absent(Exception):
    """Why there is no server here, as a reason to skip."""


@contextmanager
def server() -> Iterator[Path]:
    """The folder of its socket. Absent where PostgreSQL is not installed, or nobody but root could run it."""
    missing = [name for name in PROGRAMS if not shutil.which(name)]
    if missing:
        raise Absent(f"PostgreSQL's {missing[0]} is not on the path")
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="outlay-pg-"))
    try:
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        data = folder / "data"
        _run(owner, folder, "initdb", "-D", data, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c TimeZone=UTC"
        _run(owner, folder, "pg_ctl", "-D", data, "-l", folder / "log", "-o", settings, "-w", "start")
        try:
            yield folder
        finally:
            _run(owner, folder, "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> pwd.struct_passwd | None:
    """Whom to run as, None for the present user: the server refuses root."""
    if os.geteuid():
        return None
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Absent("PostgreSQL refuses to run as root and there is no other user here")


def _run(owner: pwd.struct_passwd | None, folder: Path, *command: str | Path) -> None:
    done = subprocess.run(
        list(command),
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        extra_groups=[] if owner else None,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr}")
