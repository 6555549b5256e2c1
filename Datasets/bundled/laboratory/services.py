"""The servers of the laboratory: their content, their accounts, their configuration and their start."""

import os
import random
import subprocess
import sys
from pathlib import Path

from .network import inside, run

USER = "visitor"
PASSWORD = "correct horse 7"
PAGES, ASSETS, LARGE, API = 30, 60, 8, 12

NGINX = """
worker_processes 1;
pid {state}/nginx.pid;
error_log {state}/error.log;
events {{ worker_connections 1024; }}
http {{
    default_type application/octet-stream;
    types {{ text/html html; application/json json; }}
    log_format laboratory '$msec $remote_addr $remote_port $request_method $request_uri $status $body_bytes_sent';
    access_log {state}/access.log laboratory;
    client_body_temp_path {state}/body;
    proxy_temp_path {state}/proxy;
    fastcgi_temp_path {state}/fastcgi;
    uwsgi_temp_path {state}/uwsgi;
    scgi_temp_path {state}/scgi;
    client_max_body_size 20m;
    client_header_timeout {header_timeout}s;
    client_body_timeout {header_timeout}s;
    keepalive_timeout {keep_alive}s;
    keepalive_requests 1000;
    server {{
        listen 80;
        listen [::]:80;
        listen 443 ssl;
        listen [::]:443 ssl;
        ssl_certificate {work}/certificate.pem;
        ssl_certificate_key {work}/key.pem;
        root {work}/content;
        location /private/ {{ auth_basic "private"; auth_basic_user_file {work}/web-accounts; }}
        location /stream/ {{ alias {work}/content/large/; limit_rate 60k; }}
        location /collect {{ return 200 "{{\\"accepted\\":true}}\\n"; }}
        location /upload/ {{ root {state}; dav_methods PUT; create_full_put_path on; }}
    }}
}}
"""

SSHD = """
Port 22
PidFile none
HostKey {work}/host_key
UsePAM no
PasswordAuthentication yes
KbdInteractiveAuthentication no
AuthorizedKeysFile {work}/client_key.pub
StrictModes no
UseDNS no
MaxAuthTries 6
MaxStartups 60
LogLevel VERBOSE
Subsystem sftp internal-sftp
"""

VSFTPD = """
listen=NO
listen_ipv6=YES
background=NO
local_enable=YES
write_enable=YES
anonymous_enable=NO
max_login_fails=4
delay_failed_login=0
pasv_min_port=40000
pasv_max_port=40999
secure_chroot_dir={work}/empty
seccomp_sandbox=NO
xferlog_enable=YES
log_ftp_protocol=YES
vsftpd_log_file={state}/vsftpd.log
pam_service_name=vsftpd
"""


def lognormal_bytes(rng, median, spread, low, high):
    """A size around the median, in bytes."""
    return int(min(high, max(low, median * rng.lognormvariate(0, spread))))


def make_content(scenario, work):
    """Random files of seeded sizes: pages, assets, large files, answers of an interface, one private page."""
    rng = random.Random(scenario.seed)
    plan = (("page", PAGES, "html", scenario.page_bytes, 0.8), ("asset", ASSETS, "bin", scenario.asset_bytes, 1.0),
            ("large", LARGE, "bin", scenario.large_bytes, 0.5), ("api", API, "json", scenario.api_bytes, 0.9))
    for folder, count, suffix, median, spread in plan:
        (work / "content" / folder).mkdir(parents=True)
        for number in range(count):
            size = lognormal_bytes(rng, median, spread, 40, 250_000)
            (work / "content" / folder / f"{number}.{suffix}").write_bytes(rng.randbytes(size))
    (work / "content" / "private").mkdir()
    (work / "content" / "private" / "report.html").write_bytes(rng.randbytes(3_000))
    (work / "empty").mkdir()


