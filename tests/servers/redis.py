"""Redis without persistence."""

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tests.servers.ports import HOST
from tests.servers.process import Server
from tests.servers.programs import need


class Redis(Server):
    """An empty Redis; `flush` forgets everything, as a restart of a cache server does."""

    name = "redis"
    user = "redis"

    @property
    def url(self) -> str:
        """The CACHE_URL or BROKER_URL."""
        return f"redis://{HOST}:{self.port}/0"

    def command(self) -> list[str]:
        """Run it on our port without writing to disk."""
        return [
            *(str(need("redis-server")), "--bind", HOST, "--port", str(self.port)),
            *("--save", "", "--appendonly", "no", "--daemonize", "no", "--dir", str(self.folder)),
        ]

    def client(self) -> redis.Redis:
        """Return a client that gives up soon; use it in a `with` statement."""
        once = Retry(NoBackoff(), 0)
        return redis.Redis(host=HOST, port=self.port, socket_timeout=2, socket_connect_timeout=2, retry=once)

    def ready(self) -> bool:
        """Tell whether it answers."""
        try:
            with self.client() as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def flush(self) -> None:
        """Forget everything."""
        with self.client() as client:
            client.flushall()
