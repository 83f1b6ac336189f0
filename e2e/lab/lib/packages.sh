# Debian's packages, and only those that are missing.
PACKAGES="ceph-mon ceph-osd ceph-mgr ceph-mgr-modules-core rbd-mirror ceph-common python3-rados python3-rbd nftables iproute2"

install_packages() {
  local missing="" p
  for p in $PACKAGES; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null)" = installed ] || missing="$missing $p"
  done
  [ -z "$missing" ] && return 0
  [ "$(id -u)" = 0 ] || die "these packages are missing and only root can install them:$missing"
  log "installing:$missing"
  local apt=(apt-get -q -o DPkg::Lock::Timeout=300) out=$LAB_DIR/apt.log
  export DEBIAN_FRONTEND=noninteractive
  "${apt[@]}" update > "$out" 2>&1 || log "apt-get update failed; trying with the lists that are there ($out)"
  # shellcheck disable=SC2086
  "${apt[@]}" install -y --no-install-recommends $missing >> "$out" 2>&1 || { tail -5 "$out" >&2; die "apt-get install failed"; }
  log "packages installed"
}
