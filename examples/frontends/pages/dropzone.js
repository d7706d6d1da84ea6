import Dropzone from 'dropzone'
import 'dropzone/dist/dropzone.css'

const dropzone = new Dropzone('#uploads', { url: '/images', paramName: 'image', acceptedFiles: 'image/*' })

dropzone.on('success', (_file, { url }) => {
  document.getElementById('image').src = url
})
dropzone.on('error', (file, message, request) => {
  // Of a refusal it would show the whole JSON, and after it that the file has no thumbnail.
  if (request) file.refusal = JSON.parse(request.responseText).title
  for (const each of file.previewElement.querySelectorAll('[data-dz-errormessage]'))
    each.textContent = file.refusal ?? message
})
