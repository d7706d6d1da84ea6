import { launchBrowser } from '@sluice/testkit/browser'

/**
 * Opens a page in Chromium and uses it.
 * @param {string} url
 * @param {(page: import('@sluice/testkit/browser').Page) => Promise<void>} use
 * @param {object} [options] of the page
 */
export async function withPage(url, use, options = {}) {
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage(options)
    page.setDefaultTimeout(30_000)
    await page.goto(url)
    await use(page)
  } finally {
    await browser.close()
  }
}

/** Whether the picture is there, as a person sees it. */
export const isShown = selector => `(() => {
  const image = document.querySelector(${JSON.stringify(selector)})
  return image?.complete && image.naturalWidth > 0 && image.src.includes('/images/')
})()`
