#!/usr/bin/python3
"""Stands before every command of a site (an exec prefix) and notes it, outside the app and before it runs:

  exec: [/usr/bin/python3, /path/record.py, --log, FILE, --site, site-a, --]

One JSON line when a command begins and one when it has ended; `at` is the wall clock in ms. stdin, stdout and stderr
are the command's own. TERM and INT are passed on; a KILL of the recorder leaves the command running, like a dying ssh."""
import json
import os
import signal
import subprocess
import sys
import time
import uuid

PASSED_ON = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def shown(argv):
    """A program given on the command line is only named: it is long, and always the same."""
    out, after = [], False
    for a in argv:
        out.append('<helper>' if after else a)
        after = a in ('-uc', '-c') and any(os.path.basename(x).startswith('python3') for x in out)
    return out


def main():
    args = sys.argv[1:]
    if '--' not in args:
        sys.exit('record.py: --log FILE --site NAME -- COMMAND...')
    cut = args.index('--')
    options, argv = dict(zip(args[:cut:2], args[1:cut:2])), args[cut + 1:]
    if set(options) != {'--log', '--site'} or not argv:
        sys.exit('record.py: --log FILE --site NAME -- COMMAND...')
    log = os.open(options['--log'], os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
    say = lambda **line: os.write(log, (json.dumps(line) + '\n').encode())
    name, child, early = uuid.uuid4().hex, None, []

    def pass_on(number, _frame):
        if child is None:
            early.append(number)
        else:
            try:
                child.send_signal(number)
            except ProcessLookupError:
                pass

    for s in PASSED_ON:
        signal.signal(s, pass_on)
    say(event='start', id=name, site=options['--site'], argv=shown(argv), pid=os.getpid(), at=time.time_ns() / 1e6)
    try:
        # Popen gives the command default handlers again; nothing of the recorder's is inherited but the three streams.
        child = subprocess.Popen(argv)
    except OSError as e:
        print(f'record.py: {argv[0]}: {e.strerror}', file=sys.stderr)
        say(event='end', id=name, exit=127, at=time.time_ns() / 1e6)
        sys.exit(127)
    for number in early:
        child.send_signal(number)
    code = child.wait()
    code = 128 - code if code < 0 else code
    say(event='end', id=name, exit=code, at=time.time_ns() / 1e6)
    sys.exit(code)


if __name__ == '__main__':
    main()
