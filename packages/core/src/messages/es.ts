import type { CompleteMessages } from '../errors/messages.js'

/** Spanish. */
export const spanish: CompleteMessages = {
  language: 'es',
  codes: {
    'method-not-allowed': 'Las imágenes se envían con {methods}.',
    'cross-site': 'Esta solicitud vino de otro sitio.',
    'origin-missing':
      'Esta solicitud trae {credential}, pero no Origin ni Sec-Fetch-Site; podría venir de otro sitio. ' +
      'Envía Origin o consulta la opción {option} del servidor.',
    'csrf-token': 'El formulario ha caducado. Vuelve a cargar la página e inténtalo de nuevo.',
    unauthenticated: 'Inicia sesión para subir imágenes.',
    forbidden: 'No tienes permiso para subir imágenes aquí.',
    'rate-limited': 'Demasiadas subidas. Inténtalo de nuevo en {retryAfter}.',
    'quota-exceeded': 'Has agotado tu cuota de subida. Inténtalo de nuevo en {retryAfter}.',
    'too-many-uploads': 'Como máximo {limit} a la vez. Espera a que termine una.',
    'idempotency-key-invalid':
      'El Idempotency-Key de la petición no es válido: de 1 a 255 caracteres visibles.',
    'idempotency-key-reused':
      'Con este Idempotency-Key ya se ha enviado otra cosa. Usa uno nuevo para cada envío.',
    'unsupported-media-type': 'Envía la imagen como multipart/form-data o como cuerpo de la solicitud.',
    'malformed-body': 'No se han podido leer los datos del formulario.',
    'no-file': 'No se ha enviado ningún archivo.',
    'wrong-field':
      'El archivo debe enviarse en el campo «{field}». Para otros archivos consulta la opción {option} del servidor.',
    'too-many-files': 'Como máximo {maxFiles} a la vez.',
    'too-many-fields': 'El formulario tiene más de {maxFields}.',
    'field-too-large': 'Un campo del formulario supera {maxFieldBytes}.',
    'upload-too-slow': 'La subida ha tardado demasiado. Inténtalo de nuevo o envía un archivo más pequeño.',
    'connection-lost': 'La conexión se ha cortado antes de que llegara la imagen. Inténtalo de nuevo.',
    'body-too-large':
      'Los archivos son demasiado grandes en conjunto: {maxBytes} como máximo. Envía menos a la vez.',
    'too-large': 'El archivo es demasiado grande: se aceptan {maxBytes} como máximo.',
    'empty-file': 'El archivo está vacío. Elige otro.',
    'name-too-long':
      'El nombre del archivo es demasiado largo: {maxNameBytes} como máximo. Ponle uno más corto.',
    'extension-missing':
      'El nombre del archivo no tiene extensión. Cámbialo para que termine en una de estas: {accepted}.',
    'extension-not-allowed': 'No se aceptan archivos de este tipo. Se aceptan: {accepted}.',
    'invalid-crop': 'No se ha entendido la parte elegida de la imagen. Vuelve a elegirla.',
    'format-not-enabled': 'Es {found}. Guárdalo primero como JPEG. Se aceptan: {accepted}.',
    'format-not-allowed': 'Es {found}. Se aceptan: {accepted}.',
    'format-unknown': 'No es una imagen que se pueda leer. Se aceptan: {accepted}.',
    'extension-mismatch':
      'El nombre del archivo termina en «.{extension}», pero es {found}. Cámbialo para que ' +
      'termine en «.{right}».',
    corrupt: 'La imagen está dañada y no se puede leer. Guárdala de nuevo e inténtalo otra vez.',
    truncated: 'La imagen está incompleta: le falta el final.',
    'needs-repair': 'La imagen está dañada ({repair}). Guárdala de nuevo e inténtalo otra vez.',
    'too-many-pixels':
      'La imagen tiene {width} x {height} píxeles; se aceptan {maxPixels} como máximo. Redúcela.',
    'too-many-frames': 'La animación tiene más de {maxFrames}. Acórtala.',
    'too-many-total-pixels':
      'La animación tiene {totalPixels} en total; se aceptan {maxTotalPixels} como máximo. ' +
      'Redúcela o acórtala.',
    'too-many-scans': 'La imagen está guardada en más de {maxScans}. Guárdala como un JPEG normal.',
    'too-much-metadata':
      'La imagen contiene {metadataBytes} de metadatos; se aceptan {maxMetadataBytes} como ' +
      'máximo. Guárdala sin ellos.',
    'trailing-data':
      'El archivo continúa {trailingBytes} después del final de la imagen. Guarda la imagen de nuevo.',
    'animation-not-allowed': 'Aquí no se aceptan animaciones. Envía una imagen fija.',
    'crop-too-small':
      'La parte elegida tiene {width} x {height} píxeles; elige al menos {minCropSide} por lado.',
    'unsupported-kind':
      'Este tipo de imagen ({kind}) no se puede leer aquí. Guárdala como JPEG o PNG normal e ' +
      'inténtalo de nuevo.',
    'decode-failed':
      'La imagen está dañada y no se ha podido descodificar. Guárdala de nuevo e inténtalo otra vez.',
    'too-costly': 'La imagen exige más trabajo del permitido. Guárdala como JPEG o PNG normal.',
    'too-much-memory': 'La imagen necesita más de {memoryMb} de memoria. Redúcela.',
    'timed-out': 'La imagen ha tardado más de {timeMs} en procesarse. Redúcela.',
    aborted: 'La subida se ha cancelado.',
    busy: 'El servidor está ocupado. Inténtalo de nuevo en {retryAfter}.',
    'renderer-unavailable': 'En este momento no se pueden procesar imágenes. Inténtalo más tarde.',
    'render-failed': 'No se ha podido procesar la imagen.',
    'verify-failed': 'No se ha podido procesar la imagen.',
    rejected: 'La imagen ha sido rechazada: {reason}.',
    'storage-full':
      'Tus imágenes pueden ocupar como máximo {maxHeldBytes} en total. Elimina algunas e inténtalo de nuevo.',
    'too-many-stored': 'Puedes conservar como máximo {maxHeldFiles}. Elimina algunos e inténtalo de nuevo.',
    'store-conflict': 'No se ha podido guardar la imagen.',
    'store-failed': 'No se ha podido guardar la imagen.',
    internal: 'Algo ha fallado por nuestra parte.',
  },
  units: {
    files: ['{n} archivo', '{n} archivos'],
    fields: ['{n} campo', '{n} campos'],
    uploads: ['{n} subida', '{n} subidas'],
    frames: ['{n} fotograma', '{n} fotogramas'],
    scans: ['{n} pasada', '{n} pasadas'],
    pixels: ['{n} píxel', '{n} píxeles'],
    megapixels: ['{n} megapíxel', '{n} megapíxeles'],
  },
  kinds: {
    jpeg: 'un JPEG',
    png: 'un PNG',
    gif: 'un GIF',
    webp: 'un WebP',
    avif: 'un AVIF',
    heic: 'una foto HEIC',
    pdf: 'un documento PDF',
    postscript: 'un archivo PostScript',
    zip: 'un archivo ZIP o un documento de Office',
    office: 'un documento antiguo de Office',
    rar: 'un archivo RAR',
    '7z': 'un archivo 7z',
    gzip: 'un archivo gzip',
    bzip2: 'un archivo bzip2',
    xz: 'un archivo xz',
    zstd: 'un archivo Zstandard',
    tar: 'un archivo tar',
    tiff: 'una imagen TIFF',
    bigtiff: 'una imagen BigTIFF',
    bmp: 'una imagen BMP',
    icon: 'un icono',
    cursor: 'un cursor',
    photoshop: 'un archivo de Photoshop',
    gimp: 'un archivo de GIMP',
    'jpeg-xl': 'una imagen JPEG XL',
    'jpeg-2000': 'una imagen JPEG 2000',
    mng: 'una animación MNG',
    'windows-program': 'un programa de Windows',
    'linux-program': 'un programa de Linux',
    'macos-program': 'un programa de macOS',
    'java-or-macos-program': 'una clase de Java o un programa de macOS',
    webassembly: 'un programa WebAssembly',
    matroska: 'un vídeo WebM o Matroska',
    avi: 'un vídeo AVI',
    quicktime: 'un vídeo QuickTime',
    mp4: 'un vídeo MP4',
    'flash-video': 'un vídeo Flash',
    wav: 'una grabación WAV',
    ogg: 'una grabación Ogg',
    flac: 'una grabación FLAC',
    mp3: 'una grabación MP3',
    font: 'un tipo de letra',
    sqlite: 'una base de datos SQLite',
    html: 'una página HTML',
    svg: 'un dibujo SVG',
    php: 'un script PHP',
    'server-page': 'un script de página de servidor',
    xml: 'un documento XML',
    script: 'un script',
  },
}
