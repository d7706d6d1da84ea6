import type { CompleteMessages } from '../errors/messages.js'

/** German. */
export const german: CompleteMessages = {
  language: 'de',
  codes: {
    'method-not-allowed': 'Bilder werden mit {methods} geschickt.',
    'cross-site': 'Diese Anfrage kam von einer anderen Website.',
    'origin-missing':
      'Diese Anfrage kam mit {credential}, aber ohne Origin und Sec-Fetch-Site; eine andere Website ' +
      'könnte sie veranlasst haben. Bitte Origin mitschicken, oder siehe die Option {option} des Servers.',
    'csrf-token': 'Das Formular ist abgelaufen. Bitte die Seite neu laden und noch einmal versuchen.',
    unauthenticated: 'Bitte anmelden, um Bilder hochzuladen.',
    forbidden: 'Hier dürfen Sie keine Bilder hochladen.',
    'rate-limited': 'Zu viele Uploads. Bitte in {retryAfter} noch einmal versuchen.',
    'quota-exceeded': 'Ihr Kontingent ist aufgebraucht. Bitte in {retryAfter} noch einmal versuchen.',
    'too-many-uploads': 'Höchstens {limit} können gleichzeitig laufen. Bitte warten, bis einer fertig ist.',
    'idempotency-key-invalid': 'Der Idempotency-Key der Anfrage ist keiner: 1 bis 255 sichtbare Zeichen.',
    'idempotency-key-reused':
      'Unter diesem Idempotency-Key wurde schon etwas anderes hochgeladen. Jedes Hochladen braucht einen neuen.',
    'unsupported-media-type': 'Das Bild muss als multipart/form-data oder direkt geschickt werden.',
    'malformed-body': 'Die Formulardaten waren nicht lesbar.',
    'no-file': 'Es wurde keine Datei geschickt.',
    'wrong-field':
      'Die Datei muss im Feld „{field}“ geschickt werden. Für andere Dateien siehe die Option {option} des Servers.',
    'too-many-files': 'Höchstens {maxFiles} auf einmal.',
    'too-many-fields': 'Das Formular hat mehr als {maxFields}.',
    'field-too-large': 'Ein Formularfeld ist größer als {maxFieldBytes}.',
    'upload-too-slow':
      'Der Upload hat zu lange gedauert. Bitte noch einmal versuchen oder eine kleinere Datei schicken.',
    'connection-lost':
      'Die Verbindung ist abgebrochen, bevor das Bild angekommen war. Bitte noch einmal versuchen.',
    'body-too-large':
      'Die Dateien sind zusammen zu groß: höchstens {maxBytes}. Bitte weniger auf einmal schicken.',
    'too-large': 'Die Datei ist zu groß: höchstens {maxBytes} werden angenommen.',
    'empty-file': 'Die Datei ist leer. Bitte eine andere auswählen.',
    'name-too-long': 'Der Dateiname ist zu lang: höchstens {maxNameBytes}. Bitte einen kürzeren vergeben.',
    'extension-missing':
      'Der Dateiname hat keine Endung. Bitte die Datei so umbenennen, dass sie auf eine von ' +
      'diesen endet: {accepted}.',
    'extension-not-allowed': 'Dateien dieser Art werden nicht angenommen. Angenommen werden: {accepted}.',
    'invalid-crop': 'Der gewählte Ausschnitt war nicht zu verstehen. Bitte noch einmal wählen.',
    'format-not-enabled': 'Das ist {found}. Bitte zuerst als JPEG speichern. Angenommen werden: {accepted}.',
    'format-not-allowed': 'Das ist {found}. Angenommen werden: {accepted}.',
    'format-unknown': 'Das ist kein lesbares Bild. Angenommen werden: {accepted}.',
    'extension-mismatch':
      'Der Dateiname endet auf „.{extension}“, aber das ist {found}. Bitte mit der Endung ' +
      '„.{right}“ benennen.',
    corrupt: 'Das Bild ist beschädigt und nicht lesbar. Bitte neu speichern und noch einmal versuchen.',
    truncated: 'Das Bild ist unvollständig: Das Ende fehlt.',
    'needs-repair': 'Das Bild ist beschädigt ({repair}). Bitte neu speichern und noch einmal versuchen.',
    'too-many-pixels':
      'Das Bild hat {width} x {height} Pixel; höchstens {maxPixels} werden angenommen. Bitte verkleinern.',
    'too-many-frames': 'Die Animation hat mehr als {maxFrames}. Bitte kürzen.',
    'too-many-total-pixels':
      'Die Animation hat in allen Einzelbildern {totalPixels}; höchstens {maxTotalPixels} werden ' +
      'angenommen. Bitte verkleinern oder kürzen.',
    'too-many-scans':
      'Das Bild ist in mehr als {maxScans} gespeichert. Bitte als gewöhnliches JPEG neu speichern.',
    'too-much-metadata':
      'Das Bild enthält {metadataBytes} Metadaten; höchstens {maxMetadataBytes} werden ' +
      'angenommen. Bitte ohne sie speichern.',
    'trailing-data': 'Nach dem Ende des Bildes folgen noch {trailingBytes}. Bitte das Bild neu speichern.',
    'animation-not-allowed': 'Animationen werden hier nicht angenommen. Bitte ein unbewegtes Bild schicken.',
    'crop-too-small':
      'Der gewählte Ausschnitt hat {width} x {height} Pixel; jede Seite braucht mindestens {minCropSide}.',
    'unsupported-kind':
      'Diese Art von Bild ({kind}) ist hier nicht lesbar. Bitte als gewöhnliches JPEG oder PNG speichern.',
    'decode-failed':
      'Das Bild ist beschädigt und war nicht zu entschlüsseln. Bitte neu speichern und noch ' +
      'einmal versuchen.',
    'too-costly':
      'Das Bild ist aufwendiger, als erlaubt ist. Bitte als gewöhnliches JPEG oder PNG neu speichern.',
    'too-much-memory': 'Das Bild braucht mehr als {memoryMb} Speicher. Bitte verkleinern.',
    'timed-out': 'Das Bild hat länger als {timeMs} gebraucht. Bitte verkleinern.',
    aborted: 'Der Upload wurde abgebrochen.',
    busy: 'Der Server ist ausgelastet. Bitte in {retryAfter} noch einmal versuchen.',
    'renderer-unavailable':
      'Bilder können im Moment nicht verarbeitet werden. Bitte später noch einmal versuchen.',
    'render-failed': 'Das Bild war nicht zu verarbeiten.',
    'verify-failed': 'Das Bild war nicht zu verarbeiten.',
    rejected: 'Das Bild wurde abgelehnt: {reason}.',
    'storage-full':
      'Gespeicherte Bilder dürfen zusammen höchstens {maxHeldBytes} belegen. Bitte einige löschen und noch einmal versuchen.',
    'too-many-stored':
      'Höchstens {maxHeldFiles} können gespeichert bleiben. Bitte einige löschen und noch einmal versuchen.',
    'store-conflict': 'Das Bild war nicht zu speichern.',
    'store-failed': 'Das Bild war nicht zu speichern.',
    internal: 'Bei uns ist etwas schiefgegangen.',
  },
  units: {
    files: ['{n} Datei', '{n} Dateien'],
    fields: ['{n} Feld', '{n} Felder'],
    uploads: ['{n} Upload', '{n} Uploads'],
    frames: ['{n} Einzelbild', '{n} Einzelbilder'],
    scans: ['{n} Durchgang', '{n} Durchgängen'],
    pixels: '{n} Pixel',
    megapixels: '{n} Megapixel',
  },
  kinds: {
    jpeg: 'ein JPEG',
    png: 'ein PNG',
    gif: 'ein GIF',
    webp: 'ein WebP',
    avif: 'ein AVIF',
    heic: 'ein HEIC-Foto',
    pdf: 'ein PDF-Dokument',
    postscript: 'eine PostScript-Datei',
    zip: 'ein ZIP-Archiv oder Office-Dokument',
    office: 'ein altes Office-Dokument',
    rar: 'ein RAR-Archiv',
    '7z': 'ein 7z-Archiv',
    gzip: 'ein gzip-Archiv',
    bzip2: 'ein bzip2-Archiv',
    xz: 'ein xz-Archiv',
    zstd: 'ein Zstandard-Archiv',
    tar: 'ein tar-Archiv',
    tiff: 'ein TIFF-Bild',
    bigtiff: 'ein BigTIFF-Bild',
    bmp: 'ein BMP-Bild',
    icon: 'ein Symbol',
    cursor: 'ein Mauszeiger',
    photoshop: 'eine Photoshop-Datei',
    gimp: 'eine GIMP-Datei',
    'jpeg-xl': 'ein JPEG-XL-Bild',
    'jpeg-2000': 'ein JPEG-2000-Bild',
    mng: 'eine MNG-Animation',
    'windows-program': 'ein Windows-Programm',
    'linux-program': 'ein Linux-Programm',
    'macos-program': 'ein macOS-Programm',
    'java-or-macos-program': 'eine Java-Klasse oder ein macOS-Programm',
    webassembly: 'ein WebAssembly-Programm',
    matroska: 'ein WebM- oder Matroska-Video',
    avi: 'ein AVI-Video',
    quicktime: 'ein QuickTime-Video',
    mp4: 'ein MP4-Video',
    'flash-video': 'ein Flash-Video',
    wav: 'eine WAV-Aufnahme',
    ogg: 'eine Ogg-Aufnahme',
    flac: 'eine FLAC-Aufnahme',
    mp3: 'eine MP3-Aufnahme',
    font: 'eine Schriftart',
    sqlite: 'eine SQLite-Datenbank',
    html: 'eine HTML-Seite',
    svg: 'eine SVG-Zeichnung',
    php: 'ein PHP-Skript',
    'server-page': 'ein Server-Skript',
    xml: 'ein XML-Dokument',
    script: 'ein Skript',
  },
}
