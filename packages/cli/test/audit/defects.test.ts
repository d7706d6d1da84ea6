import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Problem } from '../../src/audit/finding.js'
import { capture } from '../capture.js'
import { fixtures, keyOf, put, tinyGif, touch } from '../library.js'

/*
 * A clean library, and every defect that was ever planted in one: each is put in alone, and has to be found under its name,
 * at its path, with nothing else found.
 */

let scratch = ''
let home = ''
let keys: string[] = []
const out = () => join(home, 'out')
const at = (key: string) => join(out(), key)
const month = '202511'
const policy = { variants: { thumb: { maxWidth: 64, maxHeight: 64 } } }

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sluice-defects-'))
  const made = join(scratch, 'made')
  const clean = join(scratch, 'clean/out')
  writeFileSync(join(scratch, 'policy.json'), JSON.stringify(policy))
  const sources = ['photos/valley.jpg', 'webp/lossless-alpha.webp', 'gif/animated.gif', 'png/grey-alpha.png']
  const files = sources.map(file => fixtures + file)
  const args = ['sanitize', '--json', '--policy', join(scratch, 'policy.json'), '--out', made, ...files]
  const { lines } = await capture(args)
  const stored = lines().map(line => JSON.parse(line))
  expect(stored.map(({ ok }) => ok)).toEqual([true, true, true, true])
  mkdirSync(clean, { recursive: true, mode: 0o755 })
  mkdirSync(join(scratch, 'clean/.out-incoming'), { mode: 0o700 })
  // Under keys that sort as the sources do, so that rows can name them.
  keys = stored.flatMap(({ key, variants }, number) =>
    [key, variants.thumb.key].map(each => {
      const now = keyOf(month, number, each.slice(39)).replace(/\/......../, `/0000000${number}`)
      put(clean, now, readFileSync(join(made, each)))
      return now
    }),
  )
  const sums = execFileSync('sha256sum', [...keys].sort(), { cwd: clean, encoding: 'utf8' })
  writeFileSync(join(scratch, 'SHA256SUMS'), sums)
})
afterAll(() => rmSync(scratch, { recursive: true }))
beforeEach(() => {
  if (home !== '') rmSync(home, { recursive: true })
  home = mkdtempSync(join(scratch, 'home-'))
  cpSync(join(scratch, 'clean'), home, { recursive: true, preserveTimestamps: true })
})

async function audit(...args: string[]) {
  const given = ['--policy', join(scratch, 'policy.json'), '--sums', join(scratch, 'SHA256SUMS'), ...args]
  const { exitCode, lines } = await capture(['audit', '--json', out(), ...given])
  const all = lines().map(line => JSON.parse(line))
  return { exitCode, findings: all.slice(0, -1), ...all.at(-1) }
}

test('what the store has written is fine', async () => {
  const { exitCode, findings, summary } = await audit()
  expect(findings).toEqual([])
  expect([exitCode, summary.files, summary.complete, summary.attributes]).toEqual([0, 8, true, true])
})

/** What does not belong there. @returns its path */
const write = (path: string, bytes: string | Uint8Array = '') => {
  put(out(), path, bytes)
  return path
}
const makeFolder = (path: string) => {
  mkdirSync(at(path))
  return `${path}/`
}
const linkTo = (target: string, path: string) => {
  symlinkSync(target, at(path))
  return path
}
const setMode = (path: string, mode: number) => {
  chmodSync(at(path), mode)
  return path
}

interface Defect {
  readonly name: string
  readonly problem: Problem
  /** Where it should be found, if not at the path that `plant` returns. */
  plant(): string
  readonly args?: readonly string[]
  /** Another policy than the one that the images were made by. */
  readonly policy?: object
  readonly needs?: 'root'
}

const main = (number: number) => keys[2 * number] ?? ''
const thumb = (number: number) => keys[2 * number + 1] ?? ''
const addTo = (key: string, bytes: string | Uint8Array) => {
  writeFileSync(at(key), Buffer.concat([readFileSync(at(key)), Buffer.from(bytes)]))
  touch(at(key), key)
  return key
}
const replace = (key: string, bytes: string | Uint8Array) => {
  put(out(), key, bytes)
  return key
}
/** Hashes are another matter: with them every other content is `changed`. */
const withoutSums = ['--sums', '/dev/null']
const fresh = (rest: string, bytes: Uint8Array | string = tinyGif(7)) => {
  const key = keyOf(month, 99, rest)
  put(out(), key, bytes)
  return key
}

