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
    im = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    if im.mode not in ('RGB', 'RGBA'): im = im.convert('RGBA' if 'transparency' in im.info or im.mode in ('LA', 'PA') else 'RGB')
    im.thumbnail((${job.maxWidth}, ${job.maxHeight}), Image.LANCZOS)
    out = io.BytesIO(); im.save(out, 'WEBP', quality=${job.quality}, method=${job.effort})
    b = out.getvalue(); o.write(struct.pack('<III', im.width, im.height, len(b)) + b); o.flush()
`

export async function open() {
  if (spawnSync('python3', ['-c', 'import PIL']).status !== 0)
    throw new Error('python3 with Pillow is not installed')
  const child = spawn('python3', ['-c', server], { stdio: ['pipe', 'pipe', 'inherit'] })
  const read = reader(child.stdout)
  const version = (await read(16)).toString().trim()
  return {
    version,
    pid: child.pid,
    async run(bytes) {
      const length = Buffer.alloc(4)
      length.writeUInt32LE(bytes.length)
      child.stdin.write(length)
      child.stdin.write(bytes)
      const head = await read(12)
      return {
        width: head.readUInt32LE(0),
        height: head.readUInt32LE(4),
        bytes: await read(head.readUInt32LE(8)),
      }
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
