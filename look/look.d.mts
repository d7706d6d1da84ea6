/** The style sheet: tokens, light and dark, and the parts that pages have in common. */
export const look: string
/** The mark of Sluice as SVG, for the inside of a page. It is decoration: the name stands beside it. */
export const logo: string
/** The same mark as a data URL, for `<link rel="icon">`. */
export const icon: string
