"""Pictures: Wagtail's images, cleaned on the way in."""

from io import BytesIO
from typing import Any

from django.core.files import File
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition

from cms.core.pictures import cleaned


class Picture(AbstractImage):
    """An uploaded picture without what cameras write into it: place, device, owner."""

    file: Any  # Wagtail's, without a type.
    credit = models.CharField(_("credit"), max_length=200, blank=True)

    admin_form_fields = ("title", "description", "file", "credit", "collection", "tags")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Clean a new file before it is stored."""
        if self.file and not self.file._committed:  # noqa: SLF001 - Django's only sign of a new upload
            self.file = cleaned(self.file.file)
            self._set_image_file_metadata()  # Its size and fingerprint, not those of what was uploaded.
        super().save(*args, **kwargs)

    def generate_rendition_file(self, *args: Any, **kwargs: Any) -> File:
        """Return the picture in a size; the temporary file, which Wagtail leaves open, is closed."""
        with super().generate_rendition_file(*args, **kwargs) as file:
            file.seek(0)
            return File(BytesIO(file.read()), name=file.name)


class PictureRendition(AbstractRendition):
    """A picture in a size."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="one_rendition_a_filter"
            ),
        )
