import { basename, dirname, join, resolve } from 'node:path'
import { keyGrammar, outputFormats } from '@sluice/core'

/*
 * What a folder store looks like on the disk. `fsStore` makes it, `sluice audit` holds a folder to it: nobody
 * else needs to know. Files are called by core's `keyGrammar`, in a folder for each month.
 */

/** Two folders of one file system: the one that is served, and the one where commits are prepared. */
export interface Place {
  readonly folder: string
  readonly incoming: string
}

/** Public files can be read by a web server of another user, and are never executable. */
export const fileMode = 0o644
export const folderMode = 0o755
/** Of the incoming folder and the commits in it: they are for the store alone. */
export const privateMode = 0o700

/** What earlier versions left in the incoming folder; removed at start. */
export const linkTest = '.link-test'
const probe = '.sluice-probe-'

/** A file that is there for a moment at start, in both folders: whether a link can be made is only known by trying. */
export function probeName(random: string): string {
  return `${probe}${random}`
}

/** Left behind, where a start was killed. */
export function isProbe(name: string): boolean {
  return name.startsWith(probe) || name.startsWith('.sluice-link-test-') || name === linkTest
}

/** Where commits are prepared unless another folder is named: `.<name>-incoming` beside the public folder. */
export function incomingFolderOf(folder: string): string {
  const path = resolve(folder)
  return join(dirname(path), `.${basename(path)}-incoming`)
}

/** Whether a folder in the public one may have files of ours: `YYYYMM`. */
export function isMonthFolder(name: string): boolean {
  return keyGrammar.test(`${name}/${'0'.repeat(32)}.${outputFormats[0]}`)
}
