import { testCorpus } from './corpus.js'

testCorpus(['jpeg', 'orientation'], 267)
