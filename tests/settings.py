"""Test settings: the real ones, embedded, with a fast password hasher."""

import os

os.environ.setdefault("CALLCENTER_EMBEDDED", "1")

from callcenter.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
