import type { Crop } from '@sluice/core'
import {
  type CropFrame,
  centredFrame,
  cropOf,
  moveFrame,
  resizeFrame,
  scaleFrame,
  scaleOf,
} from './crop-frame.js'
import { button, make } from './dom.js'
import type { ElementTexts } from './locale.js'
import { drawPreview } from './preview.js'

interface CropRequest {
  readonly bitmap: ImageBitmap
  /** Width to height; undefined where it is free. */
  readonly aspect: number | undefined
  readonly texts: ElementTexts
  /** Of the file. */
  readonly name: string
}

/** How far an arrow key goes, as a share of the picture. */
const step = 0.02
const arrows: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [-step, 0],
  ArrowRight: [step, 0],
  ArrowUp: [0, -step],
  ArrowDown: [0, step],
}

/** Shows the picture with a frame. @returns undefined where the person gave up */
export function askForCrop(
  root: ShadowRoot,
  { bitmap, aspect, texts, name }: CropRequest,
): Promise<Crop | 'all' | undefined> {
  let frame = centredFrame(bitmap.width / bitmap.height, aspect)
  const canvas = make('canvas', { part: 'crop-picture', 'aria-hidden': 'true' })
  Object.assign(canvas, { width: bitmap.width, height: bitmap.height })
  drawPreview(canvas, bitmap)
  const corner = make('span', { class: 'corner', part: 'crop-corner' })
  const place = make('output', { class: 'place' })
  const box = make(
    'div',
    { class: 'frame', part: 'crop-frame', tabindex: '0', role: 'group', 'aria-label': texts.cropFrame },
    corner,
  )
  box.setAttribute('aria-describedby', 'crop-help crop-place')
  place.id = 'crop-place'
  const stage = make('div', { class: 'stage' }, canvas, box)
  const slider = make('input', { type: 'range', min: '8', max: '100', part: 'crop-size' })

  function show(next: CropFrame, fromSlider = false): void {
    frame = next
    const { x, y, width, height } = next.crop
    const percent = (share: number) => `${share * 100}%`
    Object.assign(box.style, {
      left: percent(x),
      top: percent(y),
      width: percent(width),
      height: percent(height),
    })
    if (!fromSlider) slider.value = String(Math.round(scaleOf(next) * 100))
    const rounded = [x, y, width, height].map(share => Math.round(share * 100))
    place.value = `${rounded[0]} %, ${rounded[1]} % · ${rounded[2]} x ${rounded[3]} %`
  }

  slider.addEventListener('input', () => show(scaleFrame(frame, Number(slider.value) / 100), true))
  box.addEventListener('keydown', event => {
    const arrow = arrows[event.key]
    if (arrow === undefined) return
    event.preventDefault()
    show((event.shiftKey ? resizeFrame : moveFrame)(frame, ...arrow))
  })
  dragging(box, stage, (event, dx, dy) =>
    show((event.target === corner ? resizeFrame : moveFrame)(frame, dx, dy)),
  )

  return new Promise(resolve => {
    let answer: Crop | 'all' | undefined
    const end = (given: typeof answer) => {
      answer = given
      dialog.close()
    }
    const dialog = make(
      'dialog',
      { part: 'crop-dialog', 'aria-label': `${texts.cropTitle}: ${name}` },
      make('h2', {}, texts.cropTitle),
      make('p', { id: 'crop-help', class: 'soft' }, texts.cropHelp),
      stage,
      make('label', {}, texts.cropSize, slider),
      place,
      make(
        'div',
        { class: 'actions' },
        button('crop-done', texts.cropDone, '', () => end(cropOf(frame))),
        button('crop-all', texts.cropAll, '', () => end('all')),
        button('crop-cancel', texts.cropCancel, '', () => end(undefined)),
      ),
    )
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(answer)
    })
    root.append(dialog)
    show(frame)
    dialog.showModal()
    box.focus()
  })
}

/** Tells by what fractions of the stage a pointer moved since it was told last. */
function dragging(
  handle: HTMLElement,
  stage: HTMLElement,
  moved: (start: PointerEvent, dx: number, dy: number) => void,
): void {
  handle.addEventListener('pointerdown', start => {
    start.preventDefault()
    handle.focus()
    handle.setPointerCapture(start.pointerId)
    let { clientX, clientY } = start
    const move = (event: PointerEvent) => {
      const { width, height } = stage.getBoundingClientRect()
      moved(start, (event.clientX - clientX) / width, (event.clientY - clientY) / height)
      ;({ clientX, clientY } = event)
    }
    const end = () => {
      handle.removeEventListener('pointermove', move)
      handle.removeEventListener('lostpointercapture', end)
    }
    handle.addEventListener('pointermove', move)
    handle.addEventListener('lostpointercapture', end)
  })
}
