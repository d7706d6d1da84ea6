/* What pages do besides: everything else works without it. */
import 'sluice/client/element'

/** A picture that was sent is shown where the page says: `data-show` names an image. */
document.addEventListener('sluice-uploaded', ({ target, detail }) => {
  const image = document.getElementById(target.dataset.show ?? '')
  if (image === null) return
  image.src = detail.uploaded.url
  image.hidden = false
  target.clear()
})

/** `data-refresh` names a list that the server makes, at `data-from`. What was typed into it stays. */
document.addEventListener('sluice-settled', async ({ target }) => {
  const { refresh, from } = target.dataset
  const list = document.getElementById(refresh ?? '')
  if (list === null || !target.uploads.some(({ state }) => state === 'uploaded')) return
  const response = await fetch(from)
  if (!response.ok) return
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  const fresh = page.getElementById(refresh)
  for (const input of list.querySelectorAll('input')) {
    const same = fresh.querySelector(`[name="${input.name}"]`)
    if (same) same.value = input.value
  }
  list.replaceWith(fresh)
  target.clear()
})

/** Behind a picture with transparency the blurred one would shine through. */
function uncover(image) {
  image.closest('.picture')?.querySelector('.hash')?.remove()
}
document.addEventListener('load', ({ target }) => uncover(target), true)
for (const image of document.querySelectorAll('picture > img'))
  if (image.complete && image.naturalWidth > 0) uncover(image)
