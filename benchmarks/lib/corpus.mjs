// Real files, each with the verdict of two decoders, beside the repository. They may be absent.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../../../shared/corpus/', import.meta.url)

export const corpusIsHere = existsSync(new URL('cases.json', root))
export const corpusCases = corpusIsHere ? JSON.parse(readFileSync(new URL('cases.json', root), 'utf8')) : []
/** Names hold `#`, `?` and `%`. */
export const corpusPath = file =>
  fileURLToPath(new URL(file.split('/').map(encodeURIComponent).join('/'), root))
