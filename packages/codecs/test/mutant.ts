import { readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/**
 * A source file with a fault put in, imported. A test that is worth its place fails on it.
 * @param from must occur exactly once, so that a change of the source cannot turn the mutant into the original
 */
export async function mutant<Module>(
  source: URL,
  faults: readonly (readonly [from: string, to: string])[],
): Promise<Module> {
  let text = await readFile(source, 'utf8')
  for (const [from, to] of faults) {
    const parts = text.split(from)
    if (parts.length !== 2) throw new Error(`"${from}" occurs ${parts.length - 1} times in ${source}`)
    text = parts.join(to)
  }
  const path = fileURLToPath(source).replace(
    /\.ts$/,
    `.mutant-${process.pid}-${Math.random().toString(36).slice(2)}.ts`,
  )
  await writeFile(path, text)
  try {
    return (await import(/* @vite-ignore */ path)) as Module
  } finally {
    await rm(path)
  }
}
