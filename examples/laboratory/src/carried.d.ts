/** The code of the worker, as text. */
declare module '*?worker' {
  const code: string
  export default code
}

/** The samples without their bytes, and what Node made of them when the page was built. */
declare module '#samples' {
  export interface Sample {
    readonly id: string
    readonly name: string
    readonly title: string
    readonly group: 'good' | 'awkward' | 'hostile'
    readonly bytes: number
    readonly server: { readonly sha256: string } | { readonly code: string }
  }
  export const samples: readonly Sample[]
}
