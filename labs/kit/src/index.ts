/** The authoring kit: everything a lab's `checks.ts` may import. Needs neither Node nor the DOM. */
export { pass, fail, readable, outcome, type Outcome } from './outcome.ts'
export { EngineDown, NotFound } from './check.ts'
export type { Check, Checks, CheckContext, ExecOptions, ExecResult, Node, NodePower } from './check.ts'
export { BadAnswer } from './engine/answer.ts'
export {
  container,
  containers,
  containerLogs,
  containerChanges,
  type Container,
  type Logs,
} from './engine/containers.ts'
export { containerEvents, isWatched, type ContainerEvent } from './engine/events.ts'
export { composeHashes } from './engine/compose.ts'
export { engineInfo, type EngineInfo } from './engine/info.ts'
export { image, images, imageHistory, isPreloaded, type Image, type HistoryStep } from './engine/images.ts'
export { request, type Answer } from './engine/requests.ts'
export { moveTag, tagDigest } from './engine/registry.ts'
export { readCgroup, type Cgroup } from './engine/cgroups.ts'
export { build, type Build, type BuildStep } from './engine/builds.ts'
export {
  membership,
  runningTasks,
  service,
  serviceTasks,
  swarmNodes,
  type Membership,
  type Service,
  type SwarmNode,
  type SwarmTask,
} from './engine/swarm.ts'
export { startNode, stopNode } from './engine/power.ts'
export { withScratch, type Scratch } from './engine/scratch.ts'
export { size, seconds } from './engine/units.ts'
