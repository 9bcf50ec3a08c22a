"""The browser that cases look at pages with: Debian's Chromium, driven from a Python of its own that has the driver."""

import shutil

from own_python import OwnPython

_own = OwnPython("browser", "playwright==1.65.2", "axe-playwright-python==0.1.8")
FOLDER, PYTHON = _own.folder, _own.python
prepare, become_driver = _own.prepare, _own.become


def chromium():
    """Where it is; None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)
