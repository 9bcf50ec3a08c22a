"""The browser that cases look at pages with: Debian's Chromium, driven from a Python of its own that has the driver."""

import os
import pathlib
import shutil
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]
FOLDER = REPOSITORY / ".build/browser"
PYTHON = FOLDER / "bin/python"
_REQUIREMENTS = ["playwright==1.65.2", "axe-playwright-python==0.1.8"]


def prepare():
    """The driver; once, from the package index."""
    stamp = FOLDER / "requirements"
    if not PYTHON.exists() or not stamp.exists() or stamp.read_text().split() != _REQUIREMENTS:
        subprocess.run([sys.executable, "-m", "venv", "--clear", FOLDER], check=True)
        subprocess.run(
            [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *_REQUIREMENTS], check=True)
        stamp.write_text("\n".join(_REQUIREMENTS))


def become_driver():
    """Goes on as the Python that has the driver; to be called before a case enters its namespaces."""
    if pathlib.Path(sys.prefix) != FOLDER:
        prepare()
        os.execv(PYTHON, [str(PYTHON), *sys.argv])


def chromium():
    """Where it is; None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)
