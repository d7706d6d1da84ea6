import { english as messages } from '@sluice/core/messages/en'
import type { Locale } from '../locale.js'

export const locale: Locale = {
  language: 'en',
  messages,
  texts: {
    chooseOne: 'Choose a picture',
    chooseMany: 'Choose pictures',
    orDrop: 'or drop or paste here',
    accepted: '{formats}, up to {size}',
    dropNow: 'Let go to add',
    waiting: 'Waiting',
    sending: 'Sending, {percent} %',
    processing: 'Being drawn anew',
    pausing: 'Will be sent again in a moment',
    uploaded: 'Stored',
    cancelled: 'Cancelled',
    cancel: 'Cancel',
    retry: 'Try again',
    remove: 'Remove',
    summary: 'Stored: {done} of {all}. Refused: {refused}.',
    tooMany: 'At most {max} pictures are taken here.',
    stillSending: 'Please wait until all pictures are sent.',
    required: 'Please choose a picture.',
    cropTitle: 'Choose what is seen',
    cropFrame: 'Frame',
    cropHelp: 'Drag the frame, or move it by the arrow keys. With Shift they change its size.',
    cropSize: 'Size',
    cropDone: 'Use this part',
    cropAll: 'Use all of it',
    cropCancel: 'Cancel',
  },
}
