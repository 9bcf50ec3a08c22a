"""A Python of its own, with packages of the Python package index, for a case; made once and kept below .build."""

import fcntl
import os
import pathlib
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]


class OwnPython:
    def __init__(self, name, *requirements):
        """`requirements`: each with its version."""
        self.folder = REPOSITORY / ".build" / name
        self.python = self.folder / "bin/python"
        self.requirements = list(requirements)

    def prepare(self):
        """Once, from the package index; two cases may come at the same time."""
        self.folder.parent.mkdir(exist_ok=True)
        with open(f"{self.folder}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            stamp = self.folder / "requirements"
            if self.python.exists() and stamp.exists() and stamp.read_text().split() == self.requirements:
                return
            subprocess.run([sys.executable, "-m", "venv", "--clear", self.folder], check=True)
            # Most of what they bring is never imported, so it is not compiled ahead.
            subprocess.run([self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile",
                            *self.requirements], check=True)
            stamp.write_text("\n".join(self.requirements))

    def become(self):
        """Goes on as this Python; to be called before a case enters its namespaces, which have no network."""
        if pathlib.Path(sys.prefix) != self.folder:
            self.prepare()
            os.execv(self.python, [str(self.python), *sys.argv])
