/** What a node's engine says about itself and its kernel. */
import { z } from 'zod'
import type { Node } from '../check.ts'
import { parseAnswer, word } from './answer.ts'

const info = z.object({ SwapLimit: z.boolean().default(true), CgroupVersion: word.default('1') })

export interface EngineInfo {
  /** Whether the kernel accounts swap: where it does not, Docker drops `--memory-swap` with a warning. */
  limitsSwap: boolean
  cgroupVersion: 1 | 2
}

export async function engineInfo(node: Node): Promise<EngineInfo> {
  const { SwapLimit, CgroupVersion } = parseAnswer(info, await node.get('/info'), 'docker info')
  return { limitsSwap: SwapLimit, cgroupVersion: CgroupVersion === '2' ? 2 : 1 }
}
