import { useState } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { usePhrases } from '../i18n/language.tsx'
import { Button } from '../kit/kit.tsx'
import { type Destination, destinations } from './keyboard.ts'
import { singleKeys } from './keys.tsx'
import { texts } from './texts.ts'

type Line = [string[], string]

/** The keys of this person: none for places that are not theirs. */
export function Help({ open, onOpen, places }: { open: boolean; onOpen(open: boolean): void; places: Destination[] }) {
  const said = usePhrases(texts)
  const [on, turn] = useState(singleKeys.on)
  const lines: Line[] = [
    [['Ctrl', 'K'], said.keyPalette],
    [['/'], said.keySearch],
    [['j', 'k', 'Enter'], said.keyMove],
    ...(places.includes('sql') ? [[['Ctrl', 'Enter'], said.keyRun] satisfies Line] : []),
    ...(places.includes('review') ? [[['a', 'r'], said.keyDecide] satisfies Line] : []),
    ...Object.entries(destinations).filter(([, to]) => places.includes(to)).map(([key, to]): Line => [['g', key], said[to]]),
    [['?'], said.keyHelp],
  ]
  return (
    <ModalOverlay className="veil" isDismissable isOpen={open} onOpenChange={onOpen}>
      <Modal className="dialog">
        <Dialog>
          <Heading slot="title" level={2}>{said.keysTitle}</Heading>
          <dl className="keys">
            {lines.map(([keys, what]) => (
              <div key={what + keys.join()} style={{ display: 'contents' }}>
                <dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
          <label className="tick">
            <input type="checkbox" checked={on} onChange={(event) => { singleKeys.turn(event.target.checked); turn(event.target.checked) }} />
            {said.keysOn}
          </label>
          <div className="row"><Button onPress={() => onOpen(false)}>{said.close}</Button></div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
