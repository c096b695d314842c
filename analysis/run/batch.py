"""Several editions together: one preloaded process for all, as many at a time as there are lanes."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from analysis.errors import BriefingError
from analysis.run.layout import open_layout
from analysis.run.limits import Limits
from analysis.run.listing import update_index
from analysis.run.notebooks import Listener
from analysis.run.request import Request
from analysis.run.runner import EditionResult, run_edition
from analysis.run.sandbox import Zygote, preloaded
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
                done = [_run(replace(request, index=False), listener, zygote) for request in first]
                alone = [replace(request, jobs=1, index=False) for request in rest]
                done += pool.map(lambda request: _run(request, listener, zygote), alone)
                _list_editions(requests, zygote)
                return done
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                zygote.stop()
                raise
    finally:
        zygote.close()


def _list_editions(requests: Sequence[Request], zygote: Zygote) -> None:
    """Once at the end: written after each edition, the list would cost the square of their number."""
    with preloaded(zygote) as jobs:
        for root in dict.fromkeys(request.root for request in requests):
            update_index(open_layout(root), jobs, Limits())


def _run(request: Request, listener: Listener, zygote: Zygote) -> EditionResult | BriefingError:
    try:
        return run_edition(request, listener, zygote)
    except BriefingError as error:
        return error
