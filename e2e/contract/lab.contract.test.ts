import { contractSuite } from './contract'
import { labWorld } from './lab-world'

contractSuite('two real clusters', labWorld)
