import {
  definePolicy,
  keyring,
  newUploadId,
  type Store,
  sha256,
  UploadError,
  type UploadResult,
} from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { type Offer, type Quarantine, signOffer } from '@sluice/stores/quarantine'
import { beforeAll, expect, test } from 'vitest'
import { pngImage } from '../../adapters/test/images.js'
import { toyRenderer } from '../../adapters/test/toy-renderer.js'
import { ingester } from '../src/index.js'

/*
 * All orders in which two workers can take the steps at one upload that others see: find, read, variant, main file,
 * finish, settle. One of them may die in front of any of its steps; its job is then delivered once more.
 */
const steps = 6
const ring = keyring({ current: 'a', secrets: { a: 'a'.repeat(32) } })
const policy = definePolicy({ variants: { thumb: { maxWidth: 4, maxHeight: 4 } } })
const offer: Offer = {
  ...newUploadId(ring, 'a'.repeat(32)),
  role: 'author',
  bytes: 1,
  type: 'image/png',
  sha256: 'ab'.repeat(32),
  expires: new Date(Date.now() + 3_600_000).toISOString(),
}
let ticket = ''
beforeAll(async () => {
  ticket = await signOffer(offer, ring)
})

/** Never comes back from here, as a process that was killed. */
const dead = new Promise<never>(() => {})

/** What two workers share. */
function world(file: Uint8Array) {
  const store = memoryStore()
  const kept = new Map([[offer.id, file]])
  const results = new Map<string, UploadResult>()

  /** A worker that takes its steps when it is told to. */
  function worker(mayStep: () => Promise<void>) {
    const quarantine: Pick<Quarantine, 'find' | 'read' | 'settle'> = {
      async find(id) {
        await mayStep()
        const bytes = kept.get(id)?.length
        return bytes ? { ticket, bytes, etag: 'x' } : undefined
      },
      async read(id) {
        await mayStep()
        const bytes = kept.get(id)
        if (!bytes?.length) throw new UploadError('store-failed')
        return bytes
      },
      async settle(id) {
        await mayStep()
        kept.set(id, new Uint8Array())
      },
    }
    const byFile: Store = {
      ...store,
      async commit(files, options) {
        for (const file of [...files].reverse()) {
          await mayStep()
          await store.commit([file], options)
        }
      },
    }
    return ingester({
      quarantine,
      keyring: ring,
      store: byFile,
      renderer: toyRenderer,
      policy,
      async finish(result) {
        await mayStep()
        if (!results.has(result.id)) results.set(result.id, result)
      },
    })
  }
  return { store, kept, results, worker }
}

/** Orders of `a` steps of one worker and `b` of another, as which of them goes. */
function* orders(a: number, b: number): Generator<readonly (0 | 1)[]> {
  if (a + b === 0) yield []
  if (a > 0) for (const rest of orders(a - 1, b)) yield [0, ...rest]
  if (b > 0) for (const rest of orders(a, b - 1)) yield [1, ...rest]
}

/** Lets a worker go to its next step, and hears when it is there, or at its end. */
function puppet(run: (mayStep: () => Promise<void>) => Promise<unknown>) {
  let go = () => {}
  let arrived = () => {}
  let end: 'open' | 'done' | 'again' = 'open'
  const arrival = () =>
    new Promise<void>(resolve => {
      arrived = resolve
    })
  let there = arrival()
  run(() => {
    const permit = new Promise<void>(resolve => {
      go = resolve
    })
    arrived()
    return permit
  }).then(
    () => {
      end = 'done'
      arrived()
    },
    thrown => {
      end = thrown instanceof UploadError && thrown.code === 'store-failed' ? 'again' : 'done'
      if (end === 'done') throw thrown
      arrived()
    },
  )
  return {
    end: () => end,
    start: () => there,
    async step() {
      if (end !== 'open') return
      there = arrival()
      go()
      await there
    },
  }
}

async function play(file: Uint8Array, order: readonly (0 | 1)[], dies: boolean) {
  const { worker, ...seen } = world(file)
  const puppets = [0, 1].map(() => puppet(mayStep => worker(mayStep)(offer.id)))
  await Promise.all(puppets.map(each => each.start()))
  for (const who of order) await puppets[who]?.step()
  // Who has not been killed goes on to its end; whose attempt has not counted is called again, as a queue does.
  const living = dies ? puppets.slice(1) : puppets
  for (const each of living) while (each.end() === 'open') await each.step()
  const again = dies || living.some(each => each.end() === 'again')
  if (again) await worker(async () => {})(offer.id)
  return seen
}

async function filesIn(store: Store): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>()
  for await (const { key } of store.list())
    files.set(key, await sha256((await store.get(key)) ?? new Uint8Array()))
  return files
}

test.each([
  ['an image', pngImage(9, 6), 2],
  ['no image', new TextEncoder().encode('no image'), 0],
] as const)('whatever the order and wherever one dies, %s is one result', async (_, file, files) => {
  let played = 0
  for (let alive = 0; alive <= steps; alive++) {
    for (const order of orders(alive, steps)) {
      played++
      const { store, kept, results } = await play(file, order, alive < steps)
      const found = await filesIn(store)
      const { stored, refused } = results.get(offer.id) ?? {}
      const told = stored ? [stored, ...Object.values(stored.variants)] : []
      const byKey = new Map(told.map(({ key, sha256 }) => [key, sha256]))
      const where = `${order} of ${alive}`
      expect([results.size, found.size, kept.get(offer.id)?.length], where).toEqual([1, files, 0])
      expect(found, where).toEqual(byKey)
      expect(refused?.code, where).toBe(files === 0 ? 'format-unknown' : undefined)
    }
  }
  // The sum of (k+6 choose 6) for k up to 6.
  expect(played).toBe(1716)
})

test('a worker that is dead stays so', async () => {
  const { worker, results } = world(pngImage())
  const never = worker(() => dead)(offer.id)
  expect(await Promise.race([never, Promise.resolve('still there')])).toBe('still there')
  expect(results.size).toBe(0)
})
