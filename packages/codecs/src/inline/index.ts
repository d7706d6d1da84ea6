/*
 * One import that carries everything which otherwise lies in files beside the code: the modules of WebAssembly
 * and the code of the pool's workers. For builds that make one file and set none of the conditions by which this
 * package knows a bundler.
 */

import { carry } from '#carried'
import { modules, worker } from '#parts'

carry({ modules, worker })
