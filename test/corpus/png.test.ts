import { testCorpus } from './corpus.js'

testCorpus(['png'], 534)
