import type { Header, PlannedOutput, Rendering, RenderPlan, Rendition } from '@sluice/core'
import { recycle } from '@sluice/sandbox'
import type { ImageBudget } from '../budget.js'
import type { Encoder, Frame, Size } from '../codec.js'
import { type Branch, lockstep } from './lockstep.js'
import { placeholderOf, placeholderOutput } from './placeholder.js'
import type { Shape } from './shape.js'
import type { Watch } from './watch.js'

interface Job {
  readonly output: PlannedOutput
  readonly encoder: Encoder
}
interface Context {
  readonly header: Header
  readonly plan: RenderPlan
  readonly budget: ImageBudget
  readonly watch: Watch
  readonly shape: Shape
  /** See `Frames`. */
  readonly lasting: boolean | undefined
}

/** An encoder of animations looks back at two. */
const goodFrames = 3

/** A shaped frame, counted as memory of the image until it is encoded. */
interface Held {
  readonly frame: Frame
  release(): void
}

/** Its bytes are reserved before they are allocated, by whatever makes the frame. */
async function hold(size: Size, { memory }: ImageBudget, make: () => Promise<Frame>): Promise<Held> {
  const release = memory.reserve({ bytes: 4 * size.width * size.height })
  try {
    return { frame: await make(), release }
  } catch (thrown) {
    release()
    throw thrown
  }
}

/** Shapes and encodes every output, and the placeholder, from one run through the frames. */
export async function encodeOutputs(
  frames: AsyncGenerator<Frame, void>,
  jobs: readonly Job[],
  { header, plan, budget, watch, shape, lasting }: Context,
): Promise<Rendering> {
  const wanted = plan.placeholder !== 'none'
  /** Pictures of stills: an output may be drawn from the decoder's own, which others see as well. */
  const seen = new Set<Uint8Array>()
  /** Pictures of the last frames, the decoder's own and the outputs'. */
  const passing: Uint8Array[][] = []
  const branches = lockstep(passed(), jobs.length + (wanted ? 1 : 0))

  async function* passed(): AsyncGenerator<Frame, void> {
    for await (const frame of frames) {
      passing.push(lasting ? [frame.pixels] : [])
      yield frame
      // All outputs have asked for the next one.
      if (passing.length < goodFrames) continue
      for (const pixels of passing.shift() ?? []) if (!seen.has(pixels)) recycle(pixels)
    }
  }

  async function* shaped(branch: Branch<Frame>, output: PlannedOutput): AsyncGenerator<Frame, void> {
    let last: Held | undefined
    try {
      for await (const frame of branch) {
        if (last && !output.animated) continue
        last = await watch.step('render-failed', () => hold(output, budget, () => shape(frame, output)))
        if (!output.animated) {
          seen.add(frame.pixels).add(last.frame.pixels)
          continue
        }
        passing.at(-1)?.push(last.frame.pixels)
        yield last.frame
        last.release()
      }
      // There are no more: the decoder's memory has gone back before an encoder takes its own for a still.
      if (last && !output.animated) yield last.frame
    } finally {
      last?.release()
    }
  }
  /** A part that stopped reading, for whatever reason, must not hold up the others. */
  async function read<Value>(index: number, work: (branch: Branch<Frame>) => Promise<Value>): Promise<Value> {
    const branch = branches[index]
    if (!branch) throw new RangeError('a branch for each output')
    try {
      return await work(branch)
    } finally {
      branch.release()
    }
  }

  const moving = jobs.filter(({ output }) => output.animated).length
  const renditions = jobs.map(({ output, encoder }, index) =>
    read(index, async (branch): Promise<Rendition> => {
      const { name, format, width, height, quality, effort } = output
      const count = output.animated ? header.frames : 1
      const { plays } = header
      // Animations come frame by frame, side by side; a still has its half of what is left when its turn comes.
      const pictures = count > 1 ? moving : 1
      const options = { budget, width, height, quality, effort, frames: count, plays, pictures }
      const bytes = await watch.step('render-failed', () => encoder.encode(shaped(branch, output), options))
      return { name, format, bytes, width, height, frames: count }
    }),
  )
  const placeholder = wanted
    ? read(jobs.length, branch =>
        placeholderOf(shaped(branch, placeholderOutput(header, plan.outputs[0]?.crop))),
      )
    : undefined
  try {
    const [finished, hash] = await Promise.all([Promise.all(renditions), placeholder])
    watch.check()
    for (const pixels of [...seen, ...passing.flat()]) recycle(pixels)
    return { renditions: finished, placeholder: hash }
  } finally {
    await frames.return()
  }
}
