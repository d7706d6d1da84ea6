import { testCorpus } from './corpus.js'

testCorpus(['gif', 'webp'], 146)
