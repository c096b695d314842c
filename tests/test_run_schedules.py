"""Schedules under a fake clock: summer time, missed periods, races, failures, deliveries."""

import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parent / "faults"))
from conftest import Root

from analysis.errors import UsageError
from analysis.run.errors import RunCancelledError, RunError
from analysis.run.ledger import Ledger
from analysis.run.runner import EditionResult
from analysis.run.schedule import Scheduler, run_forever
from analysis.run.schedules import load_schedules

DAILY = {"name": "daily", "cron": "30 3 * * *", "timezone": "Europe/Kyiv"}


def at(text):
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class World:
    """A root with schedules, a clock to turn, and a runner that notes what it was asked for."""

    def __init__(self, root, *schedules, now="2024-10-30T12:00"):
        (root / "schedules.yml").write_text(yaml.safe_dump(list(schedules)))
        self.root, self.now, self.asked, self.fails = root, at(now), [], False

    def runner(self, request):
        """Stands for `run_edition`."""
        self.asked.append(request.as_of)
        if self.fails:
            raise RunError("the notebook raised")
        folder = self.root / "reports" / request.as_of
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "10_a.pdf").write_bytes(b"%PDF-1.7")
        return EditionResult(request.as_of, folder, f"run-{len(self.asked)}")

    def scheduler(self):
        """The scheduler as a new process would have it."""
        return Scheduler(self.root, self.runner, lambda: self.now)

    def tick(self, now):
        """Call `due` at a moment; gives the days of the editions made."""
        self.now, before = at(now), len(self.asked)
        self.done = self.scheduler().run_due()
        return self.asked[before:]


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_both_summer_time_days_have_one_edition(tmp_path, day):
    """03:30 does not exist on the one and comes twice on the other."""
    world = World(tmp_path, {**DAILY, "parameters": {"as_of": "{{ day }}"}}, now=f"{day}T00:00")
    world.tick(f"{day[:8]}{int(day[8:]) - 1}T12:00")
    made = []
    for hour in range(6):
        for minute in (0, 29, 31, 59):
            made += world.tick(f"{day}T{hour:02}:{minute:02}")
    assert made == [day]


def test_hourly_periods_are_distinct_on_both_days():
    from analysis.run.schedules import Schedule

    hourly = Schedule(name="h", cron="0 * * * *", timezone="Europe/Kyiv")
    for day in ("2026-03-29", "2026-10-25"):
        periods = list(hourly.periods_between(at(f"{day}T00:00"), at(f"{day}T12:00")))
        moments = [hourly.moment_of(period) for period in periods]
        assert len(set(periods)) == len(periods)
        assert moments == sorted(moments)


def test_a_double_tick_is_harmless(tmp_path):
    world = World(tmp_path, DAILY)
    assert world.tick("2024-10-30T12:00") == ["2024-10-29"]
    assert world.tick("2024-10-30T12:00") == []
    assert world.tick("2024-10-31T12:00") == ["2024-10-30"]


@pytest.mark.parametrize(
    ("catch_up", "made"), [("none", []), ("last", ["2024-11-02"]), ("all", ["2024-10-31", "2024-11-01", "2024-11-02"])]
)
def test_three_missed_periods(tmp_path, catch_up, made):
    """Made good as the schedule says; what is not made is known as skipped."""
    world = World(tmp_path, {**DAILY, "catch_up": catch_up})
    world.tick("2024-10-31T01:40")
    assert world.tick("2024-11-03T12:00") == made
    states = [tick.state for tick in world.scheduler().ticks.of("daily")]
    assert states.count("skipped") == 3 - len(made)
    assert len(states) == 4


def test_a_clock_that_goes_back_repeats_nothing(tmp_path):
    world = World(tmp_path, DAILY)
    world.tick("2024-10-31T12:00")
    assert world.tick("2024-10-30T12:00") == []
    assert world.tick("2024-10-31T13:00") == []


def test_a_failure_is_retried_as_often_as_said_and_told_once(tmp_path):
    notices = tmp_path / "notices"
    world = World(tmp_path, {**DAILY, "retries": 2, "on_failure": [{"folder": str(notices)}]})
    world.fails = True
    for minute in range(6):
        world.tick(f"2024-10-30T12:0{minute}")
        if minute == 0:
            assert "the notebook raised" in (notices / "FAILED-daily.txt").read_text()
            (notices / "FAILED-daily.txt").unlink()
    assert world.asked == ["2024-10-29"] * 3
    assert list(notices.iterdir()) == []
    assert not world.scheduler().describe()[0]["ok"]
    world.fails = False
    world.tick("2024-10-31T12:00")
    assert world.scheduler().describe()[0]["ok"]
    world.fails = True
    world.tick("2024-11-01T12:00")
    assert (notices / "FAILED-daily.txt").exists()


