import { testCorpus } from './corpus.js'

testCorpus(['png'], 534, { '': 20, kernel: 1, 'encoder kernel': 513 })
