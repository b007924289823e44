"""Uploaded pictures without what nobody meant to publish.

Phones write the place, the moment and the device into every photo; for people in hiding the
address of a shelter is a matter of life. Pictures are therefore written anew from their pixels:
nothing that stands beside or behind them comes along, known to us or not.
"""

from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, ImageSequence
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF")
"""What is read at all. SVG is a program, not a picture: it stays outside."""

MOST_PIXELS = 50_000_000
"""Pixels of a picture, of all frames together; a camera of 2026 makes 50 million."""

_KEPT = frozenset({"icc_profile", "transparency"})
"""What belongs to the pixels."""


class CleanPicture(ContentFile[bytes]):
    """A picture that has been written anew."""


def cleaned(file: File[Any]) -> CleanPicture:
    """Return the picture upright, with its colour profile and animation, and with nothing else.

    The name stays. What has been cleaned comes back as it is.

    Raises:
        ValidationError: The file is no picture of a known format, is broken, or is too large.

    """
    if isinstance(file, CleanPicture):
        return file
    try:
        file.seek(0)
        start = file.read(64)  # A WebP that lost nothing so far says so in its first chunk.
        with Image.open(file, formats=FORMATS) as picture:
            content = _written_anew(picture, lossless=b"VP8L" in start)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except ValidationError:
        raise
    except Exception as error:  # Parsers of broken files raise whatever they meet.
        message = _("This is no picture that we can read. Use JPEG, PNG, WebP, AVIF or GIF.")
        raise ValidationError(message, code="unreadable") from error
    return CleanPicture(content, name=file.name)


def _written_anew(picture: Image.Image, *, lossless: bool) -> bytes:
    frames: int = 1 if picture.format == "MPO" else getattr(picture, "n_frames", 1)
    if picture.width * picture.height * frames > MOST_PIXELS:
        raise _too_large()
    options: dict[str, Any] = {"format": "JPEG" if picture.format == "MPO" else picture.format}
    options |= _quality(picture, lossless=lossless)
    if frames == 1:
        ImageOps.exif_transpose(picture, in_place=True)
        upright = _bare(picture)
        profile = upright.info.get("icc_profile")
    else:
        shown = [(_bare(frame), frame.info.get("duration", 0)) for frame in ImageSequence.Iterator(picture)]
        upright, profile = shown[0][0], picture.info.get("icc_profile")
        options |= {"save_all": True, "append_images": [frame for frame, _duration in shown[1:]]}
        options |= _pace(picture, [duration for _frame, duration in shown])
    out = BytesIO()
    upright.save(out, icc_profile=profile, **options)
    return out.getvalue()


def _bare(picture: Image.Image) -> Image.Image:
    """Return the pixels alone: a copy has no tags, and of its notes only those that it needs."""
    bare = picture.copy()
    bare.info = {key: value for key, value in picture.info.items() if key in _KEPT}
    return bare


def _quality(picture: Image.Image, *, lossless: bool) -> dict[str, Any]:
    """Return how to save so that nobody sees a difference."""
    if isinstance(picture, JpegImageFile):  # The tables of the original: what they rounded stays as it is.
        progressive = bool(picture.info.get("progressive"))
        sampling = {"subsampling": get_sampling(picture)}  # -1 where there is none: Pillow's default.
        return {"qtables": picture.quantization, "progressive": progressive, "optimize": True} | sampling
    others: dict[str | None, dict[str, Any]] = {
        "PNG": {"optimize": True},
        "TIFF": {"compression": "tiff_deflate"},
        "WEBP": {"quality": 92, "lossless": lossless},
        "AVIF": {"quality": 85, "speed": 8},
    }
    return others.get(picture.format, {})


def _pace(picture: Image.Image, durations: list[int]) -> dict[str, Any]:
    """Return how an animation runs."""
    if picture.format == "TIFF":
        return {}
    pace: dict[str, Any] = {"duration": durations}
    if "loop" in picture.info:
        pace["loop"] = picture.info["loop"]
    if picture.format in {"GIF", "PNG"}:  # Frames are whole pictures by now.
        pace["disposal"] = 2 if picture.format == "GIF" else 0
    return pace


def _too_large() -> ValidationError:
    message = _("The picture is too large: it may have %(most)s million pixels. Make it smaller first.")
    return ValidationError(message, code="large", params={"most": MOST_PIXELS // 1_000_000})
