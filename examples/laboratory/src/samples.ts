import { type Sample, samples } from '#samples'

export { type Sample, samples }

declare global {
  /** Made by samples.js, which is a script because a page from a disk may fetch nothing. */
  var laboratorySamples: Readonly<Record<string, string>> | undefined
}

export const sampleOf = (id: string | undefined): Sample | undefined => samples.find(each => each.id === id)

let loading: Promise<void> | undefined

/** A sample as a file that somebody chose. */
export async function fileOf({ id, name }: Sample): Promise<File> {
  loading ??= load()
  await loading
  const packed = globalThis.laboratorySamples?.[id] ?? ''
  return new File([Uint8Array.from(atob(packed), character => character.charCodeAt(0))], name)
}

function load(): Promise<void> {
  const script = document.createElement('script')
  script.src = 'samples.js'
  const loaded = new Promise<void>((resolve, reject) => {
    script.onload = () => resolve()
    script.onerror = () => reject(new Error('samples.js is missing beside the page'))
  })
  document.head.append(script)
  return loaded
}
