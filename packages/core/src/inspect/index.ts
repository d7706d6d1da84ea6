/** For people who look at one suspicious file: nothing here is on the way of an upload. */
export { findMarkers, type Marker } from './find-markers.js'
export { type Inspected, inspectBytes } from './inspect-bytes.js'
