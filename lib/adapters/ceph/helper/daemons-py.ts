/**
 * The living rbd-mirror daemons by the mgr's map of services: two questions, however many images there are, where `rbd
 * mirror pool status --verbose` lists every image too (3 ms each). What each says of a pool is read as rbd does
 * (tools/rbd/action/MirrorPool.cc, and mirror's ServiceDaemon.cc for what it writes). And the mirror uuid of a pool itself,
 * which no command prints (cls_rbd.cc, mirror_uuid_get).
 */
export const daemonsPy = `
NO_MGR = (errno.ETIMEDOUT, errno.EAGAIN, errno.ENOTCONN)
LEVELS = ('OK', 'WARNING', 'ERROR')


def ask_mgr(world, prefix):
    code, out, said = world.cluster.mgr_command(json.dumps({'prefix': prefix, 'format': 'json'}), b'')
    if -code in NO_MGR:
        # Not ETIMEDOUT: the cluster answers, and the connection to it is as good as before.
        raise Refused(errno.EBADMSG, 'the manager daemon (mgr) does not answer')
    if -code in (errno.EACCES, errno.EPERM):
        raise Refused(-code, "the user's capabilities do not allow to read the services")
    if code:
        raise Refused(-code, '%s: %s' % (prefix, said or os.strerror(-code)))
    return json.loads(out.decode())


def mirror_daemon(service_id, found, status, pool_id):
    """One daemon and what it says of the pool; null for a status that it has not told yet."""
    metadata = found.get('metadata', {})
    health, callouts = 0, []
    told = status.get('json')
    of_pool = json.loads(told).get(str(pool_id), {}) if told else {}
    if not told:
        health, callouts = 1, ['not reporting status']
    for one in of_pool.get('callouts', {}).values():
        level = {'warning': 1, 'error': 2}.get(one.get('level'), 0)
        health = max(health, level)
        callouts.append(one.get('text', ''))
    return {'serviceId': service_id, 'instanceId': str(of_pool.get('instance_id', '')),
            'clientId': metadata.get('id', ''), 'hostname': metadata.get('hostname', ''),
            'version': metadata.get('ceph_version_short', ''), 'leader': bool(of_pool.get('leader', False)),
            'health': LEVELS[health], 'callouts': callouts}


def mirror_daemons(world, params):
    pool_id = world.io(params['pool'], params['namespace']).get_pool_id()
    services = ask_mgr(world, 'service dump').get('services', {})
    found = services.get('rbd-mirror', {}).get('daemons', {})
    told = ask_mgr(world, 'service status').get('rbd-mirror', {}) if found else {}
    return {'daemons': [mirror_daemon(one, found[one], told.get(one, {}).get('status') or {}, pool_id)
                        for one in sorted(found) if one != 'summary']}


def uuid_flow(io):
    answer, = yield [execute(io, 'rbd_mirroring', 'rbd', 'mirror_uuid_get')]
    if answer[0] == -errno.ENOENT:
        return ''
    return Reader(need(answer, 'the mirror uuid')).text()


def mirror_uuid(world, params):
    found, = run_flows([uuid_flow(world.io(params['pool'], params['namespace']))])
    if isinstance(found, Exception):
        raise found
    return {'uuid': found}
`
