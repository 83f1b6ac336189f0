import { cloudContractSuite } from './contract'
import { labCloudWorld } from './lab-cloud-world'

cloudContractSuite('a real OpenStack on two real clusters', labCloudWorld)
