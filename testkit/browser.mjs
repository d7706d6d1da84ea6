import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

/**
 * @typedef {import('playwright-core').Browser} Browser
 * @typedef {import('playwright-core').Page} Page
 */

// Of Debian's package chromium-headless-shell.
export const executablePath = '/usr/bin/chromium-headless-shell'

/** Chromium, without a window. @throws Error where it is not installed */
export async function launchBrowser() {
  if (!existsSync(executablePath)) throw new Error(`${executablePath} is missing`)
  return chromium.launch({ executablePath, args: ['--no-sandbox'] })
}
