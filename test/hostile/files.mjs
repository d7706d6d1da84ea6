import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeHostile } from '../../fixtures/make/hostile/all.mjs'

const path = relative => fileURLToPath(new URL(relative, import.meta.url))
const corpus = path('../../../shared/corpus')
const extensions = { JPEG: '.jpg', MPO: '.jpg', PNG: '.png', GIF: '.gif', WEBP: '.webp' }

export const corpusIsHere = existsSync(corpus)

/**
 * Writes the made ones into a folder and lists them, then those of the corpus, where it is there.
 * @returns list of { name, path, made, code }: `code` is what the default policy answers to a made one
 */
export async function prepareFiles(folder) {
  mkdirSync(folder, { recursive: true })
  const files = []
  for await (const { name, bytes, code } of makeHostile()) {
    writeFileSync(join(folder, name), bytes)
    files.push({ name, path: join(folder, name), made: true, code })
  }
  const bomb = path('../../fixtures/files/bad/bomb-10000x10000.png')
  files.push({ name: 'pixels-100mp-69-bytes.png', path: bomb, made: true, code: 'too-many-pixels' })
  return [...files, ...(corpusIsHere ? corpusFiles() : [])]
}

/** Under a name of their content: some are called otherwise, and all should get as far as they can. */
function corpusFiles() {
  const cases = JSON.parse(readFileSync(join(corpus, 'cases.json'), 'utf8'))
  return cases
    .filter(({ group }) => group === 'hostile' || group === 'bombs')
    .map(({ file, detected }, index) => ({
      name: `corpus-${index}${extensions[detected] ?? extname(file)}`,
      path: join(corpus, file),
      made: false,
      file,
    }))
}
