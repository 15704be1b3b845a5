/** A Shiki transformer: marks prompts, commands and output of shell blocks, and leaves the rest to the CodeBlock component as data attributes. */
import type { ShikiConfig } from 'astro'
import { parseShell, readNoRun, readTitle, shellLanguages, type ShellBlock } from '@drydock/kit/lesson'

type Transformer = NonNullable<ShikiConfig['transformers']>[number]

export function shellTransformer(): Transformer {
  let block: ShellBlock | undefined
  return {
    name: 'drydock-shell',
    preprocess(code, options) {
      block = shellLanguages.includes(options.lang) ? parseShell(code) : undefined
      // The highlighter sees the text without prompts: a `$ ` would be coloured as a variable.
      return block?.lines.map((line) => line.text).join('\n')
    },
    line(node, number) {
      const line = block?.lines[number - 1]
      if (!line) return
      node.properties['class'] = `line ${line.kind}`
      if (line.kind === 'output') for (const child of node.children) if (child.type === 'element') child.properties = {}
      if (line.prompt !== '') node.properties['data-prompt'] = line.prompt
    },
    pre(node) {
      const meta = this.options.meta?.__raw
      const noRun = readNoRun(meta)
      const title = readTitle(meta)
      if (title !== undefined) node.properties['data-title'] = title
      if (noRun !== undefined) node.properties['data-no-run'] = noRun
      if (block) node.properties['data-commands'] = block.commands
      else node.properties['data-copy'] = this.source
    },
  }
}
