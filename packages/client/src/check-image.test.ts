import { readFileSync } from 'node:fs'
import { definePolicy, UploadError } from '@sluice/core'
import { expect, test } from 'vitest'
import manifest from '../../../fixtures/manifest.json' with { type: 'json' }
import { checkImage } from './check-image.js'

const policy = definePolicy()
const read = (path: string) => readFileSync(new URL(`../../../fixtures/files/${path}`, import.meta.url))
const fileOf = (path: string) => new File([new Uint8Array(read(path))], path.split('/').at(-1) ?? '')
const verdictOn = (path: string) =>
  checkImage(fileOf(path), policy).then(
    () => 'accepted',
    error => (error instanceof UploadError ? error.code : error),
  )

/** Ends in the data of its only scan: whether more than EOI is missing, the decoder sees. */
const onlyDecoded = ['bad/cut.jpg']

test('says of every fixture what the server says', async () => {
  expect(manifest.length).toBeGreaterThanOrEqual(50)
  for (const { file, expect: expected } of manifest) {
    const code = 'code' in expected && !onlyDecoded.includes(file) ? expected.code : 'accepted'
    expect([file, await verdictOn(file)]).toEqual([file, code])
  }
})

test('a crop is held to the limits of the server', async () => {
  const crop = { x: 0, y: 0, width: 0.001, height: 1 }
  const photo = fileOf('photos/valley.jpg')
  await expect(checkImage(photo, policy, undefined, { crop })).rejects.toMatchObject({
    code: 'crop-too-small',
  })
  await expect(checkImage(photo, policy, undefined, { crop: { ...crop, x: 2 } })).rejects.toMatchObject({
    code: 'invalid-crop',
  })
})

test('tells what the header says', async () => {
  const { header, name, format } = await checkImage(fileOf('photos/phone-portrait.jpg'), policy)
  expect([name, format]).toEqual(['phone-portrait.jpg', 'jpeg'])
  expect(header).toMatchObject({ width: 1440, height: 1080, orientation: 6 })
})

test('a blob has no name to be refused for; a file over the limit is not read', async () => {
  const bytes = new Uint8Array(read('photos/valley.jpg'))
  expect(await checkImage(new Blob([bytes]), policy)).toMatchObject({ name: '', format: 'jpeg' })
  const small = definePolicy({ maxBytes: bytes.length - 1 })
  const file = Object.assign(new Blob([bytes]), {
    stream: () => new ReadableStream({ pull: () => expect.fail() }),
  })
  await expect(checkImage(file, small)).rejects.toMatchObject({ code: 'too-large', status: 413 })
})
