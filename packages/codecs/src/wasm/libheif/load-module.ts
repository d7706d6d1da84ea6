/** How libheif is got where `heic()` is given none. Called at start: it throws where nothing can be got. */
export type FindLibheif = () => () => Promise<WebAssembly.Module>
