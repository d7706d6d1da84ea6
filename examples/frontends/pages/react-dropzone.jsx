import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { useDropzone } from 'react-dropzone'
import { UploadError, uploadImage } from 'sluice/client'

function Uploads() {
  const [image, setImage] = useState()
  const [note, setNote] = useState('')
  const [sent, setSent] = useState(0)

  async function onDrop([file]) {
    if (!file) return
    try {
      setNote('')
      // Made smaller and checked here, by the rules of the server; checked there again.
      setImage(await uploadImage('/images', file, { onProgress: setSent }))
    } catch (error) {
      setNote(error instanceof UploadError ? error.message : 'Something went wrong.')
    }
  }

  const { getRootProps, getInputProps } = useDropzone({ onDrop, multiple: false })
  return (
    <>
      <div {...getRootProps({ className: 'drop' })}>
        <input {...getInputProps()} />
        Drop a picture here, or click to choose one
      </div>
      <progress value={sent} aria-label="sent" />
      <p role="status">{note}</p>
      {image && <img id="image" src={image.url} width={image.width} height={image.height} alt="" />}
    </>
  )
}

createRoot(document.getElementById('uploads')).render(<Uploads />)
