import { spanish as messages } from '@sluice/core/messages/es'
import type { Locale } from '../locale.js'

export const locale: Locale = {
  language: 'es',
  messages,
  texts: {
    chooseOne: 'Elegir una imagen',
    chooseMany: 'Elegir imágenes',
    orDrop: 'o soltar o pegar aquí',
    accepted: '{formats}, hasta {size}',
    dropNow: 'Suelte para añadir',
    waiting: 'En espera',
    sending: 'Enviando, {percent} %',
    processing: 'Se está dibujando de nuevo',
    pausing: 'Se volverá a enviar en un momento',
    uploaded: 'Guardada',
    cancelled: 'Cancelada',
    cancel: 'Cancelar',
    retry: 'Intentar de nuevo',
    remove: 'Quitar',
    summary: 'Guardadas: {done} de {all}. Rechazadas: {refused}.',
    tooMany: 'Aquí se aceptan como máximo {max} imágenes.',
    stillSending: 'Espere a que se hayan enviado todas las imágenes.',
    required: 'Elija una imagen.',
    cropTitle: 'Elegir el encuadre',
    cropFrame: 'Marco',
    cropHelp: 'Arrastre el marco o muévalo con las flechas. Con la tecla Mayús cambian su tamaño.',
    cropSize: 'Tamaño',
    cropDone: 'Usar esta parte',
    cropAll: 'Usar toda la imagen',
    cropCancel: 'Cancelar',
  },
}
