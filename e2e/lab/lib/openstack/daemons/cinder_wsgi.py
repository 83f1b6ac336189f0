"""cinder-api for uwsgi; LAB_CONF is its configuration."""
import os
import sys

sys.argv = ['cinder-api', '--config-file', os.environ['LAB_CONF']]
from cinder.wsgi.wsgi import initialize_application  # noqa: E402

application = initialize_application()
