# What a picture ought to become, by other means than any contender's: decoded by Pillow, turned by Exif, converted to
# sRGB by LittleCMS (relative colorimetric), resized in 32-bit floating point by Lanczos3, rounded once.
#
# A line {"path", "width", "height"} on stdin; a line {"width", "height"} or {"error"} on stdout, then RGBA.
import io
import json
import sys

import numpy
from PIL import Image, ImageCms, ImageOps

Image.MAX_IMAGE_PIXELS = None
RELATIVE = 1
SRGB = ImageCms.createProfile('sRGB')


def to_eight_bits(image):
    if image.mode.startswith('I'):
        samples = numpy.asarray(image, dtype=numpy.float64)
        return Image.fromarray(numpy.round(samples / 257).astype(numpy.uint8))
    return image


def colours(image):
    """RGB, by the profile if there is one that works."""
    if image.mode == 'P':
        image = image.convert('RGB')
    if image.mode in ('LA', 'RGBA', 'PA'):
        image = image.convert('L' if image.mode == 'LA' else 'RGB')
    profile = image.info.get('icc_profile')
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = ImageCms.profileToProfile(image, source, SRGB, renderingIntent=RELATIVE, outputMode='RGB')
        except (ImageCms.PyCMSError, OSError):
            pass
    return image.convert('RGB')


def read(path):
    image = ImageOps.exif_transpose(to_eight_bits(Image.open(path)))
    see_through = image.mode in ('LA', 'PA', 'RGBA') or 'transparency' in image.info
    alpha = image.convert('RGBA').getchannel('A') if see_through else Image.new('L', image.size, 255)
    rgb = numpy.asarray(colours(image), dtype=numpy.float32)
    return numpy.dstack([rgb, numpy.asarray(alpha, dtype=numpy.float32)])


def resize(pixels, width, height):
    if pixels.shape[:2] == (height, width):
        return pixels
    opaque = pixels[:, :, 3].min() == 255
    if not opaque:
        pixels = pixels.copy()
        pixels[:, :, :3] *= pixels[:, :, 3:] / 255
    planes = [Image.fromarray(numpy.ascontiguousarray(pixels[:, :, c])) for c in range(3 if opaque else 4)]
    small = numpy.dstack([numpy.asarray(p.resize((width, height), Image.LANCZOS)) for p in planes])
    if opaque:
        return numpy.dstack([small, numpy.full((height, width), 255, numpy.float32)])
    alpha = numpy.clip(small[:, :, 3:], 0, 255)
    small[:, :, :3] *= 255 / numpy.maximum(alpha, 1e-3)
    return small


for line in sys.stdin:
    ask = json.loads(line)
    try:
        pixels = read(ask['path'])
        height, width = ask.get('height') or pixels.shape[0], ask.get('width') or pixels.shape[1]
        rgba = numpy.clip(numpy.round(resize(pixels, width, height)), 0, 255).astype(numpy.uint8)
        rgba[rgba[:, :, 3] == 0] = 0
        sys.stdout.write(json.dumps({'width': width, 'height': height}) + '\n')
        sys.stdout.flush()
        sys.stdout.buffer.write(rgba.tobytes())
        sys.stdout.buffer.flush()
    except Exception as error:
        sys.stdout.write(json.dumps({'error': f'{type(error).__name__}: {error}'}) + '\n')
        sys.stdout.flush()
