import { definePolicy, type Policy, type UploadError, type Uploaded } from '@sluice/core'
import { uploadImage } from '../upload-image.js'
import { chooseCrop } from './choose-crop.js'
import { make } from './dom.js'
import { DropArea } from './drop-area.js'
import { fieldsBeside, holdForm, type LightForm, readLightForm } from './forms.js'
import { listenForFiles } from './incoming-files.js'
import { english, fill, type Locale, loadLocale } from './locale.js'
import { styleSheet } from './styles.js'
import { type QueuedUpload, type SendControl, UploadQueue } from './upload-queue.js'
import { UploadRow } from './upload-row.js'

/** What is told of an upload, in `detail`. */
export interface UploadDetail {
  readonly file: File
  /** Of `sluice-uploaded` and `sluice-removed`: what the server made of it. */
  readonly uploaded?: Uploaded | undefined
  /** Of `sluice-refused`. */
  readonly error?: UploadError | undefined
}

export type SendFile = (file: File, control: SendControl) => Promise<Uploaded>

/** A server renders pages where there is no such class: there the module can be imported all the same. */
const Base: typeof HTMLElement = globalThis.HTMLElement ?? (class {} as typeof HTMLElement)

/**
 * `<sluice-upload>`: around a form that works without it; takes drops and pastes, previews, crops, sends.
 */
export class SluiceUpload extends Base {
  static readonly formAssociated = true
  static readonly observedAttributes = ['policy', 'required']

  /** Sends one file. Default: `uploadImage` to `action`. */
  send: SendFile = (file, control) => this.#post(file, control)
  /** Request headers besides. */
  headers: Readonly<Record<string, string>> = {}

