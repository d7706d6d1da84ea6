import { corpusIsHere } from '@sluice/testkit/corpus'
import { expect, it } from 'vitest'
import type { ways } from './run.mjs'

/** What became of a file. */
export interface Result {
  readonly mode: (typeof ways)[number]
  readonly name: string
  readonly made: boolean
  /** Of the made ones: a code, or `accepted`. */
  readonly expected?: string
  readonly ok: boolean
  /** What was drawn, or the code; `hang`, or that the process broke. */
  readonly verdict: string
  readonly status?: number
  readonly fuel: number
  readonly peakMiB: number
}

const made = 31
const ofCorpus = 383
/**
 * The 96 MiB of the default policy, and the process: its code, and pictures that wait for the collector. Stills stay below
 * 160; it is a GIF of 42 large frames that takes most, written by JavaScript.
 */
const usualMiB = 290

/**
 * What holds in every way, by whatever renderer.
 * @param mine asked for when all of them are there
 * @param maxMiB most memory of the process
 */
export function holdsAll(mine: () => readonly Result[], maxMiB = usualMiB): void {
  it('takes every file', () => {
    expect(mine().filter(result => result.made).length).toBe(made)
    expect(mine().length).toBe(corpusIsHere ? made + ofCorpus : made)
  })

  it('draws or refuses, and neither hangs nor breaks nor blames itself', () => {
    const bad = mine().filter(({ ok, status }) => !ok && !(status !== undefined && status < 500))
    expect(bad).toEqual([])
  })

  it(`takes at most ${maxMiB} MiB`, () => {
    expect(mine().filter(({ peakMiB }) => !(peakMiB <= maxMiB))).toEqual([])
  })
}
