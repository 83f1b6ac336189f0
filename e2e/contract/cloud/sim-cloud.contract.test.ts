import { cloudContractSuite } from './contract'
import { simCloudWorld } from './sim-cloud-world'

cloudContractSuite('the simulated cloud', simCloudWorld)
