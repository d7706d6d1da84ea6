import { bytesHeld, type Limits, putString, SandboxError } from '@sluice/sandbox'
import { describe, expect, it } from 'vitest'
import { loadModule } from '#jsquash-modules'
import { mutant } from '../../test/mutant.js'
import { picture } from '../../test/pictures.js'
import { decodeJpeg } from '../formats/jpeg/mozjpeg.js'
import { decodePng } from '../formats/png/rust-png.js'
import { decodeWebp } from '../formats/webp/libwebp/decoder.js'
import type * as Decoder from './emscripten-decoder.js'

const limits: Limits = { memoryBytes: 64 * 2 ** 20, fuel: 1e9 }

/** Instances made while `work` runs. */
async function instancesMade(work: () => Promise<unknown>) {
  const original = WebAssembly.Instance
  let count = 0
  WebAssembly.Instance = new Proxy(original, {
    construct(target, args) {
      count++
      return Reflect.construct(target, args)
    },
  })
  try {
    await work()
  } finally {
    WebAssembly.Instance = original
  }
  return count
}

async function decodeTwice({ decodeWith }: typeof Decoder) {
  const jpeg = await picture('photos/grey.jpg')
  for (let i = 0; i < 2; i++)
    (
      await decodeWith(await loadModule('jpeg-dec'), limits, codec => {
        codec.bindings.function('decode')(putString(codec, jpeg), 0)
      })
    ).release()
}

describe('an instance', () => {
  it('is made for each picture', async () => {
    const decoder = await import('./emscripten-decoder.js')
    expect(await instancesMade(() => decodeTwice(decoder))).toBe(2)
  })

  it('would be used twice in a mutant, and the test above would see it', async () => {
    const faulty = await mutant<typeof Decoder>(new URL('./emscripten-decoder.ts', import.meta.url), [
      ['const codec = create', 'const codec = kept ??= create'],
      ['const globals', 'let kept: EmscriptenInstance | undefined\nconst globals'],
      ['release: () => instance.close()', 'release: () => {}'],
    ])
    expect(await instancesMade(() => decodeTwice(faulty))).toBe(1)
  })

  it('runs nothing after it was closed, and its pixels are gone', async () => {
    const { pixels, release } = await decodeJpeg(await picture('photos/grey.jpg'), limits)
    expect(pixels.length).toBeGreaterThan(0)
    release()
    release()
    expect(pixels.length).toBe(0)
  })
})

it('a thousand damaged files leave nothing behind, and a good one is drawn after them', async () => {
  const codecs = [
    [decodeJpeg, await picture('photos/grey.jpg')],
    [decodePng, await picture('png/photo.png')],
    [decodeWebp, await picture('webp/lossy.webp')],
  ] as const
  // A fixed sequence: the same damage on every run.
  let state = 12_345
  const random = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state % below
  }
  const kinds = new Map<string, number>()
  for (let i = 0; i < 1000; i++) {
    const [decode, good] = codecs[i % 3] ?? codecs[0]
    const bad = good.slice(0, 20 + random(good.length - 20))
    for (let n = 0; n < 8; n++) bad[random(bad.length)] = random(256)
    const outcome = await decode(bad, limits).then(
      decoded => {
        decoded.release()
        return decoded.warnings.length ? 'warned' : 'accepted'
      },
      error => (error instanceof SandboxError ? error.kind : `foreign error ${error}`),
    )
    kinds.set(outcome, (kinds.get(outcome) ?? 0) + 1)
  }
  expect([...kinds.keys()].filter(kind => kind.startsWith('foreign'))).toEqual([])
  expect(kinds.get('refused')).toBeGreaterThan(300)
  expect(bytesHeld()).toBeLessThanOrEqual(64 * 2 ** 20)
  for (const [decode, good] of codecs) {
    const { width, warnings, release } = await decode(good, limits)
    expect(width).toBeGreaterThan(0)
    expect(warnings).toEqual([])
    release()
  }
})
