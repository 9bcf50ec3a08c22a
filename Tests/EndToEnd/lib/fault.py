"""Aims the death of a collector at one of its commits, or at one word it exchanges with a receiver of messages."""

import mmap
import pathlib
import shutil
import struct
import subprocess

from province import Wrong

# As in fault.c.
KINDS = ("commit", "connect", "send", "answer")
SIDES = ("before", "after")
HIT, COMMITS, TALK = 6, 7, 8


def library(folder):
    """Builds what is loaded into the collector; the compiler is one that builds the product, too."""
    compiler = shutil.which("clang") or shutil.which("cc")
    if compiler is None:
        raise Wrong("neither clang, which comes with Swift, nor cc is on PATH")
    built = pathlib.Path(folder, "fault.so")
    source = pathlib.Path(__file__).with_name("fault.c")
    subprocess.run([compiler, "-Wall", "-Werror", "-O1", "-shared", "-fPIC", "-o", built, source], check=True)
    return built


class Fault:
    """The plan that the case and the collector share; it outlives every collector."""

    def __init__(self, province, ports):
        path = province.folder / "fault"
        path.write_bytes(bytes(4096))
        with open(path, "r+b") as file:
            self.words = mmap.mmap(file.fileno(), 4096)
        for place, port in enumerate(ports):
            self._put(place, port)
        self.environment = {"FAULT_PLAN": str(path), "LD_PRELOAD": str(library(province.folder))}

    def _put(self, place, value):
        struct.pack_into("=I", self.words, 4 * place, value)

    def _get(self, place):
        return struct.unpack_from("=I", self.words, 4 * place)[0]

    def aim(self, point=None):
        """Counts anew, and kills at that point: (kind, receiver, number, side); None only counts."""
        kind, receiver, number, side = point or ("", 0, 0, "")
        self._put(2, 0)
        for place in range(HIT, TALK + 6):
            self._put(place, 0)
        for place, value in ((3, receiver), (4, number), (5, SIDES.index(side) + 1 if side else 0)):
            self._put(place, value)
        # Last: from here on it may be hit.
        self._put(2, KINDS.index(kind) + 1 if kind else 0)

    def disarm(self):
        """Kills no more; what was counted and whether it was hit stand."""
        self._put(2, 0)

    @property
    def is_hit(self):
        return bool(self._get(HIT))

    def counts(self):
        """How often what came since it was last aimed, by (kind, receiver)."""
        found = {("commit", 0): self._get(COMMITS)}
        for index, kind in enumerate(KINDS[1:]):
            found |= {(kind, receiver): self._get(TALK + 2 * index + receiver) for receiver in (0, 1)}
        return found


def points(counts):
    """Every point of a run that counted so many: before and after each commit and each word that is sent, after each
    answer, and before each connection."""
    sides = {"commit": SIDES, "connect": ("before",), "send": SIDES, "answer": ("after",)}
    return [
        (kind, receiver, number, side)
        for (kind, receiver), count in sorted(counts.items(), key=lambda item: KINDS.index(item[0][0]))
        for number in range(1, count + 1) for side in sides[kind]]
