import { samples } from './samples.js'

const get = id => document.getElementById(id)
const drop = get('drop')

get('file').addEventListener('change', event => {
  sendAll(event.target.files)
  event.target.value = ''
})
document.addEventListener('paste', event => sendAll(event.clipboardData.files))
for (const button of document.querySelectorAll('[data-sample]'))
  button.addEventListener('click', async () => send(await samples[button.dataset.sample]()))

// Anywhere on the page: a file that misses the box would replace the page otherwise.
for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'])
  document.addEventListener(type, event => {
    event.preventDefault()
    drop.classList.toggle('over', type === 'dragenter' || type === 'dragover')
    if (type === 'drop') sendAll(event.dataTransfer.files)
  })

function sendAll(files) {
  for (const file of files) send(file)
}

/** XMLHttpRequest, for fetch does not tell how much of a request is sent. */
function send(file) {
  const item = card('sending')
  item.querySelector('p').textContent = file.name
  get('results').prepend(item)

  const request = new XMLHttpRequest()
  request.open('POST', '/images')
  request.responseType = 'json'
  request.upload.onprogress = ({ loaded, total }) => {
    item.querySelector('progress').value = loaded / total
  }
  request.onload = () =>
    item.replaceWith(
      request.status === 201 ? stored(file, request.response) : refused(file, request.response),
    )
  request.onerror = () =>
    item.replaceWith(refused(file, { code: 'connection-lost', title: 'The connection was lost.' }))

  const body = new FormData()
  body.append('image', file)
  request.send(body)
}

function stored(file, { url, bytes, width, height }) {
  const item = card('stored')
  const fill = (name, text) => {
    item.querySelector(`[data-is=${name}]`).textContent = text
  }
  item.querySelector('h2').textContent = file.name
  item.querySelector('img').src = url
  for (const link of item.querySelectorAll('a')) link.href = url
  item.querySelector('.url a').textContent = url
  fill('before', size(file.size))
  fill('after', size(bytes))
  fill('share', bytes < file.size ? `${Math.round((1 - bytes / file.size) * 100)} %` : '–')
  fill('pixels', `${width} × ${height}`)
  return item
}

/** What the server says of a refusal (RFC 9457): a title for a person, a code for a program. */
function refused(file, { code, title }) {
  const item = card('refused')
  item.querySelector('code').textContent = code
  item.querySelector('p').textContent = title
  item.querySelector('small').textContent = `${file.name}, ${size(file.size)}`
  return item
}

const card = name => get(name).content.firstElementChild.cloneNode(true)

const size = bytes =>
  bytes < 1000
    ? `${bytes} bytes`
    : bytes < 1e6
      ? `${Math.round(bytes / 1000)} kB`
      : `${(bytes / 1e6).toFixed(2)} MB`
