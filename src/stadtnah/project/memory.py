"""What keeps a cell's process tree small (docs/architecture/memory.md): the allocator's habits, and what children share."""

from __future__ import annotations

import ctypes
import gc
import threading

# glibc's mallopt(3). Each thread would get a heap of its own, and freed memory would be kept for later.
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_KEPT_BYTES = 128 * 1024
_PAUSE = 20.0  # seconds between two returns of unused memory


def tune() -> None:
    """Few heaps, and free memory goes back to the system. Before the first thread; does nothing without glibc."""
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "mallopt"):
        return
    libc.mallopt(_M_ARENA_MAX, 1)
    libc.mallopt(_M_TRIM_THRESHOLD, _KEPT_BYTES)
    libc.mallopt(_M_MMAP_THRESHOLD, _KEPT_BYTES)


def freeze() -> None:
    """Right before forking: what is there stays shared, as the collector never walks through it again."""
    gc.collect()
    libc = ctypes.CDLL(None)
    if hasattr(libc, "malloc_trim"):
        libc.malloc_trim(0)
    gc.freeze()


def give_back(stop: threading.Event | None = None) -> None:
    """Returns unused memory from time to time: a page edited once must not cost for ever. Runs in a thread of its own."""
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "malloc_trim"):
        return
    ended = stop or threading.Event()
    while not ended.wait(_PAUSE):
        libc.malloc_trim(0)
