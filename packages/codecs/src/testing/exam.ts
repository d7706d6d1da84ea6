import {
  admit,
  definePolicy,
  type Format,
  type PolicyInput,
  type Probed,
  planRendering,
  probe,
  type Renderer,
  type Rendering,
  type RenderPlan,
  sniff,
} from '@sluice/core'
import type { Picture } from '../codec.js'
import { orient } from '../pixels/orient.js'
import { makeGif } from './images/gif.js'
import { makeJpeg } from './images/jpeg.js'
import { makePng } from './images/png.js'
import { makeWebp } from './images/webp.js'

/** Formats that the examiner can make files of. */
export const examined = ['jpeg', 'png', 'gif', 'webp'] as const satisfies readonly Format[]
export type Examined = (typeof examined)[number]

export const makers: Readonly<Record<Examined, (picture: Picture, orientation?: number) => Uint8Array>> = {
  jpeg: makeJpeg,
  png: makePng,
  gif: picture => makeGif([picture]),
  webp: makeWebp,
}

/** A part of the examination: what is wrong, in words. */
export type Examination = (renderer: Renderer) => Promise<readonly string[]>

/** Those formats of the examiner that the renderer says it reads. */
export const formatsOf = (renderer: Renderer) => examined.filter(format => renderer.reads.includes(format))

/** A made file as the pipeline would hand it to a renderer, and the plan for it. */
export async function prepare(body: Uint8Array, settings: PolicyInput = {}): Promise<[Probed, RenderPlan]> {
  const policy = definePolicy(settings)
  const probed = probe(sniff(await admit({ body }, policy), policy), policy)
  return [probed, planRendering(probed.header, policy)]
}

export async function draw(
  renderer: Renderer,
  body: Uint8Array,
  settings: PolicyInput = {},
): Promise<Rendering> {
  return renderer.render(...(await prepare(body, settings)))
}

/** A picture whose upright form is `upright`, as a camera held another way stores it. */
export function storedAs(upright: Picture, orientation: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8): Picture {
  // A quarter turn is undone by the opposite one; every other orientation undoes itself.
  return orient(upright, orientation === 6 ? 8 : orientation === 8 ? 6 : orientation)
}

/** Largest difference of a channel between the middles of the blocks; lossy coding moves edges, not middles. */
export function blockDistance(found: Picture, wanted: Picture, block: number): number {
  if (found.width !== wanted.width || found.height !== wanted.height) return 255
  let distance = 0
  for (let y = block / 2; y < wanted.height; y += block)
    for (let x = block / 2; x < wanted.width; x += block)
      for (let channel = 0; channel < 4; channel++) {
        const at = 4 * (y * wanted.width + x) + channel
        distance = Math.max(distance, Math.abs((found.pixels[at] ?? 0) - (wanted.pixels[at] ?? 0)))
      }
  return distance
}

export const messageOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown))
