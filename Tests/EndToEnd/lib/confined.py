"""The system calls and rights that the agent's unit leaves to a program, without systemd."""

import ctypes
import os
import pathlib
import re
import subprocess
import sys

ERRNO_EPERM, ALLOW = 0x00050001, 0x7FFF0000
UNIT = pathlib.Path(__file__).resolve().parents[3] / "deploy/systemd/haidang-agent.service"


def members(name):
    """The system calls of a group such as @system-service, as systemd has them."""
    if not name.startswith("@"):
        return {name}
    done = subprocess.run(["systemd-analyze", "syscall-filter", name], capture_output=True, text=True, timeout=20)
    if done.returncode:
        raise OSError(f"systemd-analyze syscall-filter {name}: {done.stderr}")
    words = re.findall(r"^ +([-@a-z0-9_]+)$", done.stdout, re.MULTILINE)
    return set().union(*map(members, words))


def allowed(without=()):
    """What the lines SystemCallFilter= of the unit add up to; `without` leaves lines out."""
    calls = set()
    for line in UNIT.read_text().splitlines():
        found = re.fullmatch(r"SystemCallFilter=(~?)(.*)", line)
        if not found or found[2] in without:
            continue
        group = set().union(*map(members, found[2].split()))
        # A list that allows has the default ones with it.
        calls = calls - group if found[1] else calls | group | members("@default")
    return calls


def around(calls, capabilities=("net_raw", "dac_read_search"), user=65534):
    """What to put before a command: another user, the unit's two capabilities and no way to more, and this filter."""
    rights = "-all," + ",".join(f"+{name}" for name in capabilities)
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", f"--inh-caps={rights}",
            f"--ambient-caps={rights}", f"--bounding-set={rights}", "--no-new-privs",
            sys.executable, "-B", __file__, ",".join(sorted(calls))]


def become(calls, command):
    """Takes the filter on, as systemd does last, and is another program from then on."""
    seccomp, libc = ctypes.CDLL("libseccomp.so.2"), ctypes.CDLL(None)
    seccomp.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(seccomp.seccomp_init(ctypes.c_uint32(ERRNO_EPERM)))
    for call in calls:
        number = seccomp.seccomp_syscall_resolve_name(call.encode())
        if number >= 0:
            seccomp.seccomp_rule_add(context, ctypes.c_uint32(ALLOW), number, 0)
    # MemoryDenyWriteExecute=, where the kernel knows it: PR_SET_MDWE.
    libc.prctl(65, 1, 0, 0, 0)
    if seccomp.seccomp_load(context):
        sys.exit("no filter")
    os.execvp(command[0], command)


if __name__ == "__main__":
    become(sys.argv[1].split(","), sys.argv[2:])
