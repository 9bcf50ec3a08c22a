"""What can go wrong, how it is made, and the log of what went wrong when.

Each fault that is on says what it does to the province; the sum of all is compared with what is in force, and only
the difference is changed. So faults overlap and heal in any order.
"""

import dataclasses
import ipaddress
import json
import random
import signal
import time

import network
from relay import Shape


class Refused(Exception):
    """What was asked cannot be done; the text says why."""


@dataclasses.dataclass
class Effects:
    """What all faults that are on do together."""

    cut: set = dataclasses.field(default_factory=set)  # sites whose line is down: the carrier says unreachable
    gone: set = dataclasses.field(default_factory=set)  # prefixes beyond a carrier's cut: nobody says anything
    loss: list = dataclasses.field(default_factory=list)  # (prefixes, share)
    dark: set = dataclasses.field(default_factory=set)  # sites without power
    silent: set = dataclasses.field(default_factory=set)  # devices that answer nothing
    manners: dict = dataclasses.field(default_factory=dict)  # device → what its stand-in does otherwise than it should
    shapes: dict = dataclasses.field(default_factory=dict)  # site → Shape

    def manner(self, device):
        return self.manners.setdefault(device, {})


class Fault:
    """One fault that is on. `change` is told whenever it comes to do something else."""

    def __init__(self, verb, target, words, affected):
        self.verb, self.target, self.words, self.affected = verb, target, words, affected
        self.since = time.time_ns()

    @property
    def text(self):
        return " ".join([self.verb, self.target, *self.words])

    def mark(self, effects):
        pass

    def begin(self, later, change):
        pass

    def end(self):
        pass


class Cut(Fault):
    def __init__(self, site):
        super().__init__("cut", site.name, [], [device.name for device in site.devices])
        self.site = site

    def mark(self, effects):
        effects.cut.add(self.site)


class CarrierCut(Fault):
    """Its sites go one after another over some seconds, in a random order, as when routes are withdrawn."""

    def __init__(self, wiring, number, seconds):
        sites = wiring.of_carrier(number)
        super().__init__(
            "cut", f"carrier-{number}", ["over", f"{seconds:g}"] if seconds else [],
            [f"carrier-{number}"] + [device.name for site in sites for device in site.devices])
        self.seconds = seconds
        self.members = [(site.name, site.prefixes) for site in sites]
        self.members.append((self.target, [f"10.255.{number}.2/32"]))
        random.shuffle(self.members)
        self.all = wiring.carrier_prefixes(number)
        self.lost = []
        self.timers = []

    def begin(self, later, change):
        if not self.seconds:
            self.lost = self.all
            return
        step = self.seconds / (len(self.members) - 1)
        for index, (name, prefixes) in enumerate(self.members):
            self.timers.append(later(index * step, lambda n=name, p=prefixes: self._lose(n, p, change)))

    def _lose(self, name, prefixes, change):
        self.lost = self.lost + prefixes
        change(self, name)

    def mark(self, effects):
        effects.gone.update(self.lost)

    def end(self):
        for timer in self.timers:
            timer.cancel()


class PowerOff(Fault):
    def __init__(self, site):
        super().__init__("power-off", site.name, [], [device.name for device in site.devices])
        self.site = site

    def mark(self, effects):
        effects.dark.add(self.site)


class Hang(Fault):
    def __init__(self, device, is_services):
        super().__init__("hang", device.name, ["services"] if is_services else [], [device.name])
        self.device, self.is_services = device, is_services

    def mark(self, effects):
        if self.is_services:
            effects.manner(self.device)["hangs"] = True
        else:
            effects.silent.add(self.device)


class Slow(Fault):
    def __init__(self, device, seconds):
        super().__init__("slow", device.name, [f"{seconds:g}"], [device.name])
        self.device, self.seconds = device, seconds

    def mark(self, effects):
        manner = effects.manner(self.device)
        manner["delay"] = manner.get("delay", 0) + self.seconds


class Misbehave(Fault):
    """A codec takes no calls, refuses them, has lost its registration, a cable or the time of its certificate."""

    def __init__(self, verb, device, words, key, value):
        super().__init__(verb, device.name, words, [device.name])
        self.device, self.key, self.value = device, key, value

    def mark(self, effects):
        effects.manner(self.device)[self.key] = self.value


class Lose(Fault):
    def __init__(self, target, groups, percent, affected):
        super().__init__("lose", target, [f"{percent:g}"], affected)
        self.groups, self.share = groups, percent / 100

    def mark(self, effects):
        effects.loss += [(prefixes, self.share) for prefixes in self.groups]


class Reshape(Fault):
    """Delay, jitter, loss in bursts: by the relay."""

    def __init__(self, verb, target, words, sites, shape):
        super().__init__(verb, target, words, [device.name for site in sites for device in site.devices])
        self.sites, self.shape = sites, shape

    def mark(self, effects):
        for site in self.sites:
            effects.shapes[site] = effects.shapes.get(site, Shape()).combined(self.shape)


class Flap(Fault):
    def __init__(self, target, period, duty, affected, mark):
        super().__init__("flap", target, [f"{period:g}", f"{duty:g}"], affected)
        self.period, self.duty, self.marked = period, duty / 100, mark
        self.is_down = True
        self.timer = None

    def begin(self, later, change):
        def turn():
            self.is_down = not self.is_down
            change(self, "down" if self.is_down else "up")
            wait()

        def wait():
            share = self.duty if self.is_down else 1 - self.duty
            self.timer = later(self.period * share, turn)

        wait()

    def mark(self, effects):
        if self.is_down:
            self.marked(effects)

    def end(self):
        self.timer.cancel()


