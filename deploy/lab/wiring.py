"""What is connected to what: the wiring as it is, and what somebody once wrote down about it.

The names of units and sites are Bình Dương's, from deploy/examples. Addresses are private and exist in the lab only:

    centre 10.255.0.2 ── 10.255.0.1 backbone 10.255.C.1 ── 10.255.C.2 carrier-C
    carrier-C 10.10C.N.1 ── 10.10C.N.2 gateway-SITE 10.2C.N.1 ── 10.2C.N.10 codec-SITE, 10.2C.N.20 pc-SITE
"""

import dataclasses
import pathlib
import random
import re

EXAMPLE = pathlib.Path(__file__).resolve().parents[1] / "examples/binhduong/province.yaml"
CARRIERS = 4
UNDECLARED, WRONG = 0.20, 0.05
COMMUNITY = "public"
CODEC_LOGIN, CODEC_PASSWORD = "admin", "lab-codec"
# The names under which the collector keeps what devices are asked with, and what they are.
SECRETS = {"lab-codecs": CODEC_PASSWORD, "lab-devices": COMMUNITY}
# Calls go by TLS, so that there are certificates to watch.
_CODECS = """
apiVersion: haidang/v1
kind: Rule
name: lab-codecs
match: {classes: [codec]}
checks:
  sip: {transport: tls}
  codec: {expect: "registration, camera, microphone, display"}
""".strip()


@dataclasses.dataclass(frozen=True)
class Device:
    """Something with an address: what it is called, where it stands, what it really depends on."""

    name: str
    kind: str  # the class of the asset
    address: str
    namespace: str
    parent: str
    site: str = ""
    unit: str = ""


@dataclasses.dataclass(frozen=True)
class Site:
    number: int
    name: str
    unit: str
    carrier: int

    @property
    def gateway_namespace(self):
        return f"gateway-{self.name}"

    @property
    def lan_namespace(self):
        return f"lan-{self.name}"

    @property
    def interface(self):
        """The carrier's end of the line."""
        return f"site{self.number}"

    @property
    def line(self):
        return f"10.{100 + self.carrier}.{self.number}"

    @property
    def lan(self):
        return f"10.{20 + self.carrier}.{self.number}"

    @property
    def mac(self):
        """Of the gateway's end, so that the relay knows it without asking."""
        return f"02:00:00:{self.carrier:02x}:{self.number:02x}:02"

    @property
    def prefixes(self):
        return [f"{self.line}.2/32", f"{self.lan}.0/24"]

    @property
    def devices(self):
        common = {"site": self.name, "unit": self.unit}
        return [
            Device(f"line-{self.name}", "line", f"{self.line}.2", self.gateway_namespace, f"carrier-{self.carrier}",
                   **common),
            Device(f"gateway-{self.name}", "router", f"{self.lan}.1", self.gateway_namespace, f"line-{self.name}",
                   **common),
            Device(f"codec-{self.name}", "codec", f"{self.lan}.10", self.lan_namespace, f"gateway-{self.name}",
                   **common),
            Device(f"pc-{self.name}", "server", f"{self.lan}.20", self.lan_namespace, f"gateway-{self.name}",
                   **common),
        ]


