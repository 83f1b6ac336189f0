"""MariaDB and RabbitMQ, as root and without their packages' own ways to start."""
import glob
import json
import os
import shutil
import subprocess

from place import REGION_ONE, REGION_TWO
from processes import LabError, alive, listens, run, start, wait_for


def start_mariadb(place):
    data, port = place.dir + '/mysql', place.port('mariadb')
    if not place.marked('mariadb'):
        shutil.rmtree(data, ignore_errors=True)
        run(place, 'mariadb-install', ['mariadb-install-db', '--no-defaults', '--user=root', f'--datadir={data}',
                                       '--auth-root-authentication-method=normal', '--skip-test-db'])
        place.mark('mariadb')
    # What was written last may be lost with the machine: it is a lab.
    start(place, 'mariadb', [
        '/usr/sbin/mariadbd', '--no-defaults', '--user=root', f'--datadir={data}', f'--socket={place.dir}/run/mysql.sock',
        f'--port={port}', '--bind-address=127.0.0.1', f'--pid-file={place.dir}/run/mysql.own', '--skip-log-bin',
        '--performance-schema=OFF', '--innodb-buffer-pool-size=64M', '--innodb-log-file-size=16M',
        '--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0', '--max-connections=400', '--key-buffer-size=1M',
        '--aria-pagecache-buffer-size=1M', '--table-open-cache=400', '--thread-cache-size=4', '--query-cache-type=0'],
        port=port)
    wait_for(place, 'mariadb', lambda: listens(port), 30)


def sql(place, statements, schema='mysql'):
    """Rows, each a list of columns as text; NULL is None."""
    done = subprocess.run(['mysql', '--no-defaults', '-uroot', '-S', place.dir + '/run/mysql.sock', '-N', '--batch', schema],
                          input=statements, capture_output=True, text=True)
    if done.returncode:
        raise LabError(f'MariaDB refused: {done.stderr.strip()}')
    return [[None if field == 'NULL' else field for field in line.split('\t')] for line in done.stdout.splitlines()]


def schema(place, name):
    grants = ''.join(f"GRANT ALL ON {name}.* TO 'os'@'{host}' IDENTIFIED BY '{place.password}';"
                     for host in ('127.0.0.1', 'localhost'))
    sql(place, f'CREATE DATABASE IF NOT EXISTS {name} CHARACTER SET utf8mb3; {grants}')


def start_rabbitmq(place):
    """Not through /usr/sbin/rabbitmq-server, which wants to become another user. Its account comes from a file, so that
    nothing has to be told to it once it runs; queues are made by those that use them, so each start is from nothing."""
    if alive(place, 'rabbitmq'):
        return
    home, port, dist = place.dir + '/rabbit', place.port('rabbitmq'), place.port('rabbitmq-dist')
    shutil.rmtree(home, ignore_errors=True)
    os.makedirs(home + '/home', mode=0o700)
    hosts = ['/', REGION_ONE.name, REGION_TWO.name]
    everything = {'configure': '.*', 'write': '.*', 'read': '.*'}
    place.write('rabbit/definitions.json', json.dumps({
        'users': [{'name': 'os', 'password': place.password, 'tags': ['administrator']}],
        'vhosts': [{'name': host} for host in hosts],
        'permissions': [{'user': 'os', 'vhost': host, **everything} for host in hosts]}))
    place.write('rabbit/rabbitmq.conf', f'''listeners.tcp.local = 127.0.0.1:{port}
loopback_users = none
load_definitions = {home}/definitions.json
log.console = false
log.file.level = warning
vm_memory_high_watermark.absolute = 512MB
disk_free_limit.absolute = 50MB
collect_statistics_interval = 60000
''')
    place.write('rabbit/advanced.config', '[{kernel,[{inet_dist_use_interface,{127,0,0,1}},'
                                          f'{{inet_dist_listen_min,{dist}}},{{inet_dist_listen_max,{dist}}}]}}].\n')
    place.write('rabbit/enabled_plugins', '[].\n')
    epmd = shutil.which('epmd') or glob.glob('/usr/lib/erlang/erts-*/bin/epmd')[0]
    own = {'ERL_EPMD_ADDRESS': '127.0.0.1', 'ERL_EPMD_PORT': str(place.port('epmd'))}
    start(place, 'epmd', [epmd, '-port', own['ERL_EPMD_PORT']], own, place.port('epmd'))
    start(place, 'rabbitmq', ['/usr/lib/rabbitmq/bin/rabbitmq-server'], {
        **own, 'HOME': home + '/home', 'RABBITMQ_NODENAME': f"lab{port}@localhost",
        'RABBITMQ_MNESIA_BASE': home + '/mnesia', 'RABBITMQ_LOG_BASE': home + '/log',
        'RABBITMQ_CONFIG_FILE': home + '/rabbitmq.conf', 'RABBITMQ_ADVANCED_CONFIG_FILE': home + '/advanced.config',
        'RABBITMQ_ENABLED_PLUGINS_FILE': home + '/enabled_plugins', 'RABBITMQ_CONF_ENV_FILE': '/dev/null',
        'RABBITMQ_PID_FILE': home + '/own.pid',
        'RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS': '+S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none +A 4'}, port)


def wait_rabbitmq(place):
    wait_for(place, 'rabbitmq', lambda: listens(place.port('rabbitmq')), 60)
