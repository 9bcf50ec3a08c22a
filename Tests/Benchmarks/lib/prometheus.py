"""Prometheus, blackbox_exporter and Alertmanager as Debian ships them, in the centre of the lab: they ask what our agent asks."""

import collections
import json
import os
import pathlib
import shutil

from outages import Seen
from province import Wrong, until

SHIPPED = pathlib.Path("/etc/prometheus")


def program(name):
    found = shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin")
    if found is None:
        raise Wrong(f"{name} is missing: deploy/prerequisites bench installs it")
    return found


class Prometheus:
    """One set of the three, with its times.

    `every` is the interval of scrapes and of evaluation. The blackbox modules are those of Debian's blackbox.yml, and
    the alerts are grouped as in its alertmanager.yml. The rule is the one that everybody starts from.
    """

    follows_links = False

    def __init__(self, lab, name, every, lasting, group_wait, group_interval):
        self.lab, self.name = lab, name
        self.province = lab.province
        self.webhook = lab.webhook()
        self.short = f"prometheus-{every}"
        self.folder = self.province.folder / self.short
        (self.folder / "data").mkdir(parents=True)
        self.prometheus, self.alertmanager, self.blackbox = (self.province.port() for _ in range(3))
        # An alert fires until the second scrape after its end at most; told of later than that, nobody hears of it.
        # Its recovery comes with the group's next message.
        timeout, self.late, self.last = ("1s", 3, 15) if every == "1s" else ("10s", 35, 335)
        self._write("prometheus.yml", f"""\
global: {{scrape_interval: {every}, scrape_timeout: {timeout}, evaluation_interval: {every}}}
rule_files: [rules.yml]
alerting: {{alertmanagers: [{{static_configs: [{{targets: ["127.0.0.1:{self.alertmanager}"]}}]}}]}}
scrape_configs:
""" + self._job("icmp", {name: each["address"] for name, each in lab.truth["assets"].items() if name != "portal"})
                    + self._job("http_2xx", {name: f"http://{each['address']}/" for name, each in
                                             lab.truth["assets"].items() if each["class"] in ("codec", "service")}))
        self._write("rules.yml", f"""\
groups: [{{name: blackbox, rules: [{{alert: ProbeFailed, expr: probe_success == 0, for: {lasting}}}]}}]
""")
        self._write("alertmanager.yml", f"""\
route:
  receiver: duty
  group_by: [alertname, cluster, service]
  group_wait: {group_wait}
  group_interval: {group_interval}
  repeat_interval: 3h
receivers: [{{name: duty, webhook_configs: [{{url: "{self.webhook.url}"}}]}}]
""")
        self.processes = [
            self._start("blackbox", "prometheus-blackbox-exporter", f"--config.file={SHIPPED / 'blackbox.yml'}",
                        f"--web.listen-address=127.0.0.1:{self.blackbox}"),
            self._start("alertmanager", "prometheus-alertmanager", f"--config.file={self.folder}/alertmanager.yml",
                        f"--storage.path={self.folder}/alerts", "--cluster.listen-address=",
                        f"--web.listen-address=127.0.0.1:{self.alertmanager}"),
            self._start("prometheus", "prometheus", f"--config.file={self.folder}/prometheus.yml",
                        f"--storage.tsdb.path={self.folder}/data",
                        f"--web.listen-address=127.0.0.1:{self.prometheus}")]
        self.targets = sum(each["class"] in ("codec", "service") for each in lab.truth["assets"].values()) + len(
            lab.truth["assets"]) - 1
        self.firing = None

    def _write(self, name, text):
        (self.folder / name).write_text(text)

    def _job(self, module, targets):
        groups = "".join(f"  - {{targets: ['{target}'], labels: {{asset: {name}}}}}\n" for name, target in targets.items())
        return f"""\
- job_name: {module}
  metrics_path: /probe
  params: {{module: [{module}]}}
  static_configs:
{groups}  relabel_configs:
  - {{source_labels: [__address__], target_label: __param_target}}
  - {{source_labels: [__param_target], target_label: instance}}
  - {{target_label: __address__, replacement: "127.0.0.1:{self.blackbox}"}}
"""

    def _start(self, part, name, *arguments):
        # In a session, and so in a share of the processor, of its own, as the product's programs are.
        enter = ["setsid", "nsenter", "--target", self.lab.first, "--mount", "--net", "sh", "-c",
                 'exec nsenter --net=/run/netns/centre "$@"', "sh"]
        return self.province.spawn(f"{self.short}-{part}", [*enter, program(name), *arguments, "--log.level=warn"])

    def _ask(self, query):
        said, status = self.lab.inside(
            "curl", "-sf", "-m", 50, "--data-urlencode", f"query={query}",
            f"http://127.0.0.1:{self.prometheus}/api/v1/query")
        if status:
            raise Wrong(f"{self.name} does not answer: {said}")
        return json.loads(said)["data"]["result"]

    def await_all_up(self):
        def are_up():
            try:
                found = self._ask("sum(probe_success)")
            except Wrong:
                return False
            return found and int(found[0]["value"][1]) == self.targets
        until(f"{self.name} sees all {self.targets} targets up", are_up, 120, 1)

    def processor_seconds(self):
        total = 0
        for process in self.processes:
            figures = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
            total += int(figures[11]) + int(figures[12])
        return total / os.sysconf("SC_CLK_TCK")

    # What it made of the faults

    def collect(self):
        """When alerts fired, by asset: their board. And what each message says anew."""
        self.firing = collections.defaultdict(list)
        for series in self._ask('ALERTS{alertstate="firing"}[3h]'):
            self.firing[series["metric"]["asset"]] += [float(at) for at, _ in series["values"]]
        self.listen(self.webhook.messages())
        # With KEEP=1, for whoever wants to count otherwise.
        (self.folder / "messages.json").write_text(json.dumps(self.webhook.messages()))
        (self.folder / "firing.json").write_text(json.dumps(self.firing))

    def listen(self, messages):
        self.said, known = [], set()
        for at, body in messages:
            news = {"firing": set(), "resolved": set()}
            for alert in body["alerts"]:
                mark = alert["labels"]["asset"], alert["labels"]["job"], alert["startsAt"], alert["status"]
                if mark not in known:
                    known.add(mark)
                    news[alert["status"]].add(alert["labels"]["asset"])
            self.said.append((at, news))

    def unasked(self):
        """The share of scrapes that came to nothing: no answer of the target, but none of blackbox_exporter."""
        return 1 - float(self._ask("avg(avg_over_time(up[3h]))")[0]["value"][1])

    def seen(self, fault):
        seen = Seen()
        # What hung behind a cut fires since the cut, and goes on.
        begun = fault.behind.began if fault.behind else fault.began
        fired = [at for asset in fault.affected for at in self.firing.get(asset, ()) if begun <= at <= fault.healed]
        seen.board = max(0, min(fired) - fault.since) if fired else None
        problems = [(at, news["firing"]) for at, news in self.said
                    if begun <= at <= fault.healed + self.late and fault.affected & news["firing"]]
        if problems:
            seen.message = max(0, problems[0][0] - fault.since)
            seen.problems, seen.listed = len(problems), len(problems[0][1])
            seen.recoveries = sum(begun <= at <= fault.healed + self.last and bool(fault.affected & news["resolved"])
                                  for at, news in self.said)
        return seen

    def unfounded(self, faults):
        return [(round(at - faults[0].began), sorted(assets)[:5]) for at, news in self.said
                if (assets := {asset for asset in news["firing"]
                               if faults[0].began <= at and not any(fault.is_on(at) and asset in fault.affected
                                                                    for fault in faults)})]
