"""The servers that other tests rely on really break and really come back."""

import smtplib

import psycopg
import pytest
import redis

from tests.servers.process import Server
from tests.servers.programs import MissingProgramError, missing_packages, need


def deliver(sink, *, timeout=2):
    with smtplib.SMTP("127.0.0.1", sink.port, timeout=timeout) as client:
        client.sendmail("office@khidi.example", ["nino@example.org"], "Subject: გამარჯობა\r\n\r\nx".encode())


def test_postgresql_freezes_thaws_crashes_and_comes_back(postgresql):
    with psycopg.connect(postgresql.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (number int)")
        connection.execute("INSERT INTO kept VALUES (1)")
        postgresql.stop()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(postgresql.url, connect_timeout=2)
        postgresql.cont()
        assert connection.execute("SELECT number FROM kept").fetchall() == [(1,)]
        postgresql.kill()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(postgresql.url, connect_timeout=2)
    postgresql.restart()
    with psycopg.connect(postgresql.url, autocommit=True) as connection:
        assert connection.execute("SELECT number FROM kept").fetchall() == [(1,)]
        connection.execute("DROP TABLE kept")


def test_redis_freezes_thaws_forgets_crashes_and_comes_back(redis_server):
    with redis_server.client() as client:
        client.set("a", "1")
        redis_server.stop()
        with pytest.raises(redis.RedisError):
            client.get("a")
        redis_server.cont()
        assert client.get("a") == b"1"
        redis_server.flush()
        assert client.get("a") is None
    redis_server.kill()
    assert not redis_server.ready()
    redis_server.restart()
    assert redis_server.ready()


def test_the_sink_accepts_and_collects_with_envelope(smtp_sink):
    deliver(smtp_sink)
    assert [message["Subject"] for message in smtp_sink.wait_for(1)] == ["გამარჯობა"]
    assert smtp_sink.received[0].sender == "office@khidi.example"
    assert smtp_sink.received[0].recipients == ("nino@example.org",)


@pytest.mark.parametrize("mode", ["451", "550"])
def test_the_sink_refuses_a_recipient(smtp_sink, mode):
    smtp_sink.mode = mode
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        deliver(smtp_sink)
    assert refused.value.recipients["nino@example.org"][0] == int(mode)
    assert smtp_sink.messages == []


def test_the_sink_stalls_and_goes_on(smtp_sink):
    smtp_sink.stop()
    with pytest.raises((TimeoutError, smtplib.SMTPServerDisconnected)):
        deliver(smtp_sink, timeout=0.3)
    smtp_sink.cont()
    deliver(smtp_sink)
    assert len(smtp_sink.messages) == 1


def test_the_sink_refuses_connections_and_comes_back(smtp_sink):
    smtp_sink.kill()
    with pytest.raises(ConnectionRefusedError):
        deliver(smtp_sink)
    smtp_sink.restart()
    deliver(smtp_sink)
    assert len(smtp_sink.messages) == 1


def test_the_sink_calls_back_before_the_sender_knows(smtp_sink):
    told = []
    smtp_sink.after_data = lambda received: told.append(received.recipients)
    deliver(smtp_sink)
    assert told == [("nino@example.org",)]


class Broken(Server):
    """A server that ends at once."""

    def command(self):
        return ["/bin/sh", "-c", "echo no such disk; exit 1"]

    def ready(self):
        return False


def test_a_server_that_does_not_start_says_why_and_leaves_nothing():
    broken = Broken()
    with pytest.raises(RuntimeError, match="no such disk"):
        broken.__enter__()
    assert not broken.folder.exists()


def test_a_missing_program_names_its_package():
    with pytest.raises(MissingProgramError, match="postgresql"):
        need("no-such-program")
    assert missing_packages(["postgres"], fonts=False) == []
