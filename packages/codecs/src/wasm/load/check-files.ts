import type { FileAt } from '../files.js'

/**
 * Asks at start for the files that the first image would need.
 * @param exists of a URL that this runtime could read
 * @throws Error that names the first file that is missing, and the cure
 */
export function checkFiles<Name extends string>(
  files: Readonly<Record<Name, FileAt>>,
  names: readonly Name[],
  exists: (url: URL) => boolean,
): void {
  for (const name of names) {
    const url = urlOf(files[name])
    if (!url || !exists(url)) throw missingFile(url?.href ?? name)
  }
}

/** Undefined where a bundler left no `import.meta.url`, as for CommonJS: the URL cannot be made then. */
function urlOf(at: FileAt): URL | undefined {
  try {
    return at(url => url)
  } catch (thrown) {
    // By its name: Jest's TypeError is another one than Node's.
    if (Object(thrown).name === 'TypeError') return undefined
    throw thrown
  }
}

/** A bundler or a tracer has lost it. */
function missingFile(file: string): Error {
  return new Error(`@sluice/codecs needs the file ${file}, which is missing. ${cure(file)}`)
}

/** What to do where a file of this package does not arrive, for whoever runs the server. */
export function cure(file: string): string {
  // Those that have to be asked for are not carried.
  const carried = /avif|libheif|jpeg|png|webp-dec|resize/.test(file)
    ? ''
    : "add the line import '@sluice/codecs/inline' ('sluice/codecs/inline' under the one name) to the code of the " +
      'server, which carries such files, or '
  return (
    `If a bundler left it out, ${carried}keep @sluice/codecs out of the bundle ` +
    '(esbuild --external:@sluice/codecs, Next.js serverExternalPackages).'
  )
}
