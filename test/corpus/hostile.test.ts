import { testCorpus } from './corpus.js'

testCorpus(['hostile', 'bombs', 'avif_heic'], 483, {
  '': 329,
  kernel: 65,
  'encoder kernel': 89,
})
