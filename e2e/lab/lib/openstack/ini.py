"""The services' configuration files, and the sections that they have in common."""


def ini(sections):
    """Text of {section: {key: value}}; a value that is a list gives one line each."""
    lines = []
    for section, values in sections.items():
        lines.append(f'[{section}]')
        for key, value in values.items():
            for one in value if isinstance(value, list) else [value]:
                lines.append(f'{key} = {str(one).lower() if isinstance(one, bool) else one}')
    return '\n'.join(lines) + '\n'


def account(place, user, **more):
    """How a service signs in to Keystone."""
    return {'auth_url': place.url('keystone', '/v3'), 'auth_type': 'password', 'username': user, 'password': place.password,
            'project_name': 'service', 'user_domain_id': 'default', 'project_domain_id': 'default', **more}


def database(place, name):
    return f"mysql+pymysql://os:{place.password}@127.0.0.1:{place.port('mariadb')}/{name}?charset=utf8"


def rabbit(place, region):
    """A virtual host for each region: queues have the names of topics, and two Cinders would take each other's messages."""
    return f"rabbit://os:{place.password}@127.0.0.1:{place.port('rabbitmq')}/{region.name}"


def common(place, user, region, schema):
    """Who asks for a token to be checked, the database, messaging and policies, alike in every service but Keystone."""
    return {
        'keystone_authtoken': account(
            place, user, www_authenticate_uri=place.url('keystone', '/v3'), region_name=region.name,
            service_token_roles='service', service_token_roles_required=False, token_cache_time=60),
        'database': {'connection': database(place, schema), 'max_pool_size': 10, 'max_overflow': 20},
        'oslo_messaging_rabbit': {'heartbeat_in_pthread': False, 'rabbit_retry_interval': 1},
        'oslo_messaging_notifications': {'driver': 'noop'},
        'oslo_concurrency': {'lock_path': place.dir + '/lock'},
        'oslo_policy': {'enforce_scope': False, 'enforce_new_defaults': False},
    }
