/** Protects: a lesson's picture is named, sized by the page, and can neither run nor load anything. */
import { describe, expect, it } from 'vitest'
import { prepareSvg } from './svg.ts'

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
