"""`manage.py serve` as a person meets it: started, asked, stopped, and refused."""

import socket
import sqlite3
import stat
from contextlib import closing

import pytest

from cms.serve import TroubleError, bind, chosen_port

ROLES = {
    "admin", "editor", "officer", "approver", "reviewer", "applicant", "helper", "event_manager", "citizen",
}  # fmt: skip


def sql(site, statement):
    """Return the rows of a statement on the database of a site."""
    with closing(sqlite3.connect(site.var / "demo.sqlite3")) as database, database:
        return database.execute(statement).fetchall()


def test_a_site_starts_serves_stops_and_starts_again_with_its_data(served):
    told = served.told()
    assert told["url"] == f"{served.url}/"
    assert {account["role"] for account in told["accounts"]} == ROLES
    assert all(account["email"].endswith("@khidi.example") for account in told["accounts"])
    assert told["mail"] == told["pages"]["mailbox"]
    assert {"home", "sign_in", "mailbox", "tour"} <= told["pages"].keys()

    for page in told["pages"].values():
        assert served.get(page.removeprefix(served.url))[0] == 200, page
    assert served.get("/healthz/live") == (200, '{"status": "ok"}')
    assert '"status": "ok"' in served.get("/healthz/ready")[1]
    status, home = served.get("/ka/")
    assert (status, "ზელვარ" in home, 'lang="ka"' in home) == (200, True, True)

    for account in told["accounts"]:
        assert served.get(account["try_as_url"].removeprefix(served.url))[0] == 200, account["role"]
    assert served.get(told["accounts"][0]["try_as_url"].removeprefix(served.url)[:-1] + "x/")[0] == 404

    code, out, err = served.stop()
    assert (code, out) == (0, f"{served.url}/\n")
    assert "Traceback" not in err

    sql(served, "UPDATE cms_accounts_unit SET name = 'Changed' WHERE code = 'ponte'")
    assert sql(served, "SELECT kind FROM cms_jobs_job WHERE state = 'running'") == []

    served.description.write_text('"stale"')
    assert served.start() < 10
    assert served.told()["url"] == f"{served.url}/"
    assert served.get("/en/")[0] == 200
    served.stop()
    assert sql(served, "SELECT name FROM cms_accounts_unit WHERE code = 'ponte'") == [("Changed",)]


def test_the_secret_is_the_owners_alone(served):
    kept = served.var / "secret-key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert len(kept.read_text()) > 50


def test_a_port_in_use_is_said_in_one_line(site):
    with socket.create_server(("127.0.0.1", site.port)):
        assert site.refuses() == (1, [f"Port {site.port} is in use: choose another one with PORT=…"])
    assert not site.description.exists()


def test_a_port_in_use_on_the_other_localhost_counts_too():
    try:
        other = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("This machine has no IPv6.")
    with other, pytest.raises(TroubleError, match="is in use"):
        bind(other.getsockname()[1])


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", ""])
def test_a_port_that_is_none_is_refused(settings, port):
    settings.PORT = port
    with pytest.raises(TroubleError, match=f"PORT={port} is no port"):
        chosen_port()


def test_a_broken_database_is_said_in_one_line(site):
    site.var.mkdir()
    (site.var / "demo.sqlite3").write_bytes(b"This is no database. " * 1000)
    code, lines = site.refuses()
    assert (code, len(lines)) == (1, 1)
    assert str(site.var / "demo.sqlite3") in lines[0]


def test_a_database_server_that_is_away_is_said_in_one_line_without_its_password(site):
    site.variables = {"DATABASE_URL": "postgresql://khidi:hidden@127.0.0.1:1/khidi"}
    code, lines = site.refuses()
    assert (code, len(lines)) == (1, 1)
    assert "khidi on 127.0.0.1:1" in lines[0]
    assert "hidden" not in lines[0]


def test_a_folder_that_cannot_be_written_is_said_in_one_line(site, tmp_path):
    (tmp_path / "file").touch()
    site.var = tmp_path / "file" / "var"
    code, lines = site.refuses()
    assert (code, len(lines)) == (1, 1)
    assert str(site.var) in lines[0]


def test_a_database_of_edited_migrations_is_said_in_one_line(served, tmp_path):
    old = served.copy(tmp_path / "old")
    path = '$."cms_jobs.0001_initial"'
    sql(old, f"UPDATE cms_demo_demostate SET migrations = json_set(migrations, '{path}', 'x')")
    code, lines = old.refuses()
    assert (code, len(lines)) == (1, 1)
    assert "made by an older version" in lines[0]
    assert str(old.var / "demo.sqlite3") in lines[0]
