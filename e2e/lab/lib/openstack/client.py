"""A small client of the lab's cloud. What it is refused it says in the service's own words."""
import time

import requests

from processes import LabError

MICROVERSIONS = {'volumev3': 'volume 3.70', 'compute': 'compute 2.93'}


class Client:
    def __init__(self, place, user='admin', project='admin', region='RegionOne'):
        self.session, self.region = requests.Session(), region
        self.session.trust_env = False         # a proxy of the caller's would be asked for services on loopback
        self.keystone, self.token = place.url('keystone'), None
        domain = {'domain': {'id': 'default'}}
        answer = self.send('POST', self.keystone + '/v3/auth/tokens', {'auth': {
            'identity': {'methods': ['password'], 'password': {'user': {'name': user, 'password': place.password, **domain}}},
            'scope': {'project': {'name': project, **domain}}}})
        self.token, token = answer.headers['X-Subject-Token'], answer.json()['token']
        self.user_id, self.project_id, self.catalog = token['user']['id'], token['project']['id'], token['catalog']

    def send(self, method, url, body=None, headers=None, data=None):
        try:
            answer = self.session.request(method, url, json=body, data=data, timeout=120,
                                          headers={'X-Auth-Token': self.token, 'Accept': 'application/json', **(headers or {})})
        except requests.RequestException as error:
            raise LabError(f'{method} {url}: no answer ({type(error).__name__})') from None
        if not answer.ok:
            raise LabError(f'{method} {url}: {answer.status_code} {answer.text[:500]}')
        return answer

    def endpoint(self, service):
        for entry in self.catalog:
            for end in entry['endpoints'] if entry['type'] == service else []:
                if end['interface'] == 'public' and end['region_id'] == self.region:
                    return end['url']
        raise LabError(f'the catalogue has no {service} in {self.region}')

    def call(self, service, method, path, body=None, **more):
        """The answer's JSON, or None where it has none. `path` is what follows the endpoint in the catalogue."""
        version = {'OpenStack-API-Version': MICROVERSIONS[service]} if service in MICROVERSIONS else {}
        answer = self.send(method, self.endpoint(service) + path, body, {**version, **more.pop('headers', {})}, **more)
        return answer.json() if answer.content else None

    def identity(self, method, path, body=None):
        answer = self.send(method, f'{self.keystone}/v3{path}', body)
        return answer.json() if answer.content else None

    def volume(self, method, path, body=None):
        return self.call('volumev3', method, path, body)

    def compute(self, method, path, body=None):
        return self.call('compute', method, path, body)

    def image(self, method, path, body=None, **more):
        return self.call('image', method, path, body, **more)

    def network(self, method, path, body=None):
        return self.call('network', method, path, body)

    def orchestration(self, method, path, body=None):
        return self.call('orchestration', method, path, body)

    def settled(self, what, read, status, limit=90):
        """Reads until the thing has this status. One that ends in another, final one is told with the reason, if there is."""
        end = time.monotonic() + limit
        while True:
            thing = read()
            if thing['status'] == status:
                return thing
            if thing['status'].lower().startswith('error') or time.monotonic() > end:
                why = (thing.get('fault') or {}).get('message', '')
                raise LabError(f"{what} is {thing['status']}, not {status} {why}".rstrip())
            time.sleep(0.15)

    def settled_volume(self, volume_id, status='available'):
        return self.settled(f'volume {volume_id}', lambda: self.volume('GET', f'/volumes/{volume_id}')['volume'], status)

    def settled_server(self, server_id, status='ACTIVE'):
        return self.settled(f'server {server_id}', lambda: self.compute('GET', f'/servers/{server_id}')['server'], status)
