"""Starting and ending daemons. Only what the lab itself started is ever signalled: pid and kernel start time must agree."""
import glob
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request


PYTHON = '/usr/bin/python3'
# A proxy of the caller's would be asked for services on loopback.
OPEN = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


class LabError(Exception):
    """Something that whoever called the lab should read, as it is."""


def started_at(pid):
    """The kernel's start time of a process that runs; None for one that is gone or a zombie."""
    try:
        with open(f'/proc/{pid}/stat') as f:
            fields = f.read().rpartition(')')[2].split()
    except OSError:
        return None
    return None if fields[0] == 'Z' else fields[19]


def alive(place, name):
    """The daemon's pid, or None."""
    return pid_of(f'{place.dir}/run/{name}.pid')


def pid_of(file):
    try:
        with open(file) as f:
            pid, start = f.read().split()
    except (OSError, ValueError):
        return None
    return int(pid) if started_at(pid) == start else None


def daemons(folder):
    """By name, each one that was ever started below this folder: its pid, or None."""
    files = sorted(glob.glob(f'{folder}/run/*.pid'))
    return {os.path.basename(file)[:-len('.pid')]: pid_of(file) for file in files}


def start(place, name, argv, env=None, port=None):
    """A session of its own, without the lab's lock. A port that a stranger listens on is refused here, in words."""
    if alive(place, name):
        return
    if port and listens(port):
        raise LabError(f'{name}: port {port} is used by something else; set LAB_PORT')
    with open(place.path('log', name + '.log'), 'ab') as log:
        child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                                 cwd=place.dir, env={**os.environ, **(env or {})})
    place.write(f'run/{name}.pid', f'{child.pid} {started_at(child.pid)}')


def end(place, name, how=signal.SIGTERM, grace=3):
    """The daemon and all of its session: a worker must not outlive the process that would start another one."""
    pid = alive(place, name)
    if pid is None:
        return
    os.kill(pid, how)
    if how != signal.SIGKILL:
        until(lambda: not alive(place, name), grace)
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    until(lambda: not alive(place, name), 10)


def until(holds, limit, every=0.05):
    """Whether it came to hold within `limit` seconds."""
    give_up = time.monotonic() + limit
    while not holds():
        if time.monotonic() > give_up:
            return False
        time.sleep(every)
    return True


def listens(port):
    with socket.socket() as s:
        s.settimeout(1)
        return s.connect_ex(('127.0.0.1', port)) == 0


def answers(url):
    """Whether HTTP comes back, whatever its status."""
    try:
        OPEN(url, timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def wait_for(place, name, holds, limit=90):
    """Until it holds; ends at once, with its last words, where the daemon has died."""
    done = lambda: holds() or not alive(place, name)
    if until(done, limit, 0.1) and alive(place, name):
        return
    with open(place.path('log', name + '.log'), errors='replace') as f:
        last = ''.join(f.readlines()[-5:])
    raise LabError(f'{name} {"does not answer" if alive(place, name) else "ended"}; {place.dir}/log/{name}.log says:\n{last}')


def run(place, name, argv, env=None):
    """A tool that ends of itself. What it says goes to log/NAME.log."""
    path = place.path('log', name + '.log')
    with open(path, 'ab') as log:
        code = subprocess.call(argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=place.dir,
                               env={**os.environ, **(env or {})})
    if code:
        raise LabError(f'{name} ended with {code}; see {path}')


# Its imports take seconds, so they are done once for several commands. Argument: the commands, as JSON.
MANAGE = '''
import json, os, sys
sys.argv[0] = {name!r}
from {module} import main
for command in json.loads(sys.argv.pop()):
    child = os.fork()
    if not child:
        sys.argv[1:] = command
        sys.exit(main())
    if os.waitpid(child, 0)[1]:
        sys.exit(f'{name} {{" ".join(command)}}: failed')
'''


def manage(place, log, name, module, conf, *commands, env=None):
    """Runs some of a service's own commands, one after the other, up to the first that fails."""
    said = json.dumps([['--config-file', conf, *command] for command in commands])
    run(place, log, [PYTHON, '-c', MANAGE.format(name=name, module=module), said], env)


def entry(name, module):
    """The argv of a console script that Debian ships in a package of its own, with an init script that is not wanted."""
    return [PYTHON, '-c', f'import sys; sys.argv[0] = {name!r}; from {module} import main; sys.exit(main())']


def uwsgi(name, port, module):
    """A WSGI service: one process. Debian's bare uwsgi refuses several options of the services' own ini files."""
    return ['/usr/bin/uwsgi_python3', '--http-socket', f'127.0.0.1:{port}', '--pythonpath', here('daemons'), '--module',
            f'{module}:application', '--processes', '1', '--threads', '4', '--enable-threads', '--lazy-apps', '--need-app',
            '--buffer-size', '65535', '--die-on-term', '--disable-logging', '--add-header', 'Connection: close',
            '--thunder-lock', '--procname', name, '--listen', '100']


def here(*parts):
    """A file or folder of this lab's own code."""
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), *parts)
