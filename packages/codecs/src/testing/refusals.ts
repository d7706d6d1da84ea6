import { type ErrorCode, type Probed, type Renderer, type RenderPlan, UploadError } from '@sluice/core'
import { BLOCK, blocks } from './blocks.js'
import { blockDistance, draw, type Examination, formatsOf, makers, messageOf, prepare } from './exam.js'
import { firstFrame } from './first-frame.js'

/** A file of which pixels are missing is refused, not filled up with grey. The probe refuses one without its end mark. */
export const truncationRefused: Examination = async renderer => {
  const problems: string[] = []
  for (const format of formatsOf(renderer)) {
    const [probed, plan] = await prepare(makers[format](blocks()))
    for (const missing of [20, 24, 40]) {
      const cut = { ...probed, bytes: probed.bytes.slice(0, -missing) }
      const problem = await refusal(renderer, cut, plan)
      if (problem) problems.push(`${format} without its last ${missing} bytes: ${problem}`)
    }
  }
  return problems
}

/** Garbage, a hundred times over, is refused with the one error, and a good file works after it as before. */
export const garbageSurvived: Examination = async renderer => {
  const problems = new Set<string>()
  for (const format of formatsOf(renderer)) {
    const [probed, plan] = await prepare(makers[format](blocks()))
    for (let round = 0; round < 100; round++) {
      const problem = await refusal(renderer, { ...probed, bytes: damage(probed.bytes, round) }, plan)
      if (problem && problem !== DRAWN) problems.add(`${format} with damaged bytes: ${problem}`)
    }
    try {
      const [rendition] = (await draw(renderer, makers[format](blocks()))).renditions
      const distance = rendition ? blockDistance(await firstFrame(rendition.bytes), blocks(), BLOCK) : 255
      if (distance > 24) problems.add(`${format}: after damaged files a good one is off by ${distance}`)
    } catch (thrown) {
      problems.add(`${format}: after damaged files a good one is refused: ${messageOf(thrown)}`)
    }
  }
  return [...problems]
}

/** What cannot be drawn, or is not wanted any more, is said so. */
export const declines: Examination = async renderer => {
  const problems: string[] = []
  const [format] = formatsOf(renderer)
  if (!format) return ['reads none of jpeg, png, gif, webp']
  if (!renderer.writes.includes('webp')) problems.push('does not write webp')
  const [probed, plan] = await prepare(makers[format](blocks()))
  const foreign = { ...probed, format: 'none' as Probed['format'] }
  const unknown = await refusal(renderer, foreign, plan, undefined, ['unsupported-kind'])
  if (unknown) problems.push(`a format that it does not read: ${unknown}`)
  const cancelled = await refusal(renderer, probed, plan, AbortSignal.abort(), ['aborted'])
  if (cancelled) problems.push(`a signal that is aborted: ${cancelled}`)
  return problems
}

const DRAWN = 'it was drawn'

/** Undefined where it is refused as it should be. */
async function refusal(
  renderer: Renderer,
  image: Probed,
  plan: RenderPlan,
  signal?: AbortSignal,
  codes?: readonly ErrorCode[],
): Promise<string | undefined> {
  try {
    await renderer.render(image, plan, signal)
    return DRAWN
  } catch (thrown) {
    if (!(thrown instanceof UploadError))
      return `threw ${typeof thrown} ${messageOf(thrown)}, not an UploadError`
    if (codes && !codes.includes(thrown.code))
      return `refused as ${thrown.code}, not as ${codes.join(' or ')}`
    if (!codes && thrown.status >= 500)
      return `refused as ${thrown.code} (${thrown.status}), as if it were our fault`
    return undefined
  }
}

/** The second half overwritten by numbers that look random and are the same every time. */
function damage(bytes: Uint8Array, seed: number): Uint8Array {
  const out = bytes.slice()
  let state = seed + 1
  for (let at = out.length >> 1; at < out.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    out[at] = state >>> 24
  }
  return out
}
