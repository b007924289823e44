"""Files that were handed in, to the staff who read what they belong to."""

from typing import Any
from uuid import UUID

from csp.decorators import csp_exempt
from django.http import FileResponse, Http404, HttpRequest
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from wagtail.admin.views.generic.base import BaseObjectMixin

from cms.audit.domain.record import record
from cms.forms.models import Submission
from cms.forms.policy import may_read_special
from cms.forms.queries.queue import sent_file, special_keys

HARMLESS = "sandbox; default-src 'none'"
"""Should a browser show a file all the same, nothing in it may run or load."""


@method_decorator([never_cache, csp_exempt()], name="dispatch")
class FileView(BaseObjectMixin, View):
    """A file as a download, never as a page; who took it is noted."""

    model = Submission
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, *args: Any, file: UUID, **kwargs: Any) -> FileResponse:  # noqa: ARG002 - Django's signature
        """Hand it out.

        Raises:
            Http404: it was never sent with this submission, it answers a question of a special
                category that the person may not read, or it is gone from the disk.

        """
        upload = sent_file(self.object, file)
        if upload is None:
            raise Http404
        special = upload.question in special_keys(self.object)
        if special and not may_read_special(request.user, self.object):
            raise Http404
        try:
            opened = upload.file.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        details = {"file": str(upload.token), "question": upload.question}
        action = "forms.special_read" if special else "forms.file_read"
        record(action, target=self.object, actor=request.user, details=details)
        response = FileResponse(opened, as_attachment=True, filename=upload.name)
        response.headers["Content-Type"] = "application/octet-stream"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = HARMLESS
        return response
