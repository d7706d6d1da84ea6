// From nothing to the first image: what measures/cold-start.mjs times from outside.
import { readFile } from 'node:fs/promises'

const [, , module, options, path, kind] = process.argv
const contender = await (await import(module)).open(JSON.parse(options))
const { bytes } = await contender.run(new Uint8Array(await readFile(path)), { kind })
process.exit(bytes.length > 0 ? 0 : 1)
