"""Pictures are drawn anew: what a camera or a mischief-maker hid in the file does not survive."""

from base64 import b64encode
from collections.abc import Callable
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

PIXELS = 60_000_000
SMALL = 192
MODES = {"JPEG": ("L", "RGB"), "PNG": ("1", "L", "LA", "P", "RGB", "RGBA"), "WEBP": ("RGB", "RGBA")}


def reencoder(form: str) -> Callable[[bytes], bytes]:
    """A function that reads a picture of this form and writes it again."""

    def keep(content: bytes) -> bytes:
        return reencode(content, form)

    return keep


def reencode(content: bytes, form: str) -> bytes:
    """图片重新编码：转正、去掉 EXIF（含拍摄位置），过大的拒收（B7）。"""
    try:
        with Image.open(BytesIO(content), formats=[form]) as picture:
            refuse_giants(picture.size)
            upright = ImageOps.exif_transpose(picture)
            return written(upright, form)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(_("图片已损坏或无法识别，请重新拍摄或另存后上传"), code="broken_file") from error


def thumbnail(content: bytes) -> bytes:
    """小图：列表里看一眼用，转成 JPEG（第六条）。"""
    with Image.open(BytesIO(content)) as picture:
        picture.draft("RGB", (SMALL, SMALL))
        small = picture.convert("RGBA") if "A" in picture.getbands() or picture.mode == "P" else picture.convert("RGB")
        small.thumbnail((SMALL, SMALL))
        ground = Image.new("RGB", small.size, "white")
        ground.paste(small, mask=small.getchannel("A") if small.mode == "RGBA" else None)
    out = BytesIO()
    ground.save(out, format="JPEG", quality=80)
    return out.getvalue()


def refuse_giants(size: tuple[int, int]) -> None:
    """Read from the head of the file, before a pixel is unpacked."""
    if size[0] * size[1] > PIXELS:
        raise ValidationError(_("图片尺寸过大（超过 6000 万像素），请缩小后上传"), code="too_large")


def written(picture: Image.Image, form: str) -> bytes:
    """The pixels alone, in a mode the form can hold."""
    if picture.mode not in MODES[form]:
        picture = picture.convert("RGBA" if form != "JPEG" and "A" in picture.getbands() else "RGB")
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    if picture.mode == "P":
        clean.putpalette(picture.getpalette() or [])
    out = BytesIO()
    clean.save(out, format=form, quality=90) if form != "PNG" else clean.save(out, format=form)
    return out.getvalue()


def as_address(media_type: str, content: bytes) -> str:
    """A picture written into the page itself, such as the company's logo."""
    return f"data:{media_type};base64,{b64encode(content).decode('ascii')}"
