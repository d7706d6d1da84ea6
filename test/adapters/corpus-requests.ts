import { bytesOf, type Case, cases, corpusIsHere } from '@sluice/testkit/corpus'
import { file, formType, multipartBody, type Part } from '../../packages/adapters/test/multipart-body.js'
import type { Sent } from './client.js'
import { pngImage } from './images.js'

export { corpusIsHere }

const names = cases.filter(({ group }) => group === 'filenames')

/**
 * The big list of naughty strings as names of PNG files, a hundred in a request; without the one that ends in
 * %00, which is refused.
 */
export function naughtyNames(): readonly (Sent & { readonly files: number })[] {
  const list = names.find(({ file: path }) => path.endsWith('blns.json'))
  const strings: string[] = list ? JSON.parse(new TextDecoder().decode(bytesOf(list))) : []
  const parts = strings
    .filter(name => !name.endsWith('%00'))
    .map((name): Part => {
      const head = `Content-Disposition: form-data; name="image"; filename*=UTF-8''${encodeURIComponent(`${name}.png`)}`
      return { ...file(pngImage()), head }
    })
  return Array.from({ length: Math.ceil(parts.length / 100) }, (_, index) => {
    const some = parts.slice(index * 100, index * 100 + 100)
    return {
      path: '/names',
      headers: { 'content-type': formType },
      body: multipartBody(some),
      files: some.length,
    }
  })
}

/** Whole bodies that browsers of all ages, and testers, have sent: from the tests of werkzeug and busboy. */
export function recordedBodies(): readonly (Sent & { readonly name: string })[] {
  return names.filter(isBody).map(each => {
    const body = bytesOf(each)
    const boundary = /^--([!-~]+)/.exec(new TextDecoder('latin1').decode(body.subarray(0, 200)))?.[1]
    const type = `multipart/form-data; boundary=${boundary ?? 'AaB03x'}`
    return { name: each.file, path: '/names', headers: { 'content-type': type }, body }
  })
}

function isBody({ file: path }: Case): boolean {
  return path.endsWith('.http') || path.endsWith('/original')
}
