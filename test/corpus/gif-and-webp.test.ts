import { testCorpus } from './corpus.js'

testCorpus(['gif', 'webp'], 146, { kernel: 44, 'encoder kernel': 102 })
