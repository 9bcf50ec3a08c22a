"""What a running program costs, read from /proc with all its children: memory, libraries, processor time, wake-ups."""

import collections
import contextlib
import os
import pathlib
import subprocess
import tempfile

TICK = os.sysconf("SC_CLK_TCK")


class Footprint:
    """A process and all below it. A child that ends counts with its parent's time, as the kernel has it."""

    def __init__(self, process):
        self.process = process

    def processes(self):
        below = collections.defaultdict(list)
        for entry in pathlib.Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                    below[int(_stat(entry)[1])].append(entry)
        found, waiting = [], [pathlib.Path("/proc", str(self.process))]
        while waiting:
            found.append(waiting.pop())
            waiting += below[int(found[-1].name)]
        return found

    def spent(self):
        """Seconds of processor time, and voluntary context switches, since the start."""
        ticks = switches = 0
        for process in self.processes():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                # utime, stime, cutime, cstime
                ticks += sum(map(int, _stat(process)[11:15]))
                for thread in (process / "task").iterdir():
                    switches += int(_fields(thread / "status")["voluntary_ctxt_switches"])
        return ticks / TICK, switches

    def memory(self):
        """Private and resident bytes now; threads."""
        private = resident = threads = 0
        for process in self.processes():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                fields = _fields(process / "status")
                private += int(fields["RssAnon"].split()[0]) * 1024
                resident += int(fields["VmRSS"].split()[0]) * 1024
                threads += int(fields["Threads"])
        return private, resident, threads

    def libraries(self):
        """The shared libraries that are mapped, the loader with them."""
        found = set()
        for process in self.processes():
            for line in (process / "maps").read_text().splitlines():
                path = line.split(maxsplit=5)[5:]
                if path and ".so" in path[0].rsplit("/", 1)[-1]:
                    found.add(path[0])
        return sorted(found)


def stripped_size(program):
    """Bytes of a stripped copy of a program."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder, "stripped")
        subprocess.run(["strip", "-o", copy, pathlib.Path(program).resolve()], check=True)
        return copy.stat().st_size


def _stat(process):
    """The fields of /proc/PID/stat behind the name, which may hold anything."""
    return (process / "stat").read_text().rpartition(")")[2].split()


def _fields(path):
    return dict(line.split(":\t", 1) for line in path.read_text().splitlines() if ":\t" in line)
