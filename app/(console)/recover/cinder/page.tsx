import type { Metadata } from 'next'
import { CinderWizard } from '@/components/cinder/cinder-wizard'

export const metadata: Metadata = { title: 'Fail over a Cinder backend' }

export default function CinderPage() {
  return <CinderWizard />
}
