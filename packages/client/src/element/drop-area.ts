import { formatTable, type Policy } from '@sluice/core'
import { make, setAttributes } from './dom.js'
import { fill, type Locale } from './locale.js'
import { sayBytes } from './upload-row.js'

/** Where files are chosen and dropped: a button that opens the browser's picker, and what is accepted. */
export class DropArea {
  readonly #picker = make('input', { type: 'file', hidden: true })
  readonly #choose = make('button', { type: 'button', part: 'choose' })
  readonly #or = make('span')
  readonly #accepted = make('small')
  readonly element = make(
    'div',
    { class: 'drop', part: 'drop' },
    this.#choose,
    make('span', { class: 'hint' }, this.#or, this.#accepted),
    this.#picker,
  )
  #texts: Locale['texts'] | undefined

  constructor(take: (files: readonly File[]) => void) {
    this.#choose.addEventListener('click', () => this.#picker.click())
    this.#picker.addEventListener('change', () => {
      take([...(this.#picker.files ?? [])])
      // The same file may be chosen again.
      this.#picker.value = ''
    })
  }

  /** What the form asks to be mended is shown beside it. */
  get anchor(): HTMLElement {
    return this.#choose
  }

  get disabled(): boolean {
    return this.#choose.disabled
  }
  set disabled(disabled: boolean) {
    this.#choose.disabled = disabled
  }

  setPicker(multiple: boolean, accept: string): void {
    setAttributes(this.#picker, { multiple, accept })
  }

  showOver(over: boolean): void {
    this.element.classList.toggle('over', over)
    this.#or.textContent = (over ? this.#texts?.dropNow : this.#texts?.orDrop) ?? ''
  }

  say({ texts, language }: Locale, policy: Policy, multiple: boolean): void {
    this.#texts = texts
    this.#choose.textContent = multiple ? texts.chooseMany : texts.chooseOne
    const list = new Intl.ListFormat(language, { type: 'unit', style: 'short' })
    this.#accepted.textContent = fill(texts.accepted, {
      formats: list.format(policy.formats.map(format => formatTable[format].name)),
      size: sayBytes(policy.maxFileBytes, language),
    })
    this.showOver(false)
  }
}
