import type { FloodRow } from '../flood/rows.mjs'

/** A run of ours in which nothing went wrong, with changes. */
export function floodRow(change: Partial<FloodRow> = {}): FloodRow {
  const latency = { p50: 180, p99: 900, p999: 1200 }
  return {
    contender: 'sluice',
    label: 'Sluice',
    ours: true,
    load: 1,
    minutes: 1,
    date: '2026-11-28T12:00:00.000Z',
    machine: 'a <processor>, 2 cores',
    versions: { node: 'v20' },
    limitsBy: 'cgroup',
    seconds: 60,
    offeredPerSecond: 8,
    void: false,
    lag: 2,
    offered: 480,
    accepted: 400,
    perSecond: 6,
    answeredPerSecond: 7,
    statuses: { 201: 400, 422: 40, 503: 20 },
    misbehaved: { lost: 10, 408: 10 },
    latency,
    fromLastByte: latency,
    stills: latency,
    hostile: { sent: 48, accepted: 8 },
    wrong: [],
    crowdCpuMs: 900,
    cpuMsEach: 190,
    peakMiB: 190,
    kills: [],
    health: { asked: 6000, failed: 0, p50: 1, p99: 12, worst: 40, lag: 2 },
    loop: { p99: 8, worst: 30 },
    broken: { missing: 0, changed: 0, orphans: 0, left: 0 },
    undecodable: 0,
    rests: [{ linearMiB: 20, otherMiB: 90 }],
    handles: [30, 31],
    lastWords: '',
    ...change,
  }
}

/** Ours and one that falls at ten times its capacity. */
export function floodRows(): FloodRow[] {
  const rival = { contender: 'sharp', label: 'multer <sharp>', ours: false }
  const kills = [{ at: 3000, how: 'SIGKILL' }]
  const none = { p50: Number.NaN, p99: Number.NaN, p999: Number.NaN }
  return [
    floodRow({ load: 'jpeg', perSecond: 7 }),
    floodRow({ load: 'mixed', perSecond: 8 }),
    floodRow({ load: 1 }),
    floodRow({ load: 10, perSecond: 7.2 }),
    floodRow({ ...rival, load: 'mixed', perSecond: 4 }),
    floodRow({ ...rival, load: 1, wrong: [{ file: 'a.jpg', verdict: '500', times: 2 }] }),
    floodRow({ ...rival, load: 10, perSecond: 0, kills, latency: none, loop: undefined, undecodable: 1 }),
  ]
}

/** A run of an hour, with twelve rests in which so much was held beside the memories of pictures. */
export const soakRow = (otherMiB: readonly number[]): FloodRow =>
  floodRow({
    load: 0.8,
    minutes: 60,
    handles: [30, 30],
    rests: otherMiB.map((other, nth) => ({ linearMiB: nth * 3, otherMiB: other })),
  })
