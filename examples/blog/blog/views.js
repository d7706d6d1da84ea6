import { fileURLToPath } from 'node:url'
import { Eta } from 'eta'
import { picture } from 'sluice'
import { thumbHashToDataURL } from 'thumbhash'
import { messages } from './uploads.js'

const eta = new Eta({ views: fileURLToPath(new URL('../views', import.meta.url)), cache: true })

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const times = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' })
const counts = new Intl.NumberFormat('en-GB')
const unit = (name, digits) =>
  new Intl.NumberFormat('en-GB', { style: 'unit', unit: name, maximumFractionDigits: digits })
const kilobytes = unit('kilobyte', 0)
const megabytes = unit('megabyte', 1)

/** What templates call. Everything that they print is escaped, but what `~` marks. */
const helpers = {
  date: text => dates.format(new Date(text)),
  time: text => times.format(new Date(text)),
  count: number => counts.format(number),
  /** As the refusals say sizes: units of 1024. */
  bytes: number =>
    number < 2 ** 20 ? kilobytes.format(Math.ceil(number / 2 ** 10)) : megabytes.format(number / 2 ** 20),
  paragraphs: text =>
    text
      .split(/\n\s*\n/)
      .map(each => each.trim())
      .filter(Boolean),
  /** A bar from zero, in hundredths of the longest. */
  bar: (value, longest) => Math.max(0.5, (100 * value) / Math.max(1, longest)),
  policyOf: policy => JSON.stringify(policy),
  /** What `<picture>` needs, with a blurred one of some hundred bytes for as long as it loads. */
  picture(upload, { sizes } = {}) {
    const parsed = typeof upload === 'string' ? JSON.parse(upload) : upload
    const { placeholder } = parsed
    return {
      ...picture(parsed, sizes && { sizes }),
      hash: placeholder && thumbHashToDataURL(Buffer.from(placeholder.thumbhash, 'base64')),
    }
  },
  avatar: user => (user.avatar ? JSON.parse(user.avatar).url : undefined),
}

/** @param {string} base what all addresses of the blog begin with @param {object} sessions */
export function views(base, { csrfToken }) {
  /** Answers with a page. */
  return function render(request, response, view, data = {}) {
    const language = request.acceptsLanguages(...Object.keys(messages)) || 'en'
    const shared = { ...helpers, base, user: request.user, language, csrf: () => csrfToken(request) }
    response
      .set('Cache-Control', 'private, no-cache')
      .type('html')
      .send(eta.render(view, { ...shared, ...data }))
  }
}
