"""The runner says what happened, whatever happened."""

import os
import subprocess
import sys
import tempfile

import pytest

from tests.runner import parts
from tests.runner.memory import in_memory
from tests.runner.parts import Check, Count, Lane, clean_environment, run

REPORT = """<testsuites><testsuite>
<testcase name="good"/>
<testcase name="bad"><failure/></testcase>
<testcase name="worse"><failure/><error/></testcase>
<testcase name="broken"><error/></testcase>
<testcase name="left out"><skipped/></testcase>
</testsuite></testsuites>"""


def test_a_report_is_counted_once_a_test(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    assert parts.counted(report) == Count(passed=1, failed=3, skipped=1)
    assert parts.counted(tmp_path / "none.xml") == Count()


@pytest.mark.parametrize(
    ("count", "line"),
    [
        (Count(3, 0), "3 passed, 0 failed"),
        (Count(3, 1), "3 passed, 1 failed"),
        (Count(3, 1, 2), "3 passed, 1 failed, 2 skipped"),
    ],
)
def test_the_closing_line_is_plain(count, line):
    assert str(count) == line


@pytest.fixture
def suite(tmp_path):
    """Return a function that writes a test file and runs it as a lane."""

    def run_as_lane(text, *arguments):
        (tmp_path / "test_it.py").write_text(text)
        options = ["-p", "no:django", "-p", "no:cacheprovider", "--confcutdir", str(tmp_path)]
        own = ["-c", "/dev/null", "--rootdir", str(tmp_path), str(tmp_path)]
        return Lane("lane", [*options, *own, *arguments]).run()

    return run_as_lane


def test_a_lane_counts_its_tests(suite):
    outcome = suite("def test_a(): pass\ndef test_b(): assert False")
    assert outcome.count == Count(passed=1, failed=1)
    assert "def test_b(): assert False" in outcome.output


def test_a_lane_without_tests_has_failed(suite):
    outcome = suite("")
    assert outcome.count == Count(failed=1)
    assert "This lane ran no test." in outcome.output


def test_a_lane_that_cannot_be_collected_has_failed(suite):
    assert suite("def test_a(: pass").count.failed == 1


def test_a_lane_that_dies_has_failed(suite):
    assert suite("import os\ndef test_a(): os._exit(0)").count.failed == 1


@pytest.mark.parametrize(("code", "count"), [(0, Count(passed=1)), (3, Count(failed=1))])
def test_a_check_passes_or_fails_by_its_exit_code(code, count):
    assert Check("check", [sys.executable, "-c", f"raise SystemExit({code})"]).run().count == count


def test_a_part_that_hangs_is_ended_and_has_failed():
    script = "import time; print('begun', flush=True); time.sleep(60)"
    code, output = run([sys.executable, "-c", script], {}, limit=0.5)
    assert code != 0
    assert "begun" in output
    assert "Ended after 0.5 seconds." in output


def test_a_part_has_no_input():
    assert run([sys.executable, "-c", "import sys; print(repr(sys.stdin.read()))"], {}) == (0, "''\n")


def test_the_site_is_not_configured_from_outside(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///precious.sqlite3")
    monkeypatch.setenv("HOME_OF_SOMEBODY", "kept")
    assert "DATABASE_URL" not in clean_environment()
    assert clean_environment()["HOME_OF_SOMEBODY"] == "kept"


def test_temporary_files_live_in_memory_where_there_is_room(tmp_path):
    asked = [sys.executable, "-c", "import tempfile; print(tempfile.gettempdir())"]
    with in_memory(tmp_path, enough=1) as folder:
        assert folder.parent == tmp_path
        assert tempfile.gettempdir() == str(folder)
        environment = clean_environment()
        found = subprocess.run(asked, env=environment, check=True, capture_output=True, text=True).stdout
        assert found.strip() == str(folder)
        (folder / "left").touch()
    assert not folder.exists()
    assert tempfile.gettempdir() != str(folder) != os.environ.get("TMPDIR")


@pytest.mark.parametrize("enough", [1, 2**63])
def test_without_room_they_live_on_the_disk(tmp_path, enough):
    place = tmp_path if enough > 1 else tmp_path / "missing"
    before = tempfile.gettempdir()
    with in_memory(place, enough) as folder:
        assert folder is None
        assert tempfile.gettempdir() == before