def make_accounts(work):
    """An account that exists in this mount namespace only, and the keys of web and ssh servers."""
    home = work / "home"
    home.mkdir()
    for number, size in enumerate((900, 7_000, 20_000, 45_000)):
        (home / f"file{number}").write_bytes(random.Random(number).randbytes(size))
    run("chown", "-R", "64242:64242", str(home))
    hashed = run("openssl", "passwd", "-6", PASSWORD).strip()
    accounts = Path("/etc/passwd").read_text(encoding="utf-8") + f"{USER}:x:64242:64242::{home}:/bin/bash\n"
    groups = Path("/etc/group").read_text(encoding="utf-8") + f"{USER}:x:64242:\n"
    # Nobody but the visitor has a password here, so that no guess can ever match an account of this machine.
    locked = "".join(f"{line.split(':')[0]}:*:20000:0:99999:7:::\n" for line in accounts.splitlines() if not line.startswith(USER))
    for name, text, mode in (("passwd", accounts, 0o644), ("group", groups, 0o644),
                             ("shadow", f"{locked}{USER}:{hashed}:20000:0:99999:7:::\n", 0o600)):
        (work / name).write_text(text, encoding="utf-8")
        (work / name).chmod(mode)
        run("mount", "--bind", str(work / name), f"/etc/{name}")
    (work / "web-accounts").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
        "-subj", "/CN=www.lab.test", "-keyout", str(work / "key.pem"), "-out", str(work / "certificate.pem"))
    for key in ("host_key", "client_key"):
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(work / key))


def make_resolver(scenario, work):
    """Points the C library of this mount namespace at the laboratory's own resolver."""
    local = next(host for host in scenario.serving("dns") if host.round_trip is None)
    (work / "resolv.conf").write_text(f"nameserver {local.ipv4}\noptions timeout:3 attempts:2\n", encoding="utf-8")
    target = Path("/etc/resolv.conf").resolve()  # Often a link into /run, which is empty here.
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch()
    run("mount", "--bind", str(work / "resolv.conf"), str(target))


def dnsmasq_lines(scenario, host):
    """A resolver that answers every name of the laboratory by itself and asks nobody."""
    web = scenario.serving("web")
    lines = ["no-resolv", "no-hosts", "no-daemon", "user=root", "cache-size=0", "local=/#/", "log-facility=-"]
    for server in web:
        lines += [f"address=/{server.name}.lab.test/{server.ipv4}", f"address=/{server.name}.lab.test/{server.ipv6}"]
    lines += [f"address=/content.test/{web[-1].ipv4}", f"address=/content.test/{web[-1].ipv6}", f"address=/sync.test/{host.ipv4}"]
    rng = random.Random(scenario.seed)
    lines += [f"txt-record=key{number}._domainkey.lab.test,{rng.randbytes(rng.randrange(20, 110)).hex()}" for number in range(8)]
    lines += [f"txt-record=task{number}.sync.test,{rng.randbytes(rng.randrange(10, 90)).hex()}" for number in range(8)]
    lines += ["mx-host=lab.test,server1.lab.test,10", "mx-host=lab.test,server2.lab.test,20"]
    return "\n".join(lines) + "\n"


def command_of(service, scenario, host, work, state):
    """Writes the configuration of a service and returns its command line."""
    if service == "web":
        text = NGINX.format(work=work, state=state, keep_alive=scenario.keep_alive_seconds,
                            header_timeout=scenario.header_timeout_seconds)
        (state / "nginx.conf").write_text(text, encoding="utf-8")
        (state / "upload").mkdir(mode=0o777)
        (state / "upload").chmod(0o777)
        return ["nginx", "-p", str(state), "-c", str(state / "nginx.conf"), "-e", str(state / "error.log"), "-g", "daemon off;"]
    if service == "ssh":
        (state / "sshd.conf").write_text(SSHD.format(work=work), encoding="utf-8")
        return ["/usr/sbin/sshd", "-D", "-f", str(state / "sshd.conf"), "-E", str(state / "sshd.log")]
    if service == "ftp":
        (state / "vsftpd.conf").write_text(VSFTPD.format(work=work, state=state), encoding="utf-8")
        return ["/usr/sbin/vsftpd", str(state / "vsftpd.conf")]
    if service == "dns":
        (state / "dnsmasq.conf").write_text(dnsmasq_lines(scenario, host), encoding="utf-8")
        return ["/usr/sbin/dnsmasq", "--keep-in-foreground", f"--conf-file={state / 'dnsmasq.conf'}"]
    return [sys.executable, "-m", "laboratory.datagram_services"]


def start(scenario, work):
    """Starts every service in the namespace of its host; returns (name, process) pairs."""
    make_content(scenario, work)
    make_accounts(work)
    make_resolver(scenario, work)
    os.makedirs("/run/sshd", exist_ok=True)
    processes = []
    for host in scenario.hosts:
        for service in host.services:
            state = work / f"{host.name}-{service}"
            state.mkdir()
            with open(state / "output.log", "wb") as log:
                command = inside(host.name, *command_of(service, scenario, host, work, state))
                process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
                processes.append((f"{service} on {host.name}", process))
    return processes