def test_status_knows_what_is_overdue(tmp_path):
    world = World(tmp_path, DAILY)
    world.tick("2024-10-30T12:00")
    entry = world.scheduler().describe()[0]
    assert (entry["ok"], entry["next_due"], entry["last_good"]) == (True, "2024-10-31T03:30:00", "2024-10-30T03:30:00")
    world.now = at("2024-10-31T12:00")
    entry = world.scheduler().describe()[0]
    assert (entry["ok"], entry["state"], entry["overdue"]) == (False, "late", ["2024-10-31T03:30:00"])


def test_what_is_late_stands_in_the_ledger_until_it_is_run_or_skipped(tmp_path):
    """Listed with the runs; taken once by whoever comes, not twice, and not counted as an attempt."""
    from typer.testing import CliRunner

    from analysis.cli import app

    world = World(tmp_path, {**DAILY, "catch_up": "last"})
    world.tick("2024-10-30T12:00")
    world.now = at("2024-11-02T12:00")
    scheduler = world.scheduler()
    scheduler.note_late()
    scheduler.note_late()
    (late,) = scheduler.ticks.list_unrun()
    assert (late["run_id"], late["state"]) == ("daily@2024-11-02T03:30", "late")
    assert "2 earlier" in late["reason"]
    assert world.tick("2024-11-02T12:01") == ["2024-11-01"]
    assert world.tick("2024-11-02T12:02") == []
    assert [tick.attempts for tick in world.scheduler().ticks.of("daily")] == [1, 1, 1, 1]
    assert {run["state"] for run in world.scheduler().ticks.list_unrun()} == {"skipped"}
    assert world.scheduler().describe()[0]["ok"]
    listed = CliRunner().invoke(app, ["--root", str(tmp_path), "runs"]).output
    assert "  late  " in listed, "by the clock of today, much is late"
    assert "  skipped  " in listed


def test_backfill_of_several_at_a_time_makes_each_once(tmp_path):
    world = World(tmp_path, DAILY, now="2024-11-05T12:00")
    scheduler = world.scheduler()
    span = at("2024-10-20T00:00"), at("2024-11-01T00:00")
    done = list(scheduler.backfill(scheduler.schedules[0], *span, lanes=3))
    assert [each.state for each in done] == ["succeeded"] * 12
    assert sorted(world.asked) == [f"2024-10-{day}" for day in range(19, 31)]


def test_backfill_makes_what_is_missing_and_no_more(tmp_path):
    world = World(tmp_path, DAILY)
    world.tick("2024-10-30T12:00")
    world.now, world.asked = at("2024-11-05T12:00"), []
    scheduler = world.scheduler()
    span = at("2024-10-28T00:00"), at("2024-11-01T00:00")
    list(scheduler.backfill(scheduler.schedules[0], *span))
    assert world.asked == ["2024-10-27", "2024-10-28", "2024-10-30"]
    list(scheduler.backfill(scheduler.schedules[0], *span))
    assert len(world.asked) == 3


RACER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from analysis.run.runner import EditionResult
from analysis.run.schedule import Scheduler, run_forever
root = Path(sys.argv[1])
def runner(request):
    print(request.as_of, flush=True)
    return EditionResult(request.as_of, root, "r")
