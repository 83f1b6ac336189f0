"""Real watchers: a volume that stays busy until it is let go."""
import rbd

from processes import PYTHON, LabError, alive, daemons, end, here, start, until
from sites import Site
from things import active_site

PREFIX = 'hold-'


def hold(place, o):
    site = o.site or active_site(place)
    spec = o.volume if '/' in o.volume else f'volumes/volume-{o.volume}'
    name = PREFIX + spec.replace('/', '-')
    argv = [PYTHON, here('hold.py'), place.lab, site, spec, *(['--exclusive'] if o.exclusive else [])]
    before = watchers(place, site, spec)
    start(place, name, argv)
    until(lambda: watchers(place, site, spec) > before or not alive(place, name), 20)
    if not alive(place, name):
        raise LabError(f'{spec} could not be opened at {site}; {place.dir}/log/{name}.log says why')
    return {'image': spec, 'site': site, 'pid': alive(place, name)}


def free(place, o):
    """Ends those that hold this volume, or all; their watches end with them."""
    for name in daemons(place.dir):
        if name.startswith(PREFIX) and (o.volume is None or name.endswith(o.volume.replace('/', '-'))):
            end(place, name, grace=10)
            place.forget(f'run/{name}.pid')


def watchers(place, site, spec):
    pool, name = spec.split('/')
    with rbd.Image(Site(place.lab, site).io(pool), name, read_only=True) as image:
        return len(list(image.watchers_list()))
