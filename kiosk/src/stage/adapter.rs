//! The graphics adapter: what it is, and whether it may move things.

use bevy::render::renderer::RenderAdapterInfo;
use wgpu::{Backends, DeviceType, Instance, InstanceDescriptor};

/// What draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adapter {
    /// Its name, as the driver says it.
    pub name: String,
    /// It is the processor itself.
    pub slow: bool,
}

impl Adapter {
    /// The one that the drawing engine has chosen.
    pub fn chosen(info: &RenderAdapterInfo) -> Self {
        Self { name: info.name.clone(), slow: info.device_type == DeviceType::Cpu }
    }
}

/// Whether any Vulkan driver is installed; asked only when the drawing engine has found none that it likes, because it takes a
/// while.
pub fn is_any_there() -> bool {
    let mut description = InstanceDescriptor::new_without_display_handle();
    description.backends = Backends::VULKAN;
    let instance = Instance::new(description);
    !bevy::tasks::block_on(instance.enumerate_adapters(Backends::VULKAN)).is_empty()
}
