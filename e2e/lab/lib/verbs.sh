# The verbs. Each says what it did on stderr; faults that last are noted in $LAB_DIR/faults for `status` and `reset`.

site_arg() { [ $# -ge 1 ] || die "which site? ($SITES)" 2; use_site "$1"; need_lab; }
signal_of() { case ${1:-} in '') echo TERM ;; --kill) echo KILL ;; *) die "unknown option: $1" 2 ;; esac; }

verb_up() {
  local seed=${SEED:-1} openstack=0 more=()
  [ "$(kind)" = mirrored ] || die "$LAB_DIR is a bare lab: 'lab bare', or another LAB_DIR"
  while [ $# -gt 0 ]; do
    case $1 in
      --no-seed) seed=0 ;;
      --openstack) openstack=1 ;;
      --second-region) openstack=1; more+=(--second-region) ;;
      *) die "unknown option: $1" 2 ;;
    esac; shift
  done
  has_openstack && openstack=1
  # shellcheck disable=SC2086
  install_packages $PACKAGES $([ $openstack = 0 ] || echo $OPENSTACK_PACKAGES)
  echo "$LAB_PORT" > "$LAB_DIR/port"
  [ $openstack = 0 ] || plan_openstack
  up_clusters
  [ $openstack = 1 ] || return 0
  both cinder_user || exit 1
  write_yaml
  [ "$seed" = 1 ] || more+=(--no-seed)
  cloud up "${more[@]}" || exit 1
  [ "$seed" = 0 ] || verb_wait --timeout 90 || exit 1
}

up_clusters() {
  local s
  if [ -e "$LAB_DIR/made" ] && py state.py up "$LAB_DIR"; then log "already up"; return 0; fi
  both create_site || die "a site did not come up"
  exchange_peers site-a site-b || die "the peers could not be exchanged"
  write_yaml
  for s in $SITES; do unfault "lost-$s"; unfault "destroyed-$s"; unfault "mirror-$s"; done
  [ "$seed" = 1 ] && { py images.py seed "$LAB_DIR" >/dev/null || die "seeding failed"; log "images are there"; }
  start_mirrors
  [ "$seed" = 1 ] && { verb_wait --timeout 90 || exit 1; }
  touch "$LAB_DIR/made"
  log "up: rbd -c $LAB_DIR/site-a.conf ls volumes"
}

verb_bare() {
  local wanted=bare again=0 s
  while [ $# -gt 0 ]; do
    case $1 in --one-fsid) wanted=bare-one-fsid ;; --again) again=1 ;; *) die "unknown option: $1" 2 ;; esac; shift
  done
  if [ -e "$LAB_DIR/port" ] && [ "$(kind)" != "$wanted" ]; then
    die "$LAB_DIR is a lab of the kind $(kind): 'lab down --wipe' first, or another LAB_DIR"
  fi
  # shellcheck disable=SC2086
  install_packages $PACKAGES
  echo "$LAB_PORT" > "$LAB_DIR/port"; echo "$wanted" > "$LAB_DIR/kind"
  if [ $again = 0 ] && [ -e "$LAB_DIR/made" ] && py state.py up "$LAB_DIR"; then log "already up"; return 0; fi
  # An rbd-mirror that somebody stopped stays stopped, unless all is made anew.
  [ $again = 0 ] || { link_mend; rm -rf "$LAB_DIR/faults"; wipe_sites; }
  fsid_of site-a >/dev/null      # before both sites, side by side, ask for the one that they share
  both create_site || die "a site did not come up"
  write_yaml
  for s in $SITES; do unfault "lost-$s"; unfault "destroyed-$s"; done
  py bare.py "$LAB_DIR" || die "the images could not be made"
  start_mirrors
  touch "$LAB_DIR/made"
  log "up, with nothing mirrored: rbd -c $LAB_DIR/site-a.conf ls volumes"
}

