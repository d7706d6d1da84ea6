/** One measure of what was meant, for options as for the settings of a policy. */
export { nearestName } from '@sluice/core'
