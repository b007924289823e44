"""Run, retry and prune jobs by hand or as a service."""

import signal
import threading
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.jobs import runner, schedule
from cms.jobs.embedded import Runners
from cms.jobs.enums import JobState, Lane
from cms.jobs.models import Job
from cms.jobs.prune import prune_done
from cms.jobs.retry import retry


class Command(BaseCommand):
    """`jobs run` is a service of its own (JOBS=off); SIGTERM ends it after the jobs in hand."""

    help = "Run the jobs of the outbox, retry a dead one, or prune those done long ago."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the three verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        run = verbs.add_parser("run", help="Run jobs until told to stop.")
        run.add_argument("--once", action="store_true", help="Run what is due, then end.")
        run.add_argument("--lane", choices=Lane.values, help="Only this lane.")
        again = verbs.add_parser("retry", help="Queue a dead job again.")
        again.add_argument("id", type=int)
        verbs.add_parser("prune", help="Delete jobs that were done long ago.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do the verb."""
        match options["verb"]:
            case "run":
                self._run(once=options["once"], lane=Lane(options["lane"]) if options["lane"] else None)
            case "retry":
                self._retry(options["id"])
            case "prune":
                self.stdout.write(f"{prune_done()} jobs pruned.")

    def _run(self, *, once: bool, lane: Lane | None) -> None:
        stop = threading.Event()

        def end(_number: int, _frame: FrameType | None) -> None:
            stop.set()

        before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            if once:
                schedule.tick()
                ran = runner.run_due(lane, stop=stop.is_set)
                self.stdout.write(f"{ran} jobs run.")
            else:
                self._serve(lane, stop)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @staticmethod
    def _serve(lane: Lane | None, stop: threading.Event) -> None:
        runners = Runners(*([lane] if lane else Lane))
        runners.start()
        stop.wait()
        runners.stop()

    @staticmethod
    def _retry(pk: int) -> None:
        job = Job.objects.filter(pk=pk).first()
        if job is None:
            raise CommandError(f"There is no job {pk}.")
        if not retry(job=job):
            state = JobState(job.state).value
            raise CommandError(f"Job {pk} is {state}; only dead jobs are retried.")
