"""The command of the wheel is the command."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from conftest import ROOT

PROGRAM = Path(sys.executable).with_name("dateline")


def test_exit_statuses(command, tmp_path):
    assert command("read", ROOT / "examples/ghana-border.html").returncode == 0
    assert command("read", tmp_path / "gone.html").returncode == 1
    assert command("read", tmp_path / "gone.html", ROOT / "examples/ghana-border.html").returncode == 3
    assert command("read").returncode == 2
    assert command("--help").returncode == 0


def test_standard_input_and_python_m(command):
    told = command("read", "-", text="Thousands marched in Lima.")
    assert b"PROTEST" in told.stdout
    told = subprocess.run([sys.executable, "-m", "dateline", "doctor"], capture_output=True, check=False)
    assert told.returncode == 0, told.stdout
    assert b"ok     weights" in told.stdout


def test_a_closed_pipe_ends_it_well():
    files = [str(ROOT / "examples/three-weeks.jsonl")] * 3
    process = subprocess.Popen(
        [PROGRAM, "read", "--format", "ndjson", *files], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(60) == 0
    assert b"Traceback" not in process.stderr.read()


def test_an_interrupt_ends_it_by_its_signal():
    process = subprocess.Popen([PROGRAM, "read", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    assert process.wait(5) == -signal.SIGINT
    assert b"Traceback" not in process.stderr.read()
