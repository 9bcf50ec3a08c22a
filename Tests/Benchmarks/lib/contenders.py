"""Programs that do the same work, run in turns; what each cost, and how two of them compare."""

import dataclasses
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import tempfile
import time

LIMITS = pathlib.Path(__file__).parent.parent / "Limits"


@dataclasses.dataclass
class Run:
    """Seconds on the clock and of the processor, the most resident bytes, exit status and output."""

    wall: float
    processor: float
    resident: int
    status: int
    output: str


def once(command):
    """Runs a command to its end.

    Below GNU time, because a child's peak begins with that of whoever started it, and Python is larger than most.
    """
    with tempfile.TemporaryFile() as output, tempfile.NamedTemporaryFile("r") as peak:
        begun = time.monotonic()
        process = subprocess.Popen(["/usr/bin/time", "-q", "-f", "%M", "-o", peak.name, *command], stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        return Run(wall, usage.ru_utime + usage.ru_stime, int(peak.read()) * 1024, process.returncode,
                   output.read().decode(errors="replace"))


def processor(process):
    """Seconds of the processor that a running program used, with all its threads."""
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def most_resident(process):
    """The most bytes that a running program has had in memory."""
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)[1]) * 1024


def asked(server, command):
    """Runs a command that asks a server; status, output and clock are the command's, processor and memory the server's."""
    before = processor(server)
    run = once(command)
    return dataclasses.replace(run, processor=processor(server) - before, resident=most_resident(server))


def limit(name, folder, libraries=()):
    """Compiles Limits/NAME.c; the program. Without a C compiler of the system's the Swift toolchain's does."""
    compiler = shutil.which("cc") or shutil.which("clang")
    if compiler is None:
        raise SystemExit("no C compiler: neither cc nor the clang of the Swift toolchain is on the PATH")
    program = pathlib.Path(folder, f"limit-{name}")
    subprocess.run([compiler, "-O2", "-o", program, LIMITS / f"{name}.c", *libraries], check=True)
    return str(program)


def in_turns(contenders, rounds, sound):
    """Runs all of them, one after the other and again; their runs by name. `sound` says whether one did the work.

    A contender is a command, or what returns its run when it is called: a server that is asked.
    """
    runs = {name: [] for name in contenders}
    for turn in range(rounds):
        # Each comes first once, lest one always finds what another has warmed.
        names = list(contenders)
        names = names[turn % len(names):] + names[:turn % len(names)]
        for name in names:
            contender = contenders[name]
            run = contender() if callable(contender) else once(contender)
            if not sound(name, run):
                raise SystemExit(f"{name}: did not do the work, status {run.status}: {run.output[-400:]}")
            runs[name].append(run)
    return runs


def ratio(runs, one, other, figure):
    """The median of how many times more one took than the other in the same round."""
    return statistics.median(figure(a) / figure(b) for a, b in zip(runs[one], runs[other]))


def spread(values):
    """Least, median and most, with three digits."""
    return " / ".join(f"{value:.3g}" for value in (min(values), statistics.median(values), max(values)))
