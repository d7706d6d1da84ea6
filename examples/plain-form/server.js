import express from 'express'
import { imageUpload } from 'sluice/express'

const app = express()

// A form of a browser is sent back to its page, with `?upload=done` or the code of the refusal; programs get JSON.
const upload = imageUpload({ store: './uploads', public: true, redirect: '/' })
app.post('/images', upload, (_request, response) => response.redirect(303, '/?upload=done'))

/** By code: all of them are in `errorTable` of sluice. */
const notes = new Map([
  [undefined, ''],
  ['done', 'Stored. Thank you!'],
  ['no-file', 'Please choose a picture first.'],
  ['too-large', 'Please send a picture of at most 8 MB.'],
  ['format-not-allowed', 'Please send a JPEG, PNG, GIF or WebP.'],
  ['rate-limited', 'Too many pictures at once. Please try again in a minute.'],
])

app.get('/', ({ query: { upload } }, response) => {
  const note = notes.get(upload) ?? 'This picture was not taken.'
  response.send(`<!doctype html>
<html lang="en">
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>Upload</title>
<link rel="icon" href="data:," />
<form method="post" action="/images" enctype="multipart/form-data">
  <label>A picture: <input type="file" id="file" name="image" accept="image/*" required /></label>
  <button>Send</button>
</form>
<p id="note" role="status">${note}</p>
</html>`)
})
app.use('/images', express.static('uploads', { immutable: true, maxAge: '1y', index: false }))

const server = app.listen(Number(process.env.PORT ?? 3000), () =>
  console.log(`http://localhost:${server.address().port}`),
)
