export { type Offer, readOffer, signOffer, type Ticket } from './offer.js'
export {
  type DirectPut,
  idGrammar,
  type Quarantine,
  type Quarantined,
  type SweepOptions,
  sweepQuarantine,
  type Waiting,
} from './quarantine.js'
export { type R2QuarantineBinding, r2Quarantine } from './r2.js'
export { s3Quarantine } from './s3.js'
