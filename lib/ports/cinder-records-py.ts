/**
 * Python for a controller: puts Cinder's records of a backend right whose images were promoted past cinder-volume, as
 * failover_host itself leaves them (cinder/volume/manager.py `failover`), by Cinder's own objects and configuration. Arguments:
 * host, target, how many replicated volumes there are to be, configuration files. Ends with 1 and a sentence where it changes
 * nothing. Run again it finds nothing to do. Met with Cinder 21 (Zed); names that another release lacks end it before any write.
 */
export const CINDER_RECORDS = `import glob, json, os, sys
host, target, expected, files = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:]

said = 'nothing was changed: '

def refuse(text):
    sys.exit(said + text)

def lives():
    """A process of cinder-volume with this configuration. This program itself, and what started it, has its text in a word."""
    for path in glob.glob('/proc/[0-9]*/cmdline'):
        try:
            with open(path, 'rb') as f:
                words = f.read().decode('utf-8', 'replace').split('\\0')
        except OSError:
            continue
        if any(said in word for word in words):
            continue
        if any(os.path.basename(word) == 'cinder-volume' or 'cinder.cmd.volume' in word for word in words[:4]):
            named = [word.partition('=')[2] for word in words if word.startswith('--config-file=')]
            named += [after for word, after in zip(words, words[1:]) if word == '--config-file']
            if not named or not files or set(named) & set(files):
                return path.split('/')[2]

pid = lives()
if pid:
    refuse('cinder-volume runs on this controller as process %s; stop it' % pid)

from oslo_config import cfg
from oslo_messaging import TransportURL
from oslo_messaging._drivers import impl_rabbit
from kombu import Connection
from amqp.exceptions import NotFound
from cinder import context, objects, version
from cinder.common import config  # noqa: its options
from cinder.objects import fields

CONF = cfg.CONF
CONF([part for file in files for part in ('--config-file', file)], project='cinder', version=version.version_string())
CONF.register_opts(impl_rabbit.rabbit_opts, 'oslo_messaging_rabbit')
objects.register_all()
S = fields.ReplicationStatus

def taken_from(link):
    """A failover_host that waits in the queue would be done by a cinder-volume as it starts: demote and promote once more.
    It alone is taken out; what else was looked at goes back to its place as the channel closes."""
    name = 'cinder-volume.%s.%s' % (host, host.partition('@')[0])
    channel = link.channel()
    try:
        there = channel.queue_declare(name, passive=True)
    except NotFound:
        return 0
    if there.consumer_count:
        refuse('somebody takes messages from %s, so a cinder-volume lives; stop it' % name)
    taken = 0
    for _ in range(there.message_count):
        message = channel.basic_get(name)
        if message is None:
            break
        body = json.loads(message.body)
        body = json.loads(body['oslo.message']) if 'oslo.message' in body else body
        if body.get('method') in ('failover', 'failover_host'):
            channel.basic_ack(message.delivery_tag)
            taken += 1
    channel.close()
    return taken

def emptied():
    url = TransportURL.parse(CONF)
    if not (url.transport or '').startswith('rabbit') or not url.hosts:
        refuse('its messages go by %s, into which this cannot look' % url.transport)
    for one in url.hosts:
        try:
            with Connection(hostname=one.hostname, port=one.port or 5672, userid=one.username, password=one.password,
                            virtual_host=url.virtual_host or '/', connect_timeout=5, ssl=CONF.oslo_messaging_rabbit.ssl) as link:
                return taken_from(link)
        except OSError as error:
            last = error
    refuse('RabbitMQ does not answer: %s' % last)

admin = context.get_admin_context()
service = objects.Service.get_by_args(admin, host, 'cinder-volume')
if service.is_up:
    refuse('cinder-volume of %s has reported within %d s' % (host, CONF.service_down_time))
if service.cluster_name:
    refuse('%s is part of the cluster %s, whose records this does not know' % (host, service.cluster_name))
volumes = list(objects.VolumeList.get_all_by_host(admin, host))
PLAIN = (S.DISABLED, S.NOT_CAPABLE)
plain = [one for one in volumes if one.replication_status in PLAIN]
replicated = [one for one in volumes if one.replication_status not in PLAIN]
if len(replicated) != expected:
    refuse('%s has %d replicated volumes, and %d were promoted' % (host, len(replicated), expected))
done = service.active_backend_id == target and service.replication_status == S.FAILED_OVER
taken = emptied()
for volume in replicated:
    if volume.replication_status == S.ENABLED:
        volume.replication_status = S.FAILED_OVER
        volume.save()
for volume in [] if done else plain:
    if volume.status != 'error':
        volume.previous_status = volume.status
    volume.status, volume.replication_status = 'error', S.NOT_CAPABLE
    volume.save()
    for snapshot in volume.snapshots:
        snapshot.status = fields.SnapshotStatus.ERROR
        snapshot.save()
if not done:
    service.active_backend_id, service.replication_status = target, S.FAILED_OVER
    service.disabled, service.disabled_reason, service.frozen = True, 'failed-over', True
    service.save()
print(json.dumps({'cinder': version.version_string(), 'replicated': len(replicated), 'plain': len(plain), 'taken': taken}))
`
