import { bytesOf, cases, corpusIsHere, isAccepted } from '@sluice/testkit/corpus'
import { fileTypeFromBuffer } from 'file-type'
import { describe, expect, test } from 'vitest'
import type { Header } from '../src/formats/header.js'
import { uprightSize } from '../src/formats/header.js'
import { sniffFormat } from '../src/formats/signatures.js'
import { extensionOf, readingsOf, secureFilename } from '../src/input/filename.js'
import { fitInside } from '../src/policy/plan.js'

const formatOfMime: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/apng': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/heic': 'heic',
  'image/heif': 'heic',
  'image/heic-sequence': 'heic',
  'image/heif-sequence': 'heic',
}

function textOf(file: string): string {
  return new TextDecoder().decode(bytesOf({ file }))
}

describe.runIf(corpusIsHere)('the corpus', () => {
  test('every accepted image is planned at the size that Pillow gave it', () => {
    const accepted = cases.filter(isAccepted)
    expect(accepted).toHaveLength(956)
    const wrong = accepted.filter(({ in_size, size, exif_orientation: orientation }) => {
      const [width, height] = in_size
      const planned = fitInside(uprightSize({ width, height, orientation } as Header), 1600, 1600)
      return planned.width !== size[0] || planned.height !== size[1]
    })
    expect(wrong.map(({ file }) => file)).toEqual([])
  })

  test('every file is sniffed as file-type sniffs it', async () => {
    const differing: string[] = []
    for (const { file, group, expect: verdict } of cases) {
      // These make JavaScript parsers slow: they are tried in the pipeline, not on the oracle.
      if (group === 'bombs' || group === 'filenames') continue
      const bytes = bytesOf({ file })
      const theirs =
        formatOfMime[(await fileTypeFromBuffer(bytes.subarray(0, 4100)).catch(() => undefined))?.mime ?? '']
      const ours = sniffFormat(bytes)
      // file-type looks further than the signature and gives up on some broken files; ours leave that to probe.
      if (ours !== theirs && !(theirs === undefined && verdict !== 'accept'))
        differing.push(`${file}: ${ours}, file-type ${theirs}`)
    }
    expect(differing).toEqual([])
  })

  test('every accepted image is of the format that was detected', () => {
    const wrong = cases
      .filter(isAccepted)
      .filter(entry => sniffFormat(bytesOf(entry)) !== entry.detected.toLowerCase().replace('mpo', 'jpeg'))
    expect(wrong.map(({ file, detected }) => `${file} ${detected}`)).toEqual([])
  })

  test('the naughty strings become short names that are no path, and none gets an accepted extension', () => {
    const strings = JSON.parse(
      textOf('filenames/minimaxir__big-list-of-naughty-strings/blns.json'),
    ) as string[]
    expect(strings).toHaveLength(515)
    for (const naughty of strings) {
      const cleaned = secureFilename(`${naughty}.jpg`)
      expect(cleaned).toMatch(/^[A-Za-z0-9_.-]*$/)
      expect(cleaned).not.toMatch(/^[.]|[._]$/)
      expect(extensionOf(`${naughty}.jpg`)).toBe('jpg')
      expect(readingsOf(`${naughty}.php`).map(extensionOf)).not.toContain('jpg')
    }
  })

  test('every text in the tests of sanitize-filename becomes a name that is no path and no device', () => {
    const source = textOf('filenames/parshap__node-sanitize-filename/test.js')
    const texts = [...source.matchAll(/"((?:[^"\\\n]|\\[nu"\\/])*)"/g)].map(([, text]) =>
      JSON.parse(`"${text}"`),
    )
    expect(texts.length).toBeGreaterThan(150)
    for (const text of texts) {
      expect(secureFilename(text)).toMatch(/^[A-Za-z0-9_.-]*$/)
      expect(secureFilename(text)).not.toMatch(/^[.]|[._]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i)
    }
  })
})
