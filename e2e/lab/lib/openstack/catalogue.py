"""Roles, projects, users and the catalogue; and clouds.yaml, which says how to sign in."""
import json

from client import Client

# Besides `admin`: a plain member each, of the same name.
PROJECTS = ('demo', 'tenant-b')
SERVICES = ('cinder', 'glance', 'nova', 'placement', 'neutron', 'heat')


def provision(place):
    """Everything that is missing."""
    admin = Client(place)
    # The last is of those who own stacks: Heat acts for them by it.
    roles = {name: ensure(admin, 'roles', {'name': name})
             for name in ('admin', 'member', 'reader', 'service', 'heat_stack_owner')}
    projects = {name: ensure(admin, 'projects', {'name': name, 'domain_id': 'default'}) for name in ('service', *PROJECTS)}
    for name in SERVICES:
        account(admin, place, name, projects['service'], roles, 'admin', 'service')
    for name in PROJECTS:
        account(admin, place, name, projects[name], roles, 'member', 'reader', 'heat_stack_owner')
    for region in place.regions:
        ensure(admin, 'regions', {'id': region.name})
        endpoint(admin, 'identity', 'keystone', region, place.url('keystone', '/v3'))
        endpoint(admin, 'volumev3', 'cinderv3', region, place.url(region.cinder, '/v3/%(project_id)s'))
        endpoint(admin, 'image', 'glance', region, place.url('glance'))
    first = place.regions[0]
    endpoint(admin, 'compute', 'nova', first, place.url('nova', '/v2.1'))
    endpoint(admin, 'placement', 'placement', first, place.url('placement'))
    endpoint(admin, 'network', 'neutron', first, place.url('neutron'))
    endpoint(admin, 'orchestration', 'heat', first, place.url('heat', '/v1/%(project_id)s'))
    write_clouds(place, admin)


def ensure(admin, kind, wanted):
    for there in admin.identity('GET', f'/{kind}')[kind]:
        if wanted.items() <= there.items():
            return there
    return admin.identity('POST', f'/{kind}', {kind[:-1]: wanted})[kind[:-1]]


def account(admin, place, name, project, roles, *granted):
    there = admin.identity('GET', f'/users?name={name}')['users']
    user = there[0] if there else admin.identity('POST', '/users', {'user': {
        'name': name, 'domain_id': 'default', 'password': place.password}})['user']
    for role in granted:
        admin.identity('PUT', f"/projects/{project['id']}/users/{user['id']}/roles/{roles[role]['id']}")


def endpoint(admin, service, name, region, url):
    of = ensure(admin, 'services', {'type': service, 'name': name})
    there = admin.identity('GET', f"/endpoints?service_id={of['id']}")['endpoints']
    for interface in ('public', 'internal'):
        if not any(e['interface'] == interface and e['region_id'] == region.name for e in there):
            admin.identity('POST', '/endpoints', {'endpoint': {
                'service_id': of['id'], 'interface': interface, 'region_id': region.name, 'url': url}})


def write_clouds(place, admin):
    """Its YAML is JSON, which is YAML too."""
    kept = place.dir + '/etc/application-credential.json'
    try:
        with open(kept) as f:
            credential = json.load(f)
    except FileNotFoundError:
        made = admin.identity('POST', f'/users/{admin.user_id}/application_credentials', {
            'application_credential': {'name': 'lab', 'description': 'clouds.yaml of the lab'}})['application_credential']
        credential = {'application_credential_id': made['id'], 'application_credential_secret': made['secret']}
        place.write('etc/application-credential.json', json.dumps(credential))
    url, names = place.url('keystone', '/v3'), [region.name for region in place.regions]
    region = {'region_name': names[0], 'identity_api_version': '3', **({'regions': names} if names[1:] else {})}
    person = lambda name: {**region, 'auth': {
        'auth_url': url, 'username': name, 'password': place.password, 'project_name': name,
        'user_domain_id': 'default', 'project_domain_id': 'default'}}
    clouds = {'lab': person('admin'), 'lab-member': person(PROJECTS[0]), 'lab-tenant-b': person(PROJECTS[1]),
              'lab-appcred': {**region, 'auth_type': 'v3applicationcredential', 'auth': {'auth_url': url, **credential}}}
    place.write('../clouds.yaml', json.dumps({'clouds': clouds}, indent=2) + '\n')
