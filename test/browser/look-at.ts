import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { Page } from '@sluice/testkit/browser'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Axe {
  readonly violations: readonly {
    readonly id: string
    readonly impact: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
  readonly passes: readonly unknown[]
}

/**
 * Looks at a page on a phone and on a desk, light and dark, and keeps a picture of each.
 * @param picture its path without the width, the scheme and `.png`
 * @returns what is wrong: what axe calls serious, or a page that scrolls sideways
 */
export async function lookAt(
  page: Page,
  open: () => Promise<unknown>,
  picture: string,
): Promise<readonly string[]> {
  const problems: string[] = []
  mkdirSync(dirname(picture), { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 1000 })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await open()
      const where = `${width} ${colorScheme}`
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
      if (wide !== width) problems.push(`${where}: scrolls sideways, to ${wide}`)
      await page.evaluate(axe)
      const { violations, passes } = await page.evaluate<Axe>('axe.run({ preload: false })')
      if (passes.length <= 20) problems.push(`${where}: axe has looked at ${passes.length} rules alone`)
      for (const { id, impact, nodes } of violations)
        if (impact === 'serious' || impact === 'critical')
          problems.push(`${where}: ${id} ${nodes.map(({ html }) => html).join(' ')}`)
      await page.screenshot({ path: `${picture}-${width}-${colorScheme}.png`, fullPage: true })
    }
  return problems
}
