import { type Renderer, UploadError } from '@sluice/core'
import { countHeld } from '@sluice/sandbox'
import { ImageBudget } from '../budget.js'
import type { Colour, Conversion, Decoder, Encoder, Frames, PixelModel, Resizer } from '../codec.js'
import type { CodecPack } from '../codec-pack.js'
import { checkDecodedSize, checkedFrames, closedOnce } from './checked-frames.js'
import { encodeOutputs } from './encode-outputs.js'
import { shaper } from './shape.js'
import { targetSize } from './target.js'
import { startWatch } from './watch.js'

export interface Parts {
  /** For messages and tables. */
  readonly name: string
  /** Version of these parts: another one whenever they may draw other bytes. See `Renderer.codecVersion`. */
  readonly codecVersion?: string | undefined
  /** Their parts go before those below: of two for one format, or two resizers, the first counts. */
  readonly codecs?: readonly CodecPack[]
  readonly decoders?: readonly Decoder[]
  /** Needed where no codec pack brings one. */
  readonly resizer?: Resizer
  readonly colour: Colour
  readonly encoders?: readonly Encoder[]
}

/**
 * A renderer of parts. It reads the formats of its decoders and writes those of its encoders. Every output
 * comes from one decode, a frame at a time; whatever a part throws becomes an UploadError.
 *
 * @throws TypeError where no part resizes, and where one does not say its format
 */
export function composeRenderer({ name, codecVersion, codecs = [], colour, ...own }: Parts): Renderer {
  const packs: readonly CodecPack[] = [...codecs, own]
  const decoders = packs.flatMap(pack => pack.decoders ?? [])
  const encoders = packs.flatMap(pack => pack.encoders ?? [])
  if ([...decoders, ...encoders].some(({ format }) => typeof format !== 'string'))
    throw new TypeError(
      `composeRenderer: ${name} has a decoder or encoder without a format; a StillEncoder is for kernelRenderer({ encoder })`,
    )
  const resizer = packs.find(pack => pack.resizer)?.resizer
  if (!resizer) throw new TypeError(`composeRenderer: ${name} has no resizer`)
  return {
    name,
    codecVersion: codecsOf(codecVersion, codecs),
    reads: [...new Set(decoders.map(decoder => decoder.format))],
    writes: [...new Set(encoders.map(encoder => encoder.format))],

    async render(source, plan, signal) {
      const { header } = source
      const { outputs } = plan
      const budget = new ImageBudget(plan.budget)
      const watch = startWatch(budget, signal)
      const decoder = pick(decoders, source.format)
      const jobs = outputs.map(output => ({ output, encoder: pick(encoders, output.format) }))
      const animated = header.frames > 1 && outputs.some(output => output.animated)
      const prepare = (model: PixelModel) =>
        watch.step('render-failed', () => colour.prepare(source, model, budget))
      const holdsInk = header.colour === 'cmyk' || header.colour === 'ycck'
      const inks = holdsInk ? await prepare('cmyk') : undefined
      const options = { budget, target: targetSize(header, outputs), animated, signal, inks }
      const endCount = countHeld(budget.memory)
      let decoded: Frames | undefined
      let colours: Conversion | undefined
      try {
        decoded = await watch.step('decode-failed', async () => {
          budget.memory.reserve({ bytes: source.bytes.length })
          return closedOnce(await decoder.decode(source, options))
        })
        checkDecodedSize(decoded, source, options)
        // Some decoders make RGB of inks by themselves.
        const conversion = inks && decoded.model !== 'rgba' ? inks : await prepare(decoded.model)
        if (conversion !== inks) colours = conversion
        const shape = shaper(source, decoded, budget, { resizer, conversion })
        const frames = checkedFrames(decoded, source, options, watch)
        const { lasting } = decoded
        const finished = await encodeOutputs(frames, jobs, { header, plan, budget, watch, shape, lasting })
        const notes = conversion.note === undefined ? [] : [conversion.note]
        return { ...finished, notes, costs: budget.costs }
      } finally {
        colours?.close()
        inks?.close()
        decoded?.close()
        endCount()
      }
    },
  }
}

/** Undefined where a codec pack says nothing by which it could be told from another. */
function codecsOf(own: string | undefined, codecs: readonly CodecPack[]): string | undefined {
  const named = codecs.map(({ module, decoders = [], encoders = [], resizer }) => {
    const parts = [
      ...decoders.map(({ format }) => `<${format}`),
      ...encoders.map(({ format }) => `>${format}`),
    ]
    return module && `${module.name}(${[...parts, ...(resizer ? ['resize'] : [])].join(' ')})`
  })
  return own === undefined || named.includes(undefined) ? undefined : [own, ...named].join('+')
}

/** The part for a format. @throws UploadError `unsupported-kind` where there is none */
function pick<Part extends { readonly format: string }>(parts: readonly Part[], format: string): Part {
  const part = parts.find(part => part.format === format)
  if (part) return part
  throw new UploadError('unsupported-kind', { kind: format.toUpperCase() }, { stage: 'render' })
}
