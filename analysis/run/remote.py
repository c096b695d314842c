"""Call a function in a guarded fork and get its plain result: work on untrusted or heavy things, off the runner's own process."""

import json
import socket
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

from analysis.errors import BriefingError
from analysis.files import describe_refusal
from analysis.run.errors import RunError, SandboxError
from analysis.run.explain import explain_end
from analysis.run.limits import Limits
from analysis.run.sandbox import Jobs, Sandbox


class RemoteError(RunError):
    """Raised when the function raised; `exit_status` is that of its error, `trace` its traceback."""

    trace = ""


def serve(channel: int, call: str, arguments: dict[str, Any]) -> None:
    """The inside: call `module:function(**arguments)` and send what it returns or raises."""
    with socket.socket(fileno=channel) as wire:
        wire.sendall(json.dumps(_answer(call, arguments)).encode() + b"\n")


def _answer(call: str, arguments: dict[str, Any]) -> dict[str, Any]:
    module, _, name = call.partition(":")
    try:
        return {"result": getattr(import_module(module), name)(**arguments)}
    except BriefingError as error:
        return {"error": str(error), "status": error.exit_status, "trace": ""}
    except OSError as error:
        return {"error": describe_refusal(error, Path.cwd()), "status": 1, "trace": traceback.format_exc()}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}", "status": 1, "trace": traceback.format_exc()}


def call_guarded(
    jobs: Jobs, call: str, arguments: dict[str, Any], limits: Limits, folder: Path, environment: dict[str, str]
) -> Any:
    """Call `module:function(**arguments)` in a fork; arguments and result are plain values.

    Raises RemoteError for what the function raised, SandboxError or RunTimeoutError for how its process ended.
    """
    inside = {"call": call, "arguments": arguments}
    with jobs.start("analysis.run.remote:serve", limits, folder, environment, inside) as sandbox:
        result = read_answer(sandbox, limits)
        sandbox.await_end()
        return result


def read_answer(sandbox: Sandbox, limits: Limits) -> Any:
    """Wait for the one answer of a guarded call."""
    try:
        answer = sandbox.receive(limits.run_seconds + 5)
    except SandboxError as error:
        raise explain_end(sandbox.wait(), limits) from error
    if "result" in answer:
        return answer["result"]
    failure = RemoteError(answer["error"])
    failure.exit_status, failure.trace = answer["status"], answer["trace"]
    raise failure
