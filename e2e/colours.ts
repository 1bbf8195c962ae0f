/** What every page is drawn on. */
export const colours = { light: 'rgb(247, 247, 244)', dark: 'rgb(14, 15, 19)' } as const
