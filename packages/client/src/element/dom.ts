type Attributes = Readonly<Record<string, string | boolean | undefined>>

/**
 * An element of HTML. Never by a string of markup, which a page under Trusted Types refuses.
 * @param attributes `true` is an empty one, `false` and undefined none
 */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  setAttributes(element, attributes)
  element.append(...children)
  return element
}

export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes))
    if (value === undefined || value === false) element.removeAttribute(name)
    else element.setAttribute(name, value === true ? '' : value)
}

/** A button whose accessible name says what it acts on, for people who do not see its surroundings. */
export function button(part: string, text: string, name: string, act: () => void): HTMLButtonElement {
  const made = make(
    'button',
    { type: 'button', part, 'aria-label': name === '' ? undefined : `${text}: ${name}` },
    text,
  )
  made.addEventListener('click', act)
  return made
}
