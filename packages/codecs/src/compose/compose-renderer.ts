import { type Renderer, type Rendition, UploadError } from '@sluice/core'
import type { Colour, Decoder, Encoder, Frame, Resizer } from '../codec.js'
import { placeholderOf, placeholderOutput } from '../placeholder.js'
import { attempt } from './attempt.js'
import { checkDecodedSize, checkedFrames } from './checked-frames.js'
import { lockstep } from './lockstep.js'
import { shaper } from './shape.js'
import { targetSize } from './target.js'
import { startWatch } from './watch.js'

export interface Parts {
  readonly name: string
  readonly decoders: readonly Decoder[]
  readonly resizer: Resizer
  readonly colour: Colour
  readonly encoders: readonly Encoder[]
}

/**
 * A renderer of parts. It reads the formats of its decoders and writes those of its encoders. Every output comes from
 * one decode, a frame at a time; whatever a part throws becomes an UploadError.
 */
export function composeRenderer({ name, decoders, resizer, colour, encoders }: Parts): Renderer {
  return {
    name,
    reads: decoders.map(decoder => decoder.format),
    writes: encoders.map(encoder => encoder.format),

    async render(source, { outputs, placeholder: wanted, budget }, signal) {
      const { header } = source
      const watch = startWatch(budget, signal)
      watch.check()
      const decoder = pick(decoders, source.format)
      const jobs = outputs.map(output => ({ output, encoder: pick(encoders, output.format) }))
      const animated = header.frames > 1 && outputs.some(output => output.animated)
      const options = { budget, target: targetSize(header, outputs), animated, signal }

      const decoded = await attempt('decode-failed', () => decoder.decode(source, options))
      checkDecodedSize(decoded, source, options)
      watch.check()
      const conversion = await attempt('render-failed', () => colour.prepare(source, decoded.model, budget))
      const shape = shaper(source, decoded, budget, { resizer, conversion })

      const frames = checkedFrames(decoded, source, options, watch)
      const readers = wanted === 'none' ? outputs : [...outputs, placeholderOutput(header)]
      const branches = lockstep(frames, readers.length)

      async function* shaped(index: number): AsyncGenerator<Frame, void> {
        const output = readers[index]
        for await (const frame of branches[index] ?? []) {
          if (!output) return
          watch.check()
          yield await attempt('render-failed', () => shape(frame, output))
          if (!output.animated) return
        }
      }

      const renditions = jobs.map(async ({ output, encoder }, index): Promise<Rendition> => {
        const { name, format, width, height, quality, effort } = output
        const count = output.animated ? header.frames : 1
        const settings = { budget, width, height, quality, effort, frames: count, plays: header.plays }
        try {
          const bytes = await attempt('render-failed', () => encoder.encode(shaped(index), settings))
          return { name, format, bytes, width, height, frames: count }
        } finally {
          branches[index]?.leave()
        }
      })
      try {
        const [finished, placeholder] = await Promise.all([
          Promise.all(renditions),
          wanted === 'none' ? undefined : placeholderOf(shaped(jobs.length)),
        ])
        watch.check()
        return { renditions: finished, placeholder, notes: conversion.note === undefined ? [] : [conversion.note] }
      } finally {
        await frames.return()
      }
    },
  }
}

/** The part for a format. @throws UploadError `unsupported-kind` where there is none */
function pick<Part extends { readonly format: string }>(parts: readonly Part[], format: string): Part {
  const part = parts.find(part => part.format === format)
  if (part) return part
  throw new UploadError('unsupported-kind', { kind: format.toUpperCase() }, { stage: 'render' })
}