  readonly #internals = this.attachInternals()
  readonly #root = this.attachShadow({ mode: 'open', delegatesFocus: true })
  readonly #rows = new Map<QueuedUpload, UploadRow>()
  readonly #queue = new UploadQueue({
    send: (file, control) => this.send(file, control),
    onChange: upload => this.#changed(upload),
    concurrency: () => Math.max(1, Number(this.getAttribute('concurrency')) || 2),
  })
  readonly #drop = new DropArea(files => this.add(files))
  readonly #list = make('ol', { part: 'list' })
  readonly #notice = make('p', { class: 'notice', part: 'notice', role: 'alert' })
  readonly #heard = make('p', { class: 'heard', role: 'status' })
  #light: LightForm = { input: undefined, form: undefined, label: '' }
  #policy: Policy | undefined
  #locale: Locale = english
  #gone = new AbortController()
  /** Crops are asked for one after the other. */
  #asking: Promise<void> = Promise.resolve()

  constructor() {
    super()
    this.#root.adoptedStyleSheets = [styleSheet()]
    this.#root.append(this.#drop.element, this.#list, this.#notice, this.#heard)
  }

  connectedCallback(): void {
    this.#gone = new AbortController()
    this.#light = readLightForm(this)
    const { input, label } = this.#light
    // What it holds is sent by the element; without its name the form around leaves it out.
    if (input) input.disabled = true
    this.#internals.role = 'group'
    this.#internals.ariaLabel = label
    const accept = this.getAttribute('accept') ?? input?.getAttribute('accept') ?? 'image/*'
    this.#drop.setPicker(this.multiple, accept)
    listenForFiles(this, {
      wholePage: this.hasAttribute('whole-page'),
      take: files => this.add(files),
      onOver: over => this.#drop.showOver(over),
      signal: this.#gone.signal,
    })
    if (input?.files?.length) this.add([...input.files])
    this.#say()
    void this.#learnLanguage()
  }

  disconnectedCallback(): void {
    this.#gone.abort()
  }

  attributeChangedCallback(name: string): void {
    if (name === 'policy') this.#policy = undefined
    this.#say()
  }

  formDisabledCallback(disabled: boolean): void {
    this.#drop.disabled = disabled
  }

  formResetCallback(): void {
    for (const upload of [...this.#rows.keys()]) this.#remove(upload)
  }

  /** The server's limits. Default: those of the attribute `policy`, as JSON, else `definePolicy()`. */
  get policy(): Policy {
    const attribute = this.getAttribute('policy')
    this.#policy ??= attribute === null ? definePolicy() : definePolicy(JSON.parse(attribute))
    return this.#policy
  }
  set policy(policy: Policy) {
    this.#policy = policy
    this.#say()
  }

  /** Whether several files may be chosen. */
  get multiple(): boolean {
    return this.hasAttribute('multiple') || this.#light.input?.multiple === true
  }

  /** Every file that was chosen and not removed, in order. */
  get uploads(): readonly QueuedUpload[] {
    return this.#queue.uploads
  }

  /** Takes files, as if they had been chosen. */
  add(files: readonly File[]): void {
    if (this.#drop.disabled) return
    this.#notice.textContent = ''
    const some = (this.multiple ? files : files.slice(0, 1)).filter(file =>
      this.#tell('sluice-chosen', { file }, true),
    )
    if (!this.multiple && some.length > 0) for (const upload of [...this.#rows.keys()]) this.#remove(upload)
    for (const file of some) this.#asking = this.#asking.then(() => this.#take(file)).catch(reportError)
  }

  /** Forgets what is uploaded, where the page shows it elsewhere: the list keeps what is not. */
  clear(): void {
    for (const [upload, { element }] of this.#rows) {
      if (upload.state !== 'uploaded') continue
      element.remove()
      this.#rows.delete(upload)
      this.#queue.remove(upload)
    }
    this.#holdForm()
  }

  async #take(file: File): Promise<void> {
    const most = this.multiple ? Number(this.getAttribute('max-files') ?? Number.POSITIVE_INFINITY) : 1
    const taken = this.uploads.filter(({ state }) => state !== 'refused' && state !== 'cancelled').length
    if (taken >= most) {
      this.#notice.textContent = fill(this.#locale.texts.tooMany, { max: most })
      return
    }
    const wanted = this.getAttribute('crop')
    const { policy } = this
    const crop = await chooseCrop(this.#root, file, { policy, wanted, texts: this.#locale.texts })
    if (crop !== undefined) this.#queue.add(file, crop === 'all' ? undefined : crop)
  }

  #post(file: File, { crop, signal, onProgress }: SendControl): Promise<Uploaded> {
    const { form, input } = this.#light
    const url = this.getAttribute('action') ?? form?.getAttribute('action') ?? location.href
    return uploadImage(url, file, {
      policy: this.policy,
      messages: this.#locale.messages,
      field: this.getAttribute('field') ?? (input?.name || 'image'),
      fields: fieldsBeside(this.#light, this.#internals.form, this.getAttribute('fields')),
      headers: this.headers,
      signal,
      onProgress,
      ...(crop && { crop }),
    })
  }

  #changed(upload: QueuedUpload): void {
    const known = this.#rows.get(upload)
    const row = known ?? new UploadRow(upload, this.#locale, this.#actionsOf(upload))
    if (known === undefined) {
      this.#rows.set(upload, row)
      this.#list.append(row.element)
      void row.preview(this.policy)
    }
    if (!row.update(this.#locale) && known) return
    const { file, uploaded, error } = upload
    if (upload.state === 'uploaded') this.#tell('sluice-uploaded', { file, uploaded })
    if (upload.state === 'refused') this.#tell('sluice-refused', { file, error })
    this.#settle()
  }

  #actionsOf(upload: QueuedUpload) {
    return {
      cancel: () => this.#queue.cancel(upload),
      retry: () => this.#queue.retry(upload),
      remove: () => {
        this.#remove(upload)
        this.#drop.anchor.focus()
      },
    }
  }

  #remove(upload: QueuedUpload): void {
    const { file, uploaded } = upload
    this.#queue.remove(upload)
    this.#rows.get(upload)?.element.remove()
    this.#rows.delete(upload)
    this.#tell('sluice-removed', { file, uploaded })
    this.#settle()
  }

  #tell(name: string, detail: UploadDetail, cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }))
  }

  #settle(): void {
    this.#holdForm()
    const { uploads } = this
    if (uploads.length === 0 || this.#queue.isBusy) return
    const refused = uploads.filter(({ state }) => state === 'refused')
    const done = uploads.filter(({ state }) => state === 'uploaded').length
    const summary = fill(this.#locale.texts.summary, { done, all: uploads.length, refused: refused.length })
    const reasons = refused.map(({ file, error }) => `${file.name}: ${error?.message}`)
    this.#heard.textContent = [summary, ...reasons].join(' ')
    this.dispatchEvent(new CustomEvent('sluice-settled', { bubbles: true, composed: true }))
  }

  #holdForm(): void {
    holdForm(this.#internals, {
      name: this.getAttribute('name'),
      isRequired: this.hasAttribute('required'),
      keys: this.uploads.flatMap(({ uploaded }) => uploaded?.key ?? []),
      isBusy: this.#queue.isBusy,
      texts: this.#locale.texts,
      anchor: this.#drop.anchor,
    })
  }

  #say(): void {
    if (!this.isConnected) return
    this.#drop.say(this.#locale, this.policy, this.multiple)
    for (const row of this.#rows.values()) row.update(this.#locale)
    this.#holdForm()
  }

  /** Of the page around it, else of the browser. */
  async #learnLanguage(): Promise<void> {
    const tag = this.closest('[lang]')?.getAttribute('lang')
    const locale = await loadLocale(tag ? [tag] : navigator.languages)
    if (locale === this.#locale) return
    this.#locale = locale
    this.#say()
  }
}
