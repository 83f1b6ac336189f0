# A site from nothing, and the mirroring between the two.

port_free() { # on a stranger's mon port the errors are baffling ("handle_auth_bad_method ... Permission denied")
  alive mon && return 0
  (exec 3<>"/dev/tcp/127.0.0.1/$P") 2>/dev/null && { log "$S: port $P is used by something else; set LAB_PORT"; return 1; }
  return 0
}

# Each stage leaves a mark when it is complete, so that an `up` that was killed half way is simply run again.
create_site() { # SITE: nothing, or everything up to pools that are active+clean
  use_site "$1"
  port_free || return 1
  mkdir -p "$D/run" "$D/log" "$D/mgr"
  write_conf; write_keyrings
  if [ ! -e "$D/mon.made" ]; then
    rm -rf "$D/mon"; mkdir -p "$D/mon"
    monmaptool --create --clobber --fsid "$(fsid_of "$S")" --addv a "[v2:127.0.0.1:$P,v1:127.0.0.1:$((P + 1))]" "$D/monmap" >/dev/null &&
      ceph-mon --mkfs -c "$CONF" -i a --monmap "$D/monmap" --keyring "$D/seed.keyring" || return 1
    touch "$D/mon.made"
  fi
  start_daemon mon; wait_port || return 1
  start_daemon mgr
  if [ ! -e "$D/osd.made" ]; then
    local uuid; uuid=$(cat /proc/sys/kernel/random/uuid)
    rm -rf "$D/osd"; mkdir -p "$D/osd"
    ceph-osd --mkfs -c "$CONF" -i 0 --osd-uuid "$uuid" > "$D/run/osd-mkfs.out" 2>&1 || { tail -5 "$D/run/osd-mkfs.out" >&2; return 1; }
    py cluster.py new-osd "$CONF" "$uuid" || return 1
    touch "$D/osd.made"
  fi
  start_daemon osd
  # shellcheck disable=SC2086
  if [ "$(kind)" = mirrored ]; then py cluster.py pools "$CONF" "$S" $POOLS; else py cluster.py bare-pools "$CONF" $POOLS; fi || return 1
  log "$S: mon, mgr, osd and pools are up"
}

# One import sets up both directions. Over a peer that is there already it renews key and mirror_uuid in place.
exchange_peers() { # FROM TO [force]
  local from=$1 to=$2 p pids=()
  for p in $POOLS; do
    (
      if [ -z "${3:-}" ]; then
        rbd -c "$LAB_DIR/$to.conf" mirror pool info "$p" --format json 2>/dev/null | grep -q '"uuid"' && exit 0
      fi
      token=$(rbd -c "$LAB_DIR/$from.conf" mirror pool peer bootstrap create --site-name "$from" "$p") &&
        rbd -c "$LAB_DIR/$to.conf" mirror pool peer bootstrap import --site-name "$to" --direction rx-tx "$p" <(printf %s "$token")
    ) & pids+=($!)
    # The first one makes the peer's user; at once, three of them would get in each other's way.
    [ ${#pids[@]} = 1 ] && { wait "${pids[0]}" || return 1; }
  done
  local rc=0
  for p in "${pids[@]:1}"; do wait "$p" || rc=1; done
  return $rc
}

restart_mirror() { # SITE
  use_site "$1"
  [ -e "$LAB_DIR/faults/mirror-$S" ] && return 0
  stop_daemon rbd-mirror; start_daemon rbd-mirror
}

start_mirrors() { local s; for s in $SITES; do use_site "$s"; [ -e "$LAB_DIR/faults/mirror-$s" ] || start_daemon rbd-mirror; done; }

both() { # COMMAND ARG... run for both sites side by side, the site as last argument
  local s pids=() rc=0 p
  for s in $SITES; do "$@" "$s" & pids+=($!); done
  for p in "${pids[@]}"; do wait "$p" || rc=1; done
  return $rc
}
