"""Several editions together: one preloaded process for all, as many at a time as there are lanes."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from analysis.errors import BriefingError
from analysis.run.notebooks import Listener
from analysis.run.request import Request
from analysis.run.runner import EditionResult, run_edition
from analysis.run.sandbox import Zygote
from analysis.run.signals import cancellable


def run_batch(
    requests: Sequence[Request], lanes: int, listener: Listener = lambda event: None
) -> list[EditionResult | BriefingError]:
    """Make editions; each has its result or its error, in the order asked for. One that fails does not stop the others."""
    zygote = Zygote()
    # The first one brings the store up to date; the others then find it so.
    first, rest = requests[:1], requests[1:]
    try:
        with ThreadPoolExecutor(max(1, lanes)) as pool, cancellable():
            try:
                done = [_run(request, listener, zygote) for request in first]
                return done + list(pool.map(lambda request: _run(replace(request, jobs=1), listener, zygote), rest))
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                zygote.stop()
                raise
    finally:
        zygote.close()


def _run(request: Request, listener: Listener, zygote: Zygote) -> EditionResult | BriefingError:
    try:
        return run_edition(request, listener, zygote)
    except BriefingError as error:
        return error
