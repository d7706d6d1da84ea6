// Upload handler of Bun.serve and Bun.Image; bun bun.mjs <folder> <port>.
import { createHash, randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ready, watchLoop } from '../../flood/servers/gauges.mjs'
import { job } from '../../lib/job.mjs'

const [folder, port] = process.argv.slice(2)
await mkdir(join(folder, 'uploads'), { recursive: true })
const loop = watchLoop()

async function upload(request) {
  let file
  try {
    file = (await request.formData()).get('image')
  } catch (error) {
    return Response.json({ message: error.message }, { status: 400 })
  }
  if (!(file instanceof Blob)) return Response.json({ message: 'no file' }, { status: 400 })
  let data
  try {
    data = await new Bun.Image(await file.arrayBuffer(), { maxPixels: 64_000_000 })
      .resize(job.maxWidth, job.maxHeight, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: job.quality })
      .bytes()
  } catch (error) {
    return Response.json({ message: `${error.code}: ${error.message}` }, { status: 422 })
  }
  const key = `${randomBytes(16).toString('hex')}.webp`
  await Bun.write(join(folder, 'uploads', key), data)
  return Response.json({ key, sha256: createHash('sha256').update(data).digest('hex') }, { status: 201 })
}

Bun.serve({
  port: Number(port),
  hostname: '127.0.0.1',
  maxRequestBodySize: 9 * 2 ** 20,
  routes: {
    '/health': () => Response.json({ ok: true }),
    '/gauges': () => Response.json(loop.told()),
    '/images': { POST: upload },
  },
})
ready()