/** The frame tag of a VP8 key frame (RFC 6386, 9.1), behind the headers of file and chunk. */
function ofVersion1(webp: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(webp)
  changed[20] = (changed[20] ?? 0) | 2
  return changed
}

function stillGif(): Uint8Array {
  return Uint8Array.from([...tinyGif(8).subarray(0, 61), 0x3b])
}

/** A chunk of text in front of the first one of data. */
function withText(png: Buffer): Uint8Array {
  const body = Buffer.from('tEXtComment\0<script>')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length - 4)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(body))
  const data = png.indexOf('IDAT') - 4
  return Buffer.concat([png.subarray(0, data), length, body, checksum, png.subarray(data)])
}

const defects: readonly Defect[] = [
  // Names.
  { name: 'a script', problem: 'name', plant: () => fresh('.php') },
  {
    name: 'an image under a name of a person',
    problem: 'name',
    plant: () => write(`${month}/cat.gif`, tinyGif(1)),
  },
  {
    name: 'a key in upper case',
    problem: 'name',
    plant: () => write(`${month}/${'A'.repeat(32)}.gif`, tinyGif(1)),
  },
  { name: 'two extensions', problem: 'name', plant: () => fresh('.gif.php') },
  {
    name: 'a backup of an editor beside an image',
    problem: 'name',
    plant: () => write(`${main(0)}~`),
  },
  {
    name: 'a hidden file for the web server',
    problem: 'name',
    plant: () => write('.htaccess'),
  },
  {
    name: 'a file in the root',
    problem: 'name',
    plant: () => write('index.html'),
  },
  {
    name: 'a name with line breaks',
    problem: 'name',
    plant: () => write(`${month}/a\nb`),
  },
  // Places.
  {
    name: 'a folder that is no month',
    problem: 'folder',
    plant: () => makeFolder('deep'),
  },
  {
    name: 'a folder in a month',
    problem: 'folder',
    plant: () => makeFolder(`${month}/deep`),
  },
  {
    name: 'a thirteenth month',
    problem: 'folder',
    plant: () => makeFolder('202513'),
  },
  {
    name: 'a month in the future',
    problem: 'month',
    args: ['--allow', 'variant-missing'],
    plant: () => {
      const key = keyOf('209901', 1)
      put(out(), key, tinyGif(1))
      return key
    },
  },
  {
    name: 'an image of another month',
    problem: 'month',
    plant: () => {
      utimesSync(at(main(0)), 1e9, 1e9)
      return main(0)
    },
  },
  {
    name: 'an image that was moved to an earlier month',
    problem: 'month',
    args: ['--allow', 'variant-missing'],
    plant: () => {
      const key = keyOf('202501', 1)
      touch(put(out(), key, tinyGif(1)), '202511')
      return key
    },
  },
  // Links and what is no file.
  {
    name: 'a link under a name of ours',
    problem: 'link',
    plant: () => linkTo('/etc/hostname', `${month}/${'f'.repeat(32)}.webp`),
  },
  {
    name: 'a month that is a link',
    problem: 'link',
    plant: () => linkTo('/etc', '202512'),
  },
  {
    name: 'a broken link',
    problem: 'link',
    plant: () => linkTo('/nowhere', `${month}/x`),
  },
  {
    name: 'a second name of an image',
    problem: 'hard-link',
    plant: () => {
      linkSync(at(main(0)), join(home, 'second'))
      return main(0)
    },
  },
  {
    name: 'a pipe',
    problem: 'special',
    plant: () => {
      execFileSync('mkfifo', [at(`${month}/${'1'.repeat(32)}.webp`)])
      return `${month}/${'1'.repeat(32)}.webp`
    },
  },
  // Rights and owners.
  {
    name: 'an executable image',
    problem: 'mode',
    plant: () => setMode(main(0), 0o755),
  },
  {
    name: 'an image that everybody may write',
    problem: 'mode',
    plant: () => setMode(main(0), 0o666),
  },
  {
    name: 'an image that the web server cannot read',
    problem: 'mode',
    plant: () => setMode(main(0), 0o600),
  },
  {
    name: 'a setuid bit',
    problem: 'mode',
    plant: () => setMode(main(0), 0o4644),
  },
  {
    name: 'a month that everybody may write to',
    problem: 'mode',
    plant: () => {
      chmodSync(at(month), 0o777)
      return `${month}/`
    },
  },
  {
    name: 'a public folder that everybody may write to',
    problem: 'mode',
    plant: () => {
      chmodSync(out(), 0o777)
      return '.'
    },
  },
  {
    name: 'an image of another owner',
    problem: 'owner',
    needs: 'root',
    plant: () => {
      chownSync(at(main(0)), 65_534, 65_534)
      return main(0)
    },
  },
  {
    name: 'a month of another owner',
    problem: 'owner',
    needs: 'root',
    plant: () => {
      chownSync(at(month), 65_534, 65_534)
      return `${month}/`
    },
  },
  // Contents.
  {
    name: 'an empty file',
    problem: 'empty',
    args: withoutSums,
    plant: () => {
      truncateSync(at(main(3)), 0)
      touch(at(main(3)), main(3))
      return main(3)
    },
  },
  {
    name: 'a web page under the name of an image',
    problem: 'content',
    args: withoutSums,
    plant: () => replace(thumb(0), '<!doctype html>'),
  },
  {
    name: 'a script behind an image',
    problem: 'content',
    args: withoutSums,
    plant: () => addTo(main(0), '<script>'),
  },
  {
    name: 'EXIF',
    problem: 'content',
    args: withoutSums,
    plant: () => replace(main(3), readFileSync(`${fixtures}orientation/exif-8.webp`)),
  },
  {
    name: 'an image that was cut',
    problem: 'content',
    args: withoutSums,
    plant: () => {
      truncateSync(at(main(0)), 5000)
      touch(at(main(0)), main(0))
      return main(0)
    },
  },
  {
    name: 'a comment in a GIF',
    problem: 'content',
    args: withoutSums,
    plant: () => {
      const gif = readFileSync(at(main(2)))
      return replace(main(2), Buffer.concat([gif.subarray(0, -1), Buffer.from([0x21, 0xfe, 1, 65, 0, 0x3b])]))
    },
  },
  {
    name: 'a PNG with a text',
    problem: 'content',
    args: ['--allow', 'variant-missing,format'],
    plant: () => fresh('.png', withText(readFileSync(`${fixtures}png/grey-1-bit.png`))),
  },
  {
    name: 'a GIF that is called WebP',
    problem: 'type',
    args: ['--allow', 'variant-missing'],
    plant: () => fresh('.webp'),
  },
  {
    name: 'an image of another encoder',
    problem: 'encoder',
    args: withoutSums,
    plant: () => replace(main(0), ofVersion1(readFileSync(at(main(0))))),
  },
  {
    name: 'a GIF of another encoder',
    problem: 'encoder',
    args: ['--allow', 'variant-missing'],
    plant: () => {
      const gif = tinyGif(3)
      gif[11] = 1
      return fresh('.gif', gif)
    },
  },
  // Drift from the policy.
  {
    name: 'an image that is larger than the policy allows',
    problem: 'pixels',
    policy: { output: { maxWidth: 1599 } },
    plant: () => main(0),
  },
  {
    name: 'a format that the policy does not make',
    problem: 'format',
    args: ['--allow', 'variant-missing'],
    plant: () => fresh('.gif', stillGif()),
  },
  {
    name: 'an animation where the policy keeps the first frame',
    problem: 'animation',
    policy: { animated: 'first-frame' },
    plant: () => main(2),
  },
  {
    name: 'a variant of another size',
    problem: 'shape',
    args: [...withoutSums, '--allow', 'duplicate'],
    plant: () => replace(thumb(0), readFileSync(at(thumb(1)))),
  },
  {
    name: 'a variant that is missing',
    problem: 'variant-missing',
    args: withoutSums,
    plant: () => {
      unlinkSync(at(thumb(0)))
      return main(0)
    },
  },
  {
    name: 'a variant that the policy does not know',
    problem: 'variant-unknown',
    plant: () => {
      const key = main(2).replace('.gif', '-wide.gif')
      put(out(), key, tinyGif(5))
      return key
    },
  },
  {
    name: 'a variant without its main image',
    problem: 'variant-alone',
    args: withoutSums,
    plant: () => {
      unlinkSync(at(main(0)))
      return thumb(0)
    },
  },
  {
    name: 'two main images of one upload',
    problem: 'variant-twice',
    plant: () => {
      const key = main(2).replace('.gif', '.webp')
      put(out(), key, readFileSync(`${fixtures}webp/lossy.webp`))
      return key
    },
  },
  // Hashes.
  {
    name: 'a flipped bit in the pixels',
    problem: 'changed',
    plant: () => {
      const bytes = readFileSync(at(main(0)))
      const middle = bytes.length >> 1
      bytes[middle] = (bytes[middle] ?? 0) ^ 1
      return replace(main(0), bytes)
    },
  },
  {
    name: 'an image that is gone',
    problem: 'missing',
    args: ['--allow', 'variant-alone'],
    plant: () => {
      unlinkSync(at(main(0)))
      return main(0)
    },
  },
  {
    name: 'the same bytes under two names',
    problem: 'duplicate',
    args: ['--allow', 'variant-missing'],
    plant: () => {
      const key = keyOf(month, 99, '.gif').replace(/\/.{8}/, '/ffffffff')
      put(out(), key, readFileSync(at(main(2))))
      return key
    },
  },
  // Where commits are prepared.
  {
    name: 'a commit that was left unfinished',
    problem: 'leftover',
    plant: () => {
      const path = join(home, '.out-incoming/00000000-1-0000000000000000')
      mkdirSync(path)
      utimesSync(path, 1, Date.now() / 1000 - 600)
      return path
    },
  },
  {
    name: 'a file where commits are prepared',
    problem: 'leftover',
    plant: () => {
      writeFileSync(join(home, '.out-incoming/x'), '')
      return join(home, '.out-incoming/x')
    },
  },
  {
    name: 'commits that everybody can read',
    problem: 'incoming',
    plant: () => {
      chmodSync(join(home, '.out-incoming'), 0o755)
      return join(home, '.out-incoming')
    },
  },
  {
    name: 'commits that are prepared behind a link',
    problem: 'incoming',
    plant: () => {
      rmSync(join(home, '.out-incoming'), { recursive: true })
      symlinkSync('/tmp', join(home, '.out-incoming'))
      return join(home, '.out-incoming')
    },
  },
]

