"""Nothing that a camera wrote leaves the house; what the picture shows stays as it was."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageSequence, ImageStat
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import ImageFileDirectory_v2
from wagtail.images.utils import get_allowed_image_extensions

from cms.core import pictures
from cms.core.pictures import cleaned

OWNER = "Shelter in Rose Street 7"
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
STILL = ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"]


def drawn(size=(160, 100)):
    """A picture in which every corner differs."""
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, size[0] // 2, size[1] // 2), fill="#0b5c68")
    draw.ellipse((size[0] // 2, size[1] // 2, *size), fill="#f2b93b")
    return picture


def exif(orientation=1):
    data = Image.Exif()
    data[Base.Artist] = OWNER
    data[Base.Make] = "Maker of phones"
    data[Base.Orientation] = orientation
    data.get_ifd(IFD.GPSInfo).update(
        {GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (41.0, 38.0, 50.0), GPS.GPSLongitude: (41.0, 38.0, 9.0)}
    )
    return data


def upload(picture, kind, *, name="", **options):
    out = BytesIO()
    picture.save(out, kind, **options)
    return SimpleUploadedFile(name or f"photo.{kind.lower()}", out.getvalue())


def with_everything(kind, orientation=1):
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><owner>{OWNER}</owner></x:xmpmeta>".encode()
    options = {"exif": exif(orientation), "icc_profile": PROFILE, "xmp": xmp}
    if kind == "JPEG":
        options |= {"comment": OWNER.encode(), "quality": 88}
    if kind == "PNG":
        notes = PngInfo()
        notes.add_text("Author", OWNER)
        notes.add_itxt("XML:com.adobe.xmp", xmp.decode())
        options = {**options, "pnginfo": notes}
        del options["xmp"]
    if kind == "TIFF":
        tags = ImageFileDirectory_v2()
        tags[Base.Artist] = OWNER
        tags[700] = xmp
        options = {"tiffinfo": tags, "exif": exif(orientation), "icc_profile": PROFILE}
    return upload(drawn(), kind, **options)


def opened(file):
    file.seek(0)
    return Image.open(BytesIO(file.read()))


def difference(one, other):
    """Return the mean difference of a channel, 0 to 255."""
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


@pytest.mark.parametrize("kind", STILL)
def test_place_owner_and_notes_are_gone(kind):
    original = with_everything(kind)
    assert OWNER.encode() in original.read(), "the original must carry what is looked for"
    assert opened(original).getexif().get_ifd(IFD.GPSInfo) or kind == "TIFF"

    result = cleaned(original)

    assert OWNER.encode() not in result.read()
    after = opened(result)
    after.load()
    assert not after.getexif().get_ifd(IFD.GPSInfo)
    assert Base.Artist not in after.getexif()
    assert not {"exif", "xmp", "XML:com.adobe.xmp", "comment", "Author"} & set(after.info)
    assert result.name == original.name


@pytest.mark.parametrize("kind", STILL)
def test_format_colours_and_profile_stay(kind):
    original = with_everything(kind)
    before, after = opened(original), opened(cleaned(original))
    assert (after.format, after.size, after.mode) == (before.format, before.size, before.mode)
    assert after.info["icc_profile"] == PROFILE
    assert difference(before, after) < (0 if kind in {"PNG", "TIFF"} else 1.5) + 0.001


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_turned_picture_is_turned_for_good(kind, orientation):
    turn = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_270, 8: Image.Transpose.ROTATE_90}
    after = opened(cleaned(with_everything(kind, orientation)))
    assert after.getexif().get(Base.Orientation, 1) == 1
    assert difference(drawn().transpose(turn[orientation]), after) < 6


def test_a_jpeg_keeps_its_quality():
    original = upload(drawn((640, 480)), "JPEG", quality=95, subsampling=0, progressive=True)
    result = cleaned(original)
    before, after = opened(original), opened(result)
    assert after.quantization == before.quantization
    assert after.info["progressive"]
    assert difference(before, after) < 0.2
    assert result.size < original.size * 1.1


def test_what_hangs_behind_a_picture_is_cut_off():
    """Phones append films, others archives."""
    original = upload(drawn(), "JPEG")
    longer = SimpleUploadedFile("film.jpg", original.read() + OWNER.encode())
    assert OWNER.encode() not in cleaned(longer).read()


def test_the_second_picture_of_a_phone_is_left_out():
    second = upload(drawn(), "MPO", save_all=True, append_images=[drawn()], name="photo.jpg")
    assert opened(second).format == "MPO"
    assert opened(cleaned(second)).format == "JPEG"


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_animations_run_on(kind):
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("#0b5c68", "#f2b93b", "#a3261d")]
    options = {"comment": OWNER} if kind == "GIF" else {"exif": exif()}
    moving = upload(
        frames[0], kind, save_all=True, append_images=frames[1:], duration=[100, 200, 300], loop=0, **options
    )
    assert OWNER.encode() in moving.read()

    result = cleaned(moving)

    assert OWNER.encode() not in result.read()
    after = opened(result)
    assert after.n_frames == 3
    shown = [(frame.convert("RGB"), frame.info["duration"]) for frame in ImageSequence.Iterator(after)]
    assert [duration for _frame, duration in shown] == [100, 200, 300]
    assert max(difference(*pair) for pair in zip(frames, [frame for frame, _ in shown], strict=True)) < 6


def test_transparency_stays():
    clear = Image.new("RGBA", (20, 20), (11, 92, 104, 0))
    for kind in ("PNG", "WEBP", "AVIF"):
        assert opened(cleaned(upload(clear, kind))).convert("RGBA").getpixel((5, 5))[3] == 0
    palette = drawn().quantize(16)
    for kind in ("PNG", "GIF"):
        result = opened(cleaned(upload(palette, kind, transparency=palette.getpixel((5, 5)))))
        assert result.convert("RGBA").getpixel((5, 5))[3] == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("page.jpg", b"<html><script>alert(1)</script></html>"),
        ("letter.ps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
        ("nothing.png", b""),
        ("torn.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10"),
    ],
)
def test_what_is_no_picture_is_refused(name, content):
    with pytest.raises(ValidationError) as refused:
        cleaned(SimpleUploadedFile(name, content))
    assert refused.value.code == "unreadable"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "GIF"])
def test_half_a_file_is_refused(kind):
    whole = upload(drawn(), kind).read()
    with pytest.raises(ValidationError):
        cleaned(SimpleUploadedFile("half", whole[: len(whole) // 2]))


def test_a_bomb_is_refused_before_it_goes_off():
    with pytest.raises(ValidationError) as refused:
        cleaned(upload(Image.new("1", (20_000, 20_000)), "PNG"))
    assert refused.value.code == "large"


def test_many_frames_are_a_bomb_too(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 2_000)
    frames = [Image.new("L", (30, 30), shade) for shade in (0, 90, 180)]
    assert cleaned(upload(frames[0], "GIF"))
    with pytest.raises(ValidationError) as refused:
        cleaned(upload(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert refused.value.code == "large"


def test_twice_cleaned_is_once_cleaned():
    once = cleaned(upload(drawn(), "JPEG"))
    assert cleaned(once) is once


def test_no_drawing_with_a_program_may_be_uploaded():
    assert "svg" not in get_allowed_image_extensions()
