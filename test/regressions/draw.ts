import { kernelRenderer } from '@sluice/codecs'
import { firstFrame } from '@sluice/codecs/testing'
import { definePolicy, type NoteCode, type PolicyInput, sanitize, UploadError } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { thumb8 } from '@sluice/testkit/thumb8'

const renderer = kernelRenderer()

export interface Drawn {
  readonly size: readonly [width: number, height: number]
  readonly frames: number
  readonly notes: readonly NoteCode[]
  readonly thumb: Uint8Array
}

/** A file after the whole pipeline. @throws UploadError */
export async function draw(bytes: Uint8Array, settings: PolicyInput = {}): Promise<Drawn> {
  const policy = definePolicy({ output: { effort: 0 }, timeMs: 120_000, ...settings })
  const store = memoryStore()
  const stored = await sanitize({ body: bytes }, { policy, renderer, store })
  const made = await store.get(stored.key)
  if (!made) throw new Error('nothing was stored')
  return {
    size: [stored.width, stored.height],
    frames: stored.frames,
    notes: stored.notes.map(({ code }) => code),
    thumb: thumb8(await firstFrame(made)),
  }
}

/** The code of a refusal, or `accepted`. */
export async function verdictOf(bytes: Uint8Array, settings: PolicyInput = {}): Promise<string> {
  try {
    await draw(bytes, settings)
    return 'accepted'
  } catch (thrown) {
    if (thrown instanceof UploadError) return thrown.code
    throw thrown
  }
}
