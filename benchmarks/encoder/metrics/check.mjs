// Holds our SSIMULACRA 2 to its authors' program (github.com/cloudinary/ssimulacra2, its build script wants Debian's libhwy-dev,
// liblcms2-dev, libjpeg62-turbo-dev and libpng-dev): pictures of the repository at several qualities of libwebp.
//
//   node encoder/metrics/check.mjs path/to/ssimulacra2      # writes results/ssimulacra2.json
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as made from '@sluice/testkit/pictures'
import { decodeWebp, encodeLibwebp } from '../libwebp.mjs'
import { corpusPaths, crop, load } from '../photographs.mjs'
import { compare } from './metrics.mjs'

/** @import { NamedPicture, Picture } from '../../types.js' */

const sharp = createRequire(new URL('../../rivals/package.json', import.meta.url))('sharp')
const [program] = process.argv.slice(2)
if (!program) throw new Error('which ssimulacra2? See the head of this file')
const folder = mkdtempSync(join(tmpdir(), 'ssimulacra2-'))
const QUALITIES = [15, 50, 82, 95]
const CORPUS_PICTURES = 8

/** @param {string} name @param {Picture} picture */
async function png(name, { rgba, width, height }) {
  const path = join(folder, name)
  const raw = { raw: { width, height, channels: 4 } }
  writeFileSync(path, await sharp(rgba, raw).removeAlpha().png().toBuffer())
  return path
}

/** @returns {AsyncGenerator<NamedPicture>} */
async function* pictures() {
  for (const [name, make] of Object.entries({ ...made.photographs, ...made.graphics }))
    yield { name: `made-${name}`, ...make(333, 250) }
  for (const path of corpusPaths().slice(0, CORPUS_PICTURES)) yield crop(await load(path), 448)
}

const pairs = []
for await (const picture of pictures()) {
  const source = await png('source.png', picture)
  for (const quality of QUALITIES) {
    const { rgba } = await decodeWebp(await encodeLibwebp(picture, { quality, method: 4 }))
    const decoded = await png('decoded.png', { ...picture, rgba })
    const reference = Number(
      execFileSync(program, [source, decoded], { stdio: ['ignore', 'pipe', 'ignore'] }).toString(),
    )
    const ours = compare(picture.rgba, rgba, picture.width, picture.height).ssimulacra2
    pairs.push({ name: picture.name, quality, reference, ours, difference: ours - reference })
  }
}
rmSync(folder, { recursive: true })
const most = Math.max(...pairs.map(p => Math.abs(p.difference)))
const mean = pairs.reduce((sum, p) => sum + Math.abs(p.difference), 0) / pairs.length
const result = {
  reference: 'ssimulacra2 2.1, cloudinary/ssimulacra2 81feacf',
  count: pairs.length,
  mean,
  most,
  pairs,
}
writeFileSync(
  new URL('../../results/ssimulacra2.json', import.meta.url),
  `${JSON.stringify(result, null, 1)}\n`,
)
console.log(`${pairs.length} pairs: mean difference ${mean.toFixed(3)}, most ${most.toFixed(3)} of 100`)
