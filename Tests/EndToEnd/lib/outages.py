"""Faults of every kind in the lab, at random places and most of them at the same time; and what was said of each.

Shared by the case `outages`, which judges the product, and the benchmark `outages-beside`, which judges others as well.
"""

import collections
import itertools
import math
import statistics
import time

from province import Wrong, until

# How long after the one before a fault begins: within the same second, or a little later.
APART = (0, 1, 3, 12, 30, 30)
SHORT = 10  # to be on the record, and in no message
CALM = 620  # between two cuts of one carrier: three in ten minutes would be a carrier that comes and goes
CARRIER, BEHIND, FLAPS, BRIEF, LOSSY = (
    "carrier cut over 3 s", "device hung behind it", "line flaps", "line cut for 10 s", "line loses 30 %")


class Fault:
    """What it is, when and for how long it is to be on, and once it was: when it really was."""

    def __init__(self, kind, at, held):
        self.kind, self.at, self.held = kind, at, held
        self.words, self.roots, self.affected = [], set(), set()
        self.is_declared = True
        # A wrong link hangs them on that: while it fails they are held, and nobody can know better.
        self.misled = {}
        self.behind = None
        self.began = self.healed = None

    @property
    def end(self):
        return self.at + self.held

    def place(self, lab, site):
        make = {
            "line cut": lambda: (["cut", site], [f"line-{site}"]),
            BRIEF: lambda: (["cut", site], [f"line-{site}"]),
            "power off": lambda: (["power-off", site], [f"line-{site}", f"gateway-{site}"]),
            FLAPS: lambda: (["flap", site, "16", "50"], [f"line-{site}"]),
            LOSSY: lambda: (["lose", site, "30"], [f"line-{site}"]),
            "device hung": lambda: (["hang", f"codec-{site}"], [f"codec-{site}"]),
            BEHIND: lambda: (["hang", f"codec-{site}"], [f"codec-{site}"]),
            "services hung": lambda: (["hang", f"codec-{site}", "services"], [f"codec-{site}"]),
            "service slow, 12 s": lambda: (["slow", f"codec-{site}", "12"], [f"codec-{site}"]),
        }
        self.words, roots = make[self.kind]()
        self.roots = set(roots)
        self.affected = set(lab.truth["sites"][site]["assets"]) if roots[0].startswith("line-") else set(roots)
        # What hangs on something of its own is its own root; a site's assets have to be declared behind its line.
        below = self.affected - {roots[0]}
        self.is_declared = all(lab.truth["assets"][asset]["link"] == "right" for asset in below)
        self.misled = {asset: above(lab, asset) for asset in self.affected
                       if lab.truth["assets"][asset]["link"] == "wrong"}
        self.is_declared = self.is_declared and not self.misled

    def place_carrier(self, lab, name):
        self.words, self.roots = ["cut", name, "over", "3"], {name}
        self.affected = {name} | {asset for each in lab.truth["sites"].values() if each["carrier"] == name
                                  for asset in each["assets"]}

    @property
    def since(self):
        """From when it could be known: what is behind a cut cannot be told from it."""
        return self.behind.healed if self.behind else self.began

    @property
    def told_by(self):
        """Until when a message is about it. What comes and goes is told for what it is, be it good just then: when its
        patience of 30 s is over, it still is that."""
        return self.healed + (35 if self.kind == FLAPS else 5)

    def hidden_by(self, faults):
        """What failed meanwhile, that all of it is wrongly declared to depend on, until less than a patience was left: 30 s,
        and up to 15 s for an answer that is newer than the other's recovery."""
        if self.misled.keys() != self.affected:
            return None
        return next((other for other in faults if other is not self and other.began < self.healed < other.healed + 45
                     and all(other.affected & wrong for wrong in self.misled.values())), None)

    def is_on(self, at, after=60):
        return self.began <= at <= self.healed + after


def above(lab, asset):
    """All that it is declared to depend on, be that so or not."""
    found, links = set(), lab.truth["assets"]
    while (asset := links[asset].get("declared")) and asset not in found and asset in links:
        found.add(asset)
    return found


