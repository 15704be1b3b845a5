/** The keys of the terminal, for the system that one sits at. */
import { readPlatform } from './clipboard-keys.ts'
import { Dialog } from './dialog.tsx'

const keys: Record<'mac' | 'windows' | 'other', [string, string][]> = {
  mac: [
    ['⌘C', 'copy what is selected'],
    ['⌘V', 'paste; several lines are asked about first'],
  ],
  windows: [
    ['Ctrl+C', 'copy what is selected; interrupt when nothing is'],
    ['Ctrl+V, Shift+Insert', 'paste; several lines are asked about first'],
  ],
  other: [
    ['Ctrl+Shift+C', 'copy what is selected'],
    ['Ctrl+Shift+V, Shift+Insert', 'paste; several lines are asked about first'],
    ['middle click', 'paste what was selected last'],
  ],
}
const everywhere: [string, string][] = [
  ['Esc Esc', 'leave the terminal; Tab then goes on through the page'],
  ['Ctrl+Shift+.', 'the same, when a program wants the Escapes'],
  ['Ctrl+Shift+F', 'find, scrollback included'],
  ['Ctrl+Shift+?', 'these keys'],
  ['Shift+PageUp', 'scroll back; 10,000 lines are kept'],
  [
    'copied in vim, tmux',
    'goes to your clipboard (OSC 52) once you agree; “Programs may copy” in the menu changes that',
  ],
  ['right click', 'the browser’s menu, with copy and paste'],
  ['Ctrl+C', 'interrupt what runs'],
  ['Ctrl+D', 'end the shell'],
  ['Ctrl+R', 'search the history of commands'],
]

export function KeysHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys of the terminal" onClose={onClose}>
      <dl class="keys-help">
        {[...keys[readPlatform()], ...everywhere].map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