class Wiring:
    def __init__(self, seed, limit=None):
        self.seed = seed
        self.documents, found = _example()
        self.sites = [
            Site(number, name, unit, (number - 1) % CARRIERS + 1)
            for number, (name, unit) in enumerate(found[:limit], 1)]
        self.site = {site.name: site for site in self.sites}
        self.core = [
            Device("backbone", "router", "10.255.0.1", "backbone", ""),
            Device("portal", "service", "10.0.0.10", "centre", ""),
        ] + [
            Device(f"carrier-{number}", "line", f"10.255.{number}.2", f"carrier-{number}", "backbone")
            for number in range(1, CARRIERS + 1)]
        self.devices = self.core + [device for site in self.sites for device in site.devices]
        self.device = {device.name: device for device in self.devices}
        self.declared = self._declare(random.Random(seed))

    def of_carrier(self, number):
        return [site for site in self.sites if site.carrier == number]

    def carrier_prefixes(self, number):
        return [f"10.255.{number}.2/32", f"10.{20 + number}.0.0/16", f"10.{100 + number}.0.0/16"]

    def _declare(self, chance):
        """name → (what was written down, whether that is right, undeclared or wrong). A wrong link leads to a thing of
        the same kind elsewhere, as when a line was moved to another carrier and nobody said so."""
        linked = [device for device in self.devices if device.parent]
        of_sites = [device for device in linked if device.site]
        chosen = chance.sample(of_sites, round(len(of_sites) * (UNDECLARED + WRONG)))
        wrong = set(chosen[:round(len(of_sites) * WRONG)])
        undeclared = set(chosen) - wrong
        declared = {}
        for device in linked:
            if device in undeclared:
                declared[device.name] = ("", "undeclared")
            elif device in wrong:
                kind = self.device[device.parent].kind
                others = [
                    each.name for each in self.devices
                    if each.kind == kind and each.name != device.parent and each.site != device.site
                    and each.name != "backbone" and bool(each.site) == bool(self.device[device.parent].site)]
                declared[device.name] = (chance.choice(others), "wrong")
            else:
                declared[device.name] = (device.parent, "right")
        return declared

    def yaml(self, is_bare):
        """What `haidang apply -f` takes; bare, nothing is asked that conferences need beyond ICMP and pages."""
        documents = self.documents + ([] if is_bare else [_CODECS])
        for device in self.devices:
            lines = ["kind: Asset", f"name: {device.name}", f"class: {device.kind}"]
            if device.site:
                lines += [f"site: {device.site}", f"unit: {device.unit}"]
            if device.name == "portal":
                lines += [f"url: http://{device.address}/"]
            else:
                lines += [f"address: {device.address}"]
            if device.kind == "codec":
                lines += [f"url: http://{device.address}/"]
                if not is_bare:
                    lines += ["answers: [sip]", "secrets: {codec: lab-codecs}"]
            if device.kind == "router" and not is_bare:
                lines += ["secrets: {snmp: lab-devices}"]
            if not device.site:
                lines += ["importance: core"]
            parent, _ = self.declared.get(device.name, ("", ""))
            if parent:
                lines += [f"via: [{parent}]"]
            documents.append("apiVersion: haidang/v1\n" + "\n".join(lines))
        return f"# Made by the lab with seed {self.seed}. What is really connected is in truth.json.\n---\n" + (
            "\n---\n".join(documents) + "\n")

    def truth(self):
        """The wiring as it is, for whoever judges root causes."""
        return {
            "seed": self.seed,
            "sites": {
                site.name: {"carrier": f"carrier-{site.carrier}", "assets": [device.name for device in site.devices]}
                for site in self.sites},
            "assets": {
                device.name: {
                    "class": device.kind, "address": device.address, "site": device.site, "via": device.parent,
                    "declared": self.declared.get(device.name, ("", "right"))[0],
                    "link": self.declared.get(device.name, ("", "right"))[1],
                } for device in self.devices},
        }


def _example():
    """(documents of units and sites, [(site, its unit)]) of the example province."""
    documents, sites = [], []
    for document in re.split(r"^---\n", EXAMPLE.read_text(), flags=re.MULTILINE):
        lines = [line for line in document.splitlines() if not line.startswith("#")]
        text = "\n".join(lines).strip()
        kind = re.search(r"^kind: (\w+)$", text, re.MULTILINE)
        if not kind or kind[1] not in ("Unit", "Site"):
            continue
        if kind[1] == "Site":
            # Whom to call is made up, as no such list is public.
            text += f'\ncontacts:\n  - {{name: Trực kỹ thuật, phone: "0274 000 {len(sites) + 1:04}"}}'
        documents.append(text)
        if kind[1] == "Site":
            name = re.search(r"^name: (\S+)$", text, re.MULTILINE)[1]
            units = re.search(r"^units:\s*(?:\[|\n\s*- )([a-z0-9-]+)", text, re.MULTILINE)
            sites.append((name, units[1]))
    return documents, sites
