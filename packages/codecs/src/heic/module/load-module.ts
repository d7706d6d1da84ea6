/** How libheif is got where `heic()` is given none. */
export type LoadLibheif = () => Promise<WebAssembly.Module>
