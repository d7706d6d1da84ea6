import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { now } from './database.js'

const derive = promisify(scrypt)
/** OWASP Password Storage Cheat Sheet: 32 MiB and three rounds, as good as 128 MiB and one. */
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 }

async function hashPassword(password) {
  const salt = randomBytes(16)
  return `${salt.toString('base64')}.${(await derive(password, salt, 32, cost)).toString('base64')}`
}

async function isPassword(password, stored) {
  const [salt, hash] = stored.split('.').map(part => Buffer.from(part, 'base64'))
  return timingSafeEqual(await derive(password, salt, 32, cost), hash)
}

/** What is wrong with what somebody typed: safe to show. */
export class FormError extends Error {
  /** @param {string} message @param {number} [status] */
  constructor(message, status = 422) {
    super(message)
    this.status = status
  }
}

/**
 * Who is who: passwords, limits of guessing them, and one login without a password, for the first admin.
 * @param {Awaited<ReturnType<import('./database.js').openDatabase>>} database
 */
export function people(database) {
  // Of one address: a password list against many names; of one name: many addresses against it.
  const byAddress = new RateLimiterMemory({ points: 30, duration: 900 })
  const byName = new RateLimiterMemory({ points: 10, duration: 900 })
  const registrations = new RateLimiterMemory({ points: 10, duration: 3600 })
  const nobody = hashPassword(randomBytes(16).toString('base64'))
  let oneTime = randomBytes(16).toString('hex')

  const find = name => database.get('SELECT * FROM users WHERE name = ?', name)

  async function add(name, password, role) {
    const hash = await hashPassword(password)
    if (find(name)) throw new FormError('This name is taken. Please choose another one.')
    return database.get(
      'INSERT INTO users (name, password, role, created) VALUES (?, ?, ?, ?) RETURNING *',
      name,
      hash,
      role,
      now(),
    )
  }

  return {
    add,
    byId: id => database.get('SELECT * FROM users WHERE id = ?', id),
    all: () => database.all('SELECT * FROM users ORDER BY id'),
    setRole: (id, role) => database.all('UPDATE users SET role = ? WHERE id = ?', role, id),
    setAvatar: (id, upload) => database.all('UPDATE users SET avatar = ? WHERE id = ?', upload, id),
    async setPassword(id, password) {
      database.all(
        'UPDATE users SET password = ? WHERE id = ?',
        await hashPassword(checkPassword(password)),
        id,
      )
    },

    /** @throws FormError */
    async register(name, password, address) {
      await allow(registrations, address, 'Too many new accounts from here.')
      return add(checkName(name), checkPassword(password), 'visitor')
    },

    /** Takes as long for a name that is not there. @throws FormError */
    async login(name, password, address) {
      await allow(byAddress, address, 'Too many attempts.')
      await allow(byName, String(name).toLowerCase(), 'Too many attempts.')
      const user = find(String(name))
      const right = await isPassword(String(password).slice(0, 200), user?.password ?? (await nobody))
      if (!user || !right) throw new FormError('Name and password do not belong together.', 401)
      await byName.delete(String(name).toLowerCase())
      return user
    },

    /** Goes once: whoever reads the terminal is the admin. */
    oneTimeLogin: () => oneTime,
    async useOneTimeLogin(token, address) {
      await allow(byAddress, address, 'Too many attempts.')
      const [given, right] = [Buffer.from(String(token)), Buffer.from(oneTime)]
      if (given.length !== right.length || !timingSafeEqual(given, right))
        throw new FormError('This link was used before, or is not from this start.', 401)
      oneTime = randomBytes(16).toString('hex')
      return find('admin') ?? (await add('admin', randomBytes(24).toString('base64'), 'admin'))
    },
  }
}

async function allow(limiter, key, sentence) {
  await limiter.consume(key).catch(thrown => {
    if (thrown instanceof Error) throw thrown
    const minutes = Math.ceil(thrown.msBeforeNext / 60_000)
    throw new FormError(`${sentence} Please try again in ${minutes} min.`, 429)
  })
}

function checkName(name) {
  if (/^[\p{L}\p{N}][\p{L}\p{N} ._-]{1,29}$/u.test(String(name))) return String(name).trim()
  throw new FormError('A name has 2 to 30 letters or digits, and . _ - or spaces between them.')
}

function checkPassword(password) {
  if (typeof password === 'string' && password.length >= 10 && password.length <= 200) return password
  throw new FormError('A password has 10 to 200 characters.')
}
