"""nova-compute with the fake driver, whose servers outlive a restart, and let go of a volume that has a tag. The stock one
forgets them: a stop then answers 202 and does nothing. And it makes no metadata of devices, without which a detach fails
right before Nova forgets the volume."""
import sys

from nova.cmd import compute as cmd            # first of all: it makes eventlet patch what the others import
from nova.compute import manager, power_state
from nova.virt import fake

STATES = {'active': power_state.RUNNING, 'stopped': power_state.SHUTDOWN, 'paused': power_state.PAUSED,
          'suspended': power_state.SUSPENDED}
init_instance = manager.ComputeManager._init_instance
delete_disk_metadata = manager.ComputeManager._delete_disk_metadata


def remember(self, context, instance):
    driver = self.driver
    if instance.uuid not in driver.instances and instance.vm_state in STATES:
        driver.instances[instance.uuid] = fake.FakeInstance(instance.name, STATES[instance.vm_state], instance.uuid)
        driver.resources.claim(vcpus=instance.flavor.vcpus, mem=instance.flavor.memory_mb, disk=instance.flavor.root_gb)
    return init_instance(self, context, instance)


def delete_metadata(self, instance, bdm):
    if instance.device_metadata is not None:
        delete_disk_metadata(self, instance, bdm)


manager.ComputeManager._init_instance = remember
manager.ComputeManager._delete_disk_metadata = delete_metadata
sys.argv[0] = 'nova-compute'
cmd.main()
