//! The graphics adapter: whether there is one, and whether it may move things.

use wgpu::{Backends, DeviceType, Instance, InstanceDescriptor};

/// What draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adapter {
    /// Its name, as the driver says it.
    pub name: String,
    /// Everything keeps still: it is the processor itself, or the settings say so.
    pub still: bool,
}

/// The adapter that will be used; `None` where no Vulkan driver is installed. Asked before
/// the drawing engine starts, because that would panic.
pub fn find() -> Option<Adapter> {
    let mut description = InstanceDescriptor::new_without_display_handle();
    description.backends = Backends::VULKAN;
    let instance = Instance::new(description);
    let found = bevy::tasks::block_on(instance.enumerate_adapters(Backends::VULKAN));
    let infos = found.iter().map(wgpu::Adapter::get_info);
    let adapters = infos.map(|info| Adapter { name: info.name, still: info.device_type == DeviceType::Cpu });
    // The engine prefers a real one too.
    adapters.min_by_key(|adapter| adapter.still)
}