def plan(lab, chance, rounds, held, without=()):
    """`rounds` of each kind, each at a place where nothing else is going on meanwhile; one carrier is never cut."""
    kinds = [kind for kind in ("line cut", "power off", "device hung", "services hung", "service slow, 12 s",
                               FLAPS, LOSSY, BRIEF) if kind not in without]
    at, faults, used, cut = 0, [], collections.Counter(), {}
    for number in range(rounds):
        carrier = f"carrier-{number % 3 + 1}"
        # The rounds follow each other within so long that each carrier has its calm.
        at = max(at, cut.get(f"carrier-{(number - 1) % 3 + 1}", -CALM) + CALM // 3)
        for kind in [CARRIER] + chance.sample(kinds, len(kinds)):
            at += chance.choice(APART)
            length = {BRIEF: SHORT, LOSSY: held + 325}.get(kind, held)
            faults.append(Fault(kind, at, length))
            if kind == CARRIER:
                faults[-1].place_carrier(lab, carrier)
                cut[carrier] = at
                hung = Fault(BEHIND, at + 10, 2 * held - 10)
                hung.behind = faults[-1]
                faults.append(hung)
    busy = []
    cuts = [fault for fault in faults if fault.kind == CARRIER]
    for fault in [fault for fault in faults if fault.kind != CARRIER]:
        near = lambda other: other.at < fault.end + 30 and fault.at < other.end + 30
        taken = {site for site, other in busy if near(other)}
        gone = {asset for cut in cuts if near(cut) and cut is not fault.behind for asset in cut.roots}
        free = [site for site, each in lab.truth["sites"].items() if site not in taken and each["carrier"] not in gone
                and (fault.behind is None or each["carrier"] in fault.behind.roots)]
        if not free:
            raise Wrong(f"no place is left for {fault.kind} after {fault.at} s")
        least = min(used[site] for site in free)
        site = chance.choice([site for site in free if used[site] == least])
        used[site] += 1
        busy.append((site, fault))
        fault.place(lab, site)
    return faults


def play(lab, faults):
    """Makes and heals them when it is time."""
    began = time.time()
    steps = [(fault.at, True, fault) for fault in faults] + [(fault.end, False, fault) for fault in faults]
    for at, is_begin, fault in sorted(steps, key=lambda step: step[0]):
        time.sleep(max(0, began + at - time.time()))
        if is_begin:
            fault.began = time.time()
            lab.do(*fault.words)
        else:
            lab.do("heal", *fault.words[:2])
            fault.healed = time.time()


def overlapping(faults):
    """Pairs that were on at the same time."""
    return sum(one.began < other.healed and other.began < one.healed for one, other in itertools.combinations(faults, 2))


def incidents(lab):
    """The open ones of the lab's own assets: the machine that it runs on may have troubles of its own."""
    return [each for each in lab.province.api("incidents") if set(each["affected"]) <= lab.truth["assets"].keys()]


def all_over(lab):
    """What flapped is told once it was steady for five minutes."""
    try:
        until("every incident is over", lambda: not incidents(lab), 400, 1)
    except Wrong as wrong:
        raise Wrong(f"{wrong}: " + "; ".join(
            f"{each['id']} {each['root']} {each['cause']}: "
            + ", ".join(f"{alert['asset']}/{alert['check']} {alert['state']} {alert.get('hold')} {alert['reason']}"
                        for alert in each["alerts"]) for each in incidents(lab))) from None
    time.sleep(2)


class Seen:
    """What somebody who watches made of a fault."""

    def __init__(self):
        self.board = self.message = None
        self.problems = self.recoveries = 0
        # Whether the first message names it as the root; how many assets that message lists.
        self.is_root = False
        self.listed = 0


class Product:
    """The product as the board and a webhook show it."""

    name = "Hải Đăng"
    # Whether it holds what is declared behind a failure.
    follows_links = True

    def __init__(self, lab, webhook):
        self.lab, self.webhook = lab, webhook

    def seen(self, fault):
        seen = Seen()
        marks = ",".join("?" * len(fault.affected))
        # What hung behind a cut was on the board with the cut already.
        opened = self.lab.province.collected(
            f"SELECT min(opened) / 1e6 FROM alert JOIN asset ON asset.id = asset_id WHERE asset.name IN ({marks}) "
            "AND opened BETWEEN ? AND ?", *sorted(fault.affected), int(fault.began * 1e6),
            int(fault.healed * 1e6))[0][0]
        seen.board = None if opened is None else max(0, opened - fault.since)
        came = self.webhook.messages()
        problems = [(at, body) for at, body in came if body["kind"] == "problem"
                    and fault.since <= at <= fault.told_by and fault.affected & set(body["affected"])]
        if not problems:
            return seen
        seen.message = problems[0][0] - fault.since
        mine = {body["incident"] for _, body in problems}
        seen.problems = len(mine)
        seen.recoveries = len({body["incident"] for _, body in came if body["kind"] == "recovery"} & mine)
        seen.is_root = problems[0][1]["asset"] in fault.roots
        seen.listed = len(problems[0][1]["affected"])
        # What failed for as long as that may not be in no message at all.
        if not fault.roots & {asset for _, body in problems for asset in body["affected"]}:
            seen.message = None
        return seen

    def unfounded(self, faults):
        """Messages about what nobody had broken."""
        return [(body["asset"], body["cause"], sorted(body["affected"])[:5])
                for at, body in self.webhook.messages(kind="problem")
                if faults[0].began <= at and body["asset"] in self.lab.truth["assets"]
                and not any(fault.is_on(at) and fault.affected & set(body["affected"]) for fault in faults)]


def spread(seconds):
    """Median and p99, by the nearest rank."""
    if not seconds:
        return "-"
    ordered = sorted(seconds)
    return f"{statistics.median(ordered):.1f} {ordered[math.ceil(0.99 * len(ordered)) - 1]:.1f} s"


def show(watcher, faults):
    """Prints the table of one who watches; gives back what was missed."""
    rows, missed, hidden = collections.defaultdict(list), [], []
    for fault in sorted(faults, key=lambda fault: fault.kind):
        seen = watcher.seen(fault)
        rows[fault.kind].append((fault, seen))
        if fault.kind != BRIEF and seen.message is None:
            text = f"{' '.join(fault.words)} at {fault.at} s is in no message"
            cause = fault.hidden_by(faults) if watcher.follows_links and seen.board is not None else None
            if cause:
                hidden.append(f"{text}: it is wrongly declared behind what {' '.join(cause.words[:2])} took")
            else:
                missed.append(text)
    print(f"\n{watcher.name}\n{'':22}{'faults':>7} {'→ board (median, p99)':>22} {'→ message (median, p99)':>24} "
          f"{'told':>5} {'problems':>9} {'recoveries':>11} {'listed':>7} {'root':>6} {'where declared':>15}")
    both = [pair for kind, row in rows.items() if kind != BRIEF for pair in row]
    for kind, row in [*rows.items(), ("all but the last", both)]:
        told = [seen for _, seen in row if seen.message is not None]
        declared = [seen.is_root for fault, seen in row if fault.is_declared]
        print(f"{kind:22}{len(row):7} {spread([seen.board for _, seen in row if seen.board is not None]):>22} "
              f"{spread([seen.message for seen in told]):>24} {len(told):5} {sum(seen.problems for _, seen in row):9} "
              f"{sum(seen.recoveries for _, seen in row):11} "
              f"{statistics.median([seen.listed for seen in told] or [0]):7.0f} "
              f"{sum(seen.is_root for _, seen in row):6} {f'{sum(declared)}/{len(declared)}':>15}")
    for each in watcher.unfounded(faults):
        missed.append(f"nobody had broken {each}")
    print("\n".join(hidden + missed) if hidden or missed else "nothing was missed, and nothing said that was not so")
    return missed
