"""Servers of Debian that go over to TLS by STARTTLS, each with the certificate it is given, in the foreground."""

import os
import socket

from province import until


def answers(port):
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def start(province, name, command, port):
    province.spawn(name, command)
    until(f"{name} listens", lambda: answers(port), 20)
    return port


def exim(province, pem, key, name="exim"):
    port, folder = province.port(), province.folder / name
    (folder / "spool").mkdir(parents=True)
    conf = folder / "conf"
    conf.write_text(
        f"primary_hostname = mail.example\nspool_directory = {folder}/spool\nlog_file_path = {folder}/%slog\n"
        f"pid_file_path = {folder}/pid\ndaemon_smtp_ports = {port}\nlocal_interfaces = 127.0.0.1\n"
        "tls_advertise_hosts = " + ("*" if pem else "") + f"\ntls_certificate = {pem}\ntls_privatekey = {key}\n"
        "host_lookup =\nhelo_allow_chars = _\n")
    return own(province, folder, "Debian-exim", conf, lambda: start(
        province, name, ["exim4", "-C", conf, "-bdf", "-q1h"], port))


def own(province, folder, user, conf, then):
    """It gives up its rights where it is given a configuration, so all of it is its own but that."""
    import pwd
    owner = pwd.getpwnam(user)
    province.folder.chmod(0o711)
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, owner.pw_uid, owner.pw_gid)
    os.chown(conf, 0, 0)
    return then()


def dovecot(province, pem, key):
    """IMAP's port and POP3's."""
    imap, pop3, folder = province.port(), province.port(), province.folder / "dovecot"
    folder.mkdir()
    conf = folder / "conf"
    conf.write_text(
        f"base_dir = {folder}/run\nstate_dir = {folder}/state\nlog_path = {folder}/log\nprotocols = imap pop3\n"
        f"listen = 127.0.0.1\nssl = yes\nssl_cert = <{pem}\nssl_key = <{key}\nssl_dh =\n"
        f"service imap-login {{\n inet_listener imap {{\n port = {imap}\n }}\n inet_listener imaps {{\n port = 0\n }}\n}}\n"
        f"service pop3-login {{\n inet_listener pop3 {{\n port = {pop3}\n }}\n inet_listener pop3s {{\n port = 0\n }}\n}}\n"
        "passdb {\n driver = static\n args = nopassword=y\n}\nuserdb {\n driver = static\n args = uid=65534 gid=65534 home=/nonexistent\n}\n"
        f"mail_location = maildir:{folder}/mail\n")
    province.folder.chmod(0o711)
    start(province, "dovecot", ["dovecot", "-F", "-c", conf], imap)
    return imap, pop3


def vsftpd(province, pem, key):
    port, folder = province.port(), province.folder / "vsftpd"
    (folder / "empty").mkdir(parents=True)
    conf = folder / "conf"
    conf.write_text(
        f"listen=YES\nlisten_address=127.0.0.1\nlisten_port={port}\nbackground=NO\nssl_enable=YES\nallow_anon_ssl=YES\n"
        f"rsa_cert_file={pem}\nrsa_private_key_file={key}\nanonymous_enable=YES\nsecure_chroot_dir={folder}/empty\n"
        f"xferlog_enable=NO\nvsftpd_log_file={folder}/log\nseccomp_sandbox=NO\nssl_sslv2=NO\nssl_sslv3=NO\nssl_tlsv1=YES\n")
    return start(province, "vsftpd", ["vsftpd", conf], port)


def slapd(province, pem, key, name="slapd"):
    port, folder = province.port(), province.folder / name
    (folder / "data").mkdir(parents=True)
    conf = folder / "conf"
    secured = f"TLSCertificateFile {pem}\nTLSCertificateKeyFile {key}\n" if pem else ""
    conf.write_text(
        f"include /etc/ldap/schema/core.schema\npidfile {folder}/pid\nargsfile {folder}/args\n{secured}"
        f'database ldif\nsuffix "dc=example"\ndirectory {folder}/data\n')
    return start(province, name, ["slapd", "-d", "0", "-h", f"ldap://127.0.0.1:{port}", "-f", conf], port)


def sshd(province):
    port, folder = province.port(), province.folder / "sshd"
    folder.mkdir()
    os.makedirs("/run/sshd", exist_ok=True)
    import subprocess
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / "key"], check=True)
    (folder / "conf").write_text(f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/key\nPidFile {folder}/pid\n")
    return start(province, "sshd", ["/usr/sbin/sshd", "-D", "-e", "-f", folder / "conf"], port)
