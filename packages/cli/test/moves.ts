import { createHash, randomInt } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { keyGrammar, type Records } from '@sluice/core'
import { credentials, startFakeS3 } from '../../stores/test/fake-s3.js'
import { runCli } from './run-cli.js'

export interface Place {
  /** An empty folder. */
  readonly home: string
  /** The command line as one program. */
  readonly program: string
  readonly records: Records
  /** Of the same records. */
  readonly database: string
  /**
   * How often a run is killed, and the longest time that it is let alone, in milliseconds; the shortest is
   * none.
   */
  readonly kills: number
  readonly longestMs: number
}

export interface Moved {
  /** Files or uploads that there were to move. */
  readonly things: number
  readonly stored: number
  readonly refused: number
  readonly kills: number
  readonly seconds: number
  readonly problems: readonly string[]
}

interface Line {
  readonly old: string
  readonly key?: string
  readonly variants: Readonly<Record<string, string>>
  readonly sha256: string
  readonly code?: string
}

const policies = {
  first: { variants: { thumb: { maxWidth: 160, maxHeight: 160 } } },
  second: { output: { maxWidth: 400, maxHeight: 400 }, variants: { small: { maxWidth: 80, maxHeight: 80 } } },
}

/** Exit code of a run whose map is there: it was killed after its last act. */
const isDone = 2

/** Imports a folder, killed again and again; then files, map and records are held against each other. */
export async function importKilled(legacy: string, place: Place): Promise<Moved> {
  const { home, records, database } = place
  const [out, map] = [join(home, 'out'), join(home, 'moved.jsonl')]
  const args = ['import', legacy, '--to', out, '--map', map, '--records', database, ...policy(place, 'first')]
  const run = await killedAndRun(place, args)
  const lines = linesOf(map)
  const stored = lines.filter(({ key }) => key !== undefined)
  const problems = [
    ...differences(
      'line of the map',
      filesIn(legacy),
      lines.map(({ old }) => old),
    ),
    ...differences('file', stored.flatMap(keysOf), keysIn(out)),
    ...stored
      .filter(line => hashOf(join(out, line.key ?? '')) !== line.sha256)
      .map(({ key }) => `${key} has changed`),
    ...(await wrongRows(
      records,
      stored.map(({ key }) => key ?? ''),
    )),
    ...(await auditOf(place, 'first')),
  ]
  if (run.code !== isDone && run.code !== (stored.length < lines.length ? 1 : 0))
    problems.push(`it ended with ${run.code}`)
  return {
    things: lines.length,
    stored: stored.length,
    refused: lines.length - stored.length,
    kills: run.kills,
    seconds: run.seconds,
    problems,
  }
}

/** Draws all of a store anew by another policy, killed again and again, and sweeps. */
export async function rerenderKilled(place: Place): Promise<Moved> {
  const { home, records, database } = place
  const [out, map] = [join(home, 'out'), join(home, 'drawn.jsonl')]
  const before = keysIn(out)
  const ids = (await rowsOf(records)).map(({ id }) => id)
  const run = await killedAndRun(place, [
    ...['rerender', out, '--map', map, '--records', database, '--keep', '0'],
    ...policy(place, 'second'),
  ])
  const lines = linesOf(map)
  const drawn = lines.filter(({ key }) => key !== undefined)
  const fresh = drawn.flatMap(keysOf)
  const problems = [
    ...differences('file', [...before, ...fresh], keysIn(out)),
    ...drawn
      .filter(line => hashOf(join(out, line.key ?? '')) !== line.sha256)
      .map(({ key }) => `${key} has changed`),
  ]
  const swept = await runCli(place.program, ['sweep', out, '--records', database, '--json'])
  if (swept.code !== 0) problems.push(`the sweep ended with ${swept.code}`)
  problems.push(
    ...differences('file after the sweep', fresh, keysIn(out)),
    ...differences(
      'row',
      ids,
      (await rowsOf(records)).map(({ id }) => id),
    ),
    ...(await wrongRows(
      records,
      drawn.map(({ key }) => key ?? ''),
    )),
    ...(await auditOf(place, 'second')),
  )
  for (const { id, notes } of await rowsOf(records))
    if (notes.filter(({ code }) => code === 'drawn-again').length !== 1)
      problems.push(`${id} was drawn twice`)
  if (run.code !== isDone && run.code !== 0) problems.push(`it ended with ${run.code}`)
  return {
    things: ids.length,
    stored: drawn.length,
    refused: ids.length - drawn.length,
    kills: run.kills,
    seconds: run.seconds,
    problems,
  }
}

