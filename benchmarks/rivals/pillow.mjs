import { spawn, spawnSync } from 'node:child_process'
import { job } from '../lib/job.mjs'

// One long-lived interpreter; lengths and bytes go over its pipes. Written as an upload handler would use Pillow.
const server = `
import sys, struct, io, PIL
from PIL import Image, ImageOps
Image.MAX_IMAGE_PIXELS = None
i, o = sys.stdin.buffer, sys.stdout.buffer
o.write(PIL.__version__.encode().ljust(16)); o.flush()
while True:
    head = i.read(4)
    if len(head) < 4: break
    data = i.read(struct.unpack('<I', head)[0])
    try:
        im = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
        if im.mode not in ('RGB', 'RGBA'): im = im.convert('RGBA' if 'transparency' in im.info or im.mode in ('LA', 'PA') else 'RGB')
        im.thumbnail((${job.maxWidth}, ${job.maxHeight}), Image.LANCZOS)
        out = io.BytesIO(); im.save(out, 'WEBP', quality=${job.quality}, method=${job.effort})
        w, h, b = im.width, im.height, out.getvalue()
    except Exception as e:
        w, h, b = 0, 0, str(e).encode()
    o.write(struct.pack('<III', w, h, len(b)) + b); o.flush()
`

export async function open() {
  // Debian's Pillow belongs to Debian's Python, which need not be the first in the path.
  const python = ['python3', '/usr/bin/python3'].find(
    each => spawnSync(each, ['-c', 'import PIL.Image']).status === 0,
  )
  if (!python) throw new Error('python3 with Pillow is not installed')
  const child = spawn(python, ['-c', server], { stdio: ['pipe', 'pipe', 'inherit'] })
  const read = reader(child.stdout)
  const version = (await read(16)).toString().trim()
  return {
    version,
    pid: child.pid,
    async run(bytes) {
      const size = Buffer.alloc(4)
      size.writeUInt32LE(bytes.length)
      child.stdin.write(size)
      child.stdin.write(bytes)
      const head = await read(12)
      const [width, height, length] = [0, 4, 8].map(at => head.readUInt32LE(at))
      const answer = await read(length)
      if (width === 0) throw new Error(answer.toString())
      return { width, height, bytes: answer }
    },
    close: () => child.stdin.end(),
  }
}

/** Reads exact numbers of bytes from a stream. */
function reader(stream) {
  let held = Buffer.alloc(0)
  let wake = () => {}
  stream.on('data', chunk => {
    held = Buffer.concat([held, chunk])
    wake()
  })
  stream.on('end', () => wake())
  return async length => {
    while (held.length < length) {
      if (stream.readableEnded) throw new Error('python3 ended')
      await new Promise(resolve => {
        wake = resolve
      })
    }
    const part = held.subarray(0, length)
    held = held.subarray(length)
    return part
  }
}
