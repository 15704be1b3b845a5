/** Where the page of a lab is. All playgrounds share one. Pure. */

export const isPlayground = (lab: string): boolean => lab.startsWith('playground/')

export const addressOf = (lab: string): string => (isPlayground(lab) ? '/play/' : `/${lab}/`)
