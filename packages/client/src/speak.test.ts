import { UploadError } from '@sluice/core'
import { german } from '@sluice/core/messages/de'
import { expect, test } from 'vitest'
import { speaking } from './speak.js'
import { uploadImage } from './upload-image.js'

test('what is refused in the browser is said in the language of the page', async () => {
  const page = new File(['<!doctype html>'], 'a.jpg')
  await expect(uploadImage('/images', page, { messages: german })).rejects.toMatchObject({
    code: 'format-not-allowed',
    message: 'Das ist eine HTML-Seite. Angenommen werden: jpg, jpeg, jfif, png, gif, webp.',
    params: { found: 'html' },
  })
  await expect(uploadImage('/images', page)).rejects.toThrow('This is an HTML page.')
})

test('the rest of the error stays, and what is no refusal too', async () => {
  const error = new UploadError('empty-file', {}, { stage: 'receive', detail: 'private', cause: 'why' })
  const say = (thrown: unknown) => speaking(german, () => Promise.reject(thrown))
  await expect(say(error)).rejects.toMatchObject({
    message: 'Die Datei ist leer. Bitte eine andere auswählen.',
    stage: 'receive',
    detail: 'private',
    cause: 'why',
  })
  const bug = new RangeError('a bug')
  await expect(say(bug)).rejects.toBe(bug)
})
