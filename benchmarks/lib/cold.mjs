// From nothing to the first image: what measures/cold-start.mjs times from outside.
import { readFile } from 'node:fs/promises'

/** @import { ContenderModule } from '../types.js' */

const [, , module, options, path, kind] = process.argv
/** @type {ContenderModule} */
const { open } = await import(module)
const contender = await open(JSON.parse(options))
const { bytes } = await contender.run(new Uint8Array(await readFile(path)), { kind })
process.exit(bytes.length > 0 ? 0 : 1)
