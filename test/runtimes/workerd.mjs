import { exercise } from './exercise.mjs'
import { pictures } from './out/pictures.mjs'

export default {
  async test() {
    console.log(JSON.stringify(await exercise(pictures)))
  },
}