test('every defect that an audit is known to miss no more has a row', () => {
  expect(defects.length).toBeGreaterThanOrEqual(46)
  expect(new Set(defects.map(({ name }) => name)).size).toBe(defects.length)
})

const asRoot = process.getuid?.() === 0

for (const { name, problem, plant, args = [], policy: other, needs } of defects)
  test.skipIf(needs === 'root' && !asRoot)(`${name} is found: ${problem}`, async () => {
    const path = plant()
    const policyFile = join(home, 'policy.json')
    writeFileSync(policyFile, JSON.stringify({ ...policy, ...other }))
    const { exitCode, findings } = await audit(...args, '--policy', policyFile)
    expect(findings.map((finding: { path: string }) => finding.path)).toContain(path)
    expect(new Set(findings.map((finding: { problem: string }) => finding.problem))).toEqual(
      new Set([problem]),
    )
    expect(exitCode).toBe(1)
  })

test('10,000 images of ours are clean', async () => {
  const many = join(home, 'many')
  mkdirSync(many, { mode: 0o755 })
  for (let number = 0; number < 10_000; number++)
    put(many, keyOf(number % 2 ? '202509' : '202510', number), tinyGif(number))
  const { exitCode, lines } = await capture(['audit', '--json', many])
  const [{ summary }, ...more] = lines().map(line => JSON.parse(line))
  expect([exitCode, more, summary.problems, summary.files]).toEqual([0, [], {}, 10_000])
  expect(summary.statistics.months['202509'].files).toBe(5000)
})
