import { execFile, execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const root = fileURLToPath(new URL('../../', import.meta.url))

export interface Packed {
  readonly name: string
  readonly manifest: Manifest
  /** Below `packages`. */
  readonly folder: string
  /** Path of the tarball. */
  readonly tarball: string
  /** Path in the package, and size in bytes. */
  readonly files: ReadonlyMap<string, number>
}

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly license?: string
  readonly engines?: Readonly<Record<string, string>>
  readonly bin?: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
}

/** Names of the folders of all packages that are published. */
export function publicPackages(): readonly string[] {
  return readdirSync(join(root, 'packages')).filter(folder => {
    const manifest = readManifest(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'))
    return !manifest.private
  })
}

/** Packs what was built, as it would be published. */
export async function pack(folder: string, destination: string): Promise<Packed> {
  const { stdout } = await promisify(execFile)(
    'npx',
    ['-y', 'pnpm@10', 'pack', '--json', '--pack-destination', destination],
    { cwd: join(root, 'packages', folder) },
  )
  const { filename: tarball } = JSON.parse(stdout) as { filename: string }
  const manifest = readManifest(tar('-xzOf', tarball, 'package/package.json'))
  return { name: manifest.name, manifest, folder, tarball, files: listFiles(tarball) }
}

function listFiles(tarball: string): Packed['files'] {
  const lines = tar('-tvzf', tarball).trimEnd().split('\n')
  return new Map(
    lines.map(line => {
      const [, , size, , , path = ''] = line.split(/\s+/)
      return [path.replace(/^package\//, ''), Number(size)]
    }),
  )
}

function tar(...args: string[]): string {
  return execFileSync('tar', args, { encoding: 'utf8', maxBuffer: 1e8 })
}

function readManifest(text: string): Manifest {
  return JSON.parse(text)
}
