"""Points the library of the end-to-end cases at the programs as they are shipped, which `.ci/release` builds."""

import os
import pathlib
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]
os.environ.setdefault("HAIDANG_PROGRAMS", str(REPOSITORY / ".build/release"))
os.environ.setdefault("HAIDANG_AGENT", str(REPOSITORY / ".build/agent/release/haidang-agent"))
sys.path.insert(0, str(REPOSITORY / "Tests/EndToEnd/lib"))
