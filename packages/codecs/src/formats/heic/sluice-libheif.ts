#!/usr/bin/env node
// Writes the hardened libheif for runtimes that compile at deployment, or fetch it: sluice-libheif libheif.wasm
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { hardenLibheif, LIBHEIF } from '../../../harden/libheif.mjs'

const [to] = process.argv.slice(2)
if (to === undefined) {
  console.error('usage: sluice-libheif <file to write>')
  process.exit(2)
}
// The package of the application that asks.
const source = createRequire(resolve('package.json')).resolve('libheif-js/libheif-wasm/libheif.wasm')
writeFileSync(to, hardenLibheif(readFileSync(source)))
console.log(
  `${to}: libheif of libheif-js ${LIBHEIF.version}, hardened. LGPL-3.0: its terms apply to this file.`,
)
