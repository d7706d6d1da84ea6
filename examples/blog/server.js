import { createBlog } from './blog/create-blog.js'

const port = Number(process.env.PORT ?? 3000)
const { app, greet } = await createBlog({ dataFolder: process.env.BLOG_DATA ?? './data' })
const server = app.listen(port, '127.0.0.1', () => {
  for (const line of greet(`http://localhost:${server.address().port}`)) console.log(line)
})
