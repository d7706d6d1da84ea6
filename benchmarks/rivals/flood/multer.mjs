// Upload handler of Express, multer and sharp as their documentation shows it, at the best known settings for
// a small container; multer.mjs <folder> <port>, with EFFORT in the environment unless it is the default.
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import express from 'express'
import multer from 'multer'
import sharp from 'sharp'
import { ready, watchLoop } from '../../flood/servers/gauges.mjs'
import { job } from '../../lib/job.mjs'

const [folder, port] = process.argv.slice(2)
const { EFFORT: effort } = process.env
sharp.concurrency(1)
sharp.cache(false)
await mkdir(join(folder, 'uploads'), { recursive: true })

const upload = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: 8 * 2 ** 20, files: 1 },
  fileFilter: (_, { mimetype }, done) => done(null, mimetype.startsWith('image/')),
}).single('image')

const loop = watchLoop()
const app = express()
app.get('/health', (_, response) => response.json({ ok: true }))
app.get('/gauges', (_, response) => response.json(loop.told()))
app.post('/images', upload, async (request, response) => {
  if (!request.file) return response.status(415).json({ message: 'not an image by its Content-Type' })
  let data
  try {
    data = await sharp(request.file.buffer)
      .rotate()
      .resize({ width: job.maxWidth, height: job.maxHeight, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: job.quality, ...(effort ? { effort: Number(effort) } : {}) })
      .toBuffer()
  } catch (error) {
    return response.status(422).json({ message: String(error.message).split('\n')[0] })
  }
  const key = `${randomBytes(16).toString('hex')}.webp`
  await writeFile(join(folder, 'uploads', key), data, { flag: 'wx' })
  return response.status(201).json({ key, sha256: createHash('sha256').update(data).digest('hex') })
})
app.use((error, _request, response, _next) => {
  const status = error instanceof multer.MulterError ? (error.code === 'LIMIT_FILE_SIZE' ? 413 : 400) : 500
  if (!response.headersSent) response.status(status).json({ message: error.message })
})
app.listen(Number(port), '127.0.0.1', ready)
