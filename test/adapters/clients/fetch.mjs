// fetch.mjs PORT BYTES...: posts bodies of those sizes with fetch, prints the statuses or what went wrong.
const [port, ...sizes] = process.argv.slice(2)

for (const size of sizes) {
  const form = new FormData()
  form.set('image', new Blob([new Uint8Array(Number(size))]), 'a.png')
  try {
    const response = await fetch(`http://127.0.0.1:${port}/images`, { method: 'POST', body: form })
    console.log(response.status, (await response.json()).code)
  } catch (thrown) {
    console.log('failed', thrown.cause?.code ?? thrown)
  }
}
