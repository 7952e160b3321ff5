"""The embedded servers, started for real in a folder whose name holds a space."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import psycopg2
import pytest
import redis

from devtools.services import AlreadyRunning, Postgres, RedisServer, places
from devtools.services.process import Lock, end_leftover
from devtools.web_port import address_of, listen


@pytest.fixture
def postgres(folder):
    server = Postgres(folder, durable=True).start()
    yield server
    server.stop()


@pytest.fixture
def redis_server(folder):
    server = RedisServer(folder, durable=True).start()
    yield server
    server.stop()


def ask(server, question):
    connection = psycopg2.connect(host=str(server.sockets), user="callcenter", dbname="callcenter")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(question)
        answer = cursor.fetchone() if cursor.description else None
    connection.close()
    return answer


def kill(server):
    pid = int(server.pid_file.read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    server._lock.release()


def test_postgres_killed_and_started_again_keeps_its_rows(folder, postgres):
    ask(postgres, "CREATE TABLE kept AS SELECT 41 + 1 AS number")
    kill(postgres)

    again = Postgres(folder).start()

    assert ask(again, "SELECT number FROM kept") == (42,)
    again.stop()


def test_postgres_waits_for_the_orphans_of_a_killed_server(folder, postgres):
    connection = psycopg2.connect(postgres.url.replace("postgres://", "postgresql://"))
    orphan = connection.info.backend_pid
    os.kill(orphan, signal.SIGSTOP)
    kill(postgres)
    threading.Timer(1.0, os.kill, (orphan, signal.SIGKILL)).start()

    again = Postgres(folder).start()

    assert ask(again, "SELECT 1") == (1,)
    assert b"shared memory block" in again.log.read_bytes()
    again.stop()


def test_postgres_of_this_house_sorts_chinese_trigrams(postgres):
    ask(postgres, "CREATE EXTENSION pg_trgm")

    assert ask(postgres, "SELECT cardinality(show_trgm('投诉处理')) > 0") == (True,)


def test_postgres_in_use_refuses_a_second_start(folder, postgres):
    with pytest.raises(AlreadyRunning):
        Postgres(folder).start()


def test_postgres_stopped_leaves_no_socket_and_no_pid_file(folder, postgres):
    postgres.stop()

    assert not postgres.pid_file.exists()
    assert not postgres.sockets.exists()


def test_postgres_starts_over_a_stale_pid_file(folder, postgres):
    postgres.stop()
    postgres.pid_file.write_text(f"{os.getpid()}\n")

    again = Postgres(folder).start()

    assert ask(again, "SELECT 1") == (1,)
    again.stop()


def test_redis_killed_and_started_again_keeps_its_keys(folder, redis_server):
    with redis.Redis(unix_socket_path=str(redis_server.socket)) as client:
        client.set("kept", "42")
    kill(redis_server)

    again = RedisServer(folder).start()

    with redis.Redis(unix_socket_path=str(again.socket)) as client:
        assert client.get("kept") == b"42"
    again.stop()


def test_servers_end_with_the_process_that_started_them(folder):
    program = (
        "import os, signal, sys; from pathlib import Path; from devtools.services import RedisServer\n"
        "RedisServer(Path(sys.argv[1])).start(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", program, str(folder)], cwd=places.ROOT, check=False)

    again = RedisServer(folder).start()

    assert again._answers()
    again.stop()


def test_leftover_pid_of_another_program_is_left_alone(tmp_path):
    pid_file = tmp_path / "server.pid"
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as other:
        pid_file.write_text(str(other.pid))

        end_leftover(pid_file, tmp_path, signal.SIGKILL)

        assert other.poll() is None
        other.kill()
    assert not pid_file.exists()


def test_lock_taken_tells_what_its_holder_wrote(tmp_path):
    holder = Lock(tmp_path / "lock")
    holder.write("http://127.0.0.1:8000")

    with pytest.raises(AlreadyRunning) as refused:
        Lock(tmp_path / "lock")

    assert refused.value.note == "http://127.0.0.1:8000"
    holder.release()


def test_lock_released_can_be_taken_again(tmp_path):
    Lock(tmp_path / "lock").release()

    Lock(tmp_path / "lock").release()


def test_socket_dir_of_a_plain_short_path_is_that_path():
    with tempfile.TemporaryDirectory() as name:
        assert places.socket_dir(Path(name) / "s") == Path(name) / "s"


@pytest.mark.parametrize("name", ["with space", "路径", "long" * 30])
def test_socket_dir_of_an_awkward_path_is_short_plain_and_always_the_same(tmp_path, name):
    found = places.socket_dir(tmp_path / name)

    assert places.PLAIN_PATH.fullmatch(str(found))
    assert len(str(found)) < places.SOCKET_PATH_LIMIT
    assert found == places.socket_dir(tmp_path / name)


def test_private_dir_is_closed_to_everybody_else(tmp_path):
    assert places.private_dir(tmp_path / "made").stat().st_mode & 0o777 == 0o700


def test_private_dir_refuses_a_link_that_somebody_put_there(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")

    with pytest.raises(RuntimeError, match="belongs to somebody else"):
        places.private_dir(tmp_path / "link")


def test_listen_on_a_taken_port_takes_the_next_free_one():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with listen("127.0.0.1", port) as listener:
            assert listener.getsockname()[1] > port


def test_address_of_every_interface_names_this_machine():
    with listen("0.0.0.0", 18_000) as listener:
        assert address_of(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}"