/** Copies a folder to a bucket whose signatures are checked, and back, killed again and again. */
export async function copyKilled(place: Place): Promise<Moved> {
  const out = join(place.home, 'out')
  const s3 = await startFakeS3()
  s3.control.pageSize = 1000
  const puts = new Map<string, number>()
  const set = s3.objects.set.bind(s3.objects)
  s3.objects.set = (key, kept) => {
    puts.set(key, (puts.get(key) ?? 0) + 1)
    return set(key, kept)
  }
  const env = {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: credentials.region,
    AWS_ENDPOINT_URL: s3.url.replace(/\/bucket$/, ''),
  }
  const [bucket, back] = ['s3://bucket/public', join(place.home, 'back')]
  const progress = ['--progress', join(place.home, 'progress')]
  try {
    const there = await killedAndRun(place, ['copy', out, bucket, ...progress], env)
    const again = await killedAndRun(place, ['copy', bucket, back, ...progress], env)
    const keys = keysIn(out)
    const problems = [
      ...differences(
        'object',
        keys,
        [...s3.objects.keys()].map(key => key.replace('public/', '')),
      ),
      ...differences('file that came back', keys, keysIn(back)),
      ...keys
        .filter(key => hashOf(join(out, key)) !== hashOf(join(back, key)))
        .map(key => `${key} has changed`),
      ...[...puts].filter(([, times]) => times > 1).map(([key, times]) => `${key} was put ${times} times`),
    ]
    if (there.code !== 0 || again.code !== 0) problems.push(`they ended with ${there.code} and ${again.code}`)
    return {
      things: keys.length,
      stored: s3.objects.size,
      refused: 0,
      kills: there.kills + again.kills,
      seconds: there.seconds + again.seconds,
      problems,
    }
  } finally {
    await s3.stop()
  }
}

function policy({ home }: Place, name: keyof typeof policies): readonly string[] {
  const path = join(home, `${name}.json`)
  writeFileSync(path, JSON.stringify(policies[name]))
  return ['--policy', path]
}

/** Runs it again and again, killed after a time that chance gives it, until it comes to an end. */
async function killedAndRun(place: Place, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const start = performance.now()
  for (let kills = 0; ; kills++) {
    // What is random is the point: nothing is waited for. Short times come first, so that a quick machine is not done
    // before the first of them is over.
    const share = ((kills + 1) / place.kills) ** 2
    const killMs = kills < place.kills ? randomInt(Math.ceil(share * place.longestMs)) : undefined
    const { code, signal } = await runCli(place.program, args, { env, killMs })
    if (signal !== 'SIGKILL') return { kills, code, seconds: Math.round((performance.now() - start) / 1000) }
  }
}

async function auditOf(place: Place, name: keyof typeof policies): Promise<readonly string[]> {
  const args = ['audit', join(place.home, 'out'), '--records', place.database, ...policy(place, name)]
  const { code, printed } = await runCli(place.program, args)
  return code === 0 ? [] : [`an audit ends with ${code}: ${printed.slice(0, 1000)}`]
}

async function rowsOf(records: Records) {
  const rows = []
  for await (const row of records.list()) rows.push(row)
  return rows
}

async function wrongRows(records: Records, keys: readonly string[]): Promise<readonly string[]> {
  const rows = await rowsOf(records)
  const mains = rows.flatMap(({ files }) => files.filter(({ name }) => name === 'main').map(({ key }) => key))
  return [
    ...differences('row of a main image', keys, mains),
    ...rows.filter(({ state }) => state !== 'confirmed').map(({ id, state }) => `${id} is ${state}`),
  ]
}

function linesOf(path: string): readonly Line[] {
  const text = readFileSync(path, 'utf8').trimEnd()
  return text.split('\n').map(line => JSON.parse(line))
}

const keysOf = ({ key = '', variants }: Line) => [key, ...Object.values(variants)]

/** Names in a folder and its folders, hidden ones left out. */
function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
    .filter(path => !/(?:^|\/)\./.test(path))
    .sort()
}

const keysIn = (folder: string) => filesIn(folder).filter(path => keyGrammar.test(path))

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

/** What is missing, too much, or there twice. */
function differences(what: string, wanted: readonly string[], found: readonly string[]): readonly string[] {
  const [want, have] = [new Set(wanted), new Set(found)]
  return [
    ...wanted.filter(each => !have.has(each)).map(each => `no ${what} for ${each}`),
    ...found.filter(each => !want.has(each)).map(each => `a ${what} too many: ${each}`),
    ...(have.size < found.length ? [`a ${what} twice`] : []),
  ]
}
