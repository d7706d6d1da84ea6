import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import express from 'express'
import helmet from 'helmet'
import { sayRefusal, UploadError } from 'sluice'
import { account } from './account.js'
import { admin } from './admin.js'
import { assets } from './assets.js'
import { backups } from './backup.js'
import { openDatabase } from './database.js'
import { FormError, people } from './people.js'
import { posts } from './posts.js'
import { sessions } from './sessions.js'
import { messages, uploads as openUploads } from './uploads.js'
import { views } from './views.js'

/**
 * The blog as an Express application.
 * @param {object} options
 * @param {string} options.dataFolder where its database, uploads and backups are; made where it is missing
 * @param {string} [options.base] the path that it is mounted at, as `/blog`; the application itself hears of
 * the rest. Default: the root of its host
 * @returns {Promise<{ app: import('express').Express, login: string, greet: (url: string) => string[], close:
 * () => Promise<void> }>} `login` is the path of the first admin's login, which goes once; `greet` says what
 * to open, given the address that `base` is below
 */
export async function createBlog({ dataFolder, base = '' }) {
  const folder = resolve(dataFolder)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const database = await openDatabase(join(folder, 'blog.db'), { alone: true })
  const everybody = people(database)
  const uploads = openUploads({ database, folder: join(folder, 'uploads'), publicBase: `${base}/images/` })
  const { session, csrfToken, protect } = sessions({ database, path: `${base}/` })
  const render = views(base, { csrfToken })
  const parts = { database, everybody, uploads, render, protect, need, base, backup: backups(folder) }

  const app = express()
  app.disable('x-powered-by')
  app.use(helmet(headers))
  app.use('/images', uploads.serve)
  app.use('/assets', assets())
  app.use(session, (request, _response, next) => {
    const { user } = request.session
    request.user = user === undefined ? undefined : everybody.byId(user)
    next()
  })
  app.use(posts(parts), account(parts), admin(parts))
  app.use(() => {
    throw new FormError('There is nothing here.', 404)
  })
  app.use((error, request, response, next) => {
    if (response.headersSent) return next(error)
    refuse(error, request, response, render)
  })

  await uploads.sweep()
  const login = `${base}/login?once=${everybody.oneTimeLogin()}`
  return {
    app,
    login,
    greet: url => [
      `The blog is at ${new URL(`${base}/`, url)}`,
      `Your first login, which goes once: ${new URL(login, url)}`,
    ],
    async close() {
      await uploads.close()
      database.close()
    },
  }
}

/** Nothing but the blog's own files; images have their own, stricter headers. */
const headers = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      // The blurred pictures are in the page itself.
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  // Whoever ends TLS in front says so.
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'same-origin' },
}

/** Lets through who is logged in, in one of these roles; in any where none is named. */
function need(...roles) {
  return ({ user }, _response, next) => {
    if (!user) throw new FormError('Please log in first.', 401)
    if (roles.length > 0 && !roles.includes(user.role)) throw new FormError('This is not for you.', 403)
    next()
  }
}

/** What went wrong, in the reader's language: a page for forms, a problem document for `<sluice-upload>`. */
function refuse(error, request, response, render) {
  const language = request.acceptsLanguages(...Object.keys(messages)) || 'en'
  const known = error instanceof UploadError || error instanceof FormError || error.expose === true
  if (!known) console.error(error)
  const status = known ? (error.status ?? error.statusCode ?? 500) : 500
  const { code, params, file } = error instanceof UploadError ? error : {}
  const message = code ? sayRefusal(code, params, messages[language]) : sentence(error, known)
  response.status(status)
  if (request.accepts('json', 'html') === 'html')
    return render(request, response, './refused', {
      status,
      code,
      message,
      file,
      isForm: request.method === 'POST',
    })
  response
    .type('application/problem+json')
    .set('Content-Language', code ? language : 'en')
    .send(JSON.stringify({ title: message, status, code, params, file }))
}

function sentence(error, known) {
  if (error.code === 'EBADCSRFTOKEN')
    return 'This form is too old. Please go back, load the page again and retry.'
  return known ? error.message : 'Something went wrong on our side.'
}
