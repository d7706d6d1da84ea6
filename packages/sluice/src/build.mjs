/*
 * Writes dist: for each name a module, and its types, that hand on everything of what it stands for; for each command a
 * program that starts it.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { commands, names } from './names.mjs'

const dist = new URL('../dist/', import.meta.url)

/** @param {string} file @param {string} text */
function write(file, text) {
  mkdirSync(new URL('.', new URL(file, dist)), { recursive: true })
  writeFileSync(new URL(file, dist), text)
}

rmSync(dist, { recursive: true, force: true })
for (const [name, target] of names())
  for (const ending of ['js', 'd.ts']) write(`${name}.${ending}`, `export * from '${target}'\n`)
for (const [name, { manifest, file }] of commands()) {
  const program = `await import(new URL('${file}', import.meta.resolve('${manifest}')).href)`
  write(`bin/${name}.js`, `#!/usr/bin/env node\n${program}\n`)
}
