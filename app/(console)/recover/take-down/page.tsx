import type { Metadata } from 'next'
import { TakeDownWizard } from '@/components/set-up/take-down-wizard'

export const metadata: Metadata = { title: 'Take mirroring down' }

export default function TakeDownPage() {
  return <TakeDownWizard />
}
