"""What people type, and the lab's answer: one line in, one line of JSON out.

    {"ok": true, "text": …, "data": …}      {"ok": false, "error": …}
"""

import asyncio
import json
import signal

import codec
import network
import stories
from faults import (CarrierCut, Clock, Cut, Fault, Flap, Frozen, Hang, Lose, Misbehave, PowerOff, Refused, Reshape, Slow,
                    Stopped)
from relay import Shape

USAGE = {
    "status": "status",
    "list": "list [carriers | sites | stories]",
    "cut": "cut carrier-N [over SECONDS] | cut [site] SITE",
    "power-off": "power-off [site] SITE",
    "hang": "hang gateway-SITE | codec-SITE | pc-SITE [services]",
    "slow": "slow gateway-SITE | codec-SITE | pc-SITE SECONDS",
    "close": "close codec-SITE",
    "refuse": "refuse codec-SITE STATUS",
    "unregister": "unregister codec-SITE",
    "unplug": "unplug codec-SITE camera | microphone | display",
    "certificate": "certificate codec-SITE DAYS",
    "lose": "lose SITE | carrier-N | all PERCENT [burst SECONDS]",
    "delay": "delay SITE | carrier-N | all MILLISECONDS [jitter MILLISECONDS]",
    "flap": "flap SITE | carrier-N PERIOD-SECONDS [PERCENT-DOWN]",
    "kill": "kill agent | collector",
    "stop": "stop agent | collector",
    "freeze": "freeze agent | collector",
    "restart": "restart agent | collector",
    "clock": "clock agent | collector ±SECONDS",
    "heal": "heal [FAULT] TARGET | heal all",
    "story": "story NAME",
}
_PRODUCTS = ("agent", "collector")


