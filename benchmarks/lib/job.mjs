// The one job that everybody does: decode, orient, fit inside 1600x1600 without enlarging, WebP quality 82, effort 6.
export const job = { maxWidth: 1600, maxHeight: 1600, quality: 82, effort: 6 }

/** Aspect ratio kept, nearest pixel, at least 1. @param {number} width @param {number} height */
export function fitInside(width, height) {
  const scale = Math.min(1, job.maxWidth / width, job.maxHeight / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