class Stopped(Fault):
    """The agent or the collector, stopped or killed; healing starts it again."""

    def __init__(self, verb, name, programs):
        super().__init__(verb, name, [], [name])
        self.programs = programs

    def begin(self, later, change):
        if not self.programs.is_running(self.target):
            raise Refused(f"{self.target} does not run")
        self.later = later
        self.programs.signal_product(self.target, signal.SIGKILL if self.verb == "kill" else signal.SIGTERM)

    def end(self):
        self.programs.start_again(self.target, self.later)


class Frozen(Fault):
    """SIGSTOP: the process is there and does nothing."""

    def __init__(self, name, programs):
        super().__init__("freeze", name, [], [name])
        self.programs = programs

    def begin(self, later, change):
        if not self.programs.is_running(self.target):
            raise Refused(f"{self.target} does not run")
        self.programs.signal_product(self.target, signal.SIGSTOP)

    def end(self):
        if self.programs.is_running(self.target):
            self.programs.signal_product(self.target, signal.SIGCONT)


class Clock(Fault):
    def __init__(self, name, seconds, programs):
        super().__init__("clock", name, [f"{seconds:+g}"], [name])
        self.seconds, self.programs = seconds, programs

    def begin(self, later, change):
        self.programs.set_clock(self.target, self.seconds)

    def end(self):
        self.programs.set_clock(self.target, 0)


class Faults:
    """Those that are on. `later(seconds, function)` gives something with `cancel()`."""

    def __init__(self, wiring, devices, relays, log, later):
        self.wiring, self.devices, self.relays = wiring, devices, relays
        self.log, self.later = log, later
        self.on = []
        self.now = Effects()
        self.rules = {}

    def start(self, fault):
        for other in self.on:
            if (other.verb, other.target) == (fault.verb, fault.target):
                raise Refused(f"{other.text} is on already; heal it first")
        fault.since = time.time_ns()
        fault.begin(self.later, self._changed)
        self.on.append(fault)
        try:
            self._apply()
        except (OSError, RuntimeError):
            self.on.remove(fault)
            fault.end()
            self._apply()
            raise
        self._write("start", fault, fault.since)

    def heal(self, chosen):
        at = time.time_ns()
        for fault in chosen:
            self.on.remove(fault)
            fault.end()
        self._apply()
        for fault in chosen:
            self._write("heal", fault, at)

    def note(self, action, target):
        """What is over as soon as it is done, such as a restart."""
        self._line({"time": time.time_ns(), "action": action, "fault": action, "target": target, "affected": [target]})

    def _changed(self, fault, what):
        at = time.time_ns()
        self._apply()
        self._write("step", fault, at, step=what)

    def _write(self, action, fault, at, **more):
        self._line({
            "time": at, "done": time.time_ns(), "action": action, "fault": fault.verb, "target": fault.target,
            "settings": fault.words, "affected": fault.affected} | more)

    def _line(self, entry):
        with open(self.log, "a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def _apply(self):
        wanted = Effects()
        for fault in self.on:
            fault.mark(wanted)
        for namespace, rules in self._rulesets(wanted).items():
            if self.rules.get(namespace, "") != rules:
                network.nft("table inet lab\ndelete table inet lab\n" + rules, namespace)
                self.rules[namespace] = rules
        shapes = {site: shape for site, shape in wanted.shapes.items() if site not in wanted.cut}
        network.cut(wanted.cut - self.now.cut)
        network.join(self.now.cut - wanted.cut)
        if shapes != self.now.shapes:
            self.relays.shape(shapes)
        wanted.shapes = shapes
        for device in wanted.manners.keys() | self.now.manners.keys():
            manner = wanted.manners.get(device, {})
            if manner != self.now.manners.get(device, {}):
                self.devices.behave(device.name, manner)
        self.now = wanted

    def _rulesets(self, wanted):
        """namespace → its rules; also for those that have rules now and shall have none."""
        rules = dict.fromkeys(self.rules, "")
        if wanted.gone or wanted.loss:
            lines = []
            if wanted.gone:
                # nft refuses ranges that overlap.
                whole = ipaddress.collapse_addresses(map(ipaddress.ip_network, wanted.gone))
                gone = ", ".join(map(str, whole))
                lines += [f"ip daddr {{ {gone} }} drop", f"ip saddr {{ {gone} }} drop"]
            lines += [
                f"ip daddr {{ {', '.join(prefixes)} }} numgen random mod 1000000 < {round(share * 1e6)} drop"
                for prefixes, share in wanted.loss]
            rules["backbone"] = _table("prerouting", lines)
        for site in wanted.dark:
            rules[site.gateway_namespace] = _table("prerouting", ["drop"]) + _table("output", ["drop"])
        silent = {}
        for device in wanted.silent:
            silent.setdefault(device.namespace, []).append(device)
        for namespace, devices in silent.items():
            if any(site.gateway_namespace == namespace for site in wanted.dark):
                continue
            addresses = sorted(address for device in devices for address in self._own(device))
            rules[namespace] = _table("input", [f"ip daddr {{ {', '.join(addresses)} }} drop"])
        return rules

    def _own(self, device):
        """A gateway hangs with all its addresses, though it still forwards."""
        site = self.wiring.site[device.site]
        return [f"{site.line}.2", f"{site.lan}.1"] if device.kind == "router" else [device.address]


def _table(hook, lines):
    body = "\n    ".join(lines)
    return (f"table inet lab {{\n  chain {hook} {{\n    type filter hook {hook} priority -300; policy accept;\n"
            f"    {body}\n  }}\n}}\n")
