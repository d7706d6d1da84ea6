import { createRequire } from 'node:module'

/** Of Debian's package chromium-headless-shell. */
export const executablePath = '/usr/bin/chromium-headless-shell'

export interface Page {
  goto(url: string): Promise<unknown>
  evaluate<Value>(script: string): Promise<Value>
  waitForSelector(selector: string, options?: { state: 'attached' }): Promise<unknown>
  textContent(selector: string): Promise<string | null>
  screenshot(options: { path: string; fullPage: boolean }): Promise<unknown>
  setViewportSize(size: { width: number; height: number }): Promise<void>
  emulateMedia(media: { colorScheme: 'light' | 'dark'; reducedMotion: 'reduce' }): Promise<void>
  setInputFiles(selector: string, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void>
  on(event: 'console', listen: (message: { text(): string }) => void): void
  on(event: 'pageerror', listen: (error: Error) => void): void
  on(event: 'request', listen: (request: { url(): string }) => void): void
  close(): Promise<void>
  readonly keyboard: { press(key: string): Promise<void> }
}
interface Browser {
  newPage(): Promise<Page>
  close(): Promise<void>
}

const { chromium }: { chromium: { launch(options: object): Promise<Browser> } } = createRequire(
  new URL('../runtimes/package.json', import.meta.url),
)('playwright-core')

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox'] })
}
