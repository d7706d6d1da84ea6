import { exercise } from './exercise.mjs'
import { pictures } from './out/pictures.mjs'

globalThis.run = () => exercise(pictures)
