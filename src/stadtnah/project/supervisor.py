"""The process that stays: it starts the cell and what stands beside it, starts them again when they die, and ends them.

It imports nothing of the product, so that it costs next to nothing (docs/architecture/memory.md). The cell tells it by
`Tell` what it cannot see: "up" (from now on it is started again when it dies) and "worker PID" (to be ended, too).
"""

from __future__ import annotations

import ctypes
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

Tell = Callable[[str], None]

_PR_SET_PDEATHSIG, _PR_SET_NAME, _PR_SET_CHILD_SUBREAPER = 1, 15, 36  # prctl(2)
_PAUSE = 1.0  # seconds before what died is started again
GRACE = 12.0  # seconds until what does not end is killed


@dataclass
class Part:
    """What runs in a process of its own until it is told to end; `run` returns the exit code."""

    name: str
    run: Callable[[], int]
    pid: int = 0
    not_before: float = 0.0


@dataclass
class _State:
    parts: list[Part]
    up: bool = False
    code: int | None = None  # set when the cell ended before it was up: so does everything
    workers: set[int] = field(default_factory=set)


def keep(cell: Callable[[Tell], int], beside: Sequence[Part] = ()) -> int:
    """Runs the cell until SIGTERM or SIGINT; returns the exit code. A cell that dies before it is up is not tried again."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)  # a worker whose web process died becomes our child
    listen, say = os.pipe()
    state = _State([Part("web", lambda: cell(lambda line: _say(say, line))), *beside])
    ending: list[float] = []

    def end(_signum: int, _frame: FrameType | None) -> None:
        if not ending:
            ending.append(time.monotonic())

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    while not ending and state.code is None:
        for part in state.parts:
            if not part.pid and time.monotonic() >= part.not_before:
                part.pid = fork(part.name, part.run)
        _hear(listen, state)
        _collect(state, ending)
    return _end(state, ending[0] if ending else time.monotonic())


def command(arguments: Sequence[str]) -> Callable[[], int]:
    """What `Part.run` does for a program of its own."""

    def replace() -> int:
        os.execv(arguments[0], list(arguments))  # noqa: S606 - our own program, no shell

    return replace


def fork(name: str, run: Callable[[], int]) -> int:
    """Starts it in a child that ends (SIGTERM) with this process; Ctrl+C is left to us, except for the web server."""
    parent = os.getpid()
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        end_with_parent(name)
        if os.getppid() == parent:  # else the parent died before prctl
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler if name == "web" else signal.SIG_IGN)
            code = run()
    except SystemExit as leave:
        code = leave.code if isinstance(leave.code, int) else 1
    except KeyboardInterrupt:
        code = 130
    except BaseException:  # noqa: BLE001 - whatever it is, the parent's work must not go on in the child
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def end_with_parent(name: str) -> None:
    """SIGTERM to this process when its parent dies; `name` is what ps and top show."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    _prctl(_PR_SET_NAME, name.encode())


def _prctl(option: int, value: int | bytes) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(option, value)


def _say(pipe: int, line: str) -> None:
    os.write(pipe, f"{line}\n".encode())


def _hear(pipe: int, state: _State) -> None:
    """Waits a moment for news of the cell. Lines are far shorter than what a pipe hands over whole (PIPE_BUF)."""
    if not select.select([pipe], [], [], 0.1)[0]:
        return
    for line in os.read(pipe, 4096).decode().splitlines():
        word, _, number = line.partition(" ")
        if word == "up":
            state.up = True
        elif word == "worker":
            state.workers.add(int(number))


def _collect(state: _State, ending: Sequence[float]) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        # Ctrl+C reaches the whole group, the children perhaps first: what ends then ends on purpose. Asked once the child is known to have ended.
        if not pid or ending:
            return
        state.workers.discard(pid)
        code = os.waitstatus_to_exitcode(status)
        for part in state.parts:
            if part.pid == pid:
                part.pid, part.not_before = 0, time.monotonic() + _PAUSE
                if part is state.parts[0] and not state.up:
                    state.code = code if code >= 0 else 1
                    return
                sys.stderr.write(f"stadtnah: {part.name} ended ({code}), starting it again\n")


def _end(state: _State, since: float) -> int:
    """Ends everything, and waits until it has ended."""
    mine = {part.pid for part in state.parts if part.pid} | state.workers
    _signal(mine, signal.SIGTERM)
    killed = False
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            break
        mine.discard(pid)
        if not pid:
            if killed and not mine:
                break  # somebody else's child, ours by inheritance
            time.sleep(0.05)
        if time.monotonic() - since > GRACE and not killed:
            _signal(mine, signal.SIGKILL)
            killed = True
    return state.code or 0


def _signal(pids: set[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue
