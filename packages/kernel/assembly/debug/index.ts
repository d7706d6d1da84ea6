// Exports that only the debug module has.
export { checked, checkedCopy, checkedFill, violation } from './blocks'
export { enter, entered } from './coverage'
