import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { definePolicy, type Policy, PolicyError, type PolicyInput } from '@sluice/core'
import { UsageError } from './terminal.js'

/**
 * The policy of a file: JSON, or a module whose default export (or export `policy`) is one; the default
 * without a file.
 * @throws UsageError that names the setting
 */
export async function loadPolicy(path: string | undefined): Promise<Policy> {
  try {
    return definePolicy(path === undefined ? {} : await readPolicy(resolve(path)))
  } catch (thrown) {
    if (thrown instanceof PolicyError && path === undefined) throw new UsageError(thrown.message)
    throw new UsageError(`${path}: ${thrown instanceof Error ? thrown.message : thrown}`)
  }
}

async function readPolicy(path: string): Promise<PolicyInput> {
  if (!['.js', '.mjs'].includes(extname(path))) return JSON.parse(await readFile(path, 'utf8'))
  const { default: main, policy } = await import(pathToFileURL(path).href)
  return policy ?? main
}
