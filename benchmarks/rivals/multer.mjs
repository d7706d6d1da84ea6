import multer from 'multer'
import sharp from 'sharp'
import { job } from '../lib/job.mjs'

// An upload handler as the documentation of both shows it, with the limits that a careful person sets: the size of the
// file, one file, images alone; a refusal that says so.
const upload = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: 8 * 2 ** 20, files: 1 },
  fileFilter: (_, { mimetype }, done) => done(null, mimetype.startsWith('image/')),
}).single('image')

export const name = `multer 2.5.0 and sharp ${sharp.versions.sharp}`

export function handle(request, response) {
  const answer = (status, body) => response.writeHead(status).end(JSON.stringify(body))
  upload(request, response, async thrown => {
    if (thrown) return answer(thrown.code === 'LIMIT_FILE_SIZE' ? 413 : 400, { message: thrown.message })
    if (!request.file) return answer(415, { message: 'not an image by its Content-Type' })
    try {
      const { data, info } = await sharp(request.file.buffer)
        .rotate()
        .resize({ width: job.maxWidth, height: job.maxHeight, fit: 'inside', withoutEnlargement: true })
        .webp({ quality: job.quality, effort: job.effort })
        .toBuffer({ resolveWithObject: true })
      const { pages = 1 } = await sharp(data).metadata()
      answer(201, {
        format: info.format,
        width: info.width,
        height: info.height,
        frames: pages,
        bytes: data.length,
      })
    } catch (error) {
      answer(422, { message: String(error.message).split('\n')[0] })
    }
  })
}
