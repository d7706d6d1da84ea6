import { testCorpus } from './corpus.js'

testCorpus(['jpeg', 'orientation'], 267, {
  '': 16,
  kernel: 5,
  'encoder kernel': 244,
  'encoder kernel lcms': 2,
})
