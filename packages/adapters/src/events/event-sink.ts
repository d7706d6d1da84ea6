import { OptionError } from '../option-error.js'
import type { LogEvent } from './endpoint-event.js'
import { failureLog } from './failure-log.js'

/** A logger with these two methods (console, pino), or a function. */
export type EventSink =
  | ((event: LogEvent) => void)
  | { info(event: LogEvent): void; warn(event: LogEvent): void }

/**
 * Console and pino as they are: an accepted upload is info, a refused one a warning, and so are orphans. A logger that throws or
 * rejects must not turn a finished upload into a failed one, nor end the process: what it threw is on the
 * console.
 */
export function eventSink(given: EventSink | false | undefined): (event: LogEvent) => void {
  if (given === false) return () => {}
  const report = given === undefined ? failureLog() : typeof given === 'function' ? given : byLevel(given)
  // Asynchronous only for what `report` may return: it is called at once.
  async function tell(event: LogEvent): Promise<void> {
    try {
      await report(event)
    } catch (thrown) {
      console.error('upload options: onEvent failed:', thrown)
    }
  }
  return event => void tell(event)
}

function byLevel(logger: Exclude<EventSink, (event: LogEvent) => void>): (event: LogEvent) => void {
  if (typeof logger?.info !== 'function' || typeof logger.warn !== 'function')
    throw new OptionError('onEvent', 'must be a function, a logger with info and warn, or false')
  return event => (isWarning(event) ? logger.warn(event) : logger.info(event))
}

const warnings: readonly LogEvent['event'][] = ['upload.refused', 'upload.orphaned', 'endpoint.warning']

function isWarning(event: LogEvent): boolean {
  return warnings.includes(event.event) || (event.event === 'upload.observed' && event.would === 'refuse')
}
