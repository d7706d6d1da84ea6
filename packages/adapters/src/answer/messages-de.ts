/** German: the catalogue of core under the address that it had here before. */
export { german } from '@sluice/core/messages/de'
