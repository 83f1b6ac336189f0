/** TCP connections from where the helper runs. It asks no cluster, so it answers where the site's own is dead too. */
export const reachPy = String.raw`
# As the monitors' map has them: 10.0.0.1:3300, [fd00::1]:3300, perhaps with v2: before it and a nonce behind.
ADDRESS = re.compile(r'^(?:v[12]:)?(?:\[([^\]]+)\]|([^\[\]:/]+)):(\d{1,5})(?:/\d+)?$')


def aside(work, *args):
    thread = threading.Thread(target=work, args=args)
    thread.daemon = True
    thread.start()
    return thread


def reach(address, seconds, answers):
    """Writes down how the address answered."""
    found = ADDRESS.match(address)
    if found is None:
        answers[address] = (False, 'no address of the form host:port')
        return
    try:
        socket.create_connection((found.group(1) or found.group(2), int(found.group(3))), seconds).close()
        answers[address] = (True, 'accepted')
    except socket.timeout:
        pass
    except Exception as error:
        refused = getattr(error, 'errno', None) == errno.ECONNREFUSED
        answers[address] = (False, 'refused' if refused else (getattr(error, 'strerror', None) or str(error)))


def net_reach(params):
    seconds = params['timeoutMs'] / 1000.0
    answers = {}
    threads = [aside(reach, address, seconds, answers) for address in params['addresses']]
    # A name that is being looked up keeps to no time-out of a socket.
    until = time.time() + seconds + 0.2
    for thread in threads:
        thread.join(max(0, until - time.time()))
    silent = (False, 'no answer within %g s' % seconds)
    given = dict(answers)
    return {'results': [dict(zip(('reached', 'text'), given.get(address, silent)), address=address)
                        for address in params['addresses']]}
`
