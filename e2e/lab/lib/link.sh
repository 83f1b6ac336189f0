# The link between the sites. Each rbd-mirror runs under a group of its own; what such a group sends to the other site's
# ports is dropped, and so is what the other site sends on connections that it holds now. Nobody is told: it hangs,
# as a cut link does. Other clients (the console, rbd, the writer) reach both sites all the time.
TABLE=antipode_lab_$LAB_PORT

held_by() { # PID LOW: local ports of a process's connections to LOW..LOW+99
  ss -Htnp state established "dport >= :$2 and dport <= :$(($2 + 99))" 2>/dev/null |
    awk -v pid="pid=$1," 'index($0, pid) { n = split($3, a, ":"); print a[n] }'
}

link_cut() {
  local s low pid port pairs=
  local rules="table inet $TABLE {
    chain out { type filter hook output priority 0; policy accept;"
  for s in $SITES; do
    use_site "$(other_site "$s")"; low=$P
    use_site "$s"
    rules+="
      meta skgid $GID tcp dport $low-$((low + 99)) counter drop"
    if alive rbd-mirror; then
      read -r pid < "$D/run/rbd-mirror.pid"
      for port in $(held_by "$pid" "$low"); do
        rules+="
      tcp sport $port tcp dport $low-$((low + 99)) drop
      tcp sport $low-$((low + 99)) tcp dport $port drop"
      done
    fi
  done
  link_mend
  nft -f - <<< "$rules
    }
  }"
}

link_is_cut() { nft list table inet "$TABLE" >/dev/null 2>&1; }
link_mend() { ! link_is_cut || nft delete table inet "$TABLE"; }