# Ends both sites by KILL and removes their data; conf files, fsids and keys stay.
wipe_sites() {
  local s
  for s in $SITES; do use_site "$s"; stop_daemon rbd-mirror KILL; done
  for s in $SITES; do use_site "$s"; stop_site KILL; rm -rf "${D:?}"; done
}

verb_down() {
  local s wipe=0
  case ${1:-} in --wipe) wipe=1 ;; '') ;; *) die "unknown option: $1" 2 ;; esac
  # Before the clusters that it would look for.
  if has_openstack; then cloud down "$@"; fi
  link_mend; unfault link
  for s in $SITES; do use_site "$s"; stop_daemon rbd-mirror; done
  both _stop
  if [ $wipe = 1 ]; then
    # By name, not the whole folder: LAB_DIR may be one that holds other things.
    for s in $SITES; do rm -rf "${LAB_DIR:?}/$s" "$LAB_DIR/$s.conf" "$LAB_DIR/$s.fsid" "$LAB_DIR/$s".*.keyring; done
    rm -rf "$LAB_DIR/faults" "$LAB_DIR/kind" "$LAB_DIR/antipode.yaml" "$LAB_DIR/made" "$LAB_DIR/port" "$LAB_DIR/apt.log" "$LAB_DIR/.lock"
    rmdir "$LAB_DIR" 2>/dev/null
  fi
  log "down"
}
_stop() { use_site "$1"; stop_site; }

verb_status() { need_lab; link_is_cut && set -- "$@" --link-cut; py state.py status "$LAB_DIR" "$@"; }
verb_wait() { need_lab; py state.py wait "$LAB_DIR" "$@"; }

verb_lose() {
  site_arg "$@"
  stop_site "$(signal_of "${2:-}")"
  mkfault "lost-$S"; log "$S is lost"
}

verb_back() {
  site_arg "$@"
  [ -e "$LAB_DIR/faults/destroyed-$S" ] && die "$S was destroyed; 'lab rebuild $S' makes it anew"
  start_site || die "$S did not start"
  unfault "mirror-$S"; start_daemon rbd-mirror
  # shellcheck disable=SC2086
  py cluster.py wait "$CONF" $POOLS || die "$S does not answer"
  unfault "lost-$S"; log "$S is back"
}

verb_destroy() {
  site_arg "$@"
  stop_site KILL
  rm -rf "${D:?}"
  mkfault "lost-$S"; mkfault "destroyed-$S"; unfault "schedule-$S-volumes"
  log "$S is destroyed"
}

verb_rebuild() {
  site_arg "$@"
  [ "$(kind)" = mirrored ] || die "a bare lab has no peers to renew: 'lab bare --again'"
  local site=$S other restart=1; other=$(other_site "$S")
  case ${2:-} in --no-restart) restart=0 ;; '') ;; *) die "unknown option: $2" 2 ;; esac
  [ -e "$D" ] && die "$S has data; 'lab destroy $S' first"
  create_site "$site" || die "$site did not come up"
  exchange_peers "$site" "$other" force || die "the peers could not be exchanged"
  use_site "$site"; start_daemon rbd-mirror
  unfault "lost-$site"; unfault "destroyed-$site"; unfault "mirror-$site"
  # Else its sessions to the destroyed cluster stay for ever ("starting replay").
  [ $restart = 0 ] || restart_mirror "$other"
  log "$site is rebuilt, empty; peers renewed"
}

verb_mirror_stop() {
  site_arg "$@"
  stop_daemon rbd-mirror "$(signal_of "${2:-}")"
  mkfault "mirror-$S"; log "$S: rbd-mirror stopped"
}
verb_mirror_start() { site_arg "$@"; unfault "mirror-$S"; start_daemon rbd-mirror; log "$S: rbd-mirror started"; }

