import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { defaultRenderer, jsquashRenderer } from '@sluice/codecs'
import { type Policy, type Renderer, sanitize } from '@sluice/core'
import { memoryStore } from '@sluice/stores'

export interface Contender {
  readonly name: string
  /** Makes the image of the policy from a file; returns how many bytes it has. Throws what it cannot do. */
  make(bytes: Uint8Array): Promise<number>
}

/** Ours, the same road with stock codecs, and sharp if the project in `folder` has it. */
export async function findContenders(policy: Policy, folder: string): Promise<readonly Contender[]> {
  const own = [
    road('Sluice', policy, defaultRenderer()),
    road('Sluice, jSquash in the sandbox', policy, jsquashRenderer()),
  ]
  const sharp = await findSharp(folder)
  return sharp ? [...own, native(policy, sharp)] : own
}

function road(name: string, policy: Policy, renderer: Renderer): Contender {
  return {
    name,
    make: async bytes => (await sanitize({ body: bytes }, { policy, renderer, store: memoryStore() })).bytes,
  }
}

interface SharpPackage {
  readonly version: string
  readonly sharp: (bytes: Uint8Array) => SharpPicture
}

interface SharpPicture {
  rotate(): SharpPicture
  resize(options: object): SharpPicture
  webp(options: object): SharpPicture
  toBuffer(): Promise<Uint8Array>
}

async function findSharp(folder: string): Promise<SharpPackage | undefined> {
  const require = createRequire(join(folder, 'package.json'))
  try {
    const { default: sharp } = await import(pathToFileURL(require.resolve('sharp')).href)
    return { sharp, version: sharp.versions.sharp }
  } catch {
    return undefined
  }
}

/** As its documentation shows: upright, fitted, WebP of the policy's quality and effort; the first frame of animations. */
function native({ output }: Policy, { sharp, version }: SharpPackage): Contender {
  const { maxWidth: width, maxHeight: height, fit, quality, effort } = output
  return {
    name: `sharp ${version}`,
    async make(bytes) {
      const picture = sharp(bytes).rotate().resize({ width, height, fit, withoutEnlargement: true })
      return (await picture.webp({ quality, effort }).toBuffer()).length
    },
  }
}
