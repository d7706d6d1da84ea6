/** Files to try the endpoint with. */
export const samples = {
  drawing: async () => new File([await draw()], 'drawing.png', { type: 'image/png' }),
  /** Says 10,000 x 10,000 pixels: 400 MB of them, from 69 bytes. */
  bomb: () => new File([fromBase64(bomb)], 'bomb.png', { type: 'image/png' }),
  script: () => new File(['<?php system($_GET["c"]); ?>'], 'photo.jpg', { type: 'image/jpeg' }),
}

const bomb = 'iVBORw0KGgoAAAANSUhEUgAAJxAAACcQCAYAAAC6TmInAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC'

const fromBase64 = text => Uint8Array.from(atob(text), character => character.charCodeAt(0))

/** Hills at dusk. */
function draw() {
  const canvas = new OffscreenCanvas(1600, 1200)
  const context = canvas.getContext('2d')
  const sky = context.createLinearGradient(0, 0, 0, 1200)
  for (const [at, colour] of [
    [0, '#f3c98b'],
    [0.55, '#e79a7c'],
    [1, '#a56a7d'],
  ])
    sky.addColorStop(at, colour)
  context.fillStyle = sky
  context.fillRect(0, 0, 1600, 1200)
  context.fillStyle = '#fff2cf'
  context.beginPath()
  context.arc(1144, 432, 136, 0, 2 * Math.PI)
  context.fill()
  for (const [colour, path] of [
    ['#54627a', 'M0 784l280-232 248 184 312-344 384 368 376-216v656H0z'],
    ['#2f3f55', 'M0 944l368-176 352 144 368-208 512 240v256H0z'],
    ['#1f5d6b', 'M0 1048c240-56 480 40 760-8s560-32 840 16v144H0z'],
  ]) {
    context.fillStyle = colour
    context.fill(new Path2D(path))
  }
  return canvas.convertToBlob()
}
