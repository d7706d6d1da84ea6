import { randomBytes } from 'node:crypto'
import { csrfSync } from 'csrf-sync'
import session from 'express-session'

const longest = 8 * 3600 * 1000

/** Sessions in the database: they outlive a restart, and a log-out ends them on the server. */
class DatabaseStore extends session.Store {
  #database
  constructor(database) {
    super()
    this.#database = database
    database.all('DELETE FROM sessions WHERE expires < ?', Date.now())
  }
  get(id, done) {
    answer(done, () => {
      const row = this.#database.get('SELECT data FROM sessions WHERE id = ? AND expires > ?', id, Date.now())
      return row ? JSON.parse(row.data) : null
    })
  }
  set(id, data, done) {
    answer(done, () => {
      this.#database.all(
        `INSERT INTO sessions VALUES (?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET data = excluded.data, expires = excluded.expires`,
        id,
        JSON.stringify(data),
        Date.now() + longest,
      )
    })
  }
  destroy(id, done) {
    answer(done, () => {
      this.#database.all('DELETE FROM sessions WHERE id = ?', id)
    })
  }
}

function answer(done, work) {
  let result
  try {
    result = work()
  } catch (thrown) {
    return done?.(thrown)
  }
  done?.(null, result)
}

/**
 * The session of each request, and the guard of its forms: a token that is in the session and in the form
 * (synchroniser token pattern). Forms with files come as multipart, which only imageUpload reads: there the
 * guard stands behind it, and where it refuses, the files are taken back.
 * @param {{ database: object, path: string }} options
 */
export function sessions({ database, path }) {
  const { generateToken, csrfSynchronisedProtection } = csrfSync({
    getTokenFromRequest: request => request.body?.csrf,
  })
  return {
    session: session({
      name: 'blog',
      // Signs the id. Sessions end with the process's secret, but those who read it off a disk have none.
      secret: randomBytes(32).toString('hex'),
      store: new DatabaseStore(database),
      resave: false,
      saveUninitialized: false,
      cookie: { path, httpOnly: true, sameSite: 'lax', secure: 'auto', maxAge: longest },
    }),
    csrfToken: request => generateToken(request),
    protect: csrfSynchronisedProtection,
  }
}

/** A session of its own for who has just said who they are (against session fixation). */
export function logIn(request, user) {
  return new Promise((resolve, reject) => {
    request.session.regenerate(thrown => {
      if (thrown) return reject(thrown)
      request.session.user = user.id
      resolve()
    })
  })
}

export function logOut(request) {
  return new Promise((resolve, reject) => {
    request.session.destroy(thrown => (thrown ? reject(thrown) : resolve()))
  })
}
