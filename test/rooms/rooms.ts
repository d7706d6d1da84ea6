import { posix } from 'node:path'

/** Sources by their path from the root of the repository. */
export type Sources = ReadonlyMap<string, string>

/** An import that exists at run time: types cost nothing and may point anywhere. */
export interface Import {
  readonly from: string
  /** The source that it names, or the specifier itself where that is no source of the repository. */
  readonly to: string
}

const importStatement = /^(?:import|export)\s+(?!type\b)(?:([^'";]*?)\sfrom\s+)?['"]([^'"]+)['"]/gm
const dynamicImport = /\bimport\(\s*['"]([^'"]+)['"]/g

/** All imports of values. */
export function importsOf(sources: Sources): readonly Import[] {
  return [...sources].flatMap(([from, text]) => {
    const named = [...text.matchAll(importStatement)]
      .filter(([, clause = '']) => !importsTypesAlone(clause))
      .map(([, , specifier = '']) => specifier)
    const dynamic = [...text.matchAll(dynamicImport)].map(([, specifier = '']) => specifier)
    return [...named, ...dynamic].map(specifier => ({ from, to: resolve(from, specifier, sources) }))
  })
}

/** `{ type A, type B }` leaves nothing at run time. */
function importsTypesAlone(clause: string): boolean {
  const names = /^\{([^}]*)\}$/.exec(clause)?.[1]?.split(',') ?? []
  const given = names.map(name => name.trim()).filter(name => name !== '')
  return given.length > 0 && given.every(name => name.startsWith('type '))
}

function resolve(from: string, specifier: string, sources: Sources): string {
  if (!specifier.startsWith('.')) return specifier
  const path = posix.join(posix.dirname(from), specifier)
  return [path, path.replace(/\.js$/, '.ts')].find(each => sources.has(each)) ?? path
}

const packageOf = (path: string) => /^packages\/([^/]+)\//.exec(path)?.[1]
const formatOf = (path: string) => /^(packages\/[^/]+\/src\/formats\/[^/]+)\//.exec(path)?.[1]

/** Imports from one format's folder into another's, within a package. */
export function betweenFormats(sources: Sources): readonly string[] {
  return importsOf(sources)
    .filter(({ from, to }) => {
      const [one, other] = [formatOf(from), formatOf(to)]
      return one !== undefined && other !== undefined && one !== other
    })
    .map(arrow)
}

/** What the sandbox imports beside its own files: it knows nothing of images, nor of anything else. */
export function outOfSandbox(sources: Sources): readonly string[] {
  return importsOf(sources)
    .filter(({ from, to }) => packageOf(from) === 'sandbox' && packageOf(to) !== 'sandbox')
    .map(arrow)
}

/**
 * What only code that walks a container says, and where it may stand. Signatures name a container without walking it;
 * `testing/images` writes files to examine decoders with, and the encoder, which has no dependency, those that it made.
 */
const walkers: readonly (readonly [container: string, saying: RegExp, homes: RegExp])[] = [
  [
    'RIFF',
    /'RIFF'|\bfunction\* ?webpChunks\b/,
    /containers\/riff|formats\/(?:foreign-)?signatures|testing\/images\/webp|encoder\/src\/container/,
  ],
  ['JPEG segments', /skipTo\(0xff\)|\bfunction\* ?jpegSegments\b/, /containers\/jpeg-segments/],
  ['PNG chunks', /[!=]== 'IEND'|\bfunction\* ?pngChunks\b/, /containers\/png-chunks/],
  ['GIF blocks', /[!=]== 0x3b|\bfunction\* ?gifBlocks\b/, /containers\/gif-blocks/],
  ['boxes', /\bfunction\* ?boxes\b/, /containers\/boxes/],
]

/** Sources that walk a container which core/containers walks. */
export function secondWalkers(sources: Sources): readonly string[] {
  return walkers.flatMap(([container, saying, homes]) =>
    [...sources]
      .filter(([path, text]) => saying.test(text) && !homes.test(path))
      .map(([path]) => `${path} walks ${container}`),
  )
}

/** The longest chain of imports of values within each package, the file that starts it first. */
export function longestChains(sources: Sources): ReadonlyMap<string, readonly string[]> {
  const edges = new Map<string, string[]>()
  for (const { from, to } of importsOf(sources))
    if (sources.has(to) && packageOf(from) === packageOf(to))
      edges.set(from, [...(edges.get(from) ?? []), to])
  const known = new Map<string, readonly string[]>()
  const chainFrom = (file: string, above: readonly string[]): readonly string[] => {
    if (above.includes(file)) throw new Error(`a circle of imports: ${[...above, file].join(' -> ')}`)
    const before = known.get(file)
    if (before) return before
    const below = (edges.get(file) ?? []).map(next => chainFrom(next, [...above, file]))
    const longest = below.reduce((a, b) => (b.length > a.length ? b : a), [])
    known.set(file, [file, ...longest])
    return [file, ...longest]
  }
  const longest = new Map<string, readonly string[]>()
  for (const file of sources.keys()) {
    const chain = chainFrom(file, [])
    const name = packageOf(file) ?? ''
    if (chain.length > (longest.get(name)?.length ?? 0)) longest.set(name, chain)
  }
  return longest
}

/** Sources with more lines than that. */
export function longerThan(limit: number, sources: Sources): readonly string[] {
  return [...sources]
    .map(([path, text]) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > limit)
    .map(({ path, lines }) => `${path}: ${lines} lines`)
}

/** Folders with more files than that. @param paths of all files in TypeScript, tests too */
export function fullerThan(limit: number, paths: Iterable<string>): readonly string[] {
  const counts = new Map<string, number>()
  for (const path of paths) {
    const folder = posix.dirname(path)
    counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count > limit)
    .map(([folder, count]) => `${folder}: ${count} files`)
}

const arrow = ({ from, to }: Import) => `${from} -> ${to}`
