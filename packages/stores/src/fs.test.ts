import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type FileToStore, keyFor, makeKeyStem, type Store } from '@sluice/core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { probeName } from './fs/layout.js'
import { newOwner } from './fs/owner.js'
import { fsStore } from './fs.js'
import { checkStore } from './testing.js'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sluice-fs-'))
})
afterEach(() => rmSync(home, { recursive: true }))

const folder = () => join(home, 'uploads')
const incoming = () => join(home, '.uploads-incoming')
const file = (name = 'main', stem = makeKeyStem(new Date())): FileToStore => ({
  key: keyFor(stem, name, 'webp'),
  bytes: Buffer.from('content'),
  type: 'image/webp',
})

test('does what a store promises, and leaves nothing behind', async () => {
  expect(await checkStore(fsStore(folder()))).toEqual([])
  expect(readdirSync(incoming())).toEqual([])
  expect(readdirSync(folder())).toEqual([new Date().toISOString().slice(0, 7).replace('-', '')])
})

test('public files are 0644 and folders 0755, whatever the umask; the preparation is private', async () => {
  const before = process.umask(0o077)
  try {
    const stored = file()
    await fsStore(folder()).commit([stored])
    const path = join(folder(), stored.key)
    expect(statSync(path).mode & 0o7777).toBe(0o644)
    expect(statSync(path).nlink).toBe(1)
    expect(statSync(join(path, '..')).mode & 0o7777).toBe(0o755)
    expect(statSync(folder()).mode & 0o7777).toBe(0o755)
    expect(statSync(incoming()).mode & 0o7777).toBe(0o700)
  } finally {
    process.umask(before)
  }
})

test('a name that is taken by something foreign is not touched', async () => {
  const [first, second] = [file(), file()]
  mkdirSync(join(folder(), second.key.slice(0, 6)), { recursive: true })
  symlinkSync(join(home, 'elsewhere'), join(folder(), second.key))
  await expect(fsStore(folder()).commit([first, second])).rejects.toMatchObject({ code: 'store-failed' })
  expect(readdirSync(home).sort()).toEqual(['.uploads-incoming', 'uploads'])
  expect(readdirSync(join(folder(), second.key.slice(0, 6)))).toEqual([second.key.slice(7)])
})

test('what is no file of the store is none, whatever has its name', async () => {
  const store = fsStore(folder())
  const [stored, dangling, loop, elsewhere, pipe] = [file(), file(), file(), file(), file()]
  await store.commit([stored])
  writeFileSync(join(home, 'secret'), 'of another')
  symlinkSync(join(home, 'nowhere'), join(folder(), dangling.key))
  symlinkSync(join(folder(), loop.key), join(folder(), loop.key))
  symlinkSync(join(home, 'secret'), join(folder(), elsewhere.key))
  execFileSync('mkfifo', [join(folder(), pipe.key)])
  expect(await keysOf(store)).toEqual([stored.key])
  for (const { key } of [dangling, loop, elsewhere, pipe]) expect(await store.get(key)).toBeUndefined()
})

test('no link is followed: a month that is one is not written to, read, listed or emptied', async () => {
  const store = fsStore(folder())
  const [stored] = [file()]
  const month = join(folder(), stored.key.slice(0, 6))
  await store.commit([stored])
  renameSync(month, join(home, 'elsewhere'))
  symlinkSync(join(home, 'elsewhere'), month)
  const refused = store.commit([file()])
  await expect(refused).rejects.toMatchObject({
    code: 'store-failed',
    detail: expect.stringMatching(/is no folder: a link is not followed/),
  })
  await store.delete(stored.key)
  expect([await store.get(stored.key), await keysOf(store)]).toEqual([undefined, []])
  expect(readdirSync(join(home, 'elsewhere'))).toEqual([stored.key.slice(7)])
  expect(readdirSync(incoming())).toEqual([])
})

