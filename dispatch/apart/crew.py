"""Those who work: processes of this machine, or the workers of a cluster."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import active_children, get_context, parent_process
from threading import Thread
from typing import Any, Final

from tariffs.vocabulary.errors import InputError, UsageError, Words

LOCAL: Final = "local"
MOST_PROCESSES: Final = 61
"""Windows waits for no more."""
FOUND_WITHIN_S: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """An executor, and how many chunks may be under way in it at once."""

    executor: Executor
    width: int


@contextmanager
def processes(jobs: int) -> Iterator[Crew]:
    """So many processes, each started anew; whoever leaves in haste leaves none behind."""
    jobs = max(1, min(jobs, MOST_PROCESSES))
    before = set(active_children())
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_become_worker)
    try:
        yield Crew(executor=pool, width=2 * jobs + 1)
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(active_children()) - before:
            child.kill()
        raise
    pool.shutdown()


@contextmanager
def cluster(address: str) -> Iterator[Crew]:
    """The workers of a dask cluster, by the address of its scheduler; `local` starts one on this machine.

    Raises  UsageError if the extra is not installed; InputError if nobody answers
    """
    distributed = _distributed()
    if address == LOCAL:
        with (
            distributed.LocalCluster(
                n_workers=os.cpu_count() or 1, threads_per_worker=1, processes=True, dashboard_address=":0"
            ) as started,
            distributed.Client(started) as client,
        ):
            yield _crew(client)
        return
    try:
        client = distributed.Client(address, timeout=FOUND_WITHIN_S)
    except (OSError, TimeoutError, ValueError, TypeError) as problem:
        told = str(problem) or type(problem).__name__
        raise InputError(
            Words(f"连不上集群 {address}", f"the cluster {address} does not answer"),
            found=Words(told, told),
            do=Words(
                "核对调度器地址，例如 tcp://10.0.0.1:8786，或用 --cluster local",
                "check the scheduler's address, for example tcp://10.0.0.1:8786, or use --cluster local",
            ),
        ) from None
    with client:
        yield _crew(client)


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        raise UsageError(
            Words("--cluster 需要 dask", "--cluster needs dask"),
            found=Words("没有安装 distributed", "distributed is not installed"),
            do=Words("pip install 'huchu[dask]'，或改用 --jobs", "pip install 'huchu[dask]', or use --jobs"),
        ) from None
    return distributed


def _crew(client: Any) -> Crew:
    workers = sum(client.nthreads().values())
    return Crew(executor=client.get_executor(pure=False), width=2 * max(workers, 1) + 1)


def _become_worker() -> None:
    """A process that leaves an interrupt to its parent, and ends when the parent is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    # a parent that was killed closes no queue: without this its workers would wait for work for ever
    parent.join()
    os._exit(1)
