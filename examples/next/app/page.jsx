'use client'
import { useState } from 'react'
import { UploadError, uploadImage } from 'sluice/client'

export default function Page() {
  const [image, setImage] = useState()
  const [note, setNote] = useState('')

  async function send({ target }) {
    try {
      setImage(await uploadImage('/images', target.files[0]))
      setNote('')
    } catch (error) {
      setNote(error instanceof UploadError ? error.message : 'Something went wrong.')
    }
  }

  return (
    <main>
      <p>
        <label>
          A picture: <input type="file" id="file" accept="image/*" onChange={send} />
        </label>
      </p>
      <p id="note" role="status">
        {note}
      </p>
      {/* biome-ignore lint/performance/noImgElement: it was drawn to size already */}
      {image && <img id="image" src={image.url} width={image.width} height={image.height} alt="" />}
    </main>
  )
}
