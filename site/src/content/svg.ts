/** Makes an author's SVG fit to stand inside a page: named for those who do not see it, sized by the page, without anything that runs or loads. */

export function prepareSvg(source: string, alt: string): string {
  const start = source.search(/<svg[\s>]/)
  if (start < 0) throw new Error('this file has no <svg> in it')
  const svg = source.slice(start)
  const refused = /<script|<foreignObject|\son\w+=|(?:href|src)="(?:https?:)?\/\//i.exec(svg)
  if (refused) throw new Error(`an SVG of a lesson must not contain '${refused[0].trim()}'`)
  const escaped = alt.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  return svg.replace(/<svg([^>]*)>/, (_, attributes: string) => {
    const kept = attributes.replace(/\s(?:width|height|role|aria-label|aria-hidden)="[^"]*"/g, '')
    return `<svg${kept} role="img" aria-label="${escaped}">`
  })
}

/** So wide that its words are as large as those of the text, in pixels. */
export function widthOf(svg: string): number {
  const [, width] = /\sviewBox="[\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)/.exec(svg) ?? []
  return Math.round(Number(width ?? 640) * 1.25)
}

/** The same once more for one page: what it refers to by id is its own. */
export function withOwnIds(svg: string, end: string): string {
  return svg
    .replaceAll(/(\sid=")([^"]+)"/g, `$1$2${end}"`)
    .replaceAll(/url\(#([^)]+)\)/g, `url(#$1${end})`)
    .replaceAll(/((?:xlink:)?href="#)([^"]+)"/g, `$1$2${end}"`)
}
