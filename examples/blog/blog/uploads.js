import { discard, rolePolicies } from 'sluice'
import { workerPool } from 'sluice/codecs'
import { jpeg } from 'sluice/codecs/jpeg'
import { imageUpload, serveUploads } from 'sluice/express'
import { german } from 'sluice/messages/de'
import { english } from 'sluice/messages/en'
import { spanish } from 'sluice/messages/es'
import { french } from 'sluice/messages/fr'
import { japanese } from 'sluice/messages/ja'
import { chinese } from 'sluice/messages/zh'
import { fsStore } from 'sluice/stores/fs'
import { now } from './database.js'

/** Of refusals, by language. */
export const messages = { en: english, de: german, fr: french, es: spanish, ja: japanese, zh: chinese }

/** Most pictures of a post. */
export const maxPictures = 12

/** A picture of a post: three widths of WebP, and a JPEG for mail, previews of links and old browsers. */
const pictures = {
  output: { maxWidth: 1600, maxHeight: 1600 },
  variants: {
    small: { maxWidth: 480, maxHeight: 1600 },
    medium: { maxWidth: 960, maxHeight: 1600 },
    plain: { format: 'jpeg', maxWidth: 960, maxHeight: 1600 },
  },
  placeholder: 'thumbhash',
}
const square = { maxWidth: 256, maxHeight: 256, fit: 'cover' }

/** What each role may send. A visitor's picture of a comment is small. */
export const policies = {
  ...rolePolicies(pictures),
  visitor: {
    maxFileBytes: '1 MiB',
    maxPixels: 16_000_000,
    animated: 'first-frame',
    output: { maxWidth: 640, maxHeight: 640 },
    variants: { small: { maxWidth: 320, maxHeight: 640 } },
    placeholder: 'thumbhash',
  },
}

/**
 * All of the uploading: the endpoints, what was stored of whom, and the pictures' addresses.
 * @param {{ database: object, folder: string, publicBase: string }} options
 */
export function uploads({ database, folder, publicBase }) {
  const store = fsStore(folder)
  const pool = workerPool({ codecs: [jpeg()] })
  const { renderer, load } = watched(pool)

  function record(event) {
    if (event.event === 'endpoint.started') return
    if (!event.event.startsWith('upload.')) return console.error(event.message)
    const { input, output, ms, context, code, time } = event
    database.all(
      `INSERT INTO events (time, accepted, code, name, role, bytesIn, bytesOut, ms, renderMs)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      time,
      event.event === 'upload.accepted' ? 1 : 0,
      code ?? null,
      input?.name ?? null,
      context?.role ?? null,
      input?.bytes ?? null,
      output?.reduce((sum, { bytes }) => sum + bytes, 0) ?? null,
      Object.values(ms).reduce((sum, each) => sum + each, 0),
      ms.render ?? null,
    )
  }

  const endpoint = options =>
    imageUpload({
      store,
      renderer,
      policies,
      publicBase,
      messages,
      onEvent: record,
      errors: 'next',
      authorize: ({ user }) => (user ? { role: user.role, user: user.id } : null),
      ...options,
    })

  /** Forgets pictures: their rows first, so that no page shows a file that is gone. */
  async function remove(rows) {
    for (const { id } of rows) database.all('DELETE FROM pictures WHERE id = ?', id)
    for (const { upload } of rows) await discard(JSON.parse(upload), store)
  }

  return {
    serve: serveUploads(store),
    load,
    remove,
    /** For an author's posts. */
    many: endpoint({ maxFiles: maxPictures, policies: { admin: policies.admin, author: policies.author } }),
    /** Sent before the comment that it belongs to; or with it, where there is no script. */
    one: endpoint({}),
    optional: endpoint({ required: false }),
    /** A square, cut as the person has chosen. */
    avatar: endpoint({
      fields: { image: { required: true, crop: 'crop', policy: { output: square, variants: {} } } },
    }),

    /** Rows for what a request has brought. @returns their ids */
    keep: ({ uploads, user }, { post = null, comment = null } = {}) =>
      uploads.map(
        upload =>
          database.get(
            `INSERT INTO pictures (owner, key, upload, bytes, post, comment, created)
             VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
            user.id,
            upload.key,
            JSON.stringify(upload),
            [upload, ...Object.values(upload.variants)].reduce((sum, { bytes }) => sum + bytes, 0),
            post,
            comment,
            now(),
          ).id,
      ),
    /** A picture that was sent before becomes part of a comment: only the sender's own, and only once. */
    claim: (key, user, comment) =>
      database.all(
        'UPDATE pictures SET comment = ? WHERE key = ? AND owner = ? AND post IS NULL AND comment IS NULL',
        comment,
        key,
        user.id,
      ),
    ofPost: id => database.all('SELECT * FROM pictures WHERE post = ? ORDER BY id', id),
    ofComment: id => database.get('SELECT * FROM pictures WHERE comment = ?', id),
    async removeAvatar(upload) {
      if (upload) await remove(database.all('SELECT * FROM pictures WHERE key = ?', JSON.parse(upload).key))
    },
    describe: (id, alt) => database.all('UPDATE pictures SET alt = ? WHERE id = ?', alt, id),
    /** What was sent for a comment that never came. */
    async sweep() {
      const old = new Date(Date.now() - 24 * 3600 * 1000).toISOString()
      await remove(
        database.all(
          `SELECT * FROM pictures WHERE post IS NULL AND comment IS NULL AND created < ?
           AND NOT EXISTS (SELECT 1 FROM users WHERE avatar = upload)`,
          old,
        ),
      )
    },
    close: () => pool.close(),
  }
}

/** How many uploads have a place in the pool: now, and at most. */
function watched(pool) {
  const load = { now: 0, most: 0 }
  const renderer = {
    ...pool,
    reserve(key) {
      const place = pool.reserve(key)
      load.now++
      load.most = Math.max(load.most, load.now)
      let held = true
      return {
        ...place,
        release() {
          if (held) load.now--
          held = false
          place.release()
        },
      }
    },
  }
  return { renderer, load }
}
