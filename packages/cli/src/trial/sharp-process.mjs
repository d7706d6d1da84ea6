// Draws with sharp as its documentation shows: upright, fitted, WebP of the policy's quality and effort, the first frame
// of animations. What breaks it breaks this process alone.
import { pathToFileURL } from 'node:url'

const [path = '', output = '{}'] = process.argv.slice(2)
const { maxWidth: width, maxHeight: height, fit, quality, effort } = JSON.parse(output)

/** @param {object} answer @param {() => void} [then] */
function tell(answer, then) {
  process.send?.({ ...answer, peak: process.resourceUsage().maxRSS * 1024 }, then)
}

/** @param {unknown} thrown */
function problemOf(thrown) {
  const [line = ''] = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n')
  return line.slice(0, 200)
}

process.on('disconnect', () => process.exit())
// Ctrl-C reaches every process of a terminal; the trial finishes the file that is being drawn, and ends this one.
process.on('SIGINT', () => {})
try {
  const { default: sharp } = await import(pathToFileURL(path).href)
  sharp.cache(false)
  process.on('message', async file => {
    const start = performance.now()
    const ms = () => Math.round((performance.now() - start) * 10) / 10
    try {
      const picture = sharp(file).rotate().resize({ width, height, fit, withoutEnlargement: true })
      const { length } = await picture.webp({ quality, effort }).toBuffer()
      tell({ bytes: length, ms: ms() })
    } catch (thrown) {
      tell({ problem: problemOf(thrown), ms: ms() })
    }
  })
  tell({ ready: `sharp ${sharp.versions.sharp}` })
} catch (thrown) {
  tell({ problem: problemOf(thrown), ms: 0 }, () => process.exit(1))
}
