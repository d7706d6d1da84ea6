import type { ElementTexts } from './locale.js'

/** What the element finds in the form that works without it. */
export interface LightForm {
  readonly input: HTMLInputElement | undefined
  /** Within the element: it is there for uploading alone, and is hidden. */
  readonly form: HTMLFormElement | undefined
  /** What the picture is for, as its label says. */
  readonly label: string
}

/** Looks at the children: a file input, alone or in a form of its own. */
export function readLightForm(host: HTMLElement): LightForm {
  const input = host.querySelector<HTMLInputElement>('input[type=file]') ?? undefined
  const form = host.querySelector('form') ?? undefined
  const [label] = input?.labels ?? []
  return { input, form, label: (label?.textContent ?? host.getAttribute('aria-label') ?? '').trim() }
}

/**
 * The text fields that go with each file: all of a form within the element; of a form around it those whose
 * names the attribute `fields` lists.
 */
export function fieldsBeside(
  { form }: LightForm,
  around: HTMLFormElement | null,
  names: string | null,
): Readonly<Record<string, string>> {
  const wanted = (names ?? '').split(/\s+/).filter(Boolean)
  const texts = (of: HTMLFormElement) =>
    [...new FormData(of)].flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    )
  return Object.fromEntries([
    ...(around ? texts(around).filter(([name]) => wanted.includes(name)) : []),
    ...(form ? texts(form) : []),
  ])
}

interface FormState {
  /** Under which the keys of the stored images go; null for not at all. */
  readonly name: string | null
  readonly isRequired: boolean
  readonly keys: readonly string[]
  readonly isBusy: boolean
  readonly texts: ElementTexts
  /** What the browser points at where the form may not be sent. */
  readonly anchor: HTMLElement
}

/** What the form around sends of the element, and whether it may be sent at all. */
export function holdForm(
  internals: ElementInternals,
  { name, isRequired, keys, isBusy, texts, anchor }: FormState,
): void {
  const value = new FormData()
  if (name !== null) for (const key of keys) value.append(name, key)
  internals.setFormValue(name === null ? null : value)
  if (isBusy) internals.setValidity({ customError: true }, texts.stillSending, anchor)
  else if (isRequired && keys.length === 0)
    internals.setValidity({ valueMissing: true }, texts.required, anchor)
  else internals.setValidity({})
}
