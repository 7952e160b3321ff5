"""Private PostgreSQL and Redis servers, run as child processes of the caller: no root, no container, no port."""

from devtools.services.postgres import Postgres
from devtools.services.process import AlreadyRunning, ServerFailed
from devtools.services.redis_server import RedisServer

__all__ = ["AlreadyRunning", "Postgres", "RedisServer", "ServerFailed"]
