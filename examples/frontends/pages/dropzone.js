import Dropzone from 'dropzone'
import 'dropzone/dist/dropzone.css'

const dropzone = new Dropzone('#uploads', { url: '/images', paramName: 'image', acceptedFiles: 'image/*' })

dropzone.on('success', (_file, { url }) => {
  document.getElementById('image').src = url
})
dropzone.on('error', ({ previewElement }, message, request) => {
  // Of a refusal it shows the whole JSON; what Dropzone itself finds out is a sentence already.
  const text = request ? JSON.parse(request.responseText).title : message
  for (const each of previewElement.querySelectorAll('[data-dz-errormessage]')) each.textContent = text
})
