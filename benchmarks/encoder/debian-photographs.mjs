#!/usr/bin/env node
// Photographs that no constant of the encoder was set by, from packages of Debian 12 (wallpapers and examples, chosen by eye):
//
//   node encoder/debian-photographs.mjs                      # fetches them into .cache/debian-photographs
//   node encoder.bench.mjs --dir .cache/debian-photographs --only 6 --out encoder-unseen
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGES = {
  'lomiri-wallpapers-16.04 lomiri-wallpapers-20.04 lomiri-wallpapers': [
    'backgrounds/Bridge_by_Sander_Klootwijk.jpg',
    'backgrounds/Dragonfly_by_Bolly.jpg',
    'backgrounds/Infinite-Sea_by_Aury88.jpg',
    'backgrounds/Kleiber_by_Lukas_Baubkus.jpg',
    'backgrounds/Picture_0B_by_freespace.jpg',
    'backgrounds/Picture_1A_by_freespace.jpg',
    'backgrounds/Wine_by_Jakkub_Mede.jpg',
    'backgrounds/aitzgorri_by_Aitzol_Berasategi.jpg',
    'backgrounds/analogpattern_by_Peter_Nerlich.jpg',
    'backgrounds/free_by_Peter_Nerlich.jpg',
    'backgrounds/friends_by_Aitzol_Berasategi.jpg',
    'backgrounds/greentock_by_Peter_Nerlich.jpg',
    'backgrounds/life_by_Aitzol_Berasategi.jpg',
    'backgrounds/picosdeeuropa_by_Aitzol_Berasategi.jpg',
    'backgrounds/seeding_by_Clements_Engelhardt.jpg',
    'backgrounds/sunset_by_Aitzol_Berasategi.jpg',
  ],
  'mate-backgrounds': [
    ...[
      'Aqua',
      'Blinds',
      'Dune',
      'Garden',
      'GreenMeadow',
      'LadyBird',
      'RainDrops',
      'Storm',
      'TwoWings',
      'Wood',
    ],
    'YellowFlower',
  ].map(name => `backgrounds/mate/nature/${name}.jpg`),
  'plasma-workspace-wallpapers': [
    ...[
      'BytheWater',
      'ColdRipple',
      'ColorfulCups',
      'DarkestHour',
      'EveningGlow',
      'FallenLeaf',
      'Grey',
      'Kite',
    ],
    ...['OneStandsOut', 'Path', 'summer_1am'],
  ].map(name => `wallpapers/${name}/contents/images/2560x1600.jpg`),
  'opencv-doc': ['aloeL', 'baboon', 'building', 'fruits', 'leuvenA', 'messi5'].map(
    name => `doc/opencv-doc/examples/data/${name}.jpg`,
  ),
}

const out = fileURLToPath(new URL('../.cache/debian-photographs', import.meta.url))
const work = `${out}-packages`
for (const folder of [out, work]) mkdirSync(folder, { recursive: true })
execFileSync('apt-get', ['download', '-q', ...Object.keys(PACKAGES).flatMap(names => names.split(' '))], {
  cwd: work,
  stdio: 'inherit',
})
for (const file of readdirSync(work).filter(name => name.endsWith('.deb')))
  execFileSync('dpkg-deb', ['-x', file, 'files'], { cwd: work })
const files = Object.values(PACKAGES).flat()
/** Wallpapers of Plasma have their name in the path. @param {string} file */
const nameOf = file => (file.startsWith('wallpapers/') ? `${file.split('/')[1]}.jpg` : basename(file))
for (const file of files) copyFileSync(join(work, 'files/usr/share', file), join(out, nameOf(file)))
console.log(`${files.length} photographs in ${out}`)
