import express from 'express'
import { now } from './database.js'
import { FormError } from './people.js'
import { maxPictures, policies } from './uploads.js'

const perPage = 7
const withAuthor = `SELECT posts.*, users.name, users.avatar FROM posts JOIN users ON users.id = author`

/** Reading, writing, commenting. */
export function posts({ database, uploads, render, protect, need, base }) {
  const router = express.Router()
  const form = express.urlencoded({ extended: false, limit: '256kb' })
  const withPictures = post => ({ ...post, pictures: uploads.ofPost(post.id) })

  function find(id) {
    const post = database.get(`${withAuthor} WHERE posts.id = ?`, Number(id))
    if (post) return withPictures(post)
    throw new FormError('There is no such post.', 404)
  }

  /** One's own; an admin's are all. */
  function findOwn({ params: { id }, user }) {
    const post = find(id)
    if (post.author === user.id || user.role === 'admin') return post
    throw new FormError('This post is somebody else’s.', 403)
  }

  const commentsOf = post =>
    database
      .all(
        `SELECT comments.*, users.name, users.avatar, users.role FROM comments JOIN users ON users.id = author
         WHERE post = ? ORDER BY comments.id`,
        post.id,
      )
      .map(comment => ({ ...comment, picture: uploads.ofComment(comment.id) }))

  router.get('/', (request, response) => {
    const page = Math.max(1, Math.floor(Number(request.query.page)) || 1)
    const rows = database.all(
      `${withAuthor} WHERE published IS NOT NULL ORDER BY published DESC, posts.id DESC LIMIT ? OFFSET ?`,
      perPage + 1,
      (page - 1) * perPage,
    )
    const drafts = request.user
      ? database.all(
          'SELECT * FROM posts WHERE author = ? AND published IS NULL ORDER BY id DESC',
          request.user.id,
        )
      : []
    render(request, response, './index', {
      posts: rows.slice(0, perPage).map(withPictures),
      page,
      more: rows.length > perPage,
      drafts,
    })
  })

  router.get('/posts/:id', (request, response) => {
    const post = find(request.params.id)
    const isOwn = request.user && (request.user.id === post.author || request.user.role === 'admin')
    if (!post.published && !isOwn) throw new FormError('There is no such post.', 404)
    const policy = request.user && policies[request.user.role]
    render(request, response, './post', { post, comments: commentsOf(post), isOwn, policy })
  })

  router.post('/posts', need('author', 'admin'), form, protect, ({ user }, response) => {
    const { id } = database.get(
      'INSERT INTO posts (author, created) VALUES (?, ?) RETURNING id',
      user.id,
      now(),
    )
    response.redirect(303, `${base}/posts/${id}/edit`)
  })

  function showEditor(request, response, post, { note, status = 200 } = {}) {
    response.status(status)
    render(request, response, './editor', { post, note, maxPictures, policy: policies[request.user.role] })
  }

  router.get('/posts/:id/edit', need('author', 'admin'), (request, response) =>
    showEditor(request, response, findOwn(request)),
  )
  /** The list of the editor, to be put in place of the old one when a picture was sent. */
  router.get('/posts/:id/pictures', need('author', 'admin'), (request, response) =>
    render(request, response, './editor-pictures', { post: findOwn(request) }),
  )

  router.post('/posts/:id', need('author', 'admin'), form, protect, async (request, response) => {
    const post = findOwn(request)
    const { title = '', body = '', action = 'save', ...fields } = request.body
    database.transaction(() => {
      database.all(
        'UPDATE posts SET title = ?, body = ? WHERE id = ?',
        String(title).slice(0, 200),
        String(body).slice(0, 100_000),
        post.id,
      )
      for (const { id } of post.pictures)
        if (typeof fields[`alt-${id}`] === 'string') uploads.describe(id, fields[`alt-${id}`].slice(0, 500))
    })
    const [what, id] = String(action).split(':')
    if (what === 'remove') await uploads.remove(post.pictures.filter(each => each.id === Number(id)))
    if (what === 'withdraw') database.all('UPDATE posts SET published = NULL WHERE id = ?', post.id)
    const saved = find(post.id)
    if (what === 'publish') {
      const problem = unfinished(saved)
      if (problem) return showEditor(request, response, saved, { note: problem, status: 422 })
      database.all('UPDATE posts SET published = coalesce(published, ?) WHERE id = ?', now(), post.id)
      return response.redirect(303, `${base}/posts/${post.id}`)
    }
    if (what === 'delete') {
      await removePost(saved)
      return response.redirect(303, `${base}/`)
    }
    response.redirect(303, `${base}/posts/${post.id}/edit?saved`)
  })

  async function removePost(post) {
    const comments = commentsOf(post)
    await uploads.remove([...post.pictures, ...comments.flatMap(({ picture }) => picture ?? [])])
    database.transaction(() => {
      database.all('DELETE FROM comments WHERE post = ?', post.id)
      database.all('DELETE FROM posts WHERE id = ?', post.id)
    })
  }

  router.post('/posts/:id/pictures', uploads.many, protect, (request, response) => {
    const post = findOwn(request)
    if (post.pictures.length + request.uploads.length > maxPictures)
      throw new FormError(`A post has at most ${maxPictures} pictures.`)
    database.transaction(() => uploads.keep(request, { post: post.id }))
    if (request.accepts('json', 'html') === 'json') return response.json(request.upload)
    response.redirect(303, `${base}/posts/${post.id}/edit#pictures`)
  })

  router.post('/pictures', uploads.one, protect, (request, response) => {
    uploads.keep(request)
    response.json(request.upload)
  })

  router.post('/posts/:id/comments', uploads.optional, protect, (request, response) => {
    const post = find(request.params.id)
    const { body = '', picture, alt = '' } = request.body
    const text = String(body).trim().slice(0, 5_000)
    if (!post.published || text === '') throw new FormError('A comment needs a few words.')
    const id = database.transaction(() => {
      const comment = database.get(
        'INSERT INTO comments (post, author, body, created) VALUES (?, ?, ?, ?) RETURNING id',
        post.id,
        request.user.id,
        text,
        now(),
      )
      if (typeof picture === 'string') uploads.claim(picture, request.user, comment.id)
      else uploads.keep(request, { comment: comment.id })
      const kept = uploads.ofComment(comment.id)
      if (kept) uploads.describe(kept.id, String(alt).slice(0, 500))
      return comment.id
    })
    response.redirect(303, `${base}/posts/${post.id}#comment-${id}`)
  })

  return router
}

function unfinished({ title, pictures }) {
  if (title.trim() === '') return 'A post needs a title before it is published.'
  const silent = pictures.filter(({ alt }) => alt.trim() === '').length
  const which = silent === 1 ? 'one of the pictures' : `${silent} of the pictures`
  if (silent > 0) return `Say in a few words what is on ${which} below: not everybody sees them.`
  return undefined
}
