/** The step that brings the lab engine up, and the Debian packages it needs. */
import type { Step } from '../cli/step.ts'
import { loadApparmor } from './apparmor.ts'
import { engineVersion, startEngine } from './lab-engine.ts'

/** Debian packages that the engine needs on the host, by the program that each is needed for. */
export const enginePackages: Record<string, string> = {
  dockerd: 'docker.io',
  iptables: 'iptables',
  ip: 'iproute2',
  nsenter: 'util-linux',
  mount: 'mount',
  useradd: 'passwd',
  // For labs with an open network.
  slirp4netns: 'slirp4netns',
}

const labEngine: Step = {
  title: 'Lab engine',
  async done({ instance }) {
    const version = await engineVersion(instance)
    return version && `Docker Engine ${version}, in its own network namespace`
  },
  async run({ instance, signal, report }) {
    report('loading what nodes may do')
    await loadApparmor(instance)
    report('starting')
    await startEngine(instance, signal)
  },
}

export const engineSteps: Step[] = [labEngine]
