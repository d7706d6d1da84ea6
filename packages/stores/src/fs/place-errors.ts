import { join } from 'node:path'
import { incomingFolderOf, type Place } from './layout.js'

/** What to do, for whoever deploys: each says what is wrong, and the command or the setting that mends it. */

export function cannotMake(place: Place, folder: string, cause: unknown): Error {
  const what = folder === place.folder ? folder : `${folder}, where commits are prepared,`
  const cure = folder === place.folder ? ownership(folder) : oneFolder(place)
  return new Error(`fsStore: ${what} cannot be made: ${reasonOf(cause)}. ${cure}`, { cause })
}

/** @param areDevices whether they are known to be on two */
export function cannotLink(place: Place, areDevices: boolean, cause?: unknown): Error {
  const { folder, incoming } = place
  const reasons = [
    ...(cause === undefined ? [] : [reasonOf(cause)]),
    ...(areDevices ? ['they are on different devices'] : []),
  ]
  return new Error(
    `fsStore: ${incoming} and ${folder} must be writable folders of one mounted file system with hard links ` +
      `(${reasons.join('; ')}). Name another folder beside the public one in the option "incoming". ${oneFolder(place)}`,
    { cause },
  )
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

function ownership(folder: string): string {
  const user = process.getuid?.()
  return `Make it, writable for the user of this process${user === undefined ? '' : ` (uid ${user})`}: mkdir -p ${folder}`
}

/** For a volume, or the one folder that a container's user may write to: beside it there is nothing. */
function oneFolder({ folder }: Place): string {
  const inside = join(folder, 'images')
  return (
    `Where ${folder} is a mount point or the only folder that may be written to, keep the images in a folder ` +
    `inside it, store: '${inside}', and serve that: commits are then prepared in ${incomingFolderOf(inside)}.`
  )
}
