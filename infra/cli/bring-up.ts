/** The way from a fresh clone to a lab engine with images: shared by start, test, labs, bench and images. */
import { existsSync } from 'node:fs'
import { saveCapabilities } from '../doctor/main.ts'
import { engineVersion } from '../engine/lab-engine.ts'
import { stopOwned } from '../engine/owned.ts'
import { enginePackages, engineSteps } from '../engine/steps.ts'
import { imagePackages, imageSteps } from '../images/steps.ts'
import type { CommandContext } from './command.ts'
import { packagesStep } from './packages-step.ts'
import { runSteps } from './run-steps.ts'
import { StepError, type Step } from './step.ts'

export function requireRoot(command: string): void {
  if (process.getuid?.() !== 0)
    throw new StepError(
      `\`npm run ${command}\` works on the lab engine and needs root. Run it as root, or with sudo installed as yourself.`,
    )
}

const hostStep: Step = {
  title: 'This host',
  done: () => Promise.resolve(null),
  async run({ instance, report }) {
    const missing = (await saveCapabilities(instance)).filter((c) => c.required && !c.ok)
    if (missing.length > 0)
      throw new StepError(
        `This host cannot run labs:\n${missing.map((c) => `  ${c.name}: ${c.value}; without it, ${c.without}`).join('\n')}\n` +
          '`npm run doctor` shows the whole table.',
      )
    report('can run labs')
  },
}

/** AppArmor's own loader, on hosts whose kernel has it enabled. */
const hostPackages = (): Record<string, string> =>
  existsSync('/sys/kernel/security/apparmor') ? { apparmor_parser: 'apparmor' } : {}

/** All Debian packages that any host may need, for those that cannot fetch them. */
export const packagesOfHosts = [...new Set([...Object.values({ ...enginePackages, ...imagePackages }), 'apparmor'])]

/** Brings up engine and images; resolves with the steps that may go on while labs already run. `more`: further programs and the packages that bring them. */
export async function bringUp(context: CommandContext, more: Record<string, string> = {}): Promise<Step[]> {
  requireRoot(context.command)
  const all = [...engineSteps, ...imageSteps]
  await runSteps(
    [
      packagesStep({ ...enginePackages, ...imagePackages, ...hostPackages(), ...more }, context),
      hostStep,
      ...all.filter((step) => !step.later),
    ],
    context,
  )
  return all.filter((step) => step.later)
}

/** Does `work` on a running lab engine with all images, and stops the engine afterwards if it was not running before. */
export async function onLabEngine<T>(
  context: CommandContext,
  work: () => Promise<T>,
  more: Record<string, string> = {},
): Promise<T> {
  requireRoot(context.command)
  const running = (await engineVersion(context.instance)) !== null
  try {
    await runSteps(await bringUp(context, more), context)
    return await work()
  } finally {
    if (!running) {
      const task = context.progress.begin('Lab engine')
      await stopOwned(context.instance)
      task.end('done', 'stopped')
    }
  }
}
