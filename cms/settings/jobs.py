"""Where background work runs: in the serving process, in Celery workers or elsewhere."""

from cms.settings.environment import env

JOBS = env.str("JOBS", default="off")
"""embedded (two threads of the serving process), celery, or off (`manage.py jobs run`)."""

BROKER_URL = env.str("BROKER_URL", default="redis://127.0.0.1:6379/0")

TASKS = {"default": {"BACKEND": "cms.jobs.wagtail_tasks.OutboxBackend"}}