test('folders that others may write to, or that are links, are refused with what to do', async () => {
  await fsStore(folder()).commit([file()])
  const month = join(folder(), file().key.slice(0, 6))
  chmodSync(month, 0o777)
  const refused = fsStore(folder()).commit([file()])
  await expect(refused).rejects.toMatchObject({
    detail: expect.stringMatching(/others may write to .*\(mode 0777\): chmod go-w /),
  })
  chmodSync(incoming(), 0o770)
  expect(() => fsStore(folder())).toThrow(
    `others may write to ${incoming()} (mode 0770): chmod go-w ${incoming()}`,
  )
  renameSync(incoming(), join(home, 'elsewhere'))
  chmodSync(join(home, 'elsewhere'), 0o700)
  symlinkSync(join(home, 'elsewhere'), incoming())
  expect(() => fsStore(folder())).toThrow(`${incoming()} is no folder: a link is not followed`)
})

test('an incoming folder that a link brings into the public one is refused', () => {
  mkdirSync(join(folder(), 'inside'), { recursive: true, mode: 0o700 })
  symlinkSync(folder(), join(home, 'alias'))
  expect(() => fsStore(folder(), { incoming: join(home, 'alias', 'inside') })).toThrow(
    /in the folder that is served/,
  )
})

test('what lies in wait at the place of a test file is not written to', async () => {
  mkdirSync(incoming(), { mode: 0o700 })
  mkdirSync(folder())
  writeFileSync(join(home, 'victim'), 'precious')
  for (const name of ['.link-test', probeName('00000000-0000-0000-0000-000000000000')])
    symlinkSync(join(home, 'victim'), join(incoming(), name))
  await fsStore(folder()).commit([file()])
  expect(readFileSync(join(home, 'victim'), 'utf8')).toBe('precious')
  // What earlier versions left, and starts that were killed, is cleared away.
  expect(readdirSync(incoming())).toEqual([])
})

test('one leftover that cannot be settled is told, and keeps neither the others nor the store', async () => {
  await fsStore(folder()).get(file().key)
  const warned = vi.spyOn(process, 'emitWarning').mockReturnValue()
  // A folder where a file should be: it cannot be removed as one.
  const [bad, good] = [newOwner(), newOwner()].map(owner => join(incoming(), `${owner}.undone`))
  mkdirSync(good ?? '')
  writeFileSync(bad ?? '', 'no folder')
  await fsStore(folder()).commit([file()])
  expect(readdirSync(incoming())).toEqual([basename(bad ?? '')])
  expect(warned.mock.calls).toEqual([
    [expect.stringContaining(`${bad} was left unfinished`), expect.anything()],
  ])
  warned.mockRestore()
})

test('what a repeatable commit has linked stays, also where its process has died', async () => {
  const kept = file()
  await fsStore(folder()).commit([kept], { repeatable: true })
  // As if its process had ended just behind the last link.
  const left = join(incoming(), `${newOwner().replace(`-${process.pid}-`, '-4194304-')}.kept`)
  mkdirSync(left)
  linkSync(join(folder(), kept.key), join(left, kept.key.replace('/', '_')))
  const store = fsStore(folder())
  expect(await keysOf(store)).toEqual([kept.key])
  expect(readdirSync(incoming())).toEqual([])
})

test('a repeatable commit does not look through a link', async () => {
  const planted = file()
  mkdirSync(join(folder(), planted.key.slice(0, 6)), { recursive: true })
  writeFileSync(join(home, 'elsewhere'), planted.bytes)
  symlinkSync(join(home, 'elsewhere'), join(folder(), planted.key))
  const commit = fsStore(folder()).commit([planted], { repeatable: true })
  await expect(commit).rejects.toMatchObject({ code: 'store-failed' })
})

async function keysOf(store: Store): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of store.list()) keys.push(key)
  return keys
}

