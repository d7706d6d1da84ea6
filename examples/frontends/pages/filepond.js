import * as FilePond from 'filepond'
import 'filepond/dist/filepond.css'

FilePond.create(document.getElementById('uploads'), {
  name: 'image',
  // What is stored is the server's: nothing is taken back from here.
  allowRevert: false,
  labelFileProcessingError: ({ body }) => body,
  server: {
    process: {
      url: '/images',
      // FilePond puts a field of the same name before the file.
      ondata(data) {
        const form = new FormData()
        form.append(
          'image',
          data.getAll('image').find(each => each instanceof Blob),
        )
        return form
      },
      onload(answer) {
        const { key, url } = JSON.parse(answer)
        document.getElementById('image').src = url
        return key
      },
      onerror: answer => JSON.parse(answer).title,
    },
  },
})
