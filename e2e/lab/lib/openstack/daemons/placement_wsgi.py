"""placement for uwsgi; OS_PLACEMENT_CONFIG_DIR names its configuration."""
import sys

sys.argv = ['placement-api']
from placement.wsgi import init_application  # noqa: E402

application = init_application()
