const main = document.querySelector('main')
const articles = [...main.children]
const buttons = [...document.querySelectorAll('#kinds button')]

for (const button of buttons) {
  button.addEventListener('click', () => {
    for (const other of buttons) other.setAttribute('aria-pressed', String(other === button))
    const kind = button.textContent
    for (const article of articles) article.hidden = kind !== 'all' && article.dataset.kind !== kind
  })
}
document.querySelector('#sort').addEventListener('change', event => {
  const key = event.target.value
  main.append(...articles.sort((a, b) => a.dataset[key] - b.dataset[key]))
})
document.querySelector('#ground').addEventListener('change', event => {
  document.documentElement.dataset.ground = event.target.value
})
