import { fileURLToPath } from 'node:url'
import { createBlog } from './blog/create-blog.js'

const path = '/blog'

/** For scripts/show.mjs. @returns {Promise<import('../../scripts/serve.mjs').Mount>} */
export async function mount() {
  const dataFolder = process.env.BLOG_DATA ?? fileURLToPath(new URL('../../out/blog', import.meta.url))
  const { app, login, close } = await createBlog({ dataFolder, base: path })
  return {
    path,
    name: 'The blog',
    listener: app,
    greet: url => [`Log in, once: ${new URL(login, url)}`],
    close,
  }
}
