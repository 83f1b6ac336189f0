# The OpenStack beside the clusters. Where one was made it belongs to the lab: `up`, `down` and `reset` have it too.
has_openstack() { [ -e "$LAB_DIR/openstack/port" ]; }
need_openstack() { has_openstack || die "no OpenStack in $LAB_DIR; run 'lab up --openstack' first"; }
cloud() { py openstack/cloud.py "$LAB_DIR" "$@"; }

# Told to this lab before its clusters are made: then Cinder's user is theirs from the beginning, also when rebuilt.
plan_openstack() {
  mkdir -p "$LAB_DIR/openstack"
  echo $((LAB_PORT + 200)) > "$LAB_DIR/openstack/port"
  local s
  for s in $SITES; do use_site "$s"; keyring client.cinder 'mon=profile rbd' 'mgr=profile rbd' 'osd=profile rbd'; done
}
# To clusters that were there already.
cinder_user() {
  use_site "$1"
  ceph -c "$CONF" --connect-timeout 20 auth import -i "$LAB_DIR/$S.client.cinder.keyring" 2>/dev/null ||
    { log "$S: Cinder's user could not be made"; return 1; }
}

verb_cloud() {
  need_lab; need_openstack
  case ${1:-} in
    state|'') ;;                  # only reads
    *) lock ;;
  esac
  cloud "$@"
}
