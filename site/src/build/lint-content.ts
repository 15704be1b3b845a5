/** Stops a build with all mistakes of the content at once, before Astro stops at the first. */
import path from 'node:path'
import type { AstroIntegration } from 'astro'
import { lessonsFolder } from '../content/folders.ts'
import { lintContent } from '../content/lint.ts'
import { formatProblem } from '../content/problem.ts'

export function lintContentFirst(): AstroIntegration {
  return {
    name: 'drydock-lint',
    hooks: {
      'astro:config:setup': ({ command, logger }) => {
        const problems = lintContent(path.dirname(lessonsFolder)).map(formatProblem)
        if (problems.length === 0) return
        const report = `${problems.length} mistake${problems.length === 1 ? '' : 's'} in the content:\n${problems.join('\n')}`
        if (command === 'build') throw new Error(report)
        logger.warn(report)
      },
    },
  }
}