test('an incoming folder that would be served is refused at start', () => {
  for (const path of [folder(), join(folder(), 'incoming')])
    expect(() => fsStore(folder(), { incoming: path })).toThrow(/incoming must be outside/)
})

test('an incoming folder on another file system is refused at start', () => {
  // Linux mounts a file system of its own there; elsewhere there is no second one that every machine has.
  if (process.platform !== 'linux') return
  expect(statSync('/dev/shm').dev).not.toBe(statSync(home).dev)
  const elsewhere = mkdtempSync('/dev/shm/sluice-')
  try {
    expect(() => fsStore(folder(), { incoming: elsewhere })).toThrow(
      /one mounted file system.*option "incoming"/,
    )
    expect(readdirSync(home)).toEqual([])
  } finally {
    rmSync(elsewhere, { recursive: true })
  }
})

test('nothing is made before the first use: builds import what opens a store', async () => {
  const store = fsStore(folder())
  expect(readdirSync(home)).toEqual([])
  await store.commit([file()])
  expect(readdirSync(home).sort()).toEqual(['.uploads-incoming', 'uploads'])
})

test('folders that cannot be made are refused at start, with what to do, and nothing is made', async () => {
  writeFileSync(join(home, 'file'), '')
  const below = join(home, 'file', 'uploads')
  expect(() => fsStore(below)).toThrow(/cannot be made: ENOTDIR.*Make it, writable for the user of this/)
  // As beside a mount point, or beside the one folder that a container's user may write to.
  expect(() => fsStore(folder(), { incoming: join(home, 'file', 'incoming') })).toThrow(
    `inside it, store: '${join(folder(), 'images')}', and serve that: ` +
      `commits are then prepared in ${join(folder(), '.images-incoming')}.`,
  )
  expect(() => fsStore(join(home, 'file'))).toThrow(/file is no folder/)
  expect(() => fsStore(folder(), { incoming: join(home, 'file') })).toThrow(/file is no folder/)
  expect(readdirSync(home)).toEqual(['file'])
  await fsStore(join(folder(), 'images')).commit([file()])
  expect(readdirSync(folder()).sort()).toEqual(['.images-incoming', 'images'])
})

test('a foreign commit folder is left alone until it is old', async () => {
  await fsStore(folder()).get(file().key)
  const other = newOwner().replace(/^\w{8}/, '00000000')
  mkdirSync(join(incoming(), other))
  writeFileSync(join(incoming(), 'notes.txt'), 'not ours')
  await fsStore(folder()).get(file().key)
  expect(readdirSync(incoming())).toEqual([other, 'notes.txt'])
  await new Promise(resolve => setTimeout(resolve, 20))
  await fsStore(folder(), { abandonedAfterMs: 10 }).get(file().key)
  expect(readdirSync(incoming())).toEqual(['notes.txt'])
})

test('a commit whose folder was taken for abandoned fails, and leaves nothing', async () => {
  const files = Array.from({ length: 16 }, () => file())
  const commit = expect(fsStore(folder()).commit(files)).rejects.toMatchObject({ code: 'store-failed' })
  while (readdirSync(incoming()).length < 1) await new Promise(resolve => setImmediate(resolve))
  // A start with a clock in the future takes everything for abandoned.
  await fsStore(folder(), { abandonedAfterMs: -1000 }).get(file().key)
  await commit
  expect(readdirSync(folder()).flatMap(month => readdirSync(join(folder(), month)))).toEqual([])
  expect(readdirSync(incoming())).toEqual([])
})

test('an abort in the middle takes everything back', async () => {
  const abort = new AbortController()
  const files = Array.from({ length: 16 }, () => file())
  const commit = fsStore(folder()).commit(files, { signal: abort.signal })
  setImmediate(() => abort.abort())
  await expect(commit).rejects.toMatchObject({ code: 'aborted' })
  expect(readdirSync(folder()).flatMap(month => readdirSync(join(folder(), month)))).toEqual([])
  expect(readdirSync(incoming())).toEqual([])
})
