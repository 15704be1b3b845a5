/** The step that installs the Debian packages which the other steps ask for and the host does not have. */
import { readFileSync } from 'node:fs'
import { installDebianPackages } from '../host/apt.ts'
import { findProgram } from '../host/programs.ts'
import type { CommandContext } from './command.ts'
import { StepError, type Step } from './step.ts'

/** Names of the packages whose program is not there. `wanted`: programs and the package that brings each. */
export function missingPackages(wanted: Readonly<Record<string, string>>, find = findProgram): string[] {
  return [...new Set(missingPrograms(wanted, find).map((program) => wanted[program] ?? program))]
}

const missingPrograms = (wanted: Readonly<Record<string, string>>, find = findProgram) =>
  Object.keys(wanted).filter((program) => find(program) === null)

const distribution = () =>
  /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'this system'

export function packagesStep(
  wanted: Readonly<Record<string, string>>,
  context: Pick<CommandContext, 'confirm' | 'progress'>,
): Step {
  return {
    title: 'Debian packages',
    done: () => Promise.resolve(missingPackages(wanted).length === 0 ? 'all there' : null),
    async run(ctx) {
      const names = missingPackages(wanted)
      const byHand = `apt-get install --no-install-recommends ${names.join(' ')}`
      if (!findProgram('apt-get'))
        throw new StepError(
          `Drydock needs ${names.join(', ')} (programs: ${missingPrograms(wanted).join(', ')}), and knows only Debian's package manager, ` +
            `which ${distribution()} does not have. Install them in your system's own way and run the command again.`,
        )
      const brings = names.some((name) => ['docker.io', 'postgresql', 'nginx'].includes(name))
      const service = brings ? ' No service of theirs is started or enabled, and no database made.' : ''
      const question = `Drydock needs Debian's ${names.join(', ')}.${service} Install now?`
      if (!(await context.confirm(question, true)))
        throw new StepError(`Nothing was installed. To do it yourself: \`${byHand}\`. Then run the command again.`)
      context.progress.say(
        `    installing ${names.join(', ')}${service && ' (no service of theirs is started or enabled)'}`,
      )
      await installDebianPackages(names, ctx)
      const still = missingPrograms(wanted)
      if (still.length > 0)
        throw new StepError(
          `apt-get installed ${names.join(', ')}, but ${still.join(', ')} cannot be found afterwards. ` +
            `Run \`${byHand}\` and see what it says.`,
        )
    },
  }
}
