"""The settings of a worker process that knows the tests' kinds."""

from tests.jobs.kinds import KINDS
from tests.settings import *  # noqa: F403

JOB_KINDS = KINDS
