import { bytesOf, type Case, cases, corpusIsHere, isAccepted } from '@sluice/testkit/corpus'
import { describe, expect, it } from 'vitest'
import type { Format } from '../src/formats/format.js'
import { readHeader } from '../src/formats/read-header.js'
import { sniffFormat } from '../src/formats/signatures.js'
import { ByteReader } from '../src/input/bytes.js'
import { probe } from '../src/pipeline/probe.js'
import { passed, type Sniffed } from '../src/pipeline/stages.js'
import { definePolicy } from '../src/policy/policy.js'
import { read, verdict } from './read.js'

const policy = definePolicy()

/** The verdict of sniff and probe under the default policy. */
function judge(entry: Case): string {
  const bytes = bytesOf(entry)
  const format = sniffFormat(bytes)
  if (!format || !policy.formats.includes(format)) return 'format'
  const sniffed = passed<Sniffed>({ bytes, format, name: '', extension: undefined })
  return verdict(() => probe(sniffed, policy))
}

describe.runIf(corpusIsHere)('the corpus', () => {
  it('sizes, frames and orientations are those of the reference decoders', () => {
    const differing: string[] = []
    const checked: Partial<Record<Format, number>> = {}
    for (const { file, in_size, frames, exif_orientation } of cases.filter(isAccepted)) {
      if (notRead.some(([name]) => file.endsWith(`/${name}`))) continue
      const bytes = bytesOf({ file })
      const format = sniffFormat(bytes) as Format
      checked[format] = (checked[format] ?? 0) + 1
      const header = read(format, bytes)
      const ours = `${header.width}x${header.height} ${header.orientation} ${header.frames}`
      // 0 is no orientation: it is upright.
      const theirs = `${in_size.join('x')} ${exif_orientation || 1} ${format === 'jpeg' ? 1 : frames}`
      if (ours !== theirs) differing.push(`${file}: ${ours}, not ${theirs}`)
    }
    expect(differing).toEqual([])
    expect(checked).toEqual({ jpeg: 255, png: 528, gif: 92, webp: 80 })
  })

  it('leaves no rejected file to the decoders but these', () => {
    const rejected = cases.filter(({ expect }) => expect === 'reject')
    expect(rejected).toHaveLength(387)
    const accepted = rejected.filter(entry => judge(entry) === 'accepted')
    expect(accepted.map(({ file }) => file.split('/').at(-1)).sort()).toEqual(leftToDecoders)
  })

  it('refuses no file but these that the reference decoders accept', () => {
    const refused = cases.filter(isAccepted).flatMap(entry => {
      const code = judge(entry)
      return code === 'accepted' ? [] : [`${entry.file.split('/').at(-1)}: ${code}`]
    })
    expect(refused.sort()).toEqual(
      [...notRead, ...overLimit].map(([name, code]) => `${name}: ${code}`).sort(),
    )
  })

  it('orientations of AVIF are those that Pillow tests', () => {
    const files = cases.filter(({ file }) => /rot\dmir\d\.avif$/.test(file))
    const orientations = Object.fromEntries(
      files.map(entry => [entry.file.slice(-13, -5), read('avif', bytesOf(entry)).orientation]),
    )
    expect(orientations).toEqual(avifOrientations)
  })

  it('reads the ordinary AVIF and HEIC files, and refuses uncompressed, sequence and damaged ones', () => {
    const codes: Record<string, number> = {}
    for (const entry of cases.filter(({ group }) => group === 'avif_heic')) {
      const bytes = bytesOf(entry)
      const format = sniffFormat(bytes)
      const code = format ? verdict(() => read(format, bytes)) : 'format-unknown'
      codes[code] = (codes[code] ?? 0) + 1
    }
    expect(codes).toEqual({
      accepted: 54,
      'unsupported-kind': 39,
      corrupt: 5,
      truncated: 1,
      'format-unknown': 1,
    })
  })

  it('reads no file more than four times over', () => {
    let most = 0
    for (const entry of cases.filter(({ expect }) => expect)) {
      const bytes = bytesOf(entry)
      const reader = new ByteReader(bytes)
      const format = sniffFormat(bytes)
      if (format) verdict(() => readHeader(format, reader, { maxPixels: Number.POSITIVE_INFINITY }))
      most = Math.max(most, reader.reads / (4 * bytes.length + 4096))
    }
    expect(most).toBeGreaterThan(0.1)
    expect(most).toBeLessThanOrEqual(1)
  })
})

