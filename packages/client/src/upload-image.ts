import { type Crop, definePolicy, type Focus, type Messages, type Policy, type Uploaded } from '@sluice/core'
import { checkImage } from './check-image.js'
import { readAnswer } from './read-answer.js'
import { type SendOptions, send } from './send.js'
import { shrinkImage } from './shrink-image.js'
import { speaking } from './speak.js'
import { uploadDirect } from './upload-direct.js'

export interface UploadOptions extends Omit<SendOptions, 'language'> {
  /**
   * In what language to refuse: a catalogue of `@sluice/core/messages/<language>`. The server is asked for the same
   * one. Default: English here, and of the server what the browser is set to.
   */
  readonly messages?: Messages
  /**
   * The server's: import the same module, or fetch it as JSON and give it to `definePolicy`. Default:
   * `definePolicy()`.
   */
  readonly policy?: Policy
  /** Whether large pictures are shrunk before they are sent. Default: true. */
  readonly shrink?: boolean
  /** Form field of the file, as the server's option `field`. Default: `image`. */
  readonly field?: string
  /**
   * The part of the picture to keep, in fractions of the upright picture; sent as the fields `crop` and
   * `focus`.
   */
  readonly crop?: Crop
  readonly focus?: Focus
  /**
   * Sends the file straight to storage, as `directUploads` of `@sluice/adapters/direct` at `url` says: into a
   * bucket or a folder. `fields` and `field` have no meaning then; needs a secure context (HTTPS). Default:
   * false.
   */
  readonly direct?: boolean
  /** Further form fields, sent before the file: a token against CSRF, a caption. */
  readonly fields?: Readonly<Record<string, string>>
}

/**
 * Shrinks an image, checks it and sends it to an endpoint of `@sluice/adapters`.
 * @returns the stored image
 * @throws UploadError: a refusal of the check or of the server; `aborted` by the signal,
 * `connection-lost`
 * @example
 * const { url } = await uploadImage('/images', input.files[0])
 */
export async function uploadImage(
  url: string | URL,
  file: Blob,
  options: UploadOptions = {},
): Promise<Uploaded> {
  const {
    policy = definePolicy(),
    shrink = true,
    field = 'image',
    fields = {},
    crop,
    focus,
    messages,
    signal,
    direct = false,
  } = options
  const answer = await speaking(messages, async () => {
    const smaller = shrink ? await shrinkImage(file, policy, { crop, focus }) : file
    await checkImage(smaller, policy, signal, { crop, focus })
    const sending = { ...options, language: messages?.language }
    if (direct) return await uploadDirect(url, smaller, { crop, focus }, sending)
    const form = new FormData()
    if (crop) form.append('crop', [crop.x, crop.y, crop.width, crop.height].join())
    if (focus) form.append('focus', [focus.x, focus.y].join())
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    form.append(field, smaller)
    return await send(url, form, sending)
  })
  return readAnswer(answer, policy, messages)
}
