import { german as messages } from '@sluice/core/messages/de'
import type { Locale } from '../locale.js'

export const locale: Locale = {
  language: 'de',
  messages,
  texts: {
    chooseOne: 'Bild auswählen',
    chooseMany: 'Bilder auswählen',
    orDrop: 'oder hierher ziehen oder einfügen',
    accepted: '{formats}, bis {size}',
    dropNow: 'Zum Hinzufügen loslassen',
    waiting: 'Wartet',
    sending: 'Wird gesendet, {percent} %',
    processing: 'Wird neu gezeichnet',
    pausing: 'Wird gleich noch einmal gesendet',
    uploaded: 'Gespeichert',
    cancelled: 'Abgebrochen',
    cancel: 'Abbrechen',
    retry: 'Noch einmal',
    remove: 'Entfernen',
    summary: 'Gespeichert: {done} von {all}. Abgelehnt: {refused}.',
    tooMany: 'Hier werden höchstens {max} Bilder angenommen.',
    stillSending: 'Bitte warten, bis alle Bilder gesendet sind.',
    required: 'Bitte ein Bild auswählen.',
    cropTitle: 'Ausschnitt wählen',
    cropFrame: 'Rahmen',
    cropHelp:
      'Den Rahmen ziehen oder mit den Pfeiltasten bewegen. Mit der Umschalttaste ändern sie die Größe.',
    cropSize: 'Größe',
    cropDone: 'Diesen Teil nehmen',
    cropAll: 'Alles nehmen',
    cropCancel: 'Abbrechen',
  },
}
