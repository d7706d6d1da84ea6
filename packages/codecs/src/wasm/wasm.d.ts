declare module '*.wasm' {
  const module: WebAssembly.Module
  export default module
}
declare module '*.wasm?module' {
  const module: WebAssembly.Module
  export default module
}
declare module '*.wasm?packed' {
  const packed: string
  export default packed
}
declare module '*?worker' {
  const code: string
  export default code
}
