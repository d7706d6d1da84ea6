// Takes hostile files one after the other, in one process, on one thread; prints a line of JSON for each
// before and after. Run with --expose-gc on the built packages:
// measure.mjs <list.json> pipeline|raised|liar|starved kernel|jsquash <first file> <how many>

import { readFileSync } from 'node:fs'
import { measure } from './gauges.mjs'
import { takesBy } from './takes.mjs'

const [, , list, mode, renderer, first, count] = process.argv
const take = takesBy(renderer)[mode]
const say = line => process.stdout.write(`${JSON.stringify(line)}\n`)

for (const { name, path } of JSON.parse(readFileSync(list, 'utf8')).slice(
  Number(first),
  Number(first) + Number(count),
)) {
  const bytes = new Uint8Array(readFileSync(path))
  say({ trying: name })
  say({ name, bytes: bytes.length, ...(await measure(() => take({ name, bytes }))) })
}
