import { testCorpus } from './corpus.js'

testCorpus(['hostile', 'bombs', 'avif_heic'], 483, {
  '': 329,
  kernel: 66,
  'encoder kernel': 88,
})
