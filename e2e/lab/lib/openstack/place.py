"""Where one lab's OpenStack is: its folder, its ports, its password and its regions."""
import os
import secrets
from dataclasses import dataclass


@dataclass(frozen=True)
class Region:
    """A region is a Cinder of its own: its volumes are at `primary`, and `secondary` is its replication_device."""
    name: str
    cinder: str
    primary: str
    secondary: str


REGION_ONE = Region('RegionOne', 'cinder', 'site-a', 'site-b')
REGION_TWO = Region('RegionTwo', 'cinder2', 'site-b', 'site-a')
# What each listens on, from LAB_PORT + 200 on; the two clusters have the hundreds from LAB_PORT and LAB_PORT + 1000 on.
OFFSETS = {'mariadb': 1, 'rabbitmq': 2, 'rabbitmq-dist': 3, 'epmd': 4, 'keystone': 10, 'cinder': 11, 'glance': 12,
           'nova': 13, 'placement': 14, 'neutron': 15, 'heat': 16, 'cinder2': 21}


class Place:
    def __init__(self, lab):
        self.lab = os.path.abspath(lab)
        self.dir = self.lab + '/openstack'
        with open(self.dir + '/port') as f:
            self.base = int(f.read())

    def make(self):
        """The folder, and on the first call the password of all accounts."""
        for name in ('run', 'log', 'etc', 'lock'):
            os.makedirs(f'{self.dir}/{name}', mode=0o700, exist_ok=True)
        if not os.path.exists(self.dir + '/password'):
            self.write('password', secrets.token_hex(16))

    @property
    def password(self):
        return self.read('password')

    @property
    def regions(self):
        return (REGION_ONE, REGION_TWO) if self.marked('second-region') else (REGION_ONE,)

    def port(self, name):
        return self.base + OFFSETS[name]

    def url(self, name, path=''):
        return f'http://127.0.0.1:{self.port(name)}{path}'

    def conf(self, site):
        return f'{self.lab}/{site}.conf'

    def fsid(self, site):
        with open(f'{self.lab}/{site}.fsid') as f:
            return f.read().strip()

    def path(self, *parts):
        """A path below the folder, whose own folder is made."""
        path = os.path.join(self.dir, *parts)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    def write(self, name, text):
        """In one piece, and for nobody else's eyes: most of these files hold the password."""
        path = self.path(name)
        with open(os.open(path + '.new', os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 'w') as f:
            f.write(text)
        os.replace(path + '.new', path)
        return path

    def read(self, name):
        with open(f'{self.dir}/{name}') as f:
            return f.read()

    def forget(self, name):
        if os.path.exists(f'{self.dir}/{name}'):
            os.remove(f'{self.dir}/{name}')

    def marked(self, name):
        return os.path.exists(f'{self.dir}/{name}.done')

    def mark(self, name):
        self.write(name + '.done', '')
