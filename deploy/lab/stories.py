"""Stories: faults one after another, from files. A line `+SECONDS command` counts from the story's beginning; what
stands behind # tells the reader what to expect."""

import pathlib
import re
import sys

from faults import Refused

FOLDER = pathlib.Path(__file__).parent / "stories"


def names():
    return sorted(file.stem for file in FOLDER.glob("*.story"))


class Story:
    def __init__(self, name, control):
        """Reads and checks all of it; raises Refused with the line that is wrong."""
        if name not in names():
            raise Refused(f"there is no story {name}; there are: {', '.join(names())}")
        self.name, self.control = name, control
        self.steps, comment = [], []
        file = FOLDER / f"{name}.story"
        for number, line in enumerate(file.read_text().splitlines(), 1):
            text, _, said = line.partition("#")
            if not text.strip():
                if said:
                    comment.append(said.strip())
                continue
            found = re.fullmatch(r"\+(\d+(?:\.\d+)?)\s+(\S.*)", text.strip())
            if not found:
                raise Refused(f"{file.name}:{number}: not of the form +SECONDS command: {text.strip()}")
            try:
                control.check(found[2])
            except Refused as refused:
                raise Refused(f"{file.name}:{number}: {refused}") from None
            self.steps.append((float(found[1]), found[2]))
        if not self.steps:
            raise Refused(f"{file.name}: has no step")
        self.steps.sort(key=lambda step: step[0])
        self.text = "\n".join(comment)
        self.length = self.steps[-1][0]
        self.timers, self.left = [], len(self.steps)

    @property
    def is_running(self):
        return self.left > 0

    def begin(self, later):
        self.timers = [later(seconds, lambda c=command: self._step(c)) for seconds, command in self.steps]

    def stop(self):
        for timer in self.timers:
            timer.cancel()
        self.left = 0

    def _step(self, command):
        self.left -= 1
        answer = self.control.answer(command)
        print(f"{self.name}: {answer.get('text') or answer.get('error')}", file=sys.stderr, flush=True)
