"""The two papermill engines: a fresh kernel for each run, and a fresh fork of a preloaded process for each run."""

from papermill.engines import NBClientEngine


class KernelEngine(NBClientEngine):
    """A notebook in a kernel of its own."""


class ForkEngine(NBClientEngine):
    """A notebook in a fresh fork of a process that has pandas and pyplot loaded."""
