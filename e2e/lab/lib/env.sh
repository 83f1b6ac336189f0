# What every part of the lab shares: where things are, and how to say so.

# A caller's own Ceph settings would silently redirect every command here.
unset CEPH_CONF CEPH_ARGS CEPH_KEYRING

PYTHON=/usr/bin/python3          # Debian's bindings are for Debian's Python; another one may come first in PATH
export PYTHONDONTWRITEBYTECODE=1
SITES="site-a site-b"
POOLS="volumes images vms"
T0=${EPOCHREALTIME/,/.}

log() { printf '[%6.2fs] %s\n' "$(awk "BEGIN{print ${EPOCHREALTIME/,/.}-$T0}")" "$*" >&2; }
die() { echo "lab: $1" >&2; exit "${2:-1}"; }

LAB_DIR=$(realpath -m "${LAB_DIR:-$HERE/state}")
# The port base is a lab's identity: a second port for the same state would leave the first one's daemons behind.
if [ -s "$LAB_DIR/port" ]; then
  read -r _port < "$LAB_DIR/port"
  [ "${LAB_PORT:-$_port}" = "$_port" ] || die "$LAB_DIR was made with LAB_PORT=$_port"
  LAB_PORT=$_port
fi
LAB_PORT=${LAB_PORT:-13300}
[[ $LAB_PORT =~ ^[0-9]+$ ]] && [ "$LAB_PORT" -ge 1024 ] && [ "$LAB_PORT" -le 31000 ] || die "LAB_PORT: a number from 1024 to 31000" 2
export LAB_DIR LAB_PORT

# Verbs that change something run one at a time. The daemons must not inherit the lock: see spawn.
lock() {
  mkdir -p "$LAB_DIR" || exit 1
  exec 9>"$LAB_DIR/.lock"
  flock -w 300 9 || die "another lab command has held $LAB_DIR for 300 s"
}

use_site() { # sets S (name), P (port), D (data), CONF, GID (the group its rbd-mirror runs under)
  S=$1
  case $S in
    site-a) P=$LAB_PORT ;;
    site-b) P=$((LAB_PORT + 1000)) ;;
    *) die "no such site: '$S' ($SITES)" 2 ;;
  esac
  D=$LAB_DIR/$S; CONF=$LAB_DIR/$S.conf
  GID=$((900000000 + P))         # belongs to nobody; only the link's rules look at it
}
other_site() { [ "$1" = site-a ] && echo site-b || echo site-a; }
# What was made here: mirrored (by `up`), bare or bare-one-fsid (by `bare`).
kind() { local k=mirrored; [ -s "$LAB_DIR/kind" ] && read -r k < "$LAB_DIR/kind"; echo "$k"; }
need_lab() { [ -s "$LAB_DIR/site-b.conf" ] || die "no lab in $LAB_DIR; run 'lab up' first"; }
py() { local f=$1; shift; "$PYTHON" "$HERE/lib/$f" "$@"; }

mkfault() { mkdir -p "$LAB_DIR/faults"; printf '%s\n' "${2:-}" > "$LAB_DIR/faults/$1"; }
unfault() { rm -f "$LAB_DIR/faults/$1"; }
