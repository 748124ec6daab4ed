import type { ReactNode } from 'react'
import { Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { usePhrases } from '../i18n/language.tsx'
import { Button } from './kit.tsx'
import { texts } from './texts.ts'

/** Says what will happen before it does. */
export function Confirm({ title, children, act, keep, onAct, trigger }: { title: string; children: ReactNode; act: string; keep?: string; onAct(): void; trigger: ReactNode }) {
  const said = usePhrases(texts)
  return (
    <DialogTrigger>
      {trigger}
      <ModalOverlay className="veil" isDismissable>
        <Modal className="dialog">
          <Dialog role="alertdialog">
            {({ close }) => (
              <>
                <Heading slot="title" level={2}>{title}</Heading>
                <div className="soft">{children}</div>
                <div className="row">
                  <Button onPress={close}>{keep ?? said.cancel}</Button>
                  <Button look="danger" onPress={() => { onAct(); close() }}>{act}</Button>
                </div>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  )
}
