import type { ReactNode } from 'react'
import { Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { usePhrases } from '../i18n/language.tsx'
import { Button } from './kit.tsx'
import { texts } from './texts.ts'

/** Says what will happen before it does; what is asked for meanwhile has to be there first. */
export function Confirm({ title, children, act, keep, ready = true, onAct, onClose, trigger }: { title: string; children: ReactNode; act: string; keep?: string; ready?: boolean; onAct(): void; onClose?(): void; trigger: ReactNode }) {
  const said = usePhrases(texts)
  return (
    <DialogTrigger onOpenChange={(open) => { if (!open) onClose?.() }}>
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
                  <Button look="danger" isDisabled={!ready} onPress={() => { onAct(); close() }}>{act}</Button>
                </div>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  )
}
