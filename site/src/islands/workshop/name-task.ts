/** What people call a task of a plan: "task 2 of The build cache". Pure. */
import type { ProgramItem } from '@drydock/sandbox-server/contract'

export function nameTask(program: readonly ProgramItem[], lab: string, task: string): string {
  const item = program.find(({ id }) => id === lab)
  const at = item?.tasks.findIndex(({ id }) => id === task) ?? -1
  return item && at >= 0 ? `task ${at + 1} of ${item.title}` : `${task} of ${lab}`
}