# Exit 11 (EAGAIN): the mgr has just started and has not loaded rbd_support yet.
schedule() {
  local end=$((SECONDS + 90)) rc
  while :; do
    rbd -c "$CONF" --client_mount_timeout=5 --rados_mon_op_timeout=10 mirror snapshot schedule "$@" && return 0
    rc=$?
    [ $rc = 11 ] && [ $SECONDS -lt $end ] || return $rc
    sleep 0.3
  done
}
verb_schedule_stop() {
  site_arg "$@"
  local pool=${2:-volumes} every
  every=$(schedule ls --pool "$pool" --format json | sed -n 's/.*"interval":"\([^"]*\)".*/\1/p')
  [ -n "$every" ] || { log "$S/$pool has no schedule"; return 0; }
  schedule remove --pool "$pool" || die "could not remove the schedule"
  mkfault "schedule-$S-$pool" "$every"; log "$S/$pool: schedule of $every removed"
}
verb_schedule_start() {
  site_arg "$@"
  local pool=${2:-volumes} every=1m f="$LAB_DIR/faults/schedule-$S-${2:-volumes}"
  [ -s "$f" ] && read -r every < "$f"
  schedule add --pool "$pool" "$every" || die "could not add the schedule"
  rm -f "$f"; log "$S/$pool: schedule of $every"
}

verb_cut() { need_lab; link_cut || die "nft refused"; mkfault link; log "the link is cut"; }
verb_mend() { link_mend || die "nft refused"; unfault link; log "the link is mended"; }

verb_make() {
  need_lab
  local site=site-a other restart=1 args=()
  while [ $# -gt 0 ]; do
    case $1 in --site) site=${2:-}; shift ;; *) args+=("$1") ;; esac; shift
  done
  use_site "$site"
  py images.py make "$LAB_DIR" --site "$site" "${args[@]}" || exit 1
  log "made"
}

verb_reset() {
  need_lab
  case $(kind) in bare) verb_bare --again; return ;; bare-one-fsid) verb_bare --one-fsid --again; return ;; esac
  local s fresh=() bad hard=0
  case ${1:-} in --fresh) fresh=(--fresh) ;; --hard) hard=1 ;; '') ;; *) die "unknown option: $1" 2 ;; esac
  if has_openstack; then cloud forget || die "the cloud could not be emptied"; fi
  link_mend; unfault link
  for s in $SITES; do
    if [ -e "$LAB_DIR/faults/destroyed-$s" ]; then use_site "$s"; [ -e "$D" ] || verb_rebuild "$s"; fi
  done
  for s in $SITES; do unfault "mirror-$s"; unfault "lost-$s"; unfault "destroyed-$s"; done
  if [ $hard = 1 ] || ! soft_reset; then hard_reset || die "reset failed"; fi
  rm -f "$LAB_DIR"/faults/schedule-*
  local cloud=
  if has_openstack; then cloud up & cloud=$!; fi
  verb_wait --timeout 90 || exit 1
  [ -z "$cloud" ] || wait "$cloud" || exit 1
  log "reset"
}

# Removes and makes anew what is not as seeded, under daemons that go on: clients keep their connections.
soft_reset() {
  py state.py up "$LAB_DIR" || both create_site || return 1
  start_mirrors
  bad=$(py images.py reset "$LAB_DIR" --look "${fresh[@]}") || return 1
  if [ -n "$bad" ]; then
    log "$(wc -w <<< "$bad") images are not as seeded"
    [ "$(wc -w <<< "$bad")" -le 100 ] || return 1       # from there on two new clusters are quicker
    for s in $SITES; do use_site "$s"; stop_daemon rbd-mirror; done
  fi
  # shellcheck disable=SC2086
  timeout 60 "$PYTHON" "$HERE/lib/images.py" reset "$LAB_DIR" $bad || return 1
  start_mirrors
}

hard_reset() {
  log "making both clusters anew, with their fsids and keys"
  wipe_sites
  both create_site && exchange_peers site-a site-b && py images.py seed "$LAB_DIR" >/dev/null && start_mirrors
}
