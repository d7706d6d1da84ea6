import Uppy from '@uppy/core'
import Dashboard from '@uppy/dashboard'
import XHRUpload from '@uppy/xhr-upload'
import '@uppy/core/css/style.min.css'
import '@uppy/dashboard/css/style.min.css'

const uppy = new Uppy({ autoProceed: true, restrictions: { allowedFileTypes: ['image/*'] } })
  .use(Dashboard, { inline: true, target: '#uploads' })
  .use(XHRUpload, {
    endpoint: '/images',
    fieldName: 'image',
    // A refusal will be one the next time too.
    shouldRetry: ({ status }) => status >= 500,
    onAfterResponse(request) {
      if (request.status >= 400) throw new Error(JSON.parse(request.responseText).title)
    },
  })
  .on('upload-success', (_file, { body }) => {
    document.getElementById('image').src = body.url
  })
  // Else the sentence is behind a question mark.
  .on('upload-error', (_file, { message }) => uppy.info(message, 'error', 10_000))
