# One site's conf and keys. Sized for two cores: one OSD, small caches, no background work.

# Always-on modules may not be listed here (MGR_MODULE_ERROR); these are the others.
MGR_MODULES_OFF="alerts cephadm cli_api diskprediction_local dashboard feedback hello influx insights iostat k8sevents localpool mds_autoscaler mirroring nfs osd_perf_query osd_support prometheus rook restful selftest snap_schedule stats telegraf test_orchestrator zabbix"

# Kept in a file: a rebuilt site has the same one. In a lab of one fsid it is site-a's at both.
fsid_of() {
  [ "$1" = site-b ] && [ "$(kind)" = bare-one-fsid ] && set -- site-a
  local f=$LAB_DIR/$1.fsid; [ -s "$f" ] || cat /proc/sys/kernel/random/uuid > "$f"; cat "$f"
}

write_conf() {
  local sockets="$D/run/\$name.\$pid.\$cctid.asok"
  # A unix socket's path ends at 107 characters; a lab in a deep folder does without.
  [ ${#D} -gt 50 ] && sockets=
  cat > "$CONF.new" <<EOC
[global]
fsid = $(fsid_of "$S")
mon_host = [v2:127.0.0.1:$P,v1:127.0.0.1:$((P + 1))]
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_ipv6 = false
ms_bind_port_min = $((P + 10))
ms_bind_port_max = $((P + 49))
ms_async_op_threads = 1
auth_cluster_required = cephx
auth_service_required = cephx
auth_client_required = cephx
auth_allow_insecure_global_id_reclaim = false
keyring = $LAB_DIR/$S.\$name.keyring
run_dir = $D/run
admin_socket = $sockets
crash_dir = $D/run
log_file = $D/log/\$name.log
log_to_stderr = false
err_to_stderr = true
log_max_recent = 500
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 8
osd_pool_default_pgp_num = 8
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_allow_pool_delete = true
mon_warn_on_pool_no_redundancy = false
mon_max_pg_per_osd = 1000
rbd_default_features = 61

[client]
# short-lived clients would litter the state folder
admin_socket =
log_file = /dev/null
rbd_cache = false

[client.rbd-mirror.$S]
admin_socket = $sockets
log_file = $D/log/\$name.log
mon_client_hunt_interval = 1
rbd_mirror_pool_replayers_refresh_interval = 5
rbd_mirror_image_state_check_interval = 5
rbd_mirror_leader_heartbeat_interval = 2
rbd_mirror_sync_point_update_age = 5
rbd_mirror_concurrent_image_syncs = 5

[mon]
mon_data = $D/mon
mon_data_avail_warn = 2
mon_data_avail_crit = 1
mon_cluster_log_file = $D/log/cluster.log
mon_osd_cache_size = 10
mon_memory_autotune = false
mon_memory_target = 134217728
rocksdb_cache_size = 16777216
paxos_propose_interval = 0.1
mon_tick_interval = 2
mon_osd_min_down_reporters = 1
# a lone OSD has no peer to report it: without these a dead OSD leaves HEALTH_OK for 15 minutes
mon_osd_report_timeout = 20
mon_osd_down_out_interval = 3600

[mgr]
mgr_data = $D/mgr
mgr_disabled_modules = ${MGR_MODULES_OFF// /,}
mgr_initial_modules =
mgr_stats_period = 2
mgr_tick_period = 1
mon_client_ping_interval = 5
mon_client_hunt_interval = 1

[osd]
osd_data = $D/osd
osd_objectstore = bluestore
bluestore_block_size = 10737418240
bluestore_block_create = true
bluestore_block_db_create = false
bluestore_block_wal_create = false
bluestore_fsck_on_mount = false
bluestore_cache_autotune = false
bluestore_cache_size = 67108864
bluestore_cache_size_hdd = 67108864
bluestore_cache_size_ssd = 67108864
bluestore_min_alloc_size = 4096
osd_memory_target = 939524096
osd_memory_cache_min = 33554432
osd_op_num_shards = 1
osd_op_num_threads_per_shard = 2
osd_max_pg_log_entries = 500
osd_min_pg_log_entries = 100
osd_scrub_load_threshold = 0.01
osd_scrub_begin_hour = 3
osd_scrub_end_hour = 4
osd_class_update_on_start = false
osd_heartbeat_interval = 3
osd_beacon_report_interval = 5
osd_map_cache_size = 20
osd_numa_auto_affinity = false
osd_crush_initial_weight = 1
mon_client_hunt_interval = 1
EOC
  mv "$CONF.new" "$CONF"         # in one piece: others may be reading it
}

# Made once with their caps and given to the mon's mkfs: the keys are known before the cluster is, and outlive it.
write_keyrings() {
  keyring mon. 'mon=allow *'
  keyring client.admin 'mon=allow *' 'mgr=allow *' 'osd=allow *' 'mds=allow *'
  keyring mgr.x 'mon=allow profile mgr' 'osd=allow *' 'mds=allow *'
  keyring osd.0 'mon=allow profile osd' 'mgr=allow profile osd' 'osd=allow *'
  keyring "client.rbd-mirror.$S" 'mon=profile rbd-mirror' 'mgr=profile rbd' 'osd=profile rbd'
  (umask 077; cat "$LAB_DIR/$S".*.keyring > "$D/seed.keyring")
}
keyring() { # NAME CAP... of the site in use
  local f=$LAB_DIR/$S.$1.keyring name=$1 cap; shift
  [ -s "$f" ] && return
  (umask 077
   printf '[%s]\n\tkey = %s\n' "$name" "$(ceph-authtool --gen-print-key)"
   for cap in "$@"; do printf '\tcaps %s = "%s"\n' "${cap%%=*}" "${cap#*=}"; done) > "$f.new"
  mv "$f.new" "$f"
}

write_yaml() {
  { echo "name: Lab"; echo "objectives: { rpo: 2m, rto: 30m }"; echo "sites:"
    local s
    for s in $SITES; do
      printf '  - name: %s\n    ceph: { conf: ./%s.conf, user: admin }\n' "$s" "$s"
      # Site-b is where its Cinder goes to: a cluster for recovery, without a cloud of its own.
      if [ "$s" = site-a ] && has_openstack; then
        echo "    openstack:"; echo "      cloud: lab"; echo "      clouds: ./clouds.yaml"
        echo "      controllerExec: [env, 'PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'LAB_DIR=$LAB_DIR']"
        echo "      cinderConf: ['$LAB_DIR/openstack/etc/cinder/cinder.conf']"
        echo "      startCinderVolume: [bash, '$HERE/lab', cloud, start, cinder-volume]"
      fi
    done
  } > "$LAB_DIR/antipode.yaml"
}
