import { useQuery } from '@tanstack/react-query'
import { Autocomplete, Dialog, Input, Menu, MenuItem, Modal, ModalOverlay, SearchField, useFilter } from 'react-aria-components'
import { useLocation } from 'wouter'
import { ask } from '../api/client.ts'
import { has } from '../api/session.ts'
import type { Output, Page, Session } from '../api/types.ts'
import { usePhrases, useText } from '../i18n/language.tsx'
import { Icon, type IconName } from '../kit/Icon.tsx'
import { texts } from './texts.ts'
import { usePlaces } from './usePlaces.ts'

type Hit = { id: string; name: string; kind: string; icon: IconName; to: string }

/** Ctrl-K: one field that goes anywhere this person may go. */
export function Palette({ open, onOpen, session }: { open: boolean; onOpen(open: boolean): void; session: Session | null }) {
  const said = usePhrases(texts)
  const [, go] = useLocation()
  const { contains } = useFilter({ sensitivity: 'base' })
  const hits = useHits(session, open)
  return (
    <ModalOverlay className="veil" isDismissable isOpen={open} onOpenChange={onOpen}>
      <Modal className="dialog palette">
        <Dialog aria-label={said.palette}>
          <Autocomplete filter={contains}>
            <SearchField aria-label={said.palette} autoFocus>
              <Input placeholder={said.paletteHint} />
            </SearchField>
            <div className="results pop" role="region" aria-label={said.goTo} tabIndex={0}>
              <Menu
                aria-label={said.goTo}
                items={hits}
                renderEmptyState={() => <div className="none">{said.paletteNone}</div>}
                onAction={(id) => {
                  onOpen(false)
                  go(hits.find((hit) => hit.id === id)?.to ?? '/')
                }}
              >
                {(hit: Hit) => (
                  <MenuItem textValue={`${hit.name} ${hit.to}`}>
                    <Icon name={hit.icon} />
                    <span>{hit.name}</span>
                    <span className="kind">{hit.kind}</span>
                  </MenuItem>
                )}
              </Menu>
            </div>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function useHits(session: Session | null, open: boolean): Hit[] {
  const said = usePhrases(texts)
  const text = useText()
  const outputs = useQuery({
    queryKey: ['outputs', {}],
    queryFn: () => ask<Page<Output>>('/api/outputs?limit=50'),
    enabled: open && has(session, 'researcher', 'analyst', 'checker'),
  }).data
  const places = usePlaces(session)
  const base = has(session, 'checker') ? '/review' : '/outputs'
  return [
    ...places.map(({ id, path, icon }): Hit => ({ id, name: said[id], kind: said.goTo, icon, to: path })),
    ...(session?.projects ?? []).map(({ id, title }): Hit => ({ id: `project/${id}`, name: text(title), kind: said.projects, icon: 'folder', to: `/projects/${id}` })),
    ...(outputs?.items ?? []).map((output): Hit => ({ id: `output/${output.id}`, name: output.title || output.id, kind: said.outputs, icon: 'box', to: `${base}/${output.id}` })),
  ]
}