/** Accepted by both reference decoders, refused here: name, code, reason. */
const notRead: readonly (readonly [name: string, code: string, reason: string])[] = [
  ['testimgari.jpg', 'unsupported-kind', 'arithmetic coding'],
]
/** Over a limit of the default policy. */
const overLimit: readonly (readonly [name: string, code: string])[] = [
  ['gifplayer-muybridge.gif', 'too-many-frames'],
]

/**
 * Damage in tables and coded data, which a header reader does not look at, and in what follows the picture:
 * of a JPEG and a GIF that end in the data of their last scan or frame, only the decoder sees that.
 */
const leftToDecoders: readonly string[] = [
  '2183d39878e734cf79b62428b02fafb5.jpg',
  '2c9e7a1805f8b47630bbb83d21bf8222.jpg',
  '32d08f4a5eb10332506ebedbb9bc7257.jpg',
  '40bb78b1ac031125a6d8466b374962a8.jpg',
  '5315c35bbcc28d8eee419028ac9f38e0.jpg',
  '551c2656a4f6f9f5ea7e9945b9081202.jpg',
  '5dc71b1d868ef137394d3cc23abea65a.jpg',
  '72d091e08c93c9e590360130fa35221b.jpg',
  '79f5fc6bca756e1f067c6fc83e18b32e.jpg',
  '8546907dbe574744d7fea6ca9de1de6b.jpg',
  '96b3e939852157613fa2e48d58fe35fe.jpg',
  'a17806f32b45d63eea5230e7893e1f15.jpg',
  'a7326ba8f3f4559991126474dd30083d.jpg',
  'b4103df93880fc5677c2a081e4bfc712.jpg',
  'badadler.png',
  'bug753605-atsize.jpg',
  'c52ffdd6a0346c4d09271f8ccbdfd5a3.jpg',
  'c8c1a5675f82021d92b928a10c597bad.jpg',
  'd085a42245996e5750a30ccb48791bcf.jpg',
  'derive-huffman-codes-overflow.jpg',
  'f006e96f3b27fdfaa075322d759ea2e8.jpg',
  'hang_114.gif',
  'id_000681,src_000036,op_int8,pos_306,val_+1,+cov.jpg',
  'id_001085,sync_jpeg9,src_000887,+cov.jpg',
  'id_001386,src_000607,op_int32,pos_183,val_be_+1.jpg',
  'id_001696,src_001527,op_arith8,pos_296,val_-17.jpg',
  'id_002075,src_001092,op_arith8,pos_209,val_+20,+cov.jpg',
  'id_002987,sync_jpeg_turbo,src_001510,+cov.jpg',
  'id_003112,src_003036,op_arith8,pos_175,val_+13.jpg',
  'id_003141,sync_jpeg_turbo,src_001694.jpg',
  'id_004851,sync_jpeg_turbo,src_003589.jpg',
  'id_004887,src_004848,op_flip1,pos_284.jpg',
  'msie-zlib-dos.png',
  'oss-fuzz-36829.jpeg',
  'peacock.default.truncated.jpeg',
  'pixel-data-none.gif',
  'premature-end.jpg',
  'truncated.jpg',
  'truncated_jpeg.jpg',
  'ultrahdr.jpg',
]

/** Tests/test_file_avif.py of Pillow, test_rot_mir_exif. */
const avifOrientations = {
  rot0mir0: 4,
  rot0mir1: 2,
  rot1mir0: 5,
  rot1mir1: 7,
  rot2mir0: 2,
  rot2mir1: 4,
  rot3mir0: 7,
  rot3mir1: 5,
}
