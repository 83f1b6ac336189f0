"""nova-compute with the fake driver, whose servers outlive a restart. The stock one forgets them: a stop then answers 202
and does nothing."""
import sys

from nova.cmd import compute as cmd            # first of all: it makes eventlet patch what the others import
from nova.compute import manager, power_state
from nova.virt import fake

STATES = {'active': power_state.RUNNING, 'stopped': power_state.SHUTDOWN, 'paused': power_state.PAUSED,
          'suspended': power_state.SUSPENDED}
init_instance = manager.ComputeManager._init_instance


def remember(self, context, instance):
    driver = self.driver
    if instance.uuid not in driver.instances and instance.vm_state in STATES:
        driver.instances[instance.uuid] = fake.FakeInstance(instance.name, STATES[instance.vm_state], instance.uuid)
        driver.resources.claim(vcpus=instance.flavor.vcpus, mem=instance.flavor.memory_mb, disk=instance.flavor.root_gb)
    return init_instance(self, context, instance)


manager.ComputeManager._init_instance = remember
sys.argv[0] = 'nova-compute'
cmd.main()
