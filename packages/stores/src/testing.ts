import { type CommitOptions, type FileToStore, keyFor, makeKeyStem, type Store } from '@sluice/core'

/**
 * Examines a store: commits, reads, lists and deletes a few small files of its own and removes them again.
 * Needs no test framework.
 * @returns what is wrong, one sentence each; an empty list for a store that does what `Store` promises
 */
export async function checkStore(store: Store): Promise<readonly string[]> {
  const problems: string[] = []
  for (const examine of examinations) {
    const made: FileToStore[] = []
    const make = (name = 'main', stem = makeKeyStem(new Date())) => {
      const file = { key: keyFor(stem, name, 'webp'), bytes: randomBytes(1000), type: 'image/webp' }
      made.push(file)
      return file
    }
    try {
      await examine({ store, make, expect: (fine, problem) => fine || problems.push(problem) })
    } catch (thrown) {
      problems.push(`${examine.name}: ${thrown}`)
    }
    for (const { key } of made) await store.delete(key).catch(() => {})
  }
  return problems
}

interface Examination {
  readonly store: Store
  /** Makes a file that is removed after the examination. */
  make(name?: string, stem?: string): FileToStore
  expect(fine: boolean, problem: string): void
}

const examinations: readonly ((examination: Examination) => Promise<void>)[] = [
  async function keepsWhatIsCommitted({ store, make, expect }) {
    const stem = makeKeyStem(new Date())
    const files = [make('main', stem), make('thumb', stem)]
    const originals = files.map(file => file.bytes.slice())
    await store.commit(files)
    for (const file of files) file.bytes.fill(0)
    for (const [index, { key }] of files.entries()) {
      const got = await store.get(key)
      expect(isSame(got, originals[index]), 'get does not give the bytes that were committed')
      got?.fill(0)
      expect(isSame(await store.get(key), originals[index]), 'changing what get gave changes what is stored')
    }
  },

  async function listsWhatIsThere({ store, make, expect }) {
    const files = [make(), make()] as const
    await store.commit(files)
    for (const prefix of [undefined, files[0].key.slice(0, 7)]) {
      const listed = await listAll(store, prefix)
      for (const { key, bytes } of files)
        expect(
          listed.filter(entry => entry.key === key && entry.bytes === bytes.length).length === 1,
          `list(${prefix === undefined ? '' : 'prefix'}) does not name a committed file once with its size`,
        )
    }
    const one = await listAll(store, files[0].key.slice(0, 20))
    expect(
      !one.some(entry => entry.key === files[1].key),
      'list names files that do not begin with the prefix',
    )
  },

  async function deletes({ store, make, expect }) {
    const [gone, kept] = [make(), make()]
    await store.commit([gone, kept])
    await store.delete(gone.key)
    expect((await store.get(gone.key)) === undefined, 'a deleted file is still there')
    expect((await store.get(kept.key)) !== undefined, 'delete removes other files')
    const again = await store.delete(gone.key).then(
      () => true,
      () => false,
    )
    expect(again, 'deleting what is not there is an error')
  },

  async function neverWritesOver({ store, make, expect }) {
    const first = make()
    const original = first.bytes.slice()
    await store.commit([first])
    const [before, after] = [make(), make()]
    const code = await refusalOf(store, [before, { ...first, bytes: randomBytes(1000) }, after])
    expect(code === 'store-failed', `an existing key is not refused with store-failed (${code})`)
    expect(isSame(await store.get(first.key), original), 'an existing file was written over or removed')
    const [left, right] = await Promise.all([store.get(before.key), store.get(after.key)])
    expect(!left && !right, 'files of a refused commit are visible')
  },

  async function letsOneOfTwoWin({ store, make, expect }) {
    const file = make()
    const contents = Array.from({ length: 4 }, () => randomBytes(1000))
    const codes = await Promise.all(contents.map(bytes => refusalOf(store, [{ ...file, bytes }])))
    expect(
      codes.filter(code => code === undefined).length === 1,
      'of simultaneous commits of one key not exactly one wins',
    )
    const winner = contents[codes.indexOf(undefined)]
    expect(isSame(await store.get(file.key), winner), 'of simultaneous commits of one key a loser is stored')
  },

  async function letsAttemptsMeet({ store, make, expect }) {
    const stem = makeKeyStem(new Date())
    const files = [make('main', stem), make('thumb', stem)] as const
    // One attempt came as far as the variant.
    await store.commit([files[1]], { repeatable: true })
    const codes = await Promise.all([files, files, files].map(each => refusalOf(store, each, repeatable)))
    codes.push(await refusalOf(store, files, repeatable))
    expect(
      codes.every(code => code === undefined),
      `a repeatable commit that finds its own bytes is refused (${codes})`,
    )
    for (const { key, bytes } of files)
      expect(isSame(await store.get(key), bytes), 'a repeatable commit does not leave its bytes')
    const other = { ...files[0], bytes: randomBytes(1000) }
    const code = await refusalOf(store, [other, files[1]], repeatable)
    expect(code === 'store-conflict', `other bytes in a repeatable commit are no store-conflict (${code})`)
    for (const { key, bytes } of files)
      expect(
        isSame(await store.get(key), bytes),
        'a repeatable commit that is refused touches what another has stored',
      )
  },

  async function refusesKeysThatAreNotOurs({ store, make, expect }) {
    const good = make()
    const { key } = good
    const bad = [
      '',
      '../x',
      '/etc/x',
      `../${key}`,
      `${key}\0`,
      `./${key}`,
      key.replace('/', '//'),
      key.toUpperCase(),
      key.replace('.webp', '.php'),
      `${key}.php`,
      key.replace('/', '/../'),
      key.slice(7),
    ]
    for (const key of bad) {
      const fine = (await refusalOf(store, [good, { ...good, key }])) === 'store-failed'
      expect(fine, `the key ${JSON.stringify(key)} is not refused with store-failed`)
      if (!fine) await store.delete(key).catch(() => {})
      const got = await store.get(key).catch(() => undefined)
      expect(got === undefined, `get(${JSON.stringify(key)}) gives a file`)
    }
    expect(
      (await refusalOf(store, [good, good])) === 'store-failed',
      'a key twice in one commit is not refused',
    )
    expect((await store.get(good.key)) === undefined, 'files of a refused commit are visible')
  },

  async function stopsWhenAborted({ store, make, expect }) {
    const file = make()
    const code = await refusalOf(store, [file], { signal: AbortSignal.abort() })
    expect(code === 'aborted' || code === 'store-failed', `an aborted commit is not refused (${code})`)
    expect((await store.get(file.key)) === undefined, 'files of an aborted commit are visible')
  },
]

const repeatable = { repeatable: true }

/** The code of an UploadError, undefined for success, a description of anything else. */
async function refusalOf(
  store: Store,
  files: readonly FileToStore[],
  options?: CommitOptions,
): Promise<string | undefined> {
  try {
    await store.commit(files, options)
    return undefined
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'UploadError' && 'code' in thrown)
      return String(thrown.code)
    return `threw ${thrown}`
  }
}

async function listAll(store: Store, prefix?: string) {
  const entries = []
  for await (const entry of store.list(prefix)) entries.push(entry)
  return entries
}

function isSame(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one?.length === other?.length && !!one?.every((byte, index) => byte === other?.[index])
}

function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}
