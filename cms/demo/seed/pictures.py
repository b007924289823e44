"""Pictures of the demonstration: drawn by code, so that nobody's face or work is shown."""

from io import BytesIO

from django.core.files.images import ImageFile
from django.core.files.storage import default_storage

from cms.core.drawing import png
from cms.pages.models import Picture

WIDTH, HEIGHT = 1600, 900
CREDIT = "Khidi"


def picture(name: str) -> Picture:
    """Return the picture of a name; it is drawn where row or file are missing."""
    path = f"original_images/demo-{name}.png"
    known = Picture.objects.filter(file=path).first()
    if known is not None and default_storage.exists(path):
        return known
    drawn = png(name, width=WIDTH, height=HEIGHT)
    default_storage.delete(path)  # Of an earlier demonstration: the name would get an addition.
    file = ImageFile(BytesIO(drawn), name=path.rpartition("/")[2])
    if known is not None:
        default_storage.save(path, file)
        return known
    made = Picture(title=name, credit=CREDIT, file=file, width=WIDTH, height=HEIGHT)
    made.save()
    return made
