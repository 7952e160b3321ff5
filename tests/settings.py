"""Test settings: the real ones, embedded, with a fast password hasher."""

import os

os.environ.setdefault("CALLCENTER_EMBEDDED", "1")

from callcenter.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The live server's threads must not outlive a test with an open connection.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