class Control:
    def __init__(self, wiring, programs, faults, folder, later):
        self.wiring, self.programs, self.faults, self.folder, self.later = wiring, programs, faults, folder, later
        self.story = None

    async def serve(self, path):
        return await asyncio.start_unix_server(self._talk, path, limit=65536)

    async def _talk(self, reader, writer):
        try:
            line = await asyncio.wait_for(reader.readline(), 10)
            writer.write((json.dumps(self.answer(line.decode("utf-8", "replace")), ensure_ascii=False) + "\n").encode())
            await writer.drain()
        except (OSError, ValueError, asyncio.TimeoutError):
            pass  # Whoever asked has gone.
        finally:
            writer.close()

    def answer(self, line):
        try:
            text, data = self.obey(line.split())
            return {"ok": True, "text": text, "data": data}
        except Refused as refused:
            return {"ok": False, "error": str(refused)}
        except (OSError, RuntimeError) as error:
            return {"ok": False, "error": f"the lab could not do that: {error}"}

    def obey(self, words):
        """(text, data) of a command; raises Refused."""
        verb, *rest = words or ["status"]
        if verb not in USAGE:
            raise Refused(f"there is no command {verb}; there are: {', '.join(USAGE)}")
        if verb in ("status", "list", "heal", "restart", "story"):
            return getattr(self, f"_{verb}")(rest)
        fault = self.fault(verb, rest)
        self.faults.start(fault)
        count = len(fault.affected)
        return f"{fault.text}: on, {count} asset{'s' if count != 1 else ''} affected", {
            "fault": fault.text, "affected": fault.affected}

    def check(self, line):
        """Whether a command makes sense, without doing it; for stories."""
        verb, *rest = line.split()
        if verb == "heal":
            if rest != ["all"]:
                self._targets(rest)
        elif verb == "restart":
            self._product(verb, rest)
        else:
            self.fault(verb, rest)

    # Faults

    def fault(self, verb, words) -> Fault:
        """The fault that these words name; nothing is started yet."""
        if verb not in USAGE or verb in ("status", "list", "story", "heal", "restart"):
            raise Refused(f"{verb} is no fault")
        words = list(words)
        if words[:1] == ["site"]:
            words.pop(0)
        if not words:
            raise self._usage(verb)
        target, *rest = words
        if verb in ("kill", "stop"):
            return Stopped(verb, self._product(verb, words), self.programs)
        if verb == "freeze":
            return Frozen(self._product(verb, words), self.programs)
        if verb == "clock":
            if len(rest) != 1:
                raise self._usage(verb)
            if not self.programs.can_jump():
                raise Refused("clocks cannot jump here: libfaketime was not there when the lab began; "
                              "deploy/prerequisites lab installs it")
            return Clock(self._product(verb, words[:1]), self._number(rest[0], -1e9, 1e9, "seconds"), self.programs)
        if verb in ("hang", "slow"):
            return self._of_device(verb, target, rest)
        if verb in ("close", "refuse", "unregister", "unplug", "certificate"):
            return self._of_codec(verb, target, rest)
        return getattr(self, f"_of_{verb.replace('-', '_')}")(target, rest)

    def _of_device(self, verb, target, rest):
        device = self.wiring.device.get(target)
        if device is None or not device.site or device.kind == "line":
            raise Refused(f"{target} is no stand-in of a site: gateway-SITE, codec-SITE or pc-SITE")
        if verb == "hang" and rest in ([], ["services"]):
            return Hang(device, bool(rest))
        if verb == "slow" and len(rest) == 1:
            return Slow(device, self._number(rest[0], 0.001, 3600, "seconds"))
        raise self._usage(verb)

    def _of_codec(self, verb, target, rest):
        device = self.wiring.device.get(target)
        if device is None or device.kind != "codec":
            raise Refused(f"{target} is no stand-in of a codec: codec-SITE")
        if len(rest) != (0 if verb in ("close", "unregister") else 1):
            raise self._usage(verb)
        if verb == "close":
            return Misbehave(verb, device, rest, "closed", True)
        if verb == "unregister":
            return Misbehave(verb, device, rest, "unregistered", True)
        if verb == "unplug":
            if rest[0] not in codec.PARTS:
                raise Refused(f"{rest[0]} is none of: {', '.join(codec.PARTS)}")
            return Misbehave(verb, device, rest, "unplugged", rest)
        least, most, unit = (300, 699, "as a SIP status") if verb == "refuse" else (-1, 3650, "days")
        number = self._number(rest[0], least, most, unit)
        if number != int(number):
            raise Refused(f"{rest[0]} {unit}: whole numbers only")
        return Misbehave(verb, device, rest, "refuses" if verb == "refuse" else "certificate", int(number))

    def _of_cut(self, target, rest):
        if target.startswith("carrier-"):
            if rest and (len(rest) != 2 or rest[0] != "over"):
                raise self._usage("cut")
            return CarrierCut(self.wiring, self._carrier(target),
                              self._number(rest[1], 0, 600, "seconds") if rest else 0)
        if rest:
            raise self._usage("cut")
        return Cut(self._site(target))

    def _of_power_off(self, target, rest):
        if rest:
            raise self._usage("power-off")
        return PowerOff(self._site(target))

    def _of_lose(self, target, rest):
        if len(rest) not in (1, 3) or len(rest) == 3 and rest[1] != "burst":
            raise self._usage("lose")
        percent = self._number(rest[0], 0.0001, 100, "per cent")
        sites, groups = self._range(target)
        if len(rest) == 3:
            burst = self._number(rest[2], 0.01, 3600, "seconds")
            if percent > 99:
                raise Refused("bursts that lose more than 99 % are a cut")
            return Reshape("lose", target, rest, sites, Shape(loss=percent / 100, burst=burst))
        affected = [device.name for site in sites for device in site.devices]
        return Lose(target, groups, percent, affected)

    def _of_delay(self, target, rest):
        if len(rest) not in (1, 3) or len(rest) == 3 and rest[1] != "jitter":
            raise self._usage("delay")
        delay = self._number(rest[0], 0, 60000, "milliseconds") / 1000
        jitter = self._number(rest[2], 0, 60000, "milliseconds") / 1000 if len(rest) == 3 else 0.0
        return Reshape("delay", target, rest, self._range(target)[0], Shape(delay=delay, jitter=jitter))

    def _of_flap(self, target, rest):
        if not 1 <= len(rest) <= 2:
            raise self._usage("flap")
        period = self._number(rest[0], 0.2, 3600, "seconds")
        duty = self._number(rest[1], 1, 99, "per cent") if len(rest) == 2 else 50.0
        if target.startswith("carrier-"):
            cut = CarrierCut(self.wiring, self._carrier(target), 0)
            cut.lost = cut.all
        else:
            cut = Cut(self._site(target))
        return Flap(target, period, duty, cut.affected, cut.mark)

    # What words mean

    def _usage(self, verb):
        return Refused(f"usage: {USAGE[verb]}")

    def _number(self, word, least, most, unit):
        try:
            value = float(word)
        except ValueError:
            raise Refused(f"{word} is no number of {unit}") from None
        if not least <= value <= most:
            raise Refused(f"{word} {unit}: from {least:g} to {most:g}")
        return value

    def _product(self, verb, words):
        if len(words) != 1:
            raise self._usage(verb)
        if words[0] not in _PRODUCTS:
            raise Refused(f"{words[0]} is neither agent nor collector")
        return words[0]

    def _carrier(self, name):
        numbers = sorted({site.carrier for site in self.wiring.sites})
        if name not in {f"carrier-{number}" for number in numbers}:
            raise Refused(f"there is no {name}; there are: {', '.join(f'carrier-{number}' for number in numbers)}")
        return int(name.removeprefix("carrier-"))

    def _site(self, name):
        name = name.removeprefix("line-")
        if name not in self.wiring.site:
            near = [each for each in self.wiring.site if name and name in each][:5]
            hint = f"; did you mean {', '.join(near)}?" if near else "; `haidang lab list sites` names them"
            raise Refused(f"there is no site {name}{hint}")
        return self.wiring.site[name]

    def _range(self, target):
        """(sites, prefixes in groups) of a site, a carrier, or all."""
        if target == "all":
            numbers = sorted({site.carrier for site in self.wiring.sites})
            return self.wiring.sites, [self.wiring.carrier_prefixes(number) for number in numbers]
        if target.startswith("carrier-"):
            number = self._carrier(target)
            return self.wiring.of_carrier(number), [self.wiring.carrier_prefixes(number)]
        site = self._site(target)
        return [site], [site.prefixes]

    # What is no fault

    def _targets(self, words):
        words = [word for word in words if word != "site"]
        verb = words.pop(0) if words and words[0] in USAGE else None
        if len(words) != 1:
            raise self._usage("heal")
        target = words[0]
        if target not in self.wiring.device and target not in _PRODUCTS and target != "all":
            target = self._site(target).name
        return verb, target.removeprefix("line-")

    def _heal(self, words):
        if words in ([], ["all"]):
            if self.story:
                self.story.stop()
            chosen = list(self.faults.on)
        else:
            verb, target = self._targets(words)
            chosen = [fault for fault in self.faults.on
                      if fault.target == target and verb in (None, fault.verb)]
            if not chosen:
                on = ", ".join(fault.text for fault in self.faults.on) or "none"
                raise Refused(f"no fault {' '.join(words)} is on; those that are: {on}")
        names = [fault.text for fault in chosen]
        self.faults.heal(chosen)
        return f"healed: {', '.join(names) or 'nothing was on'}", {"healed": names}

    def _restart(self, words):
        name = self._product("restart", words)
        if not self.programs.is_running(name):
            raise Refused(f"{name} does not run; `heal {name}` starts what was stopped or killed")
        self.faults.note("restart", name)
        self.programs.signal_product(name, signal.SIGTERM)
        self.programs.start_again(name, self.later)
        return f"{name} restarts", {"restarted": name}

    def _story(self, words):
        if len(words) != 1:
            raise Refused(f"usage: story NAME; there are: {', '.join(stories.names())}")
        if self.story and self.story.is_running:
            raise Refused(f"the story {self.story.name} goes on until `heal all`")
        self.story = stories.Story(words[0], self)
        self.story.begin(self.later)
        return f"{self.story.text}\n\n{self.story.name} goes on for {self.story.length:g} s", {
            "story": self.story.name, "seconds": self.story.length, "expect": self.story.text}

    def _list(self, words):
        kind = words[0] if len(words) == 1 else ""
        if words and kind not in ("carriers", "sites", "stories"):
            raise self._usage("list")
        data = {}
        if kind in ("", "carriers"):
            data["carriers"] = [f"carrier-{number}" for number in sorted({site.carrier for site in self.wiring.sites})]
        if kind in ("", "stories"):
            data["stories"] = stories.names()
        if kind in ("", "sites"):
            data["sites"] = [{"site": site.name, "carrier": f"carrier-{site.carrier}"} for site in self.wiring.sites]
        lines = data.get("carriers", []) + [f"story {name}" for name in data.get("stories", [])]
        lines += [f"{each['site']}  {each['carrier']}" for each in data.get("sites", [])]
        return "\n".join(lines), data

    def _status(self, words):
        if words:
            raise self._usage("status")
        data = {
            "seed": self.wiring.seed, "sites": len(self.wiring.sites), "namespaces": network.count(),
            "memory": self.programs.memory(),
            "programs": {name: self.programs.is_running(name) for name in self.programs.running},
            "faults": [{"fault": fault.verb, "target": fault.target, "settings": fault.words, "since": fault.since,
                        "affected": fault.affected} for fault in self.faults.on],
            "story": self.story.name if self.story and self.story.is_running else None,
        }
        lines = [f"{data['sites']} sites in {data['namespaces']} namespaces, {data['memory'] / 2**20:.0f} MiB, "
                 f"seed {data['seed']}"]
        lines += [f"{name} does not run" for name, runs in data["programs"].items() if not runs]
        if data["story"]:
            lines.append(f"story {data['story']} goes on")
        lines += [f"{fault.text}: {len(fault.affected)} affected" for fault in self.faults.on] or ["no fault is on"]
        return "\n".join(lines), data