sys.stdin.readline()
Scheduler(root, runner, lambda: datetime(2024, 11, 10, 12, tzinfo=UTC)).run_due()
"""


def test_two_schedulers_racing_make_each_period_once(tmp_path):
    """Four processes start at once over ten missed periods."""
    world = World(tmp_path, {**DAILY, "catch_up": "all"})
    world.tick("2024-10-31T12:00")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    racers = [subprocess.Popen([sys.executable, "-c", RACER, str(tmp_path)], **pipes) for _ in range(4)]
    for racer in racers:
        racer.stdin.write("\n")
        racer.stdin.flush()
    made = [day for racer in racers for day in racer.communicate(timeout=60)[0].split()]
    assert sorted(made) == [f"2024-{month}-{day:02}" for month, day in [(10, 31), *((11, d) for d in range(1, 10))]]


def test_a_claim_of_a_process_that_is_gone_is_taken_over(tmp_path):
    world = World(tmp_path, DAILY)
    scheduler = world.scheduler()
    period = datetime(2024, 10, 30, 3, 30)
    scheduler.ticks.claim("daily", period)
    with scheduler.ticks.ledger.connect() as connection:
        connection.execute("UPDATE ticks SET owner = 'another-boot:1:1'")
    assert world.tick("2024-10-30T12:00") == ["2024-10-29"]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"cron": "every day"}, "cron"), ({"timezone": "Kyiv"}, "timezone"), ({"name": "../x"}, "name"),
        ({"catch_up": "some"}, "catch_up"), ({"parameters": {"as_of": "{{ now }}"}}, "now"), ({"colour": "red"}, "colour"),
        ({"deliver": [{"folder": "a", "webhook": "https://b"}]}, "deliver"), ({"deliver": [{"webhook": "ftp://b"}]}, "deliver"),
    ],
)  # fmt: skip
def test_a_wrong_schedule_is_one_clear_line(tmp_path, change, word):
    (tmp_path / "schedules.yml").write_text(yaml.safe_dump([{**DAILY, **change}]))
    with pytest.raises(UsageError) as raised:
        load_schedules(tmp_path)
    assert word in str(raised.value)
    assert "\n" not in str(raised.value)


class Hook(BaseHTTPRequestHandler):
    """A webhook's receiver that answers with the status it is told."""

    status, received = 200, []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Hook.received.append((dict(self.headers), body))
        self.send_response(Hook.status)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def hook():
    """A local web server; gives its address."""
    server = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Hook.status, Hook.received = 200, []
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_an_edition_is_handed_to_folder_and_webhook_once(tmp_path, hook, monkeypatch):
    """A target that fails is tried again, the others are not."""
    monkeypatch.setenv("HOOK_SECRET", "s3cret")
    folder = tmp_path / "out"
    world = World(
        tmp_path, {**DAILY, "deliver": [{"folder": str(folder)}, {"webhook": hook, "secret_variable": "HOOK_SECRET"}]}
    )
    Hook.status = 500
    world.tick("2024-10-30T12:00")
    assert (folder / "2024-10-29" / "10_a.pdf").read_bytes() == b"%PDF-1.7"
    assert [done.state for done in world.done] == ["succeeded", "undelivered"]
    assert not world.scheduler().describe()[0]["ok"]
    Hook.status = 200
    (folder / "2024-10-29" / "10_a.pdf").write_bytes(b"ours now")
    world.tick("2024-10-30T12:01")
    world.tick("2024-10-30T12:02")
    assert len(Hook.received) == 2
    assert (folder / "2024-10-29" / "10_a.pdf").read_bytes() == b"ours now"
    headers, body = Hook.received[-1]
    assert json.loads(body)["edition"] == "2024-10-29"
    import hashlib
    import hmac

    assert headers["X-Briefing-Signature"] == "sha256=" + hmac.new(b"s3cret", body, hashlib.sha256).hexdigest()


def test_an_edition_is_mailed_with_its_pdf(tmp_path):
    """Against a mail server that speaks just enough of the protocol."""
    import socketserver

    letters = []

    class Server(socketserver.StreamRequestHandler):
        def handle(self):
            self.wfile.write(b"220 test\r\n")
            while line := self.rfile.readline():
                word = line.split()[0].upper()
                if word == b"DATA":
                    self.wfile.write(b"354 go\r\n")
                    letter = b""
                    while not letter.endswith(b"\r\n.\r\n"):
                        letter += self.rfile.readline()
                    letters.append(letter)
                self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        mail = {
            "host": "127.0.0.1", "port": server.server_address[1], "security": "none",
            "sender": "desk@example.org", "to": ["reader@example.org"],
        }  # fmt: skip
        world = World(tmp_path, {**DAILY, "deliver": [{"email": mail}]})
        world.tick("2024-10-30T12:00")
        server.shutdown()
    import email

    letter = email.message_from_bytes(letters[0])
    assert letter["Subject"] == "Briefing 2024-10-29"
    parts = {part.get_content_type(): part.get_payload(decode=True) for part in letter.walk()}
    assert parts["application/pdf"] == b"%PDF-1.7"


def verify(folder, units):
    """What systemd has against these files, where it is installed."""
    for name, content in units.items():
        (folder / name).write_text(content)
    command = ["systemd-analyze", "verify", *(str(folder / name) for name in units)]
    return subprocess.run(command, capture_output=True, text=True).stderr


def test_units_call_due_and_survive_a_machine_that_was_off(tmp_path):
    from analysis.run.units import make_units

    units = make_units(tmp_path / "my briefings")
    service, timer = units["briefing-my-briefings.service"], units["briefing-my-briefings.timer"]
    lines = dict(line.split("=", 1) for line in service.splitlines() if "=" in line)
    assert lines["WorkingDirectory"] == f"{tmp_path}/my briefings"
    words = [word.replace("\\x20", " ") for word in lines["ExecStart"].split()]
    assert words[-3:] == ["--root", f"{tmp_path}/my briefings", "due"]
    assert Path(words[0]).is_file()
    assert shutil.which("systemd-analyze") is None or verify(tmp_path, units) == ""
    assert "Persistent=true" in timer


