import type { Policy } from '@sluice/core'
import { button, make, setAttributes } from './dom.js'
import { fill, type Locale } from './locale.js'
import { drawPreview, loadPreview } from './preview.js'
import type { QueuedUpload } from './upload-queue.js'

export interface RowActions {
  readonly cancel: () => void
  readonly retry: () => void
  readonly remove: () => void
}

/** Of the preview, in device pixels: it is shown half as large. */
const previewSide = 128

/** One file of the list: what it looks like, how far it is, and what can be done about it. */
export class UploadRow {
  readonly element = make('li', { part: 'item' })
  readonly #canvas = make('canvas', { part: 'preview', 'aria-hidden': 'true' })
  readonly #status = make('span', { class: 'status', part: 'status' })
  readonly #progress = make('progress', { part: 'progress', max: '1' })
  readonly #buttons = make('span', { class: 'buttons' })
  readonly #upload: QueuedUpload
  readonly #actions: RowActions

  constructor(upload: QueuedUpload, locale: Locale, actions: RowActions) {
    this.#upload = upload
    this.#actions = actions
    const { file } = upload
    this.#canvas.width = previewSide
    this.#canvas.height = previewSide
    this.#progress.setAttribute('aria-label', file.name)
    this.element.append(
      this.#canvas,
      make(
        'span',
        { class: 'what' },
        make('span', { class: 'name', part: 'name' }, make('bdi', {}, file.name)),
        make('span', { class: 'size' }, sayBytes(file.size, locale.language)),
        this.#status,
        this.#progress,
      ),
      this.#buttons,
    )
    drawKind(this.#canvas, file.name)
    this.update(locale)
  }

  /** Draws the picture small; the end of its name stays where this browser cannot. */
  async preview(policy: Policy): Promise<void> {
    const bitmap = await loadPreview(this.#upload.file, policy, previewSide * 2)
    if (bitmap === undefined) return
    drawPreview(this.#canvas, bitmap, { crop: this.#upload.crop })
    bitmap.close()
  }

  /** @returns whether it is in another state than when it was told last */
  update({ texts }: Locale): boolean {
    const { state, progress, error, file } = this.#upload
    const changed = this.element.dataset.state !== state
    this.element.dataset.state = state
    setAttributes(this.#status, { 'data-code': state === 'refused' ? error?.code : undefined })
    this.#progress.hidden = state !== 'sending'
    this.#progress.value = progress
    this.#status.textContent = {
      waiting: texts.waiting,
      sending: progress < 1 ? fill(texts.sending, { percent: Math.floor(progress * 100) }) : texts.processing,
      pausing: `${error?.message ?? ''} ${texts.pausing}`.trim(),
      uploaded: texts.uploaded,
      refused: error?.message ?? '',
      cancelled: texts.cancelled,
    }[state]
    if (!changed) return false
    const { cancel, retry, remove } = this.#actions
    const onItsWay = state === 'waiting' || state === 'sending' || state === 'pausing'
    const hadFocus = this.#buttons.contains((this.element.getRootNode() as ShadowRoot).activeElement ?? null)
    this.#buttons.replaceChildren(
      ...(onItsWay ? [button('cancel', texts.cancel, file.name, cancel)] : []),
      ...(state === 'refused' || state === 'cancelled'
        ? [button('retry', texts.retry, file.name, retry)]
        : []),
      ...(onItsWay ? [] : [button('remove', texts.remove, file.name, remove)]),
    )
    if (hadFocus) this.#buttons.querySelector('button')?.focus()
    return true
  }
}

/** Of what kind it says it is, for whatever cannot be shown. */
function drawKind(canvas: HTMLCanvasElement, name: string): void {
  const context = canvas.getContext('2d')
  if (context === null) return
  const ending = /\.(\w{1,5})$/.exec(name)?.[1] ?? '?'
  Object.assign(context, {
    font: '600 28px system-ui, sans-serif',
    textAlign: 'center',
    textBaseline: 'middle',
  })
  // Between paper and ink, light or dark.
  context.fillStyle = '#7d878e'
  context.fillText(ending.toUpperCase(), canvas.width / 2, canvas.height / 2)
}

/** As the refusals say sizes: units of 1024, in the words of the language. */
export function sayBytes(bytes: number, language: string): string {
  const [divisor, unit] = bytes < 2 ** 20 ? [2 ** 10, 'kilobyte'] : [2 ** 20, 'megabyte']
  const digits = bytes < 2 ** 20 ? 0 : 1
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: digits })
  return format.format(Math.max(bytes / divisor, 1))
}
