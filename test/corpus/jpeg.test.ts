import { testCorpus } from './corpus.js'

testCorpus(['jpeg', 'orientation'], 267, {
  '': 15,
  kernel: 5,
  'encoder kernel': 245,
  'encoder kernel lcms': 2,
})
