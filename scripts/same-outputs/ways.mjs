import { basename } from 'node:path'

/**
 * @typedef {import('./inputs.mjs').Input} Input
 *
 * A way to take a file. Options and names stay those that every commit to compare with understands.
 * @typedef {object} Way
 * @property {object} policy
 * @property {object} renderer
 * @property {(input: Input) => string | undefined} nameOf with an extension, held to the content,
 * or none: then all get as far as they can
 * @property {number} every of how many files one is taken: which one, their hashes say, and it stays the same
 */

/**
 * @param {{ core: any, codecs: any, avif: any, heic: any }} tree its packages, of any commit: untyped
 * @returns {Readonly<Record<string, Way>>}
 */
export function waysOf({ core: { definePolicy }, codecs, avif: { avif }, heic: { heic } }) {
  const { defaultRenderer, jsquashRenderer } = codecs
  const policy = definePolicy({
    placeholder: 'thumbhash',
    variants: {
      card: { maxWidth: 320, maxHeight: 240 },
      thumb: { maxWidth: 96, maxHeight: 96, fit: 'cover', focus: { x: 0.4, y: 0.3 } },
    },
  })
  const named = (/** @type {{ name: string }} */ { name }) => basename(name)
  const unnamed = () => undefined
  return {
    default: { policy, renderer: defaultRenderer(), nameOf: named, every: 1 },
    // Its codecs hold whole pictures.
    jsquash: {
      policy: definePolicy({ ...policy, memoryMb: 512 }),
      renderer: jsquashRenderer(),
      nameOf: named,
      every: 7,
    },
    animated: {
      policy: definePolicy({ animated: 'webp', output: { maxWidth: 240, maxHeight: 240, effort: 1 } }),
      renderer: defaultRenderer(),
      nameOf: unnamed,
      every: 1,
    },
    avif: {
      policy: definePolicy({
        extensions: ['jpg', 'png', 'gif', 'webp', 'avif', 'heic'],
        animated: 'first-frame',
        output: { format: 'avif', quality: 60, effort: 0, maxWidth: 200, maxHeight: 200 },
      }),
      renderer: withCodecs(defaultRenderer, [avif(), heic()]),
      nameOf: unnamed,
      every: 1,
    },
  }
}

/**
 * The option was called `plugs` once, and a renderer does not look at what it does not know.
 * @param {(options: object) => any} make
 * @param {readonly unknown[]} packs
 */
function withCodecs(make, packs) {
  const made = [{ codecs: packs }, { plugs: packs }].map(options => make(options))
  const renderer = made.find(({ reads, writes }) => reads.includes('heic') && writes.includes('avif'))
  if (!renderer) throw new Error('no renderer took the codecs of AVIF and HEIC')
  return renderer
}
