/** What there is to say about services, their tasks and the machines of a swarm. Pure. */
import type { XrayMember, XrayNode, XrayService, XrayTask } from '@drydock/sandbox-server/contract'
import { shellWord } from '../files/file-tree.ts'
import { formatExact } from '../lab/clock.ts'
import type { Described } from './described.ts'

export function describeService(service: XrayService): Described {
  const name = shellWord(service.name)
  const facts: Described['facts'] = [
    ['Image', service.image],
    ['Wanted', service.wanted === null ? 'one task on each machine' : `${service.wanted} at a time`],
    [
      'Found by',
      service.endpoint === 'dnsrr' ? 'the addresses of its tasks in turn (dnsrr)' : 'one address for all (vip)',
    ],
  ]
  for (const { inside, outside } of service.ports) facts.push(['Published', `${outside} leads to ${inside} inside`])
  if (service.update) facts.push(['Update', `${service.update.state}: ${service.update.message}`])
  return {
    name: service.name,
    facts,
    commands: [
      `docker service ps ${name}`,
      `docker service inspect --pretty ${name}`,
      `docker service logs ${name}`,
      `docker service scale ${name}=${(service.wanted ?? 1) + 1}`,
    ].slice(0, service.wanted === null ? 3 : 4),
  }
}

/** `web.2`, as `docker service ps` prints it. */
export const taskName = (task: XrayTask, services: readonly XrayService[]) => {
  const service = services.find(({ id }) => id === task.service)?.name ?? task.service
  return task.slot > 0 ? `${service}.${task.slot}` : `${service}.${task.id.slice(0, 5)}`
}

export function describeTask(task: XrayTask, { swarm }: XrayNode): Described {
  const machine = swarm?.members.find(({ id }) => id === task.member)
  return {
    name: taskName(task, swarm?.services ?? []),
    facts: [
      ['State', `${task.state}, wanted: ${task.wanted}`],
      ['Image', task.image],
      ['Machine', machine?.name ?? 'none yet'],
      ...(task.container ? [['Container', task.container] as [string, string]] : []),
      ...(task.changed_at === null ? [] : [['Since', formatExact(task.changed_at)] as [string, string]]),
    ],
    commands: [`docker inspect ${shellWord(task.id)}`],
    ...(task.problem === '' ? {} : { note: task.problem }),
  }
}

export function describeMember(member: XrayMember): Described {
  const name = shellWord(member.name)
  return {
    name: member.name,
    facts: [
      ['Role', member.leader ? `${member.role}, and leader` : member.role],
      ['State', member.state],
      ['Tasks', member.availability === 'active' ? 'takes some' : `takes none: ${member.availability}`],
    ],
    commands: [`docker node ps ${name}`, `docker node inspect --pretty ${name}`],
  }
}
