import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fsStore } from '@sluice/stores/fs'
import { checkStore } from '@sluice/stores/testing'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'

/* File systems, other users and containers: all of it needs root, and Linux. */

let scratch = ''
let child = ''
beforeAll(async () => {
  expect(process.getuid?.(), 'these tests are run by root').toBe(0)
  scratch = mkdtempSync(join(tmpdir(), 'sluice-places-'))
  chmodSync(scratch, 0o755)
  child = join(scratch, 'child.mjs')
  await build({
    entryPoints: [fileURLToPath(new URL('crash-child.ts', import.meta.url))],
    outfile: child,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@sluice/source'],
  })
})
afterAll(() => rmSync(scratch, { recursive: true }))

const nobody = 65_534
/** Of `statfs`, by linux/magic.h. */
const kinds = { ext4: 0xef53, tmpfs: 0x01021994, overlay: 0x794c7630 } as const

function makeFolder(name: string): string {
  const path = join(scratch, name)
  mkdirSync(path)
  return path
}

const mounts = {
  ext4(at: string) {
    const disk = join(scratch, 'ext4.img')
    execFileSync('truncate', ['-s', '32M', disk])
    execFileSync('mkfs.ext4', ['-q', disk])
    execFileSync('mount', ['-o', 'loop', disk, at])
  },
  tmpfs(at: string) {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', at])
  },
  overlay(at: string) {
    const [lower, upper, work] = ['lower', 'upper', 'work'].map(makeFolder)
    execFileSync('mount', [
      ...['-t', 'overlay', 'overlay', '-o', `lowerdir=${lower},upperdir=${upper},workdir=${work}`],
      at,
    ])
  },
}

test.each(Object.entries(mounts))('does what a store promises on %s', async (kind, mount) => {
  const at = makeFolder(kind)
  mount(at)
  try {
    expect(statfsSync(at).type).toBe(kinds[kind as keyof typeof kinds])
    expect(await checkStore(fsStore(join(at, 'images')))).toEqual([])
    expect(readdirSync(join(at, '.images-incoming'))).toEqual([])
  } finally {
    execFileSync('umount', [at])
  }
})

test('what another user has left keeps nobody from storing, and is told', () => {
  const home = makeFolder('leftover')
  const incoming = join(home, '.images-incoming')
  mkdirSync(join(incoming, 'x.undone'), { recursive: true, mode: 0o700 })
  writeFileSync(join(incoming, 'x.undone', 'y'), '')
  for (const path of [home, incoming]) chownSync(path, nobody, nobody)
  const { status, stdout, stderr } = spawnSync(process.execPath, [child, 'once', join(home, 'images')], {
    uid: nobody,
    gid: nobody,
    encoding: 'utf8',
  })
  expect(stderr).toMatch(/SLUICE_LEFTOVER.*x\.undone was left unfinished and cannot be settled.*EACCES/)
  expect([status, JSON.parse(stdout)]).toEqual([
    0,
    expect.arrayContaining([expect.stringMatching(/^\d{6}\//)]),
  ])
  expect(readdirSync(incoming)).toEqual(['x.undone'])
})

test('folders of another user are refused, also by root', () => {
  const home = makeFolder('theirs')
  const incoming = join(home, '.images-incoming')
  mkdirSync(incoming, { mode: 0o700 })
  mkdirSync(join(home, 'images'))
  chownSync(incoming, nobody, nobody)
  expect(() => fsStore(join(home, 'images'))).toThrow(
    `${incoming} belongs to user ${nobody}, and this process is user 0`,
  )
})

test('two containers with one host name, each process 1, leave each other alone', async () => {
  const folder = join(makeFolder('containers'), 'images')
  const container = ['--pid', '--fork', '--kill-child', '--mount-proc', process.execPath, child]
  const living = spawn('unshare', [...container, 'loop', folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  let commits = 0
  living.stdout.setEncoding('utf8').on('data', text => {
    commits += text.split('\n').length - 1
  })
  await once(living.stdout, 'data')
  const before = commits
  for (let starts = 0; starts < 30; starts++) {
    const start = spawn('unshare', [...container, 'start', folder], { stdio: 'inherit' })
    expect(await once(start, 'exit')).toEqual([0, null])
  }
  // It ends by itself where a commit fails.
  expect(living.exitCode).toBeNull()
  expect(commits).toBeGreaterThan(before + 10)
  living.kill('SIGKILL')
  await once(living, 'close')
})
