/** Protects: a lesson's picture is named, sized by the page, and can neither run nor load anything. */
import { describe, expect, it, test } from 'vitest'
import { prepareSvg, widthOf, withOwnIds } from './svg.ts'

describe('prepareSvg', () => {
  it('names the picture and lets the page size it', () => {
    const svg = prepareSvg(
      '<?xml version="1.0"?>\n<svg width="10" height="5" viewBox="0 0 10 5"><path stroke-width="2"/></svg>',
      'a "b" <c>',
    )
    expect(svg).toBe(
      '<svg viewBox="0 0 10 5" role="img" aria-label="a &quot;b&quot; &lt;c>"><path stroke-width="2"/></svg>',
    )
  })
  it('refuses what runs or loads', () => {
    for (const bad of ['<script>1</script>', '<a onclick="x"/>', '<image href="https://x/y"/>', '<foreignObject/>'])
      expect(() => prepareSvg(`<svg>${bad}</svg>`, 'x')).toThrow(/must not contain/)
  })
})

test('a second copy on the page refers to what is its own', () => {
  const svg = '<svg viewBox="0 0 640 220"><marker id="tip"/><path marker-end="url(#tip)"/><use href="#tip"/></svg>'
  expect(withOwnIds(svg, '-2')).toBe(
    '<svg viewBox="0 0 640 220"><marker id="tip-2"/><path marker-end="url(#tip-2)"/><use href="#tip-2"/></svg>',
  )
  expect(widthOf(svg)).toBe(800)
})
