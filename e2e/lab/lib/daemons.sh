# Starting and ending daemons. Only what the lab itself started is ever signalled.
DAEMONS="mon mgr osd rbd-mirror"

# Pids are reused: a recorded one counts only while its command line still names this site's conf.
alive() { # DAEMON of the site in use
  local pid
  read -r pid 2>/dev/null < "$D/run/$1.pid" || return 1
  { tr '\0' ' ' < "/proc/$pid/cmdline"; } 2>/dev/null | grep -qF -- " -c $CONF "
}

spawn() { # DAEMON COMMAND...; a session of its own, without the lab's lock
  local name=$1; shift
  alive "$name" && return 0
  mkdir -p "$D/run" "$D/log"
  setsid nohup "$@" </dev/null >> "$D/run/$name.out" 2>&1 9>&- &
  echo $! > "$D/run/$name.pid"
  # Until it has become the daemon nobody would know it for ours.
  local i
  for i in $(seq 1 100); do alive "$name" && return 0; sleep 0.01; done
}

start_daemon() {
  case $1 in
    mon) spawn mon ceph-mon -f -c "$CONF" -i a ;;
    mgr) spawn mgr ceph-mgr -f -c "$CONF" -i x ;;
    osd) spawn osd ceph-osd -f -c "$CONF" -i 0 ;;
    # rbd-mirror forgets -c for the connections it opens per pool, hence CEPH_CONF too.
    # Its group is its own, so that `lab cut` can tell its packets from those of other clients.
    rbd-mirror) CEPH_CONF=$CONF spawn rbd-mirror setpriv --regid "$GID" --keep-groups \
      rbd-mirror -f -c "$CONF" --id "rbd-mirror.$S" ;;
  esac
}

stop_daemon() { # DAEMON [SIGNAL]
  local pid i
  alive "$1" || { rm -f "$D/run/$1.pid"; return 0; }
  read -r pid < "$D/run/$1.pid"
  kill "-${2:-TERM}" "$pid" 2>/dev/null
  # An rbd-mirror that waits for a dead peer does not end on TERM.
  for i in $(seq 1 60); do gone "$pid" && break; sleep 0.05; done
  gone "$pid" || kill -KILL "$pid" 2>/dev/null
  until gone "$pid"; do sleep 0.05; done
  rm -f "$D/run/$1.pid" "$D/run/"*".$pid."*asok
}
# A zombie counts as gone: its parent may be a test that never waits.
gone() { ! { read -r _stat < "/proc/$1/stat"; } 2>/dev/null || [[ ${_stat##*) } == Z* ]]; }

stop_site() { # [SIGNAL]
  local d
  # One after the other: on TERM, each of them waits in vain for those after it if they are gone already.
  for d in rbd-mirror mgr osd mon; do stop_daemon "$d" "${1:-TERM}"; done
}

wait_port() { # the mon's clients wait seconds before they ask a second time, so don't let them ask too early
  local i
  for i in $(seq 1 200); do
    (exec 3<>"/dev/tcp/127.0.0.1/$P") 2>/dev/null && return 0
    alive mon || { tail -3 "$D/run/mon.out" >&2; log "$S: the mon ended"; return 1; }
    sleep 0.05
  done
  return 1
}

start_site() { # all but rbd-mirror; a mgr that starts before the OSD answers needs 10 s more for its schedules
  start_daemon mon; wait_port || return 1
  start_daemon osd
  # shellcheck disable=SC2086
  py cluster.py answers "$CONF" $POOLS && start_daemon mgr
}
