"""Test settings: the real ones, embedded, with a fast password hasher and each parallel worker in its own Redis."""

import os

os.environ.setdefault("CALLCENTER_EMBEDDED", "1")

from callcenter.settings import *  # noqa: F403
from callcenter.settings import CACHES, DATABASES, REDIS_URL

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# The live server's threads must not outlive a test with an open connection; a server of its own may keep them.
DATABASES["default"]["CONN_MAX_AGE"] = int(os.environ.get("TEST_CONN_MAX_AGE", "0"))

# A server of our own is migrated once, and each worker's database is a clone of that.
if "CALLCENTER_MIGRATED" in os.environ:
    DATABASES["default"]["ENGINE"] = "tests.database"
    DATABASES["default"]["TEST"] = {"TEMPLATE": DATABASES["default"]["NAME"]}

# Workers empty their cache after each test, and a task belongs to the worker that sent it.
NUMBER = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
if REDIS_URL.startswith("unix://"):
    CACHES["default"]["LOCATION"] = f"{REDIS_URL}?db={NUMBER}"
    CELERY_BROKER_URL = f"{REDIS_URL.replace('unix://', 'redis+socket://', 1)}?virtual_host={NUMBER}"
else:
    CELERY_BROKER_URL = CACHES["default"]["LOCATION"] = f"{REDIS_URL.rpartition('/')[0]}/{NUMBER}"
