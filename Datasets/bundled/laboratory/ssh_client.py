"""Options of the ssh client for keys, passwords and local ports."""

import os
from pathlib import Path


def ssh_options(work, password=None, prompts=1, dial=None):
    """Options and environment: with a password it is given at every prompt, without one the key is used."""
    options = ["-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR",
               "-o", "ConnectTimeout=10", "-o", f"NumberOfPasswordPrompts={prompts}"]
    environment = dict(os.environ, LAB_PASSWORD=password or "")
    if password is None:
        options += ["-i", f"{work}/client_key", "-o", "IdentitiesOnly=yes", "-o", "PreferredAuthentications=publickey"]
    else:
        options += ["-o", "PubkeyAuthentication=no", "-o", "PreferredAuthentications=password"]
        environment.update(SSH_ASKPASS=f"{work}/askpass", SSH_ASKPASS_REQUIRE="force", DISPLAY=":0")
    if dial:
        options += ["-o", "ProxyCommand=" + " ".join(dial), "-o", "ProxyUseFdpass=yes"]
    return options, environment


def write_askpass(work):
    """The program that ssh asks for the password."""
    path = Path(work, "askpass")
    path.write_text("#!/bin/sh\nprintf '%s\\n' \"$LAB_PASSWORD\"\n", encoding="utf-8")
    path.chmod(0o755)