@pytest.mark.parametrize("cron", ["* * * * *", "*/20 * * * *", "30 3 * * *"])
@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_the_last_periods_are_the_end_of_all_periods(cron, day):
    """Looked for from their end, as only the last of a year of minutes is wanted; on both summer-time days too."""
    from analysis.run.schedules import Schedule

    schedule = Schedule(name="s", cron=cron, timezone="Europe/Kyiv")
    span = at(f"{day}T00:00"), at(f"{day}T05:00")
    every = list(schedule.periods_between(*span))
    assert len(every) >= 1
    assert [schedule.last_periods(*span, most) for most in (1, 7, 1000)] == [every[-most:] for most in (1, 7, 1000)]


def test_a_new_schedule_of_every_minute_begins_with_this_minute(tmp_path):
    world = World(tmp_path, {"name": "often", "cron": "* * * * *", "parameters": {"as_of": "{{ day }}"}})
    assert world.tick("2026-11-22T22:58") == ["2026-11-22"]
    assert [f"{tick.period:%Y-%m-%dT%H:%M}" for tick in world.scheduler().ticks.of("often")] == ["2026-11-22T22:58"]


def test_whoever_stops_a_run_stops_the_rest_and_hears_of_no_failure(tmp_path):
    """What was not done is due again."""
    notices = tmp_path / "notices"
    two = [{**DAILY, "name": name, "on_failure": [{"folder": str(notices)}]} for name in ("one", "two")]
    world = World(tmp_path, *two)
    usual, world.stopped = world.runner, True

    def runner(request):
        if world.stopped:
            raise RunCancelledError("stopped by SIGTERM")
        return usual(request)

    world.runner = runner
    with pytest.raises(RunCancelledError):
        world.tick("2024-10-30T12:00")
    scheduler = world.scheduler()
    assert [[tick.state for tick in scheduler.ticks.of(name)] for name in ("one", "two")] == [["cancelled"], []]
    assert not notices.exists()
    world.stopped = False
    assert world.tick("2024-10-30T12:01") == ["2024-10-29", "2024-10-29"]


def test_the_loop_outlives_a_file_that_somebody_is_editing(tmp_path):
    """And reads it again when it is well."""
    (tmp_path / "schedules.yml").write_text("- {name: half")
    heard, slept = [], []

    def sleep(seconds):
        slept.append(seconds)
        (tmp_path / "schedules.yml").write_text("[]\n")
        if len(slept) == 2:
            raise RunCancelledError("stopped")

    with pytest.raises(RunCancelledError):
        run_forever(tmp_path, lambda done: None, heard.append, sleep)
    assert len(heard) == 1
    assert "schedules.yml" in str(heard[0])


@pytest.mark.slow
def test_a_scheduler_in_the_foreground_ends_when_it_is_asked_to(tmp_path):
    """SIGTERM in the middle of a run, as a container's engine sends it: status 143, nothing published, no second run."""
    root = Root(tmp_path / "root")
    root.notebook("import time; time.sleep(60)")
    names = ("one", "two")
    entries = [{"name": n, "cron": "* * * * *", "parameters": {"as_of": "2024-10-01"}} for n in names]
    (root.folder / "schedules.yml").write_text(yaml.safe_dump(entries))
    process = root.start("schedule", "run")
    events = root.folder / ".briefing" / "runs"
    try:
        while not any('"cell"' in path.read_text() for path in events.glob("*/events.jsonl")):
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=30)
    finally:
        root.close()
    assert (process.returncode, output) == (143, "")
    assert "stopped by SIGTERM" in errors
    root.await_no_process()
    assert [run["state"] for run in Ledger(root.folder / ".briefing").runs()] == ["cancelled"]
    assert not (root.folder / "reports" / "2024-10-01").exists()


def test_a_backfill_of_several_at_a_time_stops_what_is_under_way(tmp_path):
    """Asked to stop while it waits for them, it does not wait until they are done."""
    world, released = World(tmp_path, DAILY, now="2024-11-05T12:00"), threading.Event()

    def runner(request):
        world.asked.append(request.as_of)
        assert released.wait(20), "nobody stopped it"
        raise RunCancelledError("stopped")

    def interrupt(*_):
        raise RunCancelledError("stopped by a signal")

    world.runner = runner
    scheduler = world.scheduler()
    span = at("2024-10-20T00:00"), at("2024-11-01T00:00")
    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(RunCancelledError):
            list(scheduler.backfill(scheduler.schedules[0], *span, lanes=2, stop=released.set))
    finally:
        signal.signal(signal.SIGALRM, before)
    assert len(world.asked) == 2
