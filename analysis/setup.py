"""What set-up does once so that no run has to: compile the package, build matplotlib's font cache, install the kernel."""

import compileall
import sys
from pathlib import Path


def prepare() -> None:
    """Compile, warm and register; safe to repeat."""
    compileall.compile_dir(str(Path(__file__).parent), quiet=2)
    import matplotlib.font_manager  # noqa: F401 - importing it builds the cache
    from ipykernel.kernelspec import install

    # The kernel of this environment, under the name that the notebooks ask for, inside the environment only.
    install(prefix=sys.prefix, kernel_name="python3", display_name="Briefing (Python 3)")


if __name__ == "__main__":
    prepare()
