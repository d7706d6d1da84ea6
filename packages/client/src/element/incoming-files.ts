interface IncomingOptions {
  /** Takes what is dropped or pasted anywhere on the page, not only on the element. */
  readonly wholePage: boolean
  readonly take: (files: readonly File[]) => void
  /** Whether files are being dragged over it. */
  readonly onOver: (over: boolean) => void
  /** Ends it. */
  readonly signal: AbortSignal
}

/** Listens for files that are dropped or pasted. */
export function listenForFiles(
  element: HTMLElement,
  { wholePage, take, onOver, signal }: IncomingOptions,
): void {
  const target = wholePage ? document : element
  const listen = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
  ) => target.addEventListener(name, listener as EventListener, { signal })

  // Entering a child comes before leaving its parent: only the count says whether all of it was left.
  let inside = 0
  const over = (change: number) => {
    inside = Math.max(0, inside + change)
    onOver(inside > 0)
  }
  listen('dragenter', event => {
    if (carriesFiles(event.dataTransfer)) over(1)
  })
  listen('dragleave', event => {
    if (carriesFiles(event.dataTransfer)) over(-1)
  })
  listen('dragover', event => {
    if (!carriesFiles(event.dataTransfer)) return
    // Without it a browser leaves the page for the file.
    event.preventDefault()
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
  })
  listen('drop', event => {
    if (!carriesFiles(event.dataTransfer) || event.defaultPrevented) return
    event.preventDefault()
    over(-inside)
    take(filesOf(event.dataTransfer))
  })
  listen('paste', event => {
    const files = filesOf(event.clipboardData)
    if (files.length === 0 || event.defaultPrevented) return
    event.preventDefault()
    take(files)
  })
}

function carriesFiles(data: DataTransfer | null): boolean {
  return data?.types.includes('Files') ?? false
}

/** Folders come as files that nothing can be read of: they are left out. */
function filesOf(data: DataTransfer | null): readonly File[] {
  if (data === null) return []
  return [...data.items]
    .filter(item => item.kind === 'file' && item.webkitGetAsEntry?.()?.isDirectory !== true)
    .flatMap(item => item.getAsFile() ?? [])
}
