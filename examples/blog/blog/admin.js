import express from 'express'
import { FormError } from './people.js'

const roles = ['visitor', 'author', 'admin']

/** What an operator wants to see of a day with uploads, and the backup. */
export function admin({ database, everybody, uploads, backup, render, protect, need, base }) {
  const router = express.Router()
  const form = express.urlencoded({ extended: false, limit: '4kb' })
  router.use('/admin', need('admin'))

  router.get('/admin', async (request, response) => {
    const totals = database.get(`
      SELECT count(*) AS events, coalesce(sum(accepted), 0) AS accepted,
        coalesce(sum(CASE WHEN accepted = 1 THEN bytesIn END), 0) AS bytesIn,
        coalesce(sum(bytesOut), 0) AS bytesOut,
        coalesce(round(avg(CASE WHEN accepted = 1 THEN renderMs END)), 0) AS renderMs FROM events`)
    const stored = database.get('SELECT count(*) AS pictures, coalesce(sum(bytes), 0) AS bytes FROM pictures')
    render(request, response, './admin', {
      totals,
      stored,
      load: uploads.load,
      refusals: database.all(
        `SELECT code, count(*) AS count FROM events WHERE accepted = 0
         GROUP BY code ORDER BY count DESC, code LIMIT 12`,
      ),
      months: database
        .all(
          `SELECT substr(created, 1, 7) AS month, count(*) AS count, sum(bytes) AS bytes FROM pictures
           GROUP BY month ORDER BY month DESC LIMIT 12`,
        )
        .reverse(),
      sizes: database
        .all(
          `SELECT name, bytesIn, bytesOut FROM events WHERE accepted = 1 AND bytesIn > 0
           ORDER BY id DESC LIMIT 8`,
        )
        .sort((one, other) => other.bytesOut - one.bytesOut),
      events: database.all('SELECT * FROM events ORDER BY id DESC LIMIT 20'),
      users: everybody.all(),
      roles,
      backups: await backup.list(),
    })
  })

  router.post('/admin/roles', form, protect, (request, response) => {
    const { user, role } = request.body
    if (!roles.includes(role)) throw new FormError('There is no such role.')
    if (Number(user) === request.user.id) throw new FormError('Nobody changes their own role.')
    everybody.setRole(Number(user), role)
    response.redirect(303, `${base}/admin#people`)
  })
  router.post('/admin/backup', form, protect, async (_request, response) => {
    await backup.make()
    response.redirect(303, `${base}/admin#backup`)
  })
  return router
}
