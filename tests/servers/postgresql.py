"""PostgreSQL as Debian ships it, without its guards against power cuts."""

import os
import subprocess

import psycopg

from tests.servers.ports import HOST
from tests.servers.process import Server
from tests.servers.programs import need

FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
}
"""Safe in tests: a killed server loses nothing it has acknowledged, only a power cut would."""


class PostgreSQL(Server):
    """A cluster of its own with the superuser `khidi` and the database `khidi`."""

    name = "postgresql"
    user = "postgres"

    def address(self, database: str = "khidi") -> str:
        """Return the DATABASE_URL of a database of this cluster."""
        return f"postgresql://khidi@{HOST}:{self.port}/{database}"

    @property
    def url(self) -> str:
        """The DATABASE_URL."""
        return self.address()

    def prepare(self) -> None:
        """Create the cluster."""
        initdb = [str(need("initdb")), "--pgdata=data", "--username=khidi", "--auth=trust", "--no-sync"]
        subprocess.run(
            [*initdb, "--encoding=UTF8", "--locale=C.UTF-8"],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "TZ": "UTC"},
            check=True,
            capture_output=True,
            **self.identity,
        )

    def command(self) -> list[str]:
        """Run the cluster on our port, with its socket in our folder."""
        options = {
            "listen_addresses": HOST,
            "port": str(self.port),
            "unix_socket_directories": str(self.folder),
            **FAST,
        }
        flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return [str(need("postgres")), "-D", "data", *flags]

    def start(self) -> None:
        """Start it, and create the database at the first start."""
        super().start()
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'khidi'").fetchone()
            if not known:
                connection.execute("CREATE DATABASE khidi")

    def ready(self) -> bool:
        """Tell whether it answers a query."""
        try:
            with psycopg.connect(self.address("postgres"), connect_timeout=2) as connection:
                return connection.execute("SELECT 1").fetchone() == (1,)
        except psycopg.OperationalError:
            return False
