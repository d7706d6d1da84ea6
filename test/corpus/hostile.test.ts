import { testCorpus } from './corpus.js'

testCorpus(['hostile', 'bombs', 'avif_heic'], 483)
