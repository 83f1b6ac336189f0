# Debian's packages, and only those that are missing.
# For the clusters, and what an OpenStack beside them needs more. Of OpenStack the libraries only: the daemons' packages
# bring users, questions and init scripts, and nova-compute's a hypervisor.
PACKAGES="ceph-mon ceph-osd ceph-mgr ceph-mgr-modules-core rbd-mirror ceph-common python3-rados python3-rbd nftables iproute2"
OPENSTACK_PACKAGES="mariadb-server rabbitmq-server uwsgi-core uwsgi-plugin-python3 python3-pymysql python3-memcache qemu-utils
  python3-keystone python3-cinder python3-glance python3-nova python3-placement python3-neutron python3-heat python3-openstackclient"

install_packages() { # PACKAGE...
  local missing="" p
  for p in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null)" = installed ] || missing="$missing $p"
  done
  [ -z "$missing" ] && return 0
  [ "$(id -u)" = 0 ] || die "these packages are missing and only root can install them:$missing"
  log "installing:$missing"
  local apt=(apt-get -q -o DPkg::Lock::Timeout=900) out=$LAB_DIR/apt.log policy=/usr/sbin/policy-rc.d own= rc
  export DEBIAN_FRONTEND=noninteractive
  "${apt[@]}" update > "$out" 2>&1 || log "apt-get update failed; trying with the lists that are there ($out)"
  # A database or a broker of Debian's own would start at once, on the ports that everybody uses.
  [ -e $policy ] || { own=1; printf '#!/bin/sh\nexit 101\n' > $policy; chmod +x $policy; }
  # shellcheck disable=SC2086
  "${apt[@]}" install -y --no-install-recommends $missing >> "$out" 2>&1; rc=$?
  [ -z "$own" ] || rm -f $policy
  [ $rc = 0 ] || { tail -5 "$out" >&2; die "apt-get install failed"; }
  log "packages installed"
}
