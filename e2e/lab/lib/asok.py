"""What one rbd-mirror knows of its images this moment, through its admin socket.

It publishes on a beat of 30 s, and of many images that begin at once it publishes only those of the first moments at
once. Restarting an image's replayer (not the daemon) makes it publish that image now."""
import glob
import json
import os
import socket
import struct


def pid_of(folder, site, daemon):
    """The recorded pid, if that process is still this site's daemon."""
    try:
        with open(f'{folder}/{site}/run/{daemon}.pid') as f:
            pid = int(f.read())
        with open(f'/proc/{pid}/cmdline') as f:
            return pid if f'{folder}/{site}.conf' in f.read().split('\0') else None
    except (OSError, ValueError):
        return None


def ask(folder, site, prefix):
    """The daemon's answer, or None where it does not run or has no socket (a state folder with a long path)."""
    start = f'{folder}/{site}/run/client.rbd-mirror.{site}.{pid_of(folder, site, "rbd-mirror")}.'
    # Its connections to each pool have sockets too, with one more part in the name.
    for path in glob.glob(start + '*.asok'):
        if path[len(start):].count('.') > 1:
            continue
        try:
            with socket.socket(socket.AF_UNIX) as s:
                s.settimeout(3)
                s.connect(path)
                s.sendall(json.dumps({'prefix': prefix, 'format': 'json'}).encode() + b'\0')
                with s.makefile('rb') as f:
                    return f.read(struct.unpack('>I', f.read(4))[0]).decode()
        except (OSError, struct.error):
            pass
    return None


def publish(folder, site, wanted):
    """Has the daemon publish those of the wanted images ("pool/name") that it has at rest (replaying, or primary)."""
    try:
        pools = json.loads(ask(folder, site, 'rbd mirror status') or '{}').get('pool_replayers', [])
    except ValueError:
        return
    for replayer in (r for p in pools for r in p.get('image_replayers', [])):
        if replayer['name'] in wanted and replayer['state'] in ('Replaying', 'Stopped'):
            ask(folder, site, 'rbd mirror restart ' + replayer['name'])
