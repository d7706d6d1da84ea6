import express from 'express'
import { logIn, logOut } from './sessions.js'
import { policies } from './uploads.js'

/** Logging in and out, registering, one's own picture and password. */
export function account({ everybody, uploads, render, protect, need, base }) {
  const router = express.Router()
  const form = express.urlencoded({ extended: false, limit: '4kb' })
  const home = `${base}/`

  router.get('/login', (request, response) =>
    render(request, response, './login', { token: String(request.query.once ?? '') }),
  )
  router.post('/login', form, protect, async (request, response) => {
    const { name, password, once } = request.body
    const user = once
      ? await everybody.useOneTimeLogin(once, request.ip)
      : await everybody.login(name, password, request.ip)
    await logIn(request, user)
    response.redirect(303, once ? `${base}/account?first` : home)
  })
  router.post('/logout', form, protect, async (request, response) => {
    await logOut(request)
    response.redirect(303, home)
  })

  router.get('/register', (request, response) => render(request, response, './register'))
  router.post('/register', form, protect, async (request, response) => {
    const { name, password } = request.body
    await logIn(request, await everybody.register(name, password, request.ip))
    response.redirect(303, `${base}/account`)
  })

  router.get('/account', need(), (request, response) =>
    render(request, response, './account', {
      policy: policies[request.user.role],
      isFirst: request.query.first !== undefined,
      isSaved: request.query.saved !== undefined,
    }),
  )
  router.post('/account/avatar', uploads.avatar, protect, async (request, response) => {
    const before = request.user.avatar
    uploads.keep(request)
    everybody.setAvatar(request.user.id, JSON.stringify(request.upload))
    await uploads.removeAvatar(before)
    if (request.accepts('json', 'html') === 'json') return response.json(request.upload)
    response.redirect(303, `${base}/account`)
  })
  router.post('/account/password', need(), form, protect, async (request, response) => {
    await everybody.setPassword(request.user.id, request.body.password)
    response.redirect(303, `${base}/account?saved`)
  })
  return router
}
