import { french as messages } from '@sluice/core/messages/fr'
import type { Locale } from '../locale.js'

export const locale: Locale = {
  language: 'fr',
  messages,
  texts: {
    chooseOne: 'Choisir une image',
    chooseMany: 'Choisir des images',
    orDrop: 'ou déposer ou coller ici',
    accepted: '{formats}, {size} au plus',
    dropNow: 'Relâcher pour ajouter',
    waiting: 'En attente',
    sending: 'Envoi, {percent} %',
    processing: 'Redessinée en ce moment',
    pausing: 'Sera renvoyée dans un instant',
    uploaded: 'Enregistrée',
    cancelled: 'Annulée',
    cancel: 'Annuler',
    retry: 'Réessayer',
    remove: 'Retirer',
    summary: 'Enregistrées : {done} sur {all}. Refusées : {refused}.',
    tooMany: '{max} images au plus sont acceptées ici.',
    stillSending: 'Veuillez attendre que toutes les images soient envoyées.',
    required: 'Veuillez choisir une image.',
    cropTitle: 'Choisir le cadrage',
    cropFrame: 'Cadre',
    cropHelp:
      'Faites glisser le cadre ou déplacez-le avec les flèches. Avec la touche Maj, elles changent sa taille.',
    cropSize: 'Taille',
    cropDone: 'Utiliser cette partie',
    cropAll: 'Utiliser toute l’image',
    cropCancel: 'Annuler',
  },
}
