/**
 * Whether tests that have a short form in `npm test` run in their long form: `npm run test:long`.
 */
export const isLong = process.env.SLUICE_LONG === '1'
