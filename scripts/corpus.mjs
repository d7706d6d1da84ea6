// Brings the corpus that tests, benchmarks and fuzzing read: npm run corpus [-- --from ADDRESS] [FOLDER]
// What is there already is checked and left alone, so that it can be called off and run again.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bringCorpus } from './corpus/bring.mjs'
import { showProgress } from './same-outputs/progress.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { from: { type: 'string', default: 'https://raw.githubusercontent.com' } },
})
const checkout = fileURLToPath(new URL('..', import.meta.url))
const setting = process.env.SLUICE_CORPUS
const folder = resolve(
  checkout,
  positionals[0] ?? (setting && setting !== 'none' ? setting : '../shared/corpus'),
)
/** @type {import('./corpus/manifest.mjs').Manifest} */
const manifest = JSON.parse(readFileSync(resolve(checkout, 'test/corpus/manifest.json'), 'utf8'))
const total = manifest.suites.reduce((sum, { files }) => sum + files.length, 0)

const onFile = showProgress(`corpus into ${folder}`, total)
const { brought, present, failed, left } = await bringCorpus(manifest, {
  folder,
  base: values.from.replace(/\/+$/, ''),
  onFile,
})
for (const { file, why } of failed) console.error(`${file}: ${why}`)
console.log(`${brought} brought, ${present} were there, ${failed.length + left} missing`)
if (left > 0) console.error(`${values.from} was abandoned: ${left} files were not requested.`)
if (failed.length > 0)
  console.error('cases.json is written once no file is missing: run it again, or see the messages above.')
process.exitCode = failed.length > 0 ? 1 : 0
