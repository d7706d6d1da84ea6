import { pathToFileURL } from 'node:url'
import { defaultRenderer } from '@sluice/codecs'
import { jsquashRenderer } from '@sluice/codecs/jsquash'
import { type Policy, type Renderer, sanitize } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { findSharp } from '../find-sharp.js'

export interface Contender {
  readonly name: string
  /** Makes the image of the policy from a file; returns how many bytes it has. Throws what it cannot do. */
  make(bytes: Uint8Array): Promise<number>
}

/** Ours, the same pipeline with stock codecs, and sharp if the project in `folder` has it. */
export async function findContenders(policy: Policy, folder: string): Promise<readonly Contender[]> {
  const own = [
    pipeline('Sluice', policy, defaultRenderer()),
    pipeline('Sluice, jSquash in the sandbox', policy, jsquashRenderer()),
  ]
  const path = findSharp(folder)
  return path === undefined ? own : [...own, await native(policy, path)]
}

function pipeline(name: string, policy: Policy, renderer: Renderer): Contender {
  return {
    name,
    make: async bytes => (await sanitize({ body: bytes }, { policy, renderer, store: memoryStore() })).bytes,
  }
}

interface Sharp {
  (bytes: Uint8Array): SharpPicture
  readonly versions: { readonly sharp: string }
}

interface SharpPicture {
  rotate(): SharpPicture
  resize(options: object): SharpPicture
  webp(options: object): SharpPicture
  toBuffer(): Promise<Uint8Array>
}

/**
 * As its documentation shows: upright, fitted, WebP of the policy's quality and effort; the first frame of
 * animations. One that is installed and cannot be loaded, such as for another processor, is in the table with
 * what it said.
 */
async function native({ output }: Policy, path: string): Promise<Contender> {
  let sharp: Sharp
  try {
    sharp = (await import(pathToFileURL(path).href)).default
  } catch (thrown) {
    return { name: 'sharp', make: () => Promise.reject(thrown) }
  }
  const { maxWidth: width, maxHeight: height, fit, quality, effort } = output
  return {
    name: `sharp ${sharp.versions.sharp}`,
    async make(bytes) {
      const picture = sharp(bytes).rotate().resize({ width, height, fit, withoutEnlargement: true })
      return (await picture.webp({ quality, effort }).toBuffer()).length
    },
  }
}
