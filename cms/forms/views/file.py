"""Files that somebody handed in, back to who handed them in; staff have a door of their own."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from cms.forms.queries.own import file_of
from cms.forms.views.access import submission_or_404

HARMLESS = "sandbox; default-src 'none'"
"""The policy of a file: should a browser show it all the same, nothing in it may run or load."""


@require_safe
def file(request: HttpRequest, token: UUID, file: UUID) -> FileResponse:
    """Hand out a file as a download, never as a page.

    Raises:
        Http404: it is none of this submission, or it is gone from the disk.

    """
    upload = file_of(submission_or_404(request, token), file)
    if upload is None:
        raise Http404
    try:
        opened = upload.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(opened, as_attachment=True, filename=upload.name)
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = HARMLESS
    return response
