"""The form in which pictures are uploaded."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.core.pictures import cleaned


class PictureField(WagtailImageField):
    """A picture that is cleaned before anybody looks into it.

    Wagtail's own field opens the file as it came and answers a torn one with an error page. What
    the form holds afterwards is clean, so that size and fingerprint are those of the kept file.
    """

    def to_python(self, data: Any) -> Any:
        """Return the clean picture, or say why it cannot be taken."""
        if data in self.empty_values:
            return None
        self.check_image_file_size(data)
        return super().to_python(cleaned(data))


class PictureForm(BaseImageForm):
    """Wagtail's form with the careful field."""

    file = PictureField(label=_("File"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in the editor's language what is taken: Wagtail's field says it in that of its first day."""
        super().__init__(*args, **kwargs)
        field, today = self.fields["file"], PictureField()
        field.help_text, field.error_messages = today.help_text, today.error_messages
        field.max_upload_size_text = today.max_upload_size_text
