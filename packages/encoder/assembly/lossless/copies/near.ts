// Places near by whose distances have the shortest codes: copies from there are tried at every pixel.
import { distanceOfCode } from './distances'

/** The codes 1 to this many. */
export const NEAR_TRIED: i32 = 16
const DISTANCES: usize = memory.data(4 * 16, 16)
/** How many pixels from the one in hand on are as so far back. */
const RUNS: usize = memory.data(4 * 16, 16)

export function openNear(width: i32): void {
  for (let k = 0; k < NEAR_TRIED; k++) {
    store<i32>(DISTANCES + (<usize>k << 2), distanceOfCode(k + 1, width))
  }
}

@inline export function nearDistance(k: i32): i32 {
  return load<i32>(DISTANCES + (<usize>k << 2))
}

export function startNearRuns(): void {
  memory.fill(RUNS, 0, 4 * NEAR_TRIED)
}

/** Goes on to pixel i, whose next one was asked for before. */
@inline export function nearRun(k: i32, px: usize, i: i32, pixel: u32): i32 {
  const distance = nearDistance(k), p = RUNS + (<usize>k << 2)
  const run = i >= distance && load<u32>(px + (<usize>(i - distance) << 2)) == pixel ? load<i32>(p) + 1 : 0
  store<i32>(p, run)
  return run
}

/** Whether it is one of the first two, above and to the left, which most copies are. */
@inline export function isNearRun(distance: i32, length: i32): bool {
  return distance == nearDistance(0) && load<i32>(RUNS) == length
    || distance == nearDistance(1) && load<i32>(RUNS, 4) == length
}
